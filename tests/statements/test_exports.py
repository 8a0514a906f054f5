"""The same address as JSON, CSV and Atom gives the same result set."""

import csv
import io
import json

import feedparser
import pytest
from django.test import Client

from statements.models import Statement
from tests.factories import (
    AttestationFactory,
    PartyFactory,
    PositionFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db


def rows(number: int) -> list[Statement]:
    made: list[Statement] = []
    for _ in range(number):
        statement = StatementFactory(text="On peace.")
        PartyFactory(statement=statement)
        PositionFactory(statement=statement)
        AttestationFactory(statement=statement)
        made.append(statement)
    StatementFactory(text="On grain.")
    return made


def test_every_format_has_the_same_statements(client: Client) -> None:
    wanted = [s.public_id for s in reversed(rows(5))]

    found_json = json.loads(client.get("/statements.json?q=peace").content)
    stream = b"".join(client.get("/statements.csv?q=peace").streaming_content)  # type: ignore[attr-defined]
    found_csv = list(csv.DictReader(io.StringIO(stream.decode())))
    found_atom = feedparser.parse(io.BytesIO(client.get("/statements.atom?q=peace").content))

    assert [s["id"] for s in found_json["statements"]] == wanted
    assert [row["id"] for row in found_csv] == wanted
    assert [entry.id.rstrip("/").rsplit("/", 1)[1] for entry in found_atom.entries] == wanted


def test_json_goes_on_by_cursor(client: Client) -> None:
    rows(7)

    first = json.loads(client.get("/statements.json?size=4&q=peace").content)
    second = json.loads(client.get(first["next"]).content)

    assert first["count"] == 7
    assert (len(first["statements"]), len(second["statements"])) == (4, 3)
    assert second["next"] is None


def test_json_says_where_every_word_stands(client: Client) -> None:
    (statement,) = rows(1)

    (record,) = json.loads(client.get("/statements.json?q=peace").content)["statements"]

    report = statement.attestations.get()
    assert record["reports"][0]["words"] == report.words
    assert record["reports"][0]["sha256"] == report.snapshot.sha256
    assert (
        report.snapshot.text[record["reports"][0]["start"] : record["reports"][0]["end"]]
        == report.words
    )


def test_what_is_not_understood_is_refused_and_not_ignored(client: Client) -> None:
    response = client.get("/statements.json?actor=ZZZ&from=never")

    assert response.status_code == 400
    assert set(json.loads(response.content)["errors"]) == {"Country or body", "from"}
    assert client.get("/statements.csv?actor=ZZZ").status_code == 400
    assert client.get("/statements.atom?actor=ZZZ").status_code == 400


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", '"=', "＝"])
def test_no_cell_is_a_formula(client: Client, start: str) -> None:
    StatementFactory(text=f"{start}1+1 on peace")

    stream = b"".join(client.get("/statements.csv").streaming_content)  # type: ignore[attr-defined]

    (row,) = csv.DictReader(io.StringIO(stream.decode()))
    assert row["words"].startswith("'")
