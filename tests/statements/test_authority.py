"""Who speaks for a state with how much authority, and whose words decide."""

from datetime import date

import pytest

from statements.attribution.words import TITLES
from statements.authority import Authority, Said, Voice, authority_of, last_day, rule

TODAY = date(2025, 12, 31)


def said(authority: Authority, day: date, stance: str = "condemns", **values: object) -> Said:
    places = {"condemns": -2, "concerned": -1, "neutral": 0, "endorses": 2}
    facts: dict[str, object] = {
        "statement": 1,
        "office": authority.name,
        "value": places.get(stance),
        "legal": "none",
    }
    return Said(authority=authority, day=day, stance=stance, **(facts | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("voice", "authority"),
    [
        (Voice(title="president"), Authority.HEAD),
        (Voice(title="president-sac"), Authority.HEAD),
        (Voice(title="vice-president"), Authority.GOVERNMENT),
        (Voice(title="prime-minister"), Authority.GOVERNMENT),
        (Voice(title="press-secretary"), Authority.GOVERNMENT),
        (Voice(title="spokesperson", organ="Government of Ruritania"), Authority.GOVERNMENT),
        (Voice(title="foreign-minister"), Authority.FOREIGN_MINISTER),
        (Voice(title="high-representative"), Authority.FOREIGN_MINISTER),
        (Voice(title="defence-minister"), Authority.MINISTER),
        (Voice(title="national-security-adviser"), Authority.MINISTER),
        (Voice(title="vice-foreign-minister"), Authority.MINISTRY),
        (Voice(title="spokesperson"), Authority.SPOKESPERSON),
        (
            Voice(title="spokesperson", organ="Ministry of Foreign Affairs of Ruritania"),
            Authority.SPOKESPERSON,
        ),
        (Voice(title="permanent-representative"), Authority.AMBASSADOR),
        (Voice(title="speaker-of-parliament"), Authority.LEGISLATOR),
        (Voice(title="official-unnamed"), Authority.UNNAMED),
        # Entered by hand, without a title of the table.
        (Voice(office="Foreign Minister of Ruritania"), Authority.FOREIGN_MINISTER),
        (Voice(office="Keeper of the Seal", rank=4), Authority.MINISTRY),
        (Voice(office="Keeper of the Seal"), Authority.UNNAMED),
        # As reports print it.
        (Voice(printed="Ruritanian defence minister"), Authority.MINISTER),
        (Voice(printed="deputy defence minister"), Authority.MINISTRY),
        (Voice(printed="government spokeswoman"), Authority.GOVERNMENT),
        (Voice(printed="foreign ministry spokesman"), Authority.SPOKESPERSON),
        (Voice(printed="former president"), Authority.UNNAMED),
        (Voice(printed="baker"), Authority.UNNAMED),
        (Voice(), Authority.UNNAMED),
        # Bodies that speak without a person.
        (Voice(person=False, body="Foreign Ministry", kind="state"), Authority.MINISTRY),
        (Voice(person=False, body="Office of Maps", kind="state_organ"), Authority.MINISTRY),
        (
            Voice(person=False, body="Ruritanian embassy", kind="state_organ"),
            Authority.AMBASSADOR,
        ),
        (
            Voice(person=False, body="National Assembly", kind="state_organ"),
            Authority.LEGISLATOR,
        ),
        (Voice(person=False, body="Government", kind="state_organ"), Authority.GOVERNMENT),
        (Voice(person=False, body="Ruritanian News", kind="media"), Authority.STATE_MEDIA),
        (
            Voice(person=False, body="League of Examples", kind="organisation"),
            Authority.GOVERNMENT,
        ),
        (Voice(person=False, body="Ruritania", kind="state"), Authority.UNNAMED),
        (Voice(person=False, body="Ruritania", kind="state", joint=True), Authority.GOVERNMENT),
    ],
)
def test_an_office_a_printed_title_or_a_body_has_its_authority(
    voice: Voice, authority: Authority
) -> None:
    assert authority_of(voice) == authority


def test_every_title_of_the_table_has_an_authority() -> None:
    for row in TITLES:
        authority = authority_of(Voice(title=row["id"]))
        assert authority < Authority.UNNAMED or row["id"] == "official-unnamed", row["id"]


def test_the_higher_voice_decides_however_old_and_the_lower_one_is_listed() -> None:
    head = said(Authority.HEAD, date(2024, 7, 1))
    minister = said(Authority.FOREIGN_MINISTER, date(2025, 6, 1), "neutral")

    ruling = rule([minister, head], TODAY)

    assert ruling is not None
    assert ruling.decides == head
    assert ruling.divergent == (minister,)


def test_of_equals_the_latest_decides_and_of_one_day_the_later_entry() -> None:
    first = said(Authority.SPOKESPERSON, date(2025, 1, 1), office="a")
    second = said(Authority.SPOKESPERSON, date(2025, 2, 1), "neutral", office="b")
    third = said(Authority.SPOKESPERSON, date(2025, 2, 1), "concerned", office="c", statement=2)

    ruling = rule([second, third, first], TODAY)

    assert ruling is not None
    assert ruling.decides == third
    assert ruling.divergent == (second, first)


def test_who_has_left_gives_way_to_who_speaks_later_and_is_there() -> None:
    predecessor = said(Authority.HEAD, date(2024, 7, 1), left=date(2025, 4, 4))
    before = said(Authority.FOREIGN_MINISTER, date(2024, 5, 1), "neutral", office="before")
    after = said(Authority.SPOKESPERSON, date(2025, 6, 1), "neutral", office="after")
    deputy = said(Authority.LEGISLATOR, date(2025, 7, 1), "endorses", office="deputy")

    def deciding(*voices: Said, on: date = TODAY) -> Said | None:
        ruling = rule(voices, on)
        return ruling.decides if ruling else None

    assert deciding(predecessor) == predecessor  # nobody else has spoken
    assert deciding(predecessor, before) == predecessor  # nobody has spoken since
    assert deciding(predecessor, deputy) == predecessor  # who does not speak for the state
    assert deciding(predecessor, before, after) == before
    assert deciding(predecessor, after, on=date(2025, 4, 4)) == predecessor  # the last day


def test_a_predecessor_who_gave_way_is_no_divergent_office() -> None:
    predecessor = said(Authority.HEAD, date(2024, 7, 1), left=date(2025, 4, 4))
    after = said(Authority.HEAD, date(2025, 6, 1), "neutral", office="after")

    ruling = rule([predecessor, after], TODAY)

    assert ruling is not None
    assert ruling.divergent == ()


def test_offices_differ_by_place_on_the_scale_by_word_without_one_and_by_law() -> None:
    head = said(Authority.HEAD, date(2025, 1, 1), "condemns", legal="violates-unscr")
    rejects = said(Authority.MINISTER, date(2025, 1, 1), "rejects", value=-2)
    warns = said(Authority.MINISTER, date(2025, 1, 1), "warns")
    lawful = said(Authority.MINISTER, date(2025, 1, 1), "condemns", legal="compatible")

    assert not rejects.differs_from(head)
    assert warns.differs_from(head)
    assert lawful.differs_from(head)


def test_an_office_that_says_the_same_twice_is_listed_once_by_its_latest() -> None:
    head = said(Authority.HEAD, date(2025, 1, 1))
    older = said(Authority.MINISTER, date(2025, 2, 1), "neutral")
    newer = said(Authority.MINISTER, date(2025, 3, 1), "neutral", statement=3)

    ruling = rule([head, older, newer], TODAY)

    assert ruling is not None
    assert ruling.divergent == (newer,)


def test_nobody_differs_from_themselves_in_another_office() -> None:
    now = said(Authority.HEAD, date(2025, 1, 1), who="ada")
    before = said(Authority.MINISTER, date(2024, 1, 1), "neutral", who="ada")

    ruling = rule([now, before], TODAY)

    assert ruling is not None
    assert ruling.divergent == ()


def test_without_words_there_is_no_position() -> None:
    assert rule([], TODAY) is None


def test_a_month_lasts_to_its_end() -> None:
    assert last_day(date(2024, 2, 1), "month") == date(2024, 2, 29)
    assert last_day(date(2024, 1, 1), "year") == date(2024, 12, 31)
    assert last_day(date(2024, 1, 1), "day") == date(2024, 1, 1)
