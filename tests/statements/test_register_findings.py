"""What cannot all be so in the register is found, and what can be is left alone."""

import hashlib
import time
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.asserts import assertContains

from statements.models import Actor, Office, Speaker, Treaty
from statements.register_files import FOLDER
from statements.register_findings import Finding, find, registers_now
from tests.factories import (
    ActorFactory,
    EventFactory,
    OfficeFactory,
    SpeakerFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def found() -> dict[str, Finding]:
    return {finding.check: finding for finding in find(registers_now())}


def minister(actor: Actor, start: str | None, end: str | None, **more: Any) -> Office:
    """A foreign minister from one day to another; each is a person of an own name."""
    number = Speaker.objects.count()
    name = f"{['Ada', 'Bo', 'Cy', 'Di', 'Ed'][number % 5]} {['Example', 'Sample', 'Specimen'][number % 3]}"
    more = {"title": "Foreign minister", "title_kind": "foreign-minister"} | more
    office: Office = OfficeFactory(
        speaker=more.pop("speaker", None) or SpeakerFactory(slug=f"p{number}", name=name),
        actor=actor,
        start=start and date.fromisoformat(start),
        start_precision=more.pop("start_precision", "day" if start else "unknown"),
        end=end and date.fromisoformat(end),
        end_precision=more.pop("end_precision", "day" if end else "unknown"),
        **more,
    )
    return office


def two(actor: Actor, *, one: dict[str, Any], other: dict[str, Any]) -> None:
    for days in (one, other):
        minister(actor, days.pop("start"), days.pop("end", None), **days)


@pytest.mark.parametrize(
    ("one", "other", "check"),
    [
        ({"start": "2020-01-01", "end": "2022-06-01"}, {"start": "2022-05-01", "end": "2023-01-01"}, "two-holders"),
        ({"start": "2020-01-01", "end": "2022-06-01"}, {"start": "2022-06-01", "end": "2023-01-01"}, None),
        ({"start": "2020-01-01", "end": "2022-06-01"}, {"start": "2022-05-01", "end": "2023-01-01", "acting": True}, None),
        ({"start": "2020-01-01", "end": "2022-01-01", "end_precision": "year"}, {"start": "2022-05-01", "end": "2023-01-01"}, None),
        ({"start": "2020-01-01", "end": "2022-06-01", "title_kind": "ambassador"}, {"start": "2022-05-01", "title_kind": "ambassador"}, None),
        ({"start": "2020-01-01", "end": "2022-06-01", "title_kind": "prime-minister"}, {"start": "2022-05-01"}, None),
        ({"start": "2020-01-01"}, {"start": "2022-05-01"}, "no-end"),
        ({"start": "2020-01-01", "attested_to": date(2022, 8, 1)}, {"start": "2022-05-01", "end": "2023-01-01"}, "two-holders"),
        ({"start": None}, {"start": "2022-05-01"}, None),
    ],
)  # fmt: skip
def test_two_holders_of_one_post(
    one: dict[str, Any], other: dict[str, Any], check: str | None
) -> None:
    two(ActorFactory(), one=dict(one), other=dict(other))

    assert set(found()) == ({check} if check else set())


def test_holders_for_two_actors_are_no_overlap() -> None:
    minister(ActorFactory(), "2020-01-01", "2021-01-01")
    minister(ActorFactory(), "2020-01-01", "2021-01-01")

    assert found() == {}


def _two_posts() -> str:
    actor = ActorFactory()
    one = minister(actor, "2020-01-01", "2022-01-01")
    minister(
        actor, "2021-01-01", "2022-01-01", title_kind="defence-minister", speaker=one.speaker
    )
    return "at once from 2021-01-01 to 2022-01-01"


def _attested_outside() -> str:
    minister(ActorFactory(), "2020-01-01", "2021-01-01", attested_to=date(2021, 5, 1))
    return "attested to 2021-05-01, which is outside the office, 2020-01-01 to 2021-01-01"


def _outside_actor() -> str:
    minister(ActorFactory(valid_to=date(1991, 12, 26)), "1992-01-01", None)
    return "the office lies after the days of"


def _one_name() -> str:
    SpeakerFactory(name="Ada Example").names.create(text="The Envoy")
    SpeakerFactory(name="Bo Sample").names.create(text="the envoy")
    return "is a name of 2 people: "


def _one_actor_name() -> str:
    ActorFactory(name="Ruritania").names.create(text="The Kingdom")
    ActorFactory(name="Strelsau").names.create(text="The Kingdom")
    return "is a name of 2 actors: "


def _one_wikidata_id() -> str:
    SpeakerFactory(name="Ada Example", wikidata_id="Q0")
    SpeakerFactory(name="Bo Sample", wikidata_id="Q0")
    return "Q0 is the Wikidata id of 2 speakers"


def _likely_twice() -> str:
    SpeakerFactory(slug="a", name="Ádá Exámple")
    SpeakerFactory(slug="b", name="Example Ada")
    return "«Ádá Exámple» and «Example Ada» differ only in spelling"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Ada Exampel", "Ada Example", True),  # two letters changed places
        ("Ada Exmple", "Ada Example", True),  # one is missing
        ("Ada Examples", "Ada Example", True),  # one too many
        ("Ada Eximple", "Ada Example", True),  # another letter
        ("Ada Example", "Ada Exaple Bo", False),
        ("Ada Ximple", "Ada Example", False),  # two slips
        ("Department 12", "Department 13", False),  # numbers tell them apart
        ("Department 12", "Departmant 12", True),
        ("Adam", "Adan", False),  # too short to say
    ],
)
def test_one_slip_is_told_and_two_are_not(one: str, other: str, alike: bool) -> None:
    ActorFactory(name=one)
    ActorFactory(name=other)

    assert ("likely-twice" in found()) == alike


def test_thousands_of_names_are_compared_in_seconds() -> None:
    ActorFactory(code="RUR", name="Ruritania")
    registers = registers_now()
    ((_, ruritania),) = registers["actors"].items()
    for number in range(10_000):
        name = hashlib.sha256(str(number).encode()).hexdigest().translate(_LETTERS)
        registers["actors"][f"x{number}"] = {**ruritania, "name": name, "code": f"X{number}"}
    before = time.monotonic()

    assert find(registers) == []

    assert time.monotonic() - before < 20


def test_a_file_full_of_holders_of_one_post_is_told_of_and_no_further() -> None:
    office = minister(ActorFactory(), "2020-01-01", "2021-01-01")
    registers = registers_now()
    ((_, record),) = registers["offices"].items()
    for number in range(3000):
        registers["offices"][f"o{number}"] = {**record, "speaker": f"q{number}"}
    before = time.monotonic()

    findings = find(registers)

    assert {finding.check for finding in findings} == {"two-holders"}
    assert len(findings) == 1000
    assert office.speaker.name in findings[0].sentence
    assert time.monotonic() - before < 10


def _above_itself() -> str:
    one = ActorFactory()
    other = ActorFactory(parent=one)
    Actor.objects.filter(pk=one.pk).update(parent=other)
    return "is part of itself"


def _in_force_before_signed() -> str:
    TreatyFactory(signed_on=date(2024, 6, 19), in_force_on=date(2024, 1, 4))
    return "is in force from 2024-01-04, before it was signed on 2024-06-19"


def _action_day() -> str:
    treaty: Treaty = TreatyFactory(signed_on=date(2024, 6, 19))
    treaty.actions.create(kind="signed", day=date(2024, 6, 20))
    return "and its action «signed» says 2024-06-20"


def _action_order() -> str:
    treaty: Treaty = TreatyFactory()
    treaty.actions.create(kind="ratified", day=date(2024, 6, 1))
    treaty.actions.create(kind="signed", day=date(2024, 7, 1), precision="month")
    return "«ratified» on 2024-06-01 lies before «signed» on 2024-07-01"


@pytest.mark.parametrize(
    ("check", "make"),
    [
        ("two-posts", _two_posts),
        ("attested-outside", _attested_outside),
        ("outside-actor", _outside_actor),
        ("one-name", _one_name),
        ("one-name", _one_actor_name),
        ("one-wikidata-id", _one_wikidata_id),
        ("likely-twice", _likely_twice),
        ("above-itself", _above_itself),
        ("in-force-before-signed", _in_force_before_signed),
        ("action-day", _action_day),
        ("action-order", _action_order),
    ],
)
def test_each_contradiction_is_told(check: str, make: Callable[[], str]) -> None:
    sentence = make()

    findings = found()

    assert set(findings) == {check}
    assert sentence in findings[check].sentence
    assert findings[check].advice


@pytest.mark.parametrize(
    ("signed", "precision", "told"),
    [
        (date(2024, 6, 1), "month", set()),
        (date(2024, 1, 1), "year", set()),
        (date(2024, 6, 1), "day", {"action-day"}),
        (date(2024, 7, 1), "month", {"action-day"}),
        (date(2025, 1, 1), "year", {"in-force-before-signed", "action-day"}),
    ],
)
def test_a_treatys_day_allows_what_its_precision_allows(
    signed: date, precision: str, told: set[str]
) -> None:
    treaty: Treaty = TreatyFactory(
        signed_on=signed, signed_on_precision=precision, in_force_on=date(2024, 12, 4)
    )
    treaty.actions.create(kind="signed", day=date(2024, 6, 19))

    assert set(found()) == told


def test_days_that_no_database_would_take_are_found_in_files() -> None:
    office = minister(ActorFactory(), "2020-01-01", "2021-01-01")
    event = EventFactory(start=date(2024, 6, 3))
    registers = registers_now()
    [registers["offices"][key].update(end="2019-01-01") for key in registers["offices"]]
    [registers["events"][key].update(end="2024-06-01") for key in registers["events"]]

    assert {finding.check for finding in find(registers)} == {"start-after-end", "event-end"}
    assert office.end
    assert event.start


def test_the_shipped_register_has_this_to_look_at() -> None:
    """A finding here is a fact to be read in a source, not a mistake of the program."""
    errors = StringIO()

    with pytest.raises(CommandError):
        call_command("check_register", folder=FOLDER, stdout=StringIO(), stderr=errors)

    assert [line.split(":")[0] for line in errors.getvalue().splitlines()] == ["two-posts"]


def test_a_register_without_a_finding_passes() -> None:
    minister(ActorFactory(), "2020-01-01", "2021-01-01")
    out = StringIO()

    call_command("check_register", stdout=out)

    assert out.getvalue() == "0 findings in the register\n"


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    errors = StringIO()

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_register", folder=tmp_path, stdout=StringIO(), stderr=errors)

    assert "actors.csv: cannot be read" in errors.getvalue()


@pytest.mark.parametrize(("group", "answer"), [("analyst", 403), ("editor", 200)])
def test_editors_see_them_with_the_way_to_each_row(group: str, answer: int) -> None:
    office = minister(ActorFactory(), "2020-01-01", "2021-01-01", attested_to=date(2022, 1, 1))
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)

    page = client.get("/register/checks/")

    assert page.status_code == answer
    if answer == 200:
        assertContains(page, "outside the office")
        assertContains(page, f"/admin/statements/office/{office.pk}/change/")
