"""Values that are kept as long as their tables have not changed."""

import psycopg
import pytest
from django.db import connection

from statements.models import Actor
from statements.table_versions import version_of
from tests.factories import ActorFactory


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_ends_after_a_newer_one_is_a_change_too() -> None:
    early, late = ActorFactory(), ActorFactory()
    with psycopg.connect(**connection.get_connection_params()) as slow:
        slow.execute("UPDATE statements_actor SET name = 'Early' WHERE id = %s", [early.pk])
        Actor.objects.filter(pk=late.pk).update(name="Late")
        before = version_of(["statements_actor"])
        assert version_of(["statements_actor"]) == before

        slow.commit()

    assert version_of(["statements_actor"]) != before
