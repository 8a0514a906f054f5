"""How often values are in sets of documents is counted right, by whichever way is the shorter."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from statements.search.side.sets import Numbering

SETS = st.lists(st.frozensets(st.integers(1, 9), max_size=4), max_size=12)


@given(SETS, SETS, st.data())
def test_values_are_counted_in_the_base_and_behind_it(
    base: list[frozenset[int]], later: list[frozenset[int]], data: st.DataObject
) -> None:
    numbering = Numbering()
    numbers = [numbering.number(tuple(sorted(one))) for one in base]
    sets = numbering.sets()
    numbers += [sets.number(tuple(sorted(one))) for one in later]
    every = base + later
    found = data.draw(
        st.lists(st.integers(0, len(every) - 1), max_size=40) if every else st.just([])
    )

    totals = sets.counted(np.array([numbers[one] for one in found], np.int64))

    plain = Counter(value for one in found for value in every[one])
    assert {value: n for value, n in enumerate(totals.tolist()) if n} == plain
