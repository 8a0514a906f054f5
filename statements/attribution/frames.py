"""The patterns by which English reports speech, each a named function over one sentence.

A frame says where the speaker's phrase, the cue and the content stand. Who the speaker is and
where the date lies is another stage's work.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile

from statements.attribution.channels import (
    Credit,
    carrier,
    find_credits,
    inside_saying,
    is_main,
    to_comma,
)
from statements.attribution.content import (
    addressee,
    boundary_before,
    content_after,
    content_end,
    has_verb,
    main_clause_at,
    skip_adjuncts,
    takes_object_behind,
    without_occasion,
)
from statements.attribution.cues import Cue, Span, clause_subject, find_cues
from statements.attribution.ends import end_of_content
from statements.attribution.mentions import phrase_after
from statements.attribution.noun_phrases import noun_phrase_before, subject_before
from statements.attribution.sentences import Sentence
from statements.attribution.tags import FINITE_CLASSES, NOMINAL, Tag, tagged
from statements.attribution.tokens import Token
from statements.attribution.words import (
    ABSTRACT_ENDINGS,
    BODIES,
    CONJUNCTIONS,
    CUE_FORMS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SAYING_NOUNS,
    TIMES,
    TITLE_HEADS,
    WEEKDAYS,
)


@dataclass(frozen=True)
class Found:
    """One report in one sentence: token spans of speaker, cue and content pieces.

    `via` is who the sentence credits besides the speaker; `told` is to whom it was said or by
    whom it was carried, who is credited when that is a medium. `source` is whom the subject cites.
    """

    rule: str
    pieces: tuple[Span, ...]
    subject: Span | None
    cue: Span | None
    modality: str = ""
    via: Span | None = None
    told: Span | None = None
    source: Span | None = None
    shared: bool = field(default=False)


def find_frames(sentence: Sentence) -> list[Found]:
    """Return the reports of a sentence in reading order; their contents do not overlap."""
    tokens = tagged(sentence.tokens)
    cues = list(find_cues(tokens))
    for credit in find_credits(tokens, cues):
        reports = _passed_on(tokens, credit)
        if reports:
            return reports
    return _reports(tokens, cues)


def _reports(tokens: list[Token], cues: list[Cue]) -> list[Found]:
    found: list[Found] = []
    taken: list[Span] = []
    for frame in (
        _quote_then_speaker,
        _according_to,
        _clause_then_speaker,
        _speaker_then_content,
        _speaker_and_colon,
        _noun_then_clause,
        _object_then_agent,
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


def _passed_on(tokens: list[Token], credit: Credit) -> list[Found]:
    """The reports of a sentence that credits a channel, which is no part of any of them.

    Empty when nobody but the channel speaks, so that it is the speaker.
    """
    kept = tokens[: credit.start] + tokens[credit.end :]
    if not kept or (credit.by is not None and not _can_speak(tokens[slice(*credit.by)])):
        return []
    kept = tagged(kept)
    reports = _reports(kept, list(find_cues(kept)))
    speaking = [report for report in reports if _speaks_plainly(kept, report)]
    if not speaking:
        return []
    # A credit behind speaks of the last to speak, one in front of the first.
    subject = speaking[-1 if credit.start else 0].subject
    found = []
    for report in reports:
        whole = _put_back(report, credit)
        if report.subject == subject:
            whole = replace(whole, via=whole.via or credit.by, source=credit.source)
        found.append(whole)
    return found


def _speaks_plainly(tokens: list[Token], report: Found) -> bool:
    """Whether the report is what its sentence says, and its subject somebody who speaks."""
    if report.subject is None or report.rule.startswith(("according", "Q, according")):
        return False
    if not report.rule.startswith("S C"):
        return True
    if not is_main(tokens, report.subject):
        return False
    if report.cue is not None and any(
        t.low in RELATIVES for t in tokens[report.subject[1] : report.cue[0]]
    ):
        return False
    phrase = tokens[slice(*report.subject)]
    cue = CUE_FORMS.get(tokens[report.cue[0]].low) if report.cue else None
    if report.rule not in {"S C NP", "S C NP to-VP", "S C to-VP", "S C clause"}:
        return True
    if cue is None or cue.lemma in {"say", "tell", "add"}:
        return True
    if cue.lemma in {"maintain", "question"}:  # more often acts than words
        return False
    if len(phrase) == 1:
        return phrase[0].low in PRONOUNS or (phrase[0].capital and phrase[0].low[-1] != "s")
    return any(t.low in TITLE_HEADS for t in phrase) or any(t.capital for t in phrase[1:])


def _put_back(report: Found, credit: Credit) -> Found:
    """The report over the tokens of the whole sentence; a piece around the credit is two."""
    width = credit.end - credit.start

    def whole(span: Span) -> list[Span]:
        first, last = span
        if last <= credit.start:
            return [span]
        if first >= credit.start:
            return [(first + width, last + width)]
        return [(first, credit.start), (credit.end, last + width)]

    return replace(
        report,
        pieces=tuple(piece for span in report.pieces for piece in whole(span)),
        subject=whole(report.subject)[0] if report.subject else None,
        cue=whole(report.cue)[0] if report.cue else None,
        told=whole(report.told)[0] if report.told else None,
        via=whole(report.via)[0] if report.via else None,
    )


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
    if words >= 2:
        return True
    first, last = report.pieces[0]
    return report.rule == "S C NP" and any(t.tag == Tag.PROPER for t in tokens[first:last])


# Determiners that may speak for themselves: «some said», «others argue».
_PRONOMINAL = {
    "some",
    "many",
    "others",
    "another",
    "most",
    "all",
    "both",
    "few",
    "several",
    "neither",
    "none",
}


def _can_speak(subject: list[Token]) -> bool:
    """Whether a phrase may name a speaker.

    The text of a treaty is no person's word, and abstract things do not speak.
    """
    words = [token for token in subject if token.low not in DETERMINERS]
    if not words:
        return subject[-1].low in _PRONOMINAL
    if {"article", "treaty", "charter", "constitution", "clause", "pact"} & {
        token.low for token in words[:2]
    }:
        return False
    if any(token.capital for token in words) or words[0].low in PRONOUNS | {"one", "both"}:
        return words[0].low not in {"this", "that", "there"}
    nouns = [t for t in words if t.kind == "word"]
    first_phrase = list(takewhile(lambda token: token.low not in PREPOSITIONS, nouns))
    head = first_phrase[-1].low if first_phrase else ""
    singular = head.removesuffix("s")
    return singular in BODIES or head in BODIES or not singular.endswith(ABSTRACT_ENDINGS)


def _according_to(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«According to S, clause», «clause, according to S» and in the middle."""
    for index in range(len(tokens) - 2):
        if (tokens[index].low, tokens[index + 1].low) != ("according", "to"):
            continue
        if inside_saying(tokens, index):
            continue
        subject_end = phrase_after(tokens, index + 2)
        if subject_end is None:
            continue
        subject_end = to_comma(tokens, subject_end)
        subject = (index + 2, subject_end)
        cue = (index, index + 2)
        end = content_end(tokens, len(tokens))
        if index == 0:
            first = _skip_marks(tokens, subject_end)
            if first < end:
                yield Found("according to S, Q", ((first, end),), subject, cue)
            continue
        begin = _clause_start(tokens, index)
        before_end = _strip_marks_back(tokens, begin, index)
        begin = _behind_opening(tokens, begin, before_end)
        if before_end - begin < 2:
            continue
        rest = _skip_marks(tokens, subject_end)
        middle = (
            tokens[index - 1].text == ","
            and subject_end < end
            and tokens[subject_end].text == ","
        )
        broken = middle and rest < end and not _whole_clause(tokens, begin, before_end)
        if broken:
            yield Found(
                "Q, according to S, Q", ((begin, before_end), (rest, end)), subject, cue
            )
        else:
            yield Found("Q, according to S", ((begin, before_end),), subject, cue)


def _behind_opening(tokens: list[Token], begin: int, end: int) -> int:
    """What a source stands for is the main clause, or the last «, which …» alone."""
    for k in range(end - 2, begin + 2, -1):
        if tokens[k].text == "," and tokens[k + 1].low in {"which", "who"}:
            finite = sum(t.tag in FINITE_CLASSES for t in tokens[k + 1 : end])
            commas = any(t.text == "," for t in tokens[k + 1 : end])
            return k + 1 if finite and not commas else begin
    opened = tokens[begin].tag in {Tag.SUBORDINATOR, Tag.GERUND} or tokens[begin].low in {
        "despite"
    }
    if not opened:
        return begin
    for k in range(begin + 1, end):
        if tokens[k].text == "," and main_clause_at(tokens, k + 1, end):
            return k + 1
    return begin


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
            yield Found(
                rule, tuple(pieces), subject, (cue.index, cue.end), cue.modality,
                via=cue.via, told=addressee(tokens, cue, rest),
            )  # fmt: skip
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
            boundary = boundary_before(tokens, later, cue)
            if boundary is not None:
                limit = min(limit, boundary)
                break
        content = content_after(tokens, cue, limit)
        if content is None:
            continue
        start, rule = _skip_marks(tokens, content[0]), content[1]
        end = end_of_content(tokens, cue, start, limit, rule)
        end = without_occasion(tokens, start, content_end(tokens, end))
        if end <= start:
            continue
        covered = end
        yield Found(
            rule,
            _pieces(tokens, start, end, rule),
            cue.subject,
            (cue.index, cue.end),
            cue.modality,
            via=cue.via,
            told=addressee(tokens, cue, cue.end)
            or carrier(tokens, cue.end, start)
            or (None if number else carrier(tokens, 0, cue.subject[0])),
            shared=cue.shared,
        )


def _speaker_and_colon(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«S: Q», «S resisted: Q», «Said S, Q»: a quotation behind a colon has a speaker before it."""
    for colon in range(1, len(tokens) - 1):
        if tokens[colon].text != ":" or tokens[colon + 1].kind != "quote":
            continue
        quote = (colon + 1, colon + 2)
        first = 0
        while first < colon and tokens[first].kind == "mark":
            first += 1
        if all(
            t.tag in NOMINAL | {Tag.PREPOSITION, Tag.DETERMINER} for t in tokens[first:colon]
        ):
            if first < colon <= first + 8 and any(
                t.tag == Tag.PROPER for t in tokens[first:colon]
            ):
                yield Found("S: Q", (quote,), (first, colon), None)
            continue
        if len(tokens[colon + 1].text.split()) < 4:
            continue
        subject = clause_subject(tokens, colon)
        if subject is not None:
            yield Found("S …: Q", (quote,), subject, None)
    if len(tokens) > 3 and tokens[0].low in {
        "said",
        "says",
        "added",
        "wrote",
        "tweeted",
        "asked",
    }:
        last = phrase_after(tokens, 1)
        if (
            last is not None
            and last + 1 < len(tokens)
            and tokens[last].text in {",", ":"}
            and tokens[last + 1].kind == "quote"
        ):
            yield Found("C S: Q", ((last + 1, last + 2),), (1, last), (0, 1))


def _object_then_agent(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«The raid was condemned by S»: what a passive is about stands before it."""
    for cue in cues:
        word = CUE_FORMS.get(cue.word)
        if not cue.passive or cue.behind is None or word is None or not word.noun_phrase:
            continue
        first = subject_before(tokens, cue.group)
        if first is None or tokens[first].tag in {Tag.PRONOUN, Tag.RELATIVE}:
            continue
        yield Found(
            "NP C by S", ((first, cue.group),), cue.subject, (cue.index, cue.end), cue.modality
        )


def _noun_then_clause(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«S's claim that …», «the suggestion by S that …», «S made the point that …»."""
    for index in range(1, len(tokens) - 2):
        token = tokens[index]
        if token.low not in SAYING_NOUNS or token.tag not in {Tag.NOUN, Tag.FINITE}:
            continue
        that = index + 1
        owner: Span | None = None
        if tokens[that].low == "by":
            last = phrase_after(tokens, that + 1)
            if last is None:
                continue
            owner, that = (that + 1, last), last
        if that + 1 < len(tokens) and tokens[that].low in {"is", "was", "were", "are"}:
            that += 1
        if that + 1 >= len(tokens) or tokens[that].low != "that":
            continue
        if (
            not main_clause_at(tokens, that + 1, len(tokens))
            and tokens[that + 1].kind != "quote"
        ):
            continue
        owner = owner or _owner(tokens, index)
        if owner is None:
            continue
        whole = Cue(
            index, 1, token.low, token.low, "noun", subject=owner, start_of_clause=owner[0]
        )
        end = end_of_content(tokens, whole, that + 1, len(tokens), "S C that clause")
        end = _before_verb_of(tokens, owner, that + 1, content_end(tokens, end))
        if end > that + 1:
            yield Found("S's N that clause", ((that + 1, end),), owner, (index, index + 1))


def _owner(tokens: list[Token], noun: int) -> Span | None:
    """Whose word it is: the possessor before the noun, or who made or repeated it."""
    k = noun - 1
    while k > 0 and tokens[k].tag in {
        Tag.ADJECTIVE,
        Tag.NOUN,
        Tag.NUMBER,
        Tag.PARTICIPLE,
        Tag.ADVERB,
    }:
        k -= 1
    if tokens[k].tag == Tag.POSSESSIVE:
        if tokens[k].low != "'s":
            return (k, k + 1) if tokens[k].low in {"his", "her", "their"} else None
        first = noun_phrase_before(tokens, k)
        return (first, k) if first is not None else None
    if tokens[k].tag == Tag.DETERMINER and k and tokens[k - 1].low in _MAKES:
        return clause_subject(tokens, k)
    return None


_MAKES = {
    "made",
    "makes",
    "making",
    "repeated",
    "repeats",
    "issued",
    "offered",
    "rejected",
    "floated",
}


def _before_verb_of(tokens: list[Token], owner: Span, start: int, end: int) -> int:
    """The content without the main verb of the sentence: «his claim that X is wrong drew laughs»."""
    finite = [k for k in range(start, end) if tokens[k].tag in FINITE_CLASSES]
    if len(finite) < 2 or any(t.tag in FINITE_CLASSES for t in tokens[: owner[0]]):
        return end
    for k in finite[1:]:
        if tokens[k - 1].tag in NOMINAL | {Tag.QUOTE} and subject_before(tokens, k, start) in {
            None,
            start,
        }:
            return k
    return end


def _pieces(tokens: list[Token], start: int, end: int, rule: str) -> tuple[Span, ...]:
    """The unbroken pieces of a content: «“…” and “…”» is two."""
    if rule == "S C NP":
        return _around_day(tokens, start, end)
    inside = tokens[start:end]
    if rule == "S C Q" and all(
        t.kind == "quote" or t.low in {"and", "but", ","} for t in inside
    ):
        return tuple((k, k + 1) for k in range(start, end) if tokens[k].kind == "quote")
    return ((start, end),)


def _around_day(tokens: list[Token], start: int, end: int) -> tuple[Span, ...]:
    """«concern on Thursday about the raid» without the day, which is that of the saying."""
    for k in range(start + 1, min(start + 5, end - 2)):
        if tokens[k].low == "on" and tokens[k + 1].low in WEEKDAYS:
            if tokens[k + 2].low in {"about", "over", "at", "for", "that", "with", "regarding"}:
                return ((start, k), (k + 2, end))
            break
    return ((start, end),)


def _clause_then_speaker(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«Clause, S C.», «clause, C S.» and «clause, S C, clause»: what was said stands first."""
    for cue in cues:
        if cue.subject is not None and not (cue.shared or cue.relative or cue.passive):
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
        if before and tokens[before - 1].low == "as":
            before -= 1  # «that, as Example says, is a lot»
        quoted = before >= 3 and _ends_with_comma(tokens[before - 1])
        if before < 2 or not (quoted or tokens[before - 1].text in {",", "—", "–"}):
            continue
        clause_end = before if quoted else before - 1
        told = addressee(tokens, cue, rest)
        behind = _behind_adjuncts(tokens, cue, told[1] if told else rest)
        if behind is None:
            continue
        rest = behind
        middle = rest < len(tokens) and tokens[rest].text == ","
        begin = _clause_start(tokens, clause_end)
        end = content_end(tokens, len(tokens))
        goes_on = middle and rest + 1 < end and _goes_on(tokens, cue, cues, rest + 1, end)
        if goes_on:
            later = next((c for c in cues if c.index > rest and not c.shared), None)
            if later is not None:
                boundary = boundary_before(tokens, later, cue)
                end = boundary if boundary is not None else end
            end = content_end(tokens, end)
        if any(
            c.subject is not None
            and c.subject[0] == begin
            and c.index < clause_end
            and not c.relative
            for c in cues
        ):
            continue  # «He said that …, and asked why, he said, “…”»
        if not _whole_clause(tokens, begin, clause_end) and not (
            goes_on and _verb_behind(tokens, begin, rest + 1, end)
        ):
            continue
        pieces: list[Span] = [(begin, clause_end)]
        if goes_on and rest + 1 < end:
            pieces.append((rest + 1, end))
        yield Found(
            rule, tuple(pieces), subject, (cue.index, cue.end), cue.modality,
            via=cue.via, told=told,
        )  # fmt: skip


def _behind_adjuncts(tokens: list[Token], cue: Cue, rest: int) -> int | None:
    """Behind times and places after the cue, when then a comma or the end of the sentence comes.

    None when a clause follows, which would be what is said.
    """
    rest = skip_adjuncts(tokens, rest, len(tokens))
    k = rest
    if k < len(tokens) and takes_object_behind(cue, tokens[k].low):
        return None
    adjunct = k < len(tokens) and tokens[k].tag in {Tag.PREPOSITION, Tag.ADVERB}
    while k < len(tokens):
        token = tokens[k]
        if token.text in {".", "!", "?", ";", ")"} or (
            token.text == "," and tokens[k - 1].kind != "number"
        ):
            return k
        if (
            not adjunct
            or token.tag in FINITE_CLASSES | {Tag.THAT, Tag.RELATIVE}
            or token.text == ":"
        ):
            return None
        if token.kind == "quote" and len(token.text.split()) > 4:
            return None
        k += 1
    return k


def _whole_clause(tokens: list[Token], begin: int, end: int) -> bool:
    """Whether a main clause stands in front of the attribution, behind whatever opens it."""
    while begin < end and tokens[begin].tag in {Tag.CONJUNCTION, Tag.ADVERB}:
        begin += 1
    opened = (
        begin < end
        and tokens[begin].tag in {Tag.SUBORDINATOR, Tag.PREPOSITION, Tag.PARTICIPLE}
        and tokens[begin].low not in {"whether", "how", "why", "what"}
    )
    if not opened:
        return has_verb(tokens, begin, end)
    return any(
        tokens[k].text == ","
        and has_verb(tokens, k + 1, end)
        and main_clause_at(tokens, k + 1, end)
        for k in range(begin, end)
    )


def _verb_behind(tokens: list[Token], begin: int, start: int, end: int) -> bool:
    """«The industry, S said, is growing», «over two years, S said, they will grow»."""
    if tokens[begin].low in {
        "while",
        "if",
        "although",
        "because",
        "whether",
        "though",
        "unless",
        "even",
    }:
        return tokens[start].kind == "quote" or main_clause_at(tokens, start, end)
    if tokens[start].kind == "quote" or all(
        t.tag == Tag.ADVERB or t.kind == "mark" for t in tokens[begin : begin + 1]
    ):
        return False
    k = start
    while k < end and tokens[k].tag == Tag.ADVERB:
        k += 1
    if k < end and tokens[k].tag in FINITE_CLASSES:
        return True
    return main_clause_at(tokens, start, end)


def _goes_on(tokens: list[Token], cue: Cue, cues: list[Cue], start: int, end: int) -> bool:
    """Whether what is said goes on behind the attribution in the middle of the sentence."""
    follows = tokens[start]
    if follows.tag in {Tag.RELATIVE, Tag.GERUND} or follows.low in {"who", "which"}:
        return False
    if follows.low in {"and", "but", "while", "though", "although"}:
        return any(t.kind == "quote" for t in tokens[start:end]) and not any(
            c.index > start for c in cues
        )
    shared = next((c for c in cues if c.index > start and c.shared), None)
    return shared is None or shared.start_of_clause > start


def _ends_with_comma(token: Token) -> bool:
    return token.kind == "quote" and token.text[:-1].rstrip().endswith(",")


def _clause_start(tokens: list[Token], before: int) -> int:
    """The first token of the clause that ends before `before`: the sentence's, or after «;»."""
    for k in range(before - 1, -1, -1):
        if tokens[k].text == ";":
            return k + 1
        if tokens[k].text == ":" and k + 1 < before:
            whole = tokens[k + 1].kind == "quote" or main_clause_at(tokens, k + 1, before)
            return k + 1 if whole else 0
    first = 0
    while first < before and (
        tokens[first].kind == "mark" or tokens[first].low in {"but", "and", "however"}
    ):
        first += 1
    return first


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
