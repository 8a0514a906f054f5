"""Who has which statement open at the desk. A claim warns and never blocks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from statements.models import Claim, Statement
from statements.models.desk import CLAIM_LASTS

# Whoever comes first has it; the same person's is renewed, and one that is over is taken.
_CLAIM = """
INSERT INTO statements_claim AS claim (statement_id, by_id, since, until)
VALUES (%(statement)s, %(by)s, now(), now() + %(lasts)s)
ON CONFLICT (statement_id) DO UPDATE
  SET by_id = excluded.by_id, until = excluded.until,
      since = CASE WHEN claim.by_id = excluded.by_id AND claim.until > now()
                   THEN claim.since ELSE excluded.since END
  WHERE claim.by_id = excluded.by_id OR claim.until <= now() OR %(take_over)s
"""


@dataclass(frozen=True)
class Held:
    """Somebody else has a statement open."""

    by: str
    since: datetime


def claim(statement: Statement, by: User, *, take_over: bool = False) -> Held | None:
    """Claim a statement for ten minutes, or renew the claim; return who else has it instead.

    With `take_over` it is this person's whoever had it.
    """
    given: dict[str, Any] = {
        "statement": statement.pk,
        "by": by.pk,
        "lasts": CLAIM_LASTS,
        "take_over": take_over,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, given)
        if cursor.rowcount:
            return None
    other = Claim.objects.filter(statement=statement).values_list("by__username", "since")
    return next((Held(*row) for row in other), None)


def release(statement: Statement, by: User) -> None:
    """Let go of a statement that is done with or skipped; another's claim stays."""
    Claim.objects.filter(statement=statement, by=by).delete()


def claimed_by_others(by: User) -> Exists:
    """The condition that somebody else has a statement open now."""
    claims = Claim.objects.filter(statement=OuterRef("pk"), until__gt=Now())
    return Exists(claims.exclude(by=by))


def unclaimed(statements: QuerySet[Statement], by: User) -> QuerySet[Statement]:
    """Those that nobody else has open."""
    return statements.exclude(claimed_by_others(by))
