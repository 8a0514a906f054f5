"""How many notes wait for an answer, wherever the desk wants to say so."""

from django import template

from statements.models import Dispute

register = template.Library()


@register.simple_tag
def open_disputes() -> int:
    """The number of notes that no editor has answered; one query."""
    return Dispute.objects.open().count()
