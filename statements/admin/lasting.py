"""Rows that readers have seen are not deleted: their addresses answer for ever."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import ManyToOneRel, Model
from django.http import HttpRequest, HttpResponse

from statements.models import Actor, Membership, Provision, Speaker, TreatyAction

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Model]
else:
    _Admin = admin.ModelAdmin

# What belongs to a treaty and is deleted with it, unless something names it in turn.
_PARTS = {Provision, TreatyAction}
_KINDS: dict[type[Model], str] = {Speaker: "speakers", Actor: "actors"}
POINTERS = ("merged_into", "withdrawn_at", "withdrawn_why")


class LastingAdmin(_Admin):
    """Refuses to delete what statements name, what the register's files bring, and every
    speaker and actor; the page of the row says what to do instead."""

    change_form_template = "admin/statements/lasting_form.html"

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if obj is None:
            return not issubclass(
                self.model, Speaker | Actor
            ) and super().has_delete_permission(request)
        return not must_last(obj) and super().has_delete_permission(request, obj)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        shown = {
            "lasts": row is not None and must_last(row),
            "kind": _KINDS.get(self.model, ""),
            "key": getattr(row, "code", "") or getattr(row, "slug", ""),
        }
        return super().change_view(
            request, object_id, form_url, {**shown, **(extra_context or {})}
        )


def must_last(row: Model) -> bool:
    """Whether a row may not be deleted: something names it, or a load would bring it again."""
    if isinstance(row, Speaker | Actor) or getattr(row, "register_id", None):
        return True
    for relation in type(row)._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel):
            continue
        model = relation.related_model
        assert isinstance(model, type)
        if model is Membership or _joins(model, row):
            continue
        naming = model._default_manager.filter(**{relation.field.name: row.pk})
        if model in _PARTS:
            if any(must_last(part) for part in naming):
                return True
        elif naming.exists():
            return True
    return False


def _joins(model: type[Model], row: Model) -> bool:
    """Whether a table says only what a row has among its own lists."""
    owner: object = model._meta.auto_created
    return owner is type(row)
