"""A card tells what the rows of its statement do."""

from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from statements import review
from statements.cards.card import Card, reporting
from statements.cards.reading import cards
from statements.models import Attestation, Party, Statement
from statements.printings import independence_of
from statements.templatetags.days import day_of_saying
from statements.templatetags.judged import badge_of, foremost
from statements.views.latest import with_rows
from tests.factories import (
    AttestationFactory,
    PartyFactory,
    PositionFactory,
    SnapshotFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
)
from tests.statements.random_statements import make_statements

pytestmark = pytest.mark.django_db


def card_of(statement: Statement) -> Card:
    [card] = cards([statement.pk])
    return card


def test_cards_tell_what_the_rows_say_in_the_order_asked_for() -> None:
    random = Random(7)
    make_statements(random, 40)
    keys = list(Statement.objects.values_list("pk", flat=True))
    random.shuffle(keys)
    rows = {row.pk: row for row in with_rows(Statement.objects.on_timeline())}

    with CaptureQueriesContext(connection) as queries:
        found = cards([*keys, 0])

    assert len(queries) == 1
    assert [card.pk for card in found] == [key for key in keys if key in rows]
    assert len(found) < len(keys)
    for card in found:
        _is_told_by(card, rows[card.pk])


def _is_told_by(card: Card, row: Statement) -> None:
    for name in ("public_id", "text", "language", "translation", "status", "summarised"):
        assert getattr(card, name) == getattr(row, name)
    assert card.path == row.get_absolute_url()
    assert card.awaits_second == row.awaits_second
    assert day_of_saying(card) == day_of_saying(row)
    assert sorted(card.differs) == sorted(vars(row)["differs"])
    assert card.fragments == row.fragments
    speaking = {Party.Role.SPEAKER, Party.Role.CO_ISSUER}
    assert [(one.name, one.slug, one.office, one.code) for one in card.voices] == [
        (
            one.speaker.name if one.speaker else one.name,
            one.speaker.slug if one.speaker else "",
            one.office.title if one.office else "",
            one.actor.code if one.actor else "",
        )
        for one in row.parties.all()
        if one.role in speaking
    ]
    coded = foremost(row.positions.all())
    assert (card.code and (card.code.stance, card.code.legal, card.code.object)) == (
        coded and (coded.stance, coded.legal, coded.object)
    )
    reports = list(row.attestations.all())
    if independent := independence_of(reports):
        assert card.facts[0] == reporting(independent)
        assert [one.printing.key for one in card.reports] == [one.pk for one in reports]
    shown = row.paraphrased_in
    assert card.paraphrase == (shown.get_mode_display().lower() if shown else "")
    assert card.cue == (shown.cue if shown else "")


def test_the_words_shown_may_be_a_paraphrase() -> None:
    text = "He would keep to it.\n"
    statement = StatementFactory(text="He would keep to it.")
    AttestationFactory(
        statement=statement,
        snapshot=SnapshotFactory(text=text),
        start=0,
        end=20,
        words="He would keep to it.",
        mode=Attestation.Mode.PARAPHRASED,
        cue="said",
    )

    card = card_of(statement)

    assert (card.paraphrase, card.cue) == ("paraphrased", "said")
    _is_told_by(card, with_rows(Statement.objects.all()).get())


def test_reports_are_printed_when_their_pages_say() -> None:
    """To the minute where the page says it, so that the earlier of one day is first."""
    statement = StatementFactory()
    for name, hour in (("Late Courier", "18"), ("Early Echo", "09")):
        stated = f"2025-01-02T{hour}:00:00+00:00"
        AttestationFactory(
            statement=statement,
            snapshot=SnapshotFactory(
                article__source=SourceFactory(name=name),
                published_on=date(2025, 1, 2),
                published_basis="meta",
                published_precision="moment",
                dates=[{"origin": "meta", "day": "2025-01-02", "value": stated}],
            ),
        )

    assert card_of(statement).facts[0] == "first seen Early Echo, +1 source, 2 independent"
    _is_told_by(card_of(statement), with_rows(Statement.objects.all()).get())


def test_a_card_says_who_stands_behind_it() -> None:
    statement = StatementFactory(status="proposed", published_at=None)
    assert card_of(statement).facts == ["found by machine, not yet checked"]

    AttestationFactory(statement=statement, attributed_by="entered by hand")
    assert card_of(statement).facts[-1] == "entered by hand, not yet checked"
    AttestationFactory(statement=statement, attributed_by="rules 1")
    assert card_of(statement).facts[-1] == "found by machine, not yet checked"

    review.publish(statement, by=UserFactory())
    assert card_of(statement).facts[-1] == "checked by an editor"
    Statement.objects.update(status="proposed")
    assert card_of(statement).facts[-1] == "changed by an editor, not yet confirmed"


def test_a_code_by_a_person_goes_before_those_of_machines() -> None:
    position = PositionFactory(stance="concerned")
    PositionFactory(
        statement=position.statement, stance="condemns", coder=UserFactory(), rule=""
    )

    card = card_of(position.statement)

    assert card.code is not None
    assert card.code.stance == "condemns"
    assert "Condemns" in badge_of(card.code)
    assert badge_of(card.code).startswith("<span")


def test_whoever_is_spoken_to_is_no_voice() -> None:
    party = PartyFactory(name="Ada Example")
    PartyFactory(statement=party.statement, role="addressee", order=1, name="Bo Other")

    assert [one.name for one in card_of(party.statement).voices] == [
        party.speaker.name if party.speaker else "Ada Example"
    ]
