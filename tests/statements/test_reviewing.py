"""An editor sees one candidate and its source, decides once, and comes to the next."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from statements import review
from statements.models import Party, Position, Review, Statement
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

pytestmark = pytest.mark.django_db


def proposed(**values: object) -> Statement:
    """A statement that waits, with its speaker and a report."""
    party: Party = PartyFactory(
        statement__status="proposed", statement__published_at=None, **values
    )
    AttestationFactory(statement=party.statement)
    return party.statement


def signed_in(group: str) -> Client:
    user: User = UserFactory(username=group)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor() -> Client:
    return signed_in("editor")


def decide(client: Client, statement: Statement, decision: str, **values: object) -> Any:
    stands = {
        "text": statement.text,
        "language": statement.language,
        "said_on": statement.said_on or "",
        "said_on_precision": statement.said_on_precision,
    }
    given = {"version": statement.version, "decision": decision, **stands}
    given |= {f"initial-{name}": value for name, value in stands.items()}
    return client.post(f"/review/{statement.public_id}/decide/", {**given, **values})


def test_the_queue_shows_what_waits_oldest_first(editor: Client) -> None:
    first, second = proposed(), proposed()
    AttestationFactory(statement__text="This is published already.")

    page = editor.get("/review/")

    assert list(page.context["page"]) == [first, second]
    assertNotContains(page, "This is published already.")


def test_viewers_look_and_do_not_decide() -> None:
    statement, viewer = proposed(), signed_in("viewer")

    page = viewer.get(f"/review/{statement.public_id}/")

    assertContains(page, "Where it is printed")
    assertNotContains(page, "Your decision")
    assert decide(viewer, statement, "publish").status_code == 403


def test_publishing_leads_to_the_next(editor: Client) -> None:
    first, second = proposed(), proposed()

    response = decide(editor, first, "publish")

    assertRedirects(response, f"/review/{second.public_id}/")
    first.refresh_from_db()
    assert first.status == Statement.Status.PUBLISHED
    assert [r.decision for r in first.reviews.all()] == ["publish"]


def test_after_the_last_one_the_queue_is_shown(editor: Client) -> None:
    response = decide(editor, proposed(), "publish")

    assertRedirects(response, "/review/")


def test_a_correction_is_written_before_the_publication(editor: Client) -> None:
    statement = proposed()

    decide(editor, statement, "publish", said_on="2024-06-19", place="Pyongyang", why="checked")

    statement.refresh_from_db()
    assert statement.said_on == date(2024, 6, 19)
    assert statement.said_on_basis == Statement.DateBasis.EDITOR
    assert statement.place == "Pyongyang"
    assert [r.decision for r in statement.reviews.order_by("pk")] == ["edit", "publish"]


def test_a_day_that_is_taken_away_is_unknown(editor: Client) -> None:
    statement = proposed()

    decide(editor, statement, "save", said_on="")

    statement.refresh_from_db()
    assert statement.said_on is None
    assert statement.said_on_precision == "unknown"
    assert statement.said_on_basis == Statement.DateBasis.NONE


def line(statement: Statement, number: int = 0, **values: object) -> dict[str, object]:
    """The fields of one who takes part as a page sends them, with what was typed instead."""
    party = statement.parties.all()[number] if number < statement.parties.count() else None
    stands: dict[str, object] = {
        "role": party.role if party else "speaker",
        "name": party.name if party else "",
        "office": ((party and party.office_id) or "-") if party else "",
        "actor": party.actor.name if party and party.actor else "",
    }
    prefix = f"party-{number}"
    fields = {f"{prefix}-{name}": value for name, value in {**stands, **values}.items()}
    fields |= {f"initial-{prefix}-{name}": value for name, value in stands.items()}
    if party:
        fields[f"{prefix}-key"] = party.pk
    count = statement.parties.count()
    fields |= {"party-TOTAL_FORMS": count + 1, "party-INITIAL_FORMS": count}
    return fields


def test_another_speaker_comes_with_the_office_held_on_that_day(editor: Client) -> None:
    statement = proposed(printed="the minister")
    speaker = SpeakerFactory(name="Grace Example")
    OfficeFactory(speaker=speaker, title="Old office", end=date(2024, 1, 1))
    OfficeFactory(speaker=speaker, title="Office then", start=date(2024, 1, 2))

    decide(editor, statement, "save", **line(statement, name="grace example"))

    party = statement.parties.get()
    assert (party.name, party.printed) == ("Grace Example", "the minister")
    assert party.office is not None
    assert party.office.title == "Office then"
    assert party.actor == party.office.actor
    assert statement.reviews.get().after["voices"] == ["Grace Example"]


def test_a_name_of_nobody_is_refused_with_those_near_it(editor: Client) -> None:
    statement = proposed()
    SpeakerFactory(name="Grace Example")

    response = decide(editor, statement, "save", **line(statement, name="Grace Exampel"))

    assertContains(response, "nobody called «Grace Exampel»", status_code=422)
    assertContains(response, "Near it: Grace Example", status_code=422)
    assert not statement.reviews.exists()


def test_a_name_may_be_kept_that_the_register_does_not_have(editor: Client) -> None:
    statement = proposed()

    given = line(statement, name="A spokesman", unlisted="on")
    decide(editor, statement, "save", **given)

    party = statement.parties.get()
    assert (party.name, party.speaker) == ("A spokesman", None)


def test_a_co_issuer_is_added_and_taken_away(editor: Client) -> None:
    statement = proposed()
    ActorFactory(name="Republic of Ruritania", code="RUR")

    given = line(statement) | line(statement, 1, name="Republic of Ruritania", role="co_issuer")
    decide(editor, statement, "save", **given)

    added = statement.parties.get(role="co_issuer")
    assert (added.name, added.actor and added.actor.code) == ("Republic of Ruritania", "RUR")

    statement.refresh_from_db()
    decide(editor, statement, "save", **line(statement) | line(statement, 1, gone="on"))

    assert not statement.parties.filter(role="co_issuer").exists()


def test_somebody_must_have_said_it(editor: Client) -> None:
    statement = proposed()

    response = decide(editor, statement, "save", **line(statement, gone="on"))

    assertContains(response, "Somebody must have said it", status_code=409)
    assert statement.parties.count() == 1


def test_a_stance_is_coded_by_the_editor_beside_the_machine(editor: Client) -> None:
    statement = proposed()
    provision = ProvisionFactory(number="4")
    PositionFactory(statement=statement, treaty=provision.treaty, stance="neutral")

    decide(
        editor,
        statement,
        "publish",
        treaty=provision.treaty.pk,
        article="4",
        stance="condemns",
        legal="violates-unscr",
    )

    coded = statement.positions.by_person().get()
    assert (coded.stance, coded.provision, coded.legal) == (
        Position.Stance.CONDEMNS,
        provision,
        Position.Legal.VIOLATES_UNSCR,
    )
    assert statement.positions.count() == 2


def test_no_code_is_in_the_page_before_the_editor_has_chosen(editor: Client) -> None:
    provision = ProvisionFactory()
    statement = proposed()
    PositionFactory(
        statement=statement,
        treaty=provision.treaty,
        stance="warns",
        rule="a telling rule",
        evidence="telling words",
    )

    page = editor.get(f"/review/{statement.public_id}/").content.decode()
    unchosen = decide(editor, statement, "compare").content.decode()
    chosen = decide(editor, statement, "compare", stance="concerned").content.decode()

    for hidden in (page, unchosen):
        assert "a telling rule" not in hidden
        assert "telling words" not in hidden
        assert "Warns" not in hidden
    assert "Choose a stance first" in unchosen
    assert "a telling rule" in chosen
    assert "Warns" in chosen
    assert not statement.reviews.exists()


def test_the_next_page_tells_the_machines_code_beside_yours(editor: Client) -> None:
    statement, following = proposed(), proposed()
    position = PositionFactory(statement=statement, stance="criticises")

    response = decide(
        editor, statement, "publish", stance="concerned", treaty=position.treaty_id
    )
    page = editor.get(f"/review/{following.public_id}/")

    assertRedirects(response, f"/review/{following.public_id}/", fetch_redirect_response=False)
    assertContains(page, "You: concerned; machine: criticises.")


def test_a_rejection_needs_a_reason(editor: Client) -> None:
    statement = proposed()

    refused = decide(editor, statement, "reject")
    accepted = decide(editor, statement, "reject:off topic", why="It is on grain.")

    assertContains(refused, "Choose why it is rejected.", status_code=409)
    assert accepted.status_code == 302
    statement.refresh_from_db()
    assert statement.status_reason == "off topic: It is on grain."


def test_a_decision_on_a_stale_page_is_refused_and_keeps_what_was_typed(
    editor: Client,
) -> None:
    statement = proposed()
    seen = Statement.objects.get(pk=statement.pk)
    review.edit(statement, by=UserFactory(username="grace"), place="Seoul")

    response = decide(editor, seen, "publish", place="Pyongyang", why="a careful note")

    assertContains(response, "grace decided: edit", status_code=409)
    assertContains(response, "a careful note", status_code=409)
    statement.refresh_from_db()
    assert (statement.status, statement.place) == (Statement.Status.PROPOSED, "Seoul")


def test_a_double_press_decides_once(editor: Client) -> None:
    statement = proposed()

    decide(editor, statement, "publish")
    again = decide(editor, statement, "publish")

    assert again.status_code == 409
    assert Review.objects.count() == 1


def test_alike_statements_are_offered_and_merged(editor: Client) -> None:
    speaker = SpeakerFactory()
    words = "We keep to the text of the treaty and to nothing else."
    one = proposed(speaker=speaker, statement__text=words)
    other = proposed(speaker=speaker, statement__text=words.replace("nothing", "none"))
    proposed(speaker=speaker, statement__text="Grain exports rose in the first quarter.")

    page = editor.get(f"/review/{one.public_id}/")
    (offer,) = page.context["offers"]
    assert offer.other == other
    assert [party.speaker for party in offer.voices] == [speaker]

    decide(editor, one, f"merge:{other.public_id}")
    one.refresh_from_db()
    assert one.merged_into == other
    assert other.attestations.count() == 2


def test_a_published_statement_is_withdrawn_with_a_reason(editor: Client) -> None:
    statement = AttestationFactory().statement

    refused = decide(editor, statement, "withdraw")
    decide(editor, statement, "withdraw", why="The outlet retracted it.")

    assert refused.status_code == 409
    statement.refresh_from_db()
    assert statement.status == Statement.Status.WITHDRAWN


def test_the_log_is_for_editors(editor: Client) -> None:
    review.publish(proposed(), by=UserFactory(username="grace"), why="read twice")

    assertContains(editor.get("/review/log/"), "read twice")
    assert signed_in("analyst").get("/review/log/").status_code == 403


def test_the_filter_of_the_queue_is_kept_on_the_way(editor: Client) -> None:
    korean = [proposed(statement__language="ko"), proposed(statement__language="ko")]
    proposed(statement__language="en")

    page = editor.get("/review/", {"language": "ko"})
    assert list(page.context["page"]) == korean

    response = editor.post(
        f"/review/{korean[0].public_id}/decide/?language=ko",
        {"version": 1, "text": korean[0].text, "decision": "reject:off topic"},
    )
    assertRedirects(response, f"/review/{korean[1].public_id}/?language=ko")


def test_what_it_is_about_is_proposed_and_counts_once_it_is_chosen(editor: Client) -> None:
    provision = ProvisionFactory(number="4")
    statement = proposed()
    PositionFactory(
        statement=statement,
        treaty=provision.treaty,
        provision=provision,
        stance="condemns",
        object="troops",
    )

    page = editor.get(f"/review/{statement.public_id}/")
    form, (matter,) = page.context["form"], page.context["matters"]
    unseen = decide(editor, statement, "publish", stance="neutral")
    seen = decide(editor, statement, "publish", stance="neutral", proposed=matter.key)

    assert [form[name].value() for name in ("treaty", "article", "stance")] == [None] * 3
    assertContains(page, f"{provision.treaty}, article 4, troops")
    assertContains(unseen, "Choose what the stance is about.", status_code=422)
    assert seen.status_code == 302
    coded = statement.positions.by_person().get()
    assert (coded.provision, coded.object, coded.stance) == (provision, "troops", "neutral")


@pytest.mark.parametrize("key", ["x", "::4", "a:troops:", ":no-object:", "0::"])
def test_a_matter_that_nobody_proposed_is_refused(editor: Client, key: str) -> None:
    statement = proposed()

    response = decide(editor, statement, "publish", stance="neutral", proposed=key)

    assert response.status_code == 422
    assert not statement.positions.exists()


def test_two_answers_to_what_it_is_about_are_refused(editor: Client) -> None:
    position = PositionFactory(statement=proposed())
    statement = position.statement
    both = {"proposed": f"{position.treaty_id}::", "object": "troops"}

    response = decide(editor, statement, "publish", stance="neutral", **both)

    assertContains(response, "and something else", status_code=422)
    assertContains(response, f'value="{position.treaty_id}::" checked', status_code=422)


def test_an_editor_who_judged_before_finds_it_in_the_form(editor: Client) -> None:
    statement = proposed()
    own = PositionFactory(
        statement=statement,
        coder=User.objects.get(username="editor"),
        rule="",
        object="troops",
        legal="violates-unscr",
    )
    PositionFactory(statement=statement, stance="condemns")

    page = editor.get(f"/review/{statement.public_id}/")

    values = {
        name: page.context["form"][name].value() for name in ("treaty", "object", "legal")
    }
    assert values == {"treaty": own.treaty_id, "object": "troops", "legal": "violates-unscr"}
    assert page.context["matters"] == []


def test_a_stance_needs_something_that_it_is_about(editor: Client) -> None:
    statement = proposed()

    response = decide(editor, statement, "publish", stance="condemns")

    assertContains(response, "Choose what the stance is about.", status_code=422)
    assert not statement.positions.exists()
