"""Somebody saves a row in the very moment of an import."""

import threading

import pytest
from django.db import connection, transaction

from statements.models import Speaker
from statements.register_export import as_yaml, standing_records
from statements.register_plan import Stale, apply, preview
from tests.factories import SpeakerFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_import_waits_for_whoever_is_saving_and_then_sees_it() -> None:
    SpeakerFactory(slug="ada", name="Ada Example")
    data = as_yaml("speakers", standing_records("speakers")).replace(b"Ada", b"Bo")
    digest = preview("speakers", "a.yaml", data).digest
    saved, leave = threading.Event(), threading.Event()

    def save() -> None:
        with transaction.atomic():
            Speaker.objects.update(note="Saved meanwhile.")
            saved.set()
            leave.wait(5)
        connection.close()

    saving = threading.Thread(target=save)
    saving.start()
    assert saved.wait(5)
    threading.Timer(0.5, leave.set).start()

    with pytest.raises(Stale) as stale:
        apply("speakers", "a.yaml", data, digest, take_file=True)

    saving.join()
    assert [line.outcome for line in stale.value.plan.lines] == ["conflict"]
    speaker = Speaker.objects.get()
    assert (speaker.name, speaker.note) == ("Ada Example", "Saved meanwhile.")
