"""Why an address is here or not: what is known about it, in sentences. Asks no network."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from django.db.models import Q
from django.utils import timezone
from django.utils.dateformat import format as format_date

from sources.apart import NotStarted, leave_for
from sources.fetching import NotAllowed, check_address, robots
from sources.models import Article, ArticleAlias, Feed, HostState, Job, Snapshot, Source
from sources.reasons import REASONS, sentence
from sources.rules import Leave, RulesError
from sources.urls import PORTS, BadUrl, canonical_url, host_of, parse_url
from sources.verdicts import is_last_try


class Kind(StrEnum):
    """What a finding is about."""

    NOT_AN_ADDRESS = "not-an-address"
    NEVER_FETCHED = "never-fetched"
    FORBIDDEN = "forbidden"
    RULES_UNKNOWN = "rules-unknown"
    UNKNOWN = "unknown"
    SOURCE = "source"
    FEED = "feed"
    SEEN = "seen"
    ALIAS = "alias"
    ALIKE = "alike"
    AWAY = "away"
    CAPTURED = "captured"
    WORKED_ON = "worked-on"
    WAITING = "waiting"
    PLANNED = "planned"
    ENDED_BADLY = "ended-badly"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True)
class Finding:
    """One thing that is known about an address: a sentence, and what to do about it.

    `article`, `source` and `job` are the rows that it speaks of, where there are any.
    """

    kind: Kind
    sentence: str
    next_step: str = ""
    article: Article | None = None
    source: Source | None = None
    job: Job | None = None


_WORK = {
    Job.Kind.CAPTURE: "fetching its page",
    Job.Kind.READ: "reading its text",
    Job.Kind.ATTRIBUTE: "looking for the statements in it",
}
_ENDED = [*Job.EXPLAINED, Job.State.CANCELLED]


def whereabouts(url: str) -> list[Finding]:
    """Return all that is known about an address, whatever was typed."""
    try:
        canonical = canonical_url(url)
        names = {url.strip(), canonical, urlunsplit(parse_url(url))}
    except BadUrl as error:
        why = sentence("bad-url", str(error))
        return [Finding(Kind.NOT_AN_ADDRESS, why, REASONS["bad-url"].next_step)]
    found: list[Finding] = []
    for article in _named(names):
        found += _about(article, canonical)
    if not found:
        for article in _named(_spellings(canonical)):
            found += [_alike(article), *_about(article, article.url)]
    refused = list(_not_allowed(canonical))
    if not found and any(one.kind == Kind.NEVER_FETCHED for one in refused):
        return refused  # to add it would be of no use
    return (found or list(_about_unknown(canonical))) + refused


def _named(names: set[str]) -> list[Article]:
    """The articles that go by one of these names."""
    # The sources are named so that the index on source and value can be used.
    sources = list(Source.objects.values_list("pk", flat=True))
    aliases = ArticleAlias.objects.filter(source__in=sources, value__in=names)
    named = Q(url__in=names) | Q(pk__in=list(aliases.values_list("article", flat=True)))
    return list(Article.objects.for_page().select_related("added_by").filter(named)[:10])


def _spellings(url: str) -> set[str]:
    """The same address with and without www., over http and https."""
    parts = urlsplit(url)
    hosts = {_bare(parts.netloc), f"www.{_bare(parts.netloc)}"}
    return {
        urlunsplit(parts._replace(scheme=scheme, netloc=host))
        for scheme in PORTS
        for host in hosts
    }


def _alike(article: Article) -> Finding:
    said = (
        "This very address is not known. Written with or without www., with http or https, it "
        f"is that of the article at {article.url}."
    )
    return Finding(
        Kind.ALIKE, said, "If it shows another page, add it by hand.", article=article
    )


def _about(article: Article, url: str) -> Iterator[Finding]:
    """What is known about an article, in the order in which it came about."""
    yield _seen(article)
    if article.url != url:
        known = f"This address is another name of the article at {article.url}."
        yield Finding(Kind.ALIAS, known, article=article)
    newest = article.snapshots.defer("text").order_by("-fetched_at", "-pk").first()
    if newest is not None:
        yield _captured(article, newest)
    if article.state in {Article.State.GONE, Article.State.WALLED}:
        yield _away(article)
    jobs = _unfinished(article)
    yield from (_work(article, job, newest) for job in jobs)
    if newest is None and not jobs:
        nothing = "Nothing of it was captured, and no work for it is open."
        yield Finding(
            Kind.FORGOTTEN, nothing, "Have it captured again in the admin.", article=article
        )


def _seen(article: Article) -> Finding:
    if article.feed is not None:
        how = f"Seen in the feed {article.feed.url} of {article.source.name}"
    elif article.added_by is not None:
        how = f"Added for {article.source.name} by {article.added_by.get_username()}"
    elif article.by_hand:
        how = f"Added for {article.source.name} by hand"
    else:
        how = f"Seen in a feed of {article.source.name} that is not here any more"
    said = f"{how} on {_moment(article.found_at)}."
    return Finding(Kind.SEEN, said, article=article, source=article.source)


def _captured(article: Article, newest: Snapshot) -> Finding:
    how = "The text was given by hand" if newest.given else "Its page was captured"
    read = "and read" if newest.read_at else "and not read yet"
    said = f"{how} on {_moment(newest.fetched_at)} {read}."
    return Finding(Kind.CAPTURED, said, article=article)


def _away(article: Article) -> Finding:
    gone = article.state == Article.State.GONE
    since = f" since {_moment(article.state_since)}" if article.state_since else ""
    said = f"The page is {'gone' if gone else 'behind a wall'}{since}."
    step = REASONS["gone" if gone else "wall"].next_step
    return Finding(Kind.AWAY, said, step, article=article)


def _unfinished(article: Article) -> list[Job]:
    """The newest job of each kind, unless it is done."""
    newest = {job.kind: job for job in Job.objects.on_the_way_of(article).order_by("pk")}
    return [job for job in newest.values() if job.state != Job.State.DONE]


def _work(article: Article, job: Job, newest: Snapshot | None) -> Finding:
    """How a job stands that is not done."""
    work = _WORK[Job.Kind(job.kind)]
    reason = REASONS.get(job.reason_code)
    why = job.reason_text or (reason.sentence if reason else "")
    step = reason.next_step if reason else ""
    if job.state == Job.State.LEASED:
        said = f"A worker is {work} now."
        return Finding(Kind.WORKED_ON, said, article=article, job=job)
    if job.state in _ENDED:
        ended = f" on {_moment(job.finished_at)}" if job.finished_at else ""
        said = f"The work of {work} ended badly{ended}. {why}".strip()
        return Finding(Kind.ENDED_BADLY, said, step, article=article, job=job)
    if job.kind == Job.Kind.CAPTURE and newest is not None and not why:
        said = f"The page is looked at again after {_moment(job.not_before)}."
        return Finding(Kind.PLANNED, said, article=article, job=job)
    said = f"The work of {work} waits since {_moment(job.created_at)}. {why}".strip()
    return Finding(Kind.WAITING, f"{said} {_turn(article, job)}", step, article, job=job)


def _turn(article: Article, job: Job) -> str:
    """When waiting work is taken up, as far as that can be told."""
    now = timezone.now()
    if job.not_before > now:
        taken_up = "tried once more" if is_last_try(job) else "taken up"
        return f"It is {taken_up} after {_moment(job.not_before)}."
    host = _host_state(article.address) if job.kind == Job.Kind.CAPTURE else None
    if host is not None and host.next_allowed_at > now:
        return f"The host {host.host} is left alone until {_moment(host.next_allowed_at)}."
    if host is not None and host.token_until is not None and host.token_until > now:
        return f"Another request has its turn with the host {host.host}."
    return "It is due: the next free worker takes it up."


def _about_unknown(url: str) -> Iterator[Finding]:
    """What is known about an address that nobody has seen: whose it is, and where we look."""
    yield Finding(
        Kind.UNKNOWN,
        "This address was in no feed that was read, and nobody has added it.",
        "Add it by hand.",
    )
    host = _bare(host_of(url))
    sources = _sources_on(host)
    if not sources:
        nobody = f"No source here has its pages on {host}, so nothing there is looked at."
        yield Finding(Kind.SOURCE, nobody, "Add a source and its feed in the admin.")
    for source in sources:
        yield Finding(Kind.SOURCE, f"{host} is a host of {source.name}.", source=source)
        yield from _feeds_of(source)


def _sources_on(host: str) -> list[Source]:
    """The sources whose home page or one of whose feeds is on this host."""
    homes = Source.objects.exclude(homepage="").values_list("pk", "homepage")
    feeds = Feed.objects.values_list("source", "url")
    on_host = {pk for pk, url in [*homes, *feeds] if _bare(urlsplit(url).netloc) == host}
    return list(Source.objects.filter(pk__in=on_host))


def _feeds_of(source: Source) -> Iterable[Finding]:
    feeds = source.feeds.exclude(kind=Feed.Kind.BY_HAND)
    looked_at = [_feed(source, feed) for feed in feeds.filter(enabled=True)]
    if looked_at:
        return looked_at
    off = feeds.count()
    have = f"None of its {off} feeds is switched on" if off else "It has no feed"
    step = "Switch a feed on in the admin." if off else "Add a feed in the admin."
    said = f"{have}, so nothing new of it is found."
    return [Finding(Kind.FEED, said, step, source=source)]


def _feed(source: Source, feed: Feed) -> Finding:
    read = (
        f"last read well on {_moment(feed.succeeded_at)}"
        if feed.succeeded_at
        else "never read well"
    )
    said = f"Its feed {feed.url} ({feed.get_kind_display()}) was {read}."
    reason = REASONS.get(feed.error_code)
    if not feed.failures or reason is None:
        return Finding(Kind.FEED, said, source=source)
    why = feed.error_text or reason.sentence
    return Finding(Kind.FEED, f"{said} {why}", reason.next_step, source=source)


def _not_allowed(url: str) -> Iterator[Finding]:
    """Why the address would not be fetched, by our rules or by those its host gave last."""
    try:
        check_address(url)
    except NotAllowed as error:
        yield Finding(Kind.NEVER_FETCHED, str(error), REASONS[error.code].next_step)
        return
    host = _host_state(url)
    if host is None or host.robots_status is None:
        return
    leave = _last_known_leave(host.robots_status, host.robots, url)
    if leave is None:
        unknown = REASONS["robots-unknown"]
        yield Finding(Kind.RULES_UNKNOWN, unknown.sentence, unknown.next_step)
    elif not leave.allowed:
        yield Finding(Kind.FORBIDDEN, sentence("robots"), REASONS["robots"].next_step)


def _last_known_leave(status: int, rules: str, url: str) -> Leave | None:
    """What the rules that a host gave last say of an address; None when nobody can know."""
    if status == robots.UNKNOWN or status >= 500:
        return None
    try:
        return leave_for(rules, url) if 200 <= status < 300 else Leave()
    except (RulesError, NotStarted):
        return None


def _host_state(url: str) -> HostState | None:
    return HostState.objects.filter(host=host_of(url)).first() if url else None


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _moment(at: datetime | None) -> str:
    return f"{format_date(at, 'j F Y, H:i')} UTC" if at else ""
