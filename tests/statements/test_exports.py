"""The same address as JSON, CSV and Atom gives the same result set."""

import csv
import gc
import io
import json
from datetime import datetime

import feedparser
import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from history.verification import newest_seal
from statements.models import Statement
from statements.search import packed
from statements.search.entries import deferred
from statements.search.side import index
from statements.timeline import paging
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    OfficeFactory,
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
    lines = b"".join(client.get("/statements.ndjson?q=peace").streaming_content)  # type: ignore[attr-defined]
    found_lines = [json.loads(line) for line in lines.splitlines()]
    found_atom = feedparser.parse(io.BytesIO(client.get("/statements.atom?q=peace").content))

    assert [s["id"] for s in found_json["statements"]] == wanted
    assert [row["id"] for row in found_csv] == wanted
    assert [one["id"] for one in found_lines[1:]] == wanted
    assert found_lines[1:] == found_json["statements"]
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
    assert set(json.loads(response.content)["errors"]) == {"actor", "from"}
    assert client.get("/statements.csv?actor=ZZZ").status_code == 400
    assert client.get("/statements.atom?actor=ZZZ").status_code == 400


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", '"=', "＝"])
def test_no_cell_is_a_formula(client: Client, start: str) -> None:
    StatementFactory(text=f"{start}1+1 on peace")

    stream = b"".join(client.get("/statements.csv").streaming_content)  # type: ignore[attr-defined]

    (row,) = csv.DictReader(io.StringIO(stream.decode()))
    assert row["words"].startswith("'")


def test_every_export_says_what_it_is(client: Client) -> None:
    rows(1)
    seal = newest_seal()
    assert seal is not None
    address = "http://localhost:8000/statements/?q=peace"

    about = json.loads(client.get("/statements.json?q=peace").content)["about"]
    lines = b"".join(client.get("/statements.ndjson?q=peace").streaming_content)  # type: ignore[attr-defined]
    atom = feedparser.parse(io.BytesIO(client.get("/statements.atom?q=peace").content))
    csv_file = client.get("/statements.csv?q=peace")

    for said in (about, json.loads(lines.splitlines()[0])["about"]):
        assert said["query"] == address
        assert datetime.fromisoformat(said["made_at"]).tzinfo is not None
        assert said["dataset_version"] == f"{seal.number}-{seal.hash[:12]}"
        assert "Apache-2.0" in said["licence"]
    assert "Apache-2.0" in atom.feed.rights
    assert f"{seal.number}-" in atom.feed.rights
    assert f'<{address}>; rel="canonical"' in csv_file["Link"]
    assert 'rel="license"' in csv_file["Link"]


@pytest.mark.parametrize(
    ("query", "marked"), [("", False), ("?bom=1", True), ("?bom=0", False)]
)
def test_csv_has_a_byte_order_mark_on_demand(client: Client, query: str, marked: bool) -> None:
    rows(1)

    stream = b"".join(client.get(f"/statements.csv{query}").streaming_content)  # type: ignore[attr-defined]

    assert stream.startswith(b"\xef\xbb\xbfid,") is marked
    assert stream.startswith(b"id,") is not marked


def test_csv_has_an_office_for_each_speaker(client: Client) -> None:
    one = PartyFactory(printed_office="chief of examples").statement
    party = PartyFactory(statement=one, order=1)
    party.office = OfficeFactory(speaker=party.speaker, title="Minister of Examples")
    party.save()
    StatementFactory(text="By nobody.")

    stream = b"".join(client.get("/statements.csv").streaming_content)  # type: ignore[attr-defined]
    nobodys, row = csv.DictReader(io.StringIO(stream.decode()))

    assert row["speakers"].count("; ") == 1
    assert row["offices"] == "not known; Minister of Examples"
    assert row["printed_offices"] == "chief of examples; not known"
    assert nobodys["offices"] == nobodys["printed_offices"] == ""


@pytest.mark.parametrize("suffix", ["csv", "ndjson", "atom"])
def test_a_file_of_one_order_is_not_said_to_have_another(client: Client, suffix: str) -> None:
    rows(1)
    page = client.get("/statements/?q=peace&sort=best").content.decode()

    assert f"/statements.{suffix}?q=peace" in page
    assert f"/statements.{suffix}?q=peace&amp;sort" not in page
    refused = client.get(f"/statements.{suffix}?q=peace&sort=best")
    assert refused.status_code == 400
    assert refused.content.decode().startswith("sort: This file is newest first")
    assert client.get("/statements.json?q=peace&sort=best").status_code == 200


def test_page_and_json_say_that_not_all_are_among_the_best(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows(3)
    for module in (index, packed, paging):
        monkeypatch.setattr(module, "RANKED", 2)
    sentence = "The newest 2 of them are put in order by how well they fit"

    best = client.get("/statements.json?q=peace&size=2&sort=best").json()

    assert (best["count"], best["next"]) == (3, None)
    assert [one.split(";")[0] for one in best["advice"]] == [sentence]
    assertContains(client.get("/statements/?q=peace&sort=best"), sentence)
    assert client.get("/statements.json?q=peace").json()["advice"] == []
    assert client.get("/statements.json?q=grain&sort=best").json()["advice"] == []


@pytest.mark.parametrize("suffix", ["csv", "ndjson", "atom"])
@pytest.mark.parametrize(
    "page", ["after=2024-06-20.17", "before=undated.17", "size=10", "size=25"]
)
def test_a_file_without_pages_is_not_said_to_be_one(
    client: Client, suffix: str, page: str
) -> None:
    rows(1)

    refused = client.get(f"/statements.{suffix}?q=peace&{page}")

    assert refused.status_code == 400
    assert refused.content.decode().startswith(
        f"{page.partition('=')[0]}: This file has no pages"
    )
    assert client.get(f"/statements.json?q=peace&{page}").status_code == 200


def test_a_page_leads_to_the_files_of_its_whole_list(client: Client) -> None:
    (statement,) = rows(1)
    page = client.get(f"/statements/?after=2099-01-01.{statement.pk}&q=peace&size=1").content

    for suffix in ("csv", "ndjson", "atom"):
        assert f'"/statements.{suffix}?q=peace"' in page.decode()
    assert b'"/statements.csv?q=peace&amp;bom=1"' in page


def test_page_and_feed_are_named_after_what_narrows_them(client: Client) -> None:
    ActorFactory(code="RUR", name="Ruritania")
    query = "actor=RUR&from=2024&q=peace"

    feed = feedparser.parse(io.BytesIO(client.get(f"/statements.atom?{query}").content))

    assert feed.feed.title == "Demarche: Statements: “peace”, Ruritania, from 2024"
    page = client.get(f"/statements/?{query}").content.decode()
    assert "<title>Statements: “peace”, Ruritania, from 2024 – Demarche</title>" in page
    assert "<title>Statements – Demarche</title>" in client.get("/statements/").content.decode()


@pytest.mark.parametrize("suffix", ["csv", "ndjson"])
def test_a_long_export_holds_few_statements_at_a_time(client: Client, suffix: str) -> None:
    number = 1300
    with deferred():
        Statement.objects.bulk_create(StatementFactory.build_batch(number))

    lines, most = 0, 0
    response = client.get(f"/statements.{suffix}")
    for _ in response.streaming_content:  # type: ignore[attr-defined]
        lines += 1
        if lines % 250 == 0:
            gc.collect()
            alive = sum(type(one) is Statement for one in gc.get_objects())
            most = max(most, alive)

    assert lines == number + 1
    assert most <= 1000
