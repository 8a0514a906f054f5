"""What the machine records: each act of saying once, with all its reports, and no more."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from sources.models import Article, Snapshot
from statements import merging, review
from statements.attribution import ATTRIBUTED_BY, attribute
from statements.gazetteer import register_from_database
from statements.models import Actor, Attestation, Position, Speaker, Statement
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


def reread(snapshot: Snapshot, as_if: str = "") -> Recorded:
    """Record a snapshot once more, as a version would that finds in it what `as_if` says."""
    text = as_if or snapshot.text
    assert len(text) == len(snapshot.text)
    return record(
        snapshot,
        attribute(text, published_on=snapshot.published_on, register=register_from_database()),
    )


def test_what_is_found_again_comes_back_under_its_address() -> None:
    snapshot, _ = reported(f"{WORDS} Ada Example said.\n")
    address = Statement.objects.get().public_id
    record(snapshot, [])

    reread(snapshot)

    statement = Statement.objects.get()
    assert (statement.public_id, statement.status) == (address, "proposed")
    assert statement.status_reason == ""
    assert statement.attestations.count() == 1


def test_what_an_editor_withdrew_stays_withdrawn() -> None:
    snapshot, _ = reported(f"{WORDS} Ada Example said.\n")
    statement = Statement.objects.get()
    editor = UserFactory()
    review.publish(statement, editor)
    review.withdraw(statement, editor, "not what was meant")

    reread(snapshot)

    statement.refresh_from_db()
    assert statement.status == "withdrawn"
    assert Statement.objects.count() == 1


def test_a_later_run_corrects_speaker_day_and_stance_of_an_only_report(client: Client) -> None:
    TreatyFactory(titles={"en": ["Invented Pact of Friendship"]})
    wrong = "“We condemn the Invented Pact of Friendship,” Bob Exemple said on Friday.\n"
    right = "“We welcome the Invented Pact of Friendship,” Ada Example said on Friday.\n"
    snapshot, _ = reported(right)
    statement = Statement.objects.get()
    # What an earlier version took it for.
    wrongly = attribute(
        wrong, published_on=date(2024, 12, 1), register=register_from_database()
    )
    record(snapshot, wrongly)
    assert statement.parties.get().name == "Bob Exemple"
    version = Statement.objects.get().version

    reread(snapshot)

    statement.refresh_from_db()
    assert statement.parties.get().speaker == Speaker.objects.get(slug="ada-example")
    assert statement.said_on == date(2024, 12, 27)
    assert statement.positions.get().stance == "supports"
    assert statement.version == version + 1
    page = client.get(statement.get_absolute_url()).content.decode()
    assert f"Version {statement.version}" in page
    assert "read anew" in page
    # The history knows which version of the machine made each of its own.
    assert f"recorded by the machine, version {ATTRIBUTED_BY}" in " ".join(page.split())


def test_a_report_read_as_another_persons_words_leaves_the_statement() -> None:
    reported(f"{WORDS} Ada Example said.\n")
    snapshot, _ = reported(f"{WORDS} Ada Example said.\n")
    first = Statement.objects.get()

    outcome = reread(snapshot, snapshot.text.replace("Ada Example", "Bob Exemple"))

    assert outcome.kept == 1
    assert first.attestations.count() == 1
    other = Statement.objects.exclude(pk=first.pk).get()
    assert other.parties.get().name == "Bob Exemple"


def test_an_only_report_that_turns_out_to_be_of_a_known_statement_leads_on_to_it() -> None:
    reported(f"{WORDS} Ada Example said.\n")
    known = Statement.objects.get()
    snapshot, _ = reported(f"{WORDS} Bob Exemple said.\n")
    mistaken = Statement.objects.exclude(pk=known.pk).get()

    reread(snapshot, snapshot.text.replace("Bob Exemple", "Ada Example"))

    mistaken.refresh_from_db()
    assert mistaken.merged_into == known
    assert known.attestations.count() == 2
    assert not mistaken.attestations.exists()


def test_a_report_whose_words_are_cut_differently_stays_the_same_report() -> None:
    text = "Ada Example said the pact would enter into force, in spring it may be.\n"
    snapshot, _ = reported(text)
    report = Attestation.objects.get()
    shorter = [
        replace(a, end=a.start + 20, spans=((a.start, a.start + 20),))
        for a in attribute(
            text, published_on=snapshot.published_on, register=register_from_database()
        )
    ]

    outcome = record(snapshot, shorter)

    report.refresh_from_db()
    assert (outcome.kept, outcome.retracted) == (1, 0)
    assert report.words == text[report.start : report.start + 20]
    assert Statement.objects.get().text == report.words


def test_what_an_editor_corrected_is_not_overwritten() -> None:
    snapshot, _ = reported(f"{WORDS} Ada Example said.\n")
    statement = Statement.objects.get()
    review.edit(statement, UserFactory(), place="Strelsau", said_on=date(2024, 12, 31))

    reread(snapshot)
    reported(f"{WORDS} Ada Example said.\n", day=date(2025, 1, 3))

    statement.refresh_from_db()
    assert (statement.place, statement.said_on) == ("Strelsau", date(2024, 12, 31))


def test_the_same_words_on_unknown_days_are_joined_only_where_printed_at_about_that_time() -> (
    None
):
    text = f"{WORDS} Ada Example said.\n"
    for day in (date(2023, 1, 2), date(2025, 1, 2), date(2025, 1, 3)):
        snapshot = SnapshotFactory(text=text, published_on=day)
        undated = [
            replace(a, said_on=None, precision="unknown", said_on_basis="none")
            for a in attribute(text, register=register_from_database())
        ]
        record(snapshot, undated)

    assert Statement.objects.count() == 2


def test_without_any_day_only_copies_of_a_text_report_the_same_statement() -> None:
    text = f"{WORDS} Ada Example said.\n"
    one, copy = ArticleFactory(cluster=7), ArticleFactory(cluster=7)
    for article in (one, copy, ArticleFactory()):
        snapshot = SnapshotFactory(text=text, published_on=None, article=article)
        record(snapshot, attribute(text, register=register_from_database()))

    assert Statement.objects.count() == 2


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
    merging.merge(second, first, UserFactory())

    reported("“The pact harms nobody at all, neither here nor there,” Ada Example said.\n")

    assert Statement.objects.count() == 2
    assert first.attestations.count() == 3


@pytest.mark.parametrize(
    ("behind", "translated"),
    [
        (", in a translation from the Ruritanian", True),
        (" through an interpreter", True),
        (", and the plan was translated into action", False),
        ("", False),
    ],
)
def test_a_report_that_says_so_prints_a_translation(behind: str, translated: bool) -> None:
    reported(f"Another paragraph, in translation.\n{WORDS} Ada Example said{behind}.\n")

    assert Attestation.objects.get(mode="quoted").translated is translated


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
    assert position.rule == "verb of the report"
    assert (position.where, position.named) == ("words", "Article 4")
    assert position.coder is None


def pact() -> None:
    """The pact of Ruritania and Graustark, by its press name."""
    treaty = TreatyFactory(aliases={"en": ["the pact"]})
    treaty.parties.set(Actor.objects.filter(code__in=["RUR", "GRA"]))


def test_a_position_names_both_codes_their_object_and_where_the_evidence_stands() -> None:
    pact()

    snapshot, _ = reported(
        "Freedonia said that the pact of Ruritania and Graustark violates Security Council "
        "resolutions.\nAda Example said the pact was discussed.\n"
    )

    position = Position.objects.exclude(legal="none").get()
    assert (position.stance, position.legal) == ("criticises", "violates-unscr")
    assert position.object == "treaty"
    assert "rule b" in position.rule
    assert position.snapshot == snapshot
    shown = [snapshot.text[start:end] for start, end in position.spans]
    assert shown == ["violates", "Security Council resolutions"]
    assert position.evidence == "violates · Security Council resolutions"
    assert position.evidence_stands


def test_a_treaty_that_breaks_a_resolution_is_criticised_and_the_resolution_is_not() -> None:
    pact()
    resolution = TreatyFactory(
        kind="resolution", titles={"en": ["Security Council resolution 9999"]}
    )
    resolution.concerns.set(Actor.objects.filter(code="GRA"))

    reported(
        "Ada Example said the pact of Ruritania with Graustark violates resolution 9999.\n"
    )

    stances = Position.objects.values_list("treaty__kind", "stance", "legal")
    assert set(stances) == {
        ("bilateral_treaty", "criticises", "violates-unscr"),
        ("resolution", "unclear", "violates-unscr"),
    }


def test_praise_of_a_treaty_counts_where_its_parties_speak() -> None:
    pact()

    reported("Ruritania said that the pact with Graustark opens a new era.\n")
    reported("Freedonia said that the pact of Ruritania and Graustark opens a new era.\n")

    stances = Position.objects.values_list("statement__parties__name", "stance")
    assert dict(stances) == {"Ruritania": "endorses", "Freedonia": "unclear"}


def test_what_is_said_of_another_matter_is_no_stance_on_the_treaty() -> None:
    pact()

    reported("Graustark, after the pact with Ruritania, condemned the joint drills.\n")

    position = Position.objects.get()
    assert (position.stance, position.object) == ("unclear", "")
    assert position.rule.startswith("condemns, but of another matter: ")


def test_what_is_said_of_the_sanctions_has_no_place_on_the_scale_of_the_treaty() -> None:
    pact()

    reported("Graustark, after the pact with Ruritania, condemned the sanctions.\n")

    position = Position.objects.get()
    assert (position.stance, position.object, position.value) == ("condemns", "sanctions", None)


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
