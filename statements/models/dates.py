"""How exactly a date is known."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """The part of a date that is known; the rest of the stored day is the first of it."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class SaidPrecision(models.TextChoices):
    """How exactly the day of saying is known: as `Precision`, or as one of several days."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range", _("one of several days")
    UNKNOWN = "unknown"
