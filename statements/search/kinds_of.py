"""Of which kind each value is, by its number. Numbers are never given twice, so it is kept."""

import numpy as np
import numpy.typing as npt
from django.db import connection

from statements.search.kinds import Kind

Codes = npt.NDArray[np.int8]

_UNKNOWN = -1
_known: Codes = np.zeros(0, np.int8)


def kinds_of(numbers: npt.NDArray[np.intp]) -> Codes:
    """The place of each number's kind among `Kind`; -1 for one that is no value's."""
    global _known
    found = _codes(_known, numbers)
    if _UNKNOWN in found:
        _known = _read()
        found = _codes(_known, numbers)
    return found


def _codes(known: Codes, numbers: npt.NDArray[np.intp]) -> Codes:
    codes = np.full(len(numbers), _UNKNOWN, np.int8)
    within = numbers < len(known)
    codes[within] = known[numbers[within]]
    return codes


def _read() -> Codes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, kind FROM statements_facetvalue")
        rows = cursor.fetchall()
    codes = np.full(max((number for number, _ in rows), default=0) + 1, _UNKNOWN, np.int8)
    of_kind = {kind.value: code for code, kind in enumerate(Kind)}
    for number, kind in rows:
        codes[number] = of_kind[kind]
    return codes
