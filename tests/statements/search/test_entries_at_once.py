"""Several write at once: nobody sees what another has noted, and no entry misses what either did."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection

from statements import review
from statements.models import Actor, SearchEntry
from statements.search.entries import rebuild, wrong
from statements.unknown_names import is_spelling_of
from statements.writing import _WRITING
from tests.factories import (
    ActorFactory,
    PartyFactory,
    PositionFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)
from tests.statements.search.sessions import PARTY, PLACE, RENAME, holds, session, stands, waits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(name="pool")
def _pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def test_what_one_has_noted_is_not_seen_by_another() -> None:
    first, second = StatementFactory(), StatementFactory()
    speaker, actor = SpeakerFactory(), ActorFactory()
    with session() as one, session() as other:
        for each, statement in ((one, first), (other, second)):
            each.execute("SET CONSTRAINTS statement_is_indexed DEFERRED")
            each.execute(PARTY, [statement.pk, 0, speaker.pk, actor.pk])
            noted = "SELECT statements FROM statements_searchpending"
            assert each.execute(noted).fetchall() == [([statement.pk],)]
        one.commit()
        other.commit()

    stands()
    assert holds(first, "example")
    assert holds(second, "example")


@pytest.mark.parametrize("renamed_first", [True, False])
@pytest.mark.parametrize("deferred", [True, False])
def test_a_name_corrected_while_a_statement_is_written_is_in_its_entry(
    pool: ThreadPoolExecutor, renamed_first: bool, deferred: bool
) -> None:
    statement, speaker, actor = StatementFactory(), SpeakerFactory(), ActorFactory()
    party = [statement.pk, 0, speaker.pk, actor.pk]
    with session() as register, session() as recording:
        if deferred:
            recording.execute("SET CONSTRAINTS statement_is_indexed DEFERRED")

        def record() -> None:
            recording.execute(PARTY, party)
            end()

        def end() -> None:
            # As `entries.deferred` ends.
            recording.execute("SET CONSTRAINTS statement_is_indexed IMMEDIATE")
            recording.commit()

        def rename() -> None:
            register.execute(RENAME, [speaker.pk])
            register.commit()

        if renamed_first:
            register.execute(RENAME, [speaker.pk])
            done = pool.submit(record)
            assert waits(recording)
            register.commit()
        else:
            recording.execute(PARTY, party)
            done = pool.submit(rename)
            if deferred:  # its entry is made at its end, so nobody waits for it until then
                done.result(20)
            else:
                assert waits(register)
            end()
        done.result(20)

    assert holds(statement, "beispiel")
    stands()


def test_who_belongs_to_what_changes_while_a_statement_is_written(
    pool: ThreadPoolExecutor,
) -> None:
    statement, speaker = StatementFactory(), SpeakerFactory()
    state, bloc, organ = ActorFactory(), ActorFactory(kind="bloc"), ActorFactory()
    with session() as one, session() as other, session() as recording:
        one.execute(
            "UPDATE statements_actor SET parent_id = %s WHERE id = %s", [state.pk, organ.pk]
        )

        def join() -> None:
            other.execute(
                "INSERT INTO statements_membership (member_id, group_id) VALUES (%s, %s)",
                [state.pk, bloc.pk],
            )
            other.commit()

        def record() -> None:
            recording.execute(PARTY, [statement.pk, 0, speaker.pk, organ.pk])
            recording.commit()

        joined = pool.submit(join)
        assert waits(other)
        recorded = pool.submit(record)
        assert waits(recording)
        one.commit()
        joined.result(20)
        recorded.result(20)

    stands()
    assert Actor.objects.count() == 3


def test_two_who_write_parts_of_one_statement_miss_nothing(pool: ThreadPoolExecutor) -> None:
    statement, actor = StatementFactory(), ActorFactory()
    first, second = SpeakerFactory(), SpeakerFactory()
    with session() as one, session() as other:
        one.execute(PARTY, [statement.pk, 0, first.pk, actor.pk])

        def add() -> None:
            other.execute(PARTY, [statement.pk, 1, second.pk, actor.pk])
            other.commit()

        done = pool.submit(add)
        assert waits(other)
        one.commit()
        done.result(20)

    stands()


def test_two_who_are_the_first_to_need_a_value_share_its_number(
    pool: ThreadPoolExecutor,
) -> None:
    first, second = StatementFactory(), StatementFactory()
    moved = "UPDATE statements_statement SET said_on = '1999-12-31' WHERE id = %s"
    with session() as one, session() as other:
        one.execute(moved, [first.pk])

        def move() -> None:
            other.execute(moved, [second.pk])
            other.commit()

        done = pool.submit(move)
        assert waits(other)
        one.commit()
        done.result(20)

    stands()
    a, b = SearchEntry.objects.order_by("statement")
    assert a.facets == b.facets


def test_two_who_write_the_same_statements_at_their_ends_do_not_wait_for_each_other_for_ever(
    pool: ThreadPoolExecutor,
) -> None:
    speakers = [SpeakerFactory() for _ in range(2)]
    statements = [StatementFactory() for _ in range(40)]
    for statement in statements:
        for order, speaker in enumerate(speakers):
            PartyFactory(statement=statement, speaker=speaker, order=order, name="Ada")

    def rename(number: int) -> None:
        with session() as one:
            one.execute("SET CONSTRAINTS statement_is_indexed DEFERRED")
            for turn in range(10):
                one.execute(
                    "UPDATE statements_speaker SET name = %s WHERE id = %s",
                    [f"Ada {number} {turn}", speakers[number].pk],
                )
                one.commit()
                one.execute("SET CONSTRAINTS statement_is_indexed DEFERRED")

    for done in [pool.submit(rename, number) for number in range(2)]:
        done.result(60)
    stands()


def test_who_gives_a_speaker_a_name_does_not_keep_waiting_whom_it_waits_for(
    pool: ThreadPoolExecutor,
) -> None:
    editor, speaker, statement = UserFactory(), SpeakerFactory(), StatementFactory()
    unknown = PartyFactory(statement=StatementFactory(), speaker=None, name="Ada Exampel")
    review.flag(unknown.statement, editor)  # a person has decided about it

    def give() -> int:
        try:
            return is_spelling_of("Ada Exampel", speaker, editor, "")
        finally:
            connection.close()

    with session() as recording:
        recording.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITING])
        given = pool.submit(give)
        time.sleep(1)
        recording.execute(PLACE, [statement.pk])
        recording.commit()
        assert given.result(20) == 1

    stands()


def test_rebuilding_waits_for_writers_and_they_for_it(pool: ThreadPoolExecutor) -> None:
    statements = [StatementFactory() for _ in range(5)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_searchentry SET words = ''")
    with session() as one:
        one.execute(PLACE, [statements[3].pk])
        done = pool.submit(_rebuilt)
        time.sleep(0.3)
        assert not done.done()
        one.execute(PLACE, [statements[1].pk])
        one.commit()
        assert done.result(20) == 5

    stands()


def _rebuilt() -> int:
    try:
        return rebuild()
    finally:
        connection.close()


def test_what_was_written_past_the_triggers_is_found_out_and_made_anew(
    capsys: pytest.CaptureFixture[str],
) -> None:
    statement = StatementFactory(text="We keep to the pact.")
    gone, unknown, moved = StatementFactory(), StatementFactory(), StatementFactory()
    PositionFactory(statement=statement, treaty=TreatyFactory())
    bo = SpeakerFactory()
    stands()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE statements_statement SET text = 'Grain.' WHERE id = %s", [statement.pk]
        )
        cursor.execute(
            "UPDATE statements_statement SET said_on = '1901-01-01' WHERE id = %s", [moved.pk]
        )
        cursor.execute("DELETE FROM statements_statement WHERE id = %s", [gone.pk])
        cursor.execute(
            "DELETE FROM statements_searchentry WHERE statement_id = %s", [unknown.pk]
        )
        cursor.execute("DELETE FROM statements_facetvalue WHERE kind = 'speaker'")
        cursor.execute("SET session_replication_role = origin")
    assert wrong() == [
        f"speaker {bo.pk}: it has no number by which statements are counted; run rebuild_search",
        f"statement {statement.public_id}: the search has it otherwise; run rebuild_search",
        f"statement {gone.pk}, which is gone: the search has it otherwise; run rebuild_search",
        f"statement {unknown.public_id}: the search does not know it; run rebuild_search",
        f"statement {moved.public_id}: the search has it otherwise; run rebuild_search",
    ]
    call_command("rebuild_search")

    assert "4 statements: what is searched of them is as they say." in capsys.readouterr().out
    assert wrong() == []
    assert holds(statement, "grain")
    assert not holds(gone, "statement")
    before = dict(SearchEntry.objects.values_list("pk", "changed"))
    call_command("rebuild_search")
    assert dict(SearchEntry.objects.values_list("pk", "changed")) == before
