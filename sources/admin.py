"""Data entry for this room. What was fetched, and the record of the work, is read-only."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from sources import jobs
from sources.apart import NotStarted
from sources.capturing import accept_capture
from sources.credentials import encrypt
from sources.feeds import FeedError
from sources.fetching import (
    FetchError,
    NotAllowed,
    TemporaryFetchError,
    check_address,
    origin_of,
)
from sources.models import (
    Article,
    ArticleAlias,
    Credential,
    Feed,
    Heartbeat,
    HostState,
    Job,
    Reference,
    Snapshot,
    Source,
    Visit,
)
from sources.moves import MoveRefused, accept_move
from sources.polling import poll_now
from sources.preview import preview
from sources.reading import restate
from sources.reasons import REASONS, sentence
from sources.subjects import subjects_of
from sources.urls import BadUrl

if TYPE_CHECKING:
    _SourceAdmin = admin.ModelAdmin[Source]
    _FeedAdmin = admin.ModelAdmin[Feed]
    _ArticleAdmin = admin.ModelAdmin[Article]
    _KeptAdmin = admin.ModelAdmin[Model]
    _FeedInline = admin.TabularInline[Feed, Source]
    _KeptInline = admin.TabularInline[Model, Model]
    _CredentialAdmin = admin.ModelAdmin[Credential]
    _FeedForm = ModelForm[Feed]
    _ArticleForm = ModelForm[Article]
    _CredentialForm = ModelForm[Credential]
else:
    _FeedForm = _CredentialForm = _ArticleForm = ModelForm
    _SourceAdmin = _FeedAdmin = _ArticleAdmin = _KeptAdmin = admin.ModelAdmin
    _CredentialAdmin = admin.ModelAdmin
    _FeedInline = _KeptInline = admin.TabularInline

PROVENANCE = ("register_id", "registered")
_FEED_RECORD = (
    "next_poll_at", "pace", "polled_at", "succeeded_at", "polls", "found", "failures",
    "failing_since", "error_code", "error_text", "etag", "last_modified", "body_sha256",
    "keyed_by_link", "parent",
)  # fmt: skip
_FEED_MOVES = ("moved_to", "moved_since", "moved_polls", "former_urls")


class KeptAdmin(_KeptAdmin):
    """Rows that the program writes and nobody changes: to be looked at and searched."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class KeptInline(_KeptInline):
    """Rows that the program writes, shown beside the row they belong to."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class FeedForm(_FeedForm):
    """A feed whose address the outbound gate would refuse is told so when it is saved.

    What was remembered of its last answer does not hold for another address, kind or selector.
    """

    class Meta:
        model = Feed
        fields = "__all__"

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        try:
            check_address(url)
        except (BadUrl, NotAllowed) as error:
            raise _refused(error) from error
        return url

    def clean(self) -> None:
        super().clean()
        if {"url", "kind", "selector"} & set(self.changed_data):
            self.instance.etag = self.instance.last_modified = self.instance.body_sha256 = ""
            self.instance.moved_to, self.instance.moved_since = "", None
            self.instance.moved_polls = 0


def _refused(error: BadUrl | NotAllowed) -> ValidationError:
    """What the form says about an address that is never fetched."""
    code = error.code if isinstance(error, NotAllowed) else "bad-url"
    text = str(error) if isinstance(error, NotAllowed) else sentence(code, str(error))
    return ValidationError(f"{text} {REASONS[code].next_step}")


class _Unsaved:
    """A form that is filled in to be looked at: Django shows it again and saves nothing."""

    def is_valid(self) -> bool:
        return False


class MovedFilter(admin.SimpleListFilter):
    """Feeds whose address leads permanently to another that nobody has accepted yet."""

    title = "moved"
    parameter_name = "moved"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Yes"), ("no", "No")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Feed]) -> QuerySet[Feed]:
        match self.value():
            case "yes":
                return queryset.exclude(moved_to="")
            case "no":
                return queryset.filter(moved_to="")
        return queryset


class FeedInline(_FeedInline):
    model = Feed
    form = FeedForm
    extra = 0
    fields = ("url", "kind", "selector", "interval", "enabled", "note")
    show_change_link = True


@admin.register(Source)
class SourceAdmin(_SourceAdmin):
    list_display = ("name", "kind", "country", "official", "sample", "confidence")
    list_filter = ("kind", "official", "sample", "confidence", "country")
    search_fields = ("name", "slug", "homepage", "ownership_group")
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = PROVENANCE
    inlines = (FeedInline,)


@admin.register(Feed)
class FeedAdmin(_FeedAdmin):
    form = FeedForm
    list_display = (
        "url", "source", "kind", "enabled", "succeeded_at", "error_code",
    )  # fmt: skip
    list_filter = ("enabled", "kind", MovedFilter, "error_code", "source__sample")
    list_select_related = ("source",)
    search_fields = ("url", "source__name", "note")
    raw_id_fields = ("source",)
    # What people say of a feed, then what the program notes of it.
    fieldsets = (
        (
            None,
            {"fields": ("source", "url", "kind", "selector", "enabled", "interval", "note")},
        ),
        ("How it does", {"fields": _FEED_RECORD}),
        ("Where its address leads", {"fields": _FEED_MOVES}),
    )
    readonly_fields = (*_FEED_RECORD, *_FEED_MOVES)
    actions = ("enable", "disable", "poll", "accept_new_address")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form of a feed; with «Try this source», also what the feed would bring now."""
        context = dict(extra_context or {})
        if _is_trial(request):
            context["tried"] = self._tried(request, object_id)
        return super().changeform_view(request, object_id, form_url, context)

    def get_fieldsets(self, request: HttpRequest, obj: Feed | None = None) -> Any:
        """Of a feed that is not saved yet there is no record to show."""
        return super().get_fieldsets(request, obj)[: None if obj else 1]

    def get_form(
        self, request: HttpRequest, obj: Feed | None = None, change: bool = False, **kwargs: Any
    ) -> type["ModelForm[Feed]"]:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (_Unsaved, form), {}) if _is_trial(request) else form

    def _tried(self, request: HttpRequest, object_id: str | None) -> dict[str, object] | None:
        """What the feed brings as it is filled in; None when the form itself is wrong."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        feed = self.get_object(request, object_id) if object_id else None
        form = super().get_form(request, feed, bool(feed))(request.POST, instance=feed)
        if not form.is_valid():
            return None
        if form.instance.kind == Feed.Kind.BY_HAND:
            return {"failure": "Articles of this kind are added by hand: nothing is fetched."}
        try:
            return {"preview": preview(form.instance)}
        except TemporaryFetchError as error:
            return {"failure": f"{error} Try it again in a moment."}
        except (FetchError, FeedError) as error:
            return {"failure": f"{error} {REASONS[error.code].next_step}"}
        except NotStarted as error:
            away = sentence("reader-away", str(error))
            return {"failure": f"{away} Try it again; after an update start the site anew."}

    @admin.action(description="Switch on the selected feeds", permissions=["change"])
    def enable(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        blind = feeds.filter(kind=Feed.Kind.PAGE_LIST, selector="")
        switched = feeds.exclude(pk__in=blind.values("pk")).update(enabled=True)
        self.message_user(request, f"{switched} feeds switched on.")
        if blind:
            self.message_user(
                request,
                f"{blind.count()} listing pages need a CSS selector for their links first.",
                messages.WARNING,
            )

    @admin.action(description="Switch off the selected feeds", permissions=["change"])
    def disable(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        self.message_user(request, f"{feeds.update(enabled=False)} feeds switched off.")

    @admin.action(description="Look at the selected feeds now", permissions=["change"])
    def poll(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        for feed in feeds:
            poll_now(feed)
        self.message_user(request, f"{len(feeds)} feeds will be looked at in a moment.")

    @admin.action(description="Accept the new address", permissions=["change"])
    def accept_new_address(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        done = 0
        for feed in feeds:
            try:
                accept_move(feed)
            except MoveRefused as refusal:
                self.message_user(request, f"{feed.url}: {refusal}", messages.WARNING)
            else:
                done += 1
        self.message_user(request, f"{done} feeds have their new address.")


def _is_trial(request: HttpRequest) -> bool:
    return request.method == "POST" and "_try" in request.POST


class AliasInline(KeptInline):
    model = ArticleAlias
    fields = ("kind", "value", "source")
    show_change_link = False


class ArticleForm(_ArticleForm):
    """A day that no article can have been published on is not taken for a person's word."""

    class Meta:
        model = Article
        fields = "__all__"

    def clean_stated_published_on(self) -> date | None:
        day: date | None = self.cleaned_data["stated_published_on"]
        if day and (day.year < 1990 or day > timezone.localdate() + timedelta(days=1)):
            raise ValidationError("The day lies before 1990 or in the future. Check the year.")
        return day


@admin.register(Article)
class ArticleAdmin(_ArticleAdmin):
    form = ArticleForm
    list_display = (
        "__str__", "source", "found_at", "state", "added_by",
    )  # fmt: skip
    list_filter = ("state", "by_hand", "source__sample", "stated_language", "source__kind")
    list_select_related = ("source", "added_by")
    search_fields = ("url", "stated_title", "source__name")
    raw_id_fields = ("source", "feed", "added_by")
    readonly_fields = (
        "url", "found_at", "cluster", "by_hand", "added_by", "state", "state_since",
    )  # fmt: skip
    date_hierarchy = "found_at"
    inlines = (AliasInline,)
    actions = ("capture",)

    def save_model(
        self, request: HttpRequest, obj: Article, form: "ModelForm[Article]", change: bool
    ) -> None:
        """What a person corrects is a person's word from then on, also for the texts kept."""
        stated = [name for name in form.changed_data if name.startswith("stated_")]
        obj.by_hand = obj.by_hand or bool(stated)
        # Only what was changed: a worker may be writing the rest.
        obj.save(update_fields=[*form.changed_data, "by_hand"])
        if stated:
            restate(obj, stated)

    @admin.action(description="Capture the selected articles again", permissions=["change"])
    def capture(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        assert request.user.is_authenticated
        for article in articles:
            job, new = accept_capture(article, f"by hand, after {article.visits.count()} looks")
            if not new:
                jobs.retry(job, request.user)
        self.message_user(request, f"{len(articles)} articles will be captured in a moment.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # the page «Add an article» also sees to its capture

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False  # its snapshots are evidence


@admin.register(ArticleAlias)
class ArticleAliasAdmin(KeptAdmin):
    list_display = ("value", "kind", "article")
    list_filter = ("kind",)
    list_select_related = ("article",)
    search_fields = ("value", "article__url")


@admin.register(Snapshot)
class SnapshotAdmin(KeptAdmin):
    list_display = ("__str__", "origin", "fetched_at", "published_on", "language")
    list_filter = ("origin", "partial", "held", "published_basis", "language", "reader")
    search_fields = ("title", "final_url", "sha256", "text_sha256")
    date_hierarchy = "fetched_at"


@admin.register(Reference)
class ReferenceAdmin(KeptAdmin):
    list_display = ("snapshot", "dated", "pages", "kept_at", "file_name")
    list_filter = ("summary_language",)
    list_select_related = ("snapshot",)
    search_fields = ("snapshot__title", "snapshot__byline", "kept_at", "summary")


@admin.register(Visit)
class VisitAdmin(KeptAdmin):
    list_display = ("article", "at", "outcome", "reason_code")
    list_filter = ("outcome", "reason_code")
    list_select_related = ("article",)
    search_fields = ("article__url", "reason_text")
    date_hierarchy = "at"


class JobList(ChangeList):
    """A page of jobs, each with the row that it is about, found together."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        subjects = subjects_of(self.result_list)
        for job in self.result_list:
            job.about = subjects.get(job.pk)


@admin.register(Job)
class JobAdmin(KeptAdmin):
    list_display = ("kind", "about", "state", "reason_code", "result", "created_at")
    readonly_fields = ("about",)
    list_filter = ("state", "kind", "reason_code")
    search_fields = ("=key", "reason_text", "=subject")
    actions = ("retry", "cancel")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return JobList

    @admin.display(description="about")
    def about(self, job: Job) -> str:
        """The feed, article or snapshot that it is about, by name, with a link to it."""
        subject = job.about if hasattr(job, "about") else subjects_of([job]).get(job.pk)
        if subject is None:
            return f"{job.subject}, which is not here any more"
        page = f"admin:{subject._meta.app_label}_{subject._meta.model_name}_change"
        return format_html('<a href="{}">{}</a>', reverse(page, args=[subject.pk]), subject)

    def has_run_permission(self, request: HttpRequest) -> bool:
        """Whether the user may retry and cancel; nobody may change a job by hand."""
        return request.user.has_perm("sources.change_job")

    @admin.action(description="Try the selected jobs again", permissions=["run"])
    def retry(self, request: HttpRequest, selected: QuerySet[Job]) -> None:
        assert request.user.is_authenticated
        done = sum(jobs.retry(job, request.user) for job in selected)
        self.message_user(request, f"{done} jobs will be tried again.")

    @admin.action(description="Cancel the selected jobs", permissions=["run"])
    def cancel(self, request: HttpRequest, selected: QuerySet[Job]) -> None:
        assert request.user.is_authenticated
        done = sum(jobs.cancel(job, request.user) for job in selected)
        self.message_user(request, f"{done} jobs cancelled.")


class CredentialForm(_CredentialForm):
    """A password is written and never shown. It belongs to its origin: another needs its own."""

    password = forms.CharField(
        required=False,
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="It is never shown. Leave it empty to keep the one that is there.",
    )

    class Meta:
        model = Credential
        fields = ("origin", "username", "note")

    def clean_origin(self) -> str:
        try:
            return origin_of(self.cleaned_data["origin"])
        except (BadUrl, NotAllowed) as error:
            raise _refused(error) from error

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if ":" in username:
            raise ValidationError("A user name holds no colon: HTTP has no way to send one.")
        return username

    def clean(self) -> None:
        super().clean()
        is_new = self.instance.pk is None or "origin" in self.changed_data
        if is_new and not self.cleaned_data.get("password"):
            self.add_error("password", "A password is told to its own origin only: enter it.")


@admin.register(Credential)
class CredentialAdmin(_CredentialAdmin):
    """The history of a row says that its password was changed, and by whom, never to what."""

    form = CredentialForm
    list_display = ("origin", "username", "changed_at")
    list_filter = ("changed_at",)
    search_fields = ("origin", "username", "note")
    fields = ("origin", "username", "password", "note", "changed_at")
    readonly_fields = ("changed_at",)

    def get_fields(self, request: HttpRequest, obj: Credential | None = None) -> Any:
        """All of them, but nothing was changed yet when one is added."""
        return [name for name in self.fields if obj or name != "changed_at"]

    def save_model(
        self, request: HttpRequest, obj: Credential, form: forms.Form, change: bool
    ) -> None:
        if password := form.cleaned_data["password"]:
            obj.secret = encrypt(password, obj.origin)
            obj.changed_at = timezone.now()
        super().save_model(request, obj, form, change)


@admin.register(HostState)
class HostStateAdmin(KeptAdmin):
    list_display = ("host", "next_allowed_at", "answered_at", "unreachable_at", "robots_status")
    list_filter = ("robots_status",)
    search_fields = ("host",)


@admin.register(Heartbeat)
class HeartbeatAdmin(KeptAdmin):
    list_display = ("name", "beat_at")
    list_filter = ("name",)
    search_fields = ("name",)
