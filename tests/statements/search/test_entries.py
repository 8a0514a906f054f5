"""The entries of the search follow every change, by whatever way it comes, and only those."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.db.models import Model

from sources.models import Article, Source
from statements import review
from statements.discrepancies import Field
from statements.merging import merge
from statements.models import (
    Actor,
    Attestation,
    Difference,
    FacetValue,
    Membership,
    Office,
    Party,
    Position,
    Speaker,
    SpeakerName,
    Statement,
)
from statements.search.entries import deferred, wrong
from statements.search.kinds import Kind
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    AttestationFactory,
    EventFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    SnapshotFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)
from tests.statements.search.told import GONE, Told, expected, kept, of

pytestmark = pytest.mark.django_db


def versions() -> dict[int, str]:
    """Each entry with the place of its row, which another write of it changes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_id, ctid::text FROM statements_searchentry")
        return dict(cursor.fetchall())


@contextmanager
def moving(*statements: Statement) -> Iterator[None]:
    """What is done within writes the entries of these statements and of no others."""
    before = versions()
    yield
    after = versions()
    assert {key for key in after if after[key] != before.get(key)} == {
        one.pk for one in statements
    }
    assert kept() == {key: expected().get(key, GONE) for key in after}
    assert wrong() == []
    assert not pending()


def pending() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM statements_searchpending")
        return int(cursor.fetchone()[0])


def sql(statement: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


_QUERY = """
SELECT string_agg('(' || (SELECT string_agg(quote_literal(one), '|') FROM unnest(lexemes) AS one)
    || CASE WHEN prefix THEN '):*' ELSE ')' END, '&') FROM search_lexemes(%s)
"""


def finds(word: str) -> set[int]:
    """The statements that hold a word as somebody types it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT statement_id FROM statements_searchentry WHERE words @@ ({_QUERY})::tsquery",
            [word],
        )
        return {key for (key,) in cursor.fetchall()}


@pytest.fixture(name="said")
def _said() -> Statement:
    """A statement with one of everything, among others that are like it."""
    office = OfficeFactory(title="Minister of Examples", title_kind="minister")
    said = StatementFactory(text="We keep to the pact.", form="speech", event=EventFactory())
    PartyFactory(statement=said, speaker=office.speaker, office=office, actor=office.actor)
    AttestationFactory(statement=said)
    PositionFactory(statement=said, provision=ProvisionFactory(), stance="supports")
    Difference.objects.create(statement=said, field=Field.SPEAKER)
    AttestationFactory(statement=StatementFactory(party={}))
    StatementFactory()
    return said


def actor(said: Statement) -> Actor:
    return Actor.objects.get(parties__statement=said)


def speaker(said: Statement) -> Speaker:
    return Speaker.objects.get(parties__statement=said)


Change = Callable[[Statement], object]

ALONE: dict[str, Change] = {
    "its words": lambda s: Statement.objects.filter(pk=s.pk).update(text="Grain rose."),
    "its day": lambda s: Statement.objects.filter(pk=s.pk).update(said_on=date(2024, 6, 30)),
    "its exactness": lambda s: Statement.objects.filter(pk=s.pk).update(
        said_on_precision="month"
    ),
    "its event": lambda s: Statement.objects.filter(pk=s.pk).update(event=None),
    "its form": lambda s: Statement.objects.filter(pk=s.pk).update(form=""),
    "its language": lambda s: Statement.objects.filter(pk=s.pk).update(language="pt-BR"),
    "a translation": lambda s: Statement.objects.filter(pk=s.pk).update(
        translation="Wir halten uns daran.", translation_language="de"
    ),
    "its place": lambda s: Statement.objects.filter(pk=s.pk).update(place="Zenda"),
    "raw SQL": lambda s: sql(
        "UPDATE statements_statement SET status = 'withdrawn' WHERE id = %s", s.pk
    ),
    "another party": lambda s: PartyFactory(statement=s, role="co_issuer"),
    "a party addressed": lambda s: PartyFactory(statement=s, role="addressee", name="Zenda"),
    "the role of a party": lambda s: s.parties.update(role="target"),
    "no party any more": lambda s: s.parties.all().delete(),
    "another actor": lambda s: s.parties.update(actor=ActorFactory()),
    "no office": lambda s: s.parties.update(office=None),
    "a position": lambda s: PositionFactory(statement=s, legal="compatible"),
    "its stance": lambda s: s.positions.update(stance="rejects"),
    "its legal judgement": lambda s: s.positions.update(legal="violates-charter"),
    "its treaty": lambda s: s.positions.update(treaty=TreatyFactory(), provision=None),
    "no position": lambda s: s.positions.all().delete(),
    "another report": lambda s: AttestationFactory(statement=s),
    "no report": lambda s: s.attestations.all().delete(),
    "another difference": lambda s: Difference.objects.create(statement=s, field=Field.DATE),
    "no difference": lambda s: s.differences.all().delete(),
    "the name of its speaker": lambda s: Speaker.objects.filter(
        pk=speaker(s).pk
    ).update(name="Bob Beispiel"),
    "a spelling": lambda s: SpeakerName.objects.create(
        speaker=speaker(s), text="Боб Пример"
    ),
    "the title of its office": lambda s: Office.objects.update(title="Envoy"),
    "the kind of its office": lambda s: Office.objects.update(title_kind="envoy"),
    "the name of its actor": lambda s: Actor.objects.filter(pk=actor(s).pk).update(
        name="Ruritania"
    ),
    "the code of its actor": lambda s: Actor.objects.filter(pk=actor(s).pk).update(
        code="RUR"
    ),
    "what its actor belongs to": lambda s: Actor.objects.filter(pk=actor(s).pk).update(
        parent=ActorFactory()
    ),
    "a bloc of its actor": lambda s: Membership.objects.create(
        member=actor(s), group=ActorFactory(kind="bloc")
    ),
    "who owns its source": lambda s: Source.objects.filter(
        articles__snapshots__attestations__statement=s
    ).update(ownership_group="Example Media"),
    "the source of its article": lambda s: Article.objects.filter(
        snapshots__attestations__statement=s
    ).update(source=SourceFactory()),
}  # fmt: skip


@pytest.mark.parametrize("change", ALONE.values(), ids=ALONE.keys())
def test_a_change_moves_the_entry_of_its_statement_alone(
    said: Statement, change: Change
) -> None:
    with moving(said):
        change(said)


NOTHING: dict[str, Change] = {
    "nothing": lambda s: Statement.objects.filter(pk=s.pk).update(text=s.text),
    "its fingerprint": lambda s: Statement.objects.filter(pk=s.pk).update(fingerprint="x"),
    "why it was withdrawn": lambda s: Statement.objects.filter(pk=s.pk).update(
        status_reason="x"
    ),
    "how a report came": lambda s: s.attestations.update(joined_by="person"),
    "the order of a party": lambda s: s.parties.update(order=3),
    "a note of its speaker": lambda s: Speaker.objects.update(note="x"),
    "when its office ended": lambda s: Office.objects.update(end=date(2025, 1, 1)),
    "the official name of its actor": lambda s: Actor.objects.update(official_name="x"),
    "a membership that was over": lambda s: Membership.objects.create(
        member=actor(s), group=ActorFactory(), end=date(2025, 1, 1)
    ),
    "the name of its source": lambda s: Source.objects.update(name="Another Courier"),
    "what stands at an address": lambda s: Article.objects.update(state="gone"),
    "a new row of the register": lambda s: (
        SpeakerFactory(),
        ArticleFactory(),
        OfficeFactory(),
    ),
}


@pytest.mark.parametrize("change", NOTHING.values(), ids=NOTHING.keys())
def test_what_is_not_searched_moves_no_entry(said: Statement, change: Change) -> None:
    with moving():
        change(said)


def test_a_report_that_moves_moves_two_entries(said: Statement) -> None:
    other = StatementFactory(text="Another matter.")

    with moving(said, other):
        said.attestations.update(statement=other)


def test_a_statement_that_is_deleted_leaves_an_entry_that_holds_nothing(
    said: Statement,
) -> None:
    key = said.pk
    before = versions()

    said.delete()

    assert kept()[key] == GONE
    assert {one for one in before if before[one] != versions()[one]} == {key}
    assert finds("pact") == set()
    assert wrong() == []


@pytest.mark.parametrize("status", ["withdrawn", "rejected"])
def test_what_is_judged_away_is_not_listed_and_comes_back(said: Statement, status: str) -> None:
    with moving(said):
        Statement.objects.filter(pk=said.pk).update(status=status)
    assert kept()[said.pk] == GONE

    with moving(said):
        Statement.objects.filter(pk=said.pk).update(status="published")
    assert finds("pact") == {said.pk}


def test_a_merged_statement_is_found_as_the_one_that_it_became(said: Statement) -> None:
    other = AttestationFactory(statement__text="We keep to the pact, always.").statement

    with moving(said, other):
        merge(said, into=other, by=UserFactory(), why="The same.")

    assert kept()[said.pk] == GONE
    assert finds("pact") == {other.pk}
    assert len(of(other)["source"]) == 2


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


def test_many_rows_in_one_statement_are_one_pass() -> None:
    ada = SpeakerFactory(name="Ada Example")
    made = Statement.objects.bulk_create(
        Statement(text=f"Sentence {n}.", said_on_basis="none") for n in range(2500)
    )
    Party.objects.bulk_create(
        Party(statement=one, speaker=ada, name="Ada Example") for one in made
    )

    assert len(finds("example")) == 2500
    Speaker.objects.filter(pk=ada.pk).update(name="Ada Beispiel")
    assert len(finds("beispiel")) == 2500
    assert not pending()


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


def test_a_block_that_defers_makes_the_entries_at_its_end(said: Statement) -> None:
    with deferred():
        other = StatementFactory(text="Grain exports rose.")
        with deferred():
            said.delete()
        assert finds("pact")
        assert not finds("grain")
        assert pending()

    assert finds("grain") == {other.pk}
    assert not finds("pact")
    assert not pending()

    StatementFactory(text="Barley exports fell.")
    assert finds("barley"), "what comes behind the block is not deferred"


def test_a_block_that_fails_defers_nothing_behind_it(said: Statement) -> None:
    def fail() -> None:
        with deferred():
            StatementFactory(text="Grain exports rose.")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert not pending()
    with moving(said):
        Statement.objects.filter(pk=said.pk).update(text="Barley exports fell.")


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
