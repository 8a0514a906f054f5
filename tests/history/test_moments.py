"""Values that are kept as long as no audited row changes."""

import psycopg
import pytest
from django.db import connection, transaction

from history.moments import moment
from statements.models import Actor
from tests.factories import ActorFactory


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_ends_after_a_newer_one_is_another_moment() -> None:
    early, late = ActorFactory(), ActorFactory()
    with psycopg.connect(**connection.get_connection_params()) as slow:
        slow.execute("UPDATE statements_actor SET name = 'Early' WHERE id = %s", [early.pk])
        Actor.objects.filter(pk=late.pk).update(name="Late")
        before = moment()
        assert moment() == before

        slow.commit()

    assert moment() != before


@pytest.mark.django_db
def test_what_is_taken_back_was_a_moment_of_its_own() -> None:
    seen = [moment()]
    for _ in range(2):
        point = transaction.savepoint()
        ActorFactory()
        seen.append(moment())
        transaction.savepoint_rollback(point)
        assert moment() == seen[0]

    assert len(set(seen)) == 3
