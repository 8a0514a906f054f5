"""Entries of the search that tests write themselves, and queries over them, drawn at random."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import connection
from hypothesis import strategies as st

from statements.search.asking import NOBODY, Query
from statements.search.kinds import Kind
from statements.search.lexed import Group, Leaf, Lexed, Step
from tests.statements.search.plain import Entry

PER_KIND = 4
FIRST_DAY = date(2024, 1, 1)


def numbers(name: str = "invented") -> dict[Kind, list[int]]:
    """A few new values of each kind, as the database numbers them."""
    of_kind: dict[Kind, list[int]] = {}
    with connection.cursor() as cursor:
        for kind in Kind:
            cursor.execute(
                "INSERT INTO statements_facetvalue (kind, key)"
                " SELECT %s, %s || n FROM generate_series(1, %s) AS n"
                " RETURNING number",
                [kind.value, name, PER_KIND],
            )
            of_kind[kind] = [number for (number,) in cursor.fetchall()]
    return of_kind


def write(entries: Collection[Entry]) -> None:
    """Let the table hold these entries and no others."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM statements_searchentry")
        for entry in entries:
            values = sorted(frozenset[int]().union(*entry.values.values()))
            vector = " ".join(
                f"'{lexeme}':{','.join(map(str, sorted(places)))}"
                for lexeme, places in entry.words.items()
            )
            cursor.execute(
                "INSERT INTO statements_searchentry"
                " (statement_id, changed, listed, day, last, facets, packed, words)"
                " VALUES (%s, 1, %s, %s, %s, %s::int[], %s, %s::tsvector)",
                [
                    entry.statement, entry.listed, entry.day, entry.last, values,
                    b"".join(value.to_bytes(4) for value in values), vector,
                ],
            )  # fmt: skip


WORDS = ("fog", "fogbound", "rain", "drum", "核実", "核")
DAYS = st.integers(0, 60).map(lambda n: FIRST_DAY + timedelta(days=n))


def texts() -> st.SearchStrategy[dict[str, list[int]]]:
    """Texts of up to six words, with the places at which they stand."""
    return st.lists(st.sampled_from(WORDS), max_size=6).map(
        lambda words: {
            word: [n for n, one in enumerate(words, start=1) if one == word] for word in words
        }
    )


def entry(of_kind: dict[Kind, list[int]]) -> st.SearchStrategy[Entry]:
    """An entry with up to two values of each kind; dated, imprecise or undated."""
    values = st.fixed_dictionaries(
        {kind: st.frozensets(st.sampled_from(few), max_size=2) for kind, few in of_kind.items()}
    )
    return st.builds(
        lambda statement, day, more, values, words, listed: Entry(
            statement, day, day and day + timedelta(days=more), values, words, listed
        ),
        st.integers(1, 10**9),
        st.none() | DAYS,
        st.sampled_from([0, 0, 0, 5, 30]),
        values,
        texts(),
        st.sampled_from([True, True, True, False]),
    )


def entries(of_kind: dict[Kind, list[int]]) -> st.SearchStrategy[list[Entry]]:
    """Up to thirty entries."""
    return st.lists(entry(of_kind), max_size=30, unique_by=lambda one: one.statement)


def lexed() -> st.SearchStrategy[Lexed]:
    """Words to look for: phrases with gaps, beginnings, alternatives, exclusions."""
    lexemes = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True).map(tuple)
    begun = st.builds(Step, lexemes, st.just(True), st.just(()) | lexemes)
    step = st.builds(Step, lexemes) | st.builds(Step, lexemes) | begun
    phrase = st.builds(
        lambda first, gaps, last: Leaf((first, *gaps, last), phrase=True),
        step,
        st.lists(st.just(Step(())), max_size=2),
        step,
    )
    loose = st.lists(step, min_size=1, max_size=2).map(lambda steps: Leaf(tuple(steps)))
    leaves = st.lists(phrase | loose, max_size=2).map(tuple)
    group = st.builds(Group, leaves, leaves).filter(lambda one: one.wanted or one.unwanted)
    return st.lists(group, min_size=1, max_size=2).map(lambda groups: Lexed(tuple(groups)))


def query(of_kind: dict[Kind, list[int]]) -> st.SearchStrategy[Query]:
    """A query with any conditions, most of them few."""

    def narrowed(most: int) -> st.SearchStrategy[dict[Kind, frozenset[int]]]:
        return st.lists(st.sampled_from(list(Kind)), max_size=most, unique=True).flatmap(
            lambda kinds: st.fixed_dictionaries(
                {
                    kind: st.frozensets(st.sampled_from([NOBODY, *of_kind[kind]]), max_size=3)
                    for kind in kinds
                }
            )
        )

    return st.builds(
        Query, st.none() | lexed(), narrowed(2), narrowed(1), st.none() | DAYS, st.none() | DAYS
    )
