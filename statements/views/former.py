"""Addresses that a row of the register had before somebody renamed it answer for ever."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from history.models import Change

View = Callable[..., HttpResponse]


def answers_formerly(
    model: type[Model], field: str, *, within: str = ""
) -> Callable[[View], View]:
    """Let a view whose argument is a `field` of `model` lead on from the field's former values.

    The argument has the name of the field. What is named so today goes before what was. Where
    values are told apart by what the row belongs to, `within` is the lookup of that, whose last
    part is the name of another argument: «treaty__slug».
    """

    def answering(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **arguments: str) -> HttpResponse:
            try:
                return view(request, **arguments)
            except Http404:
                rows = model._default_manager.all()
                if within:
                    rows = rows.filter(**{within: arguments[within.rpartition("__")[2]]})
                now = _today(rows, field, arguments[field], scoped=bool(within))
                match = request.resolver_match
                if now is None or match is None or match.view_name is None:
                    raise
                renamed = {**arguments, field: now}
                return redirect(match.view_name, permanent=True, **renamed)

        return answer

    return answering


def _today(rows: "QuerySet[Model]", field: str, value: str, *, scoped: bool) -> str | None:
    """What one of the rows is called today that was called so; None when none was, or still is."""
    for spelling in dict.fromkeys([value, value.upper()]):
        changes = Change.objects.filter(
            table=rows.model._meta.db_table,
            operation=Change.Operation.UPDATE,
            **{f"before__{field}": spelling},
        )
        if scoped:
            changes = changes.filter(
                key__in=[str(key) for key in rows.values_list("pk", flat=True)]
            )
        for key in changes.order_by("-pk").values_list("key", flat=True)[:1]:
            row = rows.filter(pk=key).first()
            now = str(getattr(row, field)) if row else spelling
            return now if now != spelling else None
    return None
