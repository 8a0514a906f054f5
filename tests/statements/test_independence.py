"""Who printed a statement first, and how many lines of reporting are independent."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from statements.independence import Printing, independence
from statements.printings import delay, moment_of, printing_of
from tests.factories import AttestationFactory, SnapshotFactory, StatementFactory

NOW = datetime(2025, 1, 2, 12, tzinfo=UTC)


def printed(number: int, outlet: str, **more: object) -> Printing:
    values: dict[str, object] = {"article": number, "found_at": NOW + timedelta(hours=number)}
    return Printing(key=number, outlet=outlet, slug=outlet.lower(), **(values | more))  # type: ignore[arg-type]


def lines(*some: Printing) -> list[set[str]]:
    return [set(line) for line in independence(some).lines]


def test_outlets_without_a_tie_are_lines_of_their_own() -> None:
    assert lines(printed(1, "Courier"), printed(2, "Herald")) == [{"Courier"}, {"Herald"}]


def test_versions_of_an_article_and_articles_of_an_outlet_are_one_line() -> None:
    found = independence([printed(1, "Courier"), printed(2, "Courier", article=1)])

    assert (found.outlets, found.articles, len(found.lines)) == (("Courier",), 1, 1)


@pytest.mark.parametrize(
    ("tie", "words"),
    [
        ({"group": "Example Group"}, "Courier, Herald and Echo have one owner"),
        ({"cluster": 7}, "Herald and Echo print the text of Courier"),
        (
            {"via": "Ruritanian News Agency"},
            "Courier, Herald and Echo relay Ruritanian News Agency",
        ),
    ],
)
def test_owner_text_and_credit_tie_outlets(tie: dict[str, object], words: str) -> None:
    some = [printed(n, outlet, **tie) for n, outlet in enumerate(["Courier", "Herald", "Echo"])]

    found = independence([*some, printed(9, "Gazette")])

    assert found.lines == (("Courier", "Herald", "Echo"), ("Gazette",))
    assert found.sentence == f"first seen in Courier; {words}; 2 independent lines of reporting"


def test_an_agency_that_reports_itself_is_of_the_line_that_credits_it() -> None:
    agency = printed(2, "RNA", day=date(2025, 1, 2))
    relay = printed(1, "Herald", day=date(2025, 1, 3), via="Ruritanian News Agency")

    found = independence([relay, agency, replace(agency, via="RNA")])

    assert found.lines == (("RNA", "Herald"),)
    assert found.sentence == (
        "first seen in RNA; Herald relays RNA; 1 independent line of reporting"
    )


def test_ties_join_to_one_line_across_outlets() -> None:
    some = [
        printed(1, "Courier", group="G"),
        printed(2, "Herald", group="G", cluster=3),
        printed(3, "Echo", cluster=3),
    ]

    assert lines(*some) == [{"Courier", "Herald", "Echo"}]


def test_the_first_is_of_the_first_day_then_of_the_first_hour() -> None:
    day = date(2025, 1, 2)
    undated, late = printed(1, "Echo"), printed(2, "Courier", day=day + timedelta(days=1))
    by_hour = printed(3, "Herald", day=day, moment=NOW)
    by_day = printed(4, "Gazette", day=day)

    found = independence([undated, late, by_day, by_hour])

    assert found.outlets == ("Herald", "Gazette", "Courier", "Echo")


def test_what_is_told_of_the_delay_follows_from_what_is_known() -> None:
    statement = StatementFactory.build(said_on=date(2025, 1, 1))
    first = printed(1, "Courier", day=date(2025, 1, 2), moment=NOW)
    known = replace(first, key=2, article=2, moment=NOW + timedelta(hours=3, minutes=10))
    day = replace(first, key=3, article=3, moment=None)

    told = [delay(statement, one, first) for one in (first, known, day, printed(4, "Echo"))]

    assert told == [
        "first seen",
        "3 h after the first",
        "1 day after it was said",
        "day not known",
    ]
    assert (
        delay(StatementFactory.build(said_on=None), day, first) == "the same day as the first"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "precision", "hour"),
    [
        ("2025-01-02T09:30:00+09:00", "moment", 0),
        ("2025-01-02T09:30:00Z", "moment", 9),
        ("2025-01-02T09:30:00", "moment", None),
        ("2 January 2025, 9.30", "moment", None),
        ("2025-01-02", "day", None),
    ],
)
def test_an_hour_is_known_where_the_page_states_it_with_its_zone(
    value: str, precision: str, hour: int | None
) -> None:
    stated = {"origin": "meta", "value": value, "day": "2025-01-02", "event": "published"}
    snapshot = SnapshotFactory(published_precision=precision, dates=[stated])

    moment = moment_of(snapshot)

    assert (moment and moment.hour) == hour
    assert printing_of(AttestationFactory(snapshot=snapshot)).moment == moment
