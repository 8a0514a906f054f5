"""A document that no page holds, as a person described it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from sources.models.articles import Snapshot


class Reference(models.Model):
    """What a snapshot of origin «reference» says of its document, beside title, author and day.

    The document itself is not kept, unless a file of it was given: then the snapshot's bytes
    are that file, else the description as JSON. The snapshot's text is the `summary`, in the
    words of the person who typed it, and below it the `fragments`, which alone are words that
    the document prints; each stands in a line. A trigger refuses to change a row.
    """

    snapshot = models.OneToOneField(Snapshot, models.CASCADE, related_name="reference")
    dated = models.CharField(
        max_length=100,
        blank=True,
        help_text=_("Its date in words, where the day is not known."),
    )
    pages = models.CharField(max_length=100, blank=True)
    kept_at = models.CharField(
        max_length=500, blank=True, help_text=_("Where the document can be looked at.")
    )
    file_name = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    summary_language = models.CharField(max_length=8, blank=True)
    fragments = ArrayField(models.TextField(), default=list, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(
                name="reference_says_something", condition=~Q(summary="") | ~Q(fragments=[])
            ),
        ]

    def __str__(self) -> str:
        return str(self.snapshot)

    @property
    def text(self) -> str:
        """The text of its snapshot."""
        return "\n".join(filter(None, [self.summary, *self.fragments]))

    @property
    def places(self) -> list[tuple[int, int]]:
        """Where the fragments stand in the text, as half-open character offsets."""
        start = len(self.summary) + 1 if self.summary else 0
        found = []
        for fragment in self.fragments:
            found.append((start, start + len(fragment)))
            start += len(fragment) + 1
        return found
