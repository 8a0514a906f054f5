"""What the search knows of a statement, written by the database whenever a part of it changes."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, IntegerField, Q, UniqueConstraint
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from statements.search.kinds import Kind

# An index takes 2,704 bytes of a row. Entries with more values than fit beside the rest, some
# five hundred, have an index of their own.
FITTING = 2000
_BYTES = Func(F("packed"), function="octet_length", output_field=IntegerField())


class FacetValue(models.Model):
    """A value by which statements can be narrowed, and its number: all kinds share the numbers.

    `key` is the primary key of a row of the register, or the value itself: a stance, a month as
    `2024-06`, `machine` for what nobody has judged. Numbers begin at 1 and are never given to
    another value, so an entry can be counted long after what it meant has gone.
    """

    number = models.AutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    key = models.CharField(max_length=80)

    class Meta:
        ordering = ["number"]
        constraints = [UniqueConstraint(name="facet_value_once", fields=["kind", "key"])]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class SearchEntry(models.Model):
    """One statement as the search has it: its day, the numbers of its values, and its words.

    Triggers write it in the transaction of the change, so that it is never behind; `changed` is
    that transaction. What readers do not see, or what is deleted, stays as an entry that is not
    `listed` and holds nothing, by which indexes elsewhere learn that it went; no key ties it to
    its statement for that reason. A statement was said between `day` and `last`: both are the
    same when its day is known. `packed` holds the `facets` again, four bytes each, most
    significant first, so that those of many statements are counted in one pass.
    """

    statement = models.BigIntegerField(primary_key=True, db_column="statement_id")
    changed = models.BigIntegerField()
    listed = models.BooleanField()
    day = models.DateField(null=True)
    last = models.DateField(null=True)
    facets = ArrayField(models.IntegerField())
    packed = models.BinaryField()
    words = SearchVectorField()

    class Meta:
        ordering = [F("day").desc(nulls_last=True), "-statement"]
        verbose_name_plural = "search entries"
        indexes = [
            GinIndex(fields=["words", "facets"], name="search_words_and_facets"),
            # What is asked without words and values is found here alone, without the rows.
            models.Index(
                F("day").desc(nulls_last=True),
                F("statement").desc(),
                name="search_newest",
                include=["last", "packed"],
                condition=Q(LessThanOrEqual(_BYTES, FITTING), listed=True),
            ),
            models.Index(
                fields=["statement"],
                name="search_longest",
                condition=Q(GreaterThan(_BYTES, FITTING), listed=True),
            ),
            models.Index(fields=["changed"], name="search_changed"),
        ]

    def __str__(self) -> str:
        return f"statement {self.statement}"
