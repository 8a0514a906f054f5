"""Work for the processes of a test, and what must have come of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import Count

from sources.models import Article, Feed, Job, Snapshot, Visit
from statements.models import Attestation, Statement
from statements.verification import verify
from tests.factories import FeedFactory
from tests.sources.pages import Page, Site

LINES = 4  # statements of an article


@dataclass
class Load:
    """Articles of invented sites, and how many of each kind there are."""

    sites: list[Site]
    store: Path
    articles: int = 0
    gone: int = 0
    feeds: list[Feed] = field(default_factory=list)

    def article(self, site: Site | None = None) -> str:
        """One more article that nobody has named yet; its address."""
        site = site or self.sites[self.articles % len(self.sites)]
        self.articles += 1
        number = self.articles
        lines = [
            f"Minister Ada Example said that point {number}.{line} of the invented pact would stay."
            for line in range(LINES)
        ]
        return site.html(f"/story/{number}", f"Story {number}", *lines)

    def feed(self, articles: int = 1, gone: int = 0, site: Site | None = None) -> Feed:
        """A due feed that names so many new articles, and so many that are gone for good."""
        number = len(self.feeds)
        site = site or self.sites[number % len(self.sites)]
        urls = [self.article(site) for _ in range(articles)]
        for name in range(gone):
            site.pages[f"/gone/{number}/{name}"] = Page(status=410)
            urls.append(site.url(f"/gone/{number}/{name}"))
        self.gone += gone
        paths = [url.removeprefix(site.url("")) for url in urls]
        feed: Feed = FeedFactory(
            url=site.rss(f"/feed/{number}", *((path, path, path) for path in paths))
        )
        self.feeds.append(feed)
        return feed

    def assert_done_once(self) -> None:
        """Each article has one snapshot with its statements, and nothing is there twice."""
        assert unfinished() == []
        assert ended_badly() == {"gone": self.gone} if self.gone else ended_badly() == {}
        assert Article.objects.count() == self.articles + self.gone
        assert Snapshot.objects.read().count() == Snapshot.objects.count() == self.articles
        assert Visit.objects.count() == self.articles + self.gone
        assert Attestation.objects.count() == Statement.objects.count() == LINES * self.articles
        twice = Article.objects.annotate(n=Count("snapshots")).filter(n__gt=1)
        assert not twice.exists()
        assert verify().findings == ()
        assert [feed.polls for feed in Feed.objects.all()] == [1] * len(self.feeds)


def unfinished() -> list[tuple[str, str, str]]:
    """Accepted work that is not finished, but for later looks."""
    left = Job.objects.open().exclude(key__contains=":recheck:")
    return list(left.values_list("key", "state", "reason_text"))


def ended_badly() -> dict[str, int]:
    """How many jobs ended otherwise than done, by reason."""
    ended = Job.objects.filter(state__in=Job.EXPLAINED).values_list("reason_code")
    return dict(ended.annotate(n=Count("pk")).order_by())


def wait_for(what: str, true: Callable[[], object], seconds: float = 30.0) -> float:
    """Return how many seconds it took to become true; fail the test when it does not."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"not within {seconds} s: {what}; open: {unfinished()[:5]}")
        time.sleep(0.05)
    return time.monotonic() - began
