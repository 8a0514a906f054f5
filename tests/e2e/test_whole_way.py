"""The whole way as `./run` goes it: beat, worker, newsroom, timeline, and a clean end."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsroom.stories import stories

ROOT = Path(__file__).resolve().parents[2]


class Site:
    """A running installation with data of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        outside = {"DATABASE_URL", "REDIS_URL", "DEMARCHE_FETCH_ALLOWED_PRIVATE"}
        self.environment = {k: v for k, v in os.environ.items() if k not in outside}
        self.environment |= {"DEMARCHE_HOME": str(home), "DEMARCHE_TICK_SECONDS": "1"}
        self.log = (home / "up.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", "0"],
            cwd=ROOT, env=self.environment, stdout=self.log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.url = self._address()

    def _address(self) -> str:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            try:
                facts = json.loads((self.home / "running.json").read_text() or "{}")
            except (OSError, ValueError):
                facts = {}
            if "url" in facts:
                return str(facts["url"])
            assert self.process.poll() is None, self.said()
            time.sleep(0.2)
        raise AssertionError(f"not up in time: {self.said()}")

    def said(self) -> str:
        return (self.home / "up.log").read_text(errors="replace")[-3000:]

    def json(self, path: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.url.rstrip('/')}{path}", timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def manage(self, *argv: str) -> "subprocess.CompletedProcess[str]":
        """A management command beside the running installation."""
        return subprocess.run(
            [sys.executable, "manage.py", "with_servers", *argv],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(60)
        self.log.close()
        return code


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("whole-way")
    # The newsroom opened an hour ago: everything is out, and nothing has been read yet.
    opened = datetime.now(UTC) - timedelta(hours=1)
    (home / "newsroom-clock").write_text(opened.isoformat(), encoding="utf-8")
    site = Site(home)
    yield site
    site.stop()


def test_the_newsroom_comes_to_the_timeline_by_itself(running: Site) -> None:
    readable = [story for story in stories() if not story.wall]
    until = time.monotonic() + 120
    reported: set[str] = set()
    while time.monotonic() < until and len(reported) < 20:
        reported = set()
        query = "?size=100"
        while query:
            page = running.json(f"/statements.json{query}")
            for statement in page["statements"]:
                reported |= {
                    report["address"].split("/", 3)[3] for report in statement["reports"]
                }
            query = "?" + page["next"].split("?", 1)[1] if page["next"] else ""
        time.sleep(1)

    assert len(reported) >= 20, (len(readable), running.said())


@pytest.mark.parametrize(
    ("query", "country", "words"),
    [
        ("speaker=hayashi&q=violates", "JPN", "violates relevant UNSC resolutions"),
        ("speaker=nebenzia&q=false", "RUS", "completely false"),
        ("speaker=hwang-joon-kook", "KOR", "directly violates"),
        ("speaker=nakamitsu", "X-UN", "must entirely abide"),
        ("speaker=putin&lang=ru", "RUS", "поставки"),
        ("speaker=kim-yung-ho&lang=ko", "KOR", "무기 거래"),
        ("speaker=hayashi&lang=ja", "JPN", "決議に違反する"),
    ],
)
def test_who_said_what_for_whom(running: Site, query: str, country: str, words: str) -> None:
    until = time.monotonic() + 60
    found: list[dict[str, Any]] = []
    while time.monotonic() < until and not found:
        found = [
            statement
            for statement in running.json(f"/statements.json?{query}")["statements"]
            if words in statement["text"]
        ]
        time.sleep(0.5)

    assert found, running.json(f"/statements.json?{query}")
    assert country in {party["actor"] for party in found[0]["parties"]}


def test_one_joint_statement_has_the_reports_of_several_outlets(running: Site) -> None:
    (joint,) = [
        statement
        for statement in running.json("/statements.json?q=ironclad&actor=KOR")["statements"]
        if len(statement["parties"]) == 3
    ]

    assert {party["actor"] for party in joint["parties"]} == {"USA", "KOR", "JPN"}
    assert len({report["source"] for report in joint["reports"]}) >= 2


def test_a_wrong_title_in_print_is_a_warning(running: Site) -> None:
    found = running.json("/statements.json?speaker=kim-yung-ho&source=sample-eastdesk")[
        "statements"
    ]
    warnings = [
        warning for s in found for report in s["reports"] for warning in report["warnings"]
    ]

    assert any("United States" in warning for warning in warnings)
    assert {party["actor"] for s in found for party in s["parties"]} == {"KOR"}


def test_health_says_that_all_parts_are_there(running: Site) -> None:
    assert running.json("/healthz") == {"database": "ok", "broker": "ok", "beat": "ok"}


def test_every_word_still_stands(running: Site) -> None:
    done = running.manage("verify")

    assert done.returncode == 0, done.stderr
    assert " 0 findings" in done.stdout


def test_an_article_of_the_newsroom_can_be_added_by_its_address(running: Site) -> None:
    newsroom = json.loads((running.home / "running.json").read_text())["newsroom"]
    first = min(stories(), key=lambda story: story.release)

    added = running.manage("ingest", f"http://{newsroom}/{first.key}.html")
    # Nothing else of this machine: the site itself does answer, at its own port.
    other = running.manage("ingest", running.url)

    assert added.returncode == 0, added.stderr
    assert "/articles/" in added.stdout
    assert other.returncode == 2
    assert "never asked" in other.stderr


def test_a_text_by_hand_goes_the_same_way(running: Site, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(
        "Minister Ada Example said on Thursday that the invented pact would be kept.\n", "utf-8"
    )

    first = running.manage("ingest", str(path), "--source", "Invented Courier")
    again = running.manage("ingest", str(path))
    wrong = running.manage("ingest", str(tmp_path / "missing.txt"))

    assert "/articles/" in first.stdout
    assert "1 new statements" in first.stdout
    assert "already here" in again.stdout
    assert wrong.returncode == 2
    assert "there is no such file" in wrong.stderr


def test_a_second_start_says_where_the_first_is(running: Site) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT, env=running.environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert done.returncode == 0
    assert running.url in done.stdout


def test_reset_refuses_while_it_runs(running: Site) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "reset", "--yes"],
        cwd=ROOT, env=running.environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert done.returncode != 0
    assert "stop it" in done.stderr


def test_the_sample_can_be_removed(running: Site) -> None:
    done = running.manage("remove_newsroom")

    assert "Removed" in done.stdout, done.stderr
    assert running.json("/statements.json")["count"] <= 1


def test_it_ends_cleanly(running: Site) -> None:
    assert running.stop() == 0
    with pytest.raises(urllib.error.URLError):
        running.json("/healthz")
