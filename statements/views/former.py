"""Addresses that a row of the register had before somebody renamed it answer for ever."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from statements.renamed import called_formerly

View = Callable[..., HttpResponse]


def answers_formerly(model: type[Model], field: str, **within: str) -> Callable[[View], View]:
    """Let a view whose argument is a `field` of `model` lead on from the field's former values.

    The argument has the name of the field. What is named so today goes before what was.
    `within` says by which lookups the row lies in what other arguments name.
    """

    def answering(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **arguments: str) -> HttpResponse:
            try:
                return view(request, **arguments)
            except Http404:
                scope = {lookup: arguments[name] for lookup, name in within.items()}
                row = called_formerly(model, field, arguments[field], **scope)
                match = request.resolver_match
                if row is None or match is None or match.view_name is None:
                    raise
                renamed: dict[str, str] = {**arguments, field: str(getattr(row, field))}
                return redirect(match.view_name, permanent=True, **renamed)

        return answer

    return answering
