"""What people come for, from end to end in a browser; scripts are off unless a test needs them."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, expect

from sources import jobs
from sources.models import Job
from statements.models import Statement
from tests.e2e.conftest import Opened, sign_in
from tests.factories import (
    ArticleFactory,
    AttestationFactory,
    PartyFactory,
    SnapshotFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "an invented long phrase"
TEXT = (
    "The assembly of Exampleland met on Thursday.\n\n"
    "“We keep to the text of the pact alone,” Ada Example, minister of examples, told "
    "reporters on Thursday.\n\nThe session ended without a vote."
)


@pytest.fixture
def grace() -> None:
    user = UserFactory(username="grace", is_superuser=True)
    user.set_password(PASSWORD)
    user.save()


def work() -> None:
    """Do all accepted work, as the workers would."""
    while due := Job.objects.due().first():
        jobs.run(due.pk)


def test_a_pasted_text_becomes_a_published_statement(
    opened: Opened, grace: None, settings: Any, tmp_path: Path
) -> None:
    settings.SNAPSHOT_FOLDER = tmp_path
    SourceFactory(name="Invented Courier")
    page = opened("/login/", java_script_enabled=False)
    sign_in(page, "grace", PASSWORD)

    page.goto("/add/")
    page.get_by_label("Text").fill(TEXT)
    page.get_by_label("Source").select_option("Invented Courier")
    page.get_by_label("Title").fill("Assembly keeps to the text")
    page.get_by_label("Published on").fill("2024-06-21")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Accepted.")).to_be_visible()

    work()
    page.get_by_role("link", name="Look again").click()
    expect(page.locator("mark")).to_contain_text("We keep to the text of the pact alone")

    page.locator("mark a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Example")
    expect(page.get_by_text("Located: exact match")).to_be_visible()
    expect(page.get_by_text("Said 20 June 2024")).to_be_visible()

    page.get_by_role("link", name="Review this statement").click()
    page.get_by_label("Place").fill("Example City")
    page.get_by_role("button", name="Accept and next").click()
    expect(page.get_by_text("Published").first).to_be_visible()

    statement = Statement.objects.published().get()
    page = opened(f"/s/{statement.public_id}/", java_script_enabled=False)
    expect(page.get_by_text("Checked by an editor").first).to_be_visible()
    expect(page.get_by_text("Example City").first).to_be_visible()


def test_a_quotation_leads_to_its_place_in_the_stored_article(opened: Opened) -> None:
    text = "A line of its own.\n" * 200 + "“We keep to the text alone,” she said.\n"
    start = text.index("We keep")
    report = AttestationFactory(
        snapshot=SnapshotFactory(text=text), start=start, end=start + 7, words="We keep"
    )
    page = opened(f"/s/{report.statement.public_id}/", java_script_enabled=False)

    page.get_by_role("link", name="In the stored article").click()

    expect(page.locator("mark")).to_be_in_viewport()


def test_the_keyboard_skips_to_the_content(opened: Opened) -> None:
    page = opened("/help/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "\"'><iframe srcdoc='<script>parent.alert(1)</script>'>",
        "</textarea><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "javascript:alert(1)",
    ],
)
def test_hostile_texts_run_nowhere_even_without_the_content_policy(
    opened: Opened, grace: None, payload: str
) -> None:
    article = ArticleFactory(
        source=SourceFactory(name=payload, homepage=payload), stated_title=payload
    )
    text = f"“{payload},” said Ada {payload}.\n"
    snapshot = SnapshotFactory(
        article=article, text=text, title=payload, byline=payload, final_url=payload
    )
    party = PartyFactory(
        speaker__name=payload,
        actor__name=payload,
        name=payload,
        printed=payload,
        statement__text=payload,
        statement__place=payload,
        statement__status="proposed",
        statement__published_at=None,
    )
    AttestationFactory(
        statement=party.statement,
        snapshot=snapshot,
        start=1,
        end=1 + len(payload),
        words=payload,
        cue=payload,
        warnings=[payload],
    )
    page = opened("/login/", bypass_csp=True)
    ran: list[str] = []

    def refuse(dialog: Dialog) -> None:
        ran.append(page.url)
        dialog.dismiss()

    page.on("dialog", refuse)
    sign_in(page, "grace", PASSWORD)

    for path in (
        "/",
        f"/?q={payload}",
        f"/s/{party.statement.public_id}/",
        f"/articles/{article.pk}/",
        "/speakers/",
        f"/speakers/{party.speaker.slug}/",
        f"/actors/{party.actor.code}/",
        "/sources/",
        f"/sources/{article.source.slug}/",
        "/review/",
        f"/review/{party.statement.public_id}/",
        "/add/",
        "/admin/statements/statement/",
        f"/admin/statements/statement/{party.statement.pk}/change/",
    ):
        page.goto(path)
        assert page.locator("a[href^='javascript:']").count() == 0, path

    assert ran == []
