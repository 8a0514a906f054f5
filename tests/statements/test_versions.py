"""The versions of an article beside each other, the looks at its page, and its dates."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from sources.models import Article, Snapshot, Visit
from sources.reasons import REASONS
from tests.factories import (
    ArticleFactory,
    GivenSnapshotFactory,
    SnapshotFactory,
    UserFactory,
    VisitFactory,
)
from tests.statements.test_status import signed_in

pytestmark = pytest.mark.django_db

OLD = "Ada Example spoke on Monday.\nThe text is kept.\n"
NEW = "Ada Example spoke on Friday evening.\nThe text is kept.\n"


def on(day: int) -> datetime:
    return datetime(2026, 6, day, 10, tzinfo=UTC)


def two_versions(**values: object) -> tuple[Snapshot, Snapshot]:
    """A page as it was kept on the third and, edited, on the fifth of June."""
    old = SnapshotFactory(text=OLD, title="A headline", fetched_at=on(3))
    new = SnapshotFactory(
        **{
            "article": old.article,
            "text": NEW,
            "title": "A headline",
            "fetched_at": on(5),
            **values,
        }
    )
    return old, new


def comparison(old: Snapshot, new: Snapshot) -> str:
    return f"/articles/{new.article_id}/?v={new.pk}&against={old.pk}"


# What changed


def test_words_that_went_and_came_are_marked_and_said(client: Client) -> None:
    old, new = two_versions()

    page = client.get(comparison(old, new))

    assertContains(page, '<span class="visually-hidden">removed: </span>Monday')
    assertContains(page, '<span class="visually-hidden">added: </span>Friday evening')
    assertContains(page, "2 words added, 1 word removed.")
    assertContains(page, "The text is kept.")


def test_headline_byline_and_day_that_changed_are_shown(client: Client) -> None:
    old, new = two_versions(
        text=OLD, sha256="a" * 64, title="Another headline", published_on=date(2025, 1, 9)
    )

    page = client.get(comparison(old, new))

    changed = {change.field: (change.before, change.after) for change in page.context["stated"]}
    assert changed == {
        "Headline": ("A headline", "Another headline"),
        "Published on": ("2 January 2025", "9 January 2025"),
    }
    assertContains(page, "No word of the text differs.")
    assertContains(page, '<span class="visually-hidden">is now </span>Another headline')


def test_long_unchanged_stretches_are_folded(client: Client) -> None:
    lines = [f"Paragraph number {number}." for number in range(20)]
    old = SnapshotFactory(text="\n".join(lines))
    new = SnapshotFactory(article=old.article, text="\n".join([*lines[:-1], "The end."]))

    page = client.get(comparison(old, new))

    assertContains(page, "… 18 paragraphs unchanged …")
    assertContains(page, "<details>", count=1)


def test_the_same_bytes_read_anew_are_no_edit_of_the_site(client: Client) -> None:
    old, new = two_versions(sha256="b" * 64, reader="test 2")
    Snapshot.objects.filter(pk=old.pk).delete()
    old = SnapshotFactory(article=new.article, text=OLD, sha256="b" * 64, fetched_at=on(3))

    page = client.get(comparison(old, new))
    listed = client.get(f"/articles/{new.article_id}/")

    assertContains(page, "Read anew, not edited by the site.")
    assertContains(page, "test 2")
    assertContains(listed, "What is read otherwise")
    assertNotContains(listed, "What changed")


def test_bytes_read_anew_are_compared_with_the_same_bytes_and_not_with_later_ones(
    client: Client,
) -> None:
    old, new = two_versions()
    anew = SnapshotFactory(
        article=old.article,
        text=OLD + "A caption.\n",
        sha256=old.sha256,
        reader="test 2",
        fetched_at=on(7),
    )

    page = client.get(f"/articles/{old.article_id}/")

    before = {one.snapshot.pk: one.before and one.before.pk for one in page.context["versions"]}
    assert before == {anew.pk: old.pk, new.pk: old.pk, old.pk: None}


def test_different_readers_of_different_bytes_are_named(client: Client) -> None:
    old, new = two_versions(reader="test 2")

    assertContains(
        client.get(comparison(old, new)), "some differences may come from the reading"
    )


def test_versions_lead_to_what_changed_with_the_number_of_words(client: Client) -> None:
    old, new = two_versions()

    page = client.get(f"/articles/{new.article_id}/")

    assertContains(page, f'href="?v={new.pk}&amp;against={old.pk}"', count=1)
    assertContains(page, "2 words added, 1 word removed")


def test_versions_with_the_same_words_do_not_lead_to_a_comparison(client: Client) -> None:
    old, _ = two_versions(text=OLD, sha256="c" * 64)

    assertNotContains(client.get(f"/articles/{old.article_id}/"), "against=")


@pytest.mark.parametrize("query", ["v=1&against=x", "v=&against=", "against=0"])
def test_versions_that_are_not_there_are_not_compared(client: Client, query: str) -> None:
    old, _ = two_versions()

    assert client.get(f"/articles/{old.article_id}/?{query}").status_code == 404


def test_a_version_of_another_article_is_not_compared(client: Client) -> None:
    old, new = two_versions()
    other = SnapshotFactory()

    address = f"/articles/{new.article_id}/?v={new.pk}&against={other.pk}"
    assert client.get(address).status_code == 404
    assert client.get(comparison(old, new)).status_code == 200


def test_what_changed_is_escaped(client: Client) -> None:
    old, new = two_versions(
        text=OLD + "<script>alert(1)</script>\n", title="<b>bold</b>", byline="<i>by</i>"
    )

    page = client.get(comparison(old, new))

    for markup in ("<script>alert", "<b>bold", "<i>by"):
        assertNotContains(page, markup)


# Looks at the page


def test_looks_are_counted_and_listed_newest_first(client: Client) -> None:
    old, new = two_versions()
    article = old.article
    VisitFactory(article=article, snapshot=old, at=on(3), outcome="new")
    VisitFactory(article=article, snapshot=new, at=on(5), outcome="changed")
    for day in range(6, 12):
        VisitFactory(article=article, snapshot=new, at=on(day))

    page = client.get(f"/articles/{article.pk}/")

    assertContains(page, "Looked at 8 times since 3 June 2026")
    assertContains(page, "last on 11 June 2026, 10:00 UTC: unchanged.")
    assertContains(page, "Earlier looks")
    looks = page.context["looks"]
    assert [visit.at.day for visit in [*looks.open, *looks.folded]] == [
        11, 10, 9, 8, 7, 6, 5, 3,
    ]  # fmt: skip


def test_a_single_look_is_said_in_one_sentence(client: Client) -> None:
    visit = VisitFactory(at=on(3), outcome="new")

    page = client.get(f"/articles/{visit.article_id}/")

    assertContains(page, "Looked at once, on 3 June 2026, 10:00 UTC: first seen.")


def test_a_look_leads_to_what_was_read_and_not_to_what_was_not_read_yet(client: Client) -> None:
    seen = VisitFactory(at=on(3))
    unread = SnapshotFactory(article=seen.article, text="", read_at=None, sha256="e" * 64)
    VisitFactory(snapshot=unread, at=on(4), outcome="changed")

    page = client.get(f"/articles/{seen.article_id}/")

    assertContains(page, f'<a href="?v={seen.snapshot_id}">')
    assertNotContains(page, f"?v={unread.pk}")


def test_looks_beyond_the_list_are_counted(client: Client) -> None:
    snapshot = SnapshotFactory()
    Visit.objects.bulk_create(
        Visit(article=snapshot.article, snapshot=snapshot, outcome="unchanged", at=on(3))
        for _ in range(103)
    )

    page = client.get(f"/articles/{snapshot.article_id}/")

    assertContains(page, "Looked at 103 times")
    assertContains(page, "and 3 before those")


def test_why_a_look_failed_is_for_staff(client: Client) -> None:
    seen = VisitFactory(at=on(3))
    VisitFactory(
        article=seen.article,
        snapshot=None,
        at=on(4),
        outcome="failed",
        reason_code="tls-failed",
        reason_text="The certificate of 10.0.0.7 has expired.",
    )
    address = f"/articles/{seen.article_id}/"

    assertContains(client.get(address), "could not be seen")
    assertNotContains(client.get(address), "10.0.0.7")
    assertContains(signed_in("analyst").get(address), "10.0.0.7")


@pytest.mark.parametrize(
    ("state", "words"), [("gone", "The page is gone"), ("walled", "The page is behind a wall")]
)
def test_a_page_that_is_away_is_said_to_be(client: Client, state: str, words: str) -> None:
    since = datetime(2026, 3, 3, tzinfo=UTC)
    kept = SnapshotFactory(article=ArticleFactory(state=state, state_since=since))
    never = ArticleFactory(state=state, state_since=since)

    page = client.get(f"/articles/{kept.article_id}/")

    assertContains(page, f"{words} since 3 March 2026.")
    assertContains(page, "What was kept is shown.")
    assertContains(client.get(f"/articles/{never.pk}/"), "Nothing of it was kept.")


def test_a_page_that_is_there_says_nothing_of_it(client: Client) -> None:
    snapshot = SnapshotFactory(article=ArticleFactory(state=Article.State.PRESENT))

    assertNotContains(client.get(f"/articles/{snapshot.article_id}/"), "The page is")


# What the page says of itself


def test_a_text_that_is_only_the_beginning_says_so(client: Client) -> None:
    snapshot = SnapshotFactory(partial=True)
    address = f"/articles/{snapshot.article_id}/"

    assertContains(client.get(address), "Only the beginning:")
    assertNotContains(client.get(address), "give the whole text by hand")
    assertContains(signed_in("analyst").get(address), "/add/?url=http%3A%2F%2Fnews.example%2F")


def test_a_held_date_says_why_and_where_to_state_the_day(client: Client) -> None:
    code = "parse-failed"  # any reason will do
    snapshot = SnapshotFactory(held=code)
    address = f"/articles/{snapshot.article_id}/"
    admin = f"/admin/sources/article/{snapshot.article_id}/change/"

    assertContains(client.get(address), REASONS[code].sentence)
    assertNotContains(client.get(address), REASONS[code].next_step)
    assertContains(signed_in("analyst").get(address), REASONS[code].next_step)
    assertNotContains(signed_in("analyst").get(address), admin)
    assertContains(signed_in("editor", UserFactory(is_staff=True)).get(address), admin)


def test_a_held_date_with_an_unknown_code_still_says_something(client: Client) -> None:
    snapshot = SnapshotFactory(held="of-another-time")

    assertContains(client.get(f"/articles/{snapshot.article_id}/"), "of-another-time")


def test_the_date_says_where_it_is_from_and_how_sure_it_is(client: Client) -> None:
    snapshot = SnapshotFactory(
        published_basis="json-ld",
        published_precision="moment",
        published_confidence="high",
        section="World",
        dates=[
            {
                "origin": "json-ld",
                "value": "2025-01-02T10:00:00Z",
                "day": "2025-01-02",
                "precision": "moment",
                "confidence": "high",
            },
            {
                "origin": "url",
                "value": "/<b>/31/",
                "day": None,
                "precision": "",
                "confidence": "low",
            },
        ],
    )

    page = client.get(f"/articles/{snapshot.article_id}/")

    assertContains(page, "date from the page&#x27;s JSON-LD, to the minute, well founded")
    assertContains(page, "section World")
    assertContains(page, "2 dates on the page")
    assertContains(page, "from the address, doubtful: «/&lt;b&gt;/31/»")
    assertContains(page, "not a day")


def test_a_given_text_is_marked_as_such_in_a_comparison(client: Client) -> None:
    old = GivenSnapshotFactory(text=OLD, fetched_at=on(3))
    new = GivenSnapshotFactory(article=old.article, text=NEW, fetched_at=on(5))

    assertContains(client.get(comparison(old, new)), "Both texts were given by hand")


def test_what_is_too_long_to_be_counted_is_still_compared(client: Client) -> None:
    old, new = two_versions(text=NEW + "A long line.\n" * 5000)

    listed = client.get(f"/articles/{new.article_id}/")

    assertContains(listed, f'href="?v={new.pk}&amp;against={old.pk}"')
    assertNotContains(listed, "words added")
    assertContains(client.get(comparison(old, new)), "15002 words added, 1 word removed.")
