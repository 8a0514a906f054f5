"""From where the index of each web process starts."""

from django.db import models


class SearchBase(models.Model):
    """All search entries of one moment as bitmaps, by which web processes search in memory.

    Derived: a task builds it, and searches do without where there is none. `moment` is the
    database's snapshot as it prints it, in numbers of transactions that mean something in one
    `cluster` alone: a base that came with a dump is not used. The bitmaps lie in the table
    `statements_searchposting` by `generation`; neither is logged, so both are gone after a crash.
    """

    generation = models.BigAutoField(primary_key=True)
    layout = models.PositiveSmallIntegerField()
    cluster = models.CharField(max_length=60)
    moment = models.TextField()
    documents = models.PositiveIntegerField()
    position_bits = models.PositiveSmallIntegerField()
    built_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-generation"]

    def __str__(self) -> str:
        return f"base {self.generation}"
