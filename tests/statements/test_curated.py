"""The curated statements say what their file says, as reviewed ones, and only once."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_django
import yaml
from django.core.management import CommandError, call_command
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from statements import review
from statements.curated_files import FILE
from statements.models import Attestation, CuratedEntry, Position, Statement
from statements.search.finding import all_statements
from statements.stance.objects import ON_THE_PACT
from statements.timeline.form import TimelineForm
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ENTRIES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["statements"]
LIVE = {"unknown": "", "unsc_meeting": "un_meeting", "state_media_report": "media_report"}
CONFIDENCE = {"high": "confident", "medium": "likely", "low": "doubtful"}


@pytest.fixture(autouse=True, scope="module")
def _register(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """The register's rows, made once; each test begins with them and leaves them as they were."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_register", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


def load(file: Path = FILE) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("load_statements", file=file, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def changed(folder: Path, key: str, **values: Any) -> Path:
    """A copy of the file in which one entry says something else."""
    whole = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    next(row for row in whole["statements"] if row["id"] == key).update(values)
    file = folder / "statements.yaml"
    file.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    return file


def statement_of(key: str) -> Statement:
    return CuratedEntry.objects.get(entry=key).statement


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def test_every_entry_is_a_statement_that_says_the_same_field_by_field() -> None:
    load()

    assert CuratedEntry.objects.count() == Statement.objects.count() == len(ENTRIES) == 34
    assert Attestation.objects.count() == sum(len(row["reports"]) for row in ENTRIES) == 38
    for row in ENTRIES:
        one = statement_of(row["id"])
        assert (one.status, one.summarised, one.text) == ("published", True, row["summary"])
        said = (day(row["said_on"] or row.get("said_on_from")), day(row.get("said_on_to")))
        assert (one.said_on, one.said_on_to) == said, row["id"]
        assert (one.said_on_precision, one.said_on_basis) == (
            row["precision"],
            row["date_basis"],
        )
        assert one.form == LIVE.get(row["form"], row["form"])
        assert one.place == (row["venue"] or "")
        assert (one.event.slug if one.event else None) == row["event"]
        if one.said_on:
            last = one.said_on_to or one.said_on
            assert (last < date(2024, 6, 19)) == (row["phase"] == "precursor")
        _same_parties(one, row)
        _same_positions(one, row)
        _same_reports(one, row)


def _same_parties(one: Statement, row: dict[str, Any]) -> None:
    parties = list(one.parties.select_related("speaker", "office", "actor__parent"))
    states = {(p.actor.parent or p.actor).register_id for p in parties if p.actor}
    assert states == set(row["actors"]), row["id"]
    assert {p.role for p in parties} == {"co_issuer" if row["joint"] else "speaker"}
    if row["speakers"]:
        assert [
            (
                p.speaker.register_id if p.speaker else p.actor and p.actor.register_id,
                p.office.register_id if p.office else None,
            )
            for p in parties
        ] == [(said["speaker"], said["office"]) for said in row["speakers"]]
    else:
        assert [p.actor and p.actor.register_id for p in parties] == row["actors"]


def _same_positions(one: Statement, row: dict[str, Any]) -> None:
    positions = list(
        one.positions.select_related("treaty", "provision", "coder").order_by("pk")
    )
    first = positions[0]
    coded = (first.object, first.stance, first.legal, first.modality)
    assert coded == tuple(row[name] for name in ("object", "stance", "legal", "modality"))
    assert {(p.object, p.modality) for p in positions} == {(row["object"], row["modality"])}
    instruments = [
        f"{p.treaty.slug}:{p.provision.number}" if p.provision else p.treaty.slug
        for p in positions
        if p.treaty
    ]
    assert sorted(instruments) == sorted(row["provisions"])
    assert {(p.coder and p.coder.username, p.codebook) for p in positions} == {("curated", "1")}
    laws = [p for p in positions if p.treaty and p.treaty.slug.startswith("unscr")]
    assert all(p.legal == row["legal"] for p in laws)
    on_pact = [p.stance for p in positions if p.treaty and p.treaty.slug == "ru-kp-2024"]
    assert on_pact == ([row["stance"]] if row["object"] == "treaty" else [])


def _same_reports(one: Statement, row: dict[str, Any]) -> None:
    reports = list(
        one.attestations.select_related("snapshot__article__source", "snapshot__reference")
    )
    assert len(reports) == len(row["reports"])
    by_source = {report.snapshot.article.source.register_id: report for report in reports}
    for told in row["reports"]:
        report = by_source[told["outlet"]]
        assert report.snapshot.origin == "reference"
        assert (report.mode, report.summary) == ("summary", row["summary"])
        assert [fragment.words for fragment in report.fragments] == told["quotes"]
        assert {voice["printed"] for voice in report.voices} == {told["printed_attribution"]}
        assert (report.cue, report.directness) == (told["cue"], told["directness"])
        assert report.translated == (told["translation"] != "none")
        assert (report.translated_by or "none") == told["translation"]
        assert bool(report.via) == ("relay" in row)
        assert report.confidence == CONFIDENCE[row["confidence"]]
        if told["persons_named"]:
            assert len(report.voices) == len(told["persons_named"])


def test_loading_twice_changes_nothing() -> None:
    load()
    before = list(Statement.objects.order_by("pk").values())

    out, err = load()

    assert (out, err) == ("statements: 34 unchanged\n", "")
    assert list(Statement.objects.order_by("pk").values()) == before


def test_nobody_can_sign_in_as_who_published_them(client: Client) -> None:
    load()

    published = statement_of(ENTRIES[0]["id"]).reviews.get(decision="publish")

    assert (published.by.username, published.by.is_active) == ("curated", False)
    assert not published.by.has_usable_password()
    assert ENTRIES[0]["id"] in published.why


def test_what_a_person_edited_is_never_overwritten(tmp_path: Path) -> None:
    load()
    key = ENTRIES[0]["id"]
    review.edit(statement_of(key), UserFactory(), "seen the film", place="Osaka")

    out, err = load(changed(tmp_path, key, venue="Kyoto"))

    assert out == "statements: 33 unchanged, 1 kept\n"
    assert key in err
    assert statement_of(key).place == "Osaka"


def test_a_changed_entry_is_loaded_anew_where_nobody_decided(tmp_path: Path) -> None:
    load()
    key = ENTRIES[0]["id"]
    before = statement_of(key)

    out, _ = load(
        changed(tmp_path, key, venue="Kyoto", stance="condemns", summary="Another summary.")
    )

    after = statement_of(key)
    assert out == "statements: 1 updated, 33 unchanged\n"
    assert (after.pk, after.place, after.text) == (before.pk, "Kyoto", "Another summary.")
    assert after.positions.order_by("pk")[0].stance == "condemns"
    assert after.attestations.get().summary == "Another summary."
    assert after.version > before.version


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"form": "shouting"}, "form: «shouting» is none of"),
        ({"said_on": "20 June"}, "said_on: «20 June» is not a day"),
        ({"actors": ["kr"]}, "actors: kr are named, but its speakers speak for jp"),
        ({"event": "no-such-event"}, "event: «no-such-event» is not in the register"),
        (
            {"provisions": ["ru-kp-2024:99"]},
            "provisions: «ru-kp-2024:99» is not in the register",
        ),
        ({"colour": "red"}, "colour: there is no such field"),
        ({"reports": []}, "reports: there is none"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_loaded(
    tmp_path: Path, values: dict[str, Any], sentence: str
) -> None:
    err = io.StringIO()
    key = ENTRIES[1]["id"]

    with pytest.raises(CommandError, match="nothing was loaded"):
        call_command(
            "load_statements", file=changed(tmp_path, key, **values), stderr=err, stdout=err
        )

    assert f"statements.yaml: {key}: {sentence}" in err.getvalue()
    assert not Statement.objects.exists()


def test_days_of_a_range_are_found_where_they_overlap() -> None:
    load()
    one = statement_of("st-2023-09-13-kr-han-1")

    for days, found in {
        "from=2023-09-14": True, "from=2023-09-13&to=2023-09-13": True,
        "from=2023-09-15": False, "to=2023-09-11": False,
    }.items():  # fmt: skip
        assert (one.pk in all_statements(TimelineForm(QueryDict(days)).query)) is found, days


def test_pages_show_days_and_what_is_judged_beside_a_treaty(client: Client) -> None:
    load()
    one = statement_of("st-2023-09-13-kr-han-1")

    assertContains(
        client.get("/statements/", {"speaker": "han-duck-soo"}), "12–14 September 2023"
    )
    page = client.get(one.get_absolute_url())
    assertContains(page, "on one of the days 12–14 September 2023")
    assertContains(page, "on military cooperation")
    assertContains(page, "in translation by a machine")
    assertNotContains(page, "<blockquote")
    for path in (
        "/statements.json",
        "/statements.atom",
        "/statements.csv",
        "/treaties/ru-kp-2024/",
    ):
        assert client.get(path).status_code == 200


def test_what_was_said_before_the_pact_has_no_position_on_it() -> None:
    load()

    early = Position.objects.filter(statement__said_on__lt=date(2024, 6, 18))

    assert early.exists()
    assert not early.filter(treaty__slug="ru-kp-2024").exists()
    assert early.filter(treaty=None, object__in=ON_THE_PACT).exists()


def test_one_of_several_days_can_be_set_and_made_a_day() -> None:
    load()
    one, by = statement_of("st-2023-09-13-kr-han-1"), UserFactory()

    with pytest.raises(review.ReviewError, match="first and the last"):
        review.edit(one, by, said_on_to=date(2023, 9, 1))
    review.edit(one, by, said_on=date(2023, 9, 13), said_on_precision="day")

    assert (one.said_on, one.said_on_to) == (date(2023, 9, 13), None)
