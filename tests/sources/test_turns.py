"""Sources take turns: whoever brings much at once stands aside for those who bring little."""

import itertools
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now

from sources import jobs, verdicts
from sources.capturing import accept_capture
from sources.fetching import TemporaryFetchError
from sources.models import Article, Job, Source
from sources.models.jobs import ROW_LENGTH, ROW_STEP
from sources.polling import poll_now
from tests.factories import ArticleFactory, FeedFactory, SourceFactory
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db

KIND = Job.Kind.CAPTURE
BURST = 500


def bring(source: Source, count: int, *, delay: float = 0, priority: int = 0) -> list[Article]:
    """New articles of a source, each on a host of its own, whose capture is accepted."""
    hosts = (f"https://{source.slug}-{n}.example/" for n in itertools.count())
    begun = Article.objects.filter(source=source).count()
    articles: list[Article] = [
        ArticleFactory(source=source, url=url)
        for url in itertools.islice(hosts, begun, begun + count)
    ]
    for article in articles:
        accept_capture(article, "as of today", delay=delay, priority=priority)
    return articles


def ids(articles: list[Article]) -> list[int]:
    return [article.pk for article in articles]


def claimed() -> Iterator[int]:
    """The articles whose captures a worker is given, one after the other."""
    while (lease := jobs.claim_next()) is not None:
        with lease.done("noted"):
            yield lease.job.subject


@pytest.fixture
def aggregator() -> Source:
    source: Source = SourceFactory(slug="aggregator")
    return source


@pytest.fixture
def paper() -> Source:
    source: Source = SourceFactory(slug="paper")
    return source


def polled(site: Site, source: Source, count: int) -> list[int]:
    """Look at a feed that names so many articles, each on a host of its own; the articles."""
    links = (f"https://{source.slug}-{n}.example/" for n in range(count))
    items = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in links)
    feed = f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'
    site.pages[f"/{source.slug}"] = Page(feed.encode(), "application/rss+xml")
    poll = poll_now(FeedFactory(source=source, url=site.url(f"/{source.slug}")))
    done = jobs.run(poll.pk)
    assert done is not None
    assert done.result.startswith(f"{count} new")
    return list(
        Article.objects.filter(source=source).order_by("pk").values_list("pk", flat=True)
    )


def test_a_source_with_little_does_not_wait_for_one_with_much(
    site: Site, aggregator: Source, paper: Source
) -> None:
    much = polled(site, aggregator, BURST)
    little = polled(site, paper, 3)

    order = list(claimed())

    assert max(order.index(pk) for pk in little) < 6, "each behind at most one of the others"
    assert [pk for pk in order if pk in little] == little
    assert [pk for pk in order if pk not in little] == much


def test_sources_that_bring_much_take_turns() -> None:
    sources = [SourceFactory(slug=f"aggregator-{number}") for number in range(3)]
    brought = [set(ids(bring(source, 20))) for source in sources]

    order = list(claimed())

    for first in range(0, len(order), 3):
        three = order[first : first + 3]
        assert [len(one.intersection(three)) for one in brought] == [1, 1, 1]


def test_a_source_alone_loses_nothing(aggregator: Source) -> None:
    much = bring(aggregator, 50)

    assert list(claimed()) == ids(much)
    assert not Job.objects.due().exists()


def test_what_comes_in_many_polls_stands_in_the_same_row(
    aggregator: Source, paper: Source
) -> None:
    """Or whoever is polled often would have as many rows as polls."""
    for _ in range(5):
        bring(aggregator, 10)
    little = bring(paper, 2)

    order = list(claimed())

    assert max(order.index(pk) for pk in ids(little)) < 5


def test_a_source_whose_work_is_done_begins_a_new_row(
    aggregator: Source, paper: Source
) -> None:
    """It used what nobody else wanted, and owes nothing for that."""
    bring(aggregator, 50)
    assert len(list(claimed())) == 50
    others = bring(paper, 5)
    one = bring(aggregator, 1)

    assert list(claimed()).index(one[0].pk) < len(others)


def test_a_page_that_somebody_asks_for_stands_behind_no_burst(aggregator: Source) -> None:
    bring(aggregator, 50)
    article = ArticleFactory(source=aggregator)

    job, _ = accept_capture(article, "asked for", priority=2)

    assert job.turn_at == job.not_before


def test_nobody_is_put_back_by_more_than_a_day(aggregator: Source) -> None:
    bring(aggregator, 1)
    Job.objects.update(set_back=ROW_LENGTH - ROW_STEP / 2)
    bring(aggregator, 3)

    assert max(Job.objects.values_list("set_back", flat=True)) == ROW_LENGTH
    assert list(claimed()) == list(Job.objects.order_by("pk").values_list("subject", flat=True))


def test_what_is_tried_again_keeps_its_distance(aggregator: Source, paper: Source) -> None:
    bring(aggregator, 20)
    while (lease := jobs.claim_next()) is not None:
        lease.settle(
            verdicts.judge(lease.job, TemporaryFetchError("too-slow", retry_after=5.0))
        )
    ago = timedelta(seconds=90)
    Job.objects.update(not_before=F("not_before") - ago)
    little = bring(paper, 1)

    order = list(claimed())

    assert order.index(little[0].pk) == 2, "behind those whose minute has come"
    assert len(order) == 21


def test_a_clock_that_goes_back_puts_nobody_back_by_more(aggregator: Source) -> None:
    bring(aggregator, 1)
    lease = jobs.claim_next()
    assert lease is not None
    Job.objects.update(not_before=Now() + timedelta(hours=3), set_back=ROW_LENGTH)

    lease.settle(verdicts.judge(lease.job, TemporaryFetchError("too-slow", retry_after=5.0)))

    job = Job.objects.get()
    assert (job.state, job.set_back) == (Job.State.WAITING, ROW_LENGTH)


def test_what_failed_pushes_nothing_new_back(aggregator: Source) -> None:
    """It may be tried again in hours only, and the next article need not stand behind it."""
    bring(aggregator, 1)
    lease = jobs.claim_next()
    assert lease is not None
    lease.settle(verdicts.judge(lease.job, TemporaryFetchError("too-slow", retry_after=7200.0)))
    bring(aggregator, 1)

    job = Job.objects.get(state=Job.State.QUEUED)
    assert job.turn_at == job.not_before


def test_planned_looks_put_nothing_back(aggregator: Source) -> None:
    bring(aggregator, 20, delay=30 * 86400.0, priority=-1)
    bring(aggregator, 1)

    job = Job.objects.in_turn()[0]
    assert (job.priority, job.turn_at) == (0, job.not_before)


def test_what_a_person_asks_for_goes_first(aggregator: Source, paper: Source) -> None:
    bring(paper, 3)
    bring(aggregator, 20)
    asked = bring(aggregator, 1, priority=2)

    assert next(claimed(), None) == asked[0].pk
