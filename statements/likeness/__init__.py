"""Whether two reports are of one statement. `judge` is the way in, `prints` that for fragments. Pure: no Django."""

from statements.likeness.judging import judge, prints
from statements.likeness.values import DIFFERENT, PERHAPS, SAME, Difference, Likeness, Report

VERSION = "likeness 2"

__all__ = [
    "DIFFERENT", "PERHAPS", "SAME", "VERSION", "Difference", "Likeness", "Report", "judge", "prints",
]  # fmt: skip
