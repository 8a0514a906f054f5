"""What Celery runs of the statements: shells around the stories."""

from celery import shared_task

from sources.tasks import database_may_be_away
from statements.search.side.renewing import renew

# A base of a million statements is built in two minutes; on a slow machine it may take longer.
_SECONDS = 1200


@shared_task(soft_time_limit=_SECONDS, time_limit=_SECONDS + 60)
def renew_search_base(*, anyhow: bool = False) -> None:
    """Build what web processes search from, when it is due. Safe to run twice."""
    with database_may_be_away():
        renew(anyhow=anyhow)
