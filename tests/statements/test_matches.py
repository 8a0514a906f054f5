"""Reports of one statement: joined, offered with their difference, or kept apart by a person."""

from datetime import date
from itertools import permutations

import pytest

from sources.models import Article, Snapshot
from statements.attribution import attribute
from statements.gazetteer import register_from_database
from statements.likeness import Difference
from statements.matches import keep_apart, perhaps_the_same
from statements.models import Actor, Attestation, Match, Party, Speaker, Statement
from statements.proposals import record
from tests.factories import (
    ActorFactory,
    OfficeFactory,
    SnapshotFactory,
    SpeakerFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

DUES = "“We will collect the harbour dues from every ship that calls at Strelsau from the first of March,”"
SAID = "Ruritanian Foreign Minister Ada Example said."
DAY = date(2025, 1, 9)


@pytest.fixture(autouse=True)
def _register() -> None:
    for code, short, name, adjective, capital, person, native in (
        ("RUR", "RR", "Ruritania", "Ruritanian", "Strelsau", "Ada Example", "Ада Экземпл"),
        ("GRA", "GK", "Graustark", "Graustarkian", "Edelweiss", "Bo Sample", "Бо Сэмпл"),
    ):
        state = ActorFactory(code=code, short_code=short, name=name)
        state.names.create(text=adjective, kind="adjective")
        state.names.create(text=capital, kind="capital")
        state.names.create(text={"RUR": "Руритания", "GRA": "Граустарк"}[code], kind="native")
        speaker = SpeakerFactory(
            slug=person.lower().replace(" ", "-"), name=person, family_name=person.split()[1]
        )
        speaker.names.create(text=native)
        OfficeFactory(
            speaker=speaker,
            actor=state,
            title="Foreign Minister",
            title_kind="foreign_minister",
        )


def reported(
    text: str, day: date = DAY, language: str = "en", article: Article | None = None
) -> Snapshot:
    """Attribute a text and record what is found in it."""
    snapshot = SnapshotFactory(
        text=text,
        published_on=day,
        language=language,
        **({"article": article} if article else {}),
    )
    read(snapshot)
    return snapshot


def read(snapshot: Snapshot) -> str:
    return str(
        record(
            snapshot,
            attribute(
                snapshot.text,
                published_on=snapshot.published_on,
                register=register_from_database(),
            ),
        )
    )


def test_a_quotation_and_its_report_in_indirect_speech_are_one_statement() -> None:
    reported(f"{DUES} {SAID}\n")
    reported(
        "Ada Example said that Ruritania would collect the harbour dues from every ship that "
        "called at Strelsau from the first of March.\n"
    )

    first, second = Attestation.objects.order_by("pk")
    assert first.statement == second.statement
    assert (first.joined_by, first.likeness) == ("", None)
    assert second.joined_by == "wording"
    assert second.likeness is not None
    assert second.likeness >= 80
    assert first.statement.text == DUES


@pytest.mark.parametrize(
    ("other", "kind", "what"),
    [
        (DUES.replace("first", "15th"), "number", ("", "15")),
        (DUES.replace("will collect", "will not collect"), "negation", ("", "not")),
    ],
)
def test_a_changed_number_or_negation_is_offered_with_its_difference(
    other: str, kind: str, what: tuple[str, str]
) -> None:
    reported(f"{DUES} {SAID}\n")
    reported(f"{other} {SAID}\n")

    one, changed = Statement.objects.order_by("pk")
    (offer,) = perhaps_the_same(one)
    assert offer.other == changed
    assert offer.verdict == "perhaps"
    assert (kind, *what) in {(each.kind, each.one, each.other) for each in offer.differences}
    match = Match.objects.get()
    assert (match.statement, match.other, match.verdict) == (one, changed, "perhaps")
    (back,) = perhaps_the_same(changed)
    assert (kind, *reversed(what)) in {
        (each.kind, each.one, each.other) for each in back.differences
    }


def test_a_translation_is_offered_and_not_joined() -> None:
    reported("“Some 3,000 soldiers of Graustark have crossed the border,” Ada Example said.\n")
    reported(
        "«Около 3 тысяч солдат Граустарка пересекли границу», — заявила министр иностранных дел "
        "Руритании Ада Экземпл.\n",
        language="ru",
    )

    one, other = Statement.objects.order_by("pk")
    (offer,) = perhaps_the_same(one)
    assert (offer.other, offer.rule) == (other, "frame")
    assert ("language", "en", "ru") in {
        (each.kind, each.one, each.other) for each in offer.differences
    }


def test_what_a_person_kept_apart_is_neither_offered_nor_joined_again() -> None:
    snapshot = reported(f"{DUES} {SAID}\n")
    later = reported(f"{DUES.replace('first', '15th')} {SAID}\n")
    one, other = Statement.objects.order_by("pk")

    keep_apart(other, one, UserFactory(), "The day is another.")
    read(snapshot), read(later)

    assert perhaps_the_same(one) == perhaps_the_same(other) == []
    match = Match.objects.get()
    assert (match.statement, match.verdict, match.why) == (
        one,
        "different",
        "The day is another.",
    )
    assert match.decided_at is not None


def test_a_report_that_was_split_off_stays_apart() -> None:
    reported(f"{DUES} {SAID}\n")
    second = reported(f"{DUES} {SAID}\nAnother outlet.\n")
    one = Statement.objects.get()
    split = Statement.objects.create(
        text=one.text,
        language="en",
        fingerprint=one.fingerprint,
        said_on=one.said_on,
        said_on_precision=one.said_on_precision,
        said_on_basis=one.said_on_basis,
    )
    voice = one.parties.get()
    voice.pk, voice.statement = None, split
    voice.save()
    second.attestations.update(statement=split)
    keep_apart(one, split, UserFactory(), "Two occasions.")

    read(second)

    assert second.attestations.get().statement == split
    assert one.attestations.count() == 1


def test_a_statement_is_not_kept_apart_from_itself() -> None:
    reported(f"{DUES} {SAID}\n")
    one = Statement.objects.get()

    with pytest.raises(ValueError, match="itself"):
        keep_apart(one, one, UserFactory())


JOINT = [
    (
        "In a joint statement, Ruritanian Foreign Minister Ada Example and Graustarkian Foreign Minister "
        "Bo Sample said that they “condemn in the strongest terms the mining of the strait of Zenda”.\n"
    ),
    (
        "Ruritania said in a joint statement that it “condemns in the strongest terms the mining of the "
        "strait of Zenda”.\n"
    ),
    (
        "Graustark said in a joint statement that it “condemns in the strongest terms the mining of the "
        "strait of Zenda”.\n"
    ),
]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_joint_statement_is_one_whichever_issuers_an_outlet_names(
    order: tuple[int, ...],
) -> None:
    for number in order:
        reported(JOINT[number])

    statement = Statement.objects.on_timeline().get()
    assert statement.attestations.count() == 3
    parties = statement.parties.filter(role__in=Party.VOICES)
    assert {party.actor.code for party in parties if party.actor} == {"RUR", "GRA"}
    people = Speaker.objects.filter(parties__in=parties)
    assert {person.name for person in people} == {"Ada Example", "Bo Sample"}
    assert [party.order for party in parties.order_by("order")] == list(range(len(parties)))


REPORTS = [
    f"{DUES} {SAID}\n",
    "“We will collect the harbour dues from every ship that calls at Strelsau,” Ada Example said.\n",
    (
        "Ada Example said that Ruritania would collect the harbour dues from every ship that called at "
        "Strelsau from the first of March.\n"
    ),
    f"{DUES.replace('first', '15th')} {SAID}\n",
]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_arrival_does_not_change_what_is_joined(order: tuple[int, ...]) -> None:
    snapshots = {number: reported(REPORTS[number]) for number in order}
    for snapshot in snapshots.values():
        read(snapshot)

    of = {number: snapshots[number].attestations.get().statement_id for number in order}
    assert of[0] == of[2]
    assert of[3] != of[0]


def test_a_second_run_changes_neither_reports_nor_pairs() -> None:
    snapshots = [reported(text) for text in REPORTS]
    before = list(Match.objects.order_by("pk").values())
    reports = list(Attestation.objects.order_by("pk").values())

    for snapshot in snapshots:
        read(snapshot)

    assert list(Match.objects.order_by("pk").values()) == before
    assert list(Attestation.objects.order_by("pk").values()) == reports


WORDS = "Ruritania will collect the harbour dues from every ship that calls at Strelsau."


def said(by: Speaker | None, words: str = WORDS, **values: object) -> Statement:
    """A statement of the timeline by somebody, or by Ruritania alone."""
    state = Actor.objects.get(code="RUR")
    row: Statement = StatementFactory(text=words, **{"said_on": DAY, **values})
    name = by.name if by else state.name
    Party.objects.create(statement=row, speaker=by, actor=state, name=name)
    return row


def test_the_same_speakers_words_are_offered_before_likelier_ones_of_nobody_known() -> None:
    ada = Speaker.objects.get(name="Ada Example")
    row = said(ada)
    states = said(None)
    own = said(
        ada, "She spoke of harbour dues and of ships at Strelsau, of which nothing is known."
    )

    first, second = perhaps_the_same(row)

    assert (first.other, first.speaker) == (own, None)
    assert second.other == states
    assert second.score > first.score
    assert second.differences[0] == Difference("speaker", "Ada Example", "Ruritania")
    likeliest, *_ = perhaps_the_same(states)
    assert (likeliest.other, likeliest.score) == (row, 100)


def test_what_another_person_said_is_no_offer_unless_they_spoke_together() -> None:
    ada, cy = Speaker.objects.get(name="Ada Example"), SpeakerFactory(name="Cy Pattern")
    row, others = said(ada), said(cy)
    assert perhaps_the_same(row) == []

    others.form = Statement.Form.JOINT_STATEMENT
    others.save()

    (offer,) = perhaps_the_same(row)
    assert offer.speaker == Difference("speaker", "Ada Example", "Cy Pattern")


@pytest.mark.parametrize(
    ("values", "offered"),
    [
        ({"said_on": date(2025, 1, 12)}, True),
        ({"said_on": date(2025, 1, 13)}, False),
        ({"said_on": date(2025, 1, 1), "said_on_precision": "month"}, True),
        ({"said_on": date(2024, 12, 1), "said_on_precision": "month"}, False),
        ({"said_on": date(2025, 1, 1), "said_on_precision": "year"}, True),
        ({"said_on": date(2024, 1, 1), "said_on_precision": "year"}, False),
        ({"said_on": None, "said_on_precision": "unknown", "said_on_basis": "none"}, True),
        (
            {
                "said_on": date(2025, 1, 1),
                "said_on_to": date(2025, 1, 7),
                "said_on_precision": "range",
            },
            True,
        ),
        (
            {
                "said_on": date(2025, 1, 1),
                "said_on_to": date(2025, 1, 5),
                "said_on_precision": "range",
            },
            False,
        ),
    ],
)
def test_a_day_known_in_part_is_near_as_far_as_it_is_known(
    values: dict[str, object], offered: bool
) -> None:
    ada = Speaker.objects.get(name="Ada Example")
    row, other = said(ada), said(ada, WORDS, **values)

    assert [offer.other for offer in perhaps_the_same(row)] == [other] * offered
    assert [offer.other for offer in perhaps_the_same(other)] == [row] * offered
