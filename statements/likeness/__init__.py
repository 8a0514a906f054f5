"""Whether two reports are of one statement. `judge` is the one way in. Pure: no Django."""

from statements.likeness.judging import judge
from statements.likeness.values import DIFFERENT, PERHAPS, SAME, Difference, Likeness, Report

VERSION = "likeness 1"

__all__ = [
    "DIFFERENT", "PERHAPS", "SAME", "VERSION", "Difference", "Likeness", "Report", "judge",
]  # fmt: skip
