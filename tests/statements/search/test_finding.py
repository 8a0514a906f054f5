"""Finding through the index is finding in SQL: after every commit, in every process, exactly."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from statements import review
from statements.models import SearchBase, Statement
from statements.search import finding, limits, packed
from statements.search.asking import Part, Query
from statements.search.kinds import Kind
from statements.search.lexed import Lexed
from statements.search.lexing import understand
from statements.search.limits import limited
from statements.search.side import building, holding, index, lexemes
from statements.search.side.asking_back import AskingBack
from statements.search.side.holding import HOLDER
from statements.search.side.storing import build, tidy
from tests.factories import AttestationFactory, SnapshotFactory, StatementFactory, UserFactory
from tests.statements.search.invented import Corpus
from tests.statements.search.rows import number_values, write

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db(transaction=True)

CHANGE = "UPDATE statements_statement SET text = %s WHERE id = %s"


@pytest.fixture(autouse=True)
def _no_index_is_left() -> Iterator[None]:
    HOLDER.forget()
    yield
    HOLDER.forget()


def by_index() -> bool:
    """Whether a search would be answered by the index."""
    with limited(), HOLDER.at_hand(fresh=True) as held:
        return held is not None


def asked(words: str) -> Query:
    return Query(understand(words).words)


def test_both_engines_find_a_statement_by_what_only_a_report_prints() -> None:
    statement = StatementFactory(text="We keep to the pact.")
    assert build() is not None
    assert HOLDER.warm()
    report = AttestationFactory(
        statement=statement, snapshot__text="Grain ships would sail.",
        start=0, end=23, words="Grain ships would sail.",
    )  # fmt: skip

    for words in ("grain", '"ships would sail"'):
        assert by_index()
        assert finding.find(asked(words), Part(), []).statements == [statement.pk]
        assert packed.answer(asked(words), Part(), []).statements == [statement.pk]

    report.delete()
    assert by_index()
    assert finding.find(asked("grain"), Part(), []).total == 0
    assert packed.answer(asked("grain"), Part(), []).total == 0


def test_both_engines_find_other_forms_and_ways_to_write() -> None:
    written = {
        "зброя": ("Без зброї.", "uk"), "підписати": ("Він підписав це.", "uk"),
        "무기지원": ("무기 지원은 없다.", "ko"), "“핵실험”": ("핵 실험이다.", "ko"),
        "朝鮮半島": ("朝鲜半岛和平。", "zh"), "“U.S. fleet”": ("The US fleet.", "en"),
    }  # fmt: skip
    expected = {
        line: StatementFactory(text=text, language=language).pk
        for line, (text, language) in written.items()
    }
    assert build() is not None
    assert HOLDER.warm()

    for line, statement in expected.items():
        assert by_index()
        assert finding.find(asked(line), Part(), []).statements == [statement]
        assert packed.answer(asked(line), Part(), []).statements == [statement]


def test_both_engines_answer_alike_whatever_has_come_and_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(building, "ONE_OF", 20)
    monkeypatch.setattr(lexemes, "MANY", 5)
    corpus = Corpus(11)
    entries = {number: corpus.entry(number) for number in range(1, 1200)}
    number_values()
    write(entries.values())
    assert build() is not None
    assert HOLDER.warm()
    with transaction.atomic():
        changed = {n: corpus.entry(n) for n in corpus.random.sample(range(1, 1300), 250)}
        write(changed.values())
    entries |= changed

    for _ in range(100):
        query = corpus.query()
        part = corpus.part(list(entries.values()), query)
        if corpus.random.random() < 0.2:
            part = Part(10, best=True, skipped=corpus.random.choice((0, 10, 295)))
        assert by_index()
        answer = finding.find(query, part, list(Kind))
        assert answer == packed.answer(query, part, list(Kind)), (query, part)
        assert finding.all_statements(query) == packed.all_statements(query)
        assert finding.how_many(query) == packed.how_many(query)


class Reader:
    """Another process that searches in the database of this test."""

    def __init__(self) -> None:
        database = connection.settings_dict
        login = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
        name, host, port = database["NAME"], database["HOST"], database["PORT"] or 5432
        address = f"postgresql://{login}@{host}:{port}/{name}"
        if host.startswith("/"):
            address = f"postgresql://{login}@/{name}?host={host}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.statements.search.reader"],
            cwd=ROOT, env={**os.environ, "DATABASE_URL": address}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.warm = self._answer() == "True"

    def find(self, words: str) -> tuple[str, list[int]]:
        """By what it searched, and what it found, the newest first."""
        assert self._process.stdin is not None
        print(words, file=self._process.stdin, flush=True)
        engine, *statements = self._answer().split()
        return engine, [int(one) for one in statements]

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate(timeout=30)


@contextmanager
def another_connection() -> Iterator[BaseDatabaseWrapper]:
    """A second connection of this process, for a transaction beside its own."""
    other = connection.copy()
    try:
        yield other
    finally:
        other.close()


def test_another_process_finds_what_was_committed_at_its_next_search() -> None:
    editor = UserFactory()
    kept = StatementFactory(text="Grain ships sail.")
    assert build() is not None
    with closing(Reader()) as reader:
        assert reader.warm
        assert reader.find("grain") == ("index", [kept.pk])

        proposed = AttestationFactory(
            snapshot=SnapshotFactory(text="“More grain is due.” said Minister Ada Example.\n"),
            statement__said_on=date(2025, 1, 3),
            statement__status=Statement.Status.PROPOSED,
            statement__published_at=None,
        ).statement
        assert reader.find("grain") == ("index", [proposed.pk, kept.pk])
        review.publish(proposed, editor)
        assert reader.find("grain") == ("index", [proposed.pk, kept.pk])

        kept.text = "Tractors roll."
        kept.save()
        assert reader.find("grain") == ("index", [proposed.pk])
        assert reader.find("tractor") == ("index", [kept.pk])

        review.withdraw(proposed, editor, "It was never said.")
        assert reader.find("grain") == ("index", [])

        with transaction.atomic():
            StatementFactory(text="Grain rots.")
            transaction.set_rollback(True)
        assert reader.find("grain") == ("index", [])
        deleted = StatementFactory(text="Grain burns.")
        assert reader.find("grain") == ("index", [deleted.pk])
        deleted.delete()
        assert reader.find("grain") == ("index", [])


def test_what_an_earlier_transaction_commits_late_is_found() -> None:
    one, two, three = (StatementFactory(text=f"Grain number {n}.") for n in range(3))
    assert build() is not None
    with (
        closing(Reader()) as reader,
        another_connection() as early,
        another_connection() as gone,
    ):
        for other, statement in ((early, one), (gone, two)):
            other.set_autocommit(False)
            with other.cursor() as cursor:
                cursor.execute(CHANGE, ["Coal is late.", statement.pk])
        three.text = "Coal is first."
        three.save()
        assert reader.find("coal") == ("index", [three.pk])
        assert reader.find("grain") == ("index", [two.pk, one.pk])

        early.commit()
        assert reader.find("coal") == ("index", [three.pk, one.pk])
        gone.rollback()
        assert reader.find("coal") == ("index", [three.pk, one.pk])
        assert reader.find("grain") == ("index", [two.pk])


def test_a_newer_base_is_taken_up_and_the_older_one_forgotten() -> None:
    first = StatementFactory(text="Grain ships sail.")
    assert build() is not None
    with closing(Reader()) as reader:
        second = StatementFactory(text="Grain ships wait.", said_on=date(2025, 3, 1))
        newest = build()
        assert newest is not None
        assert reader.find("grain") == ("index", [second.pk, first.pk])
        tidy()
        assert list(SearchBase.objects.all()) == [newest]
        for _ in range(200):  # searches go on in SQL while it loads the new one
            engine, found = reader.find("grain")
            assert found == [second.pk, first.pk]
            if engine == "index":
                break
            time.sleep(0.05)
        assert engine == "index"


def test_a_transaction_that_has_written_is_answered_of_what_it_wrote() -> None:
    StatementFactory(text="Grain ships sail.")
    assert build() is not None
    assert HOLDER.warm()
    with transaction.atomic():
        assert finding.how_many(asked("grain")) == 1
        StatementFactory(text="Grain ships wait.")
        assert finding.how_many(asked("grain")) == 2
        assert finding.find(asked("grain"), Part(), []).total == 2
        transaction.set_rollback(True)
    assert finding.find(asked("grain"), Part(), []).total == 1


def test_a_transaction_that_began_earlier_sees_what_was_there_then() -> None:
    statement = StatementFactory(text="Grain ships sail.")
    assert build() is not None
    assert HOLDER.warm()
    query = asked("grain")
    with another_connection() as other, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        assert finding.how_many(query) == 1
        with other.cursor() as cursor:
            cursor.execute(
                "DELETE FROM statements_party WHERE statement_id = %s", [statement.pk]
            )
            cursor.execute("UPDATE statements_statement SET text = 'Coal.'")
        later: list[int] = []
        beside = Thread(target=lambda: later.append(_and_close(query)))
        beside.start()
        beside.join()
        assert later == [0]
        assert finding.how_many(query) == 1
    assert finding.how_many(query) == 0


def test_what_is_told_of_a_later_moment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    statements = [StatementFactory(text=f"Grain ships sail {n}.") for n in range(3)]
    assert build() is not None
    assert HOLDER.warm()
    ranked, asked_for = AskingBack.ranked, list[int]()

    def overtaken(self: AskingBack, words: Lexed, found: list[int]) -> list[int]:
        """Another changes a statement between what the index finds and what it asks."""
        asked_for.append(len(found))
        if len(asked_for) == 1:
            with another_connection() as other, other.cursor() as cursor:
                cursor.execute(CHANGE, ["Coal.", statements[0].pk])
        return ranked(self, words, found)

    monkeypatch.setattr(AskingBack, "ranked", overtaken)
    part = Part(best=True)

    answer = finding.find(asked("grain"), part, [Kind.STANCE])

    assert asked_for == [3, 2]
    assert answer == packed.answer(asked("grain"), part, [Kind.STANCE])


def test_a_phrase_that_is_doubted_of_many_is_looked_for_by_sql(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = "Grain from there to us at all of it by them ships"
    found, _ = StatementFactory(text=whole), StatementFactory(text="Grain. Ships!")
    assert build() is not None
    assert HOLDER.warm()
    query = asked(f'"{whole}"')
    assert finding.all_statements(query) == [found.pk]
    monkeypatch.setattr(index, "ASKED", 0)
    with HOLDER.at_once() as held:
        assert held is not None
        with pytest.raises(index.Doubtful):
            held.index.total(query, held.database)
    assert finding.all_statements(query) == [found.pk]


def test_within_a_transaction_what_is_told_of_a_later_moment_is_not_used_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    statements = [StatementFactory(text=f"Grain ships sail {n}.") for n in range(3)]
    assert build() is not None
    assert HOLDER.warm()
    ranked = AskingBack.ranked

    def overtaken(self: AskingBack, words: Lexed, found: list[int]) -> list[int]:
        with another_connection() as other, other.cursor() as cursor:
            cursor.execute(CHANGE, ["Coal.", statements[0].pk])
        return ranked(self, words, found)

    monkeypatch.setattr(AskingBack, "ranked", overtaken)
    with transaction.atomic():
        answer = finding.find(asked("grain"), Part(best=True), [])
    assert answer.total == 2


def test_no_lock_of_another_delays_a_search_for_longer_than_it_may_take(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    statement = StatementFactory(text="Grain ships sail.")
    assert build() is not None
    assert HOLDER.warm()
    assert finding.how_many(asked("grain")) == 1
    monkeypatch.setattr(limits, "SECONDS", 0.5)
    with another_connection() as other:
        with other.cursor() as cursor:
            cursor.execute(CHANGE, ["Coal.", statement.pk])
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE statements_searchentry")
        with pytest.raises(limits.TooBroad):
            finding.how_many(asked("grain"))
        other.rollback()
    assert finding.how_many(asked("grain")) == 0


def test_who_has_not_got_the_index_in_time_is_answered_by_sql(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    StatementFactory(text="Grain ships sail.")
    assert build() is not None
    assert HOLDER.warm()
    monkeypatch.setattr(holding, "PATIENCE", 0.3)
    monkeypatch.setattr(limits, "SECONDS", 0.4)
    with HOLDER._turn:
        begun = time.monotonic()
        assert finding.how_many(asked("grain")) == 1
        assert time.monotonic() - begun >= 0.3


def test_a_process_loads_no_index_that_it_was_not_told_to() -> None:
    StatementFactory(text="Grain ships sail.")
    assert build() is not None
    assert finding.how_many(asked("grain")) == 1
    assert HOLDER._loading is None
    assert not by_index()


def _and_close(query: Query) -> int:
    try:
        return finding.how_many(query)
    finally:
        connection.close()


def test_a_base_of_another_database_or_layout_is_not_used() -> None:
    StatementFactory(text="Grain ships sail.")
    for value in ({"cluster": "7:7"}, {"layout": 0}):
        assert build() is not None
        SearchBase.objects.update(**value)
        assert not HOLDER.warm()
        assert finding.how_many(asked("grain")) == 1
        assert not by_index()


def test_entries_restored_in_place_are_those_that_are_found() -> None:
    statement = StatementFactory(text="Grain ships sail.")
    assert build() is not None
    assert HOLDER.warm()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE dumped AS TABLE statements_searchentry")
        try:
            Statement.objects.filter(pk=statement.pk).update(text="Rye.")
            assert finding.how_many(asked("rye")) == 1
            assert by_index()
            with transaction.atomic():
                cursor.execute("TRUNCATE statements_searchentry")
                cursor.execute("INSERT INTO statements_searchentry TABLE dumped")
        finally:
            cursor.execute("DROP TABLE dumped")

    assert finding.how_many(asked("rye")) == 0
    assert finding.how_many(asked("grain")) == 1
    assert HOLDER.warm()
    assert by_index()
    assert finding.how_many(asked("grain")) == 1


def test_answers_are_kept_until_an_entry_changes() -> None:
    StatementFactory(text="Grain ships sail.")
    assert build() is not None
    assert HOLDER.warm()
    kept = finding.find(asked("unheard"), Part(), [])
    assert finding.find(asked("unheard"), Part(), []) is kept
    assert finding.find(asked("unheard"), Part(size=1), []) is not kept
    StatementFactory(text="Unheard of.")
    assert finding.find(asked("unheard"), Part(), []).total == 1


def test_answers_of_an_index_are_not_taken_for_those_of_one_that_is_loaded_again() -> None:
    statement = StatementFactory(text="Grain ships sail.")
    assert build() is not None
    totals = []
    for text in ("Coal.", "Grain rots."):
        statement.text = text
        statement.save()
        assert HOLDER.warm()
        totals.append(finding.find(asked("grain"), Part(), []).total)
        HOLDER.forget()
    assert totals == [0, 1]


def test_no_more_answers_are_kept_than_have_room(monkeypatch: pytest.MonkeyPatch) -> None:
    StatementFactory(text="Grain ships sail.")
    assert build() is not None
    assert HOLDER.warm()
    monkeypatch.setattr(finding, "KEPT", 3 * finding._EACH)
    first, *_, last = (finding.find(asked("grain"), Part(size), []) for size in range(1, 6))
    assert finding.find(asked("grain"), Part(5), []) is last
    assert finding.find(asked("grain"), Part(1), []) is not first


def test_who_waits_for_a_turn_at_an_index_that_is_let_go_is_answered_by_sql() -> None:
    StatementFactory(text="Grain ships sail.")
    assert build() is not None
    assert HOLDER.warm()
    query, later = asked("grain"), list[int]()
    beside = Thread(target=lambda: later.append(_and_close(query)))
    with HOLDER._turn:
        beside.start()
        time.sleep(holding.PATIENCE / 5)
        HOLDER._held = None
    beside.join()
    assert later == [1]
    assert HOLDER.warm()  # it is loaded again


def test_when_too_much_has_changed_sql_answers_until_it_is_taken_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert build() is not None
    assert HOLDER.warm()
    monkeypatch.setattr(holding, "AT_ONCE", 3)
    for _ in range(9):
        StatementFactory(text="Grain ships sail.")
    assert not by_index()
    assert finding.how_many(asked("grain")) == 9
    waited = 0
    while not by_index():
        waited += 1
        assert waited < 200
        time.sleep(0.05)
    assert finding.how_many(asked("grain")) == 9
