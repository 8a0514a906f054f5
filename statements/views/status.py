"""How fresh the archive is, for everybody; and what ingestion does and waits for, for staff."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sources import jobs
from sources.attention import needing_attention
from sources.fetching import network_is_down
from sources.models import Article, Feed, Heartbeat, Job, Snapshot
from sources.moves import MoveRefused, accept_move
from sources.polling import poll_now
from sources.reasons import REASONS, Reason
from sources.subjects import subjects_of
from statements.access import Audience, audience, reader_of

# Ticks come every few seconds; this long without one means that beat has stopped.
BEAT_LATE = timedelta(minutes=2)
# A worker gives a sign every few seconds, whatever it is doing.
WORKER_LATE = timedelta(minutes=1)
# Clocks that differ by more than this are wrong, and so may be what is dated by them.
CLOCK_OFF = timedelta(minutes=5)
_LISTED = 50


@dataclass(frozen=True)
class FeedState:
    """A feed that is polled, and how it does: `ok`, `late`, `failing` or `new`."""

    feed: Feed
    state: str

    @property
    def why(self) -> str:
        """Why its last poll failed, and what to do about it."""
        return _why(self.feed.error_text, REASONS.get(self.feed.error_code))


@dataclass(frozen=True)
class ListedJob:
    """A job, what it is about, why it stands as it does, and whether the reader may touch it."""

    job: Job
    about: str
    article: int | None
    reason: Reason | None
    touchable: bool

    @property
    def why(self) -> str:
        """Why it stands as it does, and what to do about it."""
        return _why(self.job.reason_text, self.reason)


def _why(text: str, reason: Reason | None) -> str:
    """What was recorded, or else the sentence of its code, and the next step."""
    if reason is None:
        return text
    return f"{text or reason.sentence} {reason.next_step}"


@audience(Audience.PUBLIC)
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """When each source was last seen; no error text."""
    states = _feed_states()
    context = {"states": states, "counts": _by_state(states), "beat": _beat(), **_newest()}
    return render(request, "statements/status.html", context)


@audience(Audience.ANALYST)
@require_safe
def ingest(request: HttpRequest) -> HttpResponse:
    """Failing feeds with their reasons, work by state, work that needs a person."""
    states = _feed_states()
    without_result = [*Job.EXPLAINED, Job.State.CANCELLED]
    explained = Job.objects.filter(state__in=without_result)
    oldest = Job.objects.due().aggregate(Min("not_before"))["not_before__min"]
    under_way = Job.objects.open().exclude(pk__in=Job.objects.planned().values("pk"))
    planned = Job.objects.planned().aggregate(count=Count("pk"), first=Min("not_before"))
    counted = _counted()
    return render(
        request,
        "statements/ingest.html",
        {
            "states": states,
            "counts": _by_state(states),
            "beat": _beat(),
            "oldest_due": oldest,
            "work": _work_by_state(counted),
            "job_states": [state.label for state in Job.State],
            "ended_badly": _listed(explained.order_by("-finished_at", "-pk"), request),
            "ended_badly_count": _in_states(counted, without_result),
            "open": _listed(under_way.in_turn(), request),
            "open_count": _in_states(counted, Job.OPEN) - planned["count"],
            "planned": planned,
            "damaged": Snapshot.objects.filter(damaged_at__isnull=False).aggregate(
                count=Count("pk"), first=Min("article")
            ),
            "moved": Feed.objects.with_source().exclude(moved_to="").order_by("moved_since"),
            "attention": needing_attention(_LISTED),
            **_newest(),
        },
    )


@audience(Audience.ANALYST)
@require_POST
def job_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue a job again that ended badly."""
    job, user = _touched(request, pk)
    if jobs.retry(job, user):
        messages.success(request, "It is queued again.")
    else:
        messages.warning(request, "It is at work or done already; nothing was changed.")
    return redirect("ingest")


@audience(Audience.ANALYST)
@require_POST
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """End an open job."""
    job, user = _touched(request, pk)
    if jobs.cancel(job, user):
        messages.success(request, "It is cancelled. Retry takes it up again.")
    else:
        messages.warning(request, "It had ended already; nothing was changed.")
    return redirect("ingest")


@audience(Audience.EDITOR)
@require_POST
def feed_poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a feed now, outside of its schedule."""
    poll_now(get_object_or_404(Feed.objects.exclude(kind=Feed.Kind.BY_HAND), pk=pk))
    messages.success(request, "The feed is looked at in a moment.")
    return redirect("ingest")


@audience(Audience.EDITOR)
@require_POST
def feed_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a feed have the address that its own leads to."""
    feed = get_object_or_404(Feed, pk=pk)
    try:
        accept_move(feed)
    except MoveRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"The feed is looked at under {feed.url} from now on.")
    return redirect("ingest")


def _feed_states() -> list[FeedState]:
    """Feeds that are polled, those that need a look first."""
    feeds = Feed.objects.with_source().filter(enabled=True).exclude(kind=Feed.Kind.BY_HAND)
    # Sitemaps that an index names are its own affair, unless they fail.
    feeds = feeds.filter(Q(parent=None) | Q(failures__gt=0))
    states = [FeedState(feed, _state(feed, timezone.now())) for feed in feeds]
    worst_first = ["failing", "late", "new", "ok"]
    return sorted(states, key=lambda s: (worst_first.index(s.state), s.feed.source.name))


def _state(feed: Feed, now: datetime) -> str:
    if feed.failures:
        return "failing"
    if feed.succeeded_at is None:
        return "new"
    patience = timedelta(seconds=2 * max(feed.interval, feed.pace)) + BEAT_LATE
    missed = feed.next_poll_at < now - BEAT_LATE
    return "late" if missed or feed.succeeded_at < now - patience else "ok"


def _by_state(states: Iterable[FeedState]) -> dict[str, int]:
    counts = dict.fromkeys(["ok", "late", "failing", "new"], 0)
    for one in states:
        counts[one.state] += 1
    return counts


def _beat() -> dict[str, object]:
    """When the schedule last ticked, and what stands in the way of all sources at once.

    Compared by the database's clock; `clock_off` are the minutes by which ours differs from it,
    when that is more than a few. Workers themselves give the signs, also that of the schedule.
    """
    signs = Heartbeat.objects.filter(name__in=["beat", "sweep"]).annotate(now=Now())
    rows = {name: (at, now) for name, at, now in signs.values_list("name", "beat_at", "now")}
    at, now = rows.get("beat", (None, timezone.now()))
    worked_at = rows.get("sweep", (None, now))[0]
    off = abs(now - timezone.now())
    return {
        "at": at,
        "stopped": at is None or at < now - BEAT_LATE,
        "worked_at": worked_at,
        "no_worker": worked_at is not None and worked_at < now - WORKER_LATE,
        "clock_off": off // timedelta(minutes=1) if off > CLOCK_OFF else 0,
        "network_down": network_is_down(),
    }


def _newest() -> dict[str, object]:
    found = Article.objects.aggregate(at=Max("found_at"), now=Min(Now()), count=Count("pk"))
    return {
        "newest_at": found["at"],
        # What was found last cannot lie ahead, unless the database's clock was set back.
        "clock_back": bool(found["at"]) and found["at"] > found["now"] + CLOCK_OFF,
        "articles": found["count"],
    }


def _counted() -> Counter[tuple[str, str]]:
    """How many jobs there are of each kind in each state."""
    counted = Job.objects.order_by().values_list("kind", "state").annotate(count=Count("pk"))
    return Counter({(kind, state): count for kind, state, count in counted})


def _in_states(counted: Counter[tuple[str, str]], states: Iterable[Job.State]) -> int:
    return sum(counted[kind, state] for kind in Job.Kind for state in states)


def _work_by_state(
    counted: Counter[tuple[str, str]],
) -> list[tuple[str, list[tuple[str, int]]]]:
    """For each kind of work how many jobs are in each state, in the order of the way."""
    return [
        (str(kind.label), [(str(state.label), counted[kind, state]) for state in Job.State])
        for kind in Job.Kind
    ]


def _listed(found: QuerySet[Job], request: HttpRequest) -> list[ListedJob]:
    """The first jobs found, with what they are about, in three queries."""
    listed = list(found[:_LISTED])
    subjects = subjects_of(listed)
    rows = []
    for job in listed:
        subject = subjects.get(job.pk)
        article = subject if isinstance(subject, Article) else None
        about = str(subject or "")
        if isinstance(subject, Snapshot):
            article, about = subject.article, subject.title or str(subject.article)
        rows.append(
            ListedJob(
                job,
                about or f"{job.get_kind_display()} {job.subject}",
                article.pk if article else None,
                REASONS.get(job.reason_code),
                may_touch(request, article),
            )
        )
    return rows


def _touched(request: HttpRequest, pk: int) -> tuple[Job, User]:
    """The job and who wants to change it. Raises `PermissionDenied` for others' work."""
    job = get_object_or_404(Job, pk=pk)
    article: Article | None = None
    if job.kind == Job.Kind.CAPTURE:
        article = Article.objects.filter(pk=job.subject).first()
    elif job.kind in {Job.Kind.READ, Job.Kind.ATTRIBUTE}:
        article = Article.objects.filter(snapshots=job.subject).first()
    if not may_touch(request, article) or not isinstance(request.user, User):
        raise PermissionDenied
    return job, request.user


def may_touch(request: HttpRequest, article: Article | None) -> bool:
    """Editors may touch all work, analysts that of the articles they added."""
    own = article is not None and article.added_by_id == request.user.pk
    return reader_of(request).publishes or own
