"""Treaties and their articles, beside the statements about them."""

from collections.abc import Callable
from functools import lru_cache

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from history.moments import Moment, moment
from statements.access import Audience, audience
from statements.models import Position, Provision, Statement, Treaty
from statements.stance.objects import ON_THE_PACT
from statements.views.former import answers_formerly
from statements.views.latest import StanceCount, newest, stances
from statements.views.standing import stands_on

_VISIBLE = Q(positions__statement__status__in=["proposed", "published"])


@audience(Audience.PUBLIC)
@require_safe
def treaties(request: HttpRequest) -> HttpResponse:
    """All instruments, those with statements first."""
    about = Count("positions__statement", filter=_VISIBLE, distinct=True)
    rows = Treaty.objects.annotate(said=about).prefetch_related("parties")
    return render(
        request,
        "statements/treaties.html",
        {"treaties": rows.order_by("-said", "-signed_on", "slug")},
    )


@audience(Audience.PUBLIC)
@require_safe
@answers_formerly(Treaty, "slug")
def treaty(request: HttpRequest, slug: str) -> HttpResponse:
    """One instrument: titles, what happened to it, its articles and the words about them."""
    row = get_object_or_404(Treaty.objects.prefetch_related("parties"), slug=slug)
    now = moment()
    actions = row.actions.select_related("actor").prefetch_related("signatories")
    return render(
        request,
        "statements/treaty.html",
        {
            "treaty": row,
            "titles": _titles(row),
            "actions": actions.order_by("day", "pk"),
            "cited": _cited(row.pk, now),
            **_said_about(now, row),
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
            "query": f"treaty={row.treaty.slug}&article={row.treaty.slug}.{row.number}",
            **_said_about(moment(), row.treaty, row),
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


def _said_about(
    now: Moment, row: Treaty, provision: Provision | None = None
) -> dict[str, object]:
    """Template context: the newest statements about a treaty or provision, and how all stand."""
    key = provision.pk if provision else None
    count, coded = _numbers(row.pk, key, now)
    return {
        "statements": newest(_about(row.pk, key)),
        "statement_count": count,
        "stances": coded,
    }


def _about(treaty: int, provision: int | None) -> QuerySet[Statement]:
    rows = Statement.objects.on_timeline()
    return rows.about_provisions([provision]) if provision else rows.about([treaty])


# All that was ever said of a treaty is counted for these, so they are kept until something changes.
_KEPT = 256  # answers


@lru_cache(maxsize=_KEPT)
def _numbers(
    treaty: int, provision: int | None, moment: Moment
) -> tuple[int, tuple[StanceCount, ...]]:
    about = _about(treaty, provision)
    return about.count(), tuple(stances(about))


@lru_cache(maxsize=_KEPT)
def _cited(treaty: int, moment: Moment) -> tuple[Provision, ...]:
    """The articles of a treaty, those most spoken about first, then in their own order.

    Each with how many statements about it stand on each side of it, and how many there are.
    """
    articles = Provision.objects.filter(treaty=treaty).annotate(
        against=_statements(_placed(lambda value: value < 0)),
        between=_statements(_placed(lambda value: value == 0)),
        behind=_statements(_placed(lambda value: value > 0)),
        unclear=_statements(~_placed(lambda value: True)),
        said=_statements(),
    )
    return tuple(articles.order_by("-said", "order", "number"))


def _placed(stands: Callable[[int], bool]) -> Q:
    """Positions whose place on the scale does what is asked."""
    stances = [stance for stance, value in Position.VALUES.items() if stands(value)]
    return Q(positions__object__in=ON_THE_PACT, positions__stance__in=stances)


def _statements(among: Q | None = None) -> Count:
    return Count(
        "positions__statement",
        distinct=True,
        filter=_VISIBLE & among if among else _VISIBLE,
    )
