"""What an exported list says of itself: what was asked, when, of which state, on what terms."""

from django.conf import settings
from django.utils import timezone

from history.verification import newest_seal
from statements.timeline.form import TimelineForm

LICENCE = "Apache-2.0"
TERMS = f"Records: {LICENCE}. Quoted words belong to those who said and printed them."
LICENCE_URL = "https://www.apache.org/licenses/LICENSE-2.0"


def about(form: TimelineForm) -> dict[str, str | None]:
    """The address of the list as a page, the moment in UTC, the version and the licence.

    The version is the number of the newest seal of the history with the first twelve signs of
    its hash, so that one can tell later whether anything has changed since; null before the
    first change.
    """
    seal = newest_seal()
    return {
        "query": page_address(form),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "dataset_version": f"{seal.number}-{seal.hash[:12]}" if seal else None,
        "licence": TERMS,
    }


def page_address(form: TimelineForm) -> str:
    """The whole address of the list as a page."""
    query = form.address()
    return f"{settings.SITE_URL}/statements/" + (f"?{query}" if query else "")
