"""How fresh the archive is, and what ingestion says to the people who run it."""

from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from sources.models import Heartbeat, HostState, Job
from tests.factories import ArticleFactory, FeedFactory, SnapshotFactory, UserFactory

pytestmark = pytest.mark.django_db


def signed_in(group: str, user: User | None = None) -> Client:
    reader: User = user or UserFactory()
    reader.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(reader)
    return client


def dead_job(**values: object) -> Job:
    return Job.objects.create(
        **{
            "kind": Job.Kind.CAPTURE,
            "key": "capture:1",
            "subject": ArticleFactory().pk,
            "state": Job.State.DEAD,
            "reason_code": "not-found",
            "attempts": 2,
            **values,
        }
    )


def test_a_failing_source_is_named_without_its_error_to_the_public(client: Client) -> None:
    FeedFactory(
        source__name="Invented Courier",
        failures=2,
        error_code="tls-failed",
        error_text="The certificate of 10.0.0.7 has expired.",
    )

    public = client.get("/status/")

    assertContains(public, "Invented Courier")
    assertContains(public, "failing")
    assertNotContains(public, "certificate")
    assertContains(
        signed_in("analyst").get("/ingest/"), "The certificate of 10.0.0.7 has expired."
    )
    assertContains(signed_in("analyst").get("/ingest/"), "Tell the source")


def test_a_source_that_was_not_seen_for_two_intervals_is_late(client: Client) -> None:
    now = timezone.now()
    FeedFactory(interval=600, succeeded_at=now - timedelta(minutes=5))
    FeedFactory(interval=600, succeeded_at=now - timedelta(hours=1))
    FeedFactory(interval=600, succeeded_at=None)
    FeedFactory(enabled=False, failures=3)

    counts = client.get("/status/").context["counts"]

    assert counts == {"ok": 1, "late": 1, "failing": 0, "new": 1}


def test_a_schedule_that_stopped_is_said_aloud(client: Client) -> None:
    beat = Heartbeat.objects.create(name="beat", beat_at=timezone.now())
    assertNotContains(client.get("/status/"), "The schedule has stopped")

    beat.beat_at = timezone.now() - timedelta(minutes=10)
    beat.save()

    assertContains(client.get("/status/"), "The schedule has stopped")


def test_work_that_ended_badly_has_a_sentence_a_step_and_a_button() -> None:
    job = dead_job()

    page = signed_in("editor").get("/ingest/")

    assertContains(page, "The page is not there. Check the address")
    assertContains(page, f'action="/ingest/jobs/{job.pk}/retry/"')


def test_what_cannot_be_retried_has_no_button() -> None:
    job = dead_job(reason_code="gone")

    assertNotContains(signed_in("editor").get("/ingest/"), f"/ingest/jobs/{job.pk}/retry/")


def test_an_editor_retries_and_cancels_work() -> None:
    job, editor = dead_job(), signed_in("editor")

    retried = editor.post(f"/ingest/jobs/{job.pk}/retry/", follow=True)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.QUEUED, 0)
    assertContains(retried, "It is queued again.")

    editor.post(f"/ingest/jobs/{job.pk}/cancel/")
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_an_analyst_retries_the_work_of_own_articles_only() -> None:
    user: User = UserFactory()
    analyst = signed_in("analyst", user)
    own = dead_job(subject=ArticleFactory(added_by=user).pk)
    others = dead_job(key="capture:2")
    own_text = dead_job(
        kind=Job.Kind.READ, key="read:1", subject=SnapshotFactory(article__added_by=user).pk
    )

    answers = [
        analyst.post(f"/ingest/jobs/{job.pk}/retry/").status_code
        for job in (own, others, own_text)
    ]

    assert answers == [302, 403, 302]
    others.refresh_from_db()
    assert others.state == Job.State.DEAD


def test_a_link_retries_nothing() -> None:
    job = dead_job()

    assert signed_in("editor").get(f"/ingest/jobs/{job.pk}/retry/").status_code == 405


def test_an_editor_has_a_feed_looked_at_now() -> None:
    feed = FeedFactory()

    signed_in("editor").post(f"/ingest/feeds/{feed.pk}/poll/")

    assert Job.objects.get().subject == feed.pk


def test_the_oldest_due_work_is_shown() -> None:
    Job.objects.create(
        kind="poll", key="p", subject=1, not_before=timezone.now() - timedelta(days=1)
    )

    assertContains(signed_in("analyst").get("/ingest/"), "oldest due work")


def test_open_work_lists_what_is_under_way_and_counts_what_is_planned() -> None:
    due, later, tried = (
        Job.objects.create(kind="capture", key=f"capture:{n}", subject=ArticleFactory().pk)
        for n in range(3)
    )
    soon = timezone.now() + timedelta(hours=1)
    Job.objects.filter(pk__in=[later.pk, tried.pk]).update(not_before=soon)
    Job.objects.filter(pk=tried.pk).update(state="waiting", reason_code="server-error")

    page = signed_in("editor").get("/ingest/")

    assert {row.job.pk for row in page.context["open"]} == {due.pk, tried.pk}
    assert page.context["open_count"] == 2
    assertContains(page, "1 more look at kept articles")
    assertContains(page, "The host answered that it has a fault. Nothing to do")


def test_work_is_counted_by_kind_and_state() -> None:
    dead_job()
    dead_job(key="capture:2")

    work = dict(signed_in("editor").get("/ingest/").context["work"])

    assert dict(work["Capture"])["given up"] == 2
    assert sum(count for states in work.values() for _, count in states) == 2


def test_a_feed_that_is_looked_at_less_often_says_so_and_is_not_late(client: Client) -> None:
    now = timezone.now()
    FeedFactory(interval=1800, pace=7200, succeeded_at=now - timedelta(hours=3))

    page = client.get("/status/")

    assert page.context["counts"]["ok"] == 1
    for answer in (page, signed_in("analyst").get("/ingest/")):
        assertContains(answer, "2 h now")
        assertContains(answer, "more often when new articles come, down to 30 min")


def test_a_feed_that_has_moved_waits_for_an_editor() -> None:
    feed = FeedFactory(
        moved_to="http://feeds.example/new.xml", moved_polls=2, moved_since=timezone.now()
    )

    for_analysts = signed_in("analyst").get("/ingest/")
    assertContains(for_analysts, "http://feeds.example/new.xml")
    assertNotContains(for_analysts, "Accept the new address")

    editor = signed_in("editor")
    assertContains(editor.get("/ingest/"), f'action="/ingest/feeds/{feed.pk}/move/"')
    done = editor.post(f"/ingest/feeds/{feed.pk}/move/", follow=True)
    assertContains(done, "looked at under http://feeds.example/new.xml from now on")
    assertNotContains(done, "Feeds that have moved")


def test_a_move_that_is_refused_says_why() -> None:
    FeedFactory(url="http://feeds.example/new.xml")
    feed = FeedFactory(moved_to="http://feeds.example/new.xml")

    done = signed_in("editor").post(f"/ingest/feeds/{feed.pk}/move/", follow=True)

    assertContains(done, "Another feed has the address")
    feed.refresh_from_db()
    assert feed.moved_to


def test_pages_that_need_a_look_are_counted_and_lead_to_the_admin() -> None:
    ArticleFactory(state="gone")
    snapshot = SnapshotFactory(held="parse-failed", title="A headline")
    admin = f"/admin/sources/article/{snapshot.article_id}/change/"

    for_analysts = signed_in("analyst").get("/ingest/")
    assertContains(for_analysts, "1 gone")
    assertContains(for_analysts, "1 date that needs a look")
    assertContains(for_analysts, "A headline")
    assertNotContains(for_analysts, admin)

    for_staff = signed_in("editor", UserFactory(is_staff=True)).get("/ingest/")
    assertContains(for_staff, admin)
    assertContains(for_staff, "/admin/sources/article/?state__exact=gone")


def test_workers_that_give_no_sign_are_named_and_not_the_schedule(client: Client) -> None:
    gone = timezone.now() - timedelta(minutes=10)
    for name in ("beat", "sweep"):
        Heartbeat.objects.create(name=name, beat_at=gone)

    page = client.get("/status/")

    assertContains(page, "No worker is at work")
    assertNotContains(page, "The schedule has stopped")


def test_a_feed_whose_turn_has_passed_is_late(client: Client) -> None:
    FeedFactory(
        interval=3600,
        succeeded_at=timezone.now() - timedelta(minutes=50),
        next_poll_at=timezone.now() - timedelta(minutes=5),
    )

    assertContains(signed_in("analyst").get("/ingest/"), "1 late")


def test_cancelled_work_can_be_taken_up_again(client: Client) -> None:
    job = Job.objects.create(
        kind=Job.Kind.CAPTURE, key="c", subject=ArticleFactory().pk, state=Job.State.CANCELLED,
        reason_code="cancelled",
    )  # fmt: skip

    assertContains(signed_in("editor").get("/ingest/"), f"/ingest/jobs/{job.pk}/retry/")


def test_a_network_that_is_down_says_so_once(client: Client) -> None:
    assert b"cannot be reached at once" not in client.get("/status/").content
    for number in range(5):
        HostState.objects.create(host=f"{number}.example", unreachable_at=timezone.now())

    assert b"cannot be reached at once" in client.get("/status/").content


def test_a_clock_that_is_wrong_says_so(client: Client) -> None:
    Heartbeat.objects.create(name="beat", beat_at=timezone.now())
    assert b"clocks of" not in client.get("/status/").content

    hour_ahead = timezone.now() + timedelta(hours=1)
    with mock.patch("statements.views.status.timezone.now", return_value=hour_ahead):
        page = client.get("/status/").content.decode()

    assert "differ by 59 minutes" in page or "differ by 60 minutes" in page
    assert "schedule has stopped" not in page
