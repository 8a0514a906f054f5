"""Every change has its seal once its transaction is committed, however that has come about."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Barrier, Thread

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from history.models import Change, Seal
from history.verification import verify_history
from sources.models import Article, Source
from statements.models import Speaker
from tests.factories import SourceFactory, SpeakerFactory

pytestmark = pytest.mark.django_db(transaction=True)

_MANY = 5000


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def awaiting() -> int:
    """How many notes wait for a seal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM history_unsealed")
        (count,) = cursor.fetchone()
    return int(count)


def assert_all_sealed() -> None:
    """Each change has one seal, nothing waits for one, and the chain holds."""
    assert awaiting() == 0
    sealed = list(Seal.objects.order_by("change_id").values_list("change_id", flat=True))
    assert sealed == list(Change.objects.values_list("pk", flat=True))
    assert verify_history().findings == ()


def sealed_notes() -> list[str]:
    """What the changes of speakers made their note, in the order of their seals."""
    seals = Seal.objects.filter(change__table="statements_speaker", change__operation="update")
    return list(seals.values_list("change__after__note", flat=True))


@contextmanager
def taken_back() -> Iterator[None]:
    """Roll back what is done within: a savepoint, or the transaction where there is none yet."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def in_a_trigger(deed: str) -> Iterator[str]:
    """Yield a statement by which a trigger of somebody's own does a deed."""
    run("CREATE TEMP TABLE door (id int)")
    run(
        "CREATE FUNCTION pg_temp.opened() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {deed}; RETURN NULL; END $$"
    )
    run(
        "CREATE TRIGGER opened AFTER INSERT ON door"
        " FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.opened()"
    )
    try:
        yield "INSERT INTO door VALUES (1)"
    finally:
        run("DROP TABLE door")


def test_what_a_savepoint_took_back_has_neither_change_nor_seal() -> None:
    speaker = Speaker.objects.filter(pk=SpeakerFactory().pk)
    with transaction.atomic():
        speaker.update(note="1")
        with transaction.atomic():
            speaker.update(note="2")
        with taken_back():
            speaker.update(note="taken back")
        speaker.update(note="3")
        assert awaiting() == 3

    assert_all_sealed()
    assert sealed_notes() == ["1", "2", "3"]


def test_a_first_change_that_is_taken_back_leaves_the_others_sealed() -> None:
    speaker = Speaker.objects.filter(pk=SpeakerFactory().pk)
    with transaction.atomic():
        with taken_back():
            speaker.update(note="taken back")
        speaker.update(note="1")

    assert_all_sealed()
    assert sealed_notes() == ["1"]


def test_seals_asked_for_in_the_middle_of_a_transaction_go_on_behind_it() -> None:
    speaker = Speaker.objects.filter(pk=SpeakerFactory().pk)
    with transaction.atomic():
        speaker.update(note="1")
        speaker.update(note="2")
        run("SET CONSTRAINTS ALL IMMEDIATE")
        assert sealed_notes() == ["1", "2"]
        speaker.update(note="3")
        assert sealed_notes() == ["1", "2", "3"]
        run("SET CONSTRAINTS ALL DEFERRED")
        speaker.update(note="4")
        assert sealed_notes() == ["1", "2", "3"]

    assert_all_sealed()
    assert sealed_notes() == ["1", "2", "3", "4"]


def test_seals_made_in_a_savepoint_that_is_taken_back_go_with_it() -> None:
    speaker = Speaker.objects.filter(pk=SpeakerFactory().pk)
    with transaction.atomic():
        speaker.update(note="1")
        with taken_back():
            speaker.update(note="taken back")
            run("SET CONSTRAINTS ALL IMMEDIATE")
            assert sealed_notes() == ["1", "taken back"]
        speaker.update(note="2")

    assert_all_sealed()
    assert sealed_notes() == ["1", "2"]


def test_those_who_commit_at_once_seal_one_behind_the_other() -> None:
    speakers = [SpeakerFactory() for _ in range(2)]
    rounds, changes = 20, 3
    ready = Barrier(len(speakers), timeout=60)
    parameters = connection.get_connection_params()

    def work(speaker: Speaker) -> None:
        with psycopg.connect(**parameters) as session:
            for number in range(rounds):
                for part in range(changes):
                    session.execute(
                        "UPDATE statements_speaker SET note = %s WHERE id = %s",
                        [f"{number}.{part}", speaker.pk],
                    )
                ready.wait()
                session.commit()

    threads = [Thread(target=work, args=[speaker]) for speaker in speakers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert_all_sealed()
    notes = sealed_notes()
    assert len(notes) == len(speakers) * rounds * changes
    # The changes of one transaction stand together, though both wrote in turn.
    together = [tuple(notes[at : at + changes]) for at in range(0, len(notes), changes)]
    assert sorted(together) == sorted(
        tuple(f"{number}.{part}" for part in range(changes))
        for number in range(rounds)
        for _ in speakers
    )


def test_who_began_first_and_commits_last_is_sealed_last() -> None:
    first, second = SpeakerFactory(), SpeakerFactory()
    update = "UPDATE statements_speaker SET note = %s WHERE id = %s"
    with (
        psycopg.connect(**connection.get_connection_params()) as slow,
        psycopg.connect(**connection.get_connection_params()) as quick,
    ):
        slow.execute(update, ["began first", first.pk])
        quick.execute(update, ["began second", second.pk])
        quick.commit()
        slow.commit()

    assert_all_sealed()
    assert sealed_notes() == ["began second", "began first"]


def test_thousands_of_rows_of_one_statement_are_sealed_in_their_order() -> None:
    source = SourceFactory()
    before = Seal.objects.count()
    run(
        "INSERT INTO sources_article (source_id, url, stated_title, stated_language, by_hand, state)"
        " SELECT %s, 'http://news.example/' || n, '', '', false, 'unseen'"
        " FROM generate_series(1, %s) AS n",
        source.pk,
        _MANY,
    )

    assert_all_sealed()
    made = list(Seal.objects.select_related("change").order_by("number")[before:])
    articles = Article.objects.order_by("pk")
    assert len(made) == articles.count() == _MANY
    assert [seal.change.key for seal in made] == [str(one.pk) for one in articles]
    assert [seal.change_id for seal in made] == sorted(seal.change_id for seal in made)
    assert {(seal.change.table, seal.change.operation) for seal in made} == {
        ("sources_article", "insert")
    }


def test_many_rows_made_in_bulk_are_sealed_each() -> None:
    source = SourceFactory()
    with transaction.atomic():
        Source.objects.bulk_create(
            Source(slug=f"bulk-{n}", name=f"Invented Bulk {n}", kind=Source.Kind.NEWSPAPER)
            for n in range(500)
        )
        Article.objects.bulk_create(
            [Article(source=source, url=f"http://news.example/{n}") for n in range(1000)],
            batch_size=300,
        )
        assert awaiting() > 1

    assert_all_sealed()
    assert Seal.objects.filter(change__table="sources_article").count() == 1000
    assert Seal.objects.filter(change__table="sources_source").count() == 501


def test_a_transaction_that_is_taken_back_leaves_nothing_to_seal() -> None:
    speaker = SpeakerFactory()
    before = Change.objects.count()
    with taken_back():
        Speaker.objects.update(note="taken back")
        assert awaiting() == 1
    assert awaiting() == 0
    assert Change.objects.count() == before
    speaker.note = "kept"
    speaker.save()

    assert_all_sealed()
    assert sealed_notes() == ["kept"]


@pytest.mark.parametrize(
    "deed", ["DELETE FROM history_unsealed", "UPDATE history_unsealed SET changes = '{}'"]
)
def test_a_change_cannot_be_committed_without_its_seal(deed: str) -> None:
    SpeakerFactory()
    with psycopg.connect(**connection.get_connection_params()) as session:
        session.execute("UPDATE statements_speaker SET note = 'unsealed'")
        with pytest.raises(psycopg.IntegrityError, match="kept as it was written"):
            session.execute(deed)

    assert_all_sealed()
    assert sealed_notes() == []


def test_a_transaction_seals_no_change_of_another() -> None:
    SpeakerFactory()
    note = "INSERT INTO history_unsealed (changes) SELECT array_agg(id) FROM history_change"
    with (
        in_a_trigger(note) as deed,
        pytest.raises(IntegrityError, match="is of another transaction"),
    ):
        run(deed)

    assert_all_sealed()


def test_a_change_is_not_sealed_twice() -> None:
    note = (
        "INSERT INTO history_unsealed (changes) SELECT array_agg(id) FROM history_change"
        " WHERE transaction = pg_current_xact_id()::text::bigint"
    )
    with in_a_trigger(note) as deed, transaction.atomic():
        SpeakerFactory()
        run("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="change_id"), transaction.atomic():
            run(deed)

    assert_all_sealed()


def test_a_change_that_says_it_is_of_another_transaction_is_refused() -> None:
    SpeakerFactory()
    with pytest.raises(IntegrityError, match="is of another transaction"):
        run(
            'INSERT INTO history_change ("table", key, operation, who, why, through, role,'
            " transaction, owner_table, owner_key, left_key)"
            " VALUES ('statements_speaker', '1', 'delete', 'somebody', '', '', '', 1, '', '', '')"
        )

    assert_all_sealed()
