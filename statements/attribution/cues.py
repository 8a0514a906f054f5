"""Reporting words of a sentence, and the phrase that speaks before each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from statements.attribution.mentions import phrase_after
from statements.attribution.noun_phrases import noun_phrase_before, opens_clause, subject_before
from statements.attribution.tags import FINITE_CLASSES, NOMINAL, Tag
from statements.attribution.tokens import Token
from statements.attribution.verb_groups import verb_group
from statements.attribution.words import (
    BE as BE_FORMS,
)
from statements.attribution.words import (
    CUE_FORMS,
    QUOTE_ONLY,
    THAT_PHRASES,
    TO_OBJECT_PHRASES,
    WEEKDAYS,
)

Span = tuple[int, int]  # token indices, the second exclusive
_PHRASES = TO_OBJECT_PHRASES | THAT_PHRASES
_FIRST_OF_PHRASES = {phrase[0] for phrase in _PHRASES}
_LONGEST_PHRASE = max(map(len, _PHRASES))
_DASHES = {"-", "—", "–"}


@dataclass(frozen=True)
class Cue:
    """A reporting word at token `index`, `length` tokens long, and what stands before it.

    `subject` are the tokens of the phrase that speaks, None when it is shared with an earlier
    cue of the sentence or stands behind. `via` are those of who quotes: «M quoted S as saying».
    `group` is where its verb group begins: «has repeatedly said». `behind` is where what is said
    may begin when the speaker stands between: «was asked by S whether». `pronoun` is the «who»
    of «S, who said».
    """

    index: int
    length: int
    word: str
    lemma: str
    form: str
    subject: Span | None = None
    shared: bool = False
    relative: bool = False
    modality: str = ""
    passive: bool = False
    start_of_clause: int = 0
    via: Span | None = None
    group: int = 0
    behind: int | None = None
    pronoun: Span | None = None

    @property
    def end(self) -> int:
        return self.index + self.length


def find_cues(tokens: list[Token]) -> Iterator[Cue]:
    """Reporting verbs that report here, with the phrase that speaks before them."""
    last: Cue | None = None
    for index, token in enumerate(tokens):
        if token.kind != "word":
            continue
        cue = _cue_at(tokens, index)
        if cue is None:
            continue
        cue = _with_subject(tokens, cue, last)
        if cue is None:
            continue
        yield cue
        last = cue


def _cue_at(tokens: list[Token], index: int) -> Cue | None:
    token = tokens[index]
    if token.tag not in {Tag.FINITE, Tag.GERUND, Tag.PARTICIPLE, Tag.INFINITIVE}:
        return None
    lengths = range(_LONGEST_PHRASE, 1, -1) if token.low in _FIRST_OF_PHRASES else ()
    for length in lengths:
        lows = [t.low for t in tokens[index : index + length]]
        if len(lows) == length and tuple(lows) in _PHRASES:
            return Cue(index, length, token.low, " ".join(lows), _form(token))
    word = CUE_FORMS.get(token.low)
    if word is not None:
        return Cue(index, 1, token.low, word.lemma, word.form)
    if token.low in QUOTE_ONLY and _quote_near(tokens, index):
        return Cue(index, 1, token.low, token.low, _form(token))
    return None


def _form(token: Token) -> str:
    if token.tag == Tag.GERUND:
        return "ing"
    if token.tag == Tag.INFINITIVE:
        return "base"
    return "past"


def _quote_near(tokens: list[Token], index: int) -> bool:
    near = tokens[max(index - 8, 0) : index + 6]
    return any(token.kind == "quote" for token in near)


def _with_subject(tokens: list[Token], cue: Cue, last: Cue | None) -> Cue | None:
    """Find who speaks before the cue; None when it reports nothing here."""
    group = verb_group(tokens, cue.index, cue.form)
    cue = replace(cue, modality=group.modality, group=group.start, passive=group.passive)
    j = group.start - 1
    if group.infinitive or (j >= 0 and tokens[j].low == "it" and group.start < cue.index - 2):
        return None  # «it is fair to say that …»
    tag = tokens[cue.index].tag
    if cue.form == "ing" and not group.progressive:
        return _participle(tokens, cue, j, last)
    if group.passive:
        return _agent_behind(tokens, cue)
    if tag == Tag.PARTICIPLE and group.start == cue.index and j >= 0:
        # «a plan announced by …» reports nothing; «Asked about it» opens a sentence.
        return None
    if tag == Tag.INFINITIVE and group.start == cue.index and not group.modality:
        return None
    j = _skip_day_back(tokens, j)
    if j < 0:
        return cue if _inverted_possible(tokens, cue) else None
    token = tokens[j]
    if token.tag == Tag.RELATIVE or (
        token.tag == Tag.THAT and j and tokens[j - 1].tag in NOMINAL
    ):
        return _relative(tokens, cue, j)
    if token.low in {"and", "but", "or", "then"} or (
        token.text == "," and _list_of_acts(tokens, j, cue, last)
    ):
        return _shared(tokens, cue, j, last)
    if token.tag == Tag.QUOTE or (
        token.text in {",", ")"} | _DASHES and j and tokens[j - 1].tag == Tag.QUOTE
    ):
        first = noun_phrase_before(tokens, j + 1)
        if first is None:
            return cue if _inverted_possible(tokens, cue) else None
    first = subject_before(tokens, j + 1)
    if first is None:
        if (
            token.tag == Tag.SUBORDINATOR
            and token.low == "as"
            and _inverted_possible(tokens, cue)
        ):
            return cue
        return cue if _inverted_possible(tokens, cue) else None
    return replace(
        cue, subject=(first, _without_comma(tokens, first, j + 1)), start_of_clause=first
    )


def _agent_behind(tokens: list[Token], cue: Cue) -> Cue | None:
    """«was asked by S whether», «was condemned by S»: the speaker behind a passive."""
    if cue.end + 1 >= len(tokens) or tokens[cue.end].low != "by":
        return None
    last = phrase_after(tokens, cue.end + 1)
    if last is None:
        return None
    return replace(cue, subject=(cue.end + 1, last), behind=last, start_of_clause=cue.group)


def _without_comma(tokens: list[Token], first: int, end: int) -> int:
    while end - 1 > first and tokens[end - 1].text in {","} | _DASHES:
        end -= 1
    return end


def _skip_day_back(tokens: list[Token], j: int) -> int:
    """«Example on Friday said», «Example, on Friday, said», «allies have in the past said»: a
    time between speaker and cue."""
    k = j
    if k >= 0 and tokens[k].text == ",":
        k -= 1
    last = k
    while k >= 0 and (tokens[k].low in _TIME_WORDS or _is_year(tokens[k])):
        k -= 1
    if k == last:
        return j
    while k >= 0 and (
        tokens[k].tag == Tag.DETERMINER or tokens[k].low in {"late", "early", "last"}
    ):
        k -= 1
    if k >= 0 and tokens[k].low in {"on", "in", "at", "for"}:
        k -= 1
    elif tokens[last].low not in WEEKDAYS | {"yesterday", "today"}:
        return j
    if k >= 0 and tokens[k].text == "," and tokens[j].text == ",":
        k -= 1
    while k >= 0 and tokens[k].tag in {Tag.HAVE, Tag.ADVERB}:
        k -= 1
    named = k >= 0 and (
        tokens[k].tag in NOMINAL | {Tag.PRONOUN, Tag.RELATIVE} or tokens[k].text == ")"
    )
    return k if named else j


_TIME_WORDS = WEEKDAYS | {
    "yesterday", "today", "past", "time", "point", "week", "month", "year", "weeks", "months",
    "years", "days", "morning", "evening", "night", "afternoon",
}  # fmt: skip


def _is_year(token: Token) -> bool:
    return token.tag == Tag.NUMBER and len(token.text) == 4 and token.text.isdigit()


def _shared(tokens: list[Token], cue: Cue, j: int, last: Cue | None) -> Cue | None:
    """«S did this and said that»: the subject of the verb before speaks."""
    if (
        last is not None
        and last.subject is not None
        and not last.relative
        and _same_time(last, cue)
    ):
        # «M quoted S as saying X and claimed Y»: M claims.
        active = last.via is not None and last.via[0] < last.subject[0]
        speaks = last.via if active else last.subject
        return replace(cue, subject=speaks, shared=True, start_of_clause=j)
    subject = clause_subject(tokens, j)
    if subject is None:
        subject = last.subject if last is not None else None
    if subject is None:
        return None
    return replace(cue, subject=subject, shared=True, start_of_clause=j)


def _same_time(last: Cue, cue: Cue) -> bool:
    kinds = {"past": "past", "s": "now", "base": "now", "ing": "any"}
    one, other = kinds.get(last.form, "any"), kinds.get(cue.form, "any")
    return one == other or "any" in {one, other} or bool(last.modality or cue.modality)


def clause_subject(tokens: list[Token], before: int) -> Span | None:
    """The subject of the last finite verb ahead of token `before` that has one."""
    index = before - 1
    floor = max(before - 40, 0)
    while index >= floor:
        token = tokens[index]
        if token.tag in FINITE_CLASSES:
            start = index
            while start > 0 and tokens[start - 1].tag in FINITE_CLASSES | {Tag.ADVERB}:
                start -= 1
            j = _skip_day_back(tokens, start - 1)
            if j < 0:
                return None
            if tokens[j].tag == Tag.RELATIVE:
                end = j - 1 if j and tokens[j - 1].text == "," else j
                # A relative clause between commas is an aside of the phrase before it.
                first = subject_before(tokens, end)
                return (first, end) if first is not None else None
            first = None if tokens[j].tag == Tag.CONJUNCTION else subject_before(tokens, j + 1)
            if first is not None:
                return (first, _without_comma(tokens, first, j + 1))
            index = start - 1
            continue
        index -= 1
    return None


def _participle(tokens: list[Token], cue: Cue, j: int, last: Cue | None) -> Cue | None:
    """«, adding that …» speaks for the subject of the clause before it."""
    if j < 0:
        subject = _subject_of_main(tokens, cue)
        return replace(cue, subject=subject, shared=True) if subject else None
    token = tokens[j]
    if token.low == "as":
        return _quoted_as(tokens, cue, j)
    if (
        token.text in {","} | _DASHES
        or token.low in {"while", "before", "after", "by", "and", "in", "when", "without"}
        or token.kind == "quote"
    ):
        begins = j + 1 if token.kind == "quote" else j
        if token.text == "," or token.text in _DASHES:
            beside = _beside_its_noun(tokens, j)
            if beside is not None:
                return replace(cue, subject=beside, shared=True, start_of_clause=begins)
        usable = last is not None and last.subject is not None and not last.relative
        subject = last.subject if usable and last is not None else clause_subject(tokens, j)
        if subject is None:
            subject = _subject_of_main(tokens, cue)
        if subject is None:
            return None
        modality = "denied" if token.low == "without" else cue.modality
        return replace(
            cue, subject=subject, shared=True, start_of_clause=begins, modality=modality
        )
    # «a statement saying …», «a letter urging …»: whoever issued it, else the document itself
    first = noun_phrase_before(tokens, j + 1)
    if first is None:
        return None
    if first > 0 and tokens[first - 1].low in {"with", ",", "as"}:
        return replace(cue, subject=(first, j + 1), start_of_clause=first)
    issuer = clause_subject(tokens, first) if first else None
    if issuer is not None:
        return replace(cue, subject=issuer, shared=True, start_of_clause=j + 1)
    whole = subject_before(tokens, j + 1)
    return replace(
        cue, subject=(whole if whole is not None else first, j + 1), start_of_clause=first
    )


def _beside_its_noun(tokens: list[Token], comma: int) -> Span | None:
    """«Example, calling it a disgrace, said»: the phrase that opens the clause right before."""
    first = subject_before(tokens, comma) if comma else None
    if first is None:
        return None
    return (first, comma) if opens_clause(tokens, first, 0) else None


def _subject_of_main(tokens: list[Token], cue: Cue) -> Span | None:
    """«Calling it a disgrace, Example left»: the subject behind the opening phrase."""
    for k in range(cue.end, min(len(tokens) - 1, cue.end + 40)):
        if tokens[k].text == ",":
            for m in range(k + 1, min(len(tokens), k + 20)):
                if tokens[m].tag in FINITE_CLASSES:
                    end = m
                    while end > k + 1 and tokens[end - 1].tag == Tag.ADVERB:
                        end -= 1
                    first = subject_before(tokens, end)
                    return (first, end) if first is not None and first == k + 1 else None
                if tokens[m].tag == Tag.QUOTE:
                    break
    return None


def _quoted_as(tokens: list[Token], cue: Cue, j: int) -> Cue | None:
    """«M quoted S as saying …» and «S was quoted by M as saying …»; `j` is the «as»."""
    quoted = next(
        (
            k
            for k in range(j - 1, max(j - 12, 0), -1)
            if tokens[k].low in {"quoted", "cited", "reported"}
        ),
        None,
    )
    if quoted is None:
        return None
    verb = quoted
    while verb > 0 and tokens[verb - 1].tag in {
        Tag.BE,
        Tag.HAVE,
        Tag.DO,
        Tag.MODAL,
        Tag.ADVERB,
    }:
        verb -= 1
    passive = any(t.low in BE_FORMS for t in tokens[verb:quoted])
    first = subject_before(tokens, verb)
    if passive or (quoted + 1 < j and tokens[quoted + 1].low == "by"):
        by = quoted + 1 < j and tokens[quoted + 1].low == "by"
        subject = (first, verb) if first is not None else None
        via = (quoted + 2, j) if by and quoted + 2 < j else None
        if via is None and cue.end + 1 < len(tokens) and tokens[cue.end].low == "by":
            last = phrase_after(tokens, cue.end + 1)
            via = (cue.end + 1, last) if last is not None else None
        return replace(cue, subject=subject, start_of_clause=j, via=via) if subject else None
    if quoted + 1 >= j or first is None:
        return None
    return replace(cue, subject=(quoted + 1, j), start_of_clause=first, via=(first, verb))


def _relative(tokens: list[Token], cue: Cue, j: int) -> Cue | None:
    """«NAME, who said …»: the phrase before the relative pronoun speaks."""
    if tokens[j].low not in {"who", "which", "that"}:
        return None
    end = j - 1 if j and tokens[j - 1].text in {","} | _DASHES else j
    first = subject_before(tokens, end)
    if first is None:
        return None
    if tokens[first].tag == Tag.PRONOUN:
        return None
    return replace(
        cue, subject=(first, end), relative=True, start_of_clause=j, pronoun=(j, j + 1)
    )


def _list_of_acts(tokens: list[Token], comma: int, cue: Cue, last: Cue | None) -> bool:
    """«S said X, urged Y and …»: a list of things said by one subject.

    A name that ends the sentence behind the cue speaks itself: «S said X, reported M».
    """
    if last is None or comma <= last.end or last.relative:
        return False
    if subject_before(tokens, comma + 1) is not None:
        return False
    end = phrase_after(tokens, cue.end) if cue.end < len(tokens) else None
    named = end is not None and tokens[cue.end].capital
    return not (named and (end == len(tokens) or tokens[end or 0].text in {".", "!", "?"}))


def _inverted_possible(tokens: list[Token], cue: Cue) -> bool:
    """Whether the speaker may stand behind the cue: «…,” said Kanda»."""
    if cue.form not in {"past", "s"} or cue.end >= len(tokens):
        return False
    following = tokens[cue.end]
    return following.tag in NOMINAL | {Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN}
