"""Accepted work. PostgreSQL owns it; a Celery message is only a hint that it is due."""

from typing import Self

from django.db import models
from django.db.models import CheckConstraint, Exists, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sources.models.articles import Article
from sources.models.outlets import HostState


class JobQuerySet(models.QuerySet["Job"]):
    """The vocabulary in which the sweeper, the workers and the status page ask for work."""

    def open(self) -> Self:
        return self.filter(state__in=Job.OPEN)

    def due(self) -> Self:
        """Work that may be claimed now, by the database's clock."""
        waiting = self.filter(state__in=[Job.State.QUEUED, Job.State.WAITING])
        return waiting.filter(not_before__lte=Now())

    def claimable(self) -> Self:
        """Due work whose host, if it asks one, may be asked now and is not being asked."""
        resting = HostState.objects.filter(
            Q(next_allowed_at__gt=Now()) | Q(token_until__gt=Now())
        )
        asking = Job.objects.filter(state=Job.State.LEASED, lease_until__gt=Now())
        asking = asking.exclude(host="")
        # Two sets that are made once: there may be far more work than hosts.
        free = self.due().with_room().exclude(host__in=resting.values("host"))
        return free.exclude(host__in=asking.values("host"))

    def with_room(self) -> Self:
        """Without captures while one of them waits for room in the snapshot store."""
        no_room = Job.objects.filter(
            kind=Job.Kind.CAPTURE,
            state=Job.State.WAITING,
            reason_code="disk",
            not_before__gt=Now(),
        )
        return self.exclude(Q(kind=Job.Kind.CAPTURE) & Exists(no_room))

    def planned(self) -> Self:
        """Work set for later that nobody has begun: articles that are looked at again."""
        return self.filter(state=Job.State.QUEUED, not_before__gt=Now())

    def on_the_way_of(self, article: Article) -> Self:
        """The work of an article on its way from its address to its statements."""
        later = [Job.Kind.READ, Job.Kind.ATTRIBUTE]
        return self.filter(
            Q(kind=Job.Kind.CAPTURE, subject=article.pk)
            | Q(kind__in=later, subject__in=article.snapshots.values("pk"))
        )

    def abandoned(self) -> Self:
        """Work whose worker stopped answering: its lease has run out."""
        return self.filter(state=Job.State.LEASED, lease_until__lt=Now())


class Job(models.Model):
    """One unit of accepted work, found by its `key`: accepting the same work twice is one row.

    `subject` is the primary key of the row that the kind of work is about: a feed to poll, an
    article to capture, a snapshot to read or to attribute. Whoever holds `lease_token` may
    finish the work until somebody else has taken it.
    """

    class Kind(models.TextChoices):
        POLL = "poll"
        CAPTURE = "capture"
        READ = "read"
        ATTRIBUTE = "attribute"

    class State(models.TextChoices):
        QUEUED = "queued"
        LEASED = "leased", _("being worked on")
        WAITING = "waiting", _("waiting to be tried again")
        DONE = "done"
        BLOCKED = "blocked", _("may not be done")
        REJECTED = "rejected", _("not usable")
        DEAD = "dead", _("given up")
        CANCELLED = "cancelled"

    OPEN = [State.QUEUED, State.LEASED, State.WAITING]
    EXPLAINED = [State.BLOCKED, State.REJECTED, State.DEAD]

    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=200, unique=True)
    subject = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    priority = models.SmallIntegerField(default=0, help_text=_("Higher goes first."))
    attempts = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(
        default=0, help_text=_("Times a worker died or fell silent over it.")
    )
    not_before = models.DateTimeField(db_default=Now())
    host = models.CharField(
        max_length=255, blank=True, help_text=_("The host it asks; its turn comes first.")
    )
    lease_owner = models.CharField(max_length=100, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    reason_code = models.CharField(max_length=40, blank=True)
    reason_text = models.TextField(blank=True)
    result = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            CheckConstraint(
                name="job_unusable_has_reason",
                condition=~Q(state__in=["blocked", "rejected", "dead"]) | ~Q(reason_code=""),
            ),
            CheckConstraint(
                name="job_leased_has_token",
                condition=~Q(state="leased")
                | Q(lease_token__isnull=False, lease_until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-priority", "not_before"],
                name="job_due",
                condition=Q(state__in=["queued", "waiting"]),
            ),
            models.Index(
                fields=["lease_until"], name="job_leased", condition=Q(state="leased")
            ),
            models.Index(fields=["kind", "subject"], name="job_subject"),
            models.Index(
                fields=["finished_at"], name="job_poll_ended", condition=Q(kind="poll")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} ({self.state})"


class Heartbeat(models.Model):
    """When a periodic part last ran, so that the site can say that it has stopped."""

    name = models.CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
