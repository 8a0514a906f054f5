"""How far coders agree, and when there is too little to say so."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.asserts import assertContains

from statements import agreement as module
from statements.agreement import LEAST, Agreement, agreement
from statements.models import Position, Treaty
from tests.factories import PositionFactory, StatementFactory, TreatyFactory, UserFactory

pytestmark = pytest.mark.django_db

# The example with missing values of Krippendorff's «Computing Krippendorff's Alpha-Reliability»:
# four observers, twelve units. He gives 0.743 for nominal and 0.849 for interval data.
OBSERVED = (
    "1 2 3 3 2 1 4 1 2 * * *",
    "1 2 3 3 2 2 4 1 2 5 * 3",
    "* 3 3 3 2 3 4 2 2 5 1 *",
    "1 2 3 3 2 4 4 1 2 5 1 *",
)


def code(coders: Sequence[User | None], stances: Sequence[str], **values: Any) -> None:
    """One more statement, with a code by each of the coders; None is the machine."""
    treaty: Treaty = Treaty.objects.first() or TreatyFactory()
    statement = StatementFactory()
    for coder, stance in zip(coders, stances, strict=True):
        PositionFactory(
            statement=statement,
            treaty=treaty,
            stance=stance,
            coder=coder,
            rule="" if coder else "rule",
            version="" if coder else "3.2",
            **values,
        )


def people() -> tuple[Agreement, ...]:
    return agreement()[0].axes


def machine() -> tuple[Agreement, ...]:
    return agreement()[1].axes


@pytest.mark.parametrize(
    ("distance", "alpha"), [(module._nominal, 0.743), (module._interval, 0.849)]
)
def test_alpha_is_that_of_the_textbook(distance: Any, alpha: float) -> None:
    data = [
        (observer, unit, int(value))
        for observer, row in enumerate(OBSERVED)
        for unit, value in enumerate(row.split())
        if value != "*"
    ]

    assert module._alpha(data, distance) == pytest.approx(alpha, abs=0.0005)


def test_too_few_statements_give_a_count_and_no_figure(client: Client) -> None:
    ada, ben = UserFactory(), UserFactory()
    for _ in range(LEAST - 1):
        code([ada, ben, None], ["condemns", "endorses", "neutral"])

    scale = people()[0]

    assert (scale.statements, scale.pairs, scale.alpha) == (LEAST - 1, LEAST - 1, None)
    assert machine()[0].pairs == 2 * (LEAST - 1)
    assertContains(client.get("/method/"), f"too few: {LEAST - 1} of {LEAST}")


def test_nothing_coded_twice_is_nothing_compared(client: Client) -> None:
    code([None], ["condemns"])
    code([UserFactory()], ["condemns"])

    assert [one.statements for one in people() + machine()] == [0] * 6
    assertContains(client.get("/method/"), f"too few: 0 of {LEAST}")


def test_who_agrees_in_all_agrees_to_one(client: Client) -> None:
    ada, ben = UserFactory(), UserFactory()
    for number in range(LEAST):
        stance = "condemns" if number % 2 else "endorses"
        code([ada, ben, None], [stance, stance, stance])

    assert [one.alpha for one in people()[:2]] == [1.0, 1.0]
    assert [one.alpha for one in machine()[:2]] == [1.0, 1.0]
    assertContains(client.get("/method/"), "here in version 3.2")


def test_one_code_throughout_has_no_chance_to_compare_with(client: Client) -> None:
    ada, ben = UserFactory(), UserFactory()
    for _ in range(LEAST):
        code([ada, ben], ["condemns", "condemns"])

    legal = people()[2]

    assert legal.one_code
    assert legal.alpha is None
    assertContains(client.get("/method/"), "all codes are the same")


def test_near_codes_agree_better_on_the_scale_than_by_word() -> None:
    ada, ben = UserFactory(), UserFactory()
    for number in range(LEAST):
        code([ada, ben], ["condemns", "concerned"] if number % 2 else ["endorses", "supports"])

    scale, word, _ = people()

    assert scale.alpha is not None
    assert word.alpha is not None
    assert word.alpha < 0 < scale.alpha


def test_codes_without_a_place_are_left_out_of_the_scale_and_counted() -> None:
    ada, ben = UserFactory(), UserFactory()
    code([ada, ben], ["unclear", "condemns"])
    code([ada, ben], ["warns", "neutral"])
    code([ada, ben], ["condemns", "concerned"])
    code([ada, ben], ["condemns", "condemns"], object="dialogue")

    scale, word, _ = people()

    assert (scale.statements, scale.left_out) == (1, 3)
    assert (word.statements, word.left_out) == (4, 0)


def test_codes_by_different_codebooks_are_not_compared() -> None:
    ada, ben = UserFactory(), UserFactory()
    code([ada, ben], ["condemns", "condemns"])
    Position.objects.filter(coder=ben).update(codebook="2")

    assert people()[0].statements == 0


def test_statements_judged_away_are_not_compared() -> None:
    ada, ben = UserFactory(), UserFactory()
    code([ada, ben], ["condemns", "condemns"])
    Position.objects.get(coder=ada).statement.__class__.objects.update(status="withdrawn")

    assert people()[0].statements == 0


def test_three_people_make_three_pairs_of_one_statement() -> None:
    code([UserFactory(), UserFactory(), UserFactory()], ["condemns", "condemns", "neutral"])

    assert (people()[0].statements, people()[0].pairs) == (1, 3)
