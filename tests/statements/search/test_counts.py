"""Counts are what a dictionary of them is, and know the most of them."""

from hypothesis import given
from hypothesis import strategies as st

from tests.statements.search.plain import counts_of

PLAIN = st.dictionaries(st.integers(1, 99), st.integers(1, 9))


@given(PLAIN)
def test_they_are_what_a_dictionary_is(plain: dict[int, int]) -> None:
    counts = counts_of(plain)

    assert counts == plain
    assert {value: counts[value] for value in counts} == plain
    assert [counts.get(value, 0) for value in range(101)] == [
        plain.get(value, 0) for value in range(101)
    ]
    assert sorted(counts.values()) == sorted(plain.values())


@given(PLAIN, st.integers(1, 30))
def test_the_most_come_first_and_of_equals_the_lower_number(
    plain: dict[int, int], size: int
) -> None:
    in_order = sorted(plain, key=lambda value: (-plain[value], value))

    assert [*counts_of(plain).most(size).items()] == [
        (value, plain[value]) for value in in_order[:size]
    ]
