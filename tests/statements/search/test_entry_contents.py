"""What an entry of the search says of a statement: its values, its days and its words."""

import random
from datetime import date
from importlib import import_module
from itertools import pairwise

import pytest
from django.db import connection
from django.db.models import Model

from statements import review
from statements.discrepancies import Field
from statements.models import (
    Attestation,
    FacetValue,
    Membership,
    Position,
    SpeakerName,
    Statement,
)
from statements.search.entries import deferred, wrong
from statements.search.kinds import Kind
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    EventFactory,
    OfficeFactory,
    PartyFactory,
    ProvisionFactory,
    SnapshotFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)
from tests.statements.search.moves import finds, versions
from tests.statements.search.told import Told, expected, kept, of

pytestmark = pytest.mark.django_db


def test_review_is_told_in_three_ways() -> None:
    statement = AttestationFactory(
        statement__status="proposed", statement__published_at=None
    ).statement
    assert of(statement)["review"] == {"machine"}

    review.publish(statement, by=UserFactory())
    assert of(statement)["review"] == {"verified"}

    Statement.objects.filter(pk=statement.pk).update(status="proposed")
    assert of(statement)["review"] == {"second"}


def test_an_actor_counts_with_all_that_it_belongs_to_and_was_a_member_of_that_day() -> None:
    state, pact, council = ActorFactory(), ActorFactory(kind="bloc"), ActorFactory(kind="organ")
    ministry = ActorFactory(parent=state, kind="state_organ")
    office = ActorFactory(parent=ministry, kind="state_organ")
    Membership.objects.create(member=state, group=pact)
    seat = Membership.objects.create(
        member=state, group=council, start=date(2024, 1, 1), end=date(2024, 12, 31)
    )

    def actors(**when: object) -> set[str]:
        statement = StatementFactory(**when)
        PartyFactory(statement=statement, actor=office)
        PartyFactory(statement=statement, role="addressee", actor=ActorFactory())
        return of(statement)["actor"]

    line = {str(one.pk) for one in (office, ministry, state, pact)}
    seated = {*line, str(council.pk)}
    year = {"said_on": date(2024, 1, 1), "said_on_precision": "year"}
    undated = {"said_on": None, "said_on_precision": "unknown", "said_on_basis": "none"}
    assert actors(said_on=date(2024, 12, 31)) == actors(**year) == seated
    assert actors(said_on=date(2025, 1, 1)) == line
    assert actors(**undated) == line

    seat.delete()
    assert all(str(council.pk) not in of(one)["actor"] for one in Statement.objects.all())
    assert kept() == expected()


@pytest.mark.parametrize(
    ("said_on", "to", "exactness", "last", "months"),
    [
        (date(2024, 2, 29), None, "day", date(2024, 2, 29), ["2024-02"]),
        (date(2024, 2, 1), None, "month", date(2024, 2, 29), ["2024-02"]),
        (date(2024, 1, 1), None, "year", date(2024, 12, 31), [f"2024-{m:02}" for m in range(1, 13)]),
        (date(2023, 12, 31), date(2024, 2, 1), "range", date(2024, 2, 1), ["2023-12", "2024-01", "2024-02"]),
        (None, None, "unknown", None, []),
    ],
)  # fmt: skip
def test_a_day_counts_in_every_month_that_it_may_mean(
    said_on: date | None, to: date | None, exactness: str, last: date | None, months: list[str]
) -> None:
    statement = StatementFactory(
        said_on=said_on, said_on_to=to, said_on_precision=exactness,
        said_on_basis="publication" if said_on else "none",
    )  # fmt: skip

    entry = kept()[statement.pk]
    assert (entry.day, entry.last) == (said_on, last)
    assert sorted(of(statement)["month"]) == months


def test_names_in_every_spelling_are_words_of_what_was_said() -> None:
    office = OfficeFactory(title="Envoy", actor__name="Ruritania", actor__code="RUR")
    SpeakerName.objects.create(speaker=office.speaker, text="홍길동")
    statement = StatementFactory(place="Zenda")
    PartyFactory(
        statement=statement, speaker=office.speaker, office=office, actor=office.actor,
        name="A. Example", printed="Example, the envoy’s aide", printed_office="Aide",
    )  # fmt: skip
    StatementFactory()

    for word in ("envoy", "ruritania", "rur", "홍길", "zenda", "aide"):
        assert finds(word) == {statement.pk}, word


def report(statement: Statement, words: str, **more: object) -> Attestation:
    """A report that prints these words and nothing else."""
    return AttestationFactory(
        statement=statement, snapshot=SnapshotFactory(text=words),
        start=0, end=len(words), words=words, **more,
    )  # fmt: skip


def lexemes(statement: Statement) -> dict[str, list[int]]:
    """The words of its entry, with their places."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lexeme, positions FROM statements_searchentry, unnest(words)"
            " WHERE statement_id = %s",
            [statement.pk],
        )
        return dict(cursor.fetchall())


def test_words_that_only_a_report_prints_are_words_of_what_was_said() -> None:
    statement = StatementFactory(text="We keep to the pact.")
    PartyFactory(statement=statement, name="Ada Example", speaker=None)
    StatementFactory()
    report(statement, "We keep to the pact.")
    before = lexemes(statement)
    other = report(statement, "Example said grain ships would sail.", language="en")
    report(statement, "Die Häfen öffnen.", language="de")

    for word in ("grain", "sailing", "häfen", "Hafen", "pact", "example"):
        assert finds(word) == {statement.pk}, word
    after = lexemes(statement)
    assert {word: after[word] for word in ("pact", "ada")} == {
        word: before[word] for word in ("pact", "ada")
    }
    assert wrong() == []

    other.delete()
    assert finds("grain") == set()
    assert finds("häfen") == {statement.pk}
    assert wrong() == []


def test_reports_that_print_the_same_add_their_words_once() -> None:
    statement = StatementFactory(text="We keep to the pact.")
    before = lexemes(statement)
    for _ in range(3):
        report(statement, "We keep to the pact.", language="en")
    assert lexemes(statement) == before

    for _ in range(3):
        report(statement, "Grain ships would sail.", language="en")

    assert len(lexemes(statement)["grain"]) == 1


def test_reports_leave_room_for_names_and_for_what_the_statement_shows() -> None:
    chance = random.Random(3)
    statement = StatementFactory(text="We keep to the pact.")
    PartyFactory(statement=statement, name="Ada Example", speaker=None)
    with deferred():
        for number in range(20):
            rare = "".join(chr(chance.randrange(0x20000, 0x2A6D0)) for _ in range(12_000))
            report(statement, f"Grain{number} {rare}")

    for word in ("pact", "example", "grain0", "grain1"):
        assert finds(word) == {statement.pk}, word
    assert finds("grain19") == set()
    assert wrong() == []


def test_only_entries_of_statements_with_other_reports_are_made_anew() -> None:
    """As when the words of reports began to be searched, and when they cease to be."""
    changed, equal = StatementFactory(text="We keep to it."), StatementFactory(text="No.")
    report(changed, "Grain ships would sail.")
    report(equal, "No.")
    [operation] = import_module(
        "statements.migrations.0039_reports_are_searched"
    ).Migration.operations
    untouched = versions()[equal.pk]

    with connection.cursor() as cursor:
        cursor.execute(operation.reverse_sql)
        assert finds("grain") == set()
        cursor.execute(operation.sql)

    assert finds("grain") == {changed.pk}
    assert versions()[equal.pk] == untouched
    assert wrong() == []


def test_only_entries_that_may_hold_initials_are_made_anew() -> None:
    """As when U.S. became one word, and when it becomes two again."""
    said, plain = StatementFactory(text="The U.S. left."), StatementFactory(text="It left.")
    named = StatementFactory(text="They left.")
    PartyFactory(statement=named, name="U.S. of Zenda", speaker=None, actor=None)
    [operation] = import_module(
        "statements.migrations.0040_initials_are_one_word"
    ).Migration.operations
    untouched = versions()[plain.pk]

    with connection.cursor() as cursor:
        cursor.execute(operation.reverse_sql)
        assert finds("us") == set()
        cursor.execute(operation.sql)

    assert finds("us") == {said.pk, named.pk}
    assert versions()[plain.pk] == untouched
    assert wrong() == []


def test_only_entries_of_many_names_are_made_anew() -> None:
    """As when more than two hundred names began to be searched, and when they cease to be."""
    party, other = PartyFactory(), PartyFactory()
    SpeakerName.objects.bulk_create(
        SpeakerName(speaker=party.speaker, text=text, kind="alias")
        for text in (*(f"Ada {number}" for number in range(300)), "Ада Зендова", "朴例")
    )
    [operation] = import_module(
        "statements.migrations.0041_more_names_are_searched"
    ).Migration.operations
    untouched = versions()[other.statement_id]
    names = "Зендова", "朴例"

    assert [finds(one) for one in names] == [{party.statement_id}] * 2
    with connection.cursor() as cursor:
        cursor.execute(operation.reverse_sql)
        assert [finds(one) for one in names] == [set(), set()]
        cursor.execute(operation.sql)

    assert [finds(one) for one in names] == [{party.statement_id}] * 2
    assert versions()[other.statement_id] == untouched
    assert wrong() == []


def test_no_phrase_reaches_from_one_piece_into_the_next() -> None:
    statement = StatementFactory(
        text="Nobody moved.", translation="Niemand ging.", translation_language="de", place="Zenda"
    )  # fmt: skip
    PartyFactory(statement=statement, name="Ada Example", speaker=None, actor=None)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stem, places[1] FROM statements_searchentry, unnest(words) AS w (stem, places, f)"
            " ORDER BY places[1]"
        )
        places = dict(cursor.fetchall())
    pieces = 1 + sum(after - one > 30 for one, after in pairwise(sorted(places.values())))
    assert pieces == 4
    assert places["exampl"] == places["ada"] + 1
    assert "_" not in places


def test_very_long_texts_are_kept_within_what_an_entry_can_hold() -> None:
    chance = random.Random(1)
    syllables = "".join(chr(chance.randrange(0xAC00, 0xD7A4)) for _ in range(200_000))

    statement = StatementFactory(
        text=syllables, translation="wort " * 100_000, translation_language="de"
    )

    assert finds(syllables[:2]) == {statement.pk}


def test_a_row_of_the_register_has_its_number_at_once() -> None:
    rows: dict[Kind, Model] = {
        Kind.ACTOR: ActorFactory(),
        Kind.SPEAKER: SpeakerFactory(),
        Kind.TREATY: TreatyFactory(),
        Kind.PROVISION: ProvisionFactory(),
        Kind.SOURCE: SourceFactory(),
        Kind.EVENT: EventFactory(),
    }

    found = set(FacetValue.objects.values_list("kind", "key"))
    assert {(kind.value, str(row.pk)) for kind, row in rows.items()} <= found
    assert FacetValue.objects.order_by("number")[0].number >= 1


def test_all_values_of_the_models_are_numbered_from_the_first_day() -> None:
    found = set(FacetValue.objects.values_list("kind", "key"))
    for kind, values in (
        ("stance", Position.Stance.values),
        ("legal", {*Position.Legal.values} - {"none"}),
        ("form", {*Statement.Form.values} - {""}),
        ("differs", [one.value for one in Field]),
        ("review", ["verified", "machine", "second"]),
    ):
        assert {(kind, str(value)) for value in values} <= found


def test_what_is_told_of_a_joint_statement_holds_all_its_voices() -> None:
    statement = StatementFactory()
    first, second = PartyFactory(statement=statement), PartyFactory(
        statement=statement, role="co_issuer", order=1
    )  # fmt: skip
    for _ in range(2):
        AttestationFactory(statement=statement, snapshot=SnapshotFactory())

    keys = of(statement)
    assert keys["actor"] == {str(first.actor_id), str(second.actor_id)}
    assert keys["speaker"] == {str(first.speaker_id), str(second.speaker_id)}
    assert len(keys["source"]) == Attestation.objects.count() == 2
    assert isinstance(kept()[statement.pk], Told)
