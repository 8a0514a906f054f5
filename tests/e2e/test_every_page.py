"""Every kind of page: no accessibility finding, nothing wider than the screen, no complaint."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page

from sources.models import Article, Heartbeat, Job
from statements.disputes import leave_note
from statements.models import Statement
from tests.e2e.conftest import Opened, sign_in
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    FeedFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "an invented long phrase"
SIZES = [(1280, "light"), (390, "dark"), (320, "light")]
# Axe's rules for WCAG 2.2 A and AA, and what it calls best practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def paths() -> list[str]:
    """The addresses of one page of each kind, with rows to show on each."""
    text = "Before.\n“We keep to the text alone,” said Ada Example.\n「우리는 본문을 지킨다」\n"
    start = text.index("We keep")
    snapshot = SnapshotFactory(text=text, byline="Grace Writer", warnings=["damaged bytes"])
    later = SnapshotFactory(
        article=snapshot.article,
        text=text.replace("alone", "now") + "Later.\n" * 9,
        title="Another headline",
        partial=True,
        held="parse-failed",
        published_precision="day",
        published_confidence="low",
        dates=[{"origin": "url", "value": "/2025/1/2/", "day": "2025-01-02"}],
    )
    for _ in range(7):
        VisitFactory(snapshot=later, outcome="changed")
    Article.objects.filter(pk=snapshot.article_id).update(
        state="gone", state_since=timezone.now()
    )
    speaker = SpeakerFactory(name="Ada Example")
    speaker.names.create(text="에이다", kind="native", language="ko")
    actor = ActorFactory(code="EXA", name="Exampleland")
    office = OfficeFactory(speaker=speaker, actor=actor, start=date(2024, 1, 1))
    party = PartyFactory(
        speaker=speaker,
        actor=actor,
        office=office,
        printed="Ada Example",
        statement__status="proposed",
        statement__published_at=None,
    )
    AttestationFactory(
        statement=party.statement,
        snapshot=snapshot,
        start=start,
        end=start + len("We keep to the text alone"),
        words="We keep to the text alone",
        warnings=["printed with another office"],
        rule="Q, C S",
        cue="said",
        via="Invented Courier",
        voices=[
            {
                "name": "Ada Example",
                "printed": "Ada Example",
                "office": "Minister",
                "country": "RR",
                "reason": "named here",
            }
        ],
    )
    checked = PartyFactory(
        speaker=speaker, actor=actor, office=office, statement__text="Other invented words."
    )
    unknown = PartyFactory(speaker=None, actor=None, name="Ada Exampel")
    AttestationFactory(statement=unknown.statement)
    provision = ProvisionFactory(number="4", treaty__slug="pact", heading="Assistance")
    for stance in ("condemns", "concerned", "neutral", "defends", "endorses", "unclear"):
        PositionFactory(
            statement=party.statement,
            treaty=provision.treaty,
            provision=provision,
            stance=stance,
            rule=stance,
        )
    PositionFactory(
        statement=party.statement, stance="rejects", object="sanctions", rule="long"
    )
    for stance, coder in (("condemns", "ben"), ("neutral", "cara"), ("endorses", "")):
        coded = PositionFactory(
            statement=checked.statement,
            treaty=provision.treaty,
            provision=provision,
            stance=stance,
            legal="violates-unscr",
            coder=UserFactory(username=coder) if coder else None,
            rule="" if coder else "rule",
        )
    note = leave_note(coded, "It only regrets it.", by=None, address=None)
    FeedFactory(failures=1, error_code="tls-failed", failing_since=timezone.now())
    FeedFactory(
        succeeded_at=timezone.now(),
        pace=7200,
        moved_to="http://feeds.example/a-new-address.xml",
        moved_since=timezone.now(),
    )
    Heartbeat.objects.create(name="beat", beat_at=timezone.now())
    Job.objects.create(
        kind="capture",
        key="dead",
        subject=snapshot.article_id,
        state="dead",
        reason_code="led-home",
        reason_text=f"The address leads to the front page. (https://news.example/{'a' * 99}/)",
    )
    Job.objects.create(kind="capture", key="open", subject=snapshot.article_id)
    public_id = party.statement.public_id
    Statement.objects.filter(pk=party.statement.pk).update(
        text="We keep to the text, now and alone", place="Zenda"
    )
    edited = PartyFactory(actor=actor).statement
    Statement.objects.filter(pk=edited.pk).update(text="Checked words.", place="Strelsau")
    return [
        "/",
        "/?q=nothing-of-this-kind",
        "/statements/?actor=EXA&from=2024&not_lang=ko&q=words&size=1&sort=best",
        "/statements/by/actor/?lang=en&not_actor=EXA",
        f"/s/{public_id}/",
        f"/s/{public_id}/history/?from=1&to=2",
        f"/s/{public_id}/v/1/",
        f"/s/{public_id}/v/77/",
        "/changes/",
        "/history/",
        f"/articles/{snapshot.article_id}/?v={snapshot.pk}",
        f"/articles/{snapshot.article_id}/?v={later.pk}",
        f"/articles/{snapshot.article_id}/?v={later.pk}&against={snapshot.pk}",
        f"/articles/{snapshot.article_id}/enter/?v={snapshot.pk}",
        f"/articles/{snapshot.article_id}/enter/?v={snapshot.pk}&start={start}&end={start + 7}",
        "/review/names/",
        f"/s/{checked.statement.public_id}/",
        f"/s/{checked.statement.public_id}/dispute/{coded.pk}/",
        f"/disputes/{note.public_id}/",
        "/register/checks/",
        "/speakers/",
        f"/speakers/{speaker.slug}/",
        "/actors/",
        "/actors/EXA/",
        "/treaties/",
        "/treaties/pact/",
        "/treaties/pact/articles/4/",
        "/treaties/pact/articles/4/?as_of=2025-01-31",
        "/treaties/pact/articles/4/?as_of=2025-02-31",
        "/sources/",
        f"/sources/{snapshot.article.source.slug}/",
        "/status/",
        "/help/",
        "/method/",
        "/add/",
        "/add/document/",
        "/ingest/",
        f"/ingest/why/?url={snapshot.article.url}",
        "/ingest/why/?url=http://feeds.example/unseen",
        "/review/",
        f"/review/{public_id}/",
        "/review/log/",
        "/review/disputes/",
        f"/review/disputes/{note.public_id}/",
    ]


@pytest.fixture
def admin() -> User:
    user: User = UserFactory(username="grace", is_superuser=True, is_staff=True)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_pages_are_accessible_and_fit(
    width: int, scheme: str, opened: Opened, paths: list[str], admin: User
) -> None:
    size = {"width": width, "height": 900}
    # Only here is the content policy set aside: axe is a script of the test's own.
    page = opened("/login/", viewport=size, color_scheme=scheme, bypass_csp=True)
    findings = _findings(page, "/login/")
    sign_in(page, "grace", PASSWORD)

    for path in paths:
        opened(path, page)
        findings += _findings(page, path)

    assert findings == []


def test_pages_need_no_script_and_break_no_policy(
    opened: Opened, paths: list[str], admin: User
) -> None:
    page = opened("/login/")
    sign_in(page, "grace", PASSWORD)

    for path in paths:
        opened(path, page)
        assert page.locator("main h1").count() == 1, path

    # A version that never was answers 404, which the console notes.
    complaints = [one for one in page.complaints if "404 (Not Found)" not in one]  # type: ignore[attr-defined]
    assert complaints == []
    assert len(page.complaints) == sum("/v/77/" in path for path in paths)  # type: ignore[attr-defined]


def test_the_grounds_of_a_statement_open_with_the_keyboard_and_without_script(
    opened: Opened, paths: list[str], admin: User
) -> None:
    page = opened("/login/", java_script_enabled=False)
    sign_in(page, "grace", PASSWORD)
    opened(next(path for path in paths if path.startswith("/articles/")), page)
    rule = page.get_by_text("A quotation stands first, then a verb of saying")

    assert not rule.is_visible()
    page.locator(".grounds summary").focus()
    page.keyboard.press("Enter")

    assert rule.is_visible()


def _findings(page: Page, path: str) -> list[str]:
    """What is wrong with the page that is open, as sentences."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    findings = [f"{path}: {wider} px wider than the screen"] if wider > 0 else []
    hidden = "t => t.parentElement.scrollWidth - t.parentElement.clientWidth"
    cut = page.evaluate(
        f"Math.max(0, ...[...document.querySelectorAll('.stacked')].map({hidden}))"
    )
    if cut > 0:
        findings.append(f"{path}: {cut} px of a list are out of sight")
    for violation in Axe().run(page, options=RULES).response["violations"]:
        for node in violation["nodes"]:
            findings.append(f"{path}: {violation['id']}: {node['html'][:120]}")
    return findings
