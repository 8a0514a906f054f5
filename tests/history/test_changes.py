"""Every change of an audited table leaves its row, whoever made it and however."""

import hashlib
import json

import pytest
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, connection, transaction
from django.test import Client

from history.acting import acting
from history.models import Change, Seal
from statements.models import Office, Speaker, SpeakerName
from tests.factories import ActorFactory, SpeakerFactory


def newest(table: str) -> Change:
    found = Change.objects.filter(table=table).order_by("-pk").first()
    assert found is not None
    return found


@pytest.mark.django_db
def test_a_person_s_change_names_them_and_why(admin_user: User) -> None:
    speaker = SpeakerFactory(name="Ada Exampel")
    with acting(admin_user, "A spelling."):
        speaker.name = "Ada Example"
        speaker.save()
    change = newest("statements_speaker")
    assert (change.who, change.who_id, change.why) == ("admin", admin_user.pk, "A spelling.")
    assert change.before is not None
    assert change.after is not None
    assert (change.before["name"], change.after["name"]) == ("Ada Exampel", "Ada Example")
    assert (change.operation, change.key) == ("update", str(speaker.pk))
    assert change.act is not None
    assert change.through == "demarche"


@pytest.mark.django_db
def test_bulk_edits_and_raw_sql_leave_their_trace() -> None:
    speakers = [SpeakerFactory() for _ in range(3)]
    before = Change.objects.count()
    Speaker.objects.update(note="seen")
    SpeakerName.objects.bulk_create([SpeakerName(speaker=s, text="Ex") for s in speakers])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_speaker SET note = 'raw'")
        cursor.execute("DELETE FROM statements_speakername")
    made = Change.objects.order_by("pk")[before:]
    assert [change.operation for change in made] == [
        *["update"] * 3, *["insert"] * 3, *["update"] * 3, *["delete"] * 3
    ]  # fmt: skip
    assert {change.who for change in made} == {""}


@pytest.mark.django_db
def test_rows_that_go_with_another_are_recorded() -> None:
    speaker = SpeakerFactory()
    Office.objects.create(speaker=speaker, actor=ActorFactory(), title="Minister")
    key = str(speaker.pk)
    speaker.delete()
    of_speaker = Change.objects.filter(
        owner_table="statements_speaker", owner_key=key, operation="delete"
    )
    assert "statements_office" in {change.table for change in of_speaker}


@pytest.mark.django_db
def test_what_does_not_differ_is_not_recorded() -> None:
    speaker = SpeakerFactory()
    before = Change.objects.count()
    speaker.save()
    assert Change.objects.count() == before


@pytest.mark.django_db
def test_one_deed_is_one_act_and_others_are_others(admin_user: User) -> None:
    speaker = SpeakerFactory()
    with acting(admin_user, "One."):
        Speaker.objects.update(note="a")
        with acting(admin_user, "Within."):
            Speaker.objects.update(note="b")
        Speaker.objects.update(note="c")
    with acting(admin_user):
        Speaker.objects.update(note="d")
    Speaker.objects.update(note="e")
    of_speaker = Change.objects.filter(table="statements_speaker", key=str(speaker.pk))
    a, b, c, d, e = of_speaker.order_by("pk")[1:]
    assert a.act == b.act == c.act
    assert d.act not in {a.act, None}
    assert e.act is None
    assert [x.why for x in (a, b, c, d, e)] == ["One.", "Within.", "One.", "", ""]


@pytest.mark.django_db
def test_after_a_failure_nobody_is_said_to_act(admin_user: User) -> None:
    SpeakerFactory()
    with pytest.raises(DatabaseError), acting(admin_user), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    Speaker.objects.update(note="later")
    assert newest("statements_speaker").who == ""


def _fail_after_a_change(by: User) -> None:
    with acting(by):
        Speaker.objects.update(note="mine")
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_too(admin_user: User) -> None:
    SpeakerFactory()
    with pytest.raises(DatabaseError):
        _fail_after_a_change(admin_user)
    assert newest("statements_speaker").who == "admin"
    Speaker.objects.update(note="later")
    assert newest("statements_speaker").who == ""


@pytest.mark.django_db
def test_a_request_is_its_sender_s_deed(admin_client: Client) -> None:
    name = SpeakerFactory().names.create(text="A. Example")
    url = f"/admin/statements/speakername/{name.pk}/delete/"
    admin_client.post(url, {"post": "yes"})
    change = newest("statements_speakername")
    assert (change.operation, change.who) == ("delete", "admin")


@pytest.mark.django_db
def test_of_a_password_only_that_it_changed(admin_user: User) -> None:
    admin_user.groups.add(Group.objects.get(name="editor"))
    admin_user.set_password("another long one")
    admin_user.save()
    change = newest("auth_user")
    assert change.before is not None
    assert change.after is not None
    assert change.before["password"] != change.after["password"]
    assert len(change.after["password"]) == 13
    assert "last_login" not in change.after
    assert newest("auth_user_groups").owner_key == str(admin_user.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE history_change SET who = 'nobody'",
        "DELETE FROM history_change",
        "UPDATE history_seal SET hash = ''",
        "DELETE FROM history_seal",
        "INSERT INTO history_seal (number, change_id, hash) VALUES (999999, 999999, '')",
        "INSERT INTO history_unsealed (changes) SELECT array_agg(id) FROM history_change",
        "UPDATE history_unsealed SET changes = '{}'",
        "DELETE FROM history_unsealed",
        "TRUNCATE history_change",
        "TRUNCATE history_seal",
        "TRUNCATE history_unsealed",
    ],
)
def test_the_history_itself_is_kept(deed: str) -> None:
    SpeakerFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="kept as it was written"), transaction.atomic():
            cursor.execute(deed)


@pytest.mark.django_db(transaction=True)
def test_changes_are_sealed_in_a_chain_that_can_be_computed_again() -> None:
    SpeakerFactory()
    Speaker.objects.update(note="ä «б»")
    previous = ""
    seals = list(Seal.objects.select_related("change"))
    assert [seal.number for seal in seals] == list(range(1, len(seals) + 1))
    assert len(seals) == Change.objects.count() > 1
    for seal in seals:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT history_text(c) FROM history_change c WHERE id = %s", [seal.change_id]
            )
            (text,) = cursor.fetchone()
        assert json.loads(text)[3] == seal.change.key
        assert seal.hash == hashlib.sha256((previous + text).encode()).hexdigest()
        previous = seal.hash
