"""Reporting words of a sentence, and the phrase that speaks before each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from statements.attribution.mentions import is_nominal, phrase_after, phrase_before
from statements.attribution.tokens import Token
from statements.attribution.words import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CUE_FORMS,
    DETERMINERS,
    FINITE,
    NEGATIONS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUOTE_ONLY,
    RELATIVES,
    THAT_PHRASES,
    TIMES,
    TITLE_HEADS,
    TO_OBJECT_PHRASES,
    WEEKDAYS,
)

Span = tuple[int, int]  # token indices, the second exclusive
_PHRASES = TO_OBJECT_PHRASES | THAT_PHRASES
_FIRST_OF_PHRASES = {phrase[0] for phrase in _PHRASES}


@dataclass(frozen=True)
class Cue:
    """A reporting word at token `index`, `length` tokens long, and what stands before it.

    `subject` are the tokens of the phrase that speaks, None when it is shared with an earlier
    cue of the sentence or stands behind. `via` are those of who quotes: «M quoted S as saying».
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

    @property
    def end(self) -> int:
        return self.index + self.length


def find_cues(tokens: list[Token]) -> Iterator[Cue]:
    """Reporting verbs that report here, with the phrase that speaks before them."""
    last: Cue | None = None
    headline = tokens[-1].kind != "quote" and tokens[-1].text not in {".", "!", "?", "…", ":"}
    for index, token in enumerate(tokens):
        if token.kind != "word" or (token.capital and index > 0):
            continue
        cue = _cue_at(tokens, index, headline)
        if cue is None:
            continue
        cue = _with_subject(tokens, cue, last)
        if cue is None:
            continue
        yield cue
        last = cue


def _cue_at(tokens: list[Token], index: int, headline: bool) -> Cue | None:
    token = tokens[index]
    for length in (3, 2) if token.low in _FIRST_OF_PHRASES else ():
        lows = [t.low for t in tokens[index : index + length]]
        if len(lows) == length and tuple(lows) in _PHRASES:
            form = "ing" if token.low.endswith("ing") else "past"
            return Cue(index, length, token.low, " ".join(lows), form)
    word = CUE_FORMS.get(token.low)
    if word is not None:
        told = headline and word.form == "s" and 0 < index < len(tokens) - 1
        if _is_noun_here(tokens, index) and not (told and _follows_a_name(tokens, index)):
            return None
        return Cue(index, 1, token.low, word.lemma, word.form)
    if token.low in QUOTE_ONLY and _quote_near(tokens, index):
        return Cue(index, 1, token.low, token.low, "past")
    return None


def _follows_a_name(tokens: list[Token], index: int) -> bool:
    """Whether the words before, from the headline's start, are a phrase with a name in it."""
    before = tokens[:index]
    return len(before) <= 6 and before[0].capital and all(map(is_nominal, before))


def _quote_near(tokens: list[Token], index: int) -> bool:
    near = tokens[max(index - 8, 0) : index + 6]
    return any(token.kind == "quote" for token in near)


def _is_noun_here(tokens: list[Token], index: int) -> bool:
    """Whether a form that may be a noun (claims, report, comment, state) is one here."""
    token = tokens[index]
    before = tokens[index - 1] if index else None
    if before is None:
        return True
    if token.low in {"said", "says"}:
        return False
    noun_possible = CUE_FORMS[token.low].form in {"base", "s"} or token.low.endswith("ing")
    if not noun_possible:
        return before.low in DETERMINERS and not (
            index + 1 < len(tokens)
            and tokens[index + 1].low == "that"
            and before.low in {"all", "both"}
        )
    if before.low in DETERMINERS - {"both", "all"} or before.low in POSSESSIVES:
        return True
    if before.low in PREPOSITIONS and before.low not in {
        "by",
        "as",
        "while",
        "after",
        "before",
        "without",
        "with",
        "when",
    }:
        return True
    if CUE_FORMS[token.low].form == "base":
        # A base form is finite only after a plural subject or an auxiliary.
        plural = before.low in {"they", "we", "i"} or (
            before.low.endswith("s") and before.kind == "word"
        )
        return not (
            plural
            or before.low in AUXILIARIES | {"to", "and"} | ADVERBS | NEGATIONS
            or before.capital
        )
    if CUE_FORMS[token.low].form == "s" and before.kind == "word" and not before.capital:
        following = tokens[index + 1].low if index + 1 < len(tokens) else "."
        nouns = before.low not in PRONOUNS | ADVERBS | RELATIVES and not (
            following
            in {"that", "the", "he", "she", "it", "they", "a", "its", "his", "her", "there"}
        )
        return nouns and before.kind == "word" and before.text != ")"
    return False


def _with_subject(tokens: list[Token], cue: Cue, last: Cue | None) -> Cue | None:
    """Find who speaks before the cue; None when it reports nothing here."""
    j = cue.index - 1
    modality = ""
    passive = False
    while j >= 0:
        low = tokens[j].low
        if low in NEGATIONS:
            modality = "denied"
        elif low in BE:
            passive = cue.form == "past"
        elif low in AUXILIARIES:
            if low in {
                "will",
                "would",
                "may",
                "might",
                "could",
                "should",
                "can",
                "must",
                "shall",
            }:
                modality = modality or "future"
        elif not (
            low in ADVERBS or (low.endswith("ly") and len(low) > 4 and not tokens[j].capital)
        ):
            break
        j -= 1
    if j >= 0 and tokens[j].low == "to":
        return None
    if cue.form == "ing":
        return _participle(tokens, cue, j, last)
    # «Trump on Friday said», «Kanda, on Friday, said»: a day between speaker and cue
    j = _skip_day_back(tokens, j)
    if j < 0:
        return replace(cue, modality=modality) if _inverted_possible(tokens, cue) else None
    token = tokens[j]
    if passive:
        return None
    if token.low in RELATIVES:
        return _relative(tokens, cue, j, modality, last)
    if token.low in {"and", "but", "or"} or (
        token.text == "," and last is not None and _conjunct(tokens, j, cue, last)
    ):
        if last is not None and last.subject is not None:
            # «M quoted S as saying X and claimed Y»: M claims.
            active = last.via is not None and last.via[0] < last.subject[0]
            speaks = last.via if active else last.subject
            return replace(
                cue, subject=speaks, shared=True, modality=modality, start_of_clause=j
            )
        if token.low in {"and", "but"} and j > 0:
            main = _main_subject(tokens, j)
            if main is not None:
                return replace(
                    cue, subject=main, shared=True, modality=modality, start_of_clause=j
                )
        return None
    if token.text in {",", ")", "—", "–"}:
        subject = _over_aside(tokens, j)
        if subject is not None:
            return replace(cue, subject=subject, modality=modality, start_of_clause=subject[0])
        return replace(cue, modality=modality) if _inverted_possible(tokens, cue) else None
    if token.kind == "quote":
        return replace(cue, modality=modality) if _inverted_possible(tokens, cue) else None
    first = phrase_before(tokens, j + 1)
    if first is None:
        if last is not None and last.subject is not None and token.low in {"then", "also"}:
            return replace(
                cue, subject=last.subject, shared=True, modality=modality, start_of_clause=j
            )
        return replace(cue, modality=modality) if _inverted_possible(tokens, cue) else None
    first = _with_leading_title(tokens, first, j + 1)
    return replace(cue, subject=(first, j + 1), modality=modality, start_of_clause=first)


def _skip_day_back(tokens: list[Token], j: int) -> int:
    k = j
    if k >= 0 and tokens[k].text == ",":
        k -= 1
    if k >= 0 and (tokens[k].low in WEEKDAYS or tokens[k].low in {"yesterday", "today"}):
        k -= 1
        if k >= 0 and tokens[k].low in {"on", "late", "early", "last", "this"}:
            k -= 1
        if k >= 0 and tokens[k].low == "on":
            k -= 1
        if k >= 0 and tokens[k].text == "," and tokens[j].text == ",":
            k -= 1
        if k >= 0 and (tokens[k].capital or tokens[k].low in PRONOUNS or is_nominal(tokens[k])):
            return k
    return j


def _participle(tokens: list[Token], cue: Cue, j: int, last: Cue | None) -> Cue | None:
    """«, adding that …» speaks for the subject of the clause before it."""
    if j < 0:
        return None
    token = tokens[j]
    if (
        token.text in {",", "—"}
        or token.low in {"while", "before", "after", "by", "and"}
        or token.kind == "quote"
    ):
        subject = (
            last.subject
            if last is not None and last.subject is not None
            else _clause_subject(tokens, j) or _main_subject(tokens, j)
        )
        if subject is None and last is None:
            return None
        begins = j + 1 if token.kind == "quote" else j
        return replace(cue, subject=subject, shared=True, start_of_clause=begins)
    if token.low == "as":
        return _quoted_as(tokens, cue, j)
    # «with officials saying», «A report …, officials saying»
    first = phrase_before(tokens, j + 1)
    if first is not None and first > 0 and tokens[first - 1].low in {"with", ",", "as"}:
        return replace(cue, subject=(first, j + 1), start_of_clause=first)
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
    while verb > 0 and (tokens[verb - 1].low in AUXILIARIES | ADVERBS):
        verb -= 1
    passive = any(t.low in BE for t in tokens[verb:quoted])
    first = phrase_before(tokens, verb)
    if passive or (quoted + 1 < j and tokens[quoted + 1].low == "by"):
        by = quoted + 1 < j and tokens[quoted + 1].low == "by"
        subject = (first, verb) if first is not None else _main_subject(tokens, quoted)
        via = (quoted + 2, j) if by and quoted + 2 < j else None
        if via is None and cue.end + 1 < len(tokens) and tokens[cue.end].low == "by":
            last = phrase_after(tokens, cue.end + 1)
            via = (cue.end + 1, last) if last is not None else None
        return replace(cue, subject=subject, start_of_clause=j, via=via) if subject else None
    if quoted + 1 >= j or first is None:
        return None
    return replace(cue, subject=(quoted + 1, j), start_of_clause=first, via=(first, verb))


def _relative(
    tokens: list[Token], cue: Cue, j: int, modality: str, last: Cue | None
) -> Cue | None:
    """«NAME, who said …»: the phrase before the relative pronoun speaks."""
    if tokens[j].low != "who":
        return None
    end = j - 1 if j and tokens[j - 1].text == "," else j
    first = phrase_before(tokens, end)
    if first is None:
        return None
    return replace(
        cue, subject=(first, end), relative=True, modality=modality, start_of_clause=first
    )


def _conjunct(tokens: list[Token], comma: int, cue: Cue, last: Cue) -> bool:
    """«S said X, urged Y and …»: a list of things said by one subject.

    A name that ends the sentence behind the cue speaks itself: «S said X, reported M».
    """
    if comma <= last.end:
        return False
    end = phrase_after(tokens, cue.end) if cue.end < len(tokens) else None
    named = end is not None and tokens[cue.end].capital
    return not (named and (end == len(tokens) or tokens[end or 0].text in {".", "!", "?"}))


def _main_subject(tokens: list[Token], before: int) -> Span | None:
    """The first noun phrase of the sentence that a verb follows, before token `before`."""
    index = 0
    while index < before:
        token = tokens[index]
        if token.low in PREPOSITIONS and index == 0:
            # An opening «On Friday,» or «In Tokyo,» is no subject.
            while index < before and tokens[index].text != ",":
                index += 1
            index += 1
            continue
        if token.kind == "quote" or token.kind == "mark":
            index += 1
            continue
        last = phrase_after(tokens, index)
        if last is not None and last <= before:
            return (index, last)
        index += 1
    return None


def _clause_subject(tokens: list[Token], before: int) -> Span | None:
    """The phrase before the last finite verb ahead of token `before`."""
    for index in range(before - 1, 0, -1):
        if tokens[index].low in FINITE and not tokens[index].capital:
            while index > 0 and (
                tokens[index - 1].low in AUXILIARIES or tokens[index - 1].low in ADVERBS
            ):
                index -= 1
            first = phrase_before(tokens, index)
            return (first, index) if first is not None else None
    return None


def _over_aside(tokens: list[Token], j: int) -> Span | None:
    """«NAME, the TITLE of X, said» and «TITLE, NAME, said»: jump the aside before the cue.

    The phrase returned includes the aside.
    """
    close = tokens[j].text
    openers = {",": ",", ")": "(", "—": "—", "–": "–"}[close]
    k = j - 1
    while k >= 0 and tokens[k].text != openers:
        if tokens[k].kind == "quote":
            return None
        k -= 1
    if k <= 0:
        return None
    aside = tokens[k + 1 : j]
    first = phrase_before(tokens, k)
    if first is None or not aside:
        return None
    head = aside[0]
    opens_aside = (
        close != ","
        or head.low
        in DETERMINERS | RELATIVES | PREPOSITIONS | {"former", "aged", "speaking", "himself"}
        or head.kind == "number"
        or head.low.endswith(("ing", "ed"))
        or any(t.low in TITLE_HEADS for t in [*aside, *tokens[first:k]])
    )
    if not opens_aside:
        return None
    # An aside inside an aside: «Durbin, of Illinois, the whip, said».
    if tokens[first].low in DETERMINERS and first >= 2 and tokens[first - 1].text == ",":
        outer = phrase_before(tokens, first - 1)
        if outer is not None and tokens[outer].capital:
            return (outer, j)
    return (first, j)


def _with_leading_title(tokens: list[Token], first: int, end: int) -> int:
    """«The TITLE, NAME said»: take the title before the comma into the phrase."""
    if first < 2 or tokens[first - 1].text != "," or not tokens[first].capital:
        return first
    k = first - 1
    begin = phrase_before(tokens, k)
    if begin is None:
        return first
    phrase = tokens[begin:k]
    titled = any(t.low in TITLE_HEADS for t in phrase) and not any(
        t.low in TIMES for t in phrase
    )
    opening = (
        begin == 0 or tokens[begin - 1].text in {",", ";"} or tokens[begin - 1].kind == "quote"
    )
    return begin if titled and opening else first


def _inverted_possible(tokens: list[Token], cue: Cue) -> bool:
    """Whether the speaker may stand behind the cue: «…,” said Kanda»."""
    if cue.form not in {"past", "s"} or cue.end >= len(tokens):
        return False
    following = tokens[cue.end]
    return (
        following.capital
        or following.low in DETERMINERS
        or following.low in TITLE_HEADS
        or (following.low in PRONOUNS or is_nominal(following))
    )
