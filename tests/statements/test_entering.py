"""Words of a kept text become somebody's statement by a person's hand."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from history.models import Change
from sources.models import Snapshot
from statements.models import Attestation, Office, Review, Speaker, SpeakerName, Statement
from statements.proposals import record
from statements.verification import verify
from tests.factories import (
    ActorFactory,
    OfficeFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TEXT = (
    "Minister Ada Example of Exampleland spoke on Monday.\n"
    "“We keep to the text,” she said. “We keep to the text,” she said again.\n"
    "The minister called the pact “a plain matter” for both."
)


def signed_in(group: str) -> Client:
    user = UserFactory(username=f"a-{group}")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def snapshot() -> Snapshot:
    made: Snapshot = SnapshotFactory(text=TEXT)
    return made


def address(snapshot: Snapshot) -> str:
    return f"/articles/{snapshot.article_id}/enter/?v={snapshot.pk}"


def given(words: str = "a plain matter", **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    values = {"start": start, "end": start + len(words), "who": "Ada Example", "mode": "mixed"}
    return {**values, **more}


def test_pasted_words_are_found_in_another_form(snapshot: Snapshot) -> None:
    client = signed_in("analyst")

    found = client.get(address(snapshot), {"words": '"a  plain\nmatter"'})

    start = TEXT.index("“a plain")
    assert f"start={start}&end={start + 16}" in found.headers["Location"]


def test_words_printed_twice_are_asked_back(snapshot: Snapshot) -> None:
    page = signed_in("analyst").get(address(snapshot), {"words": "We keep to the text"})

    assertContains(page, "Printed 2 times")


def test_words_that_are_not_there_say_so(snapshot: Snapshot) -> None:
    page = signed_in("analyst").get(address(snapshot), {"words": "We break the text"})

    assertContains(page, "does not print these words", status_code=422)


def test_a_sentence_is_chosen_and_its_ends_are_moved_by_words(snapshot: Snapshot) -> None:
    client = signed_in("analyst")
    assertContains(client.get(address(snapshot)), f"start={TEXT.index('The minister called')}")

    start = TEXT.index("a plain")
    page = client.get(address(snapshot), {"start": start, "end": start + 7})

    assertContains(page, f"start={TEXT.index('plain')}&amp;end={start + 7}")
    assertContains(page, f"start={start}&amp;end={start + 15}")


@pytest.mark.usefixtures("guarded_history")
def test_an_entry_is_a_proposal_with_its_words_its_voice_and_its_day(
    snapshot: Snapshot,
) -> None:
    speaker = SpeakerFactory(name="Ada Example")
    office = OfficeFactory(speaker=speaker)
    client = signed_in("analyst")

    answer = client.post(
        address(snapshot),
        given(said_on="2024-06-17", printed="Minister Ada Example", place="Strelsau"),
    )

    row = Statement.objects.get()
    report = row.attestations.get()
    party = row.parties.get()
    assert answer.headers["Location"] == f"/review/{row.public_id}/"
    assert (row.status, row.text, row.said_on_basis) == (
        "proposed",
        "a plain matter",
        "editor",
    )
    assert (report.words, report.mode, report.attributed_by) == (
        "a plain matter",
        "mixed",
        "entered by hand",
    )
    assert TEXT[report.speaker_start : report.speaker_end] == "Minister Ada Example"
    assert (party.speaker, party.office, party.actor) == (speaker, office, office.actor)
    assert row.reviews.get().decision == Review.Decision.ENTER
    assert Change.objects.filter(table="statements_statement", who="a-analyst").exists()
    assert not verify(files=False).findings


def test_an_entry_is_not_said_to_be_the_machines(snapshot: Snapshot) -> None:
    SpeakerFactory(name="Ada Example")
    client = signed_in("analyst")
    client.post(address(snapshot), given())

    row = Statement.objects.get()
    start = TEXT.index("a plain matter")
    anew = f"{address(snapshot)}&start={start}&end={start + 7}"
    for path in ("/", row.get_absolute_url(), f"/review/{row.public_id}/", anew):
        page = client.get(path)
        assertContains(page, "ntered by hand, not yet checked")
        assertNotContains(page, "ound by machine, not yet checked")


def test_no_run_of_the_machine_takes_an_entry_back(snapshot: Snapshot) -> None:
    SpeakerFactory(name="Ada Example")
    signed_in("analyst").post(address(snapshot), given())

    record(snapshot, [])

    assert Statement.objects.get().status == Statement.Status.PROPOSED
    assert Attestation.objects.count() == 1


def test_the_same_words_are_not_entered_twice(snapshot: Snapshot) -> None:
    SpeakerFactory(name="Ada Example")
    client = signed_in("analyst")
    client.post(address(snapshot), given())

    again = client.post(address(snapshot), given(why="Once more."))

    row = Statement.objects.get()
    assertContains(again, "recorded already", status_code=422)
    assertContains(again, row.public_id, status_code=422)
    assertContains(again, "Once more.", status_code=422)


def test_a_name_that_is_not_known_is_asked_about(snapshot: Snapshot) -> None:
    like = SpeakerFactory(name="Ada Exampel")
    client = signed_in("editor")

    asked = client.post(address(snapshot), given())
    assertContains(asked, "The same person as Ada Exampel", status_code=422)
    assert not Statement.objects.exists()

    client.post(address(snapshot), given(unknown=f"same-{like.pk}"))
    assert Statement.objects.get().parties.get().speaker == like
    assert SpeakerName.objects.get().text == "Ada Example"


def test_a_new_speaker_with_an_office_is_made_on_the_way(snapshot: Snapshot) -> None:
    land = ActorFactory(code="EXL")
    signed_in("editor").post(
        address(snapshot),
        given(
            unknown="new",
            office_title="Minister of Texts",
            office_actor="exl",
            office_start="2023-01-01",
            said_on="2024-06-17",
        ),
    )

    speaker = Speaker.objects.get()
    assert (speaker.name, speaker.slug) == ("Ada Example", "ada-example")
    party = Statement.objects.get().parties.get()
    assert (party.office, party.actor) == (Office.objects.get(), land)


def test_nothing_is_half_made_when_the_words_are_recorded_already(snapshot: Snapshot) -> None:
    SpeakerFactory(name="Bo Other")
    client = signed_in("editor")
    client.post(address(snapshot), given(who="Bo Other"))

    client.post(address(snapshot), given(unknown="new"))

    assert not Speaker.objects.filter(name="Ada Example").exists()


def test_an_analyst_leaves_the_register_alone(snapshot: Snapshot) -> None:
    like = SpeakerFactory(name="Ada Exampel")
    client = signed_in("analyst")

    asked = client.post(address(snapshot), given(office_title="Minister", office_actor="EXL"))
    assertNotContains(asked, "The same person as", status_code=422)
    client.post(address(snapshot), given(unknown=f"same-{like.pk}"))
    assert not Statement.objects.exists()

    client.post(address(snapshot), given(unknown="as-printed"))
    party = Statement.objects.get().parties.get()
    assert (party.name, party.speaker) == ("Ada Example", None)
    assert Speaker.objects.count() == 1
    assert not Office.objects.exists()


def test_those_who_say_it_together_are_one_statement(snapshot: Snapshot) -> None:
    land = ActorFactory(code="EXL")
    other = SpeakerFactory(name="Bo Other")
    signed_in("analyst").post(
        address(snapshot), given(who="EXL", others="Bo Other\nCy Third\n")
    )

    parties = list(Statement.objects.get().parties.all())
    assert [(p.role, p.actor, p.speaker, p.name) for p in parties] == [
        ("speaker", land, None, land.name),
        ("co_issuer", None, other, "Bo Other"),
        ("co_issuer", None, None, "Cy Third"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("said_on", "June", "year-month-day"),
        ("said_on", "2999-01-01", "in the future"),
        ("who", "", "required"),
        ("mode", "sung", "valid choice"),
        ("mode", "summary", "valid choice"),
        ("end", "999999", "No words of this text are chosen"),
    ],
)
def test_bad_input_loses_nothing(
    snapshot: Snapshot, field: str, value: str, sentence: str
) -> None:
    SpeakerFactory(name="Ada Example")
    values = given(why="Typed with care.")
    if field == "end":
        values["start"] = "999990"

    page = signed_in("analyst").post(address(snapshot), {**values, field: value})

    assert page.status_code == 422
    assertContains(page, sentence, status_code=422)
    assert not Statement.objects.exists()


def test_an_unknown_version_is_not_there(snapshot: Snapshot) -> None:
    client = signed_in("analyst")
    for wanted in ("9999999", "x", "9" * 30):
        url = f"/articles/{snapshot.article_id}/enter/?v={wanted}"
        assert client.get(url).status_code == 404


def test_visitors_do_not_enter(client: Client, snapshot: Snapshot) -> None:
    assert client.get(address(snapshot)).status_code == 302
    assert signed_in("viewer").post(address(snapshot), given()).status_code == 403
    assert not Statement.objects.exists()
    assertNotContains(client.get(f"/articles/{snapshot.article_id}/"), "select.js")


def test_a_name_with_a_null_byte_is_refused_and_not_looked_up(snapshot: Snapshot) -> None:
    answer = signed_in("analyst").post(address(snapshot), given(who="Ada\x00Example"))

    assert answer.status_code == 422
