"""How a statement stands to a treaty, and what people decided about it."""

from functools import cache
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Exists, OuterRef, Q, UniqueConstraint
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sources.models import Snapshot
from statements.models.statements import Statement
from statements.models.treaties import Event, Provision, Treaty
from statements.stance import CODEBOOK
from statements.stance.objects import ON_THE_PACT

# How many characters of the words that show a stance are kept beside their places.
EVIDENCE = 300


class PositionQuerySet(models.QuerySet["Position"]):
    """The vocabulary in which pages ask for positions."""

    def by_person(self) -> Self:
        return self.filter(coder__isnull=False)

    def by_machine(self) -> Self:
        return self.filter(coder__isnull=True)

    def with_evidence(self) -> Self:
        """Those whose evidence has a place, with the text in which it stands."""
        return self.filter(snapshot__isnull=False).select_related("snapshot")


class Position(models.Model):
    """How a statement stands to a treaty or provision: a judgement that names its coder.

    Without a treaty it judges its `object` alone: what was said before there was a treaty, or
    of a matter beside every instrument. A coder gives each `matter` of a statement one code.

    The codes and their place on the scale from -2 to +2 are those of
    `statements/data/stance-codebook.md`; codes without a value count as unclear on the scale
    and keep their word, as do positions on an `object` beside the treaty. A machine's position
    names its `rule`, the `version` of the rules and the `evidence` words, which stand at `spans`
    (character offsets) in the text of `snapshot`; a person's names the `coder`. `codebook` is
    the version of the codebook that either followed.
    """

    class Stance(models.TextChoices):
        CONDEMNS = "condemns"
        REJECTS = "rejects"
        CONCERNED = "concerned"
        CRITICISES = "criticises"
        CALLS_FOR_RESTRAINT = "calls-for-restraint", _("calls for restraint")
        NEUTRAL = "neutral"
        NO_COMMENT = "no-comment", _("no comment")
        REPORTS = "reports"
        DENIES = "denies"
        DEFENDS = "defends"
        SUPPORTS = "supports"
        ENDORSES = "endorses"
        COMMITS = "commits"
        WARNS = "warns"
        UNCLEAR = "unclear"

    VALUES = {
        Stance.CONDEMNS: -2,
        Stance.REJECTS: -2,
        Stance.CONCERNED: -1,
        Stance.CRITICISES: -1,
        Stance.CALLS_FOR_RESTRAINT: -1,
        Stance.NEUTRAL: 0,
        Stance.NO_COMMENT: 0,
        Stance.REPORTS: 0,
        Stance.DEFENDS: 1,
        Stance.SUPPORTS: 1,
        Stance.ENDORSES: 2,
    }

    class Legal(models.TextChoices):
        VIOLATES_UNSCR = "violates-unscr", _("violates Council resolutions")
        WOULD_VIOLATE_UNSCR = "would-violate-unscr", _("would violate Council resolutions")
        MUST_COMPLY_UNSCR = "must-comply-unscr", _("must comply with Council resolutions")
        VIOLATES_CHARTER = "violates-charter", _("violates the Charter or international law")
        COMPATIBLE = "compatible", _("lawful")
        INVOKES_ARTICLE_51 = "invokes-article-51", _("invokes Article 51")
        DENIES_VIOLATION = "denies-violation", _("denies a violation")
        NONE = "none", _("no legal judgement")

    class Object(models.TextChoices):
        TREATY = "treaty"
        MILITARY_COOPERATION = "military-cooperation", _("military cooperation")
        ARMS_TRANSFERS = "arms-transfers", _("arms transfers")
        TROOPS = "troops"
        SUMMIT = "summit"
        SANCTIONS = "sanctions", _("sanctions, their review or monitoring")
        DPRK_WEAPONS = "dprk-weapons", _("DPRK weapons programmes")
        UKRAINE_ARMS = "ukraine-arms", _("arms for Ukraine")
        ALLIANCE = "alliance"
        DIALOGUE = "dialogue"
        UNCLEAR = "", _("not coded")

    class Where(models.TextChoices):
        """Where the treaty or provision is named; a person's judgement needs no place."""

        WORDS = "words", _("in the words")
        PARAGRAPH = "paragraph", _("in their paragraph")
        BEFORE = "before", _("in the paragraph before them")
        TITLE = "title", _("in the title")
        UNSAID = "", _("not said")

    class Modality(models.TextChoices):
        """How what is judged is put; coded by people."""

        UNCODED = "", _("not coded")
        ASSERTED = "asserted"
        CONDITIONAL = "conditional"
        POSSIBLE = "possible"
        FUTURE = "future"
        DENIED = "denied"
        REPORTED = "reported", _("reported of somebody else")

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="positions")
    treaty = models.ForeignKey(
        Treaty, models.PROTECT, null=True, blank=True, related_name="positions"
    )
    provision = models.ForeignKey(
        Provision, models.PROTECT, null=True, blank=True, related_name="positions"
    )
    object = models.CharField(max_length=20, choices=Object, default=Object.UNCLEAR, blank=True)
    stance = models.CharField(max_length=20, choices=Stance, default=Stance.UNCLEAR)
    legal = models.CharField(max_length=20, choices=Legal, default=Legal.NONE)
    modality = models.CharField(
        max_length=11, choices=Modality, default=Modality.UNCODED, blank=True
    )
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    where = models.CharField(max_length=9, choices=Where, default=Where.UNSAID, blank=True)
    named = models.CharField(
        max_length=200, blank=True, help_text=_("The name of the treaty or article as printed.")
    )
    rule = models.CharField(max_length=200, blank=True)
    version = models.CharField(max_length=20, blank=True)
    codebook = models.CharField(max_length=20, default=CODEBOOK, blank=True)
    evidence = models.CharField(max_length=EVIDENCE, blank=True)
    snapshot = models.ForeignKey(
        Snapshot, models.CASCADE, null=True, blank=True, related_name="+"
    )
    spans = models.JSONField(default=list, blank=True)
    coded_at = models.DateTimeField(db_default=Now())

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["statement", "pk"]
        constraints = [
            CheckConstraint(
                name="position_names_its_coder", condition=Q(coder__isnull=False) | ~Q(rule="")
            ),
            CheckConstraint(
                name="position_judges_something",
                condition=Q(treaty__isnull=False) | (Q(provision__isnull=True) & ~Q(object="")),
            ),
            UniqueConstraint(
                name="position_once_per_coder",
                fields=["statement", "treaty", "provision", "coder", "rule"],
                condition=Q(treaty__isnull=False),
                nulls_distinct=False,
            ),
            UniqueConstraint(
                name="position_once_per_object",
                fields=["statement", "object", "coder", "rule"],
                condition=Q(treaty__isnull=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        about = self.provision or self.treaty or self.get_object_display()
        return f"{self.get_stance_display()}: {about}"

    @property
    def matter(self) -> tuple[int | None, int | None, str]:
        """What is judged: treaty and provision, or without them the object."""
        return self.treaty_id, self.provision_id, "" if self.treaty_id else self.object

    @property
    def evidence_stands(self) -> bool:
        """Whether `evidence` begins with the very characters at `spans`; asks for the text."""
        if self.snapshot is None:
            return not self.spans
        text = self.snapshot.text
        within = all(0 <= start < end <= len(text) for start, end in self.spans)
        shown = " · ".join(text[start:end] for start, end in self.spans)
        return within and self.evidence.startswith(shown[:EVIDENCE])

    @property
    def judges_law_alone(self) -> bool:
        """Whether it tells what a statement says of law, and takes no stance from it."""
        return self.stance == self.Stance.UNCLEAR and self.legal != self.Legal.NONE

    @property
    def beside_the_treaty(self) -> bool:
        """Whether something else than the treaty and what it brings is judged."""
        return self.object not in ON_THE_PACT

    @property
    def value(self) -> int | None:
        """The place on the scale from -2 (condemns) to +2 (endorses); None when unclear, or
        when something beside the treaty is judged, such as the sanctions."""
        return self.value_of(self.stance, self.object)

    @staticmethod
    @cache
    def value_of(stance: str, about: str) -> int | None:
        """The value of a position with this stance on this object."""
        if about not in ON_THE_PACT:
            return None
        return Position.VALUES.get(Position.Stance(stance))


class EventMention(models.Model):
    """A dated event that a statement speaks of, in its words or in their context.

    It is the machine's: `printed` is what names the event, `where` says where that stands.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="event_mentions")
    event = models.ForeignKey(Event, models.CASCADE, related_name="mentions")
    where = models.CharField(max_length=9, choices=Position.Where)
    printed = models.CharField(max_length=300)
    version = models.CharField(max_length=20)

    class Meta:
        ordering = ["statement", "pk"]
        constraints = [
            UniqueConstraint(name="event_mentioned_once", fields=["statement", "event"]),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.printed}"


class ReviewQuerySet(models.QuerySet["Review"]):
    """The vocabulary in which pages ask for decisions."""

    def told(self) -> Self:
        """Those that readers are told of: what is done beside a statement is the desk's own
        affair."""
        return self.exclude(decision__in=Review.BESIDE)

    def standing(self) -> Self:
        """Those that can be taken back: neither undone nor undoing, and known by their act."""
        undone = Review.objects.filter(undoes=OuterRef("act"))
        return self.filter(act__isnull=False, undoes=None).exclude(Exists(undone))


class Review(models.Model):
    """One decision of a person about a statement. Rows are added and never changed.

    A trigger refuses to update or delete them. `act` is the deed in the history that the
    decision was part of, null where it was made before there was one; a decision that takes an
    earlier one back names that one's act in `undoes`.
    """

    class Decision(models.TextChoices):
        ENTER = "enter"
        PUBLISH = "publish"
        REJECT = "reject"
        EDIT = "edit"
        MERGE = "merge"
        WITHDRAW = "withdraw"
        POSITION = "position"
        SPLIT = "split"
        FLAG = "flag"
        UNFLAG = "unflag", _("take the flag off")
        APART = "apart", _("keep apart")
        UNDO = "undo"

    # These change nothing of the statement, so neither its version.
    BESIDE = [Decision.FLAG, Decision.UNFLAG, Decision.APART]

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=8, choices=Decision)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=Now())
    act = models.UUIDField(null=True, editable=False)
    undoes = models.UUIDField(null=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["by", "-id"], name="review_by_person"),
            models.Index(fields=["act"], name="review_of_act"),
            models.Index(
                fields=["undoes"], name="review_undoing", condition=Q(undoes__isnull=False)
            ),
            models.Index(
                fields=["decision"],
                name="review_joining",
                condition=Q(decision__in=["merge", "split"]),
            ),
        ]
        constraints = [
            CheckConstraint(
                name="review_says_why",
                condition=~Q(decision__in=["reject", "withdraw"]) | ~Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} {self.statement_id}"
