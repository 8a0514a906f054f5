"""In a browser: a wrong joining is split, people are merged and told apart, an entry withdrawn."""

import re

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page, expect

from statements.models import Actor, Party, Speaker, Statement
from tests.e2e.conftest import Opened, sign_in
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    OfficeFactory,
    PartyFactory,
    SnapshotFactory,
    SpeakerFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "We keep to the text alone,"
OTHER = "“The pact will be applied to the letter,” said Bo Sample on Friday.\n"
PASSWORD = "an odd pass phrase"


@pytest.fixture
def statement() -> Statement:
    user = User.objects.create_user("grace", password=PASSWORD)
    group, _ = Group.objects.get_or_create(name="editor")
    user.groups.add(group)
    state = ActorFactory(name="Ruritania", code="RUR")
    ada = SpeakerFactory(name="Ada Example", slug="ada")
    twin = SpeakerFactory(name="Ada Exampel", slug="twin")
    twin.names.create(text="Ann Example")
    office = OfficeFactory(
        speaker=twin, actor=state, title="Envoy to the conference of Strelsau"
    )
    OfficeFactory(speaker=ada, actor=state, title="Minister")
    row: Statement = StatementFactory(text=WORDS)
    PartyFactory(statement=row, speaker=ada, actor=state)
    AttestationFactory(statement=row)
    AttestationFactory(statement=row, snapshot=SnapshotFactory(text=OTHER))
    other = StatementFactory(text="We shall see.")
    PartyFactory(statement=other, speaker=twin, office=office, actor=state)
    AttestationFactory(statement=other)
    return row


def fits(page: Page) -> bool:
    page.wait_for_load_state()  # a click waits for the new page's first byte only
    wide: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return wide <= 0 and page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_from_split_to_tombstone(
    opened: Opened, statement: Statement, width: int, scripts: bool
) -> None:
    page = opened(
        "/login/",
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
        color_scheme="dark" if width < 500 else "light",
    )
    sign_in(page, "grace", PASSWORD)

    page.goto(f"/review/{statement.public_id}/")
    page.get_by_role("link", name="Are these two statements?").click()
    page.get_by_role("checkbox", name="The pact will be applied").check()
    page.get_by_label("Why they are two").fill("Two people.")
    assert not scripts or fits(page)
    page.get_by_role("button", name="Split the chosen reports off").click()
    new = Statement.objects.get(text__startswith="The pact will")
    expect(page).to_have_url(re.compile(f"/review/{new.public_id}/$"))

    page.goto("/speakers/twin/")
    page.get_by_role("link", name="Two people? …").click()
    page.get_by_label("Name of the other person").fill("Ann Example")
    page.get_by_role("checkbox", name="Envoy to the conference").check()
    page.get_by_role("button", name="Show their statements").click()
    assert page.get_by_role("checkbox", name="We shall see.").is_checked()
    assert not scripts or fits(page)
    page.get_by_label("Why they are two").fill("Mother and daughter.")
    page.get_by_role("button", name="Make Ann Example a person of their own").click()
    expect(page.get_by_role("heading", name="Ann Example", level=1)).to_be_visible()
    assert Party.objects.get(statement__text="We shall see.").speaker == Speaker.objects.get(
        slug="ann-example"
    )

    page.goto(f"/actors/{Actor.objects.get().code}/")
    page.get_by_role("link", name="Two in one? …").click()
    page.get_by_label("Name of the other actor").fill("Office of Exports")
    page.get_by_label("Its code").fill("x-exports")
    page.get_by_role("checkbox", name="Ann Example, Envoy to the conference").check()
    page.get_by_role("button", name="Show its statements").click()
    assert page.get_by_role("checkbox", name="We shall see.").is_checked()
    assert not scripts or fits(page)
    page.get_by_label("Why they are two").fill("They parted.")
    page.get_by_role("button", name="Make Office of Exports an actor of its own").click()
    expect(page).to_have_url(re.compile("/actors/X-EXPORTS/$"))
    page.get_by_role("heading", name="Latest changes").click()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Undone. The history keeps both.")).to_be_visible()

    page.goto("/speakers/ann-example/merge/")
    page.get_by_label("The one that stays").fill("Ada Example")
    page.get_by_role("button", name="Show what would move").click()
    expect(page.get_by_text("1 place in a statement")).to_be_visible()
    assert not scripts or fits(page)
    page.get_by_label("Why they are one").fill("One person after all.")
    page.get_by_role("button", name="Merge Ann Example into Ada Example").click()
    expect(page).to_have_url(re.compile("/speakers/ada/$"))
    page.goto("/speakers/ann-example/")
    expect(page).to_have_url(re.compile("/speakers/ada/$"))

    page.goto("/speakers/twin/withdraw/")
    page.get_by_label("Why, as readers see it").fill("A misprint, no person.")
    assert not scripts or fits(page)
    page.get_by_role("button", name="Withdraw Ada Exampel").click()
    expect(page.get_by_text("A misprint, no person.").first).to_be_visible()
    assert not scripts or fits(page)
