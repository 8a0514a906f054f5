"""What the documents state of commands and settings is so."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_word_of_run_exists(path: Path) -> None:
    known = set(
        re.findall(r"^  (\w+)(?: \||\))", (ROOT / "run").read_text("utf-8"), re.MULTILINE)
    )
    said = set(re.findall(r"\./run ([a-z]+)\b", path.read_text("utf-8")))

    assert said <= known | {"says", "starts", "makes", "does", "and"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_management_command_exists(path: Path) -> None:
    said = set(re.findall(r"(?:run manage|manage\.py) ([a-z_]+)", path.read_text("utf-8")))

    assert said <= set(get_commands())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_setting_is_listed(path: Path) -> None:
    listed = set(
        re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    )
    said = set(
        re.findall(r"\b(DEMARCHE_[A-Z_]+|DATABASE_URL|REDIS_URL)\b", path.read_text("utf-8"))
    )

    assert said <= listed


def test_every_page_that_the_readme_names_is_there() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for address in set(re.findall(r"`(/[a-z./]*)`", readme)):
        try:
            resolve(address)
        except Resolver404:
            pytest.fail(f"{address} leads nowhere")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_every_file_of_the_attribution_that_is_named_is_there() -> None:
    told = (ROOT / "docs/attribution.md").read_text("utf-8")
    for name in re.findall(r"`([\w/]+\.(?:py|csv|yaml))`", told):
        places = (ROOT / name, ROOT / "statements/attribution" / name)
        assert any(place.is_file() for place in places), name


def test_every_fault_names_tests_that_are_there() -> None:
    catalogue = (ROOT / "docs/faults.md").read_text("utf-8")
    rows = re.findall(r"^\| ([FS]\d+) .*\|([^|]*)\|$", catalogue, re.MULTILINE)

    assert len(rows) == 16 + 25
    for row, tests in rows:
        files = re.findall(r"`(tests/[\w/]+\.py)`", tests)
        assert files, row
        assert all((ROOT / file).is_file() for file in files), row
