"""When a new base is due: processes start from it, so little should have changed since."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from statements.models import SearchBase
from statements.search.side.storing import build, tidy, usable

# So many changes, or this part of all entries, make searches slower by what is sorted in.
MANY = 1_000
PART = 0.02
# Web processes have loaded a new base by then; what they had before is forgotten.
_TAKEN_UP = timedelta(minutes=10)

_CHANGED = """
SELECT count(*) FROM (
  SELECT FROM statements_searchentry
   WHERE changed >= pg_snapshot_xmin(%(moment)s::pg_snapshot)::text::bigint
     AND changed < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
     AND NOT pg_visible_in_snapshot(changed::text::xid8, %(moment)s::pg_snapshot)
   LIMIT %(most)s
) AS counted
"""


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
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"moment": base.moment, "most": most + 1})
        (changed,) = cursor.fetchone()
    return bool(changed > most)
