"""When a new base is due: processes start from it, so little should have changed since."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from statements.models import SearchBase
from statements.search.side.catching_up import changed_since
from statements.search.side.moments import Moment
from statements.search.side.storing import build, tidy, usable

# So many changes, or this part of all entries, make searches slower by what is sorted in.
MANY = 1_000
PART = 0.02
# Web processes have loaded a new base by then; what they had before is forgotten.
_TAKEN_UP = timedelta(minutes=10)


def renew(*, anyhow: bool = False) -> SearchBase | None:
    """Build a base if one is due, or `anyhow`; None when none was. Safe to run at any time."""
    newest = SearchBase.objects.first()
    if newest is not None and timezone.now() - newest.built_at > _TAKEN_UP:
        tidy()
    return build() if anyhow or is_due() else None


def is_due() -> bool:
    """Whether there is no base to start from, or much has changed since it was built."""
    base = usable()
    if base is None:
        return True
    most = max(MANY, int(PART * base.documents))
    entries, parameters = changed_since(
        Moment.parse(base.moment), "SELECT FROM statements_searchentry", most + 1
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({entries}) AS changed", parameters)
        (changed,) = cursor.fetchone()
    return bool(changed > most)
