"""Names that the register does not know queue up, and an editor says whose they are."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from sources.models import Job
from statements import review
from statements.models import ActorName, Party, SettledName, Speaker, SpeakerName, Statement
from statements.register_lookup import speakers_like
from statements.unknown_names import counted, is_spelling_of
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    OfficeFactory,
    PartyFactory,
    SpeakerFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    user: User = UserFactory(username="ed")
    user.groups.add(Group.objects.get(name="editor"))
    return user


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def said_by(name: str, **more: object) -> Statement:
    row: Statement = StatementFactory(status="proposed", published_at=None)
    PartyFactory(statement=row, speaker=None, actor=None, name=name, **more)
    AttestationFactory(statement=row)
    return row


def test_a_spelling_that_came_since_is_one_that_a_name_may_mean() -> None:
    speaker = SpeakerFactory(name="Ada Example")
    assert not speakers_like(["Rudolf Rassendyll"])["Rudolf Rassendyll"]

    SpeakerName.objects.create(speaker=speaker, text="Rudolf Rasendyll", kind="alias")

    [like] = speakers_like(["Rudolf Rassendyll"])["Rudolf Rassendyll"]
    assert (like.speaker, like.name) == (speaker, "Rudolf Rasendyll")


def test_the_newest_reports_of_a_name_are_shown_however_many_there_are(desk: Client) -> None:
    rows = [said_by("Rudolf Rassendyll") for _ in range(5)]
    PartyFactory(statement=rows[4], speaker=None, actor=None, name="Rudolf Rassendyll", order=1)

    [shown] = desk.get("/review/names/").context["names"]

    assert shown.statements == 5
    assert [report.statement for report in shown.reports] == rows[:1:-1]


def test_names_are_counted_the_most_frequent_first() -> None:
    for name in ("Ada Exampel", "Bo Other", "Ada Exampel"):
        said_by(name)
    assert [(row["name"], row["statements"]) for row in counted()] == [
        ("Ada Exampel", 2),
        ("Bo Other", 1),
    ]


def test_known_ones_bodies_and_nobody_are_no_unknown_names() -> None:
    land = ActorFactory(name="Exampleland")
    ActorName.objects.create(actor=land, text="the Exampleland government")
    StatementFactory(party={"name": "Somebody known"})
    for name in ("Exampleland", "The Exampleland Government"):
        PartyFactory(statement=StatementFactory(), speaker=None, actor=land, name=name)
    said_by("unnamed speaker")
    rejected = said_by("Of a rejected one")
    Statement.objects.filter(pk=rejected.pk).update(status="rejected", status_reason="No.")
    assert not counted().exists()


def test_a_name_is_shown_in_context_with_whom_it_may_be(desk: Client) -> None:
    row = said_by("Ada Exampel")
    SpeakerFactory(name="Ada Example")

    page = desk.get("/review/names/")

    assertContains(page, row.public_id)
    assertContains(page, "Same person as Ada Example")


def test_a_spelling_is_known_from_then_on(desk: Client, editor: User) -> None:
    speaker = SpeakerFactory(name="Ada Example", slug="ada-example")
    office = OfficeFactory(speaker=speaker)
    decided, untouched = said_by("Ada Exampel"), said_by("Ada Exampel")
    review.publish(decided, editor)

    desk.post(
        "/review/names/", {"name": "Ada Exampel", "decision": "same", "speaker": "ada-example"}
    )

    assert SpeakerName.objects.get().text == "Ada Exampel"
    party = decided.parties.get()
    assert (party.speaker, party.office, party.name) == (speaker, office, "Ada Example")
    # The machine's own is left to the machine, which knows the name now.
    assert untouched.parties.get().speaker is None
    report = untouched.attestations.get()
    job = Job.objects.get(kind=Job.Kind.ATTRIBUTE, subject=report.snapshot_id)
    assert job.state == Job.State.QUEUED


def test_a_new_speaker_is_made_of_a_name(desk: Client) -> None:
    land = ActorFactory(code="EXL")
    said_by("Ada Example")
    desk.post(
        "/review/names/",
        {
            "name": "Ada Example",
            "decision": "new",
            "office_title": "Minister",
            "office_actor": "EXL",
        },
    )
    speaker = Speaker.objects.get()
    assert (speaker.name, speaker.offices.get().actor) == ("Ada Example", land)


def test_a_name_that_needs_nobody_is_left_out_with_its_reason(desk: Client) -> None:
    said_by("a diplomat")
    refused = desk.post("/review/names/", {"name": "a diplomat", "decision": "settle"})
    assertContains(refused, "Say why", status_code=422)
    assert not SettledName.objects.exists()

    desk.post("/review/names/", {"name": "a diplomat", "decision": "settle", "why": "Nobody."})
    page = desk.get("/review/names/")
    assertContains(page, "Every name is known.")
    assertContains(page, "Nobody.")
    assert Party.objects.get().name == "a diplomat"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"decision": "same", "speaker": "Nobody Known"}, "No one speaker of the register"),
        ({"decision": "new", "office_title": "M", "office_actor": "QQQ"}, "no such actor"),
        ({"decision": "new", "office_actor": "EXL"}, "Name the office"),
    ],
)
def test_bad_input_is_explained_and_kept(
    desk: Client, values: dict[str, str], sentence: str
) -> None:
    ActorFactory(code="EXL")
    said_by("Ada Example")
    page = desk.post("/review/names/", {"name": "Ada Example", **values})
    assertContains(page, sentence, status_code=422)
    assertContains(page, values.get("speaker") or values["office_actor"], status_code=422)
    assert not Speaker.objects.exists()


def test_two_people_of_one_name_are_not_mixed_up(editor: User) -> None:
    speaker = SpeakerFactory(name="Ada Example")
    other = said_by("Ada Exempel")
    review.publish(other, editor)
    assert is_spelling_of("Ada Exampel", speaker, editor, "") == 0
    assert other.parties.get().speaker is None


def test_viewers_look_and_do_not_decide(client: Client) -> None:
    assert client.get("/review/names/").status_code == 302
    user = UserFactory()
    user.groups.add(Group.objects.get(name="viewer"))
    client.force_login(user)
    said_by("Ada Example")
    page = client.get("/review/names/")
    assertNotContains(page, "A new speaker")
    answer = client.post("/review/names/", {"name": "Ada Example", "decision": "new"})
    assert answer.status_code == 403


def test_many_names_cost_few_queries(
    desk: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        said_by(f"Ada Number{number}")
        SpeakerFactory()
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        desk.get("/review/names/")
