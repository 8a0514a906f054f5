"""The instruments, their numbered articles, what happened to them, and dated occasions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sources.registered import Registered
from statements.models.dates import Precision
from statements.models.register import Actor, Speaker


class Treaty(Registered):
    """An instrument that statements are about: treaty, declaration, charter or resolution.

    `titles` and `aliases` map a language code to a list of forms. `concerns` are the states that
    it is about without being their agreement, as a resolution is: like a party, each must be
    named in an article before a press name in it counts.
    """

    class Kind(models.TextChoices):
        BILATERAL_TREATY = "bilateral_treaty"
        DECLARATION = "declaration"
        CHARTER = "charter"
        RESOLUTION = "resolution", _("Security Council resolution")
        MECHANISM = "mechanism"
        OTHER = "other"

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=16, choices=Kind)
    short_name = models.CharField(max_length=200)
    titles = models.JSONField(default=dict, blank=True)
    aliases = models.JSONField(default=dict, blank=True)
    parties = models.ManyToManyField(Actor, blank=True, related_name="treaties")
    concerns = models.ManyToManyField(Actor, blank=True, related_name="concerned_by")
    signed_on = models.DateField(null=True, blank=True)
    signed_on_precision = models.CharField(
        max_length=7, choices=Precision, default=Precision.UNKNOWN
    )
    in_force_on = models.DateField(null=True, blank=True)
    in_force_on_precision = models.CharField(
        max_length=7, choices=Precision, default=Precision.UNKNOWN
    )
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ["-signed_on", "slug"]
        verbose_name_plural = "treaties"

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("treaty", args=[self.slug])


class Provision(Registered):
    """One numbered article of a treaty. `texts` maps a language code to its wording.

    `keywords` are what the press calls it, in any language: «mutual defence clause».

    `verified` says what of it was read: number and content, content, theme or none.
    """

    treaty = models.ForeignKey(Treaty, models.CASCADE, related_name="provisions")
    number = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField(default=0)
    heading = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    texts = models.JSONField(default=dict, blank=True)
    keywords = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    verified = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["treaty", "order", "number"]
        constraints = [
            UniqueConstraint(name="provision_once", fields=["treaty", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.treaty}, {self.label}"

    @property
    def label(self) -> str:
        """«Article 4» for a number, the word itself for «preamble»."""
        return f"Article {self.number}" if self.number.isdigit() else self.number.capitalize()


class TreatyAction(Registered):
    """What happened to a treaty: signed, ratified, in force; by whom and when."""

    kind = models.CharField(max_length=30, help_text=_("signed, ratified, in force, …"))
    treaty = models.ForeignKey(Treaty, models.CASCADE, related_name="actions")
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=7, choices=Precision, default=Precision.DAY)
    place = models.CharField(max_length=100, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    signatories = models.ManyToManyField(Speaker, blank=True, related_name="+")

    class Meta:
        ordering = ["treaty", "day"]
        constraints = [
            CheckConstraint(
                name="action_day_or_unknown",
                condition=Q(day__isnull=False) | Q(precision="unknown"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.treaty}: {self.kind}"


class Event(Registered):
    """A dated occasion: summit, briefing, Security Council meeting, interview."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=40)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=7, choices=Precision, default=Precision.DAY)
    place = models.CharField(max_length=100, blank=True)
    country = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="hosted_events"
    )
    actors = models.ManyToManyField(Actor, blank=True, related_name="events")
    speakers = models.ManyToManyField(Speaker, blank=True, related_name="events")
    treaty = models.ForeignKey(
        Treaty, models.SET_NULL, null=True, blank=True, related_name="events"
    )
    provision = models.ForeignKey(
        Provision, models.SET_NULL, null=True, blank=True, related_name="events"
    )
    symbol = models.CharField(max_length=60, blank=True, help_text=_("UN document symbol."))
    related = ArrayField(models.CharField(max_length=100), default=list, blank=True)

    class Meta:
        ordering = ["-start", "slug"]
        constraints = [
            CheckConstraint(
                name="event_in_order", condition=Q(end__isnull=True) | Q(start__lte=F("end"))
            ),
        ]

    def __str__(self) -> str:
        return self.title
