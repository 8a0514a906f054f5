"""What the desk and the readers have written about statements: to be looked at, not edited."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Model

from sources.admin import KeptAdmin
from statements.models import (
    Claim,
    CuratedEntry,
    Difference,
    Dispute,
    DisputeSender,
    Flag,
    Match,
    Review,
    SettledName,
)

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Model]
else:
    _Admin = admin.ModelAdmin


@admin.register(Dispute)
class DisputeAdmin(KeptAdmin):
    list_display = ("public_id", "statement", "disputed", "state", "made_at", "answered_by")
    list_filter = ("state",)
    list_select_related = ("statement", "answered_by")
    search_fields = ("=public_id", "=statement__public_id", "text", "answer")
    date_hierarchy = "made_at"


@admin.register(DisputeSender)
class DisputeSenderAdmin(KeptAdmin):
    list_display = ("sender", "at")
    list_filter = ("at",)
    search_fields = ("sender",)


@admin.register(CuratedEntry)
class CuratedEntryAdmin(KeptAdmin):
    list_display = ("entry", "statement")
    list_filter = ("statement__status",)
    list_select_related = ("statement",)
    search_fields = ("entry", "=statement__public_id")


@admin.register(Match)
class MatchAdmin(KeptAdmin):
    list_display = ("statement", "other", "verdict", "score", "rule", "by")
    list_filter = ("verdict", "rule")
    list_select_related = ("statement", "other", "by")
    search_fields = ("=statement__public_id", "=other__public_id", "why")


@admin.register(Difference)
class DifferenceAdmin(KeptAdmin):
    list_display = ("statement", "field")
    list_filter = ("field",)
    list_select_related = ("statement",)
    search_fields = ("=statement__public_id",)


@admin.register(SettledName)
class SettledNameAdmin(_Admin):
    """Deleting a row lets the name queue up again under /review/names/."""

    list_display = ("name", "why", "by", "at")
    list_filter = ("by",)
    list_select_related = ("by",)
    search_fields = ("name", "why")
    raw_id_fields = ("by",)


@admin.register(Flag)
class FlagAdmin(KeptAdmin):
    list_display = ("statement", "by", "note", "at")
    list_filter = ("by",)
    list_select_related = ("statement", "by")
    search_fields = ("=statement__public_id", "note")
    date_hierarchy = "at"


@admin.register(Claim)
class ClaimAdmin(KeptAdmin):
    list_display = ("statement", "by", "since", "until")
    list_filter = ("by",)
    list_select_related = ("statement", "by")
    search_fields = ("=statement__public_id", "by__username")


@admin.register(Review)
class ReviewAdmin(KeptAdmin):
    list_display = ("statement", "decision", "by", "why", "at")
    list_filter = ("decision", "by")
    list_select_related = ("statement", "by")
    search_fields = ("=statement__public_id", "why", "by__username")
    date_hierarchy = "at"
