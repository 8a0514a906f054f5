"""Treaties and their articles, beside the statements about them."""

from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from history.moments import Moment, moment
from statements.access import Audience, audience
from statements.models import Position, Provision, Statement, Treaty
from statements.search.kinds import Kind
from statements.stance.objects import ON_THE_PACT
from statements.views.former import answers_formerly
from statements.views.latest import counts, latest, latest_counted
from statements.views.standing import stands_on


@audience(Audience.PUBLIC)
@require_safe
def treaties(request: HttpRequest) -> HttpResponse:
    """All instruments, those with statements first."""
    rows = Treaty.objects.prefetch_related("parties").order_by("-signed_on", "slug")
    said = counts(Kind.TREATY)
    listed = sorted(((row, said[row.pk]) for row in rows), key=lambda one: -one[1])
    return render(request, "statements/treaties.html", {"treaties": listed})


@audience(Audience.PUBLIC)
@require_safe
@answers_formerly(Treaty, "slug")
def treaty(request: HttpRequest, slug: str) -> HttpResponse:
    """One instrument: titles, what happened to it, its articles and the words about them."""
    row = get_object_or_404(Treaty.objects.prefetch_related("parties"), slug=slug)
    context, said = latest_counted(Kind.PROVISION, row)
    actions = row.actions.select_related("actor").prefetch_related("signatories")
    return render(
        request,
        "statements/treaty.html",
        {
            "treaty": row,
            "titles": _titles(row),
            "actions": actions.order_by("day", "pk"),
            "cited": _cited(row, said),
            **context,
            **stands_on(request, row),
        },
    )


@audience(Audience.PUBLIC)
@require_safe
@answers_formerly(Treaty, "slug")
@answers_formerly(Provision, "number", treaty__slug="slug")
def provision(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """One article of an instrument: its texts and the words about it."""
    rows = Provision.objects.select_related("treaty")
    row = get_object_or_404(rows, treaty__slug=slug, number=number)
    siblings = list(row.treaty.provisions.all())
    place = siblings.index(row)
    return render(
        request,
        "statements/provision.html",
        {
            "provision": row,
            "before": siblings[place - 1] if place else None,
            "after": siblings[place + 1] if place + 1 < len(siblings) else None,
            "texts": sorted(row.texts.items()),
            **latest(row.treaty, row),
            **stands_on(request, row.treaty, row),
        },
    )


def _titles(row: Treaty) -> list[tuple[str, str]]:
    """Each title with its language; notes of the register are not titles."""
    return [
        (language, title)
        for language, titles in row.titles.items()
        if isinstance(titles, list)
        for title in titles
    ]


def _cited(row: Treaty, said: Counter[int]) -> list[tuple[Provision, int]]:
    """The articles of a treaty with how many statements there are about each, those most spoken
    about first, then in their own order; each also counts those on each side of it."""
    sides = _by_side(row.pk, Statement.listed_unasked(), moment())
    articles = [(one, said[one.pk]) for one in sides]
    return sorted(articles, key=lambda one: -one[1])


# All that was ever said of a treaty is looked at, so it is kept until something changes.
@lru_cache(maxsize=256)
def _by_side(
    treaty: int, listed: frozenset[Statement.Status], moment: Moment
) -> tuple[Provision, ...]:
    """The articles of a treaty in their order, with how many of the statements about each that
    are listed stand on each side of it."""

    def statements(among: Q) -> Count:
        among &= Q(positions__statement__status__in=listed)
        return Count("positions__statement", distinct=True, filter=among)

    articles = Provision.objects.filter(treaty=treaty).annotate(
        against=statements(_placed(lambda value: value < 0)),
        between=statements(_placed(lambda value: value == 0)),
        behind=statements(_placed(lambda value: value > 0)),
        unclear=statements(~_placed(lambda value: True)),
    )
    return tuple(articles.order_by("order", "number"))


def _placed(stands: Callable[[int], bool]) -> Q:
    """Positions whose place on the scale does what is asked."""
    stances = [stance for stance, value in Position.VALUES.items() if stands(value)]
    return Q(positions__object__in=ON_THE_PACT, positions__stance__in=stances)
