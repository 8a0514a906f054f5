"""What people decided about names that the register does not know."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class SettledName(models.Model):
    """A name as reports print it that needs no row of the register, and why.

    It is left out of the queue of unknown names; its statements keep it as printed.
    """

    name = models.CharField(max_length=300, unique=True)
    why = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
