"""An analyst makes a statement of words: with the mouse, with the keyboard, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from sources.models import Snapshot
from statements.models import Statement
from tests.e2e.conftest import Opened, sign_in
from tests.factories import (
    AttestationFactory,
    PartyFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "an invented long phrase"
TEXT = (
    "Minister Ada Example spoke on Monday.\n\n"
    "“We keep to the text,” she said. The pact was “a plain matter” for both, she went on."
)


@pytest.fixture
def snapshot() -> Snapshot:
    user = UserFactory(username="ann", is_superuser=True)
    user.set_password(PASSWORD)
    user.save()
    SpeakerFactory(name="Ada Example")
    made: Snapshot = SnapshotFactory(text=TEXT)
    start = TEXT.index("We keep")
    party = PartyFactory(statement__status="proposed", statement__published_at=None)
    AttestationFactory(statement=party.statement, snapshot=made, start=start, end=start + 19)
    return made


def fill_and_send(page: Page) -> Statement:
    page.get_by_label("Who speaks").fill("Ada Example")
    page.get_by_label("Said on", exact=True).fill("2024-06-17")
    page.get_by_role("button", name="Enter as a proposal").press("Enter")
    expect(page.get_by_text(re.compile("Entered as"))).to_be_visible()
    return Statement.objects.get(attestations__attributed_by="entered by hand")


def test_selected_words_become_a_statement(opened: Opened, snapshot: Snapshot) -> None:
    page = opened("/login/")
    sign_in(page, "ann", PASSWORD)
    page.goto(f"/articles/{snapshot.article_id}/")
    # From within the marked words, with what only screen readers hear, to the next sentence.
    page.evaluate(
        """() => {
          const last = document.querySelector(".stored-text p:last-child");
          const range = document.createRange();
          range.setStart(last.firstChild, 0);
          const tail = last.lastChild;
          range.setEnd(tail, tail.textContent.indexOf(" for both"));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.get_by_role("link", name="Make a statement of the selected words").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter a statement")
    row = fill_and_send(page)
    assert row.text == "“We keep to the text,” she said. The pact was “a plain matter”"
    assert page.complaints == []  # type: ignore[attr-defined]


def test_without_scripts_a_sentence_is_chosen_and_shortened_by_keyboard(
    opened: Opened, snapshot: Snapshot
) -> None:
    page = opened("/login/", java_script_enabled=False)
    sign_in(page, "ann", PASSWORD)
    page.goto(f"/articles/{snapshot.article_id}/")
    page.get_by_role("link", name="Make a statement of words in this text").press("Enter")
    page.get_by_role("link", name=re.compile("The pact was")).press("Enter")
    for _ in range(3):
        page.get_by_role("link", name="one word later").first.press("Enter")
    row = fill_and_send(page)
    assert row.text == "“a plain matter” for both, she went on."
