"""Whatever a register holds, its file says all of it. Random registers, without a database."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statements.register_cells import join_list, split_list
from statements.register_export import Registers, as_csv, as_yaml
from statements.register_parts import ACTOR_WORDS
from statements.register_reading import records_of
from statements.register_upload import read_upload
from statements.register_values import Record
from statements.register_voices import RANKS

WRITERS = {"yaml": as_yaml, "csv": as_csv}
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

# Anything that PostgreSQL keeps, and often what has a meaning in a cell.
signs = st.one_of(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    st.sampled_from(";\\:'\"\n=+-@, \t#\ufeff"),
)
texts = st.text(signs, max_size=12)
words = st.text(signs, min_size=1, max_size=12)
ids = st.from_regex(r"[a-z][a-z0-9.-]{0,8}", fullmatch=True)
days = st.none() | st.dates(date(1800, 1, 1), date(2100, 1, 1)).map(date.isoformat)
languages = st.sampled_from(["ko", "ja", "ru", "fr"])
precisions = st.sampled_from(["day", "month", "year", "unknown"])
NOTHING_YET = ["names", "memberships"]


def dated(record: Record, day: str, precision: str) -> Record:
    """A day that is not known has no precision."""
    return record if record[day] else {**record, precision: "unknown"}


def in_order(record: Record, first: str, last: str) -> Record:
    """The two days the right way round."""
    if record[first] and record[last] and record[first] > record[last]:
        return {**record, first: record[last], last: record[first]}
    return record


def common() -> dict[str, st.SearchStrategy[Any]]:
    return {
        "evidence": st.lists(words, max_size=2),
        "confidence": st.sampled_from(["", "high", "medium", "low"]),
        "note": texts,
    }


def rows(*cells: st.SearchStrategy[Any]) -> st.SearchStrategy[list[list[Any]]]:
    """Some rows of cells, each once and in the order of records."""
    several = st.lists(st.tuples(*cells), max_size=5, unique=True)
    return several.map(
        lambda found: sorted(
            (list(row) for row in found), key=lambda row: [str(c) for c in row]
        )
    )


@st.composite
def actors(draw: st.DrawFn) -> Registers:
    keys = draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    links = st.none() | st.sampled_from(keys)
    kinds = st.sampled_from(["alias", "context", "adjective", "noun", "capital", "metonym"])
    record = st.fixed_dictionaries(
        {
            "code": st.from_regex(r"[A-Z0-9-]{1,8}", fullmatch=True),
            "kind": st.sampled_from(list(ACTOR_WORDS)),
            "name": words,
            "official_name": texts,
            "short_code": st.from_regex(r"([A-Z]{2})?", fullmatch=True),
            "parent": links,
            "valid_from": days,
            "valid_to": days,
            **common(),
            "names": rows(kinds | st.just("native"), st.just("") | languages, words),
            "memberships": rows(st.sampled_from(keys), st.none(), days),
        }
    )
    return {"actors": {key: in_order(draw(record), "valid_from", "valid_to") for key in keys}}


@st.composite
def speakers(draw: st.DrawFn) -> Registers:
    keys = draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    record = st.fixed_dictionaries(
        {
            "slug": ids,
            "kind": st.sampled_from(["person", "body"]),
            "name": words,
            "family_name": texts,
            "gender": st.sampled_from(["", "m", "f"]),
            "wikidata_id": st.sampled_from(["", "Q1"]),
            "actor": st.none() | st.just("rur"),
            **common(),
            "names": rows(
                st.sampled_from(["alias", "native"]),
                st.just("") | languages,
                words,
                st.booleans(),
            ),
        }
    )
    kinds = st.sampled_from(["", "president", "ambassador", "no-such-kind"])
    office = st.fixed_dictionaries(
        {
            "speaker": st.sampled_from(keys),
            "actor": st.just("rur"),
            "organ": st.none() | st.just("rur"),
            "title": words,
            "title_kind": kinds,
            "rank": st.none() | st.integers(1, 9) | st.sampled_from(sorted(RANKS.values())),
            "start": days,
            "start_precision": precisions,
            "start_basis": st.sampled_from(["", "read"]),
            "end": days,
            "end_precision": precisions,
            "end_basis": st.sampled_from(["", "read"]),
            "attested_from": days,
            "attested_to": days,
            "verified_to": days,
            "acting": st.booleans(),
            **common(),
        }
    )
    offices = {}
    for number in range(draw(st.integers(0, 3))):
        one = in_order(draw(office), "start", "end")
        one = dated(dated(one, "start", "start_precision"), "end", "end_precision")
        offices[f"office.{number}"] = one
    return {"speakers": {key: draw(record) for key in keys}, "offices": offices}


@st.composite
def treaties(draw: st.DrawFn) -> Registers:
    keys = draw(st.lists(ids, min_size=1, max_size=2, unique=True))
    forms = st.dictionaries(languages, st.lists(words, min_size=1, max_size=2), max_size=2)
    linked = st.sampled_from([[], ["rur"], ["rur", "str"]])
    record = st.fixed_dictionaries(
        {
            "slug": ids,
            "kind": st.sampled_from(["bilateral_treaty", "charter", "resolution", "other"]),
            "short_name": words,
            "titles": forms,
            "aliases": forms,
            "signed_on": days,
            "signed_on_precision": precisions,
            "in_force_on": days,
            "in_force_on_precision": precisions,
            "summary": texts,
            **common(),
            "parties": linked,
            "concerns": linked,
        }
    )
    provision = st.fixed_dictionaries(
        {
            "treaty": st.sampled_from(keys),
            "number": words,
            "order": st.integers(0, 99),
            "heading": texts,
            "summary": texts,
            "texts": st.dictionaries(languages, words, max_size=2),
            "keywords": st.lists(words, max_size=2),
            "verified": texts,
            **common(),
        }
    )
    action = st.fixed_dictionaries(
        {
            "treaty": st.sampled_from(keys),
            "kind": st.sampled_from(["signed", "in force", "anything else"]),
            "actor": st.none() | st.just("rur"),
            "day": days,
            "precision": precisions,
            "place": texts,
            "detail": texts,
            **common(),
            "signatories": st.sampled_from([[], ["ada"], ["ada", "bo"]]),
        }
    )
    return {
        "treaties": {
            key: dated(
                dated(draw(record), "signed_on", "signed_on_precision"),
                "in_force_on",
                "in_force_on_precision",
            )
            for key in keys
        },
        "provisions": {f"p.{n}": draw(provision) for n in range(draw(st.integers(0, 2)))},
        "actions": {
            f"a.{n}": dated(draw(action), "day", "precision")
            for n in range(draw(st.integers(0, 2)))
        },
    }


@st.composite
def events(draw: st.DrawFn) -> Registers:
    keys = draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    record = st.fixed_dictionaries(
        {
            "slug": ids,
            "title": words,
            "kind": words,
            "start": st.dates(date(1800, 1, 1), date(2100, 1, 1)).map(date.isoformat),
            "end": days,
            "precision": precisions,
            "place": texts,
            "country": st.none() | st.just("rur"),
            "treaty": st.just("pact"),
            "provision": st.sampled_from([None, "pact.4", "another.4"]),
            "symbol": texts,
            "related": st.lists(words, max_size=2),
            **common(),
            "actors": st.sampled_from([[], ["rur"], ["rur", "str"]]),
            "speakers": st.sampled_from([[], ["ada"], ["ada", "bo"]]),
        }
    )
    return {"events": {key: in_order(draw(record), "start", "end") for key in keys}}


KNOWN = {
    "actors": {"rur", "str"},
    "speakers": {"ada", "bo"},
    "treaties": {"pact"},
    "provisions": {"pact.4", "another.4"},
}


@pytest.mark.parametrize("form", ["yaml", "csv"])
@pytest.mark.parametrize(
    ("table", "registers"),
    [
        ("actors", actors()),
        ("speakers", speakers()),
        ("treaties", treaties()),
        ("events", events()),
    ],
)
def test_a_file_says_all_that_the_register_has(
    table: str, registers: st.SearchStrategy[Registers], form: str
) -> None:
    @SETTINGS
    @given(registers)
    def comes_back(register: Registers) -> None:
        data = WRITERS[form](table, register)

        upload = read_upload(table, f"x.{form}", data)
        assert upload.complaints == []
        found = records_of(table, upload, KNOWN)

        assert found.complaints == []
        assert found.notes == []
        assert found.records == register
        assert WRITERS[form](table, found.records) == data

    comes_back()


@SETTINGS
@given(st.lists(words, max_size=4))
def test_a_cell_keeps_its_items(items: list[str]) -> None:
    assert split_list(join_list(items)) == items
