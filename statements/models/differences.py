"""In what the reports of a statement differ, kept so that the timeline finds it."""

from django.db import models
from django.db.models import UniqueConstraint

from statements.discrepancies import LABELS, Field
from statements.models.statements import Statement


class Difference(models.Model):
    """One field in which reports of a statement differ.

    It is derived from the reports by `statements.tellings`, which keeps it right; nobody edits
    it, so it has no history of its own.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="differences")
    field = models.CharField(max_length=9, choices=[(one.value, LABELS[one]) for one in Field])

    class Meta:
        ordering = ["statement", "field"]
        constraints = [
            UniqueConstraint(name="difference_once", fields=["field", "statement"]),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.field}"
