"""What the search knows of statements: to be looked at, since the database writes it."""

from django.contrib import admin

from sources.admin import KeptAdmin
from statements.models import FacetValue, SearchBase, SearchEntry


@admin.register(FacetValue)
class FacetValueAdmin(KeptAdmin):
    list_display = ("number", "kind", "key")
    list_filter = ("kind",)
    search_fields = ("=number", "key")


@admin.register(SearchEntry)
class SearchEntryAdmin(KeptAdmin):
    list_display = ("statement", "listed", "day", "last", "changed")
    list_filter = ("listed",)
    search_fields = ("=statement",)
    date_hierarchy = "day"
    exclude = ("packed",)


@admin.register(SearchBase)
class SearchBaseAdmin(KeptAdmin):
    list_display = ("generation", "documents", "built_at")
    list_filter = ("layout",)
    search_fields = ("=generation",)
