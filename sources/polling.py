"""Feed -> Article: look at feeds when they are due, and take the articles they name.

The network and the parsing stand outside of transactions; the effects commit with the job.
"""

import hashlib
import uuid
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    OuterRef,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, Now

from sources import hints, jobs
from sources.apart import parse_feed
from sources.articles import add_article, guid_name, known_articles
from sources.capturing import RECHECK, accept_capture, capture_key
from sources.feeds import FeedEntry, FeedError, ParsedFeed
from sources.fetching import FetchError, HostBusy, Purpose, Response, Throttled, fetch
from sources.jobs import Lease, accept
from sources.models import Article, Feed, Heartbeat, Job, Source, Visit
from sources.moves import MoveRefused, accept_move
from sources.urls import BadUrl, host_of
from sources.verdicts import judge

# Validators can lie, so now and then a poll asks for everything.
_UNCONDITIONAL_EVERY = 20
# The newest sitemaps of an index; the others are archives that hardly change.
_MOST_NESTED = 10
_SLOWEST = 24 * 3600  # seconds
# A feed that brings nothing is looked at less often, down to this many times its interval.
_SLOWEST_OF_INTERVAL = 12
_SLOWER, _FASTER = 1.25, 0.5
_POLLS_AT_ONCE = 1000
# So often at most is a page looked at in so long because a feed says that it was revised.
_MOST_LOOKS, _LATELY = 3, timedelta(hours=6)
# A permanent redirect is believed once it has been seen so often for so long.
_MOVED_POLLS, _MOVED_FOR = 3, timedelta(days=7)


def tick() -> int:
    """Accept the polls that are due, and note that beat is alive; return how many."""
    Heartbeat.objects.update_or_create(name="beat", defaults={"beat_at": Now()})
    return accept_due_polls()


@transaction.atomic
def accept_due_polls() -> int:
    """Accept one poll for each due feed and set its next time; return how many.

    The slot in the key is the database's time over the feed's interval: two beats, or one
    that ticks twice, accept one poll.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now())")
        now = float(cursor.fetchone()[0])
    # One poll of a feed at a time: none pile up while workers are away, or while it fails.
    coming = Job.objects.open().filter(kind=Job.Kind.POLL, subject=OuterRef("pk"))
    due = Feed.objects.due().exclude(Exists(coming))
    feeds = list(due.select_for_update(skip_locked=True, of=("self",))[:_POLLS_AT_ONCE])
    wanted = {f"poll:{feed.pk}:{int(now // feed.interval)}": feed for feed in feeds}
    for key in Job.objects.filter(key__in=wanted).values_list("key", flat=True):
        del wanted[key]
    polls = [
        Job(kind=Job.Kind.POLL, key=key, subject=feed.pk, priority=1, host=_host(feed))
        for key, feed in wanted.items()
    ]
    Job.objects.bulk_create(polls, ignore_conflicts=True)
    for _ in polls:
        hints.on_commit()
    Feed.objects.filter(pk__in=[feed.pk for feed in feeds]).update(next_poll_at=_next_turn())
    return len(polls)


def poll_now(feed: Feed) -> Job:
    """Have a feed looked at outside of the schedule; a poll that waits is brought forward."""
    coming = Job.objects.open().filter(kind=Job.Kind.POLL, subject=feed.pk).first()
    if coming is not None:
        jobs.hasten(coming)
        return coming
    key = f"poll:{feed.pk}:by-hand:{uuid.uuid4().hex}"
    return accept(Job.Kind.POLL, key, feed.pk, priority=2, host=_host(feed))[0]


def _host(feed: Feed) -> str:
    try:
        return host_of(feed.url)
    except BadUrl:  # the poll itself says what is wrong with it
        return ""


def _next_turn() -> Expression:
    """When a feed is looked at again: after its pace, by the database's clock."""
    seconds = Greatest(F("pace"), F("interval"))
    return ExpressionWrapper(
        Now() + ExpressionWrapper(seconds * Value(timedelta(seconds=1)), DurationField()),
        DateTimeField(),
    )


def poll(feed_id: int, lease: Lease) -> None:
    """Look at a feed once and accept a capture for every article that is new or revised."""
    feed = Feed.objects.with_source().filter(pk=feed_id).first()
    if feed is None:
        with lease.done("the feed is gone"):
            return
    conditional = feed.polls % _UNCONDITIONAL_EVERY != 0
    try:
        response = fetch(
            feed.url,
            purpose=Purpose.FEED,
            etag=feed.etag if conditional else "",
            last_modified=feed.last_modified if conditional else "",
        )
        digest = hashlib.sha256(response.body).hexdigest()
        changed = not response.not_modified and digest != feed.body_sha256
        parsed = _parsed(feed, response) if changed else ParsedFeed(())
    except (HostBusy, Throttled):  # not our turn: no fault of the feed
        raise
    except (FetchError, FeedError) as error:
        _fail(feed, lease, error)
        return
    with lease.done() as outcome:
        if not changed:
            new = revised = 0
            outcome.result = "not changed"
        else:
            new, revised = _take_entries(feed, parsed)
            _take_nested(feed, parsed)
            outcome.result = f"{new} new, {revised} revised"
        if parsed.partial:
            outcome.result += "; the feed is malformed or very long, entries may be missing"
        _note_success(feed, response, digest, parsed if changed else None, new)
        if moved := _follow_move(feed):
            outcome.result += f"; {moved}"


def _parsed(feed: Feed, response: Response) -> ParsedFeed:
    return parse_feed(response.body, feed.kind, response.final_url, feed.selector)


def _take_entries(feed: Feed, parsed: ParsedFeed) -> tuple[int, int]:
    """Write the articles of a feed; return how many are new and how many were revised."""
    # Feeds of one source take turns: they may bring the same article at two addresses.
    Source.objects.select_for_update(no_key=True).get(pk=feed.source_id)
    entries = _named(feed, parsed)
    known = known_articles(feed.source, ((entry.url, entry.guid) for entry in entries))
    passed_over = _passed_over(entries, known)
    new = revised = 0
    for entry in entries:
        if entry in passed_over:
            continue
        try:
            article, created = add_article(
                feed.source, entry.url, guid=entry.guid, feed=feed, stated=_stated(entry)
            )
        except BadUrl:
            continue
        new += created
        _, accepted = accept_capture(article, _occasion(entry))
        revised += accepted and not created
    return new, revised


def _passed_over(entries: list[FeedEntry], known: dict[str, Article]) -> set[FeedEntry]:
    """The entries that bring no work: captured as of this revision, or looked at often enough.

    There are feeds that say at every poll that everything was revised.
    """
    keys = {
        capture_key(known[entry.url], _occasion(entry)): entry
        for entry in entries
        if entry.url in known
    }
    captures = Job.objects.filter(kind=Job.Kind.CAPTURE)
    done = {keys[key] for key in captures.filter(key__in=keys).values_list("key", flat=True)}
    ids = {article.pk for article in known.values()}
    coming = captures.open().filter(subject__in=ids).exclude(key__contains=RECHECK)
    lately = Visit.objects.filter(article__in=ids, at__gt=Now() - _LATELY).order_by()
    often = lately.values("article").annotate(n=Count("pk")).filter(n__gte=_MOST_LOOKS)
    enough = {
        *coming.values_list("subject", flat=True),
        *often.values_list("article", flat=True),
    }
    return done | {entry for entry in keys.values() if known[entry.url].pk in enough}


def _occasion(entry: FeedEntry) -> str:
    """A page is captured once for each revision that the feed states."""
    return f"as of {entry.revision}"


def _named(feed: Feed, parsed: ParsedFeed) -> list[FeedEntry]:
    """The entries with only such GUIDs as name one article each.

    Once two entries of a feed share a GUID, its GUIDs are not believed any more.
    """
    sharing = defaultdict(set)
    for entry in parsed.entries:
        sharing[entry.guid].add(entry.url)
    if any(guid and len(urls) > 1 for guid, urls in sharing.items()):
        feed.keyed_by_link = True
        Feed.objects.filter(pk=feed.pk).update(keyed_by_link=True)
    return [
        replace(entry, guid="" if feed.keyed_by_link else guid_name(entry.guid))
        for entry in parsed.entries
    ]


def _stated(entry: FeedEntry) -> dict[str, object]:
    """What the feed says of an article, by the fields that keep it."""
    return {
        "stated_title": entry.title,
        "stated_published_on": entry.published_on,
        "stated_language": entry.language,
    }


def _take_nested(feed: Feed, parsed: ParsedFeed) -> None:
    """Make a feed of each of the newest sitemaps that an index names, and drop the old ones.

    An index names sitemaps and no other index, so a chain of them ends here. A sitemap that is
    here already stays as it is: an editor or its site may have stopped it.
    """
    if not parsed.nested or feed.parent_id is not None:
        return
    newest = parsed.nested[-_MOST_NESTED:]
    feed.nested.exclude(url__in=newest).delete()
    for url in newest:
        Feed.objects.get_or_create(
            url=url,
            defaults={
                "source": feed.source,
                "kind": Feed.Kind.SITEMAP,
                "parent": feed,
                "interval": feed.interval,
                "enabled": True,
            },
        )


def _note_success(
    feed: Feed, response: Response, digest: str, parsed: ParsedFeed | None, brought: int
) -> None:
    """Remember the validators with the effects of this poll, and that all is well."""
    values: dict[str, object] = {
        "polls": F("polls") + 1,
        "polled_at": Now(),
        "succeeded_at": Now(),
        "failures": 0,
        "failing_since": None,
        "error_code": "",
        "error_text": "",
        "pace": _pace(feed, brought),
        **_move_seen(feed, response),
    }
    if not response.not_modified:
        values["etag"] = response.headers.get("etag", "")[:500]
        values["last_modified"] = response.headers.get("last-modified", "")[:100]
        values["body_sha256"] = digest
    if parsed is not None:
        values["found"] = len(parsed.entries) + len(parsed.nested)
    mine = Feed.objects.filter(pk=feed.pk)
    mine.update(**values)
    # After failures the next turn was far away, and the pace may have changed.
    mine.update(next_poll_at=_next_turn())


def _pace(feed: Feed, brought: int) -> int:
    """Seconds between polls from now on: shorter when something came, longer when not."""
    pace = max(feed.pace, feed.interval)
    slowest = max(feed.interval, min(_SLOWEST, feed.interval * _SLOWEST_OF_INTERVAL))
    wanted = pace * (_FASTER if brought else _SLOWER)
    return int(min(max(wanted, feed.interval), slowest))


def _move_seen(feed: Feed, response: Response) -> dict[str, object]:
    """What is remembered of a permanent redirect: a captive portal redirects too, for a while."""
    if not response.moved_permanently:
        return {"moved_to": "", "moved_since": None, "moved_polls": 0}
    if response.final_url != feed.moved_to:
        return {"moved_to": response.final_url, "moved_since": Now(), "moved_polls": 1}
    return {"moved_polls": F("moved_polls") + 1}


def _follow_move(feed: Feed) -> str:
    """Take the new address of a feed that has led to it for long enough; say what came of it."""
    moved = Feed.objects.filter(
        pk=feed.pk, moved_polls__gte=_MOVED_POLLS, moved_since__lte=Now() - _MOVED_FOR
    ).first()
    if moved is None:
        return ""
    try:
        accept_move(moved)
    except MoveRefused as refused:
        return str(refused)
    return f"moved to {moved.url}"


def _fail(feed: Feed, lease: Lease, error: FetchError | FeedError) -> None:
    """Keep the failure on the feed, which is looked at less often while it goes on.

    A poll that may succeed later waits for the feed's next turn as this very job: the
    schedule is the only retry.
    """
    verdict = judge(lease.job, error)
    failures = feed.failures + 1
    # Written only when it is so: an editor may have switched the feed off or on meanwhile.
    stopped = {"enabled": False} if error.code == "gone" else {}
    wait = min(feed.interval * 2 ** min(failures, 10), max(_SLOWEST, feed.interval))
    if isinstance(error, FetchError) and error.retry_after:
        wait = max(wait, int(error.retry_after))
    if not verdict.ended and feed.enabled:
        verdict = replace(verdict, wait=float(wait))
    elif not verdict.ended:
        verdict = replace(verdict, state=Job.State.DEAD, wait=None)
    with lease.settled(verdict):
        Feed.objects.filter(pk=feed.pk).update(
            polls=F("polls") + 1,
            polled_at=Now(),
            failures=failures,
            failing_since=Coalesce(F("failing_since"), Now()),
            error_code=error.code,
            error_text=str(error),
            next_poll_at=Now() + timedelta(seconds=wait),
            **stopped,
        )
