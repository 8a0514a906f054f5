"""What a statement says of its day, form, place and event, and what its pages show of it."""

from datetime import date

import pytest
from django.test import Client

from sources.models import Snapshot
from statements import review
from statements.attribution import attribute
from statements.gazetteer import register_from_database
from statements.models import Actor, Event, EventMention, Position, Speaker, Statement
from statements.proposals import record
from statements.search.asking import Query
from statements.search.finding import how_many
from tests.factories import (
    ActorFactory,
    EventFactory,
    OfficeFactory,
    ProvisionFactory,
    SnapshotFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

FRIDAY = date(2024, 6, 21)
WORDS = "“We keep to the text of the invented pact alone and to nothing else,”"


@pytest.fixture(autouse=True)
def _register() -> None:
    state = ActorFactory(code="RUR", short_code="RR", name="Ruritania")
    state.names.create(text="Ruritanian", kind="adjective")
    state.names.create(text="Strelsau", kind="capital")
    ActorFactory(code="GRA", short_code="GK", name="Graustark")
    speaker = SpeakerFactory(slug="ada-example", name="Ada Example")
    OfficeFactory(speaker=speaker, actor=state, title="Foreign Minister")


def reported(text: str, day: date = FRIDAY) -> Snapshot:
    """Attribute a text and record what is found in it."""
    snapshot: Snapshot = SnapshotFactory(text=text, published_on=day)
    read_again(snapshot)
    return snapshot


def read_again(snapshot: Snapshot) -> None:
    found = attribute(
        snapshot.text, published_on=snapshot.published_on, register=register_from_database()
    )
    record(snapshot, found)


def test_a_report_gives_form_place_and_day_with_its_own_words(client: Client) -> None:
    reported(f"{WORDS} Ada Example said at a press conference in Strelsau on Tuesday.\n")

    statement = Statement.objects.get()
    assert (statement.form, statement.place) == ("press_conference", "Strelsau")
    assert (statement.said_on, statement.said_on_basis) == (date(2024, 6, 18), "weekday")
    report = statement.attestations.get()
    assert report.occasion_printed == "at a press conference in Strelsau"
    assert report.day_printed == "Tuesday"
    page = client.get(statement.get_absolute_url()).content.decode()
    assert "Press conference" in page
    assert "at a press conference in Strelsau</span>»" in page
    article = client.get(f"/articles/{report.snapshot.article_id}/").content.decode()
    assert "Press conference · Strelsau" in article
    whole = client.get(f"{statement.get_absolute_url().rstrip('/')}.json").json()
    assert whole["reports"][0]["form"] == "press_conference"


def test_a_later_report_that_knows_less_erases_nothing_and_one_that_knows_more_adds() -> None:
    reported(f"{WORDS} Ada Example said on Thursday.\n")
    reported(f"{WORDS} Ada Example said at a press conference in Strelsau.\n")
    reported(f"{WORDS} Ada Example said in a statement.\n")

    statement = Statement.objects.get()
    assert statement.attestations.count() == 3
    assert (statement.form, statement.place) == ("press_conference", "Strelsau")
    assert (statement.said_on, statement.said_on_basis) == (date(2024, 6, 20), "weekday")


def test_what_a_report_told_goes_with_it_and_a_second_run_changes_nothing() -> None:
    poor = reported(f"{WORDS} Ada Example said.\n")
    rich = reported(f"{WORDS} Ada Example said in an interview.\n")
    version = Statement.objects.get().version
    read_again(poor)
    read_again(rich)
    assert (Statement.objects.get().version, Statement.objects.get().form) == (
        version,
        "interview",
    )

    record(rich, [])

    assert Statement.objects.get().form == ""


def test_what_an_editor_says_of_it_stays() -> None:
    snapshot = reported(f"{WORDS} Ada Example said in an interview.\n")
    statement = Statement.objects.get()
    review.edit(statement, UserFactory(), form="speech", place="Zenda")

    read_again(snapshot)
    reported(f"{WORDS} Ada Example said at a press conference in Strelsau.\n")

    statement.refresh_from_db()
    assert (statement.form, statement.place) == ("speech", "Zenda")


def test_a_month_is_kept_as_a_month_and_joins_the_reports_of_its_time() -> None:
    reported(f"{WORDS} Ada Example said earlier this month.\n")
    statement = Statement.objects.get()
    assert (statement.said_on, statement.said_on_precision) == (date(2024, 6, 1), "month")
    assert how_many(Query(first=date(2024, 6, 10), last=date(2024, 6, 20))) == 1
    assert how_many(Query(first=date(2024, 7, 1))) == 0

    reported(f"{WORDS} Ada Example said on Wednesday.\n")

    statement = Statement.objects.get()
    assert (statement.said_on, statement.said_on_precision) == (date(2024, 6, 19), "day")


def test_the_event_of_the_register_is_a_candidate_with_its_reason(client: Client) -> None:
    event = EventFactory(
        kind="press_conference", title="Invented briefing", start=date(2024, 6, 18)
    )
    event.speakers.set(Speaker.objects.all())

    reported(f"{WORDS} Ada Example said at a press conference in Strelsau on Tuesday.\n")

    statement = Statement.objects.get()
    assert (statement.event, statement.event_reason) == (event, "the same day, form, speaker")
    page = client.get(statement.get_absolute_url()).content.decode()
    assert "taken for this event by machine: the same day, form, speaker" in page
    review.edit(statement, UserFactory(), event=event)
    assert statement.event_reason == ""


def test_an_event_that_is_spoken_of_is_noted_and_taken_back(client: Client) -> None:
    event: Event = EventFactory(
        kind="visit", title="Invented visit", start=date(2024, 6, 18), place="Strelsau"
    )
    event.speakers.set(Speaker.objects.all())
    snapshot = reported("Graustark condemned Example’s visit to Strelsau.\n")

    mention = EventMention.objects.get()
    assert (mention.event, mention.where) == (event, "words")
    page = client.get(Statement.objects.get().get_absolute_url()).content.decode()
    assert "Named in the words: «Example’s visit to Strelsau»" in page
    event.speakers.clear()
    read_again(snapshot)

    assert not EventMention.objects.exists()


def test_a_position_says_where_its_treaty_is_named(client: Client) -> None:
    treaty = TreatyFactory(aliases={"en": ["the pact"]}, short_name="Invented Pact")
    treaty.parties.set(Actor.objects.filter(code__in=["RUR", "GRA"]))
    ProvisionFactory(treaty=treaty, number="4", keywords=["mutual defence clause"])
    reported(
        "Ruritania and Graustark have signed the pact.\n"
        "Ada Example condemned its haste and its length.\n"
        "Graustark condemned the mutual-defence clause of the pact.\n"
    )

    haste, clause = Position.objects.order_by("pk")
    assert (haste.provision, haste.where, haste.named) == (None, "before", "the pact")
    assert clause.provision is not None
    assert (clause.where, clause.named) == ("words", "mutual-defence clause")
    page = client.get(clause.statement.get_absolute_url()).content.decode()
    assert "Named in the words: «mutual-defence clause»." in page
    article = client.get(
        f"/articles/{clause.statement.attestations.get().snapshot.article_id}/"
    )
    assert "About Invented Pact, Article 4, named in the words" in article.content.decode()


def test_a_resolution_needs_the_state_that_it_concerns() -> None:
    resolution = TreatyFactory(
        kind="resolution", titles={"en": ["Security Council resolution 9718 (2024)"]}
    )
    resolution.concerns.set(Actor.objects.filter(code="GRA"))
    reported("Ada Example condemned the breach of resolution 9718.\n")
    assert not Position.objects.exists()

    reported("Ada Example condemned the breach by Graustark of UNSCR 9718.\n")

    assert Position.objects.get().named == "UNSCR 9718"


def test_the_timeline_shows_a_month_as_a_month(client: Client) -> None:
    StatementFactory(said_on=date(2024, 6, 1), said_on_precision="month")

    page = client.get("/statements/").content.decode()

    assert "June 2024" in page
    assert "1 June 2024" not in page
