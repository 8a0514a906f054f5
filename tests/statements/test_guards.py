"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from sources.models import Snapshot
from statements.models import Attestation
from tests.factories import AttestationFactory, SnapshotFactory

pytestmark = pytest.mark.django_db


def test_an_attestation_must_print_the_words_of_its_snapshot() -> None:
    with pytest.raises(IntegrityError, match="does not print these words"):
        AttestationFactory(words="Words that stand nowhere")


def test_offsets_count_characters_also_beyond_the_basic_plane() -> None:
    snapshot = SnapshotFactory(text="🕊 “조약은 유효하다” — «да»")

    report = AttestationFactory(snapshot=snapshot, start=3, end=11)

    assert report.words == "조약은 유효하다"


def test_offsets_cannot_be_moved_away_from_the_words() -> None:
    report = AttestationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Attestation.objects.filter(pk=report.pk).update(start=report.start + 1)


def test_a_text_once_read_never_changes() -> None:
    snapshot = SnapshotFactory()

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(text="Another text.")
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(sha256="0" * 64)
