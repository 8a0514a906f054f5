"""Whether a statement's day is one on which it can have been said: before it was printed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce, TruncDate

from sources.models import Snapshot
from statements.models import Attestation, Statement
from statements.templatetags.days import format_date

# What is said at night is printed on the day before, west of there.
_ZONES = timedelta(days=1)


def printed_before(statement: int, said: date) -> date | None:
    """The day of the earliest report, where the statement with that primary key cannot have been
    said on `said` or later, as all reports of it were printed before; None otherwise.

    `said` is the first day that the day of saying may mean.
    """
    earlier = Snapshot.objects.filter(
        article=OuterRef("snapshot__article"), pk__lt=OuterRef("snapshot")
    )
    reports = (
        Attestation.objects.filter(statement=statement)
        .order_by()
        .annotate(changed=Exists(earlier))
        .values_list(
            "snapshot__published_on", "snapshot__published_confidence", "snapshot__dates",
            "snapshot__fetched_at", "changed",
        )
    )  # fmt: skip
    days = [_printed_by(*report) for report in reports]
    return min(days) if days and max(days) + _ZONES < said else None


def sentence(day: date) -> str:
    """What to say of a statement that was printed on `day` already."""
    return (
        f"It was printed on {format_date(day, 'j F Y')} already, so it was not said later. "
        "Correct the day of saying, or leave it empty where it is not known."
    )


def said_after_print() -> Iterator[tuple[Statement, date]]:
    """The statements that readers see with a day after all their reports, in order, each with
    the day of the earliest."""
    reports = Attestation.objects.filter(statement=OuterRef("pk")).annotate(
        day=Coalesce("snapshot__published_on", TruncDate("snapshot__fetched_at"))
    )
    rows = Statement.objects.on_timeline().filter(
        Exists(reports), ~Exists(reports.filter(day__gte=F("statement__said_on") - _ZONES))
    )
    for row in rows.exclude(said_on=None).order_by("pk").iterator(chunk_size=200):
        assert row.said_on is not None
        if day := printed_before(row.pk, row.said_on):
            yield row, day


def _printed_by(
    published_on: date | None,
    confidence: str,
    dates: list[dict[str, Any]],
    fetched_at: datetime,
    changed: bool,
) -> date:
    """By which day a report had been printed: when its page was published, or says that it was
    changed; when it was fetched, where the page had been fetched with another text before or its
    day is not to be believed."""
    fetched_on = fetched_at.astimezone(UTC).date()
    if published_on is None or changed or confidence == Snapshot.Confidence.LOW:
        return fetched_on
    changes = [
        date.fromisoformat(stated["day"])
        for stated in dates
        if stated.get("event") == "modified" and stated.get("day")
    ]
    return max([published_on, *(day for day in changes if day <= fetched_on)])
