"""F14: sixteen at once bring the same article, the same name of it, the same bytes."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import pytest
from django.db import connection, transaction

from sources.articles import add_article
from sources.by_hand import accept_text, accept_url
from sources.capturing import accept_capture
from sources.models import Article, ArticleAlias, Feed, Job, Snapshot
from tests.factories import FeedFactory, SourceFactory
from tests.faults.lives import living
from tests.faults.load import Load, unfinished, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")
MANY = 16


def at_once(do: Callable[[int], T]) -> list[T]:
    """What sixteen threads get that do it at the same moment, each with its own connection."""
    barrier = threading.Barrier(MANY)

    def one(number: int) -> T:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def test_the_same_address_is_one_article_with_one_job(load: Load) -> None:
    url = load.article()

    accepted = at_once(lambda _: accept_url(url))

    assert len({one.article.pk for one in accepted}) == 1
    assert sum(one.created for one in accepted) == 1
    assert Job.objects.count() == 1


def test_the_same_address_and_name_in_two_feeds_is_one_article(load: Load) -> None:
    source = SourceFactory()
    url = load.article()

    @transaction.atomic
    def take(_: int) -> bool:
        article, created = add_article(source, url, guid="the same")
        accept_capture(article, "as of today")
        return created

    assert sum(at_once(take)) == 1
    assert Article.objects.count() == 1
    assert ArticleAlias.objects.filter(kind=ArticleAlias.Kind.GUID).count() == 1
    assert Job.objects.count() == 1


def test_two_feeds_that_name_the_same_articles_at_other_addresses_make_them_once(
    load: Load, tmp_path: Path
) -> None:
    source = SourceFactory()
    count = 20
    for number, site in enumerate(load.sites[:2]):
        paths = [f"/{number}/{name}" for name in range(count)]
        names = [f"name {name}" for name in range(count)]
        site.rss("/both", *zip(paths, names, names, strict=True))
        FeedFactory(source=source, url=site.url("/both"))

    with ExitStack() as stack:
        pollers = []
        for number in range(2):
            mark = tmp_path / str(number)
            orders = {"point": "poll: fetched", "mark": mark, "stalls": True}
            pollers.append(stack.enter_context(living(steps=("tick", "work"), **orders)))
            wait_for("a feed is fetched", mark.exists)
        for poller in pollers:
            assert poller.pid is not None
            os.kill(poller.pid, signal.SIGCONT)
        wait_for("both are polled", lambda: Feed.objects.filter(polls=1).count() == 2)

    assert Article.objects.count() == count
    assert ArticleAlias.objects.filter(kind=ArticleAlias.Kind.GUID).count() == count


def test_the_same_bytes_are_one_article_one_version_and_one_file(load: Load) -> None:
    body = b"Minister Ada Example said that the invented pact would stay as it was.\n" * 5

    source = SourceFactory()

    accepted = at_once(lambda _: accept_text(body, "text/plain", source=source))

    assert sum(one.created for one in accepted) == 1
    assert (Article.objects.count(), Snapshot.objects.count(), Job.objects.count()) == (1, 1, 1)
    assert len([path for path in load.store.rglob("*") if path.is_file()]) == 1


def test_one_article_captured_by_many_at_once_has_one_version(load: Load) -> None:
    source = SourceFactory()
    article, _ = add_article(source, load.article())
    for number in range(MANY):
        accept_capture(article, f"occasion {number}")
    # As if each had another host: else only one would be asking at a time.
    Job.objects.update(host="")

    with ExitStack() as stack:
        for _ in range(4):
            stack.enter_context(living(steps=("work",), seconds=30))
        wait_for("everything is done", lambda: not unfinished(), 60)

    assert Snapshot.objects.count() == 1
    assert Job.objects.filter(kind=Job.Kind.READ).count() == 1
    assert article.visits.count() == MANY
