"""Staff ask by an address why an article is not here."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django.asserts import assertContains, assertNotContains

from sources.models import Job
from tests.factories import ArticleFactory, FeedFactory, SnapshotFactory, UserFactory
from tests.statements.test_status import dead_job, signed_in

pytestmark = pytest.mark.django_db

URL = "http://news.example/pact?a=1&b=<i>"


@pytest.mark.parametrize("page", ["/ingest/", "/add/", "/ingest/why/"])
def test_the_question_is_asked_where_staff_look_for_articles(page: str) -> None:
    answer = signed_in("analyst").get(page)

    assertContains(answer, "Why is this article not here?")
    assertContains(answer, 'action="/ingest/why/"')


def test_an_unseen_address_can_be_added_with_one_click() -> None:
    feed = FeedFactory(url="http://news.example/feed.xml")
    analyst = signed_in("analyst")

    page = analyst.get("/ingest/why/", {"url": URL})

    add = "/add/?url=http%3A%2F%2Fnews.example%2Fpact%3Fa%3D1%26b%3D%3Ci%3E"
    assertContains(page, f'href="{add}"')
    assertContains(page, f'href="/sources/{feed.source.slug}/"')
    assertNotContains(page, "<i>")
    assert analyst.get(add).context["form"]["url"].value() == URL


def test_a_captured_article_is_led_to() -> None:
    snapshot = SnapshotFactory()

    page = signed_in("analyst").get("/ingest/why/", {"url": snapshot.article.url})

    assertContains(page, f'href="/articles/{snapshot.article_id}/"')
    assertNotContains(page, "Add it")


def test_what_ended_badly_is_tried_again_by_whom_it_concerns() -> None:
    user: User = UserFactory()
    own, others = ArticleFactory(added_by=user), ArticleFactory()
    jobs = [dead_job(subject=own.pk), dead_job(subject=others.pk, key="capture:2")]
    analyst, editor = signed_in("analyst", user), signed_in("editor")

    def retry_offered(client: Any, url: str, job: Job) -> bool:
        page = client.get("/ingest/why/", {"url": url})
        assertContains(page, "The page is not there.")
        return f'action="/ingest/jobs/{job.pk}/retry/"' in page.content.decode()

    assert retry_offered(analyst, own.url, jobs[0])
    assert not retry_offered(analyst, others.url, jobs[1])
    assert retry_offered(editor, others.url, jobs[1])


def test_what_cannot_be_retried_has_no_button() -> None:
    article = ArticleFactory()
    dead_job(subject=article.pk, reason_code="gone")

    assertNotContains(
        signed_in("editor").get("/ingest/why/", {"url": article.url}), "Try again"
    )


def test_an_endless_address_is_answered() -> None:
    page = signed_in("analyst").get("/ingest/why/", {"url": "http://a.example/" + "x" * 5000})

    assertContains(page, "longer than 2000 characters")
