"""How many statements have each value of one kind: thousands of numbers, of which few are read."""

from collections.abc import ItemsView, Iterator, Mapping, ValuesView

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.integer]


class Counts(Mapping[int, int]):
    """By the value's number; a value that none has is left out."""

    def __init__(self, values: Integers, times: Integers) -> None:
        """`values` ascend, and none of their `times` is 0."""
        self._values = values
        self._times = times

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[int]:
        return iter(self._values.tolist())

    def __getitem__(self, value: int) -> int:
        at = int(np.searchsorted(self._values, value))
        if at == len(self._values) or self._values[at] != value:
            raise KeyError(value)
        return int(self._times[at])

    def __repr__(self) -> str:
        return f"Counts({self._all()})"

    def items(self) -> ItemsView[int, int]:
        return self._all().items()

    def values(self) -> ValuesView[int]:
        return self._all().values()

    def most(self, size: int) -> dict[int, int]:
        """Of so many values that the most have, the most first; of equals the lower number.

        >>> Counts(np.array([3, 5, 8, 9]), np.array([1, 4, 2, 4])).most(3)
        {5: 4, 9: 4, 8: 2}
        """
        values, times = self._values, self._times
        if size < len(times):
            least = np.partition(times, len(times) - size)[len(times) - size]
            enough = np.flatnonzero(times >= least)
            values, times = values[enough], times[enough]
        order = np.argsort(-times, kind="stable")[:size]
        return _paired(values[order], times[order])

    def _all(self) -> dict[int, int]:
        return _paired(self._values, self._times)


def _paired(values: Integers, times: Integers) -> dict[int, int]:
    return dict(zip(values.tolist(), times.tolist(), strict=True))
