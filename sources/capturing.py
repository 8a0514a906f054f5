"""Article -> Snapshot: fetch a page, keep its bytes, and look at it again.

Every look that came to an end is a `Visit`. An article that carries statements is looked at
again and again, at widening intervals, since pages are edited, withdrawn and walled off.
"""

import hashlib
from collections.abc import Mapping
from urllib.parse import urlsplit

from sources import store
from sources.articles import also_at, article_at
from sources.cleaning import clean_line
from sources.fetching import FetchError, PermanentFetchError, Response, fetch
from sources.jobs import Lease, accept
from sources.models import Article, ArticleAlias, Job, Snapshot, Visit
from sources.reading import accept_read
from sources.text import READER
from sources.urls import BadUrl, host_of
from sources.verdicts import Verdict, judge

_HOUR, _DAY = 3600.0, 86_400.0
# Seconds from one look to the next; the last one goes on for ever.
RECHECKS = (_HOUR, 6 * _HOUR, _DAY, 3 * _DAY, 7 * _DAY, 30 * _DAY, 90 * _DAY)
RECHECK = "recheck:"
# Seconds to wait for the host's turn between a page's two addresses: whoever came back later
# instead would begin with the first one again, for ever.
_BETWEEN_ADDRESSES = 60.0
# What says that the page is no longer there.
_GONE = {"gone", "not-found", "led-home", "leads-elsewhere"}
_KEPT_HEADERS = (
    "date", "etag", "last-modified", "content-language", "content-type", "server",
)  # fmt: skip


def accept_capture(
    article: Article, occasion: str, *, delay: float = 0, priority: int = 0
) -> tuple[Job, bool]:
    """Accept that the article be captured on this occasion; once for each occasion.

    Captures of one source take turns with those of others, but for what is planned for later.
    """
    try:
        host = host_of(article.address) if article.address else ""
    except BadUrl:  # the capture itself says what is wrong with it
        host = ""
    return accept(
        Job.Kind.CAPTURE, capture_key(article, occasion), article.pk,
        priority=priority, delay=delay, host=host, source=None if delay else article.source_id,
    )  # fmt: skip


def capture_key(article: Article, occasion: str) -> str:
    """The key of the job that captures the article on this occasion."""
    digest = hashlib.sha256(occasion.encode()).hexdigest()[:16]
    step = occasion if occasion.startswith(RECHECK) else digest
    return f"capture:{article.pk}:{step}"


def keep_looking(article: Article) -> None:
    """Have an article looked at again from now on, since statements rest on it."""
    if article.address:
        accept_capture(article, f"{RECHECK}0", delay=RECHECKS[0], priority=-1)


def capture(article_id: int, lease: Lease) -> None:
    """Fetch one article and keep its bytes, if they are new, as a snapshot to be read."""
    article = Article.objects.filter(pk=article_id).first()
    if article is None:
        with lease.done("the article is gone"):
            return
    if not article.address:
        with lease.done("given by hand; there is nothing to fetch"):
            return
    _look_again(article, lease.job)
    try:
        response = _fetch(article)
    except FetchError as error:
        _note_failure(article, lease, judge(lease.job, error))
        return
    digest = store.keep(response.body)
    with lease.done() as outcome:
        if response.final_url != article.url:
            also_at(article, response.final_url)
        snapshot = _snapshot(article, digest, response)
        _note_seen(article, snapshot, response.status)
        _, new = accept_read(snapshot)
        outcome.result = "new snapshot" if new else "not changed"


def _snapshot(article: Article, digest: str, response: Response) -> Snapshot:
    """The snapshot of these bytes; they may be here from an earlier look."""
    snapshot = Snapshot(
        article=article,
        sha256=digest,
        reader=READER,
        size=len(response.body),
        content_type=clean_line(response.content_type, 100),
        final_url=response.final_url,
        redirects=list(response.redirects),
        status=response.status,
        headers=kept_headers(response.headers),
    )
    Snapshot.objects.bulk_create([snapshot], ignore_conflicts=True)
    kept = Snapshot.objects.get(article=article, sha256=digest, reader=READER)
    kept.article = article
    return kept


def _fetch(article: Article) -> Response:
    """Fetch the page at its canonical address, or at another it is known by if that has none.

    Raises `PermanentFetchError` when it leads to a page that is not this article's.
    """
    try:
        response = fetch(article.url)
    except PermanentFetchError as error:
        others = article.aliases.filter(kind=ArticleAlias.Kind.URL).order_by("pk")
        other = others.values_list("value", flat=True).first()
        if error.code != "not-found" or other is None:
            raise
        response = fetch(other, patience=_BETWEEN_ADDRESSES)
    _check_destination(article, response)
    return response


def _check_destination(article: Article, response: Response) -> None:
    """Refuse a page that every lost article of a site leads to, or that is another article's."""
    if not response.redirects:
        return
    if urlsplit(response.final_url).path == "/" and urlsplit(article.url).path != "/":
        raise PermanentFetchError("led-home", response.final_url)
    other = article_at(article.source, response.final_url)
    if other is not None and other != article:
        raise PermanentFetchError("leads-elsewhere", response.final_url)


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Of an answer's headers, those that say what was fetched and when; names in lower case."""
    return {name: clean_line(headers[name], 300) for name in _KEPT_HEADERS if name in headers}


def _note_seen(article: Article, snapshot: Snapshot, status: int) -> None:
    """Record what a look found; reading the bytes may yet tell that they are no article."""
    before = article.visits.filter(snapshot__isnull=False).first()
    if before is None:
        given = article.snapshots.exclude(pk=snapshot.pk).exists()
        outcome = Visit.Outcome.CHANGED if given else Visit.Outcome.NEW
    elif before.snapshot_id == snapshot.pk:
        outcome = Visit.Outcome.UNCHANGED
    else:
        outcome = Visit.Outcome.CHANGED
    if outcome == Visit.Outcome.UNCHANGED and before and before.outcome == Visit.Outcome.WALLED:
        outcome = Visit.Outcome.WALLED
    Visit.objects.create(article=article, outcome=outcome, snapshot=snapshot, status=status)
    if snapshot.read_at is not None:
        article.set_state(Article.State.PRESENT)


def _note_failure(article: Article, lease: Lease, verdict: Verdict) -> None:
    """Record a look that found no page.

    That a page which was kept is there no more is a finding and no failure of the work.
    """
    gone = verdict.code in _GONE
    found_gone = gone and verdict.ended and article.snapshots.exists()
    ending = lease.done(f"gone: {verdict.text}") if found_gone else lease.settled(verdict)
    with ending:
        if not verdict.ended:
            return
        Visit.objects.create(
            article=article,
            outcome=Visit.Outcome.GONE if gone else Visit.Outcome.FAILED,
            reason_code=verdict.code,
            reason_text=verdict.text,
        )
        if gone:
            article.set_state(Article.State.GONE)


def _look_again(article: Article, job: Job) -> None:
    """Accept the look after this one, if this is one of a row of looks.

    Before anything else, so that the row goes on however this look ends.
    """
    _, _, occasion = job.key.split(":", 2)
    if not occasion.startswith(RECHECK):
        return
    step = int(occasion.removeprefix(RECHECK)) + 1
    delay = RECHECKS[min(step, len(RECHECKS) - 1)]
    accept_capture(article, f"{RECHECK}{step}", delay=delay, priority=-1)
