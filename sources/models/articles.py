"""One page, its other names, and its bytes at one moment with the text read from them."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sources.models.outlets import Feed, Source


class ArticleQuerySet(models.QuerySet["Article"]):
    """The vocabulary in which pages and ingestion ask for articles."""

    def for_page(self) -> Self:
        return self.select_related("source", "feed")


class Article(models.Model):
    """One page by its canonical URL.

    A text given without an address has `text:<source id>:<sha256>` in its place, and a document
    of which only a reference is kept `reference:<source id>:<sha256>`. `stated_*` is
    what the feed said, or with `by_hand` a person, whose word goes before the page's; what the
    page itself says stands in its snapshots. `cluster` joins copies and near-copies of one text.
    `state` is what the last look at the page found, and `state_since` the first look in a row
    that found it so.
    """

    class State(models.TextChoices):
        """What stands at the article's address."""

        UNSEEN = "unseen", _("not looked at")
        PRESENT = "present"
        GONE = "gone"
        WALLED = "walled", _("behind a wall")

    source = models.ForeignKey(Source, models.PROTECT, related_name="articles")
    feed = models.ForeignKey(
        Feed, models.SET_NULL, null=True, blank=True, related_name="articles"
    )
    url = models.CharField(max_length=2000, unique=True)
    stated_title = models.CharField(max_length=1000, blank=True)
    stated_published_on = models.DateField(null=True, blank=True)
    stated_language = models.CharField(max_length=8, blank=True)
    by_hand = models.BooleanField(default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    found_at = models.DateTimeField(db_default=Now())
    cluster = models.PositiveBigIntegerField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=7, choices=State, default=State.UNSEEN)
    state_since = models.DateTimeField(null=True, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]

    def __str__(self) -> str:
        return self.stated_title or self.url

    @property
    def address(self) -> str:
        """Where it is printed; empty when nobody has said."""
        return "" if self.url.startswith(("text:", "reference:")) else self.url

    @property
    def urgency(self) -> int:
        """The priority of its work: somebody waits for what was added by hand."""
        return 2 if self.by_hand else 0

    def set_state(self, state: "Article.State") -> None:
        """Note what stands at its address, and since when it has."""
        others = Article.objects.filter(~Q(state=state), pk=self.pk)
        others.update(state=state, state_since=Now())


class ArticleAlias(models.Model):
    """Another name of an article within its source: a feed's GUID, an old or final URL."""

    class Kind(models.TextChoices):
        GUID = "guid", "GUID"
        URL = "url", "URL"

    article = models.ForeignKey(Article, models.CASCADE, related_name="aliases")
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind)
    value = models.CharField(max_length=2000)

    class Meta:
        constraints = [
            UniqueConstraint(name="alias_once_per_source", fields=["source", "kind", "value"]),
        ]
        verbose_name_plural = "article aliases"

    def __str__(self) -> str:
        return self.value


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """The vocabulary in which pages and the attribution ask for snapshots."""

    def read(self) -> Self:
        """Snapshots whose text has been read."""
        return self.filter(read_at__isnull=False)

    def texts(self) -> Self:
        """Snapshots whose text has been read from a document; what a reference says is none."""
        return self.read().exclude(origin=Snapshot.Origin.REFERENCE)

    def attributable(self) -> Self:
        """Snapshots whose text may be attributed: no person has to look at their dates first."""
        return self.texts().filter(held="")

    def with_article(self) -> Self:
        return self.select_related("article__source")

    def each_text_once(self) -> Self:
        """Of every article, the first of these snapshots of each text it has had."""
        texts = self.order_by("article_id", "text_sha256", "pk")
        return texts.distinct("article_id", "text_sha256")


class Snapshot(models.Model):
    """The bytes of an article at one moment, and the text that one reader version found there.

    The bytes lie in the snapshot store under `sha256`. They were fetched from `final_url`, or
    given by a person, and then have no `final_url` and no `status`: nobody has seen them on the
    page. A reference (`sources.models.references`) is no copy of its document at all. Bytes, address and the read text never change: a trigger refuses it, since attestations
    point into `text` by character offset. What a person says of the article stands on it. A changed page, or another reader version, makes a new row.
    Dates carry where they come from (`published_basis`), how exact they are and how far they
    are to be believed; they are null when the page has none. `dates` lists every date that the
    page states, believed or not. `held` is why a person must look at the dates first, a code of
    `sources.reasons`. `partial`: the page shows the beginning and keeps the rest behind a wall.
    `sketch` is a sample of the hashes of the text's shingles, by which near-copies are found.
    `damaged_at`: its stored bytes were found missing or changed.
    """

    class Origin(models.TextChoices):
        FETCHED = "fetched"
        GIVEN = "given", _("given by hand")
        REFERENCE = "reference", _("reference by hand")

    class Basis(models.TextChoices):
        """Where the publication date was read."""

        STATED = "stated", _("stated by the person who added it")
        FEED = "feed"
        JSONLD = "json-ld", "JSON-LD"
        META = "meta"
        URL = "url", "URL"
        TEXT = "text"
        NONE = "none"

    class Precision(models.TextChoices):
        """How exact the publication date is."""

        UNKNOWN = "", _("not known")
        MOMENT = "moment"
        DAY = "day"

    class Confidence(models.TextChoices):
        """How far the publication date is to be believed."""

        NONE = "", _("none")
        HIGH = "high"
        MEDIUM = "medium"
        LOW = "low"

    article = models.ForeignKey(Article, models.PROTECT, related_name="snapshots")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text=_("Bytes."))
    content_type = models.CharField(max_length=100)
    charset = models.CharField(max_length=40, blank=True)
    origin = models.CharField(max_length=9, choices=Origin, default=Origin.FETCHED)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    final_url = models.CharField(max_length=2000, blank=True)
    redirects = ArrayField(models.CharField(max_length=2000), default=list, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    fetched_at = models.DateTimeField(db_default=Now())
    reader = models.CharField(max_length=40)
    read_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    title = models.CharField(max_length=1000, blank=True)
    byline = models.CharField(max_length=500, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_basis = models.CharField(max_length=8, choices=Basis, default=Basis.NONE)
    published_precision = models.CharField(
        max_length=6, choices=Precision, default=Precision.UNKNOWN, blank=True
    )
    published_confidence = models.CharField(
        max_length=6, choices=Confidence, default=Confidence.NONE, blank=True
    )
    dates = models.JSONField(default=list, blank=True)
    held = models.CharField(max_length=40, blank=True)
    section = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=8, blank=True)
    partial = models.BooleanField(default=False)
    sketch = ArrayField(models.BigIntegerField(), default=list, blank=True)
    damaged_at = models.DateTimeField(null=True, blank=True)
    warnings = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-fetched_at", "-pk"]
        indexes = [
            GinIndex(fields=["sketch"], name="snapshot_sketch", fastupdate=False),
            models.Index(fields=["sha256"], name="snapshot_bytes"),
        ]
        constraints = [
            UniqueConstraint(
                name="snapshot_once_per_reader", fields=["article", "sha256", "reader"]
            ),
            CheckConstraint(
                name="snapshot_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
            CheckConstraint(
                name="snapshot_given_was_not_fetched",
                condition=Q(origin="fetched", status__isnull=False, given_by__isnull=True)
                & ~Q(final_url="")
                | Q(
                    origin__in=["given", "reference"],
                    status__isnull=True,
                    final_url="",
                    redirects=[],
                ),
            ),
            CheckConstraint(
                name="snapshot_date_has_basis",
                condition=Q(published_on__isnull=True) | ~Q(published_basis="none"),
            ),
            CheckConstraint(
                name="snapshot_text_is_read", condition=Q(text="") | Q(read_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.final_url or self.sha256[:12]

    @property
    def given(self) -> bool:
        """Whether a person gave the bytes, so that nobody has seen them on the page."""
        return self.origin != self.Origin.FETCHED

    @property
    def described(self) -> bool:
        """Whether it is a reference: what a person typed about a document that is not kept."""
        return self.origin == self.Origin.REFERENCE

    @property
    def address(self) -> str:
        """Where it was fetched or, when it was given, is said to be printed; may be empty."""
        return self.final_url or self.article.address


class Visit(models.Model):
    """One look at an article's page, and what stood there.

    `snapshot` is what was kept of it, made by this look or by an earlier one that found the
    same bytes; `reason_code` and `reason_text` say why there is none.
    """

    class Outcome(models.TextChoices):
        NEW = "new", _("first seen")
        UNCHANGED = "unchanged"
        CHANGED = "changed"
        GONE = "gone"
        WALLED = "walled", _("behind a wall")
        FAILED = "failed", _("could not be seen")

    article = models.ForeignKey(Article, models.CASCADE, related_name="visits")
    at = models.DateTimeField(db_default=Now())
    outcome = models.CharField(max_length=9, choices=Outcome)
    snapshot = models.ForeignKey(
        Snapshot, models.SET_NULL, null=True, blank=True, related_name="visits"
    )
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    reason_code = models.CharField(max_length=40, blank=True)
    reason_text = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["article", "-at"], name="visit_of_article")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at:%Y-%m-%d %H:%M}"
