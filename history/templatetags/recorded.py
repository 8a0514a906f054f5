"""The recorded changes of a row, for its page in the admin."""

from django import template
from django.db.models import Model

from history.telling import Told, changes_of, told

register = template.Library()
NEWEST = 50


@register.simple_tag
def recorded_changes(row: Model) -> list[Told]:
    """The newest changes of a row and of those that belong to it, newest first."""
    return told(changes_of(row)[:NEWEST])
