"""Nothing that an editor typed at the desk is lost, whatever they press and whatever is refused."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from statements import review
from statements.claims import claim
from statements.merging import merge
from statements.models import Claim, Flag, Match, Review, Statement
from statements.review import ReviewError
from tests.factories import UserFactory
from tests.statements.test_reviewing import decide, line, proposed, signed_in

pytestmark = pytest.mark.django_db

Status = Statement.Status
LONG = "a careful note " * 140  # more than its field holds


@pytest.fixture
def desk() -> Client:
    return signed_in("editor")


@pytest.fixture
def grace() -> User:
    user: User = UserFactory(username="grace")
    return user


def path(statement: Statement) -> str:
    return f"/review/{statement.public_id}/"


@pytest.mark.parametrize(
    "decision", ["publish", "save", "reject:off topic", "merge:{other}", "apart:{other}"]
)
def test_a_note_over_its_limit_is_refused_and_kept(desk: Client, decision: str) -> None:
    statement, other = proposed(), proposed()

    verb = decision.format(other=other.public_id)
    response = decide(desk, statement, verb, why=LONG, place="Strelsau")

    assertContains(response, "Nothing was written.", status_code=422)
    assertContains(response, LONG, status_code=422)
    assertContains(response, "Strelsau", status_code=422)
    assert not Review.objects.exists()


@pytest.mark.parametrize("start", ["1e2", "-3", "twelve", "12", "9" * 30])
def test_words_that_begin_nowhere_before_their_end_are_refused_and_kept(
    desk: Client, start: str
) -> None:
    statement = proposed()
    places = {"report": statement.attestations.get().pk, "start": start, "end": "9"}

    response = decide(desk, statement, "save", place="Strelsau", **places)

    assertContains(response, "Nothing was written.", status_code=422)
    assertContains(response, "Strelsau", status_code=422)
    assert not Review.objects.exists()


@pytest.mark.parametrize("decision", ["merge:\x00", "apart:\x00", "reject:\x00", "undo:\x00"])
def test_a_decision_that_no_page_offers_is_refused(desk: Client, decision: str) -> None:
    assert decide(desk, proposed(), decision).status_code in {302, 409}
    assert not Review.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_statement_of_a_mistyped_year_can_still_be_corrected(desk: Client, day: str) -> None:
    statement = proposed()
    Statement.objects.update(said_on=day)
    statement.refresh_from_db()

    assertContains(desk.get(path(statement)), day)
    assertContains(desk.get(statement.get_absolute_url()), statement.public_id)
    decide(desk, statement, "save", said_on="2024-12-31")
    statement.refresh_from_db()
    assert str(statement.said_on) == "2024-12-31"


@pytest.mark.parametrize("report", ["", "999999", "x"])
def test_words_of_a_report_that_is_gone_move_nowhere_and_lose_nothing(
    desk: Client, report: str
) -> None:
    response = decide(
        desk, proposed(), "shift:start-later", report=report, start="1e2", place="Strelsau"
    )

    assertContains(response, "Strelsau")


def test_a_withdrawal_with_too_long_a_reason_is_refused_and_keeps_it(
    desk: Client, grace: User
) -> None:
    statement = proposed()
    review.publish(statement, grace)

    response = decide(desk, statement, "withdraw", why=LONG)

    assertContains(response, LONG, status_code=422)
    statement.refresh_from_db()
    assert statement.status == Status.PUBLISHED


def test_the_note_of_a_flag_is_refused_whole_and_kept(desk: Client) -> None:
    response = decide(desk, proposed(), "flag", flag_note=LONG, why="read twice")

    assertContains(response, LONG, status_code=422)
    assertContains(response, "read twice", status_code=422)
    assert not Flag.objects.exists()


def test_what_is_wrong_in_a_line_of_those_who_take_part_is_listed(desk: Client) -> None:
    statement = proposed()

    response = decide(desk, statement, "save", **line(statement, name="Nobody Known"))

    assertContains(response, 'id="form-errors"', status_code=422)
    assertContains(response, '<a href="#id_party-0-name">Who</a>', status_code=422)


DRAFTS: list[dict[str, Any]] = [
    {"why": "read in full"},
    {"place": "Strelsau"},
    {"stance": "neutral"},
    {"proposed": "1::"},
    {"object": "troops", "initial-object": ""},
    {"start": 3, "initial-start": 4},
    {"flag_note": "Which bridge?"},
    {"into": "KX3"},
    {"party-0-name": "Bo Sample"},
]


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: next(iter(draft)))
def test_skipping_asks_before_it_drops_what_was_typed(
    desk: Client, draft: dict[str, Any]
) -> None:
    statement, following = proposed(), proposed()
    given = line(statement) | draft

    asked = decide(desk, statement, "skip", **given)
    left = decide(desk, statement, "skip:drop", **given)

    assertContains(asked, "What you changed here is not saved.")
    assertContains(asked, 'value="skip:drop"')
    name, value = next(iter(draft.items()))
    form = asked.context["parties"][0] if "party" in name else asked.context["form"]
    assert str(form[name.removeprefix("party-0-")].value()) == str(value)
    assertRedirects(left, path(following))


def test_skipping_an_untouched_form_asks_nothing(desk: Client) -> None:
    statement, following = proposed(), proposed()
    given = {"treaty": "", "initial-treaty": "", "legal": "none", "initial-legal": "none"}

    assertRedirects(decide(desk, statement, "skip", **given), path(following))


def test_undoing_asks_before_it_drops_what_was_typed(desk: Client) -> None:
    first, second = proposed(), proposed()
    decide(desk, first, "publish")
    act = Review.objects.get().act

    asked = decide(desk, second, f"undo:{act}", why="read in full")
    undone = decide(desk, second, f"undo:{act}:drop", why="read in full")

    assertContains(asked, f'value="undo:{act}:drop"')
    assertRedirects(undone, path(first))
    first.refresh_from_db()
    assert first.status == Status.PROPOSED
    assertRedirects(decide(desk, second, f"undo:{act}"), path(second))
    assertContains(desk.get(path(second)), "Decide")


@pytest.mark.parametrize(
    "deed", [{"decision": "flag", "flag_note": "Which bridge?"}, {"decision": "unflag"}]
)
def test_a_flag_set_or_taken_off_keeps_the_draft(
    desk: Client, grace: User, deed: dict[str, Any]
) -> None:
    statement = proposed()
    if deed["decision"] == "unflag":
        review.flag(statement, grace, "Look.")

    page = decide(desk, statement, **deed, why="read in full", place="Strelsau")

    assertContains(page, "read in full")
    assert page.context["form"]["place"].value() == "Strelsau"
    assert not page.context["form"]["flag_note"].value()
    assert Flag.objects.exists() == (deed["decision"] == "flag")
    assertContains(page, "Flagged " if Flag.objects.exists() else "Took the flag off ")
    assert not Review.objects.filter(decision="edit").exists()


def test_a_flag_on_a_stale_page_is_set_and_the_draft_still_meets_the_conflict(
    desk: Client, grace: User
) -> None:
    statement = proposed()
    seen = Statement.objects.get(pk=statement.pk)
    review.edit(statement, grace, place="Strelsau")

    flagged = decide(desk, seen, "flag", flag_note="Which bridge?", why="read in full")
    published = decide(desk, seen, "publish", why="read in full")

    assertContains(flagged, "read in full")
    assert Flag.objects.get().note == "Which bridge?"
    assertContains(published, "grace decided: edit", status_code=409)


def test_taking_over_keeps_the_draft(desk: Client, grace: User) -> None:
    statement = proposed()
    claim(statement, grace)

    page = decide(desk, statement, "claim", why="read in full")

    assertContains(page, "read in full")
    assert Claim.objects.get().by.username == "editor"


def test_a_note_for_others_is_saved_with_the_rest_and_never_passed_over(desk: Client) -> None:
    statement = proposed()

    refused = decide(desk, statement, "publish", flag_note="Which bridge?")
    decide(desk, statement, "save", flag_note="Which bridge?", place="Strelsau")

    assertContains(refused, "Flag it first, or empty this field.", status_code=422)
    assertContains(refused, "Which bridge?", status_code=422)
    statement.refresh_from_db()
    assert (statement.place, statement.flag.note) == ("Strelsau", "Which bridge?")


def test_that_two_are_two_is_a_decision_that_is_listed_and_undone(
    desk: Client, client: Client
) -> None:
    one, other = proposed(), proposed()
    Match.objects.create(statement=one, other=other, verdict="perhaps", score=70)
    before = list(Match.objects.values())

    kept = decide(desk, one, f"apart:{other.public_id}", why="another day", place="Strelsau")

    assert kept.context["form"]["place"].value() == "Strelsau"
    assert not kept.context["form"]["why"].value()
    assert {row.statement_id for row in Review.objects.filter(decision="apart")} == {
        one.pk,
        other.pk,
    }
    log = desk.get("/review/log/", {"decision": "apart"})
    assertContains(log, f"Another than {other.public_id}. another day")
    assertContains(desk.get("/review/"), "kept apart")
    versions = [row.version for row in Statement.objects.order_by("pk")]

    act = Review.objects.filter(decision="apart")[0].act
    decide(desk, one, f"undo:{act}")

    assert list(Match.objects.values()) == before
    assert [row.version for row in Statement.objects.order_by("pk")] == versions
    assert list(one.reviews.values_list("decision", flat=True)) == ["undo", "apart"]
    assertNotContains(client.get(one.get_absolute_url()), "another day")


def test_two_are_kept_apart_once(desk: Client) -> None:
    one, other = proposed(), proposed()
    decide(desk, one, f"apart:{other.public_id}")

    again = decide(desk, other, f"apart:{one.public_id}")

    assertContains(again, "They are kept apart already.", status_code=409)


def test_a_flag_goes_along_with_a_merge_and_comes_back(grace: User, desk: Client) -> None:
    row, into, third = proposed(), proposed(), proposed()
    review.flag(row, grace, "Which bridge?")
    review.flag(third, grace, "Who?")

    merge(row, into, grace)
    assert Flag.objects.get(statement=into).note == "Which bridge?"
    merge(into, third, grace)

    assert Flag.objects.get().note == f"Who?\ngrace of {into.public_id}: Which bridge?"
    for act in Review.objects.filter(decision="merge").values_list("act", flat=True)[::2]:
        desk.post("/review/undo/", {"act": str(act)})
    assert set(Flag.objects.values_list("statement", "note")) == {
        (row.pk, "Which bridge?"),
        (third.pk, "Who?"),
    }


def test_what_is_flagged_is_listed_whatever_became_of_it(grace: User, desk: Client) -> None:
    published = proposed()
    review.publish(published, grace)
    review.flag(published, grace, "Was it on Friday?")

    assertContains(desk.get("/review/", {"flagged": "1"}), "Was it on Friday?")


@pytest.mark.parametrize("status", ["rejected", "withdrawn"])
def test_what_was_taken_back_is_not_merged_into_what_stands(grace: User, status: str) -> None:
    row, into = proposed(), proposed()
    review.publish(into, grace)
    if status == "rejected":
        review.reject(row, grace, "off topic")
    else:
        review.publish(row, grace)
        review.withdraw(row, grace, "The outlet retracted it.")

    with pytest.raises(ReviewError, match=f"is {status}"):
        merge(row, into, grace)

    row.refresh_from_db()
    assert row.status_reason in {"off topic", "The outlet retracted it."}
    assert row.attestations.exists()


def test_moved_words_are_not_called_located(desk: Client) -> None:
    statement = proposed()
    report = statement.attestations.get()
    given = {"report": report.pk, "start": report.start, "end": report.end - 2}

    still = desk.get(path(statement))
    moved = decide(desk, statement, "publish", why=LONG, **given)

    assertContains(still, "Located: exact match")
    assertContains(moved, "not saved yet", status_code=422)
    assertNotContains(moved, "Located: exact match", status_code=422)
