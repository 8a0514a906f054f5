"""Addresses that a row of the register had before somebody renamed it answer for ever."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from history.models import Change

View = Callable[..., HttpResponse]


def answers_formerly(model: type[Model], field: str) -> Callable[[View], View]:
    """Let a view whose argument is a `field` of `model` lead on from the field's former values.

    The argument has the name of the field. What is named so today goes before what was.
    """

    def answering(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **arguments: str) -> HttpResponse:
            try:
                return view(request, **arguments)
            except Http404:
                now = _today(model, field, arguments[field])
                match = request.resolver_match
                if now is None or match is None or match.view_name is None:
                    raise
                renamed = {**arguments, field: now}
                return redirect(match.view_name, permanent=True, **renamed)

        return answer

    return answering


def _today(model: type[Model], field: str, value: str) -> str | None:
    """What a row is called today that was called so; None when none was, or still is."""
    for spelling in dict.fromkeys([value, value.upper()]):
        changes = Change.objects.filter(
            table=model._meta.db_table,
            operation=Change.Operation.UPDATE,
            **{f"before__{field}": spelling},
        )
        for key in changes.order_by("-pk").values_list("key", flat=True)[:1]:
            row = model._default_manager.filter(pk=key).first()
            now = str(getattr(row, field)) if row else spelling
            return now if now != spelling else None
    return None
