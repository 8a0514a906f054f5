"""Why the machine took words for a statement."""

from django import template

from statements.grounds import Grounds, grounds_of
from statements.models import Attestation

register = template.Library()


@register.filter
def grounds(report: Attestation) -> Grounds:
    """Say why the words of a report were taken for a statement."""
    return grounds_of(report)
