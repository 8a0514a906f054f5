"""The patterns by which English reports speech, each a named function over one sentence.

A frame says where the speaker's phrase, the cue and the content stand. Who the speaker is and
where the date lies is another stage's work.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from statements.attribution.mentions import is_nominal, phrase_after, phrase_before
from statements.attribution.sentences import Sentence
from statements.attribution.tokens import Token
from statements.attribution.words import (
    ABSTRACT_ENDINGS,
    ADVERBS,
    AUXILIARIES,
    BE,
    BODIES,
    CONJUNCTIONS,
    CUE_FORMS,
    DETERMINERS,
    FINITE,
    MONTHS,
    NEGATIONS,
    OBJECT_TO,
    OCCASIONS,
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


@dataclass(frozen=True)
class Cue:
    """A reporting word at token `index`, `length` tokens long, and what stands before it.

    `subject` are the tokens of the phrase that speaks, None when it is shared with an earlier
    cue of the sentence or stands behind.
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

    @property
    def end(self) -> int:
        return self.index + self.length


@dataclass(frozen=True)
class Found:
    """One report in one sentence: token spans of speaker, cue and content pieces."""

    rule: str
    pieces: tuple[Span, ...]
    subject: Span | None
    cue: Span | None
    modality: str = ""
    via: Span | None = None
    shared: bool = field(default=False)


def find_frames(sentence: Sentence) -> list[Found]:
    """Return the reports of a sentence in reading order; their contents do not overlap."""
    tokens = sentence.tokens
    cues = list(_cues(tokens))
    found: list[Found] = []
    taken: list[Span] = []
    for frame in (
        _quote_then_speaker,
        _according_to,
        _speaker_then_content,
        _clause_then_speaker,
    ):
        for report in frame(tokens, cues):
            outer = (report.pieces[0][0], report.pieces[-1][1])
            if any(_overlap(outer, other) for other in taken) or not _worth(tokens, report):
                continue
            if report.subject is not None and not _can_speak(tokens[slice(*report.subject)]):
                continue
            found.append(report)
            taken.append(outer)
    return sorted(found, key=lambda report: report.pieces[0])


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _worth(tokens: list[Token], report: Found) -> bool:
    """Whether the content is more than punctuation, and a clause more than a word or two."""
    words = sum(
        1 if t.kind != "quote" else 3
        for first, last in report.pieces
        for t in tokens[first:last]
        if t.kind != "mark"
    )
    return words >= 2


def _can_speak(subject: list[Token]) -> bool:
    """Whether a phrase may name a speaker.

    The text of a treaty is no person's word, and abstract things do not speak.
    """
    words = [token for token in subject if token.low not in DETERMINERS]
    if not words or {"article", "treaty", "charter", "constitution", "clause", "pact"} & {
        token.low for token in words[:2]
    }:
        return False
    if any(token.capital for token in words) or words[0].low in PRONOUNS | {"one", "both"}:
        return words[0].low not in {"this", "that", "there"}
    nouns = [t for t in words if t.kind == "word"]
    for token in nouns:
        if token.low in PREPOSITIONS:
            break
        head = token.low
    else:
        head = nouns[-1].low if nouns else ""
    singular = head.removesuffix("s")
    return singular in BODIES or head in BODIES or not singular.endswith(ABSTRACT_ENDINGS)


# ---------------------------------------------------------------------------- cues


def _cues(tokens: list[Token]) -> Iterator[Cue]:
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
    lows = [t.low for t in tokens[index : index + 3]]
    for length in (3, 2):
        if tuple(lows[:length]) in TO_OBJECT_PHRASES | THAT_PHRASES:
            form = "ing" if token.low.endswith("ing") else "past"
            return Cue(index, length, token.low, " ".join(lows[:length]), form)
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
        token.text == "," and last is not None and _conjunct(tokens, j, last)
    ):
        if last is not None and last.subject is not None:
            return replace(
                cue, subject=last.subject, shared=True, modality=modality, start_of_clause=j
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
    if token.low == "as" and _passive_quoted_before(tokens, j):
        main = _main_subject(tokens, j)
        return replace(cue, subject=main, start_of_clause=j) if main else None
    # «with officials saying», «A report …, officials saying»
    first = phrase_before(tokens, j + 1)
    if first is not None and first > 0 and tokens[first - 1].low in {"with", ",", "as"}:
        return replace(cue, subject=(first, j + 1), start_of_clause=first)
    return None


def _passive_quoted_before(tokens: list[Token], index: int) -> bool:
    return any(
        t.low in {"quoted", "cited", "reported"} for t in tokens[max(index - 12, 0) : index]
    )


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


def _conjunct(tokens: list[Token], comma: int, last: Cue) -> bool:
    """«S said X, urged Y and …»: a list of things said by one subject."""
    return comma > last.end and not any(t.low in FINITE for t in tokens[comma : comma + 1])


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


# --------------------------------------------------------------------------- frames


def _according_to(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«According to S, clause», «clause, according to S» and in the middle."""
    for index in range(len(tokens) - 2):
        if (tokens[index].low, tokens[index + 1].low) != ("according", "to"):
            continue
        subject_end = phrase_after(tokens, index + 2)
        if subject_end is None:
            continue
        subject_end = _to_comma(tokens, subject_end)
        subject = (index + 2, subject_end)
        cue = (index, index + 2)
        end = _content_end(tokens, len(tokens))
        if index == 0:
            first = _skip_marks(tokens, subject_end)
            if first < end:
                yield Found("according to S, Q", ((first, end),), subject, cue)
            continue
        begin = _clause_start(tokens, index)
        before_end = _strip_marks_back(tokens, begin, index)
        if before_end <= begin:
            continue
        rest = _skip_marks(tokens, subject_end)
        if rest < end and tokens[index - 1].text == "," and tokens[subject_end].text == ",":
            yield Found(
                "Q, according to S, Q", ((begin, before_end), (rest, end)), subject, cue
            )
        else:
            yield Found("Q, according to S", ((begin, before_end),), subject, cue)


def _to_comma(tokens: list[Token], index: int) -> int:
    """Take what follows up to the next comma into the phrase, if that is near: «a tweet on
    Monday by the secretary»."""
    limit = min(len(tokens), index + 14)
    for k in range(index, limit):
        if tokens[k].text in {",", ".", ";"} or tokens[k].kind == "quote":
            return k
    return index


def _quote_then_speaker(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«Q, S C», «Q, C S», with more of the quotation behind: «Q, S C, Q»."""
    for position, token in enumerate(tokens):
        if token.kind != "quote" or not _clause_opens(tokens, position):
            continue
        run_end = position + 1
        after = _skip_marks(tokens, run_end)
        for cue in cues:
            if cue.index < after:
                continue
            begins = cue.subject[0] if cue.subject is not None else cue.index
            inverted = cue.subject is None
            if begins > after + 1 or (
                begins != after and tokens[after].low not in CONJUNCTIONS
            ):
                break
            if inverted:
                last = phrase_after(tokens, cue.end)
                if last is None:
                    break
                subject: Span = (cue.end, last)
                rest = last
                rule = "Q, C S"
            else:
                assert cue.subject is not None
                subject = cue.subject
                rest = cue.end
                rule = "Q, S C"
            pieces: list[Span] = [(position, run_end)]
            more = _more_quote(tokens, rest, cues)
            if more is not None:
                pieces.append(more)
                rule = rule.replace("Q,", "Q1,") + ", Q2"
            yield Found(rule, tuple(pieces), subject, (cue.index, cue.end), cue.modality)
            break


def _clause_opens(tokens: list[Token], position: int) -> bool:
    """Whether a quote begins its clause: first in the sentence, or after a conjunction or mark."""
    if position == 0:
        return True
    before = tokens[position - 1]
    if before.text == ",":
        # «At the end of the meeting, “…,” S said»: an opening phrase without a verb of saying
        return not any(token.low in CUE_FORMS for token in tokens[:position])
    return position <= 2 and (before.low in CONJUNCTIONS or before.kind == "mark")


def _more_quote(tokens: list[Token], start: int, cues: list[Cue]) -> Span | None:
    """The second half of a split quotation behind the attribution, if no other cue stands there."""
    for index in range(start, len(tokens)):
        if tokens[index].kind == "quote":
            previous = tokens[index - 1]
            joined = (
                previous.text in {",", ":", "—", "–", ";"}
                or previous.low in TIMES
                or index - start <= 1
            )
            return (index, index + 1) if joined else None
        if any(cue.index == index for cue in cues) or tokens[index].low in {
            "and",
            "but",
            "that",
        }:
            return None
    return None


def _speaker_then_content(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«S C (that) clause», «S C: Q», «S C NP», participles and conjuncts among them."""
    covered = 0
    for number, cue in enumerate(cues):
        if cue.subject is None or cue.index < covered:
            continue
        limit = len(tokens)
        for later in cues[number + 1 :]:
            if later.shared and later.modality:
                continue  # «he can and may declare»: what is said, not another saying
            boundary = _boundary_before(tokens, later, cue)
            if boundary is not None:
                limit = min(limit, boundary)
                break
        content = _content_after(tokens, cue, limit)
        if content is None:
            continue
        start, rule = content
        end = _without_occasion(tokens, start, _content_end(tokens, limit))
        if end <= start:
            continue
        covered = end
        yield Found(
            rule,
            ((start, end),),
            cue.subject,
            (cue.index, cue.end),
            cue.modality,
            shared=cue.shared,
        )


def _boundary_before(tokens: list[Token], later: Cue, cue: Cue) -> int | None:
    """Where the content of `cue` ends because `later` begins a report of its own."""
    if later.form == "ing" and later.shared:
        return later.start_of_clause if later.start_of_clause > cue.end else None
    if later.shared:
        k = later.start_of_clause
        if k <= cue.end:
            return None
        if tokens[k].low in {"and", "but", "or"} and k > 0 and tokens[k - 1].text == ",":
            return k - 1
        return k
    if later.subject is None:
        return None
    begin = later.start_of_clause
    k = begin - 1
    if k <= cue.end:
        return None
    if tokens[k].low in {"and", "but", "while", "whereas", "although", "though", "as"}:
        if k > 0 and tokens[k - 1].text == ",":
            return k - 1
        return k if tokens[k].low != "as" and _new_speaker(tokens, later) else None
    if tokens[k].text == ";":
        return k
    return None


def _new_speaker(tokens: list[Token], later: Cue) -> bool:
    assert later.subject is not None
    return tokens[later.subject[0]].low not in {"it", "they", "he", "she"} or later.lemma in {
        "say",
        "add",
    }


def _content_after(tokens: list[Token], cue: Cue, limit: int) -> tuple[int, str] | None:
    """Where the content begins behind the cue, and by which rule; None when there is none."""
    word = CUE_FORMS.get(cue.word)
    index = cue.end
    if cue.lemma in {"put it"}:
        quote = _first_quote(tokens, index, limit)
        return (quote, "S C: Q") if quote is not None else None
    if index >= limit:
        return None
    if cue.length > 1 and (cue.word, tokens[cue.index + 1].low) in TO_OBJECT_PHRASES:
        return (index, "S C NP")
    if word is not None and word.tell:
        index = _skip_addressee(tokens, index, limit)
    elif word is not None and word.lemma in OBJECT_TO and word.form != "base":
        return (
            (index, "S C NP to-VP")
            if _holds_to_verb(tokens, index, limit) or word.noun_phrase
            else None
        )
    index = _skip_adjuncts(tokens, index, limit, strict=word is not None and word.noun_phrase)
    if index >= limit:
        return None
    token = tokens[index]
    if token.text == ",":
        nxt = tokens[index + 1] if index + 1 < limit else None
        if nxt is not None and (
            nxt.kind == "quote" or nxt.low == "that" or word is None or word.bare
        ):
            # «said, at a press conference, that …»
            over = _over_comma_aside(tokens, index, limit)
            index = over if over is not None else index + 1
            index = _skip_adjuncts(tokens, index, limit, strict=False)
            if index >= limit:
                return None
            token = tokens[index]
            if tokens[index].text == ",":
                index += 1
                if index >= limit:
                    return None
                token = tokens[index]
    if token.text == ":":
        return (index + 1, "S C: Q") if index + 1 < limit else None
    if token.low == "that" and index + 1 < limit:
        return (index, "S C that clause") if word is None or word.that or word.bare else None
    if token.kind == "quote":
        only = index + 1 >= _content_end(tokens, limit)
        return (index, "S C Q" if only else "S C clause with Q")
    if word is None:
        if cue.length > 1:
            return (index, "S C clause") if _has_verb(tokens, index, limit) else None
        quote = _first_quote(tokens, index, limit)
        return (quote, "S C … Q") if quote is not None and quote - index < 8 else None
    if word.infinitive and token.low == "to" and _verb_follows(tokens, index, limit):
        return (index, "S C to-VP")
    if token.low == "to" or token.low in {"of", "by", "about", "against", "with"}:
        return None
    if word.bare and _has_verb(tokens, index, limit):
        return (index, "S C clause")
    if word.tell and index > cue.end and _has_verb(tokens, index, limit):
        return (index, "S C clause")
    direct = not any(t.text == "," for t in tokens[cue.end : index])
    if word.noun_phrase and direct and is_content_phrase(tokens, index):
        return (index, "S C NP")
    if (
        word.that
        and _first_quote(tokens, index, limit) is not None
        and _has_verb(tokens, index, limit)
    ):
        return (index, "S C clause with Q")
    return None


def _verb_follows(tokens: list[Token], to: int, limit: int) -> bool:
    """Whether «to» opens an infinitive rather than naming a person or thing."""
    if to + 1 >= limit:
        return False
    following = tokens[to + 1]
    named = PRONOUNS | DETERMINERS | {"him", "them", "us", "me", "her"}
    return following.low not in named and not following.capital and following.kind == "word"


def is_content_phrase(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    return (
        token.low in DETERMINERS
        or is_nominal(token)
        or token.low in PRONOUNS | {"it", "him", "them"}
    )


def _over_comma_aside(tokens: list[Token], comma: int, limit: int) -> int | None:
    """Behind an aside between commas right after the cue, when «that» or a quote follows it."""
    for k in range(comma + 1, min(limit, comma + 16)):
        if tokens[k].kind == "quote":
            return None
        if tokens[k].text == ",":
            follows = tokens[k + 1] if k + 1 < limit else None
            if follows is not None and (follows.low == "that" or follows.kind == "quote"):
                return k + 1
            opens = tokens[comma + 1].low in PREPOSITIONS
            return k + 1 if opens else None
    return None


def _holds_to_verb(tokens: list[Token], index: int, limit: int) -> bool:
    return any(t.low in {"to", "not"} for t in tokens[index : min(limit, index + 12)])


def _first_quote(tokens: list[Token], index: int, limit: int) -> int | None:
    return next((k for k in range(index, limit) if tokens[k].kind == "quote"), None)


def _has_verb(tokens: list[Token], start: int, limit: int) -> bool:
    """Whether a finite verb seems to stand in the stretch, so that it is a clause."""
    for token in tokens[start:limit]:
        if token.kind == "quote" and len(token.text.split()) > 2:
            return True
        if token.kind != "word":
            continue
        cue = CUE_FORMS.get(token.low)
        if token.low in FINITE or token.low in NEGATIONS or (cue and cue.form == "past"):
            return True
        if token.low.endswith(("ed", "'s", "'d", "'ll", "'re", "'ve")) and token.low != "'s":
            return True
        if (
            not token.capital
            and token.low.endswith("s")
            and token is not tokens[start]
            and len(token.low) > 3
        ):
            return True
    return False


def _skip_addressee(tokens: list[Token], index: int, limit: int) -> int:
    """Behind whom it was told: «told Interfax», «told a regular press briefing in Tokyo»."""
    if (
        index >= limit
        or tokens[index].low in {"that", ":", ","}
        or tokens[index].kind == "quote"
    ):
        return index
    if tokens[index].low in PRONOUNS | {"him", "them", "us", "me", "her"}:
        nxt = tokens[index + 1] if index + 1 < limit else None
        if tokens[index].low not in {"her", "it"} or (nxt is not None and not is_nominal(nxt)):
            return index + 1
    last = index
    while last < limit and tokens[last].low in DETERMINERS | {"'s"}:
        last += 1
    begun = last
    while last < limit and (is_nominal(tokens[last]) or tokens[last].low in {"and", "of"}):
        if (
            last > begun
            and tokens[last].capital
            and not tokens[last - 1].capital
            and (tokens[last - 1].low not in {"of", "and", "'s"})
        ):
            break
        if tokens[last].low in {"and", "of"} and not (
            last + 1 < limit
            and (is_nominal(tokens[last + 1]) or tokens[last + 1].low in DETERMINERS)
        ):
            break
        last += 1
        while (
            last < limit
            and tokens[last - 1].low in {"of", "and"}
            and tokens[last].low in DETERMINERS
        ):
            last += 1
    return last


_PLACE_PREPOSITIONS = {
    "on",
    "in",
    "at",
    "during",
    "after",
    "before",
    "to",
    "via",
    "from",
    "through",
    "by",
    "late",
    "early",
    "earlier",
    "ahead",
    "outside",
    "following",
    "last",
    "this",
    "over",
    "under",
    "with",
    "for",
}


def _skip_adjuncts(tokens: list[Token], index: int, limit: int, *, strict: bool) -> int:
    """Behind times, places and occasions right after the cue; at most three of them."""
    for _ in range(4):
        after = _one_adjunct(tokens, index, limit)
        if after is None:
            return index
        index = after
    return index


def _one_adjunct(tokens: list[Token], index: int, limit: int) -> int | None:
    if index >= limit:
        return None
    token = tokens[index]
    if token.low in {
        "yesterday",
        "today",
        "tomorrow",
        "tonight",
        "later",
        "earlier",
        "again",
        "also",
        "publicly",
        "separately",
        "afterwards",
    }:
        after = index + 1
        while (
            after < limit
            and tokens[after].low
            in {
                "morning",
                "afternoon",
                "evening",
                "night",
                "on",
                "in",
                "this",
                "week",
                "month",
                "year",
            }
            | WEEKDAYS
            and tokens[after].low not in {"on", "in", "this"}
        ):
            after += 1
        return after
    if token.low in WEEKDAYS:
        after = index + 1
        if after < limit and tokens[after].low == "'s":
            return None
        while after < limit and tokens[after].low in {
            "morning",
            "afternoon",
            "evening",
            "night",
        }:
            after += 1
        return after
    if (
        token.low in {"last", "this", "late", "early"}
        and index + 1 < limit
        and tokens[index + 1].low in TIMES | {"on"}
    ):
        return index + 2
    if token.low not in _PLACE_PREPOSITIONS or token.low in {"for", "this", "last"}:
        return None
    k = index + 1
    while k < limit and tokens[k].low in DETERMINERS | {"'s", "separate", "joint"}:
        k += 1
    first = k
    fits = False
    while k < limit:
        current = tokens[k]
        if current.low in WEEKDAYS | MONTHS | OCCASIONS or current.kind == "number":
            fits = True
        elif current.capital and first == k:
            fits = token.low in {"in", "at", "from", "to", "on", "via", "outside"}
        if current.low in WEEKDAYS:
            k += 1
            while k < limit and tokens[k].low in {"morning", "afternoon", "evening", "night"}:
                k += 1
            break
        if not is_nominal(current):
            break
        if (
            k > first
            and current.capital
            and not tokens[k - 1].capital
            and tokens[k - 1].kind != "number"
            and tokens[k - 1].low != "'s"
        ):
            break
        k += 1
        if (
            current.kind == "number"
            and k < limit
            and tokens[k].text == ","
            and k + 1 < limit
            and tokens[k + 1].kind == "number"
        ):
            k += 2
    if not fits or k == first:
        return None
    # «in an interview with Reuters», «on the sidelines of the summit», «at a meeting in Tokyo»
    while (
        k < limit
        and tokens[k].low in {"of", "with", "in", "for", "to", "by", "about", "at"}
        and k + 1 < limit
    ):
        if tokens[k].low in {"in", "at"}:
            break
        m = k + 1
        while m < limit and tokens[m].low in DETERMINERS | {"'s"}:
            m += 1
        begun = m
        while (
            m < limit
            and is_nominal(tokens[m])
            and not (m > begun and tokens[m].capital and not tokens[m - 1].capital)
        ):
            m += 1
        if m == begun:
            break
        k = m
    return k


def _clause_then_speaker(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«Clause, S C.» and «clause, C S.»: the content stands first, nothing but time behind."""
    for cue in cues:
        if cue.subject is not None and not cue.shared:
            subject = cue.subject
            before = subject[0]
            rest = cue.end
            rule = "clause, S C"
        elif cue.subject is None:
            last = phrase_after(tokens, cue.end)
            if last is None:
                continue
            subject, before, rest, rule = (cue.end, last), cue.index, last, "clause, C S"
        else:
            continue
        quoted = before >= 3 and _ends_with_comma(tokens[before - 1])
        if before < 3 or not (quoted or tokens[before - 1].text in {",", "—", "–"}):
            continue
        content_end = before if quoted else before - 1
        rest = _skip_adjuncts(tokens, rest, len(tokens), strict=False)
        ending = tokens[rest].text if rest < len(tokens) else "."
        middle = ending == "," and rule == "clause, S C"
        if ending not in {".", "!", "?", ";"} and not middle:
            continue
        begin = _clause_start(tokens, content_end)
        if not _has_verb(tokens, begin, content_end):
            continue
        pieces: list[Span] = [(begin, content_end)]
        if middle:
            end = _content_end(tokens, len(tokens))
            if rest + 1 < end and not any(c.index > cue.index for c in cues):
                pieces.append((rest + 1, end))
        yield Found(rule, tuple(pieces), subject, (cue.index, cue.end), cue.modality)


def _ends_with_comma(token: Token) -> bool:
    return token.kind == "quote" and token.text[:-1].rstrip().endswith(",")


def _clause_start(tokens: list[Token], before: int) -> int:
    """The first token of the clause that ends before `before`: the sentence's, or after «;»."""
    for k in range(before - 1, -1, -1):
        if tokens[k].text == ";":
            return k + 1
    first = 0
    while first < before and (
        tokens[first].kind == "mark" or tokens[first].low in {"but", "and", "however"}
    ):
        first += 1
    return first


def _content_end(tokens: list[Token], limit: int) -> int:
    """The end of the content: without the sentence's last stop."""
    end = limit
    while (
        end > 0
        and tokens[end - 1].kind == "mark"
        and tokens[end - 1].text in {".", ",", ";", "!", "?", "—", "–", ":"}
    ):
        end -= 1
    return end


def _without_occasion(tokens: list[Token], start: int, end: int) -> int:
    """The content without a last «, during a press conference in Tokyo on Thursday»."""
    for k in range(end - 1, start + 2, -1):
        if tokens[k].kind == "quote":
            break
        if tokens[k].text == ",":
            tail = tokens[k + 1 : end]
            if not tail or tail[0].low not in {"during", "at", "in", "on", "speaking"}:
                break
            named = [t for t in tail if t.low in OCCASIONS - {"time", "moment", "council"}]
            if named and len(tail) <= 14:
                return k
            break
    return end


def _skip_marks(tokens: list[Token], index: int) -> int:
    while (
        index < len(tokens)
        and tokens[index].kind == "mark"
        and tokens[index].text in {",", "—", "–", ":", "-"}
    ):
        index += 1
    return index


def _strip_marks_back(tokens: list[Token], begin: int, index: int) -> int:
    while index > begin and tokens[index - 1].kind == "mark":
        index -= 1
    return index
