"""A register goes out to a spreadsheet and comes back, in a browser."""

from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from statements.models import Office, Speaker
from tests.e2e.conftest import Opened, sign_in
from tests.factories import (
    ActorFactory,
    OfficeFactory,
    PartyFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "an invented long phrase"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SIZES = [(1280, "light"), (390, "dark")]


@pytest.fixture
def office() -> Office:
    """Ada Example's office, which a statement names, and one that contradicts it."""
    user: User = UserFactory(username="grace", is_superuser=True, is_staff=True)
    user.set_password(PASSWORD)
    user.save()
    actor = ActorFactory(code="RUR", name="Ruritania")
    days = {"start_precision": "day", "title_kind": "foreign-minister", "actor": actor}
    office: Office = OfficeFactory(
        speaker=SpeakerFactory(slug="ada", name="Ada Example"), start=date(2024, 1, 1), **days
    )
    office.speaker.names.create(text="에이다", kind="native", language="ko")
    bo = SpeakerFactory(slug="bo", name="Bo Sample")
    OfficeFactory(speaker=bo, start=date(2023, 1, 1), verified_to=date(2024, 3, 1), **days)
    PartyFactory(speaker=office.speaker, office=office, actor=actor)
    return office


def fits(page: Page) -> None:
    """Nothing is wider than the window, nothing hard to reach, and no policy broken."""
    page.wait_for_load_state()  # a click waits for the new page's first byte only
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, page.url
    found = Axe().run(page, context=".exchange, main .narrow", options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_out_and_back(
    opened: Opened, office: Office, tmp_path: Path, width: int, scheme: str
) -> None:
    page = opened("/login/", viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, "grace", PASSWORD)
    page.goto("/admin/statements/speaker/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as CSV").click()
    file = tmp_path / "speakers.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    Speaker.objects.filter(slug="bo").update(note="Edited here meanwhile.")

    broken = text.replace(",2024-01-01,", ",1.1.24,")
    file.write_text(broken, encoding="utf-8-sig")
    page.get_by_role("link", name="Import", exact=True).click()
    expect(page.get_by_label("File")).to_be_visible()
    fits(page)
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("«1.1.24» is not a date like 2024")).to_be_visible()
    expect(page.get_by_role("button", name="Import exactly this")).to_have_count(0)
    fits(page)

    edited = text.replace("Example,", "Exemplar,").replace("Bo Sample,", "Bo Specimen,")
    file.write_text(edited.replace(",", ";"), encoding="utf-8-sig")
    page.get_by_role("link", name="Choose another file").click()
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="1 row in conflict")).to_be_visible()
    expect(page.get_by_text("1 statement names it.")).to_be_visible()
    fits(page)
    page.get_by_label("Change them to what the file says").check()
    page.get_by_role("button", name="Import exactly this").click()

    expect(page.get_by_text("Imported speakers.csv")).to_be_visible()
    assert Speaker.objects.get(slug="bo").name == "Bo Specimen"
    page.goto("/register/checks/")
    expect(
        page.get_by_text("without an end, and Ada Exemplar since 2024-01-01")
    ).to_be_visible()
    fits(page)
    page.get_by_role("link", name="ada.row").click()
    expect(page.locator("#content h1")).to_contain_text("office")
