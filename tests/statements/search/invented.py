"""Invented entries, and queries drawn at random from what they hold."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from statements.search.asking import Part, Place, Query
from statements.search.kinds import Kind
from statements.search.lexed import Group, Leaf, Lexed, Step
from tests.statements.search.plain import Entry, found

# How many values each kind has, and how many of them an entry has at most.
VALUES = {
    Kind.ACTOR: (30, 4), Kind.SPEAKER: (300, 3), Kind.OFFICE: (6, 2), Kind.STANCE: (5, 2),
    Kind.LEGAL: (3, 1), Kind.TREATY: (6, 2), Kind.PROVISION: (23, 3), Kind.SOURCE: (40, 4),
    Kind.OWNER: (9, 3), Kind.LANGUAGE: (7, 2), Kind.FORM: (8, 1), Kind.EVENT: (20, 1),
    Kind.REVIEW: (3, 1), Kind.DIFFERS: (4, 2),
}  # fmt: skip
FIRST = date(2024, 1, 1)
MONTHS = 30
SYLLABLES = ("ba", "ko", "ri", "на", "ту", "首脳", "会談", "лі", "é", "it's", "a\\b")


def _numbers() -> dict[Kind, list[int]]:
    numbers: dict[Kind, list[int]] = {}
    start = 1
    for kind, (count, _) in VALUES.items():
        numbers[kind] = list(range(start, start + count))
        start += count
    numbers[Kind.MONTH] = list(range(start, start + MONTHS))
    return numbers


NUMBERS = _numbers()
KIND_OF = {number: kind for kind, numbers in NUMBERS.items() for number in numbers}


def _months(day: date, last: date) -> frozenset[int]:
    months = range(
        (day.year - FIRST.year) * 12 + day.month - 1, (last.year - FIRST.year) * 12 + last.month
    )
    return frozenset(NUMBERS[Kind.MONTH][month] for month in months if 0 <= month < MONTHS)


class Corpus:
    """Draws entries and queries; the same seed draws the same."""

    def __init__(self, seed: int, words: int = 400) -> None:
        self.random = Random(seed)
        self.vocabulary = sorted(
            {
                "".join(self.random.choices(SYLLABLES, k=self.random.randint(1, 4)))
                for _ in range(words)
            }
        )
        # As in a language: half of the words of a text are of a few.
        self._weights = [1 / (n + 1) for n in range(len(self.vocabulary))]
        self.random.shuffle(self.vocabulary)

    def entry(self, statement: int) -> Entry:
        """One entry: now and then undated, of an unknown day, long, without words or values."""
        draw = self.random
        day, last = self._days()
        values = {
            kind: frozenset(draw.sample(NUMBERS[kind], draw.randint(0, most)))
            for kind, (_, most) in VALUES.items()
        }
        values[Kind.MONTH] = _months(day, last) if day and last else frozenset()
        length = 300 if draw.random() < 0.006 else draw.choice((0, 3, 8, 20, 20, 40))
        words: dict[str, set[int]] = {}
        at = 0
        for word in draw.choices(self.vocabulary, self._weights, k=length):
            at += draw.choice((1, 1, 1, 2, 2, 9, 33))
            words.setdefault(word, set()).add(at)
        return Entry(statement, day, last, values, words, listed=draw.random() > 0.03)

    def _days(self) -> tuple[date | None, date | None]:
        draw = self.random
        if draw.random() < 0.05:
            return None, None
        day = FIRST + timedelta(draw.randrange(800))
        spread = draw.choice((0, 0, 0, 0, 0, 0, 0, 0, 6, 30, 365))
        if spread == 365:
            day = date(day.year, 1, 1)
        return day, day + timedelta(spread)

    def query(self) -> Query:
        """One query of words, values and days, each of which may be missing."""
        draw = self.random
        first, last = None, None
        if draw.random() < 0.3:
            first = FIRST + timedelta(draw.randrange(800))
        if draw.random() < 0.3:
            last = (first or FIRST) + timedelta(draw.randrange(-5, 400))
        return Query(
            words=self.words() if draw.random() < 0.75 else None,
            wanted=self._values(0.4),
            unwanted=self._values(0.2),
            first=first,
            last=last,
        )

    def _values(self, chance: float) -> dict[Kind, frozenset[int]]:
        draw = self.random
        kinds = [kind for kind in Kind if draw.random() < chance / 4]
        return {
            kind: frozenset(draw.sample([0, 99_999, *NUMBERS[kind]], draw.randint(1, 3)))
            for kind in kinds
        }

    def words(self) -> Lexed:
        """Words, phrases, alternatives, exclusions and beginnings."""
        draw = self.random
        return Lexed(tuple(self._group() for _ in range(draw.choice((1, 1, 1, 2, 3)))))

    def _group(self) -> Group:
        draw = self.random
        wanted = [self._leaf() for _ in range(draw.choice((0, 1, 1, 2, 3)))]
        unwanted = [self._leaf() for _ in range(draw.choice((0, 0, 1)))]
        if not wanted and not unwanted:
            wanted = [self._leaf()]
        return Group(tuple(wanted), tuple(unwanted))

    def _leaf(self) -> Leaf:
        draw = self.random
        if draw.random() < 0.6:
            return Leaf((self._step(),))
        steps = [self._step() for _ in range(draw.choice((2, 2, 3)))]
        phrase = draw.random() < 0.7
        if phrase and draw.random() < 0.4:
            steps[1:1] = [Step(())] * draw.choice((1, 1, 2, 5, 8))
        return Leaf(tuple(steps), phrase)

    def _step(self) -> Step:
        draw = self.random
        if draw.random() < 0.15:
            word = draw.choice(self.vocabulary)
            besides = draw.choices(self.vocabulary, self._weights, k=draw.choice((0, 0, 1, 2)))
            return Step((word[: draw.randint(1, 4)],), True, tuple(besides))
        known = draw.choices(self.vocabulary, self._weights, k=draw.choice((1, 1, 2)))
        return Step(
            tuple(dict.fromkeys([*known, *draw.choices(["unheard"], k=draw.randint(0, 1))]))
        )

    def part(self, entries: Sequence[Entry], query: Query) -> Part:
        """A part of what the query finds, at the newest or behind or before some place."""
        draw = self.random
        size = draw.choice((1, 5, 25))
        matches = found(entries, query)
        if not matches or draw.random() < 0.3:
            return Part(size)
        one = draw.choice(matches)
        place = Place(one.day, one.statement + draw.choice((-1, 0, 0, 0, 1)))
        return Part(size, after=place) if draw.random() < 0.5 else Part(size, before=place)
