"""`manage.py attribute`: a text or page for a person, documents for scripts."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import OfficeFactory

PAGE = """<!doctype html><html lang="en"><head><title>Minister keeps to the text</title>
<meta property="article:published_time" content="2024-06-21T08:00:00Z"></head><body><nav>Menu</nav>
<article><h1>Minister keeps to the text</h1>
<p>“We keep to the text,” said Minister Ada Example on Thursday after long talks.</p>
<p>The invented talks went on until late at night, and nobody left the invented house by the
lake before the last of the ministers had signed the invented paper.</p></article></body></html>"""


def printed(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    call_command("attribute", *argv)
    return capsys.readouterr().out


def test_a_page_is_read_as_the_ingestion_reads_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")

    told = printed(capsys, str(path), "--no-register")

    assert told.startswith("Minister keeps to the text\n")
    assert "⟦1 “We keep to the text,”⟧ <said> {Minister Ada Example}" in told
    assert "20 June 2024, from a weekday" in told
    assert "Menu" not in told
    assert told.endswith("Published on 21 June 2024, by its own word.\n")


def test_the_day_that_is_said_goes_before_the_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")

    told = printed(capsys, str(path), "--no-register", "--date", "2024-07-05")

    assert "said on  4 July 2024" in told
    assert told.endswith("Published on 5 July 2024, as you say.\n")


@pytest.mark.django_db
def test_speakers_are_those_of_the_register_in_the_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    OfficeFactory(speaker__slug="ada-example", speaker__name="Ada Example")
    path = tmp_path / "text.txt"
    path.write_text("“We keep to the text,” said Ada Example.\n", encoding="utf-8")

    told = printed(capsys, str(path))

    assert "register: ada-example" in told
    assert told.endswith("No date of publication is known; say it with --date.\n")


def test_what_cannot_be_read_ends_with_a_sentence(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    for name, sentence in {
        str(picture): f"{picture}: This is not an HTML page or a text.",
        str(tmp_path): f"{tmp_path} is a directory; name one file.",
        "/no/such/file": "There is no file /no/such/file.",
    }.items():
        with pytest.raises(CommandError) as refused:
            call_command("attribute", name, "--no-register")
        assert str(refused.value) == sentence
        assert refused.value.returncode == 2


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="--date must look like 2026-11-30"):
        call_command("attribute", "x.txt", "--no-register", "--date", "Thursday")


def test_documents_are_attributed_line_by_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = json.dumps({"id": "a", "text": "“We keep to the text,” said Ada Example."})
    monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))

    answer = json.loads(printed(capsys, "--jsonl", "--no-register"))

    assert answer["id"] == "a"
    assert [found["speaker"] for found in answer["statements"]] == ["Ada Example"]


def test_neither_file_nor_documents_is_refused() -> None:
    with pytest.raises(CommandError, match="one of the arguments"):
        call_command("attribute")
