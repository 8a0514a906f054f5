"""Pages are edited, withdrawn and walled off: every look at them is recorded."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from sources import apart, capturing, jobs, sweeping, verdicts
from sources.apart.limits import Limits
from sources.articles import also_at
from sources.by_hand import accept_text, accept_url
from sources.capturing import RECHECKS, accept_capture, keep_looking
from sources.models import Article, HostState, Job, Visit
from tests.factories import SourceFactory
from tests.sources.conftest import run_all
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db

TEXT = (
    "Minister Ada Example said on Thursday that the invented treaty would enter into force in "
    "the spring, once both invented parliaments had voted on it."
)


@pytest.fixture(autouse=True)
def _kinds_of_this_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attribution is another room's work: here its jobs just wait."""
    monkeypatch.delitem(jobs._HANDLERS, Job.Kind.ATTRIBUTE, raising=False)


def added(site: Site, path: str = "/a") -> Article:
    """An article whose page was captured and read once."""
    article = accept_url(site.url(path), source=SourceFactory()).article
    run_all()
    article.refresh_from_db()
    return article


def look(article: Article, times: int = 1) -> Article:
    """Look at the page again, as often as it takes to end."""
    for _ in range(times):
        accept_capture(article, f"look {Job.objects.count()}")
        for _ in range(verdicts.MOST_ATTEMPTS):
            Job.objects.filter(state=Job.State.WAITING).update(not_before=Now())
            run_all()
    article.refresh_from_db()
    return article


def outcomes(article: Article) -> list[str]:
    return list(article.visits.order_by("pk").values_list("outcome", flat=True))


def test_looks_tell_unchanged_from_changed(site: Site) -> None:
    site.html("/a", "One", TEXT)
    article = look(added(site))
    site.html("/a", "One", TEXT, "This paragraph was added later without a word about it.")
    look(article)

    assert outcomes(article) == ["new", "unchanged", "changed"]
    assert article.state == Article.State.PRESENT
    assert article.snapshots.count() == 2


def test_other_bytes_around_the_same_text_are_no_change(site: Site) -> None:
    site.html("/a", "One", TEXT, head="<!-- advertisement 1 -->")
    article = added(site)
    site.html("/a", "One", TEXT, head="<!-- advertisement 2 -->")

    look(article)

    assert outcomes(article) == ["new", "unchanged"]
    assert article.snapshots.values("text_sha256").distinct().count() == 1


def test_a_page_that_goes_back_to_its_old_text_is_a_change_each_time(site: Site) -> None:
    """S21: two versions however often they take turns, and each turn is on record."""
    site.html("/a", "One", TEXT)
    article = added(site)
    for extra in ("There is a line more.", None, "There is a line more."):
        site.html("/a", "One", TEXT, *filter(None, [extra]))
        look(article)

    assert outcomes(article) == ["new", "changed", "changed", "changed"]
    assert article.snapshots.count() == 2


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_says_so_and_keeps_its_text(site: Site, status: int) -> None:
    site.html("/a", "One", TEXT)
    article = added(site)
    site.pages["/a"] = Page(b"", status=status)

    look(article)

    visit = article.visits.first()
    assert visit is not None
    assert outcomes(article) == ["new", "gone"]
    assert visit.reason_text
    assert article.state == Article.State.GONE
    assert article.state_since is not None
    assert TEXT in article.snapshots.get().text

    since = look(article).state_since
    site.html("/a", "One", TEXT)
    assert look(article).state == Article.State.PRESENT
    assert since is not None
    assert article.state_since is not None
    assert article.state_since > since


def test_a_page_behind_a_wall_says_so_and_keeps_its_text(site: Site) -> None:
    site.html("/a", "One", TEXT)
    article = added(site)
    site.html("/a", "Just a moment", "Checking your browser. Please enable JavaScript.")

    look(article, times=2)

    assert outcomes(article) == ["new", "walled", "walled"]
    assert article.state == Article.State.WALLED
    assert article.snapshots.read().count() == 1


def test_a_host_that_fails_for_a_while_leaves_the_state_as_it_was(site: Site) -> None:
    site.html("/a", "One", TEXT)
    article = added(site)
    site.pages["/a"] = Page(b"", status=500)

    look(article)

    assert outcomes(article) == ["new", "failed"]
    assert article.state == Article.State.PRESENT


@pytest.mark.parametrize("status", [301, 302])
def test_a_page_that_leads_to_the_front_page_is_gone(site: Site, status: int) -> None:
    site.html("/a", "One", TEXT)
    site.html("/", "Front page", TEXT, "And much more of what an invented outlet prints.")
    article = added(site)
    site.pages["/a"] = Page(b"", status=status, headers={"Location": "/"})

    look(article)

    assert outcomes(article) == ["new", "gone"]
    assert article.snapshots.count() == 1


def test_a_page_that_leads_to_another_article_is_not_read_as_this_one(site: Site) -> None:
    site.html("/b", "Two", TEXT)
    source = SourceFactory()
    accept_url(site.url("/b"), source=source)
    run_all()
    site.pages["/a"] = Page(b"", status=301, headers={"Location": "/b"})
    article = accept_url(site.url("/a"), source=source).article
    look(article)

    assert not article.snapshots.exists()
    dead = Job.objects.filter(kind=Job.Kind.CAPTURE, reason_code="leads-elsewhere")
    assert dead.filter(state=Job.State.DEAD).exists()


def test_a_reading_that_is_tried_again_says_nothing_of_the_page_yet(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.html("/a", "One", TEXT)
    apart.CHILD.end()
    with monkeypatch.context() as patch:
        patch.setattr(apart.CHILD, "limits", Limits(seconds=0.0))
        article = accept_url(site.url("/a"), source=SourceFactory()).article
        run_all()
    apart.CHILD.end()
    read = Job.objects.get(kind=Job.Kind.READ)
    assert (read.state, read.reason_code) == (Job.State.WAITING, "parse-exceeded")
    assert outcomes(article) == ["new"]

    Job.objects.filter(pk=read.pk).update(not_before=Now())
    run_all()

    assert outcomes(article) == ["new"]
    assert article.snapshots.read().count() == 1


# ------------------------------------------------------------------ the row of looks


def test_an_article_is_looked_at_at_widening_intervals(site: Site) -> None:
    site.html("/a", "One", TEXT)
    article = added(site)
    assert not Job.objects.planned().exists()

    keep_looking(article)
    keep_looking(article)

    for step, delay in enumerate([*RECHECKS, RECHECKS[-1], RECHECKS[-1]]):
        planned = Job.objects.planned().get()
        assert planned.key == f"capture:{article.pk}:recheck:{step}"
        ahead = planned.not_before - timezone.now()
        assert abs(ahead - timedelta(seconds=delay)) < timedelta(seconds=20)
        Job.objects.filter(pk=planned.pk).update(not_before=Now())
        run_all()
    assert outcomes(article) == ["new", *["unchanged"] * (len(RECHECKS) + 2)]


def test_the_row_goes_on_when_the_page_is_gone(site: Site) -> None:
    site.html("/a", "One", TEXT)
    article = added(site)
    keep_looking(article)
    site.pages["/a"] = Page(b"", status=410)

    Job.objects.planned().update(not_before=Now())
    run_all()

    assert outcomes(article) == ["new", "gone"]
    assert Job.objects.planned().get().key.endswith(":recheck:1")


def test_the_row_goes_on_when_a_look_kills_its_worker_each_time(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.html("/a", "One", TEXT)
    article = added(site)
    keep_looking(article)
    first = Job.objects.planned().get()

    def dies(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(capturing, "_fetch", dies)
    for _ in range(verdicts.MOST_CRASHES):
        Job.objects.filter(pk=first.pk).update(not_before=Now())
        with pytest.raises(SystemExit):
            jobs.run(first.pk)
        Job.objects.filter(pk=first.pk).update(lease_until="2020-01-01T00:00:00Z")
        sweeping.sweep()

    first.refresh_from_db()
    assert (first.state, first.reason_code) == (Job.State.DEAD, "worker-died")
    assert Job.objects.planned().get().key.endswith(":recheck:1")


def test_a_text_without_an_address_is_not_looked_at() -> None:
    article = accept_text(TEXT.encode(), "text/plain", source=SourceFactory()).article
    run_all()

    keep_looking(article)

    assert not Job.objects.planned().exists()
    assert not Visit.objects.exists()
    assert article.state == Article.State.UNSEEN


def test_a_page_with_two_addresses_that_is_gone_from_both_is_not_asked_for_ever(
    site: Site, settings: Any
) -> None:
    """Its host lets nobody ask twice in a row, so the second address has to be waited for."""
    site.html("/a", "One", TEXT)
    article = added(site)
    also_at(article, site.url("/old-name"))
    site.pages["/a"] = Page(b"", status=404)
    settings.PRIVATE_GAP_SECONDS = 0.6
    site.asked.clear()

    job, _ = accept_capture(article, "one more look")
    for _ in range(8):
        Job.objects.filter(pk=job.pk).update(not_before=Now())
        HostState.objects.update(next_allowed_at=Now())
        jobs.run(job.pk)

    assert site.asked == ["/a", "/old-name"] * 2
    assert outcomes(article) == ["new", "gone"]
