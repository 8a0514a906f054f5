"""One act of saying, who takes part in it, and where its words are printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sources.models import Snapshot, Source
from statements.models.dates import Precision, SaidPrecision
from statements.models.register import Actor, Office, Speaker
from statements.models.treaties import Event
from statements.public_ids import give_free_ids, new_public_id


class StatementQuerySet(models.QuerySet["Statement"]):
    """The vocabulary in which page, API and feed ask for statements."""

    def on_timeline(self) -> Self:
        """Statements that readers see: found by machine or verified, not judged away."""
        return self.filter(status__in=[Statement.Status.PROPOSED, Statement.Status.PUBLISHED])

    def published(self) -> Self:
        """Statements that a person stands behind."""
        return self.filter(status=Statement.Status.PUBLISHED)

    def reported_by(self, sources: list[Source]) -> Self:
        reports = Attestation.objects.filter(snapshot__article__source__in=sources)
        return self.filter(pk__in=reports.values("statement"))


# What a report that a person entered says instead of a version of the attribution.
ENTERED = "entered by hand"


@dataclass(frozen=True)
class Fragment:
    """Printed words that stand beside a summary, and their language; '' when it is not known."""

    words: str
    language: str


class Statement(models.Model):
    """One act of saying: who, on which day, in which words.

    `text` holds the best words in `language`; a translation is kept beside them and never
    instead of them. With `summarised` it is an editor's summary instead, since no report prints
    more of the words than fragments: it is never shown as what was said. `said_on` is null when the day cannot be known; `said_on_basis` says how
    it is known. Where it is one of several days, `said_on` is the first and `said_on_to` the last. `public_id` is permanent and never reused.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("found by machine, not yet checked")
        PUBLISHED = "published", _("checked by an editor")
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"

    class DateBasis(models.TextChoices):
        """How the day of saying is known."""

        EXPRESSION = "expression", _("a day named in the text")
        WEEKDAY = "weekday", _("a weekday, resolved against the publication date")
        OCCASION = "occasion", _("the day of the occasion that the speaker goes on at")
        PUBLICATION = "publication", _("the publication date of the report")
        DATELINE = "dateline", _("the dateline of the report")
        INFERRED = "inferred", _("what the report tells of the occasion")
        OTHER_SOURCE = "other_source", _("another source than the reports")
        EDITOR = "editor", _("set by an editor")
        NONE = "none", _("not known")

    class Form(models.TextChoices):
        UNKNOWN = "", _("not known")
        PRESS_CONFERENCE = "press_conference"
        INTERVIEW = "interview"
        SPEECH = "speech"
        JOINT_STATEMENT = "joint_statement"
        WRITTEN_STATEMENT = "written_statement"
        READOUT = "readout"
        UN_MEETING = "un_meeting", _("UN meeting")
        POST = "post", _("social media post")
        REMARKS = "remarks", _("remarks to the press")
        CALL = "call", _("telephone call")
        MEETING = "meeting", _("meeting or talks")
        HEARING = "hearing"
        TOAST = "toast"
        STATEMENT = "statement"
        MEDIA_REPORT = "media_report", _("report of state media")
        OTHER = "other"

    public_id = models.CharField(
        max_length=12, unique=True, default=new_public_id, editable=False
    )
    text = models.TextField()
    summarised = models.BooleanField(
        default=False, help_text=_("The text is an editor's summary and not what was said.")
    )
    language = models.CharField(max_length=8, blank=True)
    translation = models.TextField(blank=True)
    translation_language = models.CharField(max_length=8, blank=True)
    translated_by = models.CharField(max_length=60, blank=True)
    said_on = models.DateField(null=True, blank=True)
    said_on_to = models.DateField(null=True, blank=True)
    said_on_precision = models.CharField(
        max_length=7, choices=SaidPrecision, default=SaidPrecision.UNKNOWN
    )
    said_on_basis = models.CharField(max_length=12, choices=DateBasis, default=DateBasis.NONE)
    place = models.CharField(max_length=200, blank=True)
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="statements"
    )
    event_reason = models.CharField(
        max_length=200, blank=True, help_text=_("Why the machine took it for this event.")
    )
    form = models.CharField(max_length=17, choices=Form, default=Form.UNKNOWN, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.PROPOSED)
    status_reason = models.TextField(
        blank=True, help_text=_("Why it was rejected or withdrawn, as readers see it.")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    fingerprint = models.CharField(
        max_length=64,
        db_index=True,
        blank=True,
        editable=False,
        help_text=_("Hash of the normalised words; the same words are looked up by it."),
    )
    version = models.PositiveIntegerField(default=1)
    proposed_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = [F("said_on").desc(nulls_last=True), "-pk"]
        constraints = [
            CheckConstraint(name="statement_has_words", condition=~Q(text="")),
            CheckConstraint(
                name="statement_date_has_basis",
                condition=Q(said_on__isnull=True, said_on_basis="none")
                | (Q(said_on__isnull=False) & ~Q(said_on_basis="none")),
            ),
            CheckConstraint(
                name="statement_several_days",
                condition=Q(said_on_precision="range", said_on_to__gt=F("said_on"))
                | (~Q(said_on_precision="range") & Q(said_on_to__isnull=True)),
            ),
            CheckConstraint(
                name="statement_published_has_time",
                condition=~Q(status="published") | Q(published_at__isnull=False),
            ),
            CheckConstraint(
                name="statement_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
            CheckConstraint(
                name="statement_translation_has_language",
                condition=Q(translation="") | ~Q(translation_language=""),
            ),
        ]
        indexes = [
            models.Index(
                F("said_on").desc(nulls_last=True),
                F("id").desc(),
                name="statement_newest",
                condition=Q(status__in=["proposed", "published"]),
            ),
            models.Index(fields=["said_on"], name="statement_said_on"),
            models.Index(
                fields=["proposed_at", "id"],
                name="statement_waiting",
                condition=Q(status="proposed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}: {self.text[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row; a new one under an id that no other has."""
        if self._state.adding:
            give_free_ids([self])
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("statement", args=[self.public_id])

    def get_status_display(self) -> str:  # type: ignore[no-redef]  # Django's own gives way
        """Its status in words, which are others while it waits to be confirmed."""
        if self.awaits_second:
            return str(_("changed by an editor, not yet confirmed by a second one"))
        return str(self.Status(self.status).label)

    @classmethod
    def listed_unasked(cls) -> frozenset[Status]:
        """The statuses of what a reader is shown who does not ask for more: on a site with
        `PUBLIC_REVIEW` that is what an editor has checked."""
        checked = frozenset({cls.Status.PUBLISHED})
        return checked if settings.PUBLIC_REVIEW else checked | {cls.Status.PROPOSED}

    @property
    def awaits_second(self) -> bool:
        """Whether it was published and somebody has changed it since whose word is not enough."""
        return self.status == self.Status.PROPOSED and self.published_at is not None

    @property
    def entered(self) -> bool:
        """Whether a person entered a report of it, and no machine found it; needs its reports."""
        return entered_by_hand(one.attributed_by for one in self.attestations.all())

    @property
    def is_gone(self) -> bool:
        """Whether nobody stands any more behind it, or behind what it was merged into."""
        last = self.merged_into or self
        return last.status in {self.Status.WITHDRAWN, self.Status.REJECTED}

    @property
    def fragments(self) -> list[Fragment]:
        """The printed words that stand beside summaries of it, each once; needs its reports."""
        pieces = (each for one in self.attestations.all() for each in one.fragments)
        return list(dict.fromkeys(pieces))

    @property
    def paraphrased_in(self) -> "Attestation | None":
        """The report whose words it shows, when they are not quoted alone; needs its reports."""
        if self.summarised:
            return None
        reports = list(self.attestations.all())
        shown = next((one for one in reports if one.words == self.text), None)
        return None if shown is None or shown.mode == Attestation.Mode.QUOTED else shown


class Party(models.Model):
    """Who takes part in a statement, and how.

    What the register knows stands in `speaker`, `office` and `actor`; the words as printed
    stand beside them, since outlets get titles wrong.
    """

    class Role(models.TextChoices):
        SPEAKER = "speaker"
        CO_ISSUER = "co_issuer"
        ON_BEHALF_OF = "on_behalf_of"
        ADDRESSEE = "addressee"
        TARGET = "target"

    VOICES = [Role.SPEAKER, Role.CO_ISSUER, Role.ON_BEHALF_OF]

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=12, choices=Role, default=Role.SPEAKER)
    order = models.PositiveSmallIntegerField(default=0)
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="parties"
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="parties"
    )
    actor = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="parties"
    )
    name = models.CharField(max_length=300, help_text=_("The name, clean, as best known."))
    printed = models.CharField(
        max_length=500, blank=True, help_text=_("Name and title as printed.")
    )
    printed_office = models.CharField(max_length=300, blank=True)
    reason = models.CharField(
        max_length=200, blank=True, help_text=_("Why the words were taken for this party.")
    )

    class Meta:
        ordering = ["statement", "order", "pk"]
        verbose_name_plural = "parties"
        constraints = [
            UniqueConstraint(name="party_order", fields=["statement", "role", "order"]),
            CheckConstraint(name="party_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class AttestationQuerySet(models.QuerySet["Attestation"]):
    """The vocabulary in which pages and checks ask for reports."""

    def with_sources(self) -> Self:
        return self.select_related("snapshot__article__source", "snapshot__reference")

    def for_statement_page(self) -> Self:
        return self.with_sources().order_by("snapshot__published_on", "pk")


class Attestation(models.Model):
    """One snapshot's report of a statement: where the words are printed.

    `form` and `place` are what this report tells of the occasion, `said_on` the day that it
    implies, known as its basis says; occasion and day are printed at their own offsets.

    `start` and `end` are half-open character offsets into `snapshot.text`, and `words` are
    the very characters there: a trigger refuses anything else. Ten sources with the same
    words make one statement with ten attestations.

    In a «summary» only the pieces at `spans`, if any, are printed words. What stands before them
    is an editor's, which only a reference holds: the trigger sees to that, too.
    """

    class Mode(models.TextChoices):
        QUOTED = "quoted"
        MIXED = "mixed", _("partly quoted")
        PARAPHRASED = "paraphrased"
        SUMMARY = "summary", _("summary in an editor's words")

    class Joined(models.TextChoices):
        """How the report came to its statement."""

        EQUAL = "equal", _("the same words")
        PART = "part", _("part of the words")
        SPELLING = "spelling", _("the same words, spelled differently")
        WORDING = "wording", _("much the same words")
        QUOTED = "quoted", _("the same words in quotation marks")
        PERSON = "person", _("an editor")
        FIRST = "", _("the first report")

    class Directness(models.TextChoices):
        """How a document prints what a reference to it tells in an editor's words."""

        DIRECT = "direct", _("quoted in whole clauses")
        MIXED = "mixed", _("partly quoted")
        INDIRECT = "indirect", _("paraphrased")
        SUMMARY = "summary", _("its gist alone")

    class Translator(models.TextChoices):
        """Who translated the words, where it is known."""

        OFFICIAL = "official", _("the speaker's side")
        OUTLET = "outlet", _("the outlet")
        MACHINE = "machine", _("a machine")

    class Confidence(models.TextChoices):
        CONFIDENT = "confident"
        LIKELY = "likely"
        DOUBTFUL = "doubtful"

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="attestations")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="attestations")
    mode = models.CharField(max_length=11, choices=Mode)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.TextField()
    spans = models.JSONField(
        default=list, blank=True, help_text=_("The unbroken pieces of a split quotation.")
    )
    speaker_start = models.PositiveIntegerField(null=True, blank=True)
    speaker_end = models.PositiveIntegerField(null=True, blank=True)
    voices = models.JSONField(
        default=list,
        blank=True,
        help_text=_("Who speaks, as this report was read: name, words printed, reason."),
    )
    cue = models.CharField(max_length=100, blank=True)
    cue_start = models.PositiveIntegerField(null=True, blank=True)
    cue_end = models.PositiveIntegerField(null=True, blank=True)
    form = models.CharField(max_length=17, choices=Statement.Form, blank=True)
    place = models.CharField(max_length=200, blank=True)
    occasion_start = models.PositiveIntegerField(null=True, blank=True)
    occasion_end = models.PositiveIntegerField(null=True, blank=True)
    day_start = models.PositiveIntegerField(null=True, blank=True)
    day_end = models.PositiveIntegerField(null=True, blank=True)
    said_on = models.DateField(null=True, blank=True)
    said_on_precision = models.CharField(
        max_length=7, choices=Precision, default=Precision.UNKNOWN
    )
    said_on_basis = models.CharField(
        max_length=12, choices=Statement.DateBasis, default=Statement.DateBasis.NONE
    )
    language = models.CharField(max_length=8, blank=True)
    translated = models.BooleanField(
        default=False, help_text=_("The report says that it prints a translation of the words.")
    )
    translated_by = models.CharField(max_length=8, choices=Translator, blank=True)
    directness = models.CharField(
        max_length=8,
        choices=Directness,
        blank=True,
        help_text=_("How the document prints what a summary tells."),
    )
    via = models.CharField(
        max_length=200, blank=True, help_text=_("Whom the report credits for the words.")
    )
    attributed_by = models.CharField(max_length=40)
    rule = models.CharField(max_length=60, blank=True)
    confidence = models.CharField(max_length=9, choices=Confidence, blank=True)
    warnings = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    joined_by = models.CharField(
        max_length=8,
        choices=Joined,
        default=Joined.FIRST,
        blank=True,
        help_text=_("What made it a report of this statement."),
    )
    likeness = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Per cent, where likeness made it one.")
    )

    objects = AttestationQuerySet.as_manager()

    class Meta:
        ordering = ["snapshot", "start"]
        constraints = [
            CheckConstraint(name="attestation_has_words", condition=Q(start__lt=F("end"))),
            CheckConstraint(
                name="attestation_mode",
                condition=Q(mode__in=["quoted", "mixed", "paraphrased", "summary"]),
            ),
            CheckConstraint(
                name="attestation_likeness_is_per_cent",
                condition=Q(likeness__isnull=True) | Q(likeness__lte=100),
            ),
            UniqueConstraint(name="attestation_once", fields=["snapshot", "start", "end"]),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot} [{self.start}:{self.end}]"

    @property
    def is_summary(self) -> bool:
        """Whether it says in an editor's words what the document reports."""
        return self.mode == self.Mode.SUMMARY

    @property
    def pieces(self) -> list[str]:
        """The words at `spans`."""
        return pieces_at(self.spans, self.words, self.start)

    @property
    def fragments(self) -> list[Fragment]:
        """The printed words in a summary; none in what a report prints."""
        words = self.pieces if self.is_summary else []
        return [Fragment(each, self.language) for each in words]

    @property
    def summary(self) -> str:
        """An editor's words, which are nobody's quotation; '' for what a report prints."""
        if not self.is_summary:
            return ""
        first = min((start for start, _ in self.spans), default=self.end)
        return self.words[: first - self.start].strip()

    @property
    def occasion_printed(self) -> str:
        """The phrase that tells the occasion, as the snapshot prints it."""
        return self.snapshot.text[self.occasion_start or 0 : self.occasion_end or 0]

    @property
    def day_printed(self) -> str:
        """The expression that tells the day, as the snapshot prints it."""
        return self.snapshot.text[self.day_start or 0 : self.day_end or 0]


def pieces_at(spans: Iterable[tuple[int, int]], words: str, begin: int) -> list[str]:
    """The pieces at half-open offsets into a text of which the words stand from `begin` on.

    >>> pieces_at([(12, 15)], "One two", 8)
    ['two']
    """
    return [words[start - begin : end - begin] for start, end in spans]


def entered_by_hand(made_by: Iterable[str]) -> bool:
    """Whether there are reports, each of which says what made it, and a person entered all."""
    return set(made_by) == {ENTERED}
