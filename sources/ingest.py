"""This room's story: poll a feed, capture an article, read a snapshot.

Each arrow is one function that is given the row before it and writes the row after it. The
network and the parsing stand outside of transactions; the effects commit with the job.
"""

import hashlib
import uuid
from collections import Counter
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Least, Now
from django.utils import timezone

from sources import jobs, store
from sources.articles import accept_capture, accept_read, add_article, also_at, urgency
from sources.cleaning import clean_line
from sources.clusters import join_copies
from sources.copies import sketch
from sources.feeds import FeedEntry, FeedError, ParsedFeed, parse_feed
from sources.fetching import (
    FetchError,
    HostBusy,
    PermanentFetchError,
    Purpose,
    Response,
    TemporaryFetchError,
    fetch,
)
from sources.jobs import Lease, accept, version_of
from sources.models import Article, ArticleAlias, Feed, Heartbeat, Job, Snapshot
from sources.text import READER, ArticleText, decode_page
from sources.text import read as read_page
from sources.urls import BadUrl

# Validators can lie, so now and then a poll asks for everything.
_UNCONDITIONAL_EVERY = 20
_MOST_NESTED = 50
_SLOWEST = timedelta(days=1)
# An article is looked at again for silent edits: after an hour and after a day.
RECHECKS = {"hour": 3600.0, "day": 86_400.0}


def accept_due_polls() -> int:
    """Accept one poll for each due feed and set its next time; note that beat is alive.

    The slot in the key is the database's time over the feed's interval: two beats, or one
    that ticks twice, accept one poll.
    """
    Heartbeat.objects.update_or_create(name="beat", defaults={"beat_at": timezone.now()})
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now())")
        now = float(cursor.fetchone()[0])
    accepted = 0
    # One poll of a feed at a time: none pile up while workers are away, or while it fails.
    coming = Job.objects.open().filter(kind=Job.Kind.POLL, subject=OuterRef("pk"))
    for feed in Feed.objects.due().exclude(Exists(coming)):
        with transaction.atomic():
            slot = int(now // feed.interval)
            _, created = accept(Job.Kind.POLL, f"poll:{feed.pk}:{slot}", feed.pk, priority=1)
            Feed.objects.filter(pk=feed.pk).update(
                next_poll_at=Now() + timedelta(seconds=feed.interval)
            )
            accepted += created
    return accepted


def poll_now(feed: Feed) -> Job:
    """Have a feed looked at outside of the schedule; a poll that waits is brought forward."""
    coming = Job.objects.open().filter(kind=Job.Kind.POLL, subject=feed.pk).first()
    if coming is not None:
        jobs.hasten(coming)
        return coming
    key = f"poll:{feed.pk}:by-hand:{uuid.uuid4().hex}"
    return accept(Job.Kind.POLL, key, feed.pk, priority=2)[0]


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
        parsed = _parse(feed, response) if changed else ParsedFeed(())
    except HostBusy:  # not our turn: no fault of the feed
        raise
    except TemporaryFetchError as error:
        wait = max(_note_failure(feed, error), error.retry_after or 0)
        if not feed.enabled:
            lease.dead(error.code, str(error))
            return
        # This very job waits for the feed's next turn: the schedule is the only retry.
        lease.retry(error.code, str(error), wait)
        return
    except (FetchError, FeedError) as error:
        _note_failure(feed, error)
        raise
    with lease.done() as outcome:
        if not changed:
            outcome.result = "not changed"
        else:
            new, revised = _take_entries(feed, parsed)
            outcome.result = f"{new} new, {revised} revised"
        if parsed.partial:
            outcome.result += "; the feed is malformed, entries may be missing"
        _note_success(feed, response, digest, len(parsed.entries), changed)


def _parse(feed: Feed, response: Response) -> ParsedFeed:
    """The feed's entries; for an index of sitemaps, those of the sitemaps it names."""
    parsed = parse_feed(response.body, feed.kind, response.final_url, feed.selector)
    entries, partial = list(parsed.entries), parsed.partial
    for url in parsed.nested[-_MOST_NESTED:]:
        answer = fetch(url, purpose=Purpose.FEED)
        nested = parse_feed(answer.body, feed.kind, answer.final_url)
        entries += nested.entries
        partial = partial or nested.partial
    return ParsedFeed(tuple(entries), partial=partial)


def _take_entries(feed: Feed, parsed: ParsedFeed) -> tuple[int, int]:
    """Write the articles of a feed; return how many are new and how many were revised."""
    seen = Counter(entry.guid for entry in parsed.entries)
    new = revised = 0
    for entry in parsed.entries:
        # A GUID that several entries share names none of them.
        guid = entry.guid if seen[entry.guid] == 1 else ""
        try:
            article, created = add_article(feed.source, entry.url, guid=guid, feed=feed)
        except BadUrl:
            continue
        if created:
            _note_stated(article, entry)
            new += 1
        _, accepted = accept_capture(article, f"as of {entry.revision}")
        revised += accepted and not created
    return new, revised


def _note_stated(article: Article, entry: FeedEntry) -> None:
    article.stated_title = entry.title
    article.stated_published_on = entry.published_on
    article.stated_language = entry.language
    article.save(update_fields=["stated_title", "stated_published_on", "stated_language"])


def _note_success(
    feed: Feed, response: Response, digest: str, found: int, changed: bool
) -> None:
    """Remember the validators with the effects of this poll, and that all is well."""
    values: dict[str, object] = {
        "polls": F("polls") + 1,
        "polled_at": Now(),
        "succeeded_at": Now(),
        # After failures the next poll was far away.
        "next_poll_at": Least(F("next_poll_at"), Now() + timedelta(seconds=feed.interval)),
        "failures": 0,
        "failing_since": None,
        "error_code": "",
        "error_text": "",
    }
    if not response.not_modified:
        values["etag"] = response.headers.get("etag", "")[:500]
        values["last_modified"] = response.headers.get("last-modified", "")[:100]
        values["body_sha256"] = digest
    if changed:
        values["found"] = found
    Feed.objects.filter(pk=feed.pk).update(**values)


def _note_failure(feed: Feed, error: FetchError | FeedError) -> float:
    """Keep the last failure on the feed, and poll it less often while it goes on.

    Returns the seconds until its next turn.
    """
    failures = feed.failures + 1
    wait: timedelta = min(timedelta(seconds=feed.interval) * 2 ** min(failures, 10), _SLOWEST)
    Feed.objects.filter(pk=feed.pk).update(
        polls=F("polls") + 1,
        polled_at=Now(),
        failures=failures,
        failing_since=feed.failing_since or timezone.now(),
        error_code=error.code,
        error_text=str(error),
        next_poll_at=Now() + wait,
        enabled=feed.enabled and error.code != "gone",
    )
    return wait.total_seconds()


def capture(article_id: int, lease: Lease) -> None:
    """Fetch one article and keep its bytes, if they are new, as a snapshot to be read."""
    article = Article.objects.filter(pk=article_id).first()
    if article is None:
        with lease.done("the article is gone"):
            return
    if not article.address:
        with lease.done("given by hand; there is nothing to fetch"):
            return
    response = _fetch_article(article)
    digest = store.keep(response.body)
    with lease.done() as outcome:
        if response.final_url != article.url:
            also_at(article, response.final_url)
        snapshot, created = Snapshot.objects.get_or_create(
            article=article,
            sha256=digest,
            reader=READER,
            defaults={
                "size": len(response.body),
                "content_type": clean_line(response.content_type, 100),
                "final_url": response.final_url,
                "redirects": list(response.redirects),
                "status": response.status,
                "headers": _kept_headers(response),
            },
        )
        if created:
            accept_read(snapshot)
        for name, delay in RECHECKS.items():
            accept_capture(article, f"recheck:{name}", delay=delay, priority=-1)
        outcome.result = "new snapshot" if created else "not changed"


def _fetch_article(article: Article) -> Response:
    """Fetch the page at its canonical address, or at another it is known by if that has none."""
    try:
        return fetch(article.url)
    except PermanentFetchError as error:
        others = article.aliases.filter(kind=ArticleAlias.Kind.URL).values_list(
            "value", flat=True
        )
        if error.code != "not-found" or not others:
            raise
    return fetch(others[0])


def _kept_headers(response: Response) -> dict[str, str]:
    kept = ("date", "etag", "last-modified", "content-language", "content-type", "server")
    return {
        name: clean_line(response.headers[name], 300)
        for name in kept
        if name in response.headers
    }


def read(snapshot_id: int, lease: Lease) -> None:
    """Read the text and metadata of a snapshot and accept its attribution if the text is new."""
    snapshot = Snapshot.objects.with_article().filter(pk=snapshot_id).first()
    if snapshot is None:
        with lease.done("the snapshot is gone"):
            return
    body = store.load(snapshot.sha256)
    found = read_page(decode_page(body, snapshot.content_type), snapshot.address)
    with lease.done() as outcome:
        if snapshot.read_at is None:
            _write_text(snapshot, found)
        if found.canonical_url and not snapshot.given:
            also_at(snapshot.article, found.canonical_url)
        join_copies(snapshot)
        created = accept_attribution(snapshot, priority=urgency(snapshot.article))
        outcome.result = "new text" if created else "the text is known"


def accept_attribution(snapshot: Snapshot, occasion: str = "", *, priority: int = 0) -> bool:
    """Accept that a read text be attributed; once for each version, article and text.

    An `occasion` makes it be done once more. Returns whether it is new work.
    """
    version = version_of(Job.Kind.ATTRIBUTE)
    parts = ["attribute", str(snapshot.article_id), snapshot.text_sha256, version, occasion]
    key = ":".join(filter(None, parts))
    return accept(Job.Kind.ATTRIBUTE, key, snapshot.pk, priority=priority)[1]


def _write_text(snapshot: Snapshot, found: ArticleText) -> None:
    """Fill in what was read. A person's word goes before the page's, the page's before the feed's."""
    article = snapshot.article
    by_hand = article.by_hand
    day, basis = found.published_on, Snapshot.Basis(found.published_basis)
    if article.stated_published_on and (by_hand or day is None):
        day = article.stated_published_on
        basis = Snapshot.Basis.STATED if by_hand else Snapshot.Basis.FEED
    stated_first = (
        (article.stated_title, found.title) if by_hand else (found.title, article.stated_title)
    )
    languages = (article.stated_language, found.language)
    snapshot.text = found.text
    snapshot.text_sha256 = hashlib.sha256(found.text.encode()).hexdigest()
    snapshot.title = next(filter(None, stated_first), "")
    snapshot.byline = found.byline
    snapshot.published_on = day
    snapshot.published_basis = basis
    snapshot.language = next(filter(None, languages if by_hand else reversed(languages)), "")
    snapshot.charset = found.charset[:40]
    snapshot.warnings = [warning[:200] for warning in found.warnings]
    snapshot.sketch = sketch(found.text)
    snapshot.read_at = timezone.now()
    snapshot.save()
