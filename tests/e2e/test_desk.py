"""The desk in a browser: by keyboard alone, by two editors at once, and without script."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from statements import review
from statements.models import Actor, Flag, Speaker, Statement
from tests.e2e.conftest import Opened, sign_in
from tests.e2e.test_every_page import _findings
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "an invented long phrase"
Status = Statement.Status
Editor = Callable[..., Page]


@pytest.fixture
def editor(opened: Opened) -> Editor:
    """Sign an editor in, in a browser context of their own."""

    def signed_in(name: str = "grace", **options: object) -> Page:
        user = UserFactory(username=name, is_superuser=True)
        user.set_password(PASSWORD)
        user.save()
        page = opened("/login/", **options)
        sign_in(page, name, PASSWORD)
        return page

    return signed_in


@pytest.fixture
def ada() -> Speaker:
    speaker: Speaker = SpeakerFactory(name="Ada Example")
    OfficeFactory(speaker=speaker, actor=ActorFactory(name="Republic of Ruritania"))
    return speaker


def waits(ada: Speaker, words: str) -> Statement:
    """A statement of these words that waits, with the article that prints it."""
    text = f"The session was long.\n\n“{words},” said Ada Example on Thursday.\n\nIt ended.\n"
    actor: Actor = ada.offices.get().actor
    party = PartyFactory(
        speaker=ada,
        actor=actor,
        statement__status="proposed",
        statement__published_at=None,
        statement__text=words,
    )
    start = text.index(words)
    AttestationFactory(
        statement=party.statement,
        snapshot__text=text,
        start=start,
        end=start + len(words),
        words=words,
    )
    statement: Statement = party.statement
    return statement


def shows(page: Page, statement: Statement) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Review {statement.public_id}")


def test_a_queue_is_decided_by_keyboard_alone(editor: Editor, ada: Speaker) -> None:
    provision = ProvisionFactory(number="4")
    accepted = waits(ada, "We keep to the text of the pact alone")
    PositionFactory(
        statement=accepted, treaty=provision.treaty, provision=provision, stance="criticises"
    )
    rejected = waits(ada, "Grain exports rose in the first quarter of the year")
    flagged = waits(ada, "The bridge will be opened before the winter comes")
    last = waits(ada, "Nobody has asked us to be present at the ceremony")
    page = editor()
    page.goto("/review/")
    keys = page.keyboard

    keys.press("s")
    shows(page, accepted)
    keys.press("4")
    expect(page.get_by_role("radio", name="concerned")).to_be_checked()
    keys.press("4")
    expect(page.get_by_role("radio", name="criticises")).to_be_checked()
    expect(page.locator("#judging")).to_have_text(
        "Stance: criticises, on nothing yet: press o to choose"
    )
    keys.press("o")
    proposed = page.get_by_role("radio", name=f"{provision.treaty}, article 4 found by machine")
    expect(proposed).to_be_checked()
    expect(page.locator("#judging")).to_contain_text(f"criticises, on {provision.treaty}")
    keys.press("a")
    shows(page, rejected)
    expect(page.get_by_text("You: criticises; machine: criticises.")).to_be_visible()

    keys.press("x")
    keys.press("3")
    shows(page, flagged)

    keys.press("f")
    keys.type("Which bridge?")
    keys.press("Enter")
    shows(page, last)

    keys.press("u")
    shows(page, flagged)
    expect(page.get_by_text("Undone:")).to_be_visible()
    assert not Flag.objects.exists()
    keys.press("u")
    shows(page, rejected)
    keys.press("u")
    shows(page, accepted)

    states = dict(Statement.objects.values_list("public_id", "status"))
    assert set(states.values()) == {Status.PROPOSED}
    assert not accepted.positions.by_person().exists()
    assert page.complaints == []  # type: ignore[attr-defined]


def test_words_begin_and_end_elsewhere_by_keyboard(editor: Editor, ada: Speaker) -> None:
    statement = waits(ada, "We keep to the text of the pact alone")
    page = editor()
    page.goto(f"/review/{statement.public_id}/")

    page.keyboard.press("]")
    expect(page.locator("#id_text")).to_have_value("keep to the text of the pact alone")
    page.keyboard.press("}")
    expect(page.locator("#id_text")).to_have_value("keep to the text of the pact alone,")
    page.keyboard.press("{")
    page.keyboard.press("{")
    expect(page.locator("#id_text")).to_have_value("keep to the text of the")
    expect(page.locator(".report mark")).to_have_text("keep to the text of the")
    page.keyboard.press("a")
    expect(page.get_by_text(f"Published {statement.public_id}.")).to_be_visible()

    statement.refresh_from_db()
    report = statement.attestations.get()
    assert statement.text == report.words == "keep to the text of the"
    assert report.snapshot.text[report.start : report.end] == report.words


def test_a_stance_leads_to_what_it_is_about(editor: Editor, ada: Speaker) -> None:
    treaty = ProvisionFactory(number="4", treaty__short_name="The Pact").treaty
    statement = waits(ada, "We keep to the text of the pact alone")
    page = editor()
    page.goto(f"/review/{statement.public_id}/")

    page.keyboard.press("4")
    page.keyboard.press("a")
    expect(page.get_by_label("About", exact=True)).to_be_focused()
    page.get_by_label("About", exact=True).select_option("The Pact")
    page.keyboard.press("Escape")
    page.keyboard.press("a")

    expect(page.get_by_text(f"Published {statement.public_id}.")).to_be_visible()
    position = statement.positions.by_person().get()
    assert (position.treaty, position.stance) == (treaty, "concerned")


def test_keys_pressed_while_words_are_moved_are_not_lost(editor: Editor, ada: Speaker) -> None:
    statement = waits(ada, "We keep to the text of the pact alone")
    page = editor()
    page.goto(f"/review/{statement.public_id}/")

    for key in ("]", "]", "6"):
        page.keyboard.press(key)

    expect(page.locator("#id_text")).to_have_value("to the text of the pact alone")
    expect(page.get_by_role("radio", name="unclear")).to_be_checked()


def test_words_are_selected_by_mouse(editor: Editor, ada: Speaker) -> None:
    statement = waits(ada, "We keep to the text of the pact alone 😀 and to nothing else")
    page = editor()
    page.goto(f"/review/{statement.public_id}/")
    take = page.get_by_role("button", name="Take the selected words")
    expect(take).to_be_hidden()

    page.locator(".report mark").evaluate(
        """(mark) => {
          const range = document.createRange(), words = mark.firstChild;
          range.setStart(words, words.data.indexOf("alone"));
          range.setEnd(mark.closest("p").lastChild, 2);
          document.getSelection().removeAllRanges();
          document.getSelection().addRange(range);
        }"""
    )
    take.click()

    expect(page.locator("#id_text")).to_have_value("alone 😀 and to nothing else,”")
    expect(page.get_by_text("not saved yet")).to_be_visible()
    page.get_by_role("button", name="Save only").click()
    statement.refresh_from_db()
    assert statement.text == "alone 😀 and to nothing else,”"


def test_skipping_asks_once_before_it_drops_a_draft(editor: Editor, ada: Speaker) -> None:
    first = waits(ada, "We keep to the text of the pact alone")
    second = waits(ada, "Grain exports rose in the first quarter of the year")
    page = editor()
    page.goto(f"/review/{first.public_id}/")

    page.keyboard.press("6")
    page.keyboard.press("s")
    expect(page.get_by_text("What you changed here is not saved.")).to_be_visible()
    shows(page, first)
    expect(page.get_by_role("radio", name="unclear")).to_be_checked()
    page.keyboard.press("f")
    page.keyboard.type("Which bridge?")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Flagged {first.public_id}.")).to_be_visible()
    expect(page.get_by_role("radio", name="unclear")).to_be_checked()
    page.keyboard.press("s")
    expect(page.get_by_text("What you changed here is not saved.")).to_be_visible()
    page.keyboard.press("s")

    shows(page, second)
    assert Flag.objects.get().note == "Which bridge?"


def test_the_same_statement_is_merged_by_its_number(editor: Editor, ada: Speaker) -> None:
    words = "We keep to the text of the pact and to nothing else at all"
    one = waits(ada, words)
    other = waits(ada, words.replace("nothing", "none"))
    page = editor()
    page.goto(f"/review/{one.public_id}/")

    page.keyboard.press("m")
    expect(page.locator("#merging")).to_contain_text(
        f"1 {other.public_id}, Ada Example: 89 % alike"
    )
    page.keyboard.press("1")

    shows(page, other)
    one.refresh_from_db()
    assert one.merged_into == other
    page.keyboard.press("u")
    shows(page, one)
    one.refresh_from_db()
    assert one.merged_into is None
    assert one.status == Status.PROPOSED


def test_two_are_told_apart_by_number(editor: Editor, ada: Speaker) -> None:
    words = "We keep to the text of the pact and to nothing else at all"
    one = waits(ada, words)
    other = waits(ada, words.replace("nothing", "none"))
    page = editor()
    page.goto(f"/review/{one.public_id}/")

    page.keyboard.press("d")
    expect(page.locator("#parting")).to_contain_text(f"1 {other.public_id}")
    page.keyboard.press("1")

    shows(page, one)
    expect(page.get_by_text("None was found.")).to_be_visible()
    page.keyboard.press("u")
    shows(page, one)
    expect(page.locator("#merging")).to_have_count(1)


def test_keys_do_nothing_in_fields_and_when_switched_off(editor: Editor, ada: Speaker) -> None:
    statement = waits(ada, "We keep to the text of the pact alone")
    page = editor()
    page.goto(f"/review/{statement.public_id}/")

    page.keyboard.press("e")
    expect(page.locator("#id_text")).to_be_focused()
    page.keyboard.type("axsmu")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    shows(page, statement)

    page.get_by_role("button", name="switch keys off").click()
    shows(page, statement)
    page.keyboard.press("s")
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    shows(page, statement)
    statement.refresh_from_db()
    assert statement.status == Status.PROPOSED
    assert page.locator("script").count() == 0


def test_two_editors_collide_and_neither_loses_anything(editor: Editor, ada: Speaker) -> None:
    statement = waits(ada, "We keep to the text of the pact alone")
    grace, hedy = editor("grace"), editor("hedy", java_script_enabled=False)
    for page in (grace, hedy):
        page.goto(f"/review/{statement.public_id}/")
    expect(hedy.get_by_text("grace has had this open since")).to_be_visible()

    grace.get_by_label("Place").fill("Strelsau")
    grace.get_by_role("button", name="Save only").click()
    expect(grace.get_by_text(f"Saved {statement.public_id}.")).to_be_visible()

    hedy.get_by_label("Note for the history").fill("read in full")
    hedy.get_by_label("Form").select_option("speech")
    hedy.get_by_role("button", name="Accept and next").click()
    expect(hedy.get_by_text("grace decided: edit")).to_be_visible()
    row = hedy.get_by_role("row").filter(has_text="Place")
    expect(row).to_contain_text("Strelsau")

    hedy.get_by_role("button", name="Reapply mine").click()
    expect(hedy.get_by_label("Place")).to_have_value("Strelsau")
    expect(hedy.get_by_label("Form")).to_have_value("speech")
    expect(hedy.get_by_label("Note for the history")).to_have_value("read in full")
    hedy.get_by_role("button", name="Accept and next").click()
    expect(hedy.get_by_text(f"Published {statement.public_id}.")).to_be_visible()

    statement.refresh_from_db()
    assert (statement.place, statement.form) == ("Strelsau", "speech")
    assert statement.status == Status.PUBLISHED


def test_all_of_it_works_without_script(editor: Editor, ada: Speaker) -> None:
    first = waits(ada, "We keep to the text of the pact alone")
    second = waits(ada, "Grain exports rose in the first quarter of the year")
    third = waits(ada, "The bridge will be opened before the winter comes")
    page = editor(java_script_enabled=False)
    page.goto("/review/")
    page.get_by_role("link", name="Start with the first").click()
    shows(page, first)

    page.get_by_role("button", name="one word later").first.click()
    expect(page.locator("#id_text")).to_have_value("keep to the text of the pact alone")
    page.get_by_role("button", name="Accept and next").click()
    shows(page, second)
    page.get_by_text("Reject …").click()
    page.get_by_role("button", name="off topic").click()
    shows(page, third)
    page.get_by_text("Flag …").click()
    page.get_by_label("What should others look at?").fill("Which bridge?")
    page.get_by_role("button", name="Flag and next").click()
    page.goto("/review/?flagged=1")
    expect(page.get_by_text("Flag: Which bridge?")).to_be_visible()
    decided = page.get_by_role("listitem").filter(has_text=first.public_id)
    expect(decided).to_contain_text("corrected and published")
    decided.get_by_role("button").click()
    shows(page, first)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.text) == (
        Status.PROPOSED,
        "We keep to the text of the pact alone",
    )
    assert second.status_reason == "off topic"


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
)
def test_the_desk_is_accessible_and_fits(
    width: int, scheme: str, editor: Editor, ada: Speaker
) -> None:
    words = "We keep to the text of the pact and to nothing else at all"
    statement = waits(ada, words)
    waits(ada, words.replace("nothing", "none"))
    PositionFactory(statement=statement)
    Flag.objects.create(statement=statement, by=UserFactory(username="hedy"), note="Look.")
    size = {"width": width, "height": 900}
    page = editor(viewport=size, color_scheme=scheme, bypass_csp=True)
    findings = []
    for path in (f"/review/{statement.public_id}/", "/review/", "/review/log/"):
        page.goto(path)
        findings += _findings(page, path)
    page.goto(f"/review/{statement.public_id}/")
    review.edit(statement, User.objects.get(username="hedy"), place="Strelsau")
    page.get_by_label("Note for the history").fill("read in full")
    page.get_by_role("button", name="Accept and next").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Decided meanwhile")
    findings += _findings(page, "the conflict")

    assert findings == []
