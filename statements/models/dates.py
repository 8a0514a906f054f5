"""How exactly a date is known."""

from django.db import models


class Precision(models.TextChoices):
    """The part of a date that is known; the rest of the stored day is the first of it."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"
