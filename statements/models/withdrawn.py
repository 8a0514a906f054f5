"""What stays of a row of the register whose address readers may know."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Withdrawable(models.Model):
    """A row that is never deleted, since addresses and citations lead to it.

    One that was entered by mistake is withdrawn: its page says when and why, and which row is
    meant instead, if one is.
    """

    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_why = models.TextField(
        blank=True, editable=False, help_text=_("Why it was withdrawn, as readers see it.")
    )

    class Meta:
        abstract = True
