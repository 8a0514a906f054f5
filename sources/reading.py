"""Snapshot -> text: read the kept bytes, and have a new text attributed."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import timezone

from sources import store
from sources.apart import read_page
from sources.articles import also_at
from sources.clusters import join_copies
from sources.copies import sketch
from sources.jobs import Lease, accept, version_of
from sources.models import Article, Job, Snapshot, Visit
from sources.published import MEDIUM, Publication, StatedDate, choose
from sources.reasons import REASONS, WALLS
from sources.text import ArticleText, PageError
from sources.verdicts import judge

# What a page says that is no article any more.
_GONE = {"soft-404"}
# What a feed or a person says about an article.
STATED = ("stated_title", "stated_published_on", "stated_language")


def accept_read(snapshot: Snapshot) -> tuple[Job, bool]:
    """Accept that the snapshot's bytes be read by the present reader; once for each."""
    urgency = snapshot.article.urgency + 1  # what is begun goes before what is new
    return accept(Job.Kind.READ, f"read:{snapshot.pk}", snapshot.pk, priority=urgency)


def read(snapshot_id: int, lease: Lease) -> None:
    """Read the text and metadata of a snapshot and accept its attribution if the text is new."""
    snapshot = Snapshot.objects.with_article().filter(pk=snapshot_id).first()
    if snapshot is None:
        with lease.done("the snapshot is gone"):
            return
    body = store.load(snapshot.sha256)
    try:
        found = read_page(body, snapshot.content_type, snapshot.address)
    except PageError as error:
        verdict = judge(lease.job, error)
        with lease.settled(verdict):
            if verdict.ended:
                _note_no_article(snapshot, error)
        return
    with lease.done() as outcome:
        if snapshot.read_at is None:
            _write_text(snapshot, found)
        join_copies(snapshot)  # before its article's row is held
        if not snapshot.given:
            if found.canonical_url:
                also_at(snapshot.article, found.canonical_url)
            _note_article(snapshot)
        outcome.result = _accept_unless_held(snapshot)


def accept_attribution(snapshot: Snapshot, occasion: str = "", *, priority: int = 0) -> bool:
    """Accept that a read text be attributed; once for each version, article and text.

    An `occasion` makes it be done once more. Returns whether it is new work.
    """
    version = version_of(Job.Kind.ATTRIBUTE)
    parts = ["attribute", str(snapshot.article_id), snapshot.text_sha256, version, occasion]
    key = ":".join(filter(None, parts))
    return accept(Job.Kind.ATTRIBUTE, key, snapshot.pk, priority=priority)[1]


def _note_article(snapshot: Snapshot) -> None:
    """Note that the look which brought these bytes found the article, and whether it is changed."""
    article = snapshot.article
    if _is_from_latest_look(snapshot):
        article.set_state(Article.State.PRESENT)
    visit = article.visits.filter(snapshot=snapshot).first()
    if visit is None or visit.outcome != Visit.Outcome.CHANGED:
        return
    before = article.visits.filter(pk__lt=visit.pk, snapshot__read_at__isnull=False).first()
    if before and before.snapshot and before.snapshot.text_sha256 == snapshot.text_sha256:
        # Other bytes, such as another advertisement, around the same text.
        article.visits.filter(pk=visit.pk).update(outcome=Visit.Outcome.UNCHANGED)


def _note_no_article(snapshot: Snapshot, error: PageError) -> None:
    """Note that the look which brought these bytes found something else than the article."""
    outcome, state = Visit.Outcome.FAILED, None
    if error.code in WALLS:
        outcome, state = Visit.Outcome.WALLED, Article.State.WALLED
    elif error.code in _GONE:
        outcome, state = Visit.Outcome.GONE, Article.State.GONE
    looks = snapshot.article.visits.filter(snapshot=snapshot)
    looks.update(outcome=outcome, reason_code=error.code, reason_text=str(error))
    if state is not None and looks.exists() and _is_from_latest_look(snapshot):
        snapshot.article.set_state(state)


def _is_from_latest_look(snapshot: Snapshot) -> bool:
    """Whether no later look is known: what comes from a web archive may be of long ago."""
    latest = snapshot.article.visits.first()
    return latest is None or latest.snapshot_id == snapshot.pk


def restate(article: Article, fields: Collection[str] = STATED) -> None:
    """Let what a person has just said of an article stand on its texts, which are attributed anew.

    `fields` are those of `STATED` that the person said; the others may be a feed's word. A date
    that held a text up is settled by one that a person states.
    """
    for snapshot in article.snapshots.texts():
        snapshot.article = article
        if "stated_published_on" in fields:
            _write_dates(snapshot, [_from_json(date) for date in snapshot.dates])
        if "stated_title" in fields:
            snapshot.title = article.stated_title or snapshot.title
        if "stated_language" in fields:
            snapshot.language = article.stated_language or snapshot.language
        snapshot.save(update_fields=[*_DATE_FIELDS, "title", "language"])
        _accept_unless_held(snapshot, f"stated {timezone.now().isoformat()}")


def _accept_unless_held(snapshot: Snapshot, occasion: str = "") -> str:
    """Accept the attribution of a text, unless a person must look at its dates first."""
    if snapshot.held:
        return f"held: {REASONS[snapshot.held].sentence}"
    urgency = snapshot.article.urgency + 1
    new = accept_attribution(snapshot, occasion, priority=urgency)
    return "new text" if new else "the text is known"


def _write_text(snapshot: Snapshot, found: ArticleText) -> None:
    """Fill in what was read. A person's word goes before the page's, the page's before the feed's."""
    article = snapshot.article
    by_hand = article.by_hand
    stated_first = (
        (article.stated_title, found.title) if by_hand else (found.title, article.stated_title)
    )
    languages = (article.stated_language, found.language)
    snapshot.text = found.text
    snapshot.text_sha256 = hashlib.sha256(found.text.encode()).hexdigest()
    snapshot.title = next(filter(None, stated_first), "")
    snapshot.byline = found.byline
    snapshot.section = found.section
    published = _write_dates(snapshot, found.dates)
    snapshot.language = next(filter(None, languages if by_hand else reversed(languages)), "")
    snapshot.partial = found.partial
    snapshot.charset = found.charset[:40]
    warnings = dict.fromkeys([*found.warnings, *published.warnings])
    snapshot.warnings = [warning[:200] for warning in warnings]
    snapshot.sketch = sketch(found.text)
    snapshot.read_at = timezone.now()
    snapshot.save(update_fields=_READ_FIELDS)


_DATE_FIELDS = (
    "dates", "published_on", "published_basis", "published_precision", "published_confidence",
    "held",
)  # fmt: skip

_READ_FIELDS = (
    "text", "text_sha256", "title", "byline", "section", "language", "partial", "charset",
    "warnings", "sketch", "read_at", *_DATE_FIELDS,
)  # fmt: skip


def _write_dates(snapshot: Snapshot, of_page: Sequence[StatedDate]) -> Publication:
    """Fill in every stated date, and the one to go by."""
    dates = _with_stated(snapshot.article, of_page)
    published = choose(dates, timezone.now())
    snapshot.published_on = published.day
    snapshot.published_basis = Snapshot.Basis(published.basis)
    snapshot.published_precision = Snapshot.Precision(published.precision)
    snapshot.published_confidence = Snapshot.Confidence(published.confidence)
    snapshot.held = published.held
    snapshot.dates = [
        {**asdict(date), "day": date.day and date.day.isoformat()} for date in dates
    ]
    return published


def _from_json(stated: dict[str, Any]) -> StatedDate:
    """A stated date as it is kept on a snapshot."""
    day = stated["day"]
    return StatedDate(**{**stated, "day": date.fromisoformat(day) if day else None})


def _with_stated(article: Article, dates: Sequence[StatedDate]) -> list[StatedDate]:
    """The page's dates with the person's day before them, or the feed's after them."""
    of_page = [date for date in dates if date.origin not in {"stated", "feed"}]
    day = article.stated_published_on
    if day is None:
        return of_page
    if article.by_hand:
        return [StatedDate("stated", day.isoformat(), day), *of_page]
    return [*of_page, StatedDate("feed", day.isoformat(), day, confidence=MEDIUM)]
