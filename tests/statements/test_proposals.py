"""What the machine records: each act of saying once, with all its reports, and no more."""

from datetime import date

import pytest

from sources.models import Article, Snapshot
from statements import review
from statements.attribution import attribute
from statements.gazetteer import register_from_database
from statements.models import Actor, Attestation, Position, Statement
from statements.proposals import Recorded, record
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    OfficeFactory,
    ProvisionFactory,
    SnapshotFactory,
    SpeakerFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

WORDS = "“We keep to the text of the invented pact alone and to nothing else,”"


@pytest.fixture(autouse=True)
def _register() -> None:
    state = ActorFactory(code="RUR", short_code="RR", name="Ruritania")
    state.names.create(text="Ruritanian", kind="adjective")
    state.names.create(text="Strelsau", kind="capital")
    ActorFactory(code="GRA", short_code="GK", name="Graustark")
    speaker = SpeakerFactory(slug="ada-example", name="Ada Example")
    OfficeFactory(speaker=speaker, actor=state, title="Foreign Minister")


def reported(
    text: str, article: Article | None = None, day: date = date(2025, 1, 2)
) -> tuple[Snapshot, Recorded]:
    """Attribute a text and record what is found in it."""
    snapshot = SnapshotFactory(
        text=text, published_on=day, **({"article": article} if article else {})
    )
    found = attribute(text, published_on=day, register=register_from_database())
    return snapshot, record(snapshot, found)


def test_ten_outlets_with_the_same_words_make_one_statement() -> None:
    for number in range(10):
        reported(
            f"{WORDS} said Ruritanian Foreign Minister Ada Example.\nOutlet {number} reports.\n"
        )

    statement = Statement.objects.get()
    assert statement.attestations.count() == 10
    assert statement.parties.get(speaker__slug="ada-example").actor is not None


def test_a_report_that_prints_part_of_the_words_joins_and_the_fuller_words_stay() -> None:
    reported("“We keep to the text of the invented pact alone,” Ada Example said.\n")
    reported(f"{WORDS} Ada Example said.\n")

    statement = Statement.objects.get()
    assert statement.text == WORDS


@pytest.mark.parametrize(
    "other",
    [
        "“We do not keep to the text of the invented pact alone and to nothing else,” Ada Example said.\n",
        "“We keep to the text of the invented pact alone and to nothing else,” Bo Sample said.\n",
    ],
)
def test_other_words_or_another_speaker_make_another_statement(other: str) -> None:
    reported(f"{WORDS} Ada Example said.\n")
    reported(other)

    assert Statement.objects.count() == 2


def test_the_same_words_a_month_later_are_another_act_of_saying() -> None:
    reported(f"{WORDS} Ada Example said.\n")
    reported(f"{WORDS} Ada Example said.\n", day=date(2025, 2, 2))

    assert Statement.objects.count() == 2


def test_a_second_run_changes_nothing() -> None:
    snapshot, first = reported(
        f"{WORDS} Ada Example said.\nStrelsau condemned the raid on the village.\n"
    )

    again = record(
        snapshot,
        attribute(
            snapshot.text, published_on=snapshot.published_on, register=register_from_database()
        ),
    )

    assert (first.new, again.new, again.kept) == (2, 0, 2)
    assert Attestation.objects.count() == 2


def test_what_is_not_found_any_more_is_taken_back_unless_somebody_judged_it() -> None:
    snapshot, _ = reported(
        f"{WORDS} Ada Example said.\nStrelsau condemned the raid on the village.\n"
    )
    judged, machine_only = Statement.objects.order_by("pk")
    review.publish(judged, UserFactory())

    outcome = record(snapshot, [])

    judged.refresh_from_db()
    machine_only.refresh_from_db()
    assert outcome.retracted == 1
    assert (judged.status, judged.attestations.count()) == ("published", 1)
    assert machine_only.status == "withdrawn"
    assert "No longer found" in machine_only.status_reason


def test_a_later_run_leaves_a_judged_statement_as_it_is() -> None:
    reported("“We keep to the text of the invented pact alone,” Ada Example said.\n")
    statement = Statement.objects.get()
    review.publish(statement, UserFactory())

    reported(f"{WORDS} Ada Example said.\n")

    statement.refresh_from_db()
    assert statement.text == "“We keep to the text of the invented pact alone,”"
    assert statement.attestations.count() == 2


def test_an_edited_article_keeps_what_its_first_version_said() -> None:
    article = ArticleFactory()
    reported(f"{WORDS} Ada Example said.\n", article)
    reported("The paragraph is gone. Strelsau condemned the raid on the village.\n", article)

    assert Statement.objects.on_timeline().count() == 2


def test_merged_statements_stay_merged_when_their_words_come_again() -> None:
    reported(f"{WORDS} Ada Example said.\n")
    reported("“The pact harms nobody at all, neither here nor there,” Ada Example said.\n")
    first, second = Statement.objects.order_by("pk")
    review.merge(second, first, UserFactory())

    reported("“The pact harms nobody at all, neither here nor there,” Ada Example said.\n")

    assert Statement.objects.count() == 2
    assert first.attestations.count() == 3


def test_joint_speakers_are_all_parties() -> None:
    reported("Ruritania and Graustark condemned the raid on the village.\n")

    statement = Statement.objects.get()
    roles = list(statement.parties.order_by("order").values_list("role", "actor__code"))
    assert roles == [("speaker", "RUR"), ("co_issuer", "GRA")]


def test_a_treaty_named_near_the_words_becomes_a_position_that_names_its_rule() -> None:
    treaty = TreatyFactory(
        titles={"en": ["Invented Pact of Friendship"]}, aliases={"en": ["the pact"]}
    )
    treaty.parties.set(Actor.objects.filter(code__in=["RUR", "GRA"]))
    provision = ProvisionFactory(treaty=treaty, number="4")

    reported("Ruritania condemned Article 4 of the pact with Graustark.\n")

    position = Position.objects.get()
    assert position.provision == provision
    assert position.stance == "condemns"
    assert "treaty named in it" in position.rule
    assert position.coder is None


def test_a_press_name_of_a_treaty_counts_only_where_both_parties_are_named() -> None:
    treaty = TreatyFactory(aliases={"en": ["the pact"]})
    treaty.parties.set(Actor.objects.filter(code__in=["RUR", "GRA"]))

    reported("Ruritania condemned the pact with Elsewhere.\n")

    assert not Position.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "Ada Example did not say that the pact was dead and buried.\n",
        "Ada Example did not deny that the troops were there.\n",
        "Ada Example will say that the pact is dead and buried.\n",
    ],
)
def test_what_was_not_said_is_no_statement(text: str) -> None:
    reported(text)

    assert not Statement.objects.exists()


def test_the_earliest_report_and_a_day_in_the_text_date_a_statement() -> None:
    reported(f"{WORDS} Ada Example said.\n", day=date(2025, 1, 3))
    reported(f"{WORDS} Ada Example said.\n", day=date(2025, 1, 2))
    assert Statement.objects.get().said_on == date(2025, 1, 2)

    # 1 January 2025 was a Wednesday.
    reported(f"{WORDS} Ada Example said on Wednesday.\n", day=date(2025, 1, 3))
    statement = Statement.objects.get()
    assert (statement.said_on, statement.said_on_basis) == (date(2025, 1, 1), "weekday")
