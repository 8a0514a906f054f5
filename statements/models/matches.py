"""Two statements that may be one."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Now

from statements.models.statements import Statement


class MatchQuerySet(models.QuerySet["Match"]):
    """The vocabulary in which pages and runs ask for matches."""

    def of(self, keys: "set[int]") -> Self:
        """Those that one of these statements takes part in."""
        return self.filter(Q(statement__in=keys) | Q(other__in=keys))

    def decided(self) -> Self:
        return self.filter(by__isnull=False)

    def kept_apart(self) -> Self:
        """Those that a person decided to be two."""
        return self.decided().filter(verdict=Match.Verdict.DIFFERENT)

    def open(self) -> Self:
        """Those that wait for a person, of statements that readers see."""
        seen = [Statement.Status.PROPOSED, Statement.Status.PUBLISHED]
        return self.filter(by__isnull=True, statement__status__in=seen, other__status__in=seen)


class Match(models.Model):
    """A pair of statements, how alike they are, and whether they are one act of saying.

    `statement` is the one that was recorded first. The machine finds «same» or «perhaps» and
    offers both to a person, since it joins reports and never statements; what differs nobody
    needs to be offered. A person's verdict names the person and stays whatever later runs find.
    `score` is per cent; each of `differences` has a `kind` and what stands in either.
    """

    class Verdict(models.TextChoices):
        SAME = "same"
        PERHAPS = "perhaps"
        DIFFERENT = "different"

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="+")
    other = models.ForeignKey(Statement, models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=9, choices=Verdict)
    score = models.PositiveSmallIntegerField(default=0)
    rule = models.CharField(max_length=60, blank=True)
    differences = models.JSONField(default=list, blank=True)
    version = models.CharField(max_length=20, blank=True)
    found_at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.TextField(blank=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "pk"]
        verbose_name_plural = "matches"
        constraints = [
            UniqueConstraint(name="match_once", fields=["statement", "other"]),
            CheckConstraint(
                name="match_first_comes_first", condition=Q(statement__lt=F("other"))
            ),
            CheckConstraint(
                name="match_verdict", condition=Q(verdict__in=["same", "perhaps", "different"])
            ),
            CheckConstraint(name="match_score_is_per_cent", condition=Q(score__lte=100)),
            CheckConstraint(
                name="match_decided_by_somebody",
                condition=Q(by__isnull=True, decided_at__isnull=True)
                | Q(by__isnull=False, decided_at__isnull=False),
            ),
            CheckConstraint(
                name="match_difference_is_decided",
                condition=~Q(verdict="different") | Q(by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} · {self.other_id}: {self.get_verdict_display()}"
