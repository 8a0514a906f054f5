"""A document that no page holds is kept as it was described, once and for ever."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sources import store
from sources.models import Article, Reference, Snapshot
from sources.references import Description, File, ReferenceRefused, keep_reference
from sources.scrubbing import findings_about, orphans
from sources.warc.exporting import export
from tests.factories import SourceFactory, UserFactory

pytestmark = pytest.mark.django_db


def described(**values: Any) -> Description:
    fields: dict[str, Any] = {
        "source": values.get("source") or SourceFactory(),
        "title": "Statement of the Council of Strelsau",
        "author": "Council of Strelsau",
        "published_on": date(1961, 7, 6),
        "pages": "pp. 3–4",
        "kept_at": "State archive of Ruritania, box 12",
        "language": "en",
        "summary": "The council stands by the pact.",
        "fragments": ["word for word", "without any reserve"],
    }
    return Description(**fields | values)


@pytest.fixture
def said() -> Description:
    return described()


def test_its_text_is_what_was_typed_and_its_hash_that_of_its_bytes(said: Description) -> None:
    snapshot = keep_reference(said, UserFactory(username="ada"))

    assert snapshot.text == (
        "The council stands by the pact.\nword for word\nwithout any reserve"
    )
    assert [snapshot.text[a:b] for a, b in snapshot.reference.places] == list(said.fragments)
    assert json.loads(store.load(snapshot.sha256))["title"] == said.title
    assert (snapshot.origin, snapshot.published_on) == ("reference", date(1961, 7, 6))
    assert snapshot.given_by is not None
    assert snapshot.address == ""
    assert list(findings_about(snapshot)) == []


def test_the_same_description_is_one_snapshot(said: Description) -> None:
    first = keep_reference(said)
    again = keep_reference(
        described(source=said.source, title="  Statement of the Council of Strelsau ")
    )
    other = keep_reference(described(source=said.source, pages="p. 3"))

    assert again == first
    assert other != first
    assert Article.objects.count() == 2


def test_a_file_of_the_document_is_its_bytes(said: Description) -> None:
    scan = File(b"%PDF-invented", "scan.pdf", "application/pdf")

    snapshot = keep_reference(described(source=said.source, file=scan))
    other = keep_reference(described(source=said.source, file=scan, summary="Another."))

    assert store.load(snapshot.sha256) == scan.body
    assert (snapshot.reference.file_name, snapshot.content_type) == (
        "scan.pdf",
        "application/pdf",
    )
    assert other.sha256 == snapshot.sha256
    assert other.article != snapshot.article
    assert list(orphans()) == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": " "}, "called"),
        ({"summary": "", "fragments": [" "]}, "summary"),
        ({"published_on": timezone.now().date() + timedelta(days=3)}, "day to come"),
        ({"fragments": ["x" * 2001]}, "Shorten"),
    ],
)
def test_what_is_not_enough_is_refused_and_nothing_made(
    values: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ReferenceRefused, match=sentence):
        keep_reference(described(**values))

    assert not Article.objects.exists()


def test_it_never_changes(said: Description) -> None:
    snapshot = keep_reference(said)

    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(title="Another")
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        Reference.objects.update(pages="p. 5")


def test_nothing_is_attributed_in_it_and_no_archive_holds_it(
    said: Description, tmp_path: Path
) -> None:
    keep_reference(said)

    with (tmp_path / "all.warc").open("wb") as file:
        done = export(file, packed=False)

    assert not Snapshot.objects.attributable().exists()
    assert dict(done.records) == {"warcinfo": 1}
