"""Where and when reports were printed, as far as their pages say."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Protocol

from sources.models import Snapshot
from statements.independence import Independence, Printing, independence
from statements.models import Attestation, Statement
from statements.models.dates import Precision


def printing_of(report: Attestation) -> Printing:
    """Return a report as a printing; it and its snapshot, article and source are at hand."""
    snapshot = report.snapshot
    article = snapshot.article
    return Printing(
        key=report.pk,
        outlet=article.source.name,
        slug=article.source.slug,
        article=article.pk,
        found_at=article.found_at,
        day=snapshot.published_on,
        moment=moment_of(snapshot),
        group=article.source.ownership_group,
        cluster=article.cluster,
        via=report.via,
        described=snapshot.described,
    )


def independence_of(reports: Sequence[Attestation]) -> Independence | None:
    """How independent reports at hand are; None without any. Asks nothing more."""
    return independence([printing_of(one) for one in reports]) if reports else None


class Dated(Protocol):
    """What a page says of when it was published, as `Snapshot` keeps it."""

    @property
    def published_on(self) -> date | None: ...
    @property
    def published_basis(self) -> str: ...
    @property
    def published_precision(self) -> str: ...
    @property
    def dates(self) -> Sequence[dict[str, Any]]: ...


def moment_of(page: Dated) -> datetime | None:
    """When the page says it was published, in UTC; None unless it says hour and zone."""
    if page.published_precision != Snapshot.Precision.MOMENT:
        return None
    for stated in page.dates:
        if (
            stated.get("origin") == page.published_basis
            and stated.get("event", "published") == "published"
            and stated.get("day") == str(page.published_on)
        ):
            try:
                moment = datetime.fromisoformat(str(stated.get("value")).strip())
            except ValueError:
                return None
            return moment.astimezone(UTC) if moment.tzinfo else None
    return None


def delay(statement: Statement, one: Printing, first: Printing) -> str:
    """How long after the first report or the day of saying it was printed, as far as is known.

    Hours are counted from the first report where both pages state their hour, days from the day
    on which it was said.
    """
    if one.article == first.article:
        return "first seen" if one.key == first.key else "another version or place"
    if one.moment and first.moment:
        hours = (one.moment - first.moment).total_seconds() / 3600
        return (
            f"{hours:.0f} h after the first" if hours >= 1 else "within the hour of the first"
        )
    if one.day is None:
        return "day not known"
    if statement.said_on and statement.said_on_precision == Precision.DAY:
        return _days((one.day - statement.said_on).days, "it was said")
    return (
        _days((one.day - first.day).days, "the first") if first.day else "first day not known"
    )


def _days(days: int, event: str) -> str:
    if days < 0:
        return f"dated {-days} day{'' if days == -1 else 's'} before {event}"
    if days == 0:
        return "the day it was said" if event == "it was said" else f"the same day as {event}"
    return f"{days} day{'' if days == 1 else 's'} after {event}"
