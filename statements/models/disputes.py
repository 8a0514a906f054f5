"""What somebody holds against a position, and what an editor answered."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from statements.models.positions import Position
from statements.models.statements import Statement
from statements.models.treaties import Provision, Treaty
from statements.public_ids import give_free_ids, new_public_id

LONGEST = 2000  # characters of a note and of its answer


class DisputeQuerySet(models.QuerySet["Dispute"]):
    """The vocabulary in which the desk asks for notes."""

    def open(self) -> Self:
        return self.filter(state=Dispute.State.OPEN)


class Dispute(models.Model):
    """A note that a position is wrong, from anybody, and an editor's answer to it.

    `disputed` keeps the codes and their coder in words, and `treaty`, `provision` and `object` what
    they are about, since a machine's may be coded anew or dropped while the note waits; when it was
    dropped, `position` is null. `by` is null for a reader who had not
    signed in. `public_id` is known to who wrote the note and to the desk.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted: coded anew")
        DECLINED = "declined"

    public_id = models.CharField(
        max_length=12, unique=True, default=new_public_id, editable=False
    )
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="disputes")
    position = models.ForeignKey(
        Position, models.SET_NULL, null=True, blank=True, related_name="disputes"
    )
    treaty = models.ForeignKey(Treaty, models.PROTECT, null=True, blank=True, related_name="+")
    provision = models.ForeignKey(
        Provision, models.PROTECT, null=True, blank=True, related_name="+"
    )
    object = models.CharField(max_length=20, choices=Position.Object, blank=True)
    disputed = models.CharField(max_length=500)
    text = models.TextField(max_length=LONGEST)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    answer = models.TextField(max_length=LONGEST, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            CheckConstraint(name="dispute_has_text", condition=~Q(text="")),
            CheckConstraint(
                name="dispute_answered_by_somebody",
                condition=Q(state="open", answered_by__isnull=True, answered_at__isnull=True)
                | (
                    ~Q(state="open")
                    & ~Q(answer="")
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="dispute_open", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}: {self.text[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row; a new one under an id that no other has."""
        if self._state.adding:
            give_free_ids([self])
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("dispute-receipt", args=[self.public_id])

    @property
    def matter(self) -> str:
        """What the position is on, in words."""
        return str(self.provision or self.treaty or self.get_object_display())

    @property
    def about(self) -> Statement:
        """The statement that it is about now: where its position went by a split or a merge."""
        statement = self.position.statement if self.position else self.statement
        return statement.merged_into or statement


class DisputeSender(models.Model):
    """From where a note came within the last hour, so that nobody floods the desk.

    `sender` is a keyed hash of an address or of an account; rows are deleted after that hour.
    """

    sender = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["sender", "at"], name="dispute_sender_at")]

    def __str__(self) -> str:
        return self.sender[:8]
