"""Whether two reports are of one statement: same, perhaps or different.

Within one language wording decides; between languages nothing but the frame can. Reports that
differ in a number or a negation are never taken for one by the machine.
"""

from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import fuzz

from statements.likeness.alignment import enough, much_the_same, parts_of, spelled_alike
from statements.likeness.frame import frame
from statements.likeness.quoted import shared_quotation
from statements.likeness.values import DIFFERENT, PERHAPS, SAME, Difference, Likeness, Report
from statements.wordings.lexicon import can_be_read
from statements.wordings.negations import found_of
from statements.wordings.sense import asks, same_sense
from statements.wordings.wording import Place, Wording, wording

# Telling words without which a sentence is a formula that is said on every occasion.
_TELLING = 3
# Per cent from which a pair is offered, within a language and between two.
OFFERED = 20
OFFERED_ACROSS = 20
# Kinds of expressions that turn a sense, besides denials, and what an editor reads of them.
_TURNS = {
    "doubt": "doubt", "condition": "condition", "limit": "limit", "voice": "said by others",
}  # fmt: skip


def judge(one: Report, other: Report) -> Likeness:
    """Compare two reports of the same speaker or actor, whose days are near each other.

    Differences are told from `one`. Never raises.
    """
    if one.language and other.language and one.language != other.language:
        return _across(one, other)
    language = one.language or other.language
    a, b = wording(one.words, language), wording(other.words, language)
    if a.bare != b.bare and not a.content & b.content and not a.matters & b.matters:
        return Likeness(DIFFERENT, 0, "")
    return _within(one, other, a, b)


def prints(one: str, other: str, language: str) -> bool:
    """Whether one of two wordings stands in the other word for word, and means the same there."""
    shorter, longer = sorted(
        (wording(one, language), wording(other, language)), key=lambda each: len(each.bare)
    )
    return _stands_in(shorter, longer, list(parts_of(shorter, longer)))


def _stands_in(shorter: Wording, longer: Wording, places: list[Place]) -> bool:
    return can_be_read(shorter.language) and any(
        same_sense(shorter, shorter.whole, longer, place) for place in places
    )


def _within(one: Report, other: Report, a: Wording, b: Wording) -> Likeness:
    """Compare two wordings of one language."""
    shorter = min(a, b, key=lambda each: len(each.bare))
    found = _by_wording(one, other, a, b)
    if found.verdict == PERHAPS and found.score < OFFERED:
        return Likeness(DIFFERENT, found.score, "")
    if found.rule != "equal" or found.verdict != SAME:
        found = replace(found, differences=tuple(_differences(one, other, a, b)))
    return _on_the_occasion(one, other, found, shorter)


def _by_wording(one: Report, other: Report, a: Wording, b: Wording) -> Likeness:
    """What the words alone say: the first rule that finds them one, unless what stands beside
    the words in common turns their sense."""
    score = wording_score(a, b)
    changed = bool(a.numbers - b.numbers) and bool(b.numbers - a.numbers)
    if a.bare == b.bare:
        return _if_meant(not changed and same_sense(a, a.whole, b, b.whole), 100, "equal")
    if not can_be_read(a.language):
        return _if_meant(False, score, "wording")
    shorter, longer = sorted((a, b), key=lambda each: len(each.bare))
    parts = list(parts_of(shorter, longer)) if enough(shorter) else []
    if parts:
        meant = _stands_in(shorter, longer, parts)
        return _if_meant(meant and not changed, max(score, 90), "part")
    if changed or _names_apart(one, other):
        return Likeness(PERHAPS, score, "wording")
    if enough(shorter) and spelled_alike(a, b):
        meant = same_sense(a, a.whole, b, b.whole)
        return _if_meant(meant, max(score, 90), "spelling")
    places = much_the_same(a, b)
    if places is not None and same_sense(a, places[0], b, places[1]):
        return Likeness(SAME, max(score, 80), "wording")
    return _in_part(one, other, a, b, score)


def _if_meant(meant: bool, score: int, rule: str) -> Likeness:
    return Likeness(SAME if meant else PERHAPS, score, rule)


def _in_part(one: Report, other: Report, a: Wording, b: Wording, score: int) -> Likeness:
    """Compare two wordings that are not the same: by what both quote, and by their frames."""
    shared = shared_quotation(a, b)
    beside = frame(one, other)
    if shared is not None and shared.enough and not beside.opposed:
        return Likeness(SAME, max(score, 75), "quoted")
    chance = beside.chance(score / 100)
    if shared is not None and shared.telling:
        chance = max(chance, OFFERED + 5)
    return Likeness(PERHAPS, chance, "wording")


def _across(one: Report, other: Report) -> Likeness:
    """Compare two reports in different languages, of which only the frames can agree.

    They are never joined: «outside» for «inside» changes nothing in the frame.
    """
    chance = frame(one, other).chance()
    if chance < OFFERED_ACROSS:
        return Likeness(DIFFERENT, chance, "")
    a, b = wording(one.words, one.language), wording(other.words, other.language)
    differences = tuple(_differences(one, other, a, b))
    return Likeness(PERHAPS, chance, "frame", differences)


def wording_score(a: Wording, b: Wording) -> int:
    """How alike two wordings of one language are, in per cent: telling words, runs of
    characters, and the words of the shorter that stand in the longer."""
    least = min(len(a.content), len(b.content)) or 1
    cover = len(a.content & b.content) / least
    # Of two or three telling words it says little that one is shared.
    cover *= min(1.0, 0.4 + 0.15 * least)
    grams = 2 * len(a.grams & b.grams) / (len(a.grams) + len(b.grams) or 1)
    return round(50 * cover + 25 * grams + 0.25 * fuzz.token_set_ratio(a.bare, b.bare))


def _on_the_occasion(one: Report, other: Report, found: Likeness, shorter: Wording) -> Likeness:
    """Join what was said on one occasion; offer the same words of another day.

    A day that no text names may be that of printing. Outlets at the two ends of the world
    name days that follow each other.
    """
    if found.verdict != SAME or not (one.day and other.day):
        return found
    apart = abs((one.day - other.day).days)
    formula = len(shorter.content) < _TELLING
    if (one.dated and other.dated and apart > 1) or (apart and formula):
        return replace(found, verdict=PERHAPS, score=max(OFFERED, found.score - 10 * apart))
    return found


def _names_apart(one: Report, other: Report) -> bool:
    """Whether each names somebody whom the other does not."""
    return bool(one.names - other.names) and bool(other.names - one.names)


def _differences(one: Report, other: Report, a: Wording, b: Wording) -> Iterator[Difference]:
    if a.numbers != b.numbers:
        yield _apart("number", a.numbers - b.numbers, b.numbers - a.numbers)
    if len(a.negations) != len(b.negations):
        yield Difference("negation", " ".join(a.negations), " ".join(b.negations))
    if one.language == other.language:
        yield from _turned(a, b)
    if a.modals != b.modals and one.language == other.language:
        yield _apart("certainty", a.modals - b.modals, b.modals - a.modals)
    if one.names != other.names:
        yield _apart("name", one.names - other.names, other.names - one.names)
    if one.language != other.language and one.language and other.language:
        yield Difference("language", one.language, other.language)
    if one.day and other.day and one.day != other.day:
        yield Difference("day", one.day.isoformat(), other.day.isoformat())
    for kind, mine, theirs in (
        ("form", one.form, other.form),
        ("place", one.place, other.place),
    ):
        if mine and theirs and mine != theirs:
            yield Difference(kind, mine, theirs)


def _turned(a: Wording, b: Wording) -> Iterator[Difference]:
    """What doubts, conditions, others' words and questions one has more of."""
    for kind, label in _TURNS.items():
        mine, theirs = (found_of((kind,), each.words, each.language) for each in (a, b))
        if len(mine) != len(theirs):
            yield Difference(label, " ".join(mine), " ".join(theirs))
    if asks(a.words) != asks(b.words):
        yield Difference("question", "?" * asks(a.words), "?" * asks(b.words))


def _apart(kind: str, one: frozenset[str], other: frozenset[str]) -> Difference:
    return Difference(kind, ", ".join(sorted(one)), ", ".join(sorted(other)))
