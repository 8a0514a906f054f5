"""A query that is prepared is planned once for a connection, and counts among the queries."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from statements.prepared import preparing_cursor

_QUERY = "SELECT upper(%(word)s::text), now()"


@pytest.mark.django_db
def test_a_query_is_prepared_once_and_counted_each_time(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2) as logged:
        for word in ("grain", "fog"):
            with preparing_cursor() as cursor:
                cursor.execute(_QUERY, {"word": word})
                upper, now = cursor.fetchone()
                assert upper == word.upper()
                assert now.utcoffset() is not None
    assert all(one["sql"].startswith("SELECT upper(") for one in logged.captured_queries)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), sum(generic_plans + custom_plans) FROM pg_prepared_statements "
            "WHERE statement LIKE 'SELECT upper($1::text)%%'"
        )
        assert cursor.fetchone() == (1, 2)
