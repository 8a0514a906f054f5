"""`reset` removes what Demarche made, and nothing else."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from config.embedded import postgres, valkey


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """A data folder as a run leaves it."""
    home = tmp_path / "home"
    settings.HOME, settings.SOCKETS = home, home / "sockets"
    settings.SNAPSHOT_FOLDER, settings.DATABASE_URL = home / "snapshots", ""
    postgres.prepare(home, settings.SOCKETS)
    valkey.prepare(home, settings.SOCKETS)
    (home / "snapshots/ab/cd").mkdir(parents=True)
    for name in ("secret-key", "newsroom-clock", "beat.pid", "celerybeat-schedule.db"):
        (home / name).touch()
    return home


def reset() -> str:
    said = StringIO()
    call_command("reset", yes=True, stdout=said)
    return said.getvalue()


def test_all_that_was_made_is_removed(home: Path) -> None:
    assert "Left" not in reset()

    assert list(home.iterdir()) == []


def test_strangers_stay_and_are_named(home: Path) -> None:
    (home / "thesis").mkdir()
    (home / "thesis/chapter.txt").write_text("not ours")

    said = reset()

    assert "Left, as Demarche did not make it: thesis." in said
    assert (home / "thesis/chapter.txt").read_text() == "not ours"
    assert [path.name for path in home.iterdir()] == ["thesis"]


def test_a_link_is_removed_and_not_what_it_leads_to(home: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    (home / "snapshots/ab/cd").parent.parent.rename(disk)
    (home / "snapshots").symlink_to(disk)

    reset()

    assert list(home.iterdir()) == []
    assert disk.exists()


def test_a_store_elsewhere_stays(home: Path, tmp_path: Path, settings: Settings) -> None:
    settings.SNAPSHOT_FOLDER = tmp_path / "elsewhere"
    settings.SNAPSHOT_FOLDER.mkdir()

    assert f"the snapshots in {tmp_path / 'elsewhere'}" in reset()
    assert settings.SNAPSHOT_FOLDER.exists()


def test_with_a_database_elsewhere_nothing_is_removed(home: Path, settings: Settings) -> None:
    settings.DATABASE_URL = "postgresql://demarche:x@database.example/demarche"

    with pytest.raises(CommandError, match="a database of yours, which this does not touch"):
        reset()
    assert (home / "postgres/PG_VERSION").exists()
