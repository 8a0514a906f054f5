"""The search in SQL finds and counts exactly what plain counting does."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statements.models.search import FITTING
from statements.search import kinds_of, limits, packed
from statements.search.asking import NOBODY, RANKED, Answer, Part, Place, Query
from statements.search.kinds import Kind
from statements.search.lexed import Group, Leaf, Lexed, Step
from statements.search.lexing import understand
from statements.search.packed import all_statements, answer, how_many
from statements.search.words import TooComplex
from tests.statements.search.entries import WORDS, entries, numbers, query, write
from tests.statements.search.plain import Entry, counted, found, place, undated

pytestmark = pytest.mark.django_db
anew = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def of_kind(db: None) -> dict[Kind, list[int]]:
    return numbers()


def said(statement: int, day: date | None = None, **more: Any) -> Entry:
    return Entry(statement, day, more.pop("last", day), more.pop("values", {}), more.pop("words", {}), **more)  # fmt: skip


def asked(*wanted: str, unwanted: str = "") -> Lexed:
    def leaf(word: str) -> Leaf:
        return Leaf((Step((word.rstrip("*"),), prefix=word.endswith("*")),))

    barred = (leaf(unwanted),) if unwanted else ()
    return Lexed((Group(tuple(leaf(word) for word in wanted), barred),))


def keys(answered: Answer) -> list[int]:
    return answered.statements


@anew
@given(st.data())
def test_every_total_list_and_count_is_what_plain_counting_says(
    of_kind: dict[Kind, list[int]], data: st.DataObject
) -> None:
    held = data.draw(entries(of_kind))
    asked_for = data.draw(query(of_kind))
    write(held)
    expected = [one.statement for one in found(held, asked_for)]

    answered = answer(asked_for, Part(size=4), list(Kind))

    assert answered.total == how_many(asked_for) == len(expected)
    assert answered.statements == expected[:4]
    assert (answered.first, answered.newer, answered.older) == (1, False, len(expected) > 4)
    assert list(all_statements(asked_for)) == expected
    assert answered.counts == {kind: counted(held, asked_for, kind) for kind in Kind}
    assert answered.undated == undated(held, asked_for)


@anew
@given(st.data())
def test_pages_follow_each_other_both_ways_without_a_gap(
    of_kind: dict[Kind, list[int]], data: st.DataObject
) -> None:
    held = data.draw(entries(of_kind))
    asked_for = data.draw(query(of_kind))
    size = data.draw(st.integers(1, 7))
    write(held)
    expected = found(held, asked_for)
    of = {one.statement: Place(one.day, one.statement) for one in expected}

    down = [answer(asked_for, Part(size=size), ())]
    while down[-1].older:
        down.append(answer(asked_for, Part(size, after=of[down[-1].statements[-1]]), ()))
    up = [down[-1]]
    while up[-1].newer:
        up.append(answer(asked_for, Part(size, before=of[up[-1].statements[0]]), ()))

    assert [key for page in down for key in page.statements] == [e.statement for e in expected]
    assert [key for page in up[::-1] for key in page.statements] == [
        e.statement for e in expected
    ]
    for page in (*down, *up):
        assert page.total == len(expected)
        if page.statements:
            assert page.statements[0] == expected[page.first - 1].statement


@anew
@given(st.data())
def test_any_place_parts_what_is_newer_from_what_is_older(
    of_kind: dict[Kind, list[int]], data: st.DataObject
) -> None:
    held = data.draw(entries(of_kind))
    write(held)
    between = data.draw(st.builds(Place, st.none() | st.dates(), st.integers(0, 10**9)))
    key = place(Entry(between.statement, between.day, None, {}, {}))
    expected = found(held, Query())

    older = answer(Query(), Part(50, after=between), ())
    newer = answer(Query(), Part(50, before=between), ())

    assert older.statements == [one.statement for one in expected if place(one) < key]
    assert newer.statements == [one.statement for one in expected if place(one) > key]
    assert newer.first == 1
    assert older.first == sum(place(one) >= key for one in expected) + 1


def test_a_statement_fits_the_days_that_it_may_mean(of_kind: dict[Kind, list[int]]) -> None:
    june = said(1, date(2024, 6, 1), last=date(2024, 6, 30))
    write([june, said(2, date(2024, 6, 19)), said(3)])

    assert all_statements(Query(first=date(2024, 6, 30))) == [1]
    assert all_statements(Query(last=date(2024, 6, 1))) == [1]
    assert all_statements(Query(first=date(2024, 7, 1))) == []
    assert all_statements(Query(first=date(2024, 6, 19), last=date(2024, 6, 19))) == [2, 1]
    assert all_statements(Query()) == [2, 1, 3]


def test_a_value_that_nobody_has_fits_none(of_kind: dict[Kind, list[int]]) -> None:
    value = of_kind[Kind.ACTOR][0]
    write([said(1, values={Kind.ACTOR: frozenset([value])})])

    nobody = frozenset([NOBODY])
    assert answer(Query(wanted={Kind.ACTOR: nobody}), Part(), [Kind.ACTOR]).counts == {
        Kind.ACTOR: {value: 1}
    }
    assert all_statements(Query(wanted={Kind.ACTOR: nobody})) == []
    assert all_statements(Query(wanted={Kind.ACTOR: nobody | {value}})) == [1]
    assert all_statements(Query(unwanted={Kind.ACTOR: nobody})) == [1]


def test_words_that_exclude_themselves_find_nothing(of_kind: dict[Kind, list[int]]) -> None:
    write([said(1, words={"fog": [1]}), said(2, words={"rain": [1]})])

    assert all_statements(Query(asked("fog", unwanted="fog"))) == []
    assert all_statements(Query(asked(unwanted="fog"))) == [2]
    assert all_statements(Query(asked("fo*"))) == [1]


def test_the_best_of_the_newest_come_first(of_kind: dict[Kind, list[int]]) -> None:
    good = said(1, date(2024, 1, 2), words={"fog": [1, 2, 3, 4]})
    plain = [said(n, date(2024, 1, 3), words={"fog": [1]}) for n in range(2, RANKED + 1)]
    too_old = said(10**6, date(2024, 1, 1), words={"fog": [1, 2, 3, 4, 5, 6, 7, 8]})
    write([good, too_old, *plain])
    words = asked("fog")

    first = answer(Query(words), Part(size=10, best=True), ())
    last = answer(Query(words), Part(size=10, best=True, skipped=RANKED - 10), ())
    beyond = answer(Query(words), Part(size=10, best=True, skipped=RANKED), ())

    assert first.statements == [1, *range(RANKED, RANKED - 9, -1)]
    assert (first.total, first.first, first.newer, first.older) == (RANKED + 1, 1, False, True)
    assert last.statements == list(range(11, 1, -1))
    assert (last.first, last.newer, last.older) == (RANKED - 9, True, False)
    assert (beyond.statements, beyond.newer, beyond.older) == ([], True, False)


def test_the_best_without_words_are_the_newest(of_kind: dict[Kind, list[int]]) -> None:
    write([said(n) for n in (1, 2, 3)])

    assert answer(Query(), Part(size=2, best=True, skipped=1), ()).statements == [2, 1]


def test_a_new_value_is_counted_at_once(of_kind: dict[Kind, list[int]]) -> None:
    write([said(1, values={Kind.ACTOR: frozenset([of_kind[Kind.ACTOR][0]])})])
    answer(Query(), Part(), [Kind.ACTOR])
    added = numbers("added")[Kind.SPEAKER][0]
    assert added >= len(kinds_of._known)
    write([said(1, values={Kind.SPEAKER: frozenset([added])})])

    assert answer(Query(), Part(), [Kind.SPEAKER]).counts == {Kind.SPEAKER: {added: 1}}


def test_no_plan_is_kept_for_other_words(of_kind: dict[Kind, list[int]]) -> None:
    write([])
    for _ in range(12):
        answer(Query(asked("fog")), Part(best=True), list(Kind))

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (0,)


def test_entries_with_any_number_of_values_are_found_and_counted(
    of_kind: dict[Kind, list[int]],
) -> None:
    value = of_kind[Kind.ACTOR][0]
    sizes = [1, FITTING // 4, FITTING // 4 + 1, 5000]
    write(
        [
            said(
                n, date(2024, 1, n), values={Kind.ACTOR: frozenset(range(value, value + size))}
            )
            for n, size in enumerate(sizes, start=1)
        ]
    )

    answered = answer(Query(first=date(2024, 1, 2)), Part(), [Kind.ACTOR])

    assert answered.statements == [4, 3, 2]
    assert answered.counts[Kind.ACTOR][value] == 3
    assert answer(Query(), Part(), [Kind.ACTOR]).counts[Kind.ACTOR][value] == 4


def test_what_is_asked_without_words_and_values_needs_no_row(
    of_kind: dict[Kind, list[int]],
) -> None:
    for asked_for in (Query(), Query(first=date(2024, 1, 1), last=date(2024, 6, 30))):
        found, parameters = packed._found(asked_for)
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan TO off; SET LOCAL enable_bitmapscan TO off"
            )
            cursor.execute(f"EXPLAIN SELECT string_agg(packed, '') FROM {found}", parameters)
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "Index Only Scan using search_newest" in plan
        assert "using search_longest" in plan


def test_a_search_that_takes_too_long_is_ended(
    of_kind: dict[Kind, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.05)
    write([said(1)])

    with pytest.raises(limits.TooBroad, match="add a word or a filter"), limits.limited():
        packed._sent(Query(), "pg_sleep(2)::text::bytea")


PIECES = st.sampled_from(
    ["-", '"', "*", " OR ", " ", "'", "\\", ":", "&", "|", "!", "<->", "(", ")", ":*", "the", *WORDS]
)  # fmt: skip


@settings(anew, max_examples=500)
@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=30).map("".join))
def test_whatever_is_typed_is_answered(of_kind: dict[Kind, list[int]], line: str) -> None:
    try:
        words = understand(line).words
    except TooComplex:
        return
    answered = answer(Query(words), Part(best=True), list(Kind))

    assert answered.total == how_many(Query(words))
