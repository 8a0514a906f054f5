"""The queue's orders and ways, claims, flags, undo, and the second pair of eyes."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from history.acting import acting
from statements import review
from statements.claims import claim, release
from statements.deeds import last_deeds
from statements.four_eyes import done_by
from statements.merging import merge
from statements.models import Claim, Flag, Match, Position, Review, Statement
from statements.undoing import undo
from statements.views.decision_forms import STANCES
from statements.waiting import Queue
from tests.factories import (
    AttestationFactory,
    EventFactory,
    PositionFactory,
    SourceFactory,
    SpeakerFactory,
    TreatyFactory,
    UserFactory,
)
from tests.statements.test_reviewing import decide, line, proposed, signed_in

pytestmark = pytest.mark.django_db

Status = Statement.Status


@pytest.fixture
def grace() -> User:
    user: User = UserFactory(username="grace")
    user.groups.add(Group.objects.get(name="editor"))
    return user


@pytest.fixture
def desk(grace: User) -> Client:
    client = Client()
    client.force_login(grace)
    return client


def waiting() -> Any:
    return Statement.objects.filter(status=Status.PROPOSED)


def path(statement: Statement) -> str:
    return f"/review/{statement.public_id}/"


# ------------------------------------------------------------------ the queue


def test_the_queue_is_put_in_order_by_what_the_editor_wants(grace: User) -> None:
    doubtful, confident, warned = proposed(), proposed(), proposed()
    doubtful.attestations.update(confidence="doubtful")
    warned.attestations.update(warnings=["damaged"], confidence="likely")
    AttestationFactory(
        statement=doubtful, snapshot__article__source=SourceFactory(name="Another Courier")
    )

    def order(name: str) -> list[Statement]:
        return list(Queue(waiting(), name).rows)

    assert order("") == [doubtful, confident, warned]
    assert order("newest") == [warned, confident, doubtful]
    assert order("warnings")[0] == warned
    assert order("confidence")[0] == doubtful  # its second report is confident
    doubtful.attestations.update(confidence="doubtful")
    assert order("confidence") == [confident, warned, doubtful]


@pytest.mark.parametrize("order", ["", "newest", "confidence", "source", "warnings"])
def test_skipping_comes_by_every_statement_once_in_every_order(order: str, grace: User) -> None:
    for number in range(5):
        proposed().attestations.update(
            confidence=["confident", "likely", ""][number % 3],
            warnings=["damaged"] if number % 2 else [],
        )
    queue = Queue(waiting(), order)
    first = queue.rows.first()
    assert first is not None
    way = [first]
    while len(way) < 5:
        following = queue.next_for(grace, way[-1])
        assert following is not None
        way.append(Statement.objects.get(pk=following.pk))

    assert way == list(queue.rows)
    assert queue.next_for(grace, way[-1]) == first
    assert [line.pk for line in queue.upcoming(grace, way[2], 9)] == [
        row.pk for row in [*way[3:], *way[:2]]
    ]


def test_filters_narrow_and_stay_on_the_way(desk: Client, grace: User) -> None:
    about, warned, flagged, touched = (proposed() for _ in range(4))
    treaty = TreatyFactory(slug="pact")
    PositionFactory(statement=about, treaty=treaty)
    warned.attestations.update(warnings=["damaged"])
    review.flag(flagged, UserFactory(), "Which bridge?")
    review.edit(touched, grace, place="Strelsau")
    Statement.objects.filter(pk=warned.pk).update(
        proposed_at=timezone.now() - timedelta(days=30)
    )

    def shown(**given: str) -> list[Statement]:
        return list(desk.get("/review/", given).context["page"])

    assert shown(treaty="pact") == [about]
    assert shown(warnings="1") == [warned]
    assert shown(age="older") == [warned]
    assert warned not in shown(age="day")
    assert shown(flagged="1") == [flagged]
    assert shown(mine="1") == [touched]
    page = desk.get(path(about), {"treaty": "pact", "order": "source"})
    assertContains(page, "?treaty=pact&amp;order=source")


def test_those_with_another_that_may_be_the_same_are_listed_until_kept_apart(
    desk: Client,
) -> None:
    speaker = SpeakerFactory()
    words = "We keep to the text of the treaty and to nothing else."
    one = proposed(speaker=speaker, statement__text=words)
    other = proposed(speaker=speaker, statement__text=words.replace("nothing", "none"))
    proposed()
    Match.objects.create(statement=one, other=other, verdict="perhaps", score=90)

    assert list(desk.get("/review/", {"same": "1"}).context["page"]) == [one, other]
    assertContains(desk.get(path(one)), f"Merge into {other.public_id}")

    response = decide(desk, one, f"apart:{other.public_id}", why="another day")

    assertRedirects(response, path(one))
    assertNotContains(desk.get(path(one)), f"Merge into {other.public_id}")
    assertContains(desk.get("/review/", {"same": "1"}), "Nothing waits that fits")


def test_an_undo_leads_back_to_what_waits(desk: Client, grace: User) -> None:
    published, other = proposed(), proposed()
    review.publish(published, grace)
    decide(desk, other, f"apart:{published.public_id}", why="another day")
    deed = last_deeds(grace)[0]

    assertRedirects(desk.post("/review/undo/", {"act": str(deed.act)}), path(other))


def test_only_sources_of_what_waits_are_listed_with_their_counts(desk: Client) -> None:
    first, second = proposed(), proposed()
    gazette = first.attestations.get().snapshot.article.source
    AttestationFactory(statement=second, snapshot__article__source=gazette)
    quiet = SourceFactory(name="The Quiet Courier")

    page = desk.get("/review/")

    assertContains(page, f">{gazette.name} (2)</option>")
    assertNotContains(page, "The Quiet Courier")
    chosen = desk.get("/review/", {"source": quiet.slug})
    assertContains(chosen, "The Quiet Courier (0)</option>")
    assertContains(chosen, "Nothing waits that fits this filter.")


def test_an_unknown_value_filters_nothing(desk: Client) -> None:
    statement = proposed()

    page = desk.get("/review/", {"treaty": "nothing", "order": "none"})

    assert list(page.context["page"]) == [statement]


def test_an_empty_queue_says_so(desk: Client) -> None:
    assertContains(desk.get("/review/"), "Nothing to review.")
    assertContains(desk.get("/review/", {"flagged": "1"}), "Nothing waits that fits")


# ------------------------------------------------------------------ claims


def test_a_claim_warns_others_and_is_skipped_by_their_queue(desk: Client, grace: User) -> None:
    held, free = proposed(), proposed()
    other = UserFactory(username="hedy")
    first = proposed()
    assert claim(held, other) is None

    page = desk.get(path(held))

    assertContains(page, "hedy has had this open since")
    assert Queue(waiting()).next_for(grace, first) == free
    assert decide(desk, held, "publish").status_code == 302


def test_a_claim_may_be_taken_over_renewed_and_runs_out(desk: Client, grace: User) -> None:
    statement = proposed()
    other = UserFactory(username="hedy")
    claim(statement, other)
    since = Claim.objects.get().since

    assert claim(statement, other) is None
    assert Claim.objects.get().since == since
    decide(desk, statement, "claim")
    assert Claim.objects.get().by == grace

    Claim.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert claim(statement, other) is None
    assert Claim.objects.get().by == other
    release(statement, grace)
    assert Claim.objects.exists()


def test_a_decision_lets_go_of_the_claim(desk: Client) -> None:
    statement = proposed()
    desk.get(path(statement))
    assert Claim.objects.exists()

    decide(desk, statement, "publish")

    assert not Claim.objects.exists()


def test_a_viewer_claims_nothing() -> None:
    statement = proposed()

    signed_in("viewer").get(path(statement))

    assert not Claim.objects.exists()


# ------------------------------------------------------------------ flags


def test_a_flag_is_listed_logged_and_kept_from_readers(desk: Client, client: Client) -> None:
    statement, following = proposed(), proposed()

    response = decide(desk, statement, "flag", flag_note="Which bridge?")

    assertRedirects(response, path(following))
    assertContains(desk.get("/review/"), "Flag: Which bridge?")
    assertContains(desk.get("/review/log/"), "Which bridge?")
    assertNotContains(client.get(statement.get_absolute_url()), "Which bridge?")
    before = statement.version
    statement.refresh_from_db()
    assert statement.version == before

    decide(desk, statement, "unflag")
    assert not Flag.objects.exists()


def test_what_is_settled_is_not_flagged_any_more(desk: Client) -> None:
    statement = proposed()
    review.flag(statement, UserFactory(), "Look.")

    decide(desk, statement, "publish")

    assert not Flag.objects.exists()
    act = Review.objects.get(decision="publish").act
    assert act is not None
    undo(act, UserFactory())
    assert Flag.objects.get().note == "Look."


# ------------------------------------------------------------------ undo


def test_the_last_ten_decisions_can_be_undone_newest_first(desk: Client, grace: User) -> None:
    statements = [proposed() for _ in range(12)]
    for statement in statements:
        decide(desk, statement, "publish")

    deeds = last_deeds(grace)
    assert [deed.statements[0] for deed in deeds] == statements[:1:-1]
    for deed in deeds:
        desk.post("/review/undo/", {"act": str(deed.act)})

    assert list(Statement.objects.published().order_by("pk")) == statements[:2]
    assert [deed.statements[0] for deed in last_deeds(grace)] == statements[1::-1]


def test_an_undo_is_a_decision_and_is_not_undone_itself(desk: Client, grace: User) -> None:
    statement = proposed()
    decide(desk, statement, "reject:off topic")
    (deed,) = last_deeds(grace)

    response = desk.post("/review/undo/", {"act": str(deed.act)})

    assertRedirects(response, path(statement))
    statement.refresh_from_db()
    assert (statement.status, statement.status_reason) == (Status.PROPOSED, "")
    assert [row.decision for row in statement.reviews.order_by("pk")] == ["reject", "undo"]
    assert last_deeds(grace) == []
    assertNotContains(desk.get("/review/log/"), "Undo<span")


def test_an_undo_is_refused_when_somebody_changed_it_since(desk: Client, grace: User) -> None:
    statement = proposed()
    decide(desk, statement, "save", place="Strelsau")
    (deed,) = last_deeds(grace)
    review.edit(statement, UserFactory(username="hedy"), place="Hentzau")

    response = desk.post("/review/undo/", {"act": str(deed.act)}, follow=True)

    assertContains(response, "nothing was undone")
    statement.refresh_from_db()
    assert statement.place == "Hentzau"
    assertContains(desk.post("/review/undo/", {"act": "x"}, follow=True), "Choose which")


def test_the_log_is_narrowed_by_person_and_decision(desk: Client, grace: User) -> None:
    review.publish(proposed(), grace)
    review.reject(proposed(), UserFactory(username="hedy"), "off topic")

    def shown(**given: str) -> list[str]:
        return [row.decision for row in desk.get("/review/log/", given).context["page"]]

    assert shown() == ["reject", "publish"]
    assert shown(by="hedy") == ["reject"]
    assert shown(decision="publish") == ["publish"]


# ------------------------------------------------------------------ words


def test_words_typed_are_found_in_the_article_or_refused(desk: Client) -> None:
    statement = proposed()
    report = statement.attestations.get()
    statement.text = report.words
    statement.save()
    statement.refresh_from_db()
    given = {"report": report.pk, "start": report.start, "end": report.end}
    shown = {**given, "initial-text": statement.text}

    refused = decide(desk, statement, "save", **shown, text="We keep to the letter")
    assertContains(refused, "The article does not print these words", status_code=409)

    decide(desk, statement, "save", **shown, text="keep to  the text")

    statement.refresh_from_db()
    report.refresh_from_db()
    assert statement.text == report.words == "keep to the text"
    assert report.snapshot.text[report.start : report.end] == report.words
    assert statement.reviews.count() == 1


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("chosen", [False, True])
def test_words_that_no_report_prints_are_refused_whichever_is_looked_at(
    desk: Client, grace: User, *, published: bool, chosen: bool
) -> None:
    statement = proposed(statement__text="keep to the text")
    report = statement.attestations.get()
    if published:
        review.publish(statement, grace)
    # The statement shows less than the report prints, so its words are not the report's.
    given = {"report": report.pk, "start": report.start, "end": report.end} if chosen else {}

    refused = decide(desk, statement, "save", **given, text="We keep to the letter")
    assertContains(refused, "No report of it prints these words", status_code=409)
    statement.refresh_from_db()
    assert statement.text == "keep to the text"

    decide(desk, statement, "save", **given, text="We keep to the text")
    statement.refresh_from_db()
    assert statement.text == "We keep to the text"


def test_words_of_another_report_are_looked_up_there_and_nothing_typed_is_lost(
    desk: Client,
) -> None:
    statement = proposed(statement__text="keep to the text")
    report = statement.attestations.get()
    given = {"report": report.pk, "start": report.start, "end": report.end}
    shown = {**given, "initial-text": statement.text}

    refused = decide(desk, statement, "save", **shown, text="We keep to the platypus")
    assertContains(refused, "No report of it prints these words", status_code=409)
    assertContains(refused, "We keep to the platypus</textarea>", status_code=409)

    decide(desk, statement, "save", **shown, text="We keep to the text")

    statement.refresh_from_db()
    assert statement.text == "We keep to the text"


def test_a_summary_gives_way_to_what_a_report_prints(desk: Client) -> None:
    statement = proposed(statement__summarised=True, statement__text="Keeps to the treaty.")
    report = statement.attestations.get()
    clearing = {"initial-summarised": "True"}

    page = desk.get(path(statement))
    refused = decide(desk, statement, "save", **clearing, text="We keep to the letter")
    decide(desk, statement, "save", **clearing)

    assertContains(page, 'name="summarised"')
    assertContains(refused, "No report of it prints these words", status_code=409)
    statement.refresh_from_db()
    assert (statement.text, statement.summarised) == (report.words, False)
    assertNotContains(desk.get(path(statement)), 'name="summarised"')


def test_a_summary_stays_while_nothing_is_printed(desk: Client) -> None:
    statement = proposed(statement__summarised=True)
    statement.attestations.all().delete()

    refused = decide(desk, statement, "save", **{"initial-summarised": "True"})
    kept = decide(desk, statement, "save", **{"initial-summarised": "True"}, summarised="on")

    assertContains(refused, "No report prints its words yet", status_code=409)
    assert kept.status_code == 302


def test_what_is_printed_never_becomes_a_summary(desk: Client) -> None:
    statement = proposed()

    decide(desk, statement, "save", summarised="on", place="Strelsau")

    statement.refresh_from_db()
    assert (statement.summarised, statement.place) == (False, "Strelsau")


def test_words_that_another_statement_has_are_not_taken(grace: User) -> None:
    statement = proposed()
    report = statement.attestations.get()
    other = AttestationFactory(snapshot=report.snapshot, start=4, end=8).statement

    with pytest.raises(review.ReviewError, match=other.public_id):
        review.correct_words(statement, report, 4, 8, grace)


# ------------------------------------------------------------------ conflicts


def test_mine_is_applied_on_top_of_theirs(desk: Client) -> None:
    statement = proposed()
    seen = Statement.objects.get(pk=statement.pk)
    given = line(seen, role="on_behalf_of") | {
        "initial-place": "",
        "place": "",
        "form": "speech",
    }
    review.edit(
        statement, UserFactory(username="hedy"), place="Strelsau", said_on_precision="month"
    )

    conflict = decide(desk, seen, "publish", **given)
    assertContains(conflict, "hedy decided: edit", status_code=409)
    assertContains(conflict, "Reapply mine", status_code=409)
    assertContains(conflict, 'value="skip:drop">Leave it and go on', status_code=409)
    again = decide(desk, seen, "reapply", **given)

    form, (party, *_) = again.context["form"], again.context["parties"]
    values = {name: form[name].value() for name in ("place", "said_on_precision", "form")}
    assert values == {"place": "Strelsau", "said_on_precision": "month", "form": "speech"}
    assert party["role"].value() == "on_behalf_of"
    assert form["version"].value() == statement.version
    assert not Review.objects.filter(decision="publish").exists()


def test_the_address_of_a_decision_leads_back_to_the_statement(desk: Client) -> None:
    statement = proposed()

    response = desk.get(f"{path(statement)}decide/?language=en")

    assertRedirects(response, f"{path(statement)}?language=en")


# ------------------------------------------------------------------ four eyes


@pytest.fixture
def four_eyes(settings: Any) -> None:
    settings.REVIEW_FOUR_EYES = True


@pytest.mark.usefixtures("four_eyes")
def test_nobody_publishes_what_they_changed(desk: Client, grace: User) -> None:
    statement = proposed()
    decide(desk, statement, "save", **line(statement, role="on_behalf_of"))
    statement.refresh_from_db()

    assertContains(desk.get(path(statement)), "Another editor must publish this")
    refused = decide(desk, statement, "publish")
    assertContains(refused, "somebody else must publish it", status_code=409)

    review.publish(statement, UserFactory(username="hedy"))
    assert statement.status == Status.PUBLISHED


@pytest.mark.usefixtures("four_eyes")
def test_corrections_and_publication_in_one_go_are_refused_whole(desk: Client) -> None:
    statement = proposed()

    refused = decide(desk, statement, "publish", **line(statement, role="on_behalf_of"))

    assertContains(refused, "You changed who speaks", status_code=409)
    assert statement.parties.get().role == "speaker"
    assert decide(desk, statement, "publish").status_code == 302


@pytest.mark.usefixtures("four_eyes")
def test_a_judgement_names_its_coder_and_needs_no_second_person(desk: Client) -> None:
    statement = proposed()
    treaty = TreatyFactory()

    done = decide(desk, statement, "publish", stance="condemns", treaty=treaty.pk)

    assert done.status_code == 302
    statement.refresh_from_db()
    assert statement.status == Status.PUBLISHED


@pytest.mark.usefixtures("four_eyes")
def test_whoever_entered_it_leaves_it_to_another_also_in_the_admin(grace: User) -> None:
    with acting(grace):
        statement = proposed()
    User.objects.filter(pk=grace.pk).update(is_superuser=True, is_staff=True)
    admin = Client()
    admin.force_login(User.objects.get(pk=grace.pk))

    done = admin.post(
        "/admin/statements/statement/",
        {"action": "publish", "_selected_action": [statement.pk]},
        follow=True,
    )

    assertContains(done, "somebody else must publish it")
    statement.refresh_from_db()
    assert statement.status == Status.PROPOSED


def test_what_was_taken_back_does_not_count(grace: User) -> None:
    statement = proposed()
    review.edit(statement, grace, text="We keep to the text")
    assert done_by(statement, grace) == ["changed its words"]

    undo(last_deeds(grace)[0].act, grace)

    assert done_by(statement, grace) == []
    review.edit(statement, grace, place="Strelsau")
    assert done_by(statement, grace) == []


def test_what_an_undo_brought_back_counts_again(grace: User) -> None:
    statement = proposed()
    review.edit(statement, grace, text="We keep to the text")

    taken_back = undo(last_deeds(grace)[0].act, grace)
    assert done_by(statement, grace) == []
    undo(taken_back.act, grace)

    assert done_by(statement, grace) == ["changed its words"]


def test_what_a_merge_brings_along_counts_too(grace: User) -> None:
    statement, other = proposed(), proposed()
    with acting(grace):
        AttestationFactory(statement=statement)

    merge(statement, other, grace)

    assert done_by(other, grace) == ["entered a report of it"]
    assert done_by(other, UserFactory()) == []


def test_without_the_setting_one_person_does_both(desk: Client) -> None:
    statement = proposed()

    response = decide(desk, statement, "publish", **line(statement, role="on_behalf_of"))

    assert response.status_code == 302
    statement.refresh_from_db()
    assert statement.status == Status.PUBLISHED


# ------------------------------------------------------------------ odd values


def test_an_undo_that_is_refused_leads_back_only_to_a_statement(
    desk: Client, grace: User
) -> None:
    statement = proposed()
    review.edit(statement, grace, text="keep to the text")
    act = last_deeds(grace)[0].act
    review.edit(statement, grace, text="We keep to the text")

    for back in ("a b", "\x00", "../x", "//else.example"):
        sent = {"act": str(act), "back": back}
        assert desk.post("/review/undo/", sent).headers["Location"] == "/review/log/"
        led = desk.post("/register/undo/", sent).headers["Location"]
        assert "else.example" not in led


def test_a_stance_that_is_none_is_shown_as_none_in_a_conflict(desk: Client) -> None:
    response = decide(desk, proposed(), "reject:off topic", version="9", stance="nothing")

    assert response.status_code == 409


# ------------------------------------------------------------------ keys and names


def test_each_code_of_the_codebook_has_one_digit_in_the_order_of_the_scale() -> None:
    codes = [code for _, _, _, row in STANCES for code in row]

    assert sorted(codes) == sorted(Position.Stance)
    values = [{Position.VALUES.get(code) for code in row} for _, _, _, row in STANCES]
    assert values == [{2}, {1}, {0}, {-1}, {-2}, {None}]


def test_keys_are_switched_off_and_on_by_a_cookie(desk: Client) -> None:
    page = path(proposed())
    assertContains(desk.get(page), "review.js")

    desk.get("/keys/", {"keys": "off", "next": page})
    assertNotContains(desk.get(page), "review.js")

    assert desk.get("/keys/", {"keys": "on", "next": "//else.example/"}).url == "/help/"  # type: ignore[attr-defined]
    assertContains(desk.get(page), "review.js")


def test_names_are_suggested_in_every_spelling(desk: Client) -> None:
    speaker = SpeakerFactory(name="Ada Example")
    speaker.names.create(text="에이다", kind="native", language="ko")
    EventFactory(title="Summit of Strelsau")

    def asked(kind: str, words: str) -> list[str]:
        rows = desk.get(f"/review/known/{kind}/", {"q": words}).json()["names"]
        return [row["typed"] for row in rows]

    assert asked("speaker", "exam") == ["Ada Example"]
    assert asked("speaker", "에이") == ["Ada Example"]
    assert asked("event", "strels") == ["Summit of Strelsau"]
    assert asked("speaker", "") == []
