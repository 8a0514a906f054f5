"""The entries of the search follow every change, by whatever way it comes, and only those."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from sources.models import Article, Source
from statements.discrepancies import Field
from statements.merging import merge
from statements.models import (
    Actor,
    Difference,
    Membership,
    Office,
    Party,
    Speaker,
    SpeakerName,
    Statement,
)
from statements.search.entries import deferred, wrong
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    AttestationFactory,
    EventFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)
from tests.statements.search.moves import finds, moving, pending, versions
from tests.statements.search.told import GONE, kept, of

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


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
