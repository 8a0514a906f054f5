"""Speakers, actors and sources: their lists, and one page each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from history.moments import moment
from sources.cleaning import clean_line
from sources.models import Article, Source
from statements.access import Audience, audience
from statements.models import Actor, Membership, Office, Party, Speaker, Statement
from statements.register_acts import acts_of
from statements.search.kinds import Kind
from statements.search.register_names import register_names
from statements.views.former import answers_formerly
from statements.views.latest import LATEST, counts, latest
from statements.views.standing import actor_stands

_VISIBLE = [Statement.Status.PROPOSED, Statement.Status.PUBLISHED]
_LONGEST_SEARCH = 100  # characters


@dataclass(frozen=True)
class Listed:
    """One row of a list: an actor or a speaker, and how many statements are theirs."""

    row: Actor | Speaker
    statements: int


@audience(Audience.PUBLIC)
@require_safe
def speakers(request: HttpRequest) -> HttpResponse:
    """All speakers, those with statements first; `q` narrows by what a name may be, in any
    spelling or script."""
    words = clean_line(request.GET.get("q", ""), _LONGEST_SEARCH)
    rows = Speaker.objects.standing().prefetch_related(_offices())
    if words:
        rows = rows.filter(pk__in=register_names(moment()).speakers(words))
    said = counts(Kind.SPEAKER)
    listed = _most_first(Listed(row, said[row.pk]) for row in rows)
    return render(request, "statements/speakers.html", {"listed": listed, "words": words})


@audience(Audience.PUBLIC)
@require_safe
@answers_formerly(Speaker, "slug")
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """One speaker: names, offices over time, latest words."""
    rows = Speaker.objects.select_related("merged_into", "actor")
    row = get_object_or_404(rows.prefetch_related("names", _offices()), slug=slug)
    if row.withdrawn_at:
        return _withdrawn(request, row, "speakers")
    if row.merged_into:
        return redirect(row.merged_into, permanent=True)
    context = {"speaker": row, **latest(row)}
    context["acts"] = partial(acts_of, row)
    return render(request, "statements/speaker.html", context)


@audience(Audience.PUBLIC)
@require_safe
def actors(request: HttpRequest) -> HttpResponse:
    """States and organisations, those with statements first; `q` narrows by any name."""
    words = clean_line(request.GET.get("q", ""), _LONGEST_SEARCH)
    rows = Actor.objects.standing()
    if words:
        named = Q(name__icontains=words) | Q(code__iexact=words) | Q(names__text__iexact=words)
        rows = rows.filter(named).distinct()
    else:
        rows = rows.filter(parent__isnull=True)
    said = counts(Kind.ACTOR)
    listed = _most_first(Listed(row, said[row.pk]) for row in rows)
    return render(request, "statements/actors.html", {"listed": listed, "words": words})


@audience(Audience.PUBLIC)
@require_safe
@answers_formerly(Actor, "code")
def actor(request: HttpRequest, code: str) -> HttpResponse:
    """One state or organisation: who speaks for it, and its latest words."""
    rows = Actor.objects.select_related("merged_into", "parent").prefetch_related("names")
    row = get_object_or_404(rows, code=code.upper())
    if row.withdrawn_at:
        return _withdrawn(request, row, "actors")
    if row.merged_into:
        return redirect(row.merged_into, permanent=True)
    if row.code != code:
        return redirect(row, permanent=True)
    together = Membership.objects.filter(Q(member=row) | Q(group=row))
    together = together.select_related("member", "group").order_by(
        "group__name", "member__name"
    )
    return render(
        request,
        "statements/actor.html",
        {
            "actor": row,
            "acts": partial(acts_of, row),
            "voices": _speakers_for(row),
            "organs": row.organs.standing(),
            "memberships": [one for one in together if one.member_id == row.pk],
            "members": [one for one in together if one.group_id == row.pk],
            **latest(row),
            **actor_stands(request, row),
        },
    )


@audience(Audience.PUBLIC)
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Everybody who publishes, those with kept articles first."""
    rows = Source.objects.annotate(kept=Count("articles")).order_by("-kept", "name")
    return render(request, "statements/sources.html", {"sources": rows})


@audience(Audience.PUBLIC)
@require_safe
@answers_formerly(Source, "slug")
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """One source: who owns it, where we look, and its latest articles."""
    row = get_object_or_404(Source, slug=slug)
    articles = Article.objects.for_page().filter(source=row)
    return render(
        request,
        "statements/source.html",
        {
            "source": row,
            "speaks_for": _spoken_for(row),
            "feeds": row.feeds.order_by("-enabled", "url"),
            "articles": articles.prefetch_related("snapshots")[:LATEST],
            "article_count": articles.count(),
            **latest(row),
        },
    )


def _withdrawn(request: HttpRequest, row: Actor | Speaker, kind: str) -> HttpResponse:
    """What stays of an entry that was taken back."""
    offices = row.offices.select_related("actor") if isinstance(row, Speaker) else []
    context = {"entry": row, "kind": kind, "offices": offices, "acts": partial(acts_of, row)}
    return render(request, "statements/withdrawn_entry.html", context)


def _spoken_for(row: Source) -> Actor | None:
    """The actor whose voice a source is; of a merged one, that which it became."""
    actors = Actor.objects.filter(register_id=row.speaks_for or None)
    found = actors.select_related("merged_into").first()
    return found and (found.merged_into or found)


def _voices() -> QuerySet[Party]:
    return Party.objects.filter(role__in=Party.VOICES, statement__status__in=_VISIBLE)


def _offices() -> "Prefetch[str]":
    newest_first = Office.objects.select_related("actor", "organ")
    return Prefetch("offices", newest_first.order_by("-start", "-attested_to", "pk"))


def _most_first(listed: Iterable[Listed]) -> list[Listed]:
    return sorted(listed, key=lambda one: (-one.statements, one.row.name))


def _speakers_for(row: Actor) -> list[Listed]:
    """Who spoke for an actor or an organ of it, most words first, then who holds an office."""
    theirs = Q(actor=row) | Q(actor__parent=row)
    voices = _voices().filter(theirs, speaker__isnull=False).order_by()
    holders = Office.objects.filter(theirs | Q(organ=row)).values("speaker")
    of_each = voices.filter(speaker=OuterRef("pk")).values("speaker")
    said = of_each.annotate(said=Count("statement", distinct=True)).values("said")
    rows = (
        Speaker.objects.standing()
        .filter(Q(pk__in=voices.values("speaker")) | Q(pk__in=holders))
        .annotate(said=Coalesce(Subquery(said), 0))
        .prefetch_related(_offices())
    )
    return _most_first(Listed(one, one.said) for one in rows)  # type: ignore[attr-defined]
