"""Files of the register that people uploaded."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class RegisterImport(models.Model):
    """One uploaded file: its bytes from the preview until the import and after it.

    `done` counts what the import did by outcome; `applied_at` is null until it was confirmed,
    and such files are removed after a day.
    """

    class Table(models.TextChoices):
        ACTORS = "actors"
        SPEAKERS = "speakers", _("speakers with offices")
        TREATIES = "treaties", _("treaties with articles and actions")
        EVENTS = "events"

    table = models.CharField(max_length=8, choices=Table)
    name = models.CharField(max_length=200)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    applied_at = models.DateTimeField(null=True, blank=True)
    took_file = models.BooleanField(default=False)
    done = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            CheckConstraint(
                name="import_sha256_form", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name
