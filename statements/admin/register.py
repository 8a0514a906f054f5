"""Data entry for actors and speakers, with their names, memberships and offices."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Model

from sources.admin import PROVENANCE
from statements.admin.exchange import ExchangeAdmin
from statements.admin.lasting import POINTERS, LastingAdmin
from statements.models import Actor, ActorName, Membership, Office, Speaker, SpeakerName

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Model]
    _Inline = admin.TabularInline[Model, Model]
else:
    _Admin = admin.ModelAdmin
    _Inline = admin.TabularInline

_DATES = ("start", "start_precision", "end", "end_precision")


class ActorNameInline(_Inline):
    model = ActorName
    extra = 0


class MembershipInline(_Inline):
    model = Membership
    fk_name = "member"
    raw_id_fields = ("group",)
    extra = 0


@admin.register(Actor)
class ActorAdmin(LastingAdmin, ExchangeAdmin):
    exchanged = "actors"
    list_display = ("name", "code", "kind", "parent", "confidence")
    list_filter = ("kind", "confidence")
    list_select_related = ("parent",)
    search_fields = ("name", "official_name", "=code", "=short_code", "names__text")
    raw_id_fields = ("parent",)
    readonly_fields = (*PROVENANCE, *POINTERS)
    inlines = (ActorNameInline, MembershipInline)


@admin.register(ActorName)
class ActorNameAdmin(_Admin):
    list_display = ("text", "kind", "language", "actor")
    list_filter = ("kind", "language")
    list_select_related = ("actor",)
    search_fields = ("text", "actor__name")
    raw_id_fields = ("actor",)


@admin.register(Membership)
class MembershipAdmin(_Admin):
    list_display = ("member", "group", "start", "end")
    list_filter = ("start",)
    list_select_related = ("member", "group")
    search_fields = ("member__name", "group__name")
    raw_id_fields = ("member", "group")


class SpeakerNameInline(_Inline):
    model = SpeakerName
    extra = 0


class OfficeInline(_Inline):
    model = Office
    fields = ("title", "actor", *_DATES, "verified_to", "acting", "confidence")
    raw_id_fields = ("actor",)
    extra = 0
    show_change_link = True


@admin.register(Speaker)
class SpeakerAdmin(LastingAdmin, ExchangeAdmin):
    exchanged = "speakers"
    list_display = ("name", "kind", "family_name", "wikidata_id", "confidence")
    list_filter = ("kind", "confidence", "gender")
    search_fields = ("name", "slug", "names__text", "=wikidata_id")
    prepopulated_fields = {"slug": ("name",)}
    raw_id_fields = ("actor",)
    readonly_fields = (*PROVENANCE, *POINTERS)
    inlines = (SpeakerNameInline, OfficeInline)


@admin.register(SpeakerName)
class SpeakerNameAdmin(_Admin):
    list_display = ("text", "kind", "language", "checked", "speaker")
    list_filter = ("kind", "language", "checked")
    list_select_related = ("speaker",)
    search_fields = ("text", "speaker__name")
    raw_id_fields = ("speaker",)


@admin.register(Office)
class OfficeAdmin(_Admin):
    list_display = ("speaker", "title", "actor", "start", "end", "confidence")
    list_filter = ("confidence", "acting", "title_kind", "start_precision")
    list_select_related = ("speaker", "actor")
    search_fields = ("title", "speaker__name", "actor__name")
    raw_id_fields = ("speaker", "actor", "organ")
    readonly_fields = PROVENANCE
