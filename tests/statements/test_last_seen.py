"""A report says whether its words still stand on their page, on the page and in the record."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from sources.models import Snapshot
from statements.last_seen import last_pages, seen_of
from statements.models import Attestation
from tests.factories import (
    ArticleFactory,
    AttestationFactory,
    GivenSnapshotFactory,
    SnapshotFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

SAID = "“We keep to the text alone,” said Minister Ada Example on Thursday.\n"


def on(day: int) -> datetime:
    return datetime(2026, 6, day, 10, tzinfo=UTC)


def report(**article: Any) -> Attestation:
    """A report in a page that was kept on the third of June."""
    snapshot = SnapshotFactory(article=ArticleFactory(**article), text=SAID, fetched_at=on(3))
    return AttestationFactory(snapshot=snapshot)


def later(of: Attestation, text: str, **values: Any) -> Snapshot:
    """The same page on the fifth of June, with a look that found it so."""
    values = {"text": text, "fetched_at": on(5), **values}
    snapshot = SnapshotFactory(article=of.snapshot.article, **values)
    VisitFactory(snapshot=snapshot, at=on(5), outcome="changed")
    return snapshot


def page_of(of: Attestation) -> Any:
    return Client().get(f"/s/{of.statement.public_id}/")


def test_words_that_are_no_longer_on_the_page_lead_to_what_changed() -> None:
    attested = report()
    now = later(attested, "“No comment,” said Minister Ada Example on Thursday.\n")

    page = page_of(attested)

    assertContains(page, "The page was changed.")
    assertContains(page, "These words were no longer on it on 5 June 2026.")
    address = f"/articles/{now.article_id}/?v={now.pk}&amp;against={attested.snapshot_id}"
    assertContains(page, f'href="{address}"')


def test_another_change_of_the_page_is_no_warning() -> None:
    attested = report()
    later(attested, SAID + "A caption was added.\n")

    page = page_of(attested)

    assertContains(page, "the words were still on it on 5 June 2026")
    assertNotContains(page, "The page was changed.")


def test_a_new_line_break_in_the_words_is_no_change_of_them() -> None:
    attested = report()
    later(attested, SAID.replace("to the", "to\nthe"))

    assert not seen_of([attested])[attested.pk].words_gone


def test_a_page_seen_unchanged_says_when() -> None:
    attested = report()
    VisitFactory(snapshot=attested.snapshot, at=on(9))

    page = page_of(attested)

    assertContains(page, "Page last seen unchanged on 9 June 2026")
    assertNotContains(page, "notice-warn small")


def test_a_page_that_went_back_to_its_words_is_unchanged() -> None:
    attested = report()
    later(attested, "Other words.\n")
    VisitFactory(snapshot=attested.snapshot, at=on(7), outcome="changed")

    seen = seen_of([attested])[attested.pk]

    assert (seen.changed, seen.words_gone, seen.page.seen_at) == (False, False, on(7))


def test_bytes_read_anew_are_no_change_of_the_page() -> None:
    attested = report()
    later(attested, "Otherwise read.\n", sha256=attested.snapshot.sha256, reader="test 2")

    assert not seen_of([attested])[attested.pk].changed


@pytest.mark.parametrize(
    ("state", "words"), [("gone", "The page is gone"), ("walled", "The page is behind a wall")]
)
def test_a_page_that_is_away_says_since_when(state: str, words: str) -> None:
    attested = report(state=state, state_since=on(8))
    VisitFactory(snapshot=attested.snapshot, at=on(5))
    VisitFactory(article=attested.snapshot.article, snapshot=None, at=on(8), outcome=state)

    page = page_of(attested)

    assertContains(page, f"{words} since 8 June 2026.")
    assertContains(page, "The words stand in what was kept.")
    assertNotContains(page, "last seen unchanged")


def test_a_text_given_by_hand_was_never_seen_on_a_page() -> None:
    attested = AttestationFactory(snapshot=GivenSnapshotFactory(text=SAID))

    assert seen_of([attested]) == {}
    assertNotContains(page_of(attested), "last seen")


def test_words_given_by_hand_that_the_page_does_not_have_are_said_not_to_be_there() -> None:
    attested = AttestationFactory(snapshot=GivenSnapshotFactory(text=SAID))
    later(attested, "Other words.\n")

    page = page_of(attested)

    assertContains(page, "these words were not on it on 5 June 2026")
    assertNotContains(page, "The page was changed.")


def test_looks_cost_the_same_for_many_reports(django_assert_num_queries: Any) -> None:
    attested = [report() for _ in range(6)]
    for one in attested[:3]:
        later(one, "Other words.\n")

    with django_assert_num_queries(3):
        seen = seen_of(attested)

    assert [seen[one.pk].words_gone for one in attested] == [True] * 3 + [False] * 3


def test_an_unread_capture_is_not_what_was_seen() -> None:
    attested = report()
    unread = SnapshotFactory(
        article=attested.snapshot.article,
        text="",
        read_at=None,
        text_sha256="",
        sha256="d" * 64,
    )
    VisitFactory(snapshot=unread, at=on(9), outcome="changed")

    pages = last_pages([attested.snapshot.article_id])

    assert pages[attested.snapshot.article_id].snapshot == attested.snapshot_id


def test_the_record_says_how_the_page_stands(client: Client) -> None:
    attested = report(state="gone", state_since=on(8))
    VisitFactory(snapshot=attested.snapshot, at=on(5))

    one = client.get(f"/s/{attested.statement.public_id}.json").json()
    [listed] = client.get("/statements.json").json()["statements"]

    for record in (one, listed):
        assert record["reports"][0]["article_state"] == "gone"
        assert record["reports"][0]["seen_at"] == "2026-06-05T10:00:00+00:00"
