"""Finding who said what in one text. Pure: no Django, nothing else of this project."""

from statements.attribution.engine import VERSION as ATTRIBUTED_BY
from statements.attribution.engine import attribute
from statements.attribution.register import EMPTY, Register
from statements.attribution.values import Attribution, Occasion, Voice

__all__ = [
    "ATTRIBUTED_BY",
    "EMPTY",
    "Attribution",
    "Occasion",
    "Register",
    "Voice",
    "attribute",
]
