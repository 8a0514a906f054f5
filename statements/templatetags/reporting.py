"""Who printed a statement first, and how many lines of reporting carry it."""

from django import template

from statements.discrepancies import LABELS, in_order
from statements.independence import Independence
from statements.models import Statement
from statements.printings import independence_of

register = template.Library()


@register.filter
def reporting(statement: Statement) -> Independence | None:
    """How independent its reports are, which are at hand; None without any."""
    return independence_of(list(statement.attestations.all()))


@register.filter
def field_names(fields: list[str]) -> str:
    """Name the fields in which reports differ.

    >>> field_names(["words", "speaker"])
    'speaker, quoted words'
    """
    return ", ".join(LABELS[field].lower() for field in in_order(fields))
