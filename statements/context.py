"""What every page's frame needs to know of the site."""

from django.http import HttpRequest

from sources.models import Source
from statements.views.keys import keys_are_on
from statements.views.theme import theme_of


def site(request: HttpRequest) -> dict[str, object]:
    """Whether the sample newsroom is part of what readers see, and what they chose for
    themselves: the theme, and keys that decide."""
    return {
        "has_sample": Source.objects.filter(sample=True).exists(),
        "theme": theme_of(request),
        "keys_on": keys_are_on(request),
    }
