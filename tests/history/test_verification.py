"""Whoever changes the history, or a row past it, is found out, and is told where."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from history.acting import acting
from history.models import Change, Seal
from history.verification import verify_history
from newsroom.stories import stories
from sources import jobs
from sources.models import Job, Snapshot
from statements import review
from statements.merging import merge
from statements.models import Position, Speaker, Statement
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    SnapshotFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("guarded_history")]

Tampering = Callable[[random.Random], str]
_TABLES = [
    "statements_speaker",
    "statements_party",
    "statements_statement",
    "statements_office",
]


@contextmanager
def superuser() -> Iterator[Callable[..., int]]:
    """Write as a database superuser can: past every trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")

        def write(sql: str, *values: Any) -> int:
            cursor.execute(sql, values)
            return int(cursor.rowcount)

        yield write
        cursor.execute("SET session_replication_role = origin")


def some(chance: random.Random, table: str) -> int:
    """The key of a row of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} ORDER BY id")
        return int(chance.choice(cursor.fetchall())[0])


def a_change_says_otherwise(chance: random.Random) -> str:
    pk = some(chance, "history_change")
    column, value = chance.choice(
        [
            ("who", "'somebody else'"),
            ("why", "why || ' '"),
            ("at", "at + interval '1 microsecond'"),
            ("key", "key || '0'"),
            ("after", "coalesce(after, '{}') || '{\"note\": \"other\"}'"),
            ("before", "coalesce(before, '{}') || '{\"note\": \"other\"}'"),
            ("role", "'nobody'"),
            ("transaction", "transaction + 1"),
        ]
    )
    with superuser() as write:
        write(f"UPDATE history_change SET {column} = {value} WHERE id = %s", pk)
    return f"seal {Seal.objects.get(change=pk).number}: change {pk} "


def a_change_goes(chance: random.Random) -> str:
    pk = some(chance, "history_change")
    number = Seal.objects.get(change=pk).number
    with superuser() as write:
        write("DELETE FROM history_change WHERE id = %s", pk)
    return f"seal {number}: its change {pk} is gone"


def a_change_and_its_seal_go(chance: random.Random) -> str:
    seal = chance.choice(list(Seal.objects.order_by("-pk")[1:]))
    with superuser() as write:
        write("DELETE FROM history_seal WHERE number = %s", seal.number)
        write("DELETE FROM history_change WHERE id = %s", seal.change_id)
    return f"seal {seal.number}: missing"


def the_end_is_cut_off(chance: random.Random) -> str:
    cut = list(Seal.objects.select_related("change").order_by("-pk")[: chance.randint(1, 9)])
    with superuser() as write:
        write("DELETE FROM history_seal WHERE number >= %s", cut[-1].number)
        write("DELETE FROM history_change WHERE id = ANY(%s)", [one.change_id for one in cut])
    return f"{cut[0].change.table} {cut[0].change.key}: "


def a_seal_says_otherwise(chance: random.Random) -> str:
    number = chance.randint(1, Seal.objects.count())
    with superuser() as write:
        write(
            "UPDATE history_seal SET hash = encode(sha256(hash::bytea), 'hex') WHERE number = %s",
            number,
        )
    return f"seal {number}: "


def a_row_is_edited(chance: random.Random) -> str:
    table = chance.choice(_TABLES)
    pk = some(chance, table)
    column = {"statements_statement": "text", "statements_office": "title"}.get(table, "name")
    with superuser() as write:
        write(f"UPDATE {table} SET {column} = {column} || '.' WHERE id = %s", pk)
    return f"{table} {pk}: {column} not as change "


def a_row_is_edited_and_later_edited_rightly(chance: random.Random) -> str:
    pk = some(chance, "statements_speaker")
    with superuser() as write:
        write("UPDATE statements_speaker SET note = 'past the triggers' WHERE id = %s", pk)
    Speaker.objects.filter(pk=pk).update(note="as it should be")
    change = Change.objects.order_by("-pk")[0]
    return f"change {change.pk} of statements_speaker {pk}: note before it not as change "


def a_row_goes(chance: random.Random) -> str:
    table = chance.choice(_TABLES)
    pk = some(chance, table)
    with superuser() as write:
        write(f"DELETE FROM {table} WHERE id = %s", pk)
    return f"{table} {pk}: the row is gone"


def a_row_comes(chance: random.Random) -> str:
    with superuser() as write:
        write(
            "INSERT INTO statements_speakername (speaker_id, text, kind, language, checked)"
            " VALUES (%s, 'Smuggled', 'alias', '', false)",
            some(chance, "statements_speaker"),
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM statements_speakername")
        (pk,) = cursor.fetchone()
    return f"statements_speakername {pk}: the row has no record"


def a_trigger_is_switched_off(chance: random.Random) -> str:
    table, trigger = chance.choice(
        [
            *[(table, "history_record") for table in _TABLES],
            ("history_change", "history_is_kept"),
            ("history_change", "history_is_not_emptied"),
            ("history_change", "history_awaits_seal"),
            ("history_unsealed", "history_seal"),
            ("history_unsealed", "history_is_kept"),
            ("history_seal", "history_is_kept"),
            ("history_seal", "history_seals_itself"),
        ]
    )
    way = chance.choice(["ALTER TABLE {1} DISABLE TRIGGER {0}", "DROP TRIGGER {0} ON {1}"])
    with connection.cursor() as cursor:
        cursor.execute(way.format(trigger, table))
    return f"table {table}: its trigger {trigger} is {'missing' if 'DROP' in way else 'switched off'}"


def a_function_is_replaced(chance: random.Random) -> str:
    name = chance.choice(["history_record", "history_is_kept", "history_seal"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN coalesce(NEW, OLD); END $$"
        )
    return f"function {name}: it is not the one that the migrations made"


def a_table_is_emptied(chance: random.Random) -> str:
    pk = some(chance, "statements_office")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE statements_party, statements_office")
    return f"statements_office {pk}: the row is gone"


def the_history_is_emptied(chance: random.Random) -> str:
    with connection.cursor() as cursor:
        for table in ("history_change", "history_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("TRUNCATE history_change, history_seal")
        for table in ("history_change", "history_seal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return f"statements_speaker {some(chance, 'statements_speaker')}: the row has no record"


TAMPERINGS: list[Tampering] = [
    a_change_says_otherwise,
    a_change_goes,
    a_change_and_its_seal_go,
    the_end_is_cut_off,
    a_seal_says_otherwise,
    a_row_is_edited,
    a_row_is_edited_and_later_edited_rightly,
    a_row_goes,
    a_row_comes,
    a_trigger_is_switched_off,
    a_function_is_replaced,
    a_table_is_emptied,
    the_history_is_emptied,
]


def a_desk_at_work() -> None:
    """Rows of several tables, some of them changed, moved and deleted since."""
    ada = UserFactory(username="ada")
    actor = ActorFactory()
    for number in range(6):
        party = PartyFactory(
            actor=actor, statement__status="proposed", statement__published_at=None
        )
        OfficeFactory(speaker=party.speaker, actor=actor)
        party.speaker.names.create(text=f'Ä «{number}» \t"б" \\ 에이다 \x7f😀')
        AttestationFactory(statement=party.statement)
        PositionFactory(statement=party.statement)
        review.publish(party.statement, ada)
    first, second, *_ = Statement.objects.order_by("pk")
    merge(first, second, ada, "The same words.")
    with acting(ada, "A spelling."):
        Speaker.objects.update(family_name="Exampel")
    Position.objects.filter(statement=second).delete()


def test_an_untouched_history_has_no_finding() -> None:
    a_desk_at_work()

    checked = verify_history()

    assert checked.findings == ()
    assert checked.changes == Change.objects.count() > 60
    assert checked.newest == Seal.objects.last()


def test_a_hundred_tamperings_are_found_where_they_were_made() -> None:
    a_desk_at_work()
    missed = []
    for number in range(100):
        tampering = TAMPERINGS[number % len(TAMPERINGS)]
        point = transaction.savepoint()
        expected = tampering(random.Random(number))
        findings = verify_history().findings
        transaction.savepoint_rollback(point)
        if not any(finding.startswith(expected) for finding in findings):
            missed.append((tampering.__name__, expected, findings))

    assert missed == []
    assert verify_history().findings == ()


def test_a_single_edit_blames_nothing_else() -> None:
    a_desk_at_work()

    expected = a_row_is_edited(random.Random(1))

    (finding,) = verify_history().findings
    assert finding.startswith(expected)


@pytest.mark.parametrize(
    ("deed", "finding"),
    [
        (
            (
                "CREATE FUNCTION nobody() RETURNS trigger LANGUAGE plpgsql AS"
                " 'BEGIN NEW.who := $$$$; RETURN NEW; END';"
                " CREATE TRIGGER nobody BEFORE INSERT ON history_change"
                " FOR EACH ROW EXECUTE FUNCTION nobody()"
            ),
            "table history_change: it has a trigger that no migration made, nobody",
        ),
        (
            "CREATE RULE never AS ON INSERT TO history_change DO INSTEAD NOTHING",
            "table history_change: it has a rule that no migration made, never",
        ),
        (
            (
                "CREATE OR REPLACE TRIGGER history_is_kept BEFORE INSERT OR UPDATE OR DELETE OR"
                " TRUNCATE ON history_unsealed FOR EACH STATEMENT WHEN (pg_trigger_depth() = 9)"
                " EXECUTE FUNCTION history_is_kept()"
            ),
            (
                "table history_unsealed: its trigger history_is_kept is not the one that the"
                " migrations made"
            ),
        ),
        (
            "ALTER FUNCTION history_seal() RESET plan_cache_mode",
            "function history_seal: it is not the one that the migrations made",
        ),
        (
            "ALTER FUNCTION history_record() SET search_path TO elsewhere",
            "function history_record: it is not the one that the migrations made",
        ),
        (
            "ALTER FUNCTION history_record() SECURITY DEFINER",
            "function history_record: it is not the one that the migrations made",
        ),
        (
            (
                "SET LOCAL check_function_bodies = off; CREATE OR REPLACE FUNCTION history_record()"
                " RETURNS trigger LANGUAGE plpgsql AS ''"
            ),
            "function history_record: it is not the one that the migrations made",
        ),
        (
            "DELETE FROM django_migrations WHERE app = 'statements' AND name = '0010_audited'",
            "migration statements.0010_audited: it has not run here",
        ),
        (
            "ALTER TABLE statements_review DISABLE TRIGGER review_is_kept",
            "table statements_review: its trigger review_is_kept is switched off",
        ),
        (
            "DROP TRIGGER snapshot_stays ON sources_snapshot",
            "table sources_snapshot: its trigger snapshot_stays is missing",
        ),
        (
            "ALTER TABLE statements_party DISABLE TRIGGER ALL",
            "table statements_party: what refers to its rows, or they to, is not checked any more",
        ),
    ],
)
def test_whatever_makes_the_history_or_a_guard_lie_is_found(deed: str, finding: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(deed)

    assert finding in verify_history().findings


def test_a_noted_seal_tells_of_an_end_that_was_cut_off_without_a_trace() -> None:
    a_desk_at_work()
    Speaker.objects.update(note="a")
    noted = Seal.objects.latest("pk")
    speaker = Speaker.objects.order_by("pk")[0]
    Speaker.objects.filter(pk=speaker.pk).update(note="b")
    Speaker.objects.filter(pk=speaker.pk).update(note="a")
    later = Seal.objects.latest("pk")
    with superuser() as write:
        write("DELETE FROM history_seal WHERE number > %s", noted.number)
        write("DELETE FROM history_change WHERE id > %s", noted.change_id)

    assert verify_history().findings == ()
    assert verify_history(noted.hash).findings == ()
    (finding,) = verify_history(later.hash).findings
    assert finding == f"the seal with the hash {later.hash} is not in the chain any more"
    with pytest.raises(CommandError, match="do not stand as recorded"):
        call_command("verify", "--head", later.hash)


def test_a_column_that_came_later_is_no_change() -> None:
    a_desk_at_work()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE statements_speaker ADD COLUMN shoe_size int DEFAULT 43")
        cursor.execute("ALTER TABLE statements_office DROP COLUMN title_kind")

    assert verify_history().findings == ()


def test_moments_are_recorded_alike_whoever_writes_them() -> None:
    a_desk_at_work()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone TO 'Asia/Pyongyang'")
        cursor.execute("UPDATE statements_statement SET place = 'Strelsau'")
        cursor.execute("SET LOCAL timezone TO 'UTC'")

    assert verify_history().findings == ()


@pytest.mark.parametrize(
    ("table", "edit"),
    [
        ("sources_article", "source_id = source_id + 1"),
        ("sources_article", "url = 'http://elsewhere.example/'"),
        ("sources_snapshot", "published_on = '2001-01-01'"),
        ("sources_snapshot", "title = 'Another headline'"),
        ("sources_snapshot", "final_url = 'http://elsewhere.example/'"),
        (
            "sources_snapshot",
            "text = 'Anew', text_sha256 = encode(sha256('Anew'::bytea), 'hex')",
        ),
    ],
)
def test_evidence_that_is_edited_past_the_triggers_is_found(table: str, edit: str) -> None:
    SourceFactory()
    snapshot = SnapshotFactory()
    SourceFactory()
    key = snapshot.article_id if table == "sources_article" else snapshot.pk

    with superuser() as write:
        write(f"UPDATE {table} SET {edit} WHERE id = %s", key)

    (finding,) = verify_history().findings
    assert finding.startswith(f"{table} {key}: ")
    assert "not as change" in finding


def test_a_captured_text_leaves_its_record_and_not_its_words() -> None:
    snapshot = SnapshotFactory(text="“Invented words,” said Ada Example.\n")
    Snapshot.objects.update(published_on=date(2025, 3, 4))

    made, edited = Change.objects.filter(table="sources_snapshot", key=str(snapshot.pk))

    assert made.after is not None
    assert "text" not in made.after
    assert made.after["text_sha256"] == snapshot.text_sha256
    assert edited.after is not None
    assert edited.after["published_on"] == "2025-03-04"
    assert edited.owner_key == str(snapshot.article_id)


def test_the_sample_newsroom_leaves_a_whole_history() -> None:
    call_command("load_register")
    source = SourceFactory()
    for story in stories():
        text = "\n".join(story.paragraphs) + "\n"
        SnapshotFactory(article__source=source, text=text)
    call_command("reattribute")
    for job in list(Job.objects.due().filter(kind=Job.Kind.ATTRIBUTE)):
        jobs.run(job.pk)
    assert Statement.objects.count() > 20

    checked = verify_history()

    assert checked.findings == ()
    assert checked.changes > 1000
