"""Which statement an entry of the curated file was loaded as."""

from django.db import models

from statements.models.statements import Statement


class CuratedEntry(models.Model):
    """One entry of the file of curated statements, by its id, and what it said when it was loaded.

    A statement that a person has decided about since stays as that person left it.
    """

    entry = models.CharField(max_length=100, unique=True)
    statement = models.OneToOneField(Statement, models.PROTECT, related_name="curated")
    loaded = models.JSONField()

    class Meta:
        ordering = ["entry"]
        verbose_name_plural = "curated entries"

    def __str__(self) -> str:
        return self.entry
