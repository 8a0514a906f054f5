"""Speakers and actors as JSON; merged ones lead on, withdrawn ones say why."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from statements.access import Audience, audience
from statements.models import Actor, Office, Speaker
from statements.views.former import answers_formerly


@audience(Audience.PUBLIC)
@require_safe
@answers_formerly(Speaker, "slug")
def speaker_json(request: HttpRequest, slug: str) -> HttpResponse:
    """A speaker with names and offices. 301 for a merged one, 410 for a withdrawn one."""
    rows = Speaker.objects.select_related("merged_into", "actor")
    row = get_object_or_404(rows.prefetch_related("merged"), slug=slug)
    if row.withdrawn_at:
        return _gone(row, row.slug)
    if row.merged_into:
        return redirect("speaker-json", row.merged_into.slug, permanent=True)
    offices = row.offices.select_related("actor", "organ").order_by("-start", "pk")
    return _answer(
        {
            "id": row.slug,
            **_common(row),
            "family_name": row.family_name or None,
            "actor": row.actor.code if row.actor else None,
            "wikidata_id": row.wikidata_id or None,
            "offices": [_office(office) for office in offices],
            "merged_from": [one.slug for one in row.merged.all() if not one.withdrawn_at],
        }
    )


@audience(Audience.PUBLIC)
@require_safe
@answers_formerly(Actor, "code")
def actor_json(request: HttpRequest, code: str) -> HttpResponse:
    """An actor with its names. 301 for a merged one, 410 for a withdrawn one."""
    rows = Actor.objects.select_related("merged_into", "parent").prefetch_related("merged")
    row = get_object_or_404(rows, code=code.upper())
    if row.withdrawn_at:
        return _gone(row, row.code)
    last = row.merged_into or row
    if last.code != code:
        return redirect("actor-json", last.code, permanent=True)
    return _answer(
        {
            "id": row.code,
            **_common(row),
            "official_name": row.official_name or None,
            "short_code": row.short_code or None,
            "parent": row.parent.code if row.parent else None,
            "valid_from": row.valid_from.isoformat() if row.valid_from else None,
            "valid_to": row.valid_to.isoformat() if row.valid_to else None,
            "merged_from": [one.code for one in row.merged.all() if not one.withdrawn_at],
        }
    )


def _common(row: Actor | Speaker) -> dict[str, Any]:
    return {
        "url": f"{settings.SITE_URL}{row.get_absolute_url()}",
        "kind": row.kind,
        "name": row.name,
        "names": [
            {"text": name.text, "kind": name.kind, "language": name.language or None}
            for name in row.names.all()
        ],
    }


def _office(office: Office) -> dict[str, Any]:
    return {
        "title": office.title,
        "actor": office.actor.code,
        "organ": office.organ.code if office.organ else None,
        "start": office.start.isoformat() if office.start else None,
        "start_precision": office.start_precision,
        "end": office.end.isoformat() if office.end else None,
        "end_precision": office.end_precision,
        "acting": office.acting,
    }


def _gone(row: Actor | Speaker, key: str) -> HttpResponse:
    """The tombstone of a withdrawn entry."""
    assert row.withdrawn_at is not None
    successor = row.merged_into
    url = f"{settings.SITE_URL}{successor.get_absolute_url()}" if successor else None
    gone = {
        "id": key,
        "status": "withdrawn",
        "kind": row.kind,
        "name": row.name,
        "reason": row.withdrawn_why,
        "withdrawn_at": row.withdrawn_at.isoformat(),
        "successor": url,
    }
    return _answer(gone, status=410)


def _answer(record: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(record, status=status, json_dumps_params={"ensure_ascii": False})
