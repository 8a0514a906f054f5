"""Finding through the index is finding in SQL: after every commit, in every process, exactly."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from statements.search import finding, packed
from statements.search.asking import Part, Query
from statements.search.kinds import Kind
from statements.search.side.holding import HOLDER
from statements.search.side.storing import build, tidy
from tests.statements.search.invented import Corpus
from tests.statements.search.rows import number_values, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_index_is_left() -> Iterator[None]:
    HOLDER.forget()
    yield
    HOLDER.forget()


def test_both_engines_answer_alike_whatever_has_come_and_gone() -> None:
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

    for _ in range(120):
        query = corpus.query()
        part = corpus.part(list(entries.values()), query)
        if corpus.random.random() < 0.2:
            part = Part(10, best=True, skipped=corpus.random.choice((0, 10, 295)))
        with finding._seen() as (seen, _):
            assert seen.held is not None
        assert finding.find(query, part, list(Kind)) == packed.answer(query, part, list(Kind)), query
        assert finding.all_statements(query) == packed.all_statements(query)
        assert finding.how_many(query) == packed.how_many(query)
