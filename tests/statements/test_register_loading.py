"""The register's files become rows, once, and never over a person's edit."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sources.models import Feed, Source
from statements.models import Actor, Event, Office, Provision, Speaker, Treaty
from statements.register_files import FOLDER, SOURCES_FOLDER, RegisterError, read_files
from statements.register_loading import Loaded, load
from statements.register_merging import merge_entries
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files, to be edited."""
    copy = tmp_path / "data"
    shutil.copytree(FOLDER, copy)
    shutil.copy(SOURCES_FOLDER / "sources.csv", copy)
    return copy


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def outcome(loaded: Loaded, word: str) -> int:
    return sum(counts[word] for counts in loaded.counts.values())


def test_the_files_load_completely() -> None:
    call_command("load_register", stdout=StringIO())

    assert Actor.objects.count() == 307
    assert Speaker.objects.count() == 204
    assert Office.objects.count() == 237
    assert Treaty.objects.filter(kind="resolution").count() == 27
    assert Provision.objects.filter(treaty__slug="ru-kp-2024").count() == 24
    assert Event.objects.count() == 68
    assert Source.objects.count() == 88
    assert not Feed.objects.filter(enabled=True).exists()


def test_codes_names_and_dates_are_those_of_the_files() -> None:
    load(read_files())

    korea = Actor.objects.get(code="KOR")
    assert korea.short_code == "KR"
    assert korea.names.filter(kind="metonym", text="Seoul").exists()
    assert Actor.objects.get(code="KR-MOFA").parent == korea
    assert Actor.objects.get(code="X-EU").short_code == "EU"
    seat = korea.memberships.get(group__code="X-UN-SC", start__year=2024)
    assert str(seat.end) == "2024-12-31"
    treaty = Treaty.objects.get(slug="ru-kp-2024")
    assert str(treaty.in_force_on) == "2024-12-04"
    assert set(treaty.parties.values_list("code", flat=True)) == {"RUS", "PRK"}
    assert (treaty.signed_on_precision, treaty.in_force_on_precision) == ("day", "day")
    treaty = Treaty.objects.get(slug="su-kp-1961")
    assert (str(treaty.signed_on), treaty.signed_on_precision) == ("1961-01-01", "year")
    assert (treaty.in_force_on, treaty.in_force_on_precision) == (None, "unknown")


def test_a_second_load_changes_nothing() -> None:
    load(read_files())

    again = load(read_files())

    assert outcome(again, "created") == outcome(again, "updated") == outcome(again, "kept") == 0
    assert again.conflicts == []


def test_an_edited_row_is_kept_and_the_conflict_reported(folder: Path) -> None:
    load(read_files(folder))
    Speaker.objects.filter(slug="lavrov").update(note="edited by hand")
    edit(folder, "speakers.yaml", "family_name: Lavrov", "family_name: Lawrow")

    loaded = load(read_files(folder))

    lavrov = Speaker.objects.get(slug="lavrov")
    assert (lavrov.note, lavrov.family_name) == ("edited by hand", "Lavrov")
    assert any("lavrov: family_name: the file has 'Lawrow'" in c for c in loaded.conflicts)


def test_a_changed_file_updates_a_row_that_nobody_edited(folder: Path) -> None:
    load(read_files(folder))
    edit(folder, "speakers.yaml", "family_name: Lavrov", "family_name: Lawrow")

    loaded = load(read_files(folder))

    assert Speaker.objects.get(slug="lavrov").family_name == "Lawrow"
    assert outcome(loaded, "updated") == 1


def test_a_row_made_by_hand_is_not_taken_over() -> None:
    Actor.objects.create(code="KOR", kind="state", name="Made by hand")

    # Rows that link to it cannot be loaded either, so nothing at all is.
    with pytest.raises(RegisterError, match="KOR"):
        load(read_files())


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("actors.csv", "al,state,AL", "al,planet,AL", "actors.csv: al: kind: «planet» is none of"),
        ("actors.csv", "dz,state", "al,state", "actors.csv: al: id: stands 2 times"),
        ("speakers.yaml", "start: '2012-05-07'", "start: 'spring'", "putin.1: start: «spring» is not a date"),
        ("speakers.yaml", "end: '2008-05-07'", "end: '1999-05-07'", "putin.2: start: 2000-05-07 is after 1999-05-07"),
        ("speakers.yaml", "organ: ru-president", "organ: ru-nothing", "organ: «ru-nothing» is not in the register"),
        ("events.yaml", "country: ru", "country: zz", "country: «zz» is not in the register"),
        ("sources.csv", "head_of_state_office", "palace", "kind: «palace» is none of"),
    ],
)  # fmt: skip
def test_wrong_data_is_refused_with_its_place(
    folder: Path, file: str, old: str, new: str, sentence: str
) -> None:
    edit(folder, file, old, new)
    errors = StringIO()

    with pytest.raises(CommandError, match="nothing was loaded"):
        call_command("load_register", folder=folder, stdout=StringIO(), stderr=errors)

    assert sentence in errors.getvalue()
    assert not Actor.objects.exists()


def test_a_row_that_left_its_file_stays_and_is_reported(folder: Path) -> None:
    load(read_files(folder))
    text = (folder / "events.yaml").read_text(encoding="utf-8")
    entries = text.split("\n- id: ")
    (folder / "events.yaml").write_text("\n- id: ".join(entries[:-1]) + "\n", encoding="utf-8")

    loaded = load(read_files(folder))

    assert Event.objects.count() == 68
    assert len(loaded.vanished) == 1


def test_a_load_follows_merges_and_undoes_none(folder: Path) -> None:
    load(read_files(folder))
    lavrov, twin = Speaker.objects.get(slug="lavrov"), Speaker.objects.exclude(slug="lavrov")[0]
    state = Actor.objects.get(code="KOR")
    other = Actor.objects.filter(parent=None, offices=None).exclude(code="KOR")[0]
    offices = list(lavrov.offices.values_list("pk", flat=True))
    merge_entries(lavrov, twin, UserFactory(), "One person.")
    merge_entries(state, other, UserFactory(), "One state.")
    kept = set(lavrov.offices.values_list("pk", flat=True))

    again = load(read_files(folder))
    assert outcome(again, "created") == outcome(again, "updated") == outcome(again, "kept") == 0
    edit(folder, "speakers.yaml", "family_name: Lavrov", "family_name: Lawrow")
    edit(folder, "actors.csv", "South Korea,Republic", "Southern Korea,Republic")
    edit(folder, "speakers.yaml", "start: '2004-03-09'", "start: '2004-03-10'")
    later = load(read_files(folder))

    assert outcome(later, "merged or withdrawn") >= 2
    lavrov.refresh_from_db()
    assert (lavrov.merged_into, lavrov.family_name) == (twin, "Lavrov")
    assert set(lavrov.offices.values_list("pk", flat=True)) == kept
    assert set(twin.offices.values_list("pk", flat=True)) >= set(offices) - kept
    assert not Office.objects.filter(actor=state).exists()
    assert not Actor.objects.filter(parent=state).exists()
    office = Office.objects.get(register_id="lavrov.1")
    assert (office.speaker, str(office.start)) == (twin, "2004-03-10")
    assert later.conflicts == []
