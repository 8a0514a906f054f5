"""Noun phrases before and behind a token, found by word classes.

Subjects of cues, with their asides and relative clauses, are read so, and plain phrases beside a
quotation; speakers behind a cue, whose appositions need word lists, are found by `mentions`.
"""

from collections.abc import Sequence

from statements.attribution.tags import FINITE_CLASSES, NOMINAL, Tag
from statements.attribution.tokens import Token
from statements.attribution.verbs import PARTICIPLE, VERB_FORMS
from statements.attribution.words import MONTHS, TIMES, TITLE_HEADS, WEEKDAYS

_DASHES = {"-", "—", "–"}
_OBJECT_ONLY = {"him", "them", "us", "me"}
_ENDS = NOMINAL | {Tag.QUOTE, Tag.PRONOUN}
_REACH = 40  # tokens that a subject may be long


def noun_phrase_before(tokens: Sequence[Token], end: int) -> int | None:
    """The first token of the plain noun phrase that ends before `end`; None without one."""
    index = end - 1
    if index < 0:
        return None
    last = tokens[index]
    if last.tag == Tag.PRONOUN:
        object_here = last.low in _OBJECT_ONLY
        return (
            None
            if object_here and not (index and tokens[index - 1].tag == Tag.PREPOSITION)
            else index
        )
    if last.tag == Tag.DETERMINER:
        # «some said», «the others», «all of this»
        if last.low in {"the", "a", "an", "every", "no"}:
            return None
        return index - 1 if index and tokens[index - 1].low in {"the", "all"} else index
    if last.tag == Tag.QUOTE and not _name_in_marks(tokens, index):
        return None
    if last.tag not in _ENDS and not (
        last.tag == Tag.GERUND and index and tokens[index - 1].tag in {Tag.DETERMINER, Tag.NOUN}
    ):
        return None
    while index > 0 and _belongs(tokens, index - 1, end):
        index -= 1
    return index


def _belongs(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether the token stands in the same noun phrase as the one behind it."""
    token, behind = tokens[index], tokens[index + 1]
    if token.low in WEEKDAYS and behind.tag in {Tag.PROPER, Tag.PRONOUN, Tag.DETERMINER}:
        return False  # «On Monday Example said»
    if behind.tag == Tag.DETERMINER and not (
        token.tag == Tag.DETERMINER or token.low in {"nearly", "about", "almost"}
    ):
        return False
    if behind.tag == Tag.PRONOUN:
        return False
    if behind.tag == Tag.NUMBER and token.tag == Tag.NOUN and token.text[:1].islower():
        return token.low in {"no", "number", "page", "article", "section", "resolution"}
    if (
        token.tag == Tag.NUMBER
        and len(token.text) == 4
        and behind.tag == Tag.PROPER
        and index
        and tokens[index - 1].tag == Tag.PREPOSITION
    ):
        return False  # «In 2014 Example said»
    if token.tag in NOMINAL | {Tag.DETERMINER, Tag.POSSESSIVE}:
        return True
    if token.tag == Tag.QUOTE:
        return (
            len(token.text.split()) <= 6
            and token.text[:-1].rstrip()[-1:] not in {",", "?", "!"}
            and behind.tag in NOMINAL
            and index > 0
            and tokens[index - 1].tag in (NOMINAL | {Tag.DETERMINER, Tag.POSSESSIVE})
        )
    if token.tag == Tag.ADVERB:
        opened = index > 0 and tokens[index - 1].tag in {Tag.DETERMINER, Tag.POSSESSIVE}
        counted = token.low in {"nearly", "almost", "roughly", "about"}
        return (
            behind.tag in {Tag.ADJECTIVE, Tag.NUMBER}
            or counted
            or (opened and behind.tag in NOMINAL)
        )
    if token.tag == Tag.CONJUNCTION:
        # «the foreign and defence ministers», «$3 and 4 million»
        left = tokens[index - 1] if index else None
        return (
            left is not None
            and left.tag in {Tag.ADJECTIVE, Tag.NOUN, Tag.NUMBER}
            and behind.tag in {Tag.ADJECTIVE, Tag.NOUN, Tag.NUMBER}
            and index + 2 < end
            and index >= 2
            and tokens[index - 2].tag in {Tag.DETERMINER, Tag.POSSESSIVE, Tag.ADJECTIVE}
        )
    if token.tag in {Tag.GERUND, Tag.PARTICIPLE}:
        return (
            index > 0
            and tokens[index - 1].tag in {Tag.DETERMINER, Tag.POSSESSIVE, Tag.ADJECTIVE}
            and behind.tag in NOMINAL
        )
    return token.text == "/"


def _name_in_marks(tokens: Sequence[Token], index: int) -> bool:
    return (
        index > 0
        and tokens[index - 1].tag in NOMINAL | {Tag.DETERMINER}
        and len(tokens[index].text.split()) <= 5
    )


def subject_before(tokens: Sequence[Token], end: int, opens: int = 0) -> int | None:
    """The first token of the whole subject that ends before `end` and begins at `opens` or later.

    Prepositional phrases, reduced and full relative clauses, asides and the other members of a
    list belong to it: «a coalition of forty groups - among them three academies -».
    """
    floor = max(end - _REACH, opens)
    close = tokens[end - 1].text if end else ""
    if close in {",", ")"} | _DASHES:
        return _before_aside(tokens, end - 1, floor)
    first = noun_phrase_before(tokens, end)
    if first is None or (
        tokens[first].tag == Tag.PRONOUN and tokens[first].low not in _OBJECT_ONLY
    ):
        return first
    while first > floor:
        further = _further(tokens, first, floor)
        if further is None or further >= first:
            break
        first = further
    return first


def _further(tokens: Sequence[Token], first: int, floor: int) -> int | None:
    """Where the subject begins when what stands before the phrase at `first` belongs to it."""
    left = first - 1
    token = tokens[left]
    if token.tag in {Tag.PREPOSITION, Tag.TO} or token.low in {"than", "as"}:
        return _before_preposition(tokens, left, floor)
    if token.tag == Tag.CONJUNCTION:
        return _before_conjunction(tokens, left, floor)
    if token.tag in FINITE_CLASSES | {Tag.GERUND, Tag.PARTICIPLE, Tag.INFINITIVE}:
        return _before_verb(tokens, left, floor)
    if token.text in {")"} | _DASHES and left > floor:
        return _before_aside(tokens, left, floor)
    if token.text == "," and left > floor:
        return _title_before(tokens, first, left, floor)
    return None


def _with_prepositions(tokens: Sequence[Token], end: int) -> int | None:
    """The phrase before `end` with those that prepositions hang it on: «the minister of trade»."""
    begin = noun_phrase_before(tokens, end)
    while begin is not None and begin >= 2 and tokens[begin - 1].tag == Tag.PREPOSITION:
        outer = noun_phrase_before(tokens, begin - 1)
        if outer is None:
            break
        begin = outer
    return begin


def _title_before(tokens: Sequence[Token], first: int, comma: int, floor: int) -> int | None:
    """«The minister of trade, Ada Example, said»: a title before the comma belongs to the name."""
    if tokens[first].tag != Tag.PROPER:
        return None
    begin = _with_prepositions(tokens, comma)
    if begin is None or not opens_clause(tokens, begin, floor):
        return None
    phrase = tokens[begin:comma]
    if any(t.low in TITLE_HEADS for t in phrase) and not any(t.low in TIMES for t in phrase):
        return begin
    return None


def _before_preposition(tokens: Sequence[Token], left: int, floor: int) -> int | None:
    k = left
    while k > floor and tokens[k - 1].tag == Tag.ADVERB:
        k -= 1
    if k <= floor:
        return None
    before = tokens[k - 1]
    if before.tag == Tag.CONJUNCTION and k - 2 > floor:
        k -= 1  # «officers with no knowledge but with experience»
        before = tokens[k - 1]
    if (
        before.tag in NOMINAL | {Tag.QUOTE}
        or (
            before.tag == Tag.DETERMINER and before.low not in {"the", "a", "an", "no", "every"}
        )
        or before.text in {")"}
        or (before.tag == Tag.PRONOUN and before.low.endswith(("one", "body")))
    ):
        if before.text == ")":
            return _before_aside(tokens, k - 1, floor)
        return noun_phrase_before(tokens, k)
    if before.tag in {Tag.FINITE, Tag.GERUND, Tag.PARTICIPLE, Tag.INFINITIVE}:
        return _before_verb(tokens, k - 1, floor)
    return None


def _before_verb(tokens: Sequence[Token], verb: int, floor: int) -> int | None:
    """«officials briefed on it», «the woman who shouted it»: a clause that belongs to a noun."""
    # A relative clause: its pronoun stands further left with no other clause between.
    k = verb
    while k > floor and tokens[k].tag not in {Tag.RELATIVE, Tag.THAT, Tag.SUBORDINATOR}:
        if tokens[k].text in {",", ";", ":"} or (
            tokens[k].tag == Tag.QUOTE and len(tokens[k].text) > 40
        ):
            break
        k -= 1
    opens = tokens[k].tag == Tag.RELATIVE or (
        tokens[k].tag == Tag.THAT and _who_like_that(tokens, k)
    )
    if opens and k > floor and tokens[k - 1].tag in NOMINAL:
        begin = subject_before(tokens, k)
        if begin is not None:
            return begin
    # A reduced one: a participle right behind its noun, which opens the clause.
    k = verb
    while k > floor and (tokens[k - 1].tag in {Tag.ADVERB}):
        k -= 1
    if tokens[verb].tag in {Tag.GERUND, Tag.PARTICIPLE} or (
        tokens[verb].tag == Tag.FINITE and tokens[verb].low.endswith("ed")
    ):
        begin = _with_prepositions(tokens, k)
        if (
            begin is not None
            and tokens[begin].tag != Tag.PRONOUN
            and opens_clause(tokens, begin, floor)
        ):
            return begin
    return None


def _who_like_that(tokens: Sequence[Token], that: int) -> bool:
    """Whether «that» opens a relative clause: a verb follows at once."""
    k = that + 1
    while k < len(tokens) and tokens[k].tag == Tag.ADVERB:
        k += 1
    return k < len(tokens) and tokens[k].tag in FINITE_CLASSES


def _before_conjunction(tokens: Sequence[Token], left: int, floor: int) -> int | None:
    """The other members of a list, when the first of them opens the clause."""
    k = left
    if k > floor and tokens[k - 1].text == ",":
        k -= 1
    begin = _member_before(tokens, k)
    while begin is not None and begin > floor and tokens[begin - 1].text == ",":
        earlier = _member_before(tokens, begin - 1)
        hangs = (
            earlier is not None
            and earlier > floor
            and (tokens[earlier - 1].tag == Tag.PREPOSITION)
        )
        if earlier is None or hangs:
            break  # «In a joint statement, A, B and C said»
        begin = earlier
    if begin is None:
        return None
    return begin if opens_clause(tokens, begin, floor) else None


def _member_before(tokens: Sequence[Token], end: int) -> int | None:
    if end and tokens[end - 1].text == ")":
        return _before_aside(tokens, end - 1, max(end - 12, 0))
    return _with_prepositions(tokens, end)


def opens_clause(tokens: Sequence[Token], begin: int, floor: int) -> bool:
    """Whether nothing before `begin` governs the phrase: a clause begins there."""
    if begin <= floor:
        return True
    before = tokens[begin - 1]
    if before.text == "," and begin >= 2:
        return True
    if before.tag == Tag.CONJUNCTION:
        # «…, and A and B said», but not «is honest and trusted, and A and B said»
        return begin - 1 <= floor or tokens[begin - 2].tag in {Tag.MARK, Tag.QUOTE}
    return (
        before.tag in {Tag.MARK, Tag.SUBORDINATOR, Tag.THAT, Tag.QUOTE, Tag.ADVERB}
        or before.low == "with"
    )


def _before_aside(tokens: Sequence[Token], close: int, floor: int) -> int | None:
    """«NAME, the TITLE of X, said», «NAME (Party) said», «NAME - who … - said»: jump the aside."""
    text = tokens[close].text
    opener = "(" if text == ")" else text
    tries = 0
    k = close - 1
    while k > floor and tries < 4:
        if tokens[k].tag == Tag.QUOTE and len(tokens[k].text) > 60:
            return None
        if tokens[k].text == opener or (text in _DASHES and tokens[k].text in _DASHES):
            tries += 1
            if _is_aside(tokens, k + 1, close, text):
                begin = (
                    subject_before(tokens, k)
                    if text != "," or tokens[k - 1].text != ","
                    else None
                )
                if begin is not None and not _only_time(tokens[begin:k]):
                    return begin
            if text == ")":
                return None
        k -= 1
    return None


def _only_time(phrase: Sequence[Token]) -> bool:
    times = WEEKDAYS | MONTHS | TIMES
    return any(t.low in times for t in phrase) and all(
        t.low in times or t.tag in {Tag.NUMBER, Tag.DETERMINER} for t in phrase
    )


def _is_participle(tokens: Sequence[Token], start: int, end: int) -> bool:
    """«elected on Tuesday»: a form that may be a past tense, with nothing that it could act on."""
    head = tokens[start]
    return (
        head.tag == Tag.FINITE
        and bool(VERB_FORMS.get(head.low, 0) & PARTICIPLE)
        and start + 1 < end
        and tokens[start + 1].tag in {Tag.PREPOSITION, Tag.TO, Tag.ADVERB}
        and not any(t.tag in FINITE_CLASSES for t in tokens[start + 1 : end])
    )


def _is_aside(tokens: Sequence[Token], start: int, end: int, close: str) -> bool:
    if start >= end:
        return False
    if close != ",":
        return True
    head = tokens[start]
    if _is_participle(tokens, start, end):
        return True
    if head.tag in {Tag.RELATIVE}:
        return True
    if any(t.tag in FINITE_CLASSES for t in tokens[start:end]) and not any(
        t.tag == Tag.RELATIVE or t.tag == Tag.THAT for t in tokens[start:end]
    ):
        return head.tag == Tag.SUBORDINATOR
    return head.tag not in {Tag.CONJUNCTION, Tag.PRONOUN}


def noun_phrase_after(tokens: Sequence[Token], start: int) -> int | None:
    """The token behind the plain noun phrase that begins at `start`; None without one."""
    index = start
    if index >= len(tokens):
        return None
    if tokens[index].tag == Tag.PRONOUN:
        return index + 1
    while index < len(tokens) and tokens[index].tag in {
        Tag.DETERMINER,
        Tag.POSSESSIVE,
        Tag.ADVERB,
    }:
        index += 1
    first = index
    while index < len(tokens) and (
        tokens[index].tag in NOMINAL
        or tokens[index].low == "'s"
        or (
            tokens[index].tag == Tag.QUOTE
            and len(tokens[index].text.split()) <= 6
            and index > first
        )
        or (
            tokens[index].text in {"-", "/"}
            and index > first
            and tokens[index].start == tokens[index - 1].end
        )
    ):
        index += 1
    return index if index > first else None
