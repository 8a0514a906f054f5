"""Who may speak: states and organisations, people and bodies, and the posts they hold."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sources.registered import Registered
from statements.models.dates import Precision
from statements.models.withdrawn import Withdrawable


class ActorQuerySet(models.QuerySet["Actor"]):
    """The vocabulary in which pages and filters ask for actors."""

    def standing(self) -> Self:
        """Actors that were neither merged into another nor withdrawn."""
        return self.filter(merged_into__isnull=True, withdrawn_at__isnull=True)

    def with_names(self) -> Self:
        return self.prefetch_related("names")


class Actor(Withdrawable, Registered):
    """A state, an organisation, a bloc or an organ for which somebody speaks.

    `code` is what readers see and addresses carry: ISO 3166-1 alpha-3 for states (`KOR`),
    `X-…` for organisations (`X-EU`), the state's alpha-2 and the organ for organs
    (`KR-MOFA`). `short_code` is alpha-2 or the organisation's own short name (`EU`), as the
    attribution reports it.
    """

    class Kind(models.TextChoices):
        STATE = "state"
        OBSERVER = "observer"
        HISTORICAL = "historical", _("historical state")
        ORGANISATION = "organisation"
        ORGAN = "organ", _("organ of an organisation")
        BLOC = "bloc"
        BODY = "body"
        STATE_ORGAN = "state_organ", _("organ of a state")
        MEDIA = "media"
        OTHER = "other"

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200)
    official_name = models.CharField(max_length=300, blank=True)
    short_code = models.CharField(max_length=12, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="organs"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            CheckConstraint(name="actor_code_form", condition=Q(code__regex=r"^[A-Z0-9-]+$")),
            CheckConstraint(
                name="actor_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
            ),
            CheckConstraint(
                name="actor_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
            CheckConstraint(
                name="actor_valid_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.code])


class ActorName(models.Model):
    """One more name of an actor, with how far it may be trusted alone."""

    class Kind(models.TextChoices):
        ALIAS = "alias"
        CONTEXT = "context", _("needs context")
        ADJECTIVE = "adjective"
        NOUN = "noun", _("inhabitant")
        CAPITAL = "capital"
        METONYM = "metonym", _("place that may stand for the government")
        NATIVE = "native", _("name in another language")

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="names")
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.ALIAS)
    language = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["actor", "kind", "text"]
        constraints = [
            UniqueConstraint(
                name="actor_name_once", fields=["actor", "kind", "language", "text"]
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Membership(models.Model):
    """One actor belongs to another from one day to another: G7, NATO, UNSC in 2024."""

    member = models.ForeignKey(Actor, models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Actor, models.CASCADE, related_name="members")
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["group", "member", "start"]
        constraints = [
            UniqueConstraint(
                name="membership_once",
                fields=["member", "group", "start"],
                nulls_distinct=False,
            ),
            CheckConstraint(
                name="membership_in_order",
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(start__lte=F("end")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.group}"


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    """The vocabulary in which pages and filters ask for speakers."""

    def standing(self) -> Self:
        """Speakers that were neither merged into another nor withdrawn."""
        return self.filter(merged_into__isnull=True, withdrawn_at__isnull=True)

    def with_offices(self) -> Self:
        return self.prefetch_related("names", "offices__actor", "offices__organ")


class Speaker(Withdrawable, Registered):
    """A person, or a body that speaks as one.

    `gender` helps to resolve pronouns and never excludes anybody. `actor` is the body itself
    when a ministry or an agency is the speaker.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        BODY = "body"

    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.PERSON)
    name = models.CharField(max_length=200)
    family_name = models.CharField(max_length=100, blank=True)
    gender = models.CharField(max_length=1, blank=True, choices={"m": "m", "f": "f"})
    actor = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="voices"
    )
    wikidata_id = models.CharField(max_length=20, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            CheckConstraint(
                name="speaker_wikidata_id", condition=Q(wikidata_id__regex=r"^(Q[0-9]+)?$")
            ),
            CheckConstraint(
                name="speaker_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
            ),
            CheckConstraint(
                name="speaker_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("speaker", args=[self.slug])


class SpeakerName(models.Model):
    """One more spelling of a speaker's name."""

    class Kind(models.TextChoices):
        ALIAS = "alias"
        NATIVE = "native", _("name in another language")

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.ALIAS)
    language = models.CharField(max_length=8, blank=True)
    checked = models.BooleanField(default=False, help_text=_("Seen in a source."))

    class Meta:
        ordering = ["speaker", "text"]
        constraints = [
            UniqueConstraint(
                name="speaker_name_once", fields=["speaker", "kind", "language", "text"]
            ),
        ]

    def __str__(self) -> str:
        return self.text


class OfficeQuerySet(models.QuerySet["Office"]):
    """The vocabulary in which the attribution and pages ask for offices."""

    def held_on(self, day: date) -> Self:
        """Offices whose known limits do not exclude `day`; an unknown limit excludes nothing."""
        begun = Q(start__isnull=True) | Q(start__lte=day)
        not_ended = Q(end__isnull=True) | Q(end__gte=day)
        return self.filter(begun & not_ended)


class Office(Registered):
    """A post held by a speaker for an actor, from one day to another.

    An unknown first or last day is null. `attested_from` and `attested_to` are the first and
    last day on which a source shows the person in the post; `verified_to` the last day up to
    which a current post was seen to be still held. `rank` runs from 1, the most authoritative
    voice of an actor, to 9.
    """

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="offices")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="offices")
    organ = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="organ_offices"
    )
    title = models.CharField(max_length=200)
    title_kind = models.CharField(max_length=60, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    start = models.DateField(null=True, blank=True)
    start_precision = models.CharField(
        max_length=7, choices=Precision, default=Precision.UNKNOWN
    )
    start_basis = models.CharField(max_length=20, blank=True)
    end = models.DateField(null=True, blank=True)
    end_precision = models.CharField(max_length=7, choices=Precision, default=Precision.UNKNOWN)
    end_basis = models.CharField(max_length=20, blank=True)
    attested_from = models.DateField(null=True, blank=True)
    attested_to = models.DateField(null=True, blank=True)
    verified_to = models.DateField(null=True, blank=True)
    acting = models.BooleanField(default=False)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["speaker", "-start"]
        constraints = [
            CheckConstraint(
                name="office_in_order",
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(start__lte=F("end")),
            ),
            CheckConstraint(
                name="office_rank_1_to_9",
                condition=Q(rank__isnull=True) | Q(rank__range=(1, 9)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}, {self.title}"
