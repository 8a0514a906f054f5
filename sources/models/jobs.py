"""Accepted work. PostgreSQL owns it; a Celery message is only a hint that it is due."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import CheckConstraint, DateTimeField, Exists, F, Func, Q, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sources.models.articles import Article
from sources.models.outlets import HostState, Source

# So far apart new work of one source stands in the row, and so far back at most.
ROW_STEP, ROW_LENGTH = timedelta(minutes=1), timedelta(days=1)


def _in_utc(moment: Any) -> Func:
    """A moment as UTC's clock shows it, or the moment of what that shows."""
    return Func(Value("UTC"), moment, function="timezone", output_field=DateTimeField())


class JobQuerySet(models.QuerySet["Job"]):
    """The vocabulary in which the sweeper, the workers and the status page ask for work."""

    def open(self) -> Self:
        return self.filter(state__in=Job.OPEN)

    def due(self, within: timedelta = timedelta()) -> Self:
        """Work that may be claimed now, or within this time, by the database's clock."""
        waiting = self.filter(state__in=[Job.State.QUEUED, Job.State.WAITING])
        moment = Now() + within
        # The second follows from the first. With it PostgreSQL 18 looks through nothing that is
        # planned for later than a day from now; older ones have no skip scan, and look at all.
        return waiting.filter(not_before__lte=moment, turn_at__lte=moment + ROW_LENGTH)

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

    def in_turn(self) -> Self:
        """The most urgent first, and of these whose turn is first: the order of work."""
        return self.order_by("-priority", "turn_at", "pk")

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
    finish the work until somebody else has taken it. Nothing is done before `not_before`;
    `turn_at` only says what goes first of what may be done, and holds nothing up.
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
    source = models.ForeignKey(
        Source,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        help_text=_("Whose page is to be captured now; sources take turns."),
    )
    set_back = models.DurationField(
        db_default=timedelta(),
        help_text=_("How far it stands back for what its source had queued already."),
    )
    # By way of a time without a zone: where that of the session may matter, nothing is stored.
    turn_at = models.GeneratedField(
        expression=_in_utc(_in_utc(F("not_before")) + F("set_back")),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
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
            # So all work that is due has its turn within a day, by which claims find it.
            CheckConstraint(
                name="job_set_back_a_day_at_most",
                condition=Q(set_back__gte=timedelta(), set_back__lte=ROW_LENGTH),
            ),
            CheckConstraint(
                name="job_leased_has_token",
                condition=~Q(state="leased")
                | Q(lease_token__isnull=False, lease_until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-priority", "turn_at", "not_before"],
                name="job_turn",
                condition=Q(state__in=["queued", "waiting"]),
            ),
            models.Index(
                fields=["source", "turn_at"],
                name="job_row_of_source",
                condition=Q(state="queued", source__isnull=False),
            ),
            models.Index(
                fields=["not_before"],
                name="job_no_room",
                condition=Q(state="waiting", reason_code="disk"),
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
