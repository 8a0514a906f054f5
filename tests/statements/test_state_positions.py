"""Where an actor stands on a treaty or provision: who decides it, as of which day."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from statements.models import Actor, Party, Position, Provision, Statement, Treaty
from statements.state_positions import StatePosition, positions_of, positions_on
from tests.factories import (
    ActorFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruritania() -> Actor:
    actor: Actor = ActorFactory(code="RUR", name="Ruritania")
    return actor


@pytest.fixture
def pact() -> Treaty:
    treaty: Treaty = TreatyFactory(slug="pact")
    return treaty


@pytest.fixture
def coder() -> User:
    user: User = UserFactory()
    return user


def says(
    actor: Actor,
    treaty: Treaty,
    stance: str,
    *,
    title: str = "foreign-minister",
    day: date | None = date(2025, 1, 2),
    precision: str = "day",
    coder: User | None = None,
    provision: Provision | None = None,
    office: dict[str, Any] | None = None,
    code: dict[str, Any] | None = None,
    **statement: Any,
) -> Statement:
    """A statement of somebody in an office of the actor, coded by a person or the machine."""
    row: Statement = StatementFactory(
        said_on=day,
        said_on_precision=precision,
        said_on_basis="expression" if day else "none",
        **statement,
    )
    held = OfficeFactory(actor=actor, title=title, title_kind=title, **(office or {}))
    PartyFactory(statement=row, actor=actor, speaker=held.speaker, office=held)
    PositionFactory(
        statement=row,
        treaty=treaty,
        provision=provision,
        stance=stance,
        coder=coder,
        rule="" if coder else "rule",
        **(code or {}),
    )
    return row


def only(positions: list[StatePosition]) -> StatePosition:
    assert len(positions) == 1
    return positions[0]


def decided(positions: list[StatePosition]) -> tuple[str, str]:
    stand = only(positions).checked
    assert stand is not None
    return stand.decides.public_id, stand.decides.code.stance


def test_the_head_of_state_decides_and_the_ministry_is_listed(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    head = says(ruritania, pact, "condemns", title="president", coder=coder)
    ministry = says(
        ruritania, pact, "neutral", title="spokesperson", day=date(2025, 3, 1), coder=coder
    )

    stand = only(positions_on(pact)).checked

    assert stand is not None
    assert stand.decides.public_id == head.public_id
    assert [one.public_id for one in stand.divergent] == [ministry.public_id]
    assert stand.statements == 2
    assert positions_of(ruritania) == positions_on(pact)


def test_the_day_asked_for_hides_what_was_said_later(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    old = says(ruritania, pact, "condemns", day=date(2024, 7, 1), coder=coder)
    new = says(ruritania, pact, "neutral", day=date(2025, 3, 1), coder=coder)

    assert decided(positions_on(pact)) == (new.public_id, "neutral")
    assert decided(positions_on(pact, on=date(2025, 3, 1))) == (new.public_id, "neutral")
    assert decided(positions_on(pact, on=date(2025, 2, 28))) == (old.public_id, "condemns")
    assert positions_on(pact, on=date(2024, 6, 30)) == []


def test_one_of_several_days_counts_once_they_are_over(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    days: dict[str, Any] = {"precision": "range", "said_on_to": date(2025, 3, 4)}
    says(ruritania, pact, "condemns", day=date(2025, 3, 1), coder=coder, **days)

    assert positions_on(pact, on=date(2025, 3, 3)) == []
    assert len(positions_on(pact, on=date(2025, 3, 4))) == 1


@pytest.mark.parametrize(
    ("precision", "first", "there"),
    [
        ("month", date(2025, 3, 30), False),
        ("month", date(2025, 3, 31), True),
        ("year", date(2025, 12, 30), False),
        ("year", date(2025, 12, 31), True),
    ],
)
def test_a_month_or_year_counts_once_it_is_over(
    precision: str, first: date, there: bool, ruritania: Actor, pact: Treaty, coder: User
) -> None:
    day = date(2025, 3, 1) if precision == "month" else date(2025, 1, 1)
    says(ruritania, pact, "condemns", day=day, precision=precision, coder=coder)

    assert bool(positions_on(pact, on=first)) == there


def test_what_was_said_on_no_known_day_does_not_count(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    says(ruritania, pact, "condemns", day=None, precision="unknown", coder=coder)

    assert positions_on(pact) == []


def test_proposals_are_ruled_apart(ruritania: Actor, pact: Treaty, coder: User) -> None:
    checked = says(ruritania, pact, "condemns", title="spokesperson", coder=coder)
    proposed = says(
        ruritania, pact, "endorses", title="president", status="proposed", published_at=None
    )

    position = only(positions_on(pact))

    assert position.checked is not None
    assert position.proposed is not None
    assert position.checked.decides.public_id == checked.public_id
    assert position.checked.statements == 1
    assert position.proposed.decides.public_id == proposed.public_id
    assert position.proposed.statements == 2
    assert position.adds


def test_a_machines_code_of_a_published_statement_is_a_proposal_still(
    ruritania: Actor, pact: Treaty
) -> None:
    says(ruritania, pact, "condemns")

    position = only(positions_on(pact))

    assert position.checked is None
    assert position.proposed is not None
    assert not position.proposed.decides.by_person
    assert position.adds


def test_a_persons_code_goes_before_the_machines_of_the_same_statement(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    row = says(ruritania, pact, "condemns", coder=coder)
    PositionFactory(statement=row, treaty=pact, stance="endorses")

    position = only(positions_on(pact))

    assert position.proposed is not None
    assert position.proposed.decides.code.stance == "condemns"
    assert not position.adds


def test_a_machines_code_does_not_stand_in_for_a_persons_unclear(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    row = says(ruritania, pact, "unclear", coder=coder)
    PositionFactory(statement=row, treaty=pact, stance="endorses")

    assert positions_on(pact) == []


def test_a_code_that_says_nothing_on_the_matter_decides_nothing(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    kept = says(ruritania, pact, "condemns", coder=coder, day=date(2025, 1, 1))
    says(ruritania, pact, "unclear", title="president", coder=coder)
    says(
        ruritania, pact, "endorses", title="president", coder=coder, code={"object": "dialogue"}
    )

    assert decided(positions_on(pact)) == (kept.public_id, "condemns")
    resolution = TreatyFactory(kind="resolution")
    law = says(ruritania, resolution, "endorses", coder=coder, code={"object": "sanctions"})
    assert decided(positions_on(resolution)) == (law.public_id, "endorses")


def test_a_judgement_of_law_alone_decides_only_where_nobody_takes_a_stance(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    law = {"legal": "violates-unscr"}
    alone = says(ruritania, pact, "unclear", title="president", coder=coder, code=law)
    assert decided(positions_on(pact)) == (alone.public_id, "unclear")

    taken = says(ruritania, pact, "condemns", day=date(2024, 1, 1), coder=coder)
    held = Party.objects.get(statement=taken)
    later = StatementFactory(said_on=date(2025, 2, 1))
    PartyFactory(statement=later, actor=ruritania, speaker=held.speaker, office=held.office)
    PositionFactory(
        statement=later, treaty=pact, stance="unclear", legal="compatible", coder=coder, rule=""
    )

    stand = only(positions_on(pact)).checked

    assert stand is not None
    assert stand.decides.public_id == taken.public_id
    assert stand.divergent == ()


def test_a_joint_statement_counts_for_each_issuer(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    row = says(ruritania, pact, "condemns", coder=coder)
    other = ActorFactory()
    PartyFactory(statement=row, actor=other, speaker=None, role="co_issuer", order=1)
    PartyFactory(statement=row, actor=ActorFactory(), role="addressee", order=2)

    assert {one.actor for one in positions_on(pact)} == {ruritania, other}


def test_organs_and_media_of_a_state_speak_for_it_and_those_of_an_organisation_do_not(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    ministry = ActorFactory(kind="state_organ", parent=ruritania, name="Foreign Ministry")
    agency = ActorFactory(kind="media", parent=ruritania, name="Ruritanian News")
    league = ActorFactory(kind="organisation", name="League of Examples")
    council = ActorFactory(kind="organ", parent=league, name="Council of the League")
    bloc = ActorFactory(kind="bloc", name="Two of Them")
    for actor in (ministry, agency, council, bloc):
        row = StatementFactory()
        PartyFactory(statement=row, actor=actor, speaker=None)
        PositionFactory(statement=row, treaty=pact, stance="condemns", coder=coder, rule="")

    by_actor = {one.actor: one.checked for one in positions_on(pact)}

    assert set(by_actor) == {ruritania, council, bloc}
    state = by_actor[ruritania]
    assert state is not None
    assert state.decides.name == "Foreign Ministry"
    assert state.statements == 2
    assert only(positions_of(ruritania)).checked == state
    assert positions_of(league) == []


def test_provisions_are_matters_of_their_own(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    article = ProvisionFactory(treaty=pact, number="4")
    whole = says(ruritania, pact, "neutral", coder=coder)
    part = says(ruritania, pact, "condemns", provision=article, coder=coder)

    assert decided(positions_on(pact)) == (whole.public_id, "neutral")
    assert decided(positions_on(pact, article)) == (part.public_id, "condemns")
    assert len(positions_of(ruritania)) == 2


def test_what_was_judged_away_does_not_count(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    says(ruritania, pact, "condemns", coder=coder, status="withdrawn")
    says(ruritania, pact, "condemns", coder=coder, status="rejected", published_at=None)

    assert positions_on(pact) == []


def test_words_of_a_merged_actor_are_those_of_the_one_it_was_merged_into(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    double = ActorFactory(merged_into=ruritania)
    says(double, pact, "condemns", coder=coder)

    assert only(positions_on(pact)).actor == ruritania
    assert len(positions_of(ruritania)) == 1


def test_a_voice_asks_for_its_party_once(ruritania: Actor, pact: Treaty, coder: User) -> None:
    """An addressee's or target's state is not mixed up with who speaks."""
    row = says(ruritania, pact, "condemns", coder=coder)
    PartyFactory(statement=row, actor=ActorFactory(), role=Party.Role.TARGET)

    assert only(positions_on(pact)).actor == ruritania
    assert Position.objects.count() == 1


def test_of_several_peoples_codes_the_latest_counts_and_their_difference_is_said(
    ruritania: Actor, pact: Treaty, coder: User
) -> None:
    row = says(ruritania, pact, "condemns", coder=coder)
    PositionFactory(statement=row, treaty=pact, stance="neutral", coder=UserFactory(), rule="")
    other = TreatyFactory()
    agreed = says(ruritania, other, "condemns", coder=coder)
    PositionFactory(statement=agreed, treaty=other, stance="endorses")

    differing, agreeing = only(positions_on(pact)).checked, only(positions_on(other)).checked

    assert differing is not None
    assert agreeing is not None
    assert differing.decides.code.stance == "neutral"
    assert (differing.decides.coders_differ, agreeing.decides.coders_differ) == (True, False)


def test_it_costs_few_queries(
    ruritania: Actor, pact: Treaty, coder: User, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        says(ActorFactory(), pact, "condemns", day=date(2025, 1, 1 + number), coder=coder)

    with django_assert_num_queries(4):
        assert len(positions_on(pact)) == 3


def test_positions_are_kept_until_something_changes(
    ruritania: Actor, pact: Treaty, coder: User, django_assert_num_queries: Any
) -> None:
    row = says(ruritania, pact, "condemns", coder=coder)
    assert decided(positions_on(pact)) == (row.public_id, "condemns")

    with django_assert_num_queries(1):
        positions_on(pact)
    row.positions.update(stance="endorses")

    assert decided(positions_on(pact)) == (row.public_id, "endorses")
