"""What a row keeps when it came from the project's register files."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Confidence(models.TextChoices):
    """How well a fact of the register was checked; `data/README.md` defines the levels."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Registered(models.Model):
    """A row that the register files may bring and that the admin may add or edit.

    `register_id` is the permanent id in the file, null for a row made by hand. `registered`
    holds the values as last loaded, so that the loader can tell an edited row from an old one
    and never overwrites what a person changed.
    """

    register_id = models.CharField(max_length=80, unique=True, null=True, blank=True)
    registered = models.JSONField(null=True, blank=True, editable=False)
    evidence = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    confidence = models.CharField(max_length=6, choices=Confidence, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
