"""What every page's frame needs to know of the site."""

from django.http import HttpRequest

from sources.models import Source
from statements.views.keys import keys_are_on
from statements.views.theme import theme_of


def has_sample() -> bool:
    """Whether any source is one of the sample newsroom; one query."""
    return Source.objects.filter(sample=True).exists()


def site(request: HttpRequest) -> dict[str, object]:
    """Whether the sample newsroom is part of what readers see, asked only where the page does not
    know; and what they chose for themselves: the theme, and keys that decide."""
    return {
        "has_sample": has_sample,
        "theme": theme_of(request),
        "keys_on": keys_are_on(request),
    }
