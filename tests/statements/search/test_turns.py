"""Who edits the register and who writes statements take turns, nobody for ever."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from sources import jobs
from sources.models import Job
from statements import register_findings, register_plan
from statements.models import Actor, Statement
from statements.register_export import Registers, as_yaml, standing_records
from statements.register_findings import Finding
from statements.search.entries import rebuild
from tests.factories import ActorFactory, PartyFactory, SpeakerFactory, StatementFactory
from tests.statements.search.sessions import (
    PARTY,
    PLACE,
    RENAME,
    Session,
    holds,
    session,
    stands,
)

pytestmark = pytest.mark.django_db(transaction=True)

JOIN = "INSERT INTO statements_membership (member_id, group_id) VALUES (%s, %s)"
MOVE = "UPDATE statements_actor SET parent_id = %(group)s WHERE id = %(member)s"
NAME = "UPDATE statements_actor SET name = 'Ruritania' WHERE id = %s"
TIMEOUT = "ALTER FUNCTION search_refresh_pending() SET lock_timeout TO '{}'"


@pytest.fixture(name="pool")
def _pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


@pytest.fixture
def short_of_patience() -> Iterator[None]:
    """Nobody waits longer than a moment for others."""
    with connection.cursor() as cursor:
        cursor.execute(TIMEOUT.format("300ms"))
        yield
        cursor.execute(TIMEOUT.format("10s"))


def ends(*all_of_them: "Future[Any]") -> None:
    """None of them fails, and none waits for ever."""
    done, waiting = wait(all_of_them, timeout=20)
    assert not waiting
    for one in done:
        one.result()


@pytest.mark.parametrize("how", ["joins", "moves"])
def test_two_who_correct_names_and_then_who_belongs_to_what_end_one_after_the_other(
    pool: ThreadPoolExecutor, how: str
) -> None:
    bloc, states = ActorFactory(kind="bloc"), [ActorFactory(), ActorFactory()]
    for state in states:
        PartyFactory(statement=StatementFactory(), actor=state)
    with session() as one, session() as other:
        one.execute(NAME, [states[0].pk])
        other.execute(NAME, [states[1].pk])

        def belong(each: Session, state: Actor) -> None:
            if how == "joins":
                each.execute(JOIN, [state.pk, bloc.pk])
            else:
                each.execute(MOVE, {"member": state.pk, "group": bloc.pk})
            time.sleep(0.5)
            each.commit()

        ends(*(pool.submit(belong, *pair) for pair in zip((one, other), states, strict=True)))

    stands()


def test_two_who_write_a_statement_and_correct_a_name_end_one_after_the_other(
    pool: ThreadPoolExecutor,
) -> None:
    statements = [StatementFactory(), StatementFactory()]
    speakers = [SpeakerFactory(), SpeakerFactory()]
    actor = ActorFactory()
    with session() as one, session() as other:

        def both(each: Session, number: int) -> None:
            each.execute("SET CONSTRAINTS statement_is_indexed DEFERRED")
            # Each names whom the other corrects.
            each.execute(PARTY, [statements[number].pk, 0, speakers[number].pk, actor.pk])
            each.execute(RENAME, [speakers[1 - number].pk])
            time.sleep(0.5)
            each.execute("SET CONSTRAINTS statement_is_indexed IMMEDIATE")
            time.sleep(0.5)
            each.commit()

        ends(pool.submit(both, one, 0), pool.submit(both, other, 1))

    stands()
    assert all(holds(statement, "beispiel") for statement in statements)


def test_two_who_do_both_bit_by_bit_do_not_wait_for_ever_and_one_is_told(
    pool: ThreadPoolExecutor,
) -> None:
    statements = [StatementFactory(), StatementFactory()]
    speakers = [SpeakerFactory(), SpeakerFactory()]
    with session() as one, session() as other:
        one.execute(PLACE, [statements[0].pk])
        other.execute(PLACE, [statements[1].pk])

        def correct(each: Session, number: int) -> str:
            try:
                each.execute(RENAME, [speakers[number].pk])
            except psycopg.errors.DeadlockDetected as error:
                each.rollback()
                return str(error.sqlstate)
            each.commit()
            return ""

        told = [pool.submit(correct, one, 0), pool.submit(correct, other, 1)]
        ends(*told)
        assert sorted(each.result() for each in told) == ["", "40P01"]

    stands()


@pytest.mark.usefixtures("short_of_patience")
def test_a_person_who_waits_too_long_is_told_and_nothing_is_saved(admin_client: Client) -> None:
    statement, speaker = StatementFactory(), SpeakerFactory(name="Ada Example")
    address = reverse("admin:statements_speaker_change", args=[speaker.pk])
    form = admin_client.get(address).context["adminform"].form
    sent = {key: value for key, value in form.initial.items() if value not in (None, [])}
    sent |= {"name": "Bo Beispiel", "slug": speaker.slug}
    for prefix in ("names", "offices"):
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    admin_client.raise_request_exception = False
    with session() as recording:
        recording.execute(PLACE, [statement.pk])
        answer = admin_client.post(address, sent)
        recording.commit()

    assert answer.status_code == 503
    assert "Somebody else was changing the same things" in answer.content.decode()
    speaker.refresh_from_db()
    assert speaker.name == "Ada Example"
    assert admin_client.post(address, sent).status_code == 302
    speaker.refresh_from_db()
    assert speaker.name == "Bo Beispiel"
    stands()


@pytest.mark.usefixtures("short_of_patience")
def test_work_that_waits_too_long_is_done_later_and_is_no_failed_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    statement, speaker = StatementFactory(), SpeakerFactory()

    def record(subject: int, lease: jobs.Lease) -> None:
        with lease.done("written"):
            Statement.objects.filter(pk=subject).update(place="Zenda")

    monkeypatch.setitem(jobs._HANDLERS, Job.Kind.READ, record)
    job, _ = jobs.accept(Job.Kind.READ, "one", statement.pk)
    with session() as register:
        register.execute(RENAME, [speaker.pk])
        jobs.run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.reason_code, job.attempts) == ("waiting", "in-the-way", 0)
        register.commit()
    Job.objects.update(not_before=job.created_at)
    jobs.run(job.pk)

    assert Statement.objects.get().place == "Zenda"
    stands()


def test_who_looks_at_what_a_file_would_change_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    statement = StatementFactory()
    ada = SpeakerFactory(slug="ada", name="Ada Example")
    PartyFactory(statement=statement, speaker=ada)
    data = as_yaml("speakers", standing_records("speakers")).replace(b"Ada", b"Bo")
    during = list[bool]()

    def meanwhile(registers: Registers) -> list[Finding]:
        with session() as recording:
            recording.execute("SET lock_timeout TO '1s'")
            recording.execute(PLACE, [statement.pk])
            recording.commit()
        during.append(connection.in_atomic_block)
        return register_findings.find(registers)

    monkeypatch.setattr(register_plan, "find", meanwhile)
    plan = register_plan.preview("speakers", "a.yaml", data)

    assert plan.counts["changed"] + plan.counts["conflict"] == 1
    assert during == [False, True]
    stands()


def test_rebuilding_waits_in_turns_with_those_who_come_behind_it(
    pool: ThreadPoolExecutor,
) -> None:
    statements = [StatementFactory() for _ in range(2)]

    def rebuilt() -> int:
        try:
            return rebuild()
        finally:
            connection.close()

    with session() as long, session() as short:
        long.execute(PLACE, [statements[0].pk])
        done = pool.submit(rebuilt)
        time.sleep(0.3)
        written = pool.submit(short.execute, PLACE, [statements[1].pk])
        ends(written)
        assert not done.done()
        short.commit()
        long.commit()
        assert done.result(20) == 2

    stands()


def test_two_who_rename_at_once_do_not_wait_for_each_other() -> None:
    ada, bo = SpeakerFactory(name="Ada"), SpeakerFactory(name="Bo")
    for speaker in (ada, bo):
        PartyFactory(statement=StatementFactory(), speaker=speaker)
    with session() as one, session() as other:
        one.execute(RENAME, [ada.pk])
        other.execute("SET lock_timeout TO '1s'")
        other.execute(RENAME, [bo.pk])
        other.commit()
        one.commit()

    stands()
