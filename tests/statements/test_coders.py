"""The codes of a statement stand side by side, and where coders differ it is said plainly."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from statements import review
from statements.coders import MatterCodes, codes_by_matter
from statements.models import Position, Statement, Treaty
from tests.factories import (
    PositionFactory,
    ProvisionFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement() -> Statement:
    row: Statement = StatementFactory()
    return row


@pytest.fixture
def treaty() -> Treaty:
    row: Treaty = TreatyFactory(short_name="Invented Pact")
    return row


def code(
    statement: Statement, treaty: Treaty, stance: str, coder: User | None = None, **more: object
) -> None:
    rule = "" if coder else "typical word"
    PositionFactory(
        statement=statement, treaty=treaty, stance=stance, coder=coder, rule=rule, **more
    )


def beside(statement: Statement, *, by_name: bool = False) -> list[MatterCodes]:
    rows = Position.objects.filter(statement=statement)
    return codes_by_matter(rows.select_related("coder", "treaty", "provision"), by_name=by_name)


def test_people_stand_before_the_machine_and_go_by_letters(
    statement: Statement, treaty: Treaty
) -> None:
    code(statement, treaty, "condemns")
    code(statement, treaty, "condemns", UserFactory(username="ada"))
    code(statement, treaty, "condemns", UserFactory(username="ben"))

    (matter,) = beside(statement)
    (named,) = beside(statement, by_name=True)

    assert [one.coder for one in matter.codes] == ["editor A", "editor B", "machine"]
    assert [one.coder for one in named.codes] == ["ada", "ben", "machine"]
    assert matter.differences == ()


def test_a_letter_means_one_person_throughout_a_statement(
    statement: Statement, treaty: Treaty
) -> None:
    ada, ben = UserFactory(), UserFactory()
    code(statement, treaty, "condemns", ben)
    code(statement, treaty, "condemns", ada, provision=ProvisionFactory(treaty=treaty))

    first, second = beside(statement)

    assert (first.codes[0].coder, second.codes[0].coder) == ("editor B", "editor A")


def test_people_who_differ_are_said_to_by_how_far(statement: Statement, treaty: Treaty) -> None:
    code(statement, treaty, "condemns", UserFactory(), legal="violates-unscr")
    code(statement, treaty, "endorses", UserFactory())

    (matter,) = beside(statement)

    on_stance, on_law = matter.differences
    assert on_stance.startswith("Editors disagree on the stance: editor A: condemns; editor B:")
    assert on_stance.endswith("They are 4 steps apart on the scale of five.")
    assert on_law.startswith("Editors disagree on the law: editor A: violates Council")


@pytest.mark.parametrize(
    ("stance", "said"),
    [
        ("rejects", "Both words have one place on the scale."),
        ("concerned", "They are 1 step apart"),
        ("unclear", "At least one of them has no place on the scale."),
    ],
)
def test_the_machine_differs_from_a_person(
    stance: str, said: str, statement: Statement, treaty: Treaty
) -> None:
    code(statement, treaty, stance)
    code(statement, treaty, "condemns", UserFactory())

    (matter,) = beside(statement)

    assert matter.differences[0].startswith(
        "The machine and people disagree on the stance: an editor: condemns; machine:"
    )
    assert said in matter.differences[0]


def test_the_page_shows_coder_rule_versions_and_differences(
    statement: Statement, treaty: Treaty
) -> None:
    code(statement, treaty, "neutral", version="3.2")
    code(statement, treaty, "condemns", UserFactory(username="ada"))
    other = StatementFactory()
    code(other, treaty, "condemns")
    code(other, treaty, "condemns", UserFactory())

    page = Client().get(f"/s/{statement.public_id}/")

    assertContains(page, "The machine and people disagree on the stance")
    assertContains(page, "Coded by machine, version 3.2: typical word. Codebook 1.")
    assertContains(page, "with codebook 1")
    assertNotContains(page, "ada")
    assertContains(Client().get(f"/s/{other.public_id}/"), "All coders agree.")


def test_a_judgement_of_an_object_alone_is_a_matter_of_its_own(
    statement: Statement, treaty: Treaty
) -> None:
    code(statement, treaty, "condemns")
    for name, about in (("ada", "arms-transfers"), ("ben", "troops")):
        PositionFactory(
            statement=statement,
            treaty=None,
            object=about,
            stance="condemns",
            coder=UserFactory(username=name),
            rule="",
        )

    found = beside(statement)

    assert [one.object for one in found] == ["", "arms transfers", "Troops"]
    page = Client().get(f"/s/{statement.public_id}/")
    assertContains(page, "Arms transfers")


def test_a_judgement_on_the_law_alone_is_not_called_unclear(
    client: Client, statement: Statement, treaty: Treaty
) -> None:
    code(statement, treaty, "unclear", UserFactory(), legal="would-violate-unscr")

    for path in (
        f"/s/{statement.public_id}/",
        f"/s/{statement.public_id}/v/1/",
        "/statements/",
    ):
        page = client.get(path)
        assertContains(page, "On the law: would violate Council resolutions")
        assertNotContains(page, "</span> Unclear")
    review.code(statement, treaty, "unclear", UserFactory(), legal="compatible")
    history = client.get(f"/s/{statement.public_id}/history/")
    assertContains(history, "on the law: lawful")
    assertNotContains(history, "Unclear")
