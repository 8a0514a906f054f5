"""The register goes out as a file and comes back: byte for byte, or with a reason."""

import pytest
from django.contrib.auth.models import User  # noqa: F401

from sources.models import Feed, Source
from statements.models import (
    Actor,
    Event,
    Membership,
    Office,
    Speaker,
    Treaty,
)
from statements.register_export import as_csv, as_yaml, standing_records
from statements.register_files import FOLDER, read_files
from statements.register_loading import load
from statements.register_plan import Plan, apply, preview

pytestmark = pytest.mark.django_db

TABLES = ("actors", "speakers", "treaties", "events")
WRITERS = {"yaml": as_yaml, "csv": as_csv}


def export(form: str) -> dict[str, bytes]:
    return {table: WRITERS[form](table, standing_records(table)) for table in TABLES}


def clear() -> None:
    """An empty register."""
    Feed.objects.all().delete()
    Source.objects.all().delete()
    Event.objects.all().delete()
    Treaty.objects.all().delete()
    Speaker.objects.all().delete()
    Membership.objects.all().delete()
    Actor.objects.update(parent=None)
    Actor.objects.all().delete()


def bring(table: str, name: str, data: bytes, *, take_file: bool = False) -> Plan:
    plan = preview(table, name, data)
    assert plan.complaints == []
    return apply(table, name, data, plan.digest, take_file=take_file)


@pytest.mark.parametrize("form", ["yaml", "csv"])
def test_what_is_exported_makes_the_same_register_anew(form: str) -> None:
    load(read_files())
    files = export(form)
    for table in TABLES:
        plan = preview(table, f"x.{form}", files[table])
        assert plan.complaints == []
        assert set(plan.counts) == {"unchanged"}
    clear()

    for table in TABLES:
        plan = bring(table, f"x.{form}", files[table])
        assert set(plan.counts) == {"new"}
        assert plan.findings == [] or table in ("speakers", "actors")

    assert Office.objects.count() == 237
    assert export(form) == files


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("actors", "actors.csv"),
        ("speakers", "speakers.yaml"),
        ("treaties", "treaties.yaml"),
        ("events", "events.yaml"),
    ],
)
def test_the_projects_own_files_can_be_uploaded(table: str, name: str) -> None:
    load(read_files())

    plan = preview(table, name, (FOLDER / name).read_bytes())

    assert plan.complaints == []
    assert set(plan.counts) == {"unchanged"}
