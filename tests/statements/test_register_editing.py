"""Editors merge, split and withdraw entries of the register, and old addresses answer."""

import csv
import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from statements import merging, review
from statements.models import Actor, Speaker
from statements.register_merging import merge_entries
from statements.register_withdrawing import withdraw_entry
from statements.voices import VoiceRows
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    EventFactory,
    OfficeFactory,
    PartyFactory,
    SpeakerFactory,
    StatementFactory,
    UserFactory,
)
from tests.statements.test_register_merging import said
from tests.statements.test_reviewing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return signed_in("editor")


def told(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(path)
    assert answer.status_code == status
    return json.loads(answer.content)


# ------------------------------------------------------------------------ merge


def test_a_merge_is_shown_before_it_is_made(editor: Client) -> None:
    twin = SpeakerFactory(name="Ada Exampel", slug="twin")
    ada = SpeakerFactory(name="Ada Example", slug="ada")
    state = ActorFactory(name="Ruritania")
    OfficeFactory(speaker=ada, actor=state, title="Envoy")
    double = OfficeFactory(speaker=twin, actor=state, title="Envoy")
    twin.names.create(text="A. Example")
    said(twin, office=double)
    said(twin, statement__status="proposed")

    first = editor.get("/speakers/twin/merge/")
    assertContains(first, '<a href="?into=ada">Ada Example</a>', html=True)
    page = editor.get("/speakers/twin/merge/", {"into": "Ada Example"})

    assertContains(page, "<li>2 places in statements</li>", html=True)
    assertContains(page, "<li>1 speaker name</li>", html=True)
    assertContains(page, "2 statements change, 1 of them published.")
    assertContains(page, "«Ada Exampel»")
    assertContains(page, "The office «Envoy» for Ruritania is taken for «Envoy»")
    assertNotContains(page, "not alike")
    twin.refresh_from_db()
    assert twin.merged_into is None


def test_offices_that_are_not_alike_are_taken_for_one_with_a_warning(editor: Client) -> None:
    twin, ada = SpeakerFactory(slug="twin"), SpeakerFactory(slug="ada")
    state = ActorFactory(name="Ruritania")
    day = {"start": date(2024, 1, 1), "start_precision": "year"}
    OfficeFactory(speaker=twin, actor=state, title="Deputy", title_kind="envoy", **day)
    day |= {"start": date(2023, 1, 1)}
    OfficeFactory(speaker=ada, actor=state, title="First Deputy", title_kind="envoy", **day)

    page = editor.get("/speakers/twin/merge/", {"into": "ada"})

    assertContains(page, "Two offices that are not alike are taken for one.")
    assertContains(
        page, "differ in title («Deputy» and «First Deputy») and first day («2024» and «2023»)"
    )
    assertContains(page, "before you merge")


def test_the_merge_is_made_with_a_reason(editor: Client) -> None:
    twin, ada = SpeakerFactory(slug="twin"), SpeakerFactory(slug="ada")
    url = "/speakers/twin/merge/"

    missing = editor.post(url, {"into": "ada", "why": ""})
    assertContains(missing, "This field is required.", status_code=422)
    assertRedirects(editor.post(url, {"into": "ada", "why": "One person."}), "/speakers/ada/")

    twin.refresh_from_db()
    assert twin.merged_into == ada
    again = editor.post(url, {"into": "ada", "why": "One person."})
    assertContains(again, "was merged already", status_code=409)


def test_who_is_not_known_is_not_merged_into(editor: Client) -> None:
    SpeakerFactory(slug="twin", name="Ada Example")
    SpeakerFactory(name="Bo Sample")
    SpeakerFactory(name="Bo Sample")

    page = editor.get("/speakers/twin/merge/", {"into": "Bo Sample"})
    assertContains(page, "The register has no one entry called «Bo Sample».")
    itself = editor.get("/speakers/twin/merge/", {"into": "twin"})
    assertContains(itself, "It cannot be merged into itself.", status_code=409)


def test_actors_are_merged_by_code(editor: Client) -> None:
    twin, state = ActorFactory(code="X-TWIN"), ActorFactory(code="RUR", name="Ruritania")
    said(None, actor=twin)

    page = editor.get("/actors/X-TWIN/merge/", {"into": "RUR"})
    assertContains(page, "<li>1 place in a statement</li>", html=True)
    answer = editor.post("/actors/X-TWIN/merge/", {"into": "RUR", "why": "One state."})
    assertRedirects(answer, "/actors/RUR/")
    twin.refresh_from_db()
    assert twin.merged_into == state


def test_old_addresses_of_the_register_lead_on(client: Client) -> None:
    twin, ada = SpeakerFactory(slug="twin"), SpeakerFactory(slug="ada")
    other, state = ActorFactory(code="X-TWIN"), ActorFactory(code="RUR")
    statement = said(twin, actor=other)
    merge_entries(twin, ada, UserFactory(), "One.")
    merge_entries(other, state, UserFactory(), "One.")

    for old, new in (
        ("/speakers/twin/", "/speakers/ada/"),
        ("/speakers/twin.json", "/speakers/ada.json"),
        ("/actors/X-TWIN/", "/actors/RUR/"),
        ("/actors/X-TWIN.json", "/actors/RUR.json"),
    ):
        assertRedirects(client.get(old), new, status_code=301)
    assert told(client, "/speakers/ada.json")["merged_from"] == ["twin"]
    assert told(client, "/actors/RUR.json")["merged_from"] == ["X-TWIN"]
    for old in ("speaker=twin", "actor=X-TWIN", "speaker=ada"):
        found = told(client, f"/statements.json?{old}")
        assert [one["id"] for one in found["statements"]] == [statement.public_id]
    page = client.get("/statements/?speaker=twin", follow=True)
    assertContains(page, 'value="ada"')
    assertNotContains(page, 'value="twin" checked')


def test_a_text_read_before_the_merge_names_the_one_that_is_left() -> None:
    from statements.attribution import Attribution, Voice

    twin, ada = SpeakerFactory(slug="twin"), SpeakerFactory(slug="ada")
    voices = (Voice("Ada Example", speaker_id="twin"),)
    found = Attribution(
        rule="test", kind="direct", start=0, end=1, spans=((0, 1),), voices=voices, cue=""
    )
    merge_entries(twin, ada, UserFactory(), "One.")

    parties = VoiceRows([found]).parties(StatementFactory(), voices, "")

    assert parties[0].speaker == ada


# --------------------------------------------------------------------- withdraw


def test_a_withdrawn_speaker_has_a_tombstone(editor: Client, client: Client) -> None:
    speaker = SpeakerFactory(slug="exemplar", name="Exemplar")
    OfficeFactory(speaker=speaker, title="Envoy", actor__name="Ruritania")

    missing = editor.post("/speakers/exemplar/withdraw/", {"why": ""})
    assert missing.status_code == 422
    done = editor.post("/speakers/exemplar/withdraw/", {"why": "A ship, no person."})
    assertRedirects(done, "/speakers/exemplar/")

    page = client.get("/speakers/exemplar/")
    assertContains(page, "Exemplar was withdrawn from the register")
    assertContains(page, "A ship, no person.")
    assertContains(page, "Envoy, Ruritania")
    gone = told(client, "/speakers/exemplar.json", 410)
    assert (gone["name"], gone["reason"]) == ("Exemplar", "A ship, no person.")
    assert gone["successor"] is None
    assertNotContains(client.get("/speakers/"), "Exemplar")


def test_the_successor_is_named(editor: Client, client: Client, settings: Any) -> None:
    actor, state = ActorFactory(code="X-NO"), ActorFactory(code="RUR", name="Ruritania")
    said(None, actor=actor)

    refused = editor.post("/actors/X-NO/withdraw/", {"why": "No state."})
    assertContains(refused, "is named by 1 published statement", status_code=409)
    editor.post("/actors/X-NO/withdraw/", {"why": "No state.", "into": "Ruritania"})

    page = client.get("/actors/x-no/")
    assertContains(page, '<a href="/actors/RUR/">Ruritania</a>', html=True)
    gone = told(client, "/actors/X-NO.json", 410)
    assert gone["successor"] == f"{settings.SITE_URL}/actors/RUR/"
    actor.refresh_from_db()
    assert actor.merged_into == state


def test_the_register_s_tools_are_for_editors(editor: Client, client: Client) -> None:
    speaker, actor = SpeakerFactory(), ActorFactory()
    for row in (speaker, actor):
        address = row.get_absolute_url()
        assertContains(editor.get(address), f"{address}merge/")
        assertNotContains(client.get(address), f"{address}merge/")


# ------------------------------------------------------------------------ split


def test_a_person_is_told_apart(editor: Client) -> None:
    both = SpeakerFactory(slug="both", name="A. Example")
    alias = both.names.create(text="Ann Example", language="en")
    office = OfficeFactory(speaker=both, title="Envoy")
    theirs, left = said(both, office=office), said(both)

    first = editor.get("/speakers/both/split/")
    assertNotContains(first, "Why they are two")
    assertContains(first, '<span lang="en" dir="auto">Ann Example</span>')
    chosen = {
        "name": "Ann Example",
        "rows": [f"speakername:{alias.pk}", f"office:{office.pk}"],
    }
    page = editor.get("/speakers/both/split/", chosen)
    boxes = {party.statement: rests for party, rests in page.context["parties"]}
    assert boxes == {theirs: True, left: False}

    refused = editor.post("/speakers/both/split/", {**chosen, "why": ""})
    assertContains(refused, "This field is required.", status_code=422)
    given = {**chosen, "parties": theirs.parties.get().pk, "why": "Mother and daughter."}
    answer = editor.post("/speakers/both/split/", given)

    assertRedirects(answer, "/speakers/ann-example/")
    ann = Speaker.objects.get(slug="ann-example")
    assert list(ann.names.all()) == [alias]
    assert theirs.parties.get().speaker == ann
    assert left.parties.get().speaker == both


def test_an_actor_is_told_apart_and_taken_back(editor: Client) -> None:
    both = ActorFactory(code="X-BOTH", name="Office of Imports and Exports")
    event = EventFactory(title="Invented fair")
    event.actors.add(both)
    join = event.actors.through.objects.get()
    office = OfficeFactory(actor=both, title="Head of Exports")
    theirs, left = said(office.speaker, office=office, actor=both), said(None, actor=both)

    first = editor.get("/actors/X-BOTH/split/")
    assertContains(first, "Head of Exports")
    assertContains(first, "Invented fair")
    chosen = {
        "name": "Office of Exports",
        "code": "x-exports",
        "kind": "body",
        "rows": [f"office:{office.pk}", f"event_actors:{join.pk}"],
    }
    page = editor.get("/actors/X-BOTH/split/", chosen)
    boxes = {party.statement: rests for party, rests in page.context["parties"]}
    assert boxes == {theirs: True, left: False}

    taken = editor.post("/actors/X-BOTH/split/", {**chosen, "code": "X-BOTH", "why": "Two."})
    assertContains(taken, "has this code. Choose another.", status_code=422)
    answer = editor.post("/actors/X-BOTH/split/", {**chosen, "why": "They parted."})

    assertRedirects(answer, "/actors/X-EXPORTS/")
    exports = Actor.objects.get(code="X-EXPORTS")
    assert [row.parties.get().actor for row in (theirs, left)] == [exports, both]
    assertContains(editor.get("/actors/X-BOTH/"), "They parted.")
    page = editor.get("/actors/X-EXPORTS/")
    assertContains(page, "They parted.")
    act = page.context["acts"]()[0]
    given = {"act": str(act.key), "back": "/actors/X-BOTH/"}
    assertContains(editor.post("/register/undo/", given, follow=True), "Undone.")
    assert theirs.parties.get().actor == both
    assertRedirects(editor.get("/actors/X-EXPORTS/"), "/actors/X-BOTH/", status_code=301)


def test_nothing_chosen_is_no_split(editor: Client) -> None:
    SpeakerFactory(slug="both")
    answer = editor.post("/speakers/both/split/", {"name": "Ann Example", "why": "Two."})
    assertContains(answer, "Choose what belongs to the other.", status_code=409)
    assertContains(answer, 'value="Ann Example"', status_code=409)


# ------------------------------------------------------------------- statements


def test_a_merged_statement_is_known_by_its_old_id(client: Client) -> None:
    old, new = StatementFactory(), StatementFactory()
    AttestationFactory(statement=old)
    AttestationFactory(statement=new)
    merging.merge(old, new, UserFactory(), "Same words.")

    assertRedirects(client.get(f"/s/{old.public_id}/"), f"/s/{new.public_id}/", status_code=301)
    assertRedirects(
        client.get(f"/s/{old.public_id}.json"), f"/s/{new.public_id}.json", status_code=301
    )
    # A browser that has been led on once asks again: a merge can be undone.
    assert client.get(f"/s/{old.public_id}/").headers["Cache-Control"] == "no-cache"
    assert told(client, f"/s/{new.public_id}.json")["merged_from"] == [old.public_id]
    page = client.get(f"/s/{new.public_id}/")
    assertContains(page, "Also known as")
    assertContains(page, old.public_id)
    assert told(client, "/statements.json")["statements"][0]["merged_from"] == [old.public_id]
    lines = b"".join(client.get("/statements.csv").streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    [row] = csv.DictReader(lines)
    assert row["merged_from"] == old.public_id


def test_a_withdrawn_statement_says_when_and_why(client: Client) -> None:
    statement = AttestationFactory().statement
    review.withdraw(statement, UserFactory(), "The outlet retracted it.")

    page = client.get(f"/s/{statement.public_id}/")
    assertContains(page, "The outlet retracted it.")
    assertContains(page, f'<time datetime="{date.today():%Y-%m-%d}">')
    gone = told(client, f"/s/{statement.public_id}.json", 410)
    assert gone["reason"] == "The outlet retracted it."
    assert gone["withdrawn_at"].startswith(f"{date.today():%Y-%m-%d}")


def test_withdrawn_entries_are_not_listed(client: Client) -> None:
    actor = ActorFactory(name="Nowhereland")
    PartyFactory(actor=actor, statement__status="proposed")
    withdraw_entry(actor, UserFactory(), "No state.")
    assertNotContains(client.get("/actors/"), "Nowhereland")


# ------------------------------------------------------------------------- undo


def test_a_merge_is_undone_on_the_page_of_the_one_that_stayed(
    editor: Client, client: Client
) -> None:
    twin = SpeakerFactory(slug="twin")
    SpeakerFactory(slug="ada")
    statement = said(twin)
    editor.post("/speakers/twin/merge/", {"into": "ada", "why": "One person."})

    page = editor.get("/speakers/ada/")
    assertContains(page, "One person.")
    assertNotContains(client.get("/speakers/ada/"), "One person.")
    act = page.context["acts"]()[0]
    given = {"act": str(act.key), "back": "/speakers/ada/"}
    assertContains(editor.post("/register/undo/", given, follow=True), "Undone.")

    twin.refresh_from_db()
    assert (twin.merged_into, statement.parties.get().speaker) == (None, twin)
    again = editor.post("/register/undo/", given, follow=True)
    assertContains(again, "meanwhile by editor on")


def test_a_withdrawal_is_undone_on_its_tombstone(editor: Client) -> None:
    actor = ActorFactory(code="RUR")
    editor.post("/actors/RUR/withdraw/", {"why": "No state."})
    act = editor.get("/actors/RUR/").context["acts"]()[0]

    editor.post("/register/undo/", {"act": str(act.key), "back": "https://elsewhere.example/"})

    actor.refresh_from_db()
    assert actor.withdrawn_at is None
    damaged = editor.post("/register/undo/", {"act": "x", "back": "/actors/RUR/"}, follow=True)
    assertContains(damaged, "Choose which change to undo.")
