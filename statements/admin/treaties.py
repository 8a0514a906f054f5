"""Data entry for treaties with their articles and actions, and for events."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Model

from sources.admin import PROVENANCE
from statements.admin.exchange import ExchangeAdmin
from statements.admin.lasting import LastingAdmin
from statements.models import Event, Provision, Treaty, TreatyAction
from statements.templatetags.days import to_precision

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Model]
    _Inline = admin.TabularInline[Model, Model]
else:
    _Admin = admin.ModelAdmin
    _Inline = admin.TabularInline


class ProvisionInline(_Inline):
    model = Provision
    fields = ("number", "order", "heading", "verified")
    extra = 0
    show_change_link = True


class ActionInline(_Inline):
    model = TreatyAction
    fields = ("kind", "actor", "day", "precision", "place")
    raw_id_fields = ("actor",)
    extra = 0
    show_change_link = True


@admin.register(Treaty)
class TreatyAdmin(LastingAdmin, ExchangeAdmin):
    exchanged = "treaties"
    list_display = ("short_name", "kind", "signed", "in_force")
    list_filter = ("kind", "confidence")
    search_fields = ("short_name", "slug", "summary")
    prepopulated_fields = {"slug": ("short_name",)}
    raw_id_fields = ("parties", "concerns")
    readonly_fields = PROVENANCE
    inlines = (ProvisionInline, ActionInline)

    @admin.display(description="signed on", ordering="signed_on")
    def signed(self, treaty: Treaty) -> str:
        return to_precision(treaty.signed_on, treaty.signed_on_precision)

    @admin.display(description="in force on", ordering="in_force_on")
    def in_force(self, treaty: Treaty) -> str:
        return to_precision(treaty.in_force_on, treaty.in_force_on_precision)


@admin.register(Provision)
class ProvisionAdmin(LastingAdmin):
    list_display = ("treaty", "number", "heading", "verified")
    list_filter = ("verified", "treaty")
    list_select_related = ("treaty",)
    search_fields = ("heading", "summary", "=number")
    raw_id_fields = ("treaty",)
    readonly_fields = PROVENANCE


@admin.register(TreatyAction)
class TreatyActionAdmin(_Admin):
    list_display = ("treaty", "kind", "actor", "day", "precision")
    list_filter = ("kind", "precision")
    list_select_related = ("treaty", "actor")
    search_fields = ("treaty__short_name", "detail", "place")
    raw_id_fields = ("treaty", "actor", "signatories")
    readonly_fields = PROVENANCE


@admin.register(Event)
class EventAdmin(LastingAdmin, ExchangeAdmin):
    exchanged = "events"
    list_display = ("title", "kind", "start", "end", "place", "country", "confidence")
    list_filter = ("kind", "confidence", "precision")
    list_select_related = ("country",)
    search_fields = ("title", "slug", "place", "symbol")
    prepopulated_fields = {"slug": ("title",)}
    raw_id_fields = ("country", "actors", "speakers", "treaty", "provision")
    readonly_fields = PROVENANCE
    date_hierarchy = "start"
