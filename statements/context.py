"""What every page's frame needs to know of the site."""

from django.http import HttpRequest

from sources.models import Source


def site(request: HttpRequest) -> dict[str, object]:
    """Whether the sample newsroom is part of what readers see."""
    return {"has_sample": Source.objects.filter(sample=True).exists()}
