"""The index beside the database: the same as plain Python, of whatever has come and gone."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from statements.search.asking import RANKED, Answer, Query
from statements.search.asking import Part as Slice
from statements.search.kinds import Kind
from statements.search.lexed import Group, Leaf, Lexed, Step
from statements.search.side import building, counting, lexemes
from statements.search.side.building import Building
from statements.search.side.loading import load
from statements.search.side.postings import Stored
from statements.search.side.rows import Change, Measure, Part, Piece, Rows, ordinal
from tests.statements.search.invented import KIND_OF, Corpus
from tests.statements.search.plain import (
    Entry,
    counted,
    counts_of,
    found,
    holds,
    place,
    undated,
)


def packed(entry: Entry) -> list[int]:
    return sorted({value for values in entry.values.values() for value in values})


def printed(entry: Entry) -> bytes:
    """The words as PostgreSQL prints a vector."""
    return " ".join(
        "'{}':{}".format(
            lexeme.replace("\\", "\\\\").replace("'", "''"), ",".join(map(str, sorted(places)))
        )
        for lexeme, places in sorted(entry.words.items())
    ).encode()


def change(entry: Entry) -> Change:
    return Change(
        entry.statement, entry.listed, ordinal(entry.day), ordinal(entry.last),
        tuple(packed(entry)), printed(entry),
    )  # fmt: skip


def built(entries: Iterable[Entry]) -> tuple[Measure, list[Piece]]:
    """A base of the listed ones."""
    listed = sorted((entry for entry in entries if entry.listed), key=place)
    with closing(Building(KIND_OF)) as building:
        for start in range(0, len(listed), 700):
            some = listed[start : start + 700]
            building.add(
                Rows(
                    np.array([entry.statement for entry in some], np.int64),
                    np.array([ordinal(entry.day) for entry in some], np.int32),
                    np.array([ordinal(entry.last) for entry in some], np.int32),
                    [np.array(packed(entry), ">i4").tobytes() for entry in some],
                    [printed(entry) for entry in some],
                )
            )
        return building.measure(), [*building.pieces(), *building.words()]


class Database:
    """What the database would tell: the rare words of a base, and what plain Python finds."""

    def __init__(self, pieces: Iterable[Piece], entries: Mapping[int, Entry]) -> None:
        self._of: dict[str, dict[str, bytes]] = {Part.RARE: {}, Part.BEGINNING: {}}
        for piece in pieces:
            self._of.setdefault(piece.part, {})[piece.key] = piece.documents
        self._entries = entries
        self.asked = 0
        self.ready = 0

    def stand(
        self, lexemes: Sequence[str], prefixes: Sequence[str], beginnings: Sequence[str]
    ) -> Stored:
        rare, ready = self._of[Part.RARE], self._of[Part.BEGINNING]
        self.ready += sum(begin in ready for begin in beginnings)
        begun = {
            begin: b"".join(held for key, held in rare.items() if key.startswith(begin))
            for begin in {*prefixes, *beginnings} - (set(beginnings) & set(ready))
        }
        return Stored(
            {key: rare[key] for key in lexemes if key in rare},
            begun,
            {begin: ready[begin] for begin in beginnings if begin in ready},
        )

    def fitting(self, leaf: Leaf, statements: Sequence[int]) -> list[int]:
        self.asked += len(statements)
        words = Lexed((Group((leaf,)),))
        return [one for one in statements if holds(self._entries[one].words, words)]

    def ranked(self, words: Lexed, statements: Sequence[int]) -> list[int]:
        return sorted(statements, key=lambda one: (one % 7, -one))


def tally(matches: Iterable[Entry], kind: Kind) -> dict[int, int]:
    """How many of them have each value."""
    return dict(Counter(value for one in matches for value in one.values.get(kind, ())))


def expected(entries: Collection[Entry], query: Query, part: Slice) -> Answer:
    """What plain Python answers."""
    matches = found(entries, query)
    shown, start = matches[: part.size], 0
    if part.after is not None:
        after = (part.after.day is not None, part.after.day or date.min, part.after.statement)
        start = sum(place(one) >= after for one in matches)
        shown = matches[start : start + part.size]
    if part.before is not None:
        before = (
            part.before.day is not None,
            part.before.day or date.min,
            part.before.statement,
        )
        newer = sum(place(one) > before for one in matches)
        start = max(newer - part.size, 0)
        shown = matches[start:newer]
    return Answer(
        len(matches), [one.statement for one in shown], start + 1,
        start + len(shown) < len(matches), start > 0,
        {
            kind: counts_of(
                counted(entries, query, kind) if query.sets(kind) else tally(matches, kind)
            )
            for kind in Kind
        },
        undated(entries, query),
    )  # fmt: skip


@pytest.mark.parametrize(("seed", "meeting"), [(1, counting.MEETING), (2, 0), (3, 1e9)])
def test_it_answers_as_plain_python_whatever_has_come_and_gone(
    seed: int, meeting: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Both ways of counting: by bitmaps when that costs nothing, by columns when it costs much.
    monkeypatch.setattr(counting, "MEETING", meeting)
    # More words are rare, and of fewer of them is known as a whole what begins like them.
    monkeypatch.setattr(building, "ONE_OF", 20)
    monkeypatch.setattr(lexemes, "MANY", 5)
    corpus = Corpus(seed)
    entries = {number: corpus.entry(number) for number in range(1, 1000)}
    measure, pieces = built(entries.values())
    index = load(measure, pieces, KIND_OF)
    # Corrected, withdrawn and new ones: one by one, many at once, and one of them twice.
    for count in (1, 1, 250, 50):
        changed = corpus.random.sample(range(1, 1100), count)
        changes = [corpus.entry(number) for number in (*changed, *changed[:2])]
        entries |= {entry.statement: entry for entry in changes}
        index.change([change(entry) for entry in changes])
    database = Database(pieces, entries)

    for _ in range(60):
        query = corpus.query()
        part = corpus.part(list(entries.values()), query)
        answer = index.answer(query, part, list(Kind), database)
        assert answer == expected(entries.values(), query, part), (query, part)
        matches = [one.statement for one in found(entries.values(), query)]
        assert index.statements(query, database) == matches
        assert index.total(query, database) == len(matches)
    assert database.asked, "no phrase of a long document was looked for"
    assert database.ready, "nothing was looked for that many words begin with"


def test_an_empty_base_takes_what_comes() -> None:
    corpus = Corpus(4)
    measure, pieces = built([])
    index = load(measure, pieces, KIND_OF)
    entries = {number: replace(corpus.entry(number), listed=True) for number in range(1, 30)}
    for entry in entries.values():
        index.change([change(entry)])

    answer = index.answer(Query(), Slice(5), list(Kind), Database(pieces, entries))

    assert answer == expected(entries.values(), Query(), Slice(5))


def test_a_value_that_is_new_is_counted_once_its_kind_is_told() -> None:
    corpus = Corpus(5)
    entry = replace(corpus.entry(1), listed=True)
    measure, pieces = built([entry])
    index = load(measure, pieces, KIND_OF)
    values = {**entry.values, Kind.SPEAKER: frozenset({5_000})}
    later = replace(entry, statement=2, values=values)

    assert index.values.unknown(packed(later)) == {5_000}
    index.values.tell({5_000: Kind.SPEAKER})
    index.change([change(later)])

    asked = Query(wanted={Kind.SPEAKER: frozenset({5_000})})
    answer = index.answer(
        asked, Slice(), [Kind.SPEAKER], Database(pieces, {1: entry, 2: later})
    )
    assert answer.statements == [2]
    assert answer.counts[Kind.SPEAKER][5_000] == 1


def test_the_best_of_the_newest_are_shown_first() -> None:
    corpus = Corpus(6)
    entries = {n: replace(corpus.entry(n), listed=True) for n in range(1, 900)}
    measure, pieces = built(entries.values())
    index, database = load(measure, pieces, KIND_OF), Database(pieces, entries)
    query = Query(words=Lexed((Group((), (Leaf((Step(("unheard",)),)),)),)))
    newest = [one.statement for one in found(entries.values(), query)][:RANKED]

    first = index.answer(query, Slice(25, best=True), [], database)
    last = index.answer(query, Slice(25, best=True, skipped=RANKED - 25), [], database)

    ranked = database.ranked(Lexed(()), newest)
    assert (first.statements, first.first, first.newer, first.older) == (
        ranked[:25],
        1,
        False,
        True,
    )
    assert (last.statements, last.newer, last.older) == (ranked[-25:], True, False)
    assert first.total == 899
