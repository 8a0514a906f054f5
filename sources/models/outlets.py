"""Who publishes, where to look for new pages, and how politely."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sources.registered import Registered


class Source(Registered):
    """Who publishes: a ministry, a head of state's office, an agency, a newspaper.

    `country` is the ISO 3166-1 alpha-2 code of its seat; `speaks_for` the register id of the
    actor whose official voice it is, empty for independent media.
    """

    class Kind(models.TextChoices):
        HEAD_OF_STATE_OFFICE = "head_of_state_office"
        GOVERNMENT = "government"
        FOREIGN_MINISTRY = "foreign_ministry"
        DEFENCE_MINISTRY = "defence_ministry"
        PARLIAMENT = "parliament"
        IGO = "igo", _("intergovernmental organisation")
        NEWS_AGENCY = "news_agency"
        NEWSPAPER = "newspaper"
        BROADCASTER = "broadcaster"
        NEWS_SITE = "news_site"
        MAGAZINE = "magazine"
        AGGREGATOR = "aggregator"
        THINK_TANK = "think_tank"
        OTHER = "other"

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=Kind, default=Kind.OTHER)
    country = models.CharField(max_length=2, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    homepage = models.URLField(max_length=500, blank=True)
    official = models.BooleanField(default=False)
    speaks_for = models.CharField(max_length=80, blank=True)
    ownership_group = models.CharField(max_length=80, blank=True)
    sample = models.BooleanField(
        default=False, help_text=_("Part of the sample newsroom, not a real publisher.")
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            CheckConstraint(
                name="source_country_iso2", condition=Q(country__regex=r"^([A-Z]{2})?$")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FeedQuerySet(models.QuerySet["Feed"]):
    """The vocabulary in which polling asks for feeds."""

    def due(self) -> Self:
        """Enabled feeds whose next poll is not in the future, by the database's clock.

        The sitemaps of an index are looked at as long as the index is.
        """
        polled = self.exclude(kind=Feed.Kind.BY_HAND).filter(enabled=True)
        polled = polled.exclude(parent__enabled=False)
        return polled.filter(next_poll_at__lte=Now())

    def with_source(self) -> Self:
        return self.select_related("source")


class Feed(models.Model):
    """One place to look for new articles of a source.

    `selector` is the CSS selector of the links on a listing page, empty for other kinds.
    `etag` and `last_modified` are stored only once the effects of their poll are committed.
    `interval` is how often it is looked at when it brings something each time, `pace` how often
    it is at present. A sitemap that an index names is a feed with the index as its `parent`.
    `keyed_by_link`: two of its entries once shared a GUID, so its GUIDs name nothing any more.
    `moved_to` is where a permanent redirect leads, seen `moved_polls` times since `moved_since`;
    the address is changed for it only after a while, or by an editor.
    """

    class Kind(models.TextChoices):
        RSS = "rss", "RSS"
        ATOM = "atom"
        JSON = "json", "JSON Feed"
        SITEMAP = "sitemap"
        PAGE_LIST = "page_list", _("listing page")
        BY_HAND = "by_hand"

    source = models.ForeignKey(Source, models.CASCADE, related_name="feeds")
    url = models.CharField(max_length=2000, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RSS)
    selector = models.CharField(max_length=300, blank=True)
    enabled = models.BooleanField(default=False)
    interval = models.PositiveIntegerField(default=1800, help_text=_("Seconds between polls."))
    pace = models.PositiveIntegerField(
        default=0,
        help_text=_("Seconds between polls at present; it follows what the feed brings."),
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="nested"
    )
    next_poll_at = models.DateTimeField(db_default=Now())
    polled_at = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    body_sha256 = models.CharField(max_length=64, blank=True)
    polls = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(
        default=0, help_text=_("Failed polls since the last good one.")
    )
    failing_since = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True)
    error_text = models.TextField(blank=True)
    found = models.PositiveIntegerField(
        default=0, help_text=_("Entries in the feed at the last good poll.")
    )
    keyed_by_link = models.BooleanField(default=False)
    moved_to = models.CharField(max_length=2000, blank=True)
    moved_since = models.DateTimeField(null=True, blank=True)
    moved_polls = models.PositiveIntegerField(default=0)
    former_urls = ArrayField(models.CharField(max_length=2000), default=list, blank=True)
    note = models.TextField(blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["source__name", "url"]
        constraints = [
            CheckConstraint(name="feed_interval_at_least_5s", condition=Q(interval__gte=5)),
            CheckConstraint(
                name="feed_listing_has_selector",
                condition=~Q(kind="page_list") | ~Q(selector="") | Q(enabled=False),
            ),
        ]
        indexes = [
            models.Index(F("next_poll_at"), name="feed_due", condition=Q(enabled=True)),
        ]

    def __str__(self) -> str:
        return self.url


class HostStateQuerySet(models.QuerySet["HostState"]):
    """The vocabulary in which the gate asks for hosts."""

    def with_freshness(self) -> Self:
        """Say on each row, as `robots_fresh`, whether its robots.txt still holds."""
        fresh = Q(robots_until__isnull=False, robots_until__gt=Now())
        return self.annotate(
            robots_fresh=models.ExpressionWrapper(fresh, models.BooleanField())
        )


class HostState(models.Model):
    """Politeness towards one host (`host:port` when the port is not the scheme's own).

    One request at a time: the holder of `token` may talk until `token_until`; nobody talks
    before `next_allowed_at`. `robots` is the text of robots.txt; `robots_status` its HTTP
    status, 0 when it could not be had.
    """

    host = models.CharField(max_length=255, unique=True)
    next_allowed_at = models.DateTimeField(db_default=Now())
    token = models.UUIDField(null=True, blank=True)
    token_until = models.DateTimeField(null=True, blank=True)
    latency = models.FloatField(default=0, help_text=_("Seconds the last answer took."))
    answered_at = models.DateTimeField(null=True, blank=True)
    unreachable_at = models.DateTimeField(null=True, blank=True, db_index=True)
    robots = models.TextField(blank=True)
    robots_status = models.PositiveSmallIntegerField(null=True, blank=True)
    robots_until = models.DateTimeField(null=True, blank=True)
    robots_failing_since = models.DateTimeField(null=True, blank=True)

    # Said by `HostStateQuerySet.with_freshness`.
    robots_fresh: bool

    objects = HostStateQuerySet.as_manager()

    class Meta:
        ordering = ["host"]
        verbose_name_plural = "host states"

    def __str__(self) -> str:
        return self.host


class Credential(models.Model):
    """A user name and password that one origin (`https://host`) asks for, and no other is told.

    `secret` is encrypted with a key made from the site's secret key; no page ever shows it.
    """

    origin = models.CharField(max_length=300, unique=True)
    username = models.CharField(max_length=200)
    secret = models.BinaryField()
    note = models.TextField(blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["origin"]

    def __str__(self) -> str:
        return self.origin
