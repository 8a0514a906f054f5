"""Who has a statement open at the desk, and what an editor wants others to look at."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from statements.models.statements import Statement

CLAIM_LASTS = timedelta(minutes=10)


class Claim(models.Model):
    """An editor has a statement open until `until`. It warns others and blocks nobody.

    A claim is no decision, so it has no history; one that is over may be taken by anybody.
    """

    statement = models.OneToOneField(
        Statement, models.CASCADE, primary_key=True, related_name="claim"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(db_default=Now())
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.by_id} until {self.until:%H:%M}"


class Flag(models.Model):
    """An editor asks others to look at a statement; the next decision that settles it ends it."""

    statement = models.OneToOneField(Statement, models.CASCADE, related_name="flag")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.note[:60]}"
