"""Statements and what belongs to them. Judging happens by actions that call `review`, never by a
field."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from sources.admin import KeptAdmin, KeptInline
from statements import review
from statements.as_printed import NOT_PRINTED, is_as_printed
from statements.models import Attestation, EventMention, Party, Position, Review, Statement
from statements.models.dates import SaidPrecision
from statements.printed_before import printed_before, sentence
from statements.stance import CODEBOOK

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Model]
    _StatementAdmin = admin.ModelAdmin[Statement]
    _StatementForm = forms.ModelForm[Statement]
    _Inline = admin.TabularInline[Model, Model]
else:
    _Admin = _StatementAdmin = admin.ModelAdmin
    _StatementForm = forms.ModelForm
    _Inline = admin.TabularInline


class PartyInline(_Inline):
    model = Party
    fields = (
        "role",
        "order",
        "name",
        "speaker",
        "office",
        "actor",
        "printed",
        "printed_office",
    )
    readonly_fields = ("printed", "printed_office")
    raw_id_fields = ("speaker", "office", "actor")
    extra = 0


class AttestationInline(KeptInline):
    model = Attestation
    fields = (
        "snapshot",
        "mode",
        "start",
        "end",
        "words",
        "rule",
        "confidence",
        "attributed_by",
    )


class PositionInline(KeptInline):
    model = Position
    fields = ("treaty", "provision", "stance", "legal", "coder", "where", "rule")


class ReviewInline(KeptInline):
    model = Review
    fields = ("decision", "by", "why", "at")


class StatementForm(_StatementForm):
    """Refuses beside the field what `review.edit` and `review.publish` would refuse."""

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("said_on"), given.get("said_on_to")
        ordered = bool(first and last and first < last)
        if given.get("said_on_precision") == SaidPrecision.RANGE and not ordered:
            self.add_error(
                "said_on_to", "Say the first and the last of the days, in this order."
            )
        if {"text", "summarised"} & {*self.changed_data} and given.get("text"):
            self._look_up(given)
        dated = first if "said_on" in self.changed_data and self.instance.pk else None
        if dated and (day := printed_before(self.instance.pk, dated)):
            self.add_error("said_on", sentence(day))
        return given

    def _look_up(self, given: dict[str, Any]) -> None:
        """Refuse words that no report of the statement prints; one without reports waits for
        its first."""
        reports = list(self.instance.attestations.all()) if self.instance.pk else []
        summarised = bool(given.get("summarised"))
        if reports and not is_as_printed(given["text"], reports, summarised=summarised):
            self.add_error("text", NOT_PRINTED)


@admin.register(Statement)
class StatementAdmin(_StatementAdmin):
    form = StatementForm
    list_display = ("public_id", "text", "said_on", "status", "language", "version")
    list_filter = ("status", "language", "said_on_basis", "form")
    search_fields = ("=public_id", "text", "translation", "parties__name")
    raw_id_fields = ("event", "merged_into")
    readonly_fields = (
        "public_id", "status", "status_reason", "event_reason", "merged_into", "fingerprint", "version",
        "proposed_at", "published_at", "changed_at",
    )  # fmt: skip
    date_hierarchy = "said_on"
    inlines = (PartyInline, AttestationInline, PositionInline, ReviewInline)
    actions = ("publish", "reject", "withdraw")

    def has_judge_permission(self, request: HttpRequest) -> bool:
        """Whether the user may decide; who may only look at statements may not."""
        return request.user.has_perm("statements.add_review")

    @admin.action(description="Publish the selected statements", permissions=["judge"])
    def publish(self, request: HttpRequest, statements: QuerySet[Statement]) -> None:
        self._decide(request, statements, review.publish, "published", "")

    @admin.action(
        description="Reject the selected statements: not a statement", permissions=["judge"]
    )
    def reject(self, request: HttpRequest, statements: QuerySet[Statement]) -> None:
        self._decide(request, statements, review.reject, "rejected", "Not a statement.")

    @admin.action(
        description="Withdraw the selected statements: found wrong by an editor",
        permissions=["judge"],
    )
    def withdraw(self, request: HttpRequest, statements: QuerySet[Statement]) -> None:
        why = "Found wrong by an editor."
        self._decide(request, statements, review.withdraw, "withdrawn", why)

    def save_model(self, request: HttpRequest, obj: Statement, form: Any, change: bool) -> None:
        """Write a correction through the log of reviews."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        values = {
            name: form.cleaned_data[name]
            for name in form.changed_data
            if name in review.EDITABLE
        }
        if values:
            assert request.user.is_authenticated
            row = Statement.objects.get(pk=obj.pk)
            review.edit(row, request.user, "Corrected in the admin.", **values)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Write who takes part through the log too, so that no later run changes it back."""
        if change and not any(formset.has_changed() for formset in formsets):
            super().save_related(request, form, formsets, change)
        else:
            assert request.user.is_authenticated
            why = "Corrected in the admin." if change else "Entered in the admin."
            with review.correcting(form.instance, request.user, why):
                super().save_related(request, form, formsets, change)
        _tell_of_second(request, form.instance)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False  # its address never dies: withdraw it

    def _decide(
        self,
        request: HttpRequest,
        statements: QuerySet[Statement],
        decision: Callable[..., None],
        word: str,
        why: str,
    ) -> None:
        assert request.user.is_authenticated
        done = 0
        for statement in statements:
            try:
                decision(statement, request.user, why)
            except review.ReviewError as error:
                self.message_user(request, f"{statement.public_id}: {error}", messages.WARNING)
            else:
                done += 1
        self.message_user(request, f"{done} statements {word}.")


def _tell_of_second(request: HttpRequest, statement: Statement) -> None:
    """Say what comes next where the change of a published statement needs another editor."""
    row = Statement.objects.get(pk=statement.pk)
    if row.awaits_second:
        told = f"{row.public_id} is {row.get_status_display()}: another editor must publish it."
        messages.warning(request, told)


class CorrectingAdmin(_Admin):
    """Rows about a statement: whoever changes one decides about the statement, and that is logged."""

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        with self._correcting(request, obj):
            super().save_model(request, obj, form, change)
        self._tell(request, obj)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        with self._correcting(request, obj):
            super().delete_model(request, obj)
        self._tell(request, obj)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        """Of which statement a row is, is settled: a report that is of another is split off."""
        known = tuple(super().get_readonly_fields(request, obj))
        return known if obj is None else (*known, "statement")

    def _tell(self, request: HttpRequest, obj: Model) -> None:
        assert isinstance(obj, Party | Position)
        _tell_of_second(request, obj.statement)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    def _correcting(self, request: HttpRequest, obj: Model) -> AbstractContextManager[None]:
        assert isinstance(obj, Party | Position)
        assert request.user.is_authenticated
        return review.correcting(obj.statement, request.user, "Corrected in the admin.")


@admin.register(Party)
class PartyAdmin(CorrectingAdmin):
    list_display = ("name", "role", "speaker", "actor", "statement", "reason")
    list_filter = ("role",)
    list_select_related = ("speaker", "actor", "statement")
    search_fields = ("name", "printed", "=statement__public_id")
    raw_id_fields = ("statement", "speaker", "office", "actor")
    readonly_fields = ("printed", "printed_office", "reason")


@admin.register(Position)
class PositionAdmin(CorrectingAdmin):
    list_display = ("statement", "treaty", "provision", "stance", "legal", "coder", "rule")
    list_filter = ("stance", "legal", "object", "version")
    list_select_related = ("statement", "treaty", "provision__treaty", "coder")
    search_fields = ("=statement__public_id", "statement__text", "evidence")
    raw_id_fields = ("statement", "treaty", "provision")
    readonly_fields = (
        "coder",
        "where",
        "named",
        "rule",
        "version",
        "codebook",
        "evidence",
        "snapshot",
        "spans",
        "coded_at",
    )

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """A code is that of whoever gives it, also where it stood as the machine's."""
        assert isinstance(obj, Position)
        assert isinstance(request.user, User)
        obj.coder, obj.rule, obj.version = request.user, "", ""
        obj.codebook = CODEBOOK
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes what another person coded; they code beside it."""
        others = isinstance(obj, Position) and obj.coder_id not in {None, request.user.pk}
        return not others and super().has_change_permission(request, obj)


@admin.register(Attestation)
class AttestationAdmin(KeptAdmin):
    list_display = ("statement", "snapshot", "mode", "rule", "confidence", "attributed_by")
    list_filter = ("mode", "confidence", "rule", "attributed_by", "language")
    list_select_related = ("statement", "snapshot")
    search_fields = ("words", "=statement__public_id", "cue")


@admin.register(EventMention)
class EventMentionAdmin(KeptAdmin):
    list_display = ("statement", "event", "where", "printed", "version")
    list_filter = ("where",)
    list_select_related = ("statement", "event")
    search_fields = ("=statement__public_id", "printed", "event__title")
