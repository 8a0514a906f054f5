"""The corrections log as a page, as JSON and as an Atom feed."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from history.models import Seal
from history.verification import newest_seal
from statements.access import Audience, Reader, audience, reader_of
from statements.corrections import Correction, CorrectionsForm
from statements.doers import doer_of

PER_PAGE = 25
IN_FEED = 50


@audience(Audience.PUBLIC)
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """One page of corrections, newest first, and the newest seal of the history."""
    form = CorrectionsForm(request.GET)
    shown, older = _page(request, form)
    reader = reader_of(request)
    context = {
        "form": form,
        "corrections": [(one, doer_of(one.change, reader)) for one in shown],
        "older": older,
        "query": _narrowed(request),
        "seal": newest_seal(),
    }
    return render(request, "statements/corrections.html", context)


@audience(Audience.PUBLIC)
@require_safe
def changes_json(request: HttpRequest) -> JsonResponse:
    """The same page as JSON; `next` is the address of the older ones, `seal` the newest seal."""
    form = CorrectionsForm(request.GET)
    shown, older = _page(request, form)
    if form.errors:
        return JsonResponse({"errors": form.errors}, status=400)
    seal = newest_seal()
    return JsonResponse(
        {
            "corrections": [_record(one) for one in shown],
            "next": f"{settings.SITE_URL}{request.path}?{older}" if older else None,
            "seal": _seal_record(seal) if seal else None,
        }
    )


@audience(Audience.PUBLIC)
@require_safe
def changes_atom(request: HttpRequest) -> HttpResponse:
    """The fifty newest corrections that fit. An entry's id is that of its change, for ever."""
    form = CorrectionsForm(request.GET)
    found = form.found(IN_FEED)
    query = _narrowed(request)
    page = f"{settings.SITE_URL}{reverse('changes')}"
    feed = Atom1Feed(
        title="Demarche: corrections",
        link=page + (f"?{query}" if query else ""),
        description="What was corrected in checked statements and in the register",
        feed_url=f"{settings.SITE_URL}{request.path}" + (f"?{query}" if query else ""),
        language="en",
    )
    for one in found:
        differences = (
            f"{d.label}: {d.before or '–'} → {d.after or '–'}" for d in one.differences
        )
        feed.add_item(
            title=f"{one.subject}: {one.kind.label}",
            link=f"{settings.SITE_URL}{one.diff_url or one.url or reverse('changes')}",
            description=" · ".join(filter(None, [one.why, *differences])),
            unique_id=f"{page}#change-{one.change.pk}",
            author_name=doer_of(one.change, Reader(Audience.PUBLIC)),
            pubdate=one.change.at,
            updateddate=one.change.at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")


def _page(request: HttpRequest, form: CorrectionsForm) -> tuple[list[Correction], str]:
    """One page of corrections, and the query of the next one; '' when it is the last."""
    found = form.found(PER_PAGE + 1)
    if len(found) <= PER_PAGE:
        return found, ""
    more = request.GET.copy()
    more["before"] = str(found[PER_PAGE - 1].change.pk)
    return found[:PER_PAGE], more.urlencode()


def _narrowed(request: HttpRequest) -> str:
    """What narrows the log, without where somebody reads on."""
    query = request.GET.copy()
    for name in [name for name in query if name == "before" or not query[name]]:
        del query[name]
    return query.urlencode()


def _record(one: Correction) -> dict[str, Any]:
    return {
        "id": one.change.pk,
        "at": one.change.at.isoformat(),
        "kind": one.kind.value,
        "subject": one.subject,
        "url": f"{settings.SITE_URL}{one.url}" if one.url else None,
        "diff": f"{settings.SITE_URL}{one.diff_url}" if one.diff_url else None,
        "by": doer_of(one.change, Reader(Audience.PUBLIC)),
        "why": one.why or None,
        "changes": [
            {"field": d.label, "before": d.before or None, "after": d.after or None}
            for d in one.differences
        ],
    }


def _seal_record(seal: Seal) -> dict[str, Any]:
    return {"number": seal.number, "hash": seal.hash, "at": seal.change.at.isoformat()}
