"""When a page was published, how that is known, and how far it is to be believed, in words."""

from django import template
from django.utils.dateformat import format as format_date
from django.utils.dateparse import parse_date

from sources.models import Snapshot

register = template.Library()
_ORIGINS = {
    "stated": "stated by the person who added it",
    "feed": "from the feed",
    "json-ld": "from the page's JSON-LD",
    "meta": "from the page's metadata",
    "url": "from the address",
    "text": "from the text of the page",
}
_PRECISIONS = {"moment": "to the minute", "day": "to the day"}
_CONFIDENCES = {"high": "well founded", "medium": "likely", "low": "doubtful"}


@register.filter
def basis_words(snapshot: Snapshot) -> str:
    """How the day of publication is known, how exactly and how surely."""
    return _joined(
        snapshot.published_basis, snapshot.published_precision, snapshot.published_confidence
    )


@register.filter
def candidate_words(candidate: dict[str, str]) -> str:
    """Where one of the dates of a page stands, how exact it is and how far to be believed.

    >>> candidate_words({"origin": "url", "precision": "day", "confidence": "low"})
    'from the address, to the day, doubtful'
    """
    return _joined(
        *(str(candidate.get(k) or "") for k in ("origin", "precision", "confidence"))
    )


@register.filter
def iso_day(day: str | None) -> str:
    """Write a day given as year-month-day; anything else stays as it is.

    >>> iso_day("2024-06-19"), iso_day("soon"), iso_day(None)
    ('19 June 2024', 'soon', '')
    """
    try:
        parsed = parse_date(day or "")
    except ValueError:  # such as the 31st of February
        parsed = None
    return format_date(parsed, "j F Y") if parsed else day or ""


def _joined(origin: str, precision: str, confidence: str) -> str:
    words = (
        _ORIGINS.get(origin, origin),
        _PRECISIONS.get(precision, precision),
        _CONFIDENCES.get(confidence, confidence),
    )
    return ", ".join(filter(None, words))
