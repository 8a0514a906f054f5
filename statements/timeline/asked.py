"""Values as an address writes them -> the values that they are."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q
from django.db.models.functions import Coalesce

from sources.models import Source
from statements.models import Actor, Event, Membership, Provision, Speaker, Treaty
from statements.renamed import FormerNames
from statements.search.kinds import Kind
from statements.timeline import MAIN_TREATY
from statements.timeline.called import called
from statements.timeline.meanings import Meanings
from statements.timeline.numbering import known_keys, number_of
from statements.timeline.values import Value, listed, value_of, worded

Found = dict[str, Value]
_Finder = Callable[[Sequence[str], Meanings], Found]
_Named = tuple[str, str]  # a treaty's slug and the number of an article
_MEMBERS_OF_WHAT_IT_BECAME = Membership.objects.filter(
    group=Coalesce(OuterRef("merged_into"), OuterRef("pk"))
)


def find(kind: Kind, asked: Sequence[str], known: Meanings) -> Found:
    """The values of a kind that an address asks for, by how it writes them.

    Codes and slugs are found as they are and in the other case, then by former names; an entry
    that was merged is the one that it became. Then values are found by what pages call them. What
    nothing is called, or several are, is not in the result.
    """
    found = {
        value: one for (_, value), one in known.asked.known((kind, v) for v in asked).items()
    }
    if unknown := [value for value in asked if value not in found]:
        learnt = _FINDERS[kind](unknown, known)
        if named := [value for value in unknown if value not in learnt]:
            learnt |= called(kind, named)
        known.asked.put({(kind, value): one for value, one in learnt.items()})
        found |= learnt
    return found


def _by(kind: Kind, model: type[Model], field: str, otherwise: Callable[[str], str]) -> _Finder:
    """Rows by the name in addresses, as it is written or as `otherwise` writes it."""
    follow = hasattr(model, "merged_into")

    def found(asked: Sequence[str], known: Meanings) -> Found:
        names = {name for value in asked for name in (value, otherwise(value))}
        every = model._default_manager.annotate(number=number_of(kind))
        if follow:
            every = every.select_related("merged_into")
        if kind == Kind.ACTOR:
            every = every.annotate(group=Exists(_MEMBERS_OF_WHAT_IT_BECAME))
        rows = every.filter(**{f"{field}__in": sorted(names)})
        by_name: dict[str, Any] = {getattr(row, field): row for row in rows}
        result = {value: by_name.get(value) or by_name.get(otherwise(value)) for value in asked}
        unknown = [value for value in asked if result[value] is None]
        formerly = FormerNames(every, field, unknown)
        result |= {value: formerly.row(value) for value in unknown}
        standing = {
            value: (row.merged_into if follow else None) or row
            for value, row in result.items()
            if row is not None
        }
        values = {
            value: replace(value_of(row), group=getattr(result[value], "group", False))
            for value, row in standing.items()
        }
        # Most are asked for to be looked for, by the number that came along.
        known.numbers.put(
            {
                values[value]: number
                for value, row in standing.items()
                if (number := getattr(row, "number", None)) is not None
            }
        )
        return values

    return found


def _provisions(asked: Sequence[str], known: Meanings) -> Found:
    """Articles of treaties; `4`, or `Article 4`, is one of the main treaty."""
    named: dict[str, _Named] = {}
    for value in asked:
        slug, _, number = value.lower().removeprefix("article ").strip().rpartition(".")
        named[value] = slug or MAIN_TREATY, number
    wanted = Q()
    for slug, number in named.values():
        wanted |= Q(treaty__slug=slug, number__iexact=number)
    rows = Provision.objects.filter(wanted).select_related("treaty")
    found = {(row.treaty.slug, row.number.lower()): row for row in rows}
    if unknown := set(named.values()) - found.keys():
        found |= _provisions_formerly(unknown)
    return {value: value_of(found[name]) for value, name in named.items() if name in found}


def _provisions_formerly(named: Collection[_Named]) -> dict[_Named, Provision]:
    """Articles whose treaty had another slug before, or that had another number in it."""
    slugs = {slug for slug, _ in named}
    treaties = {row.slug: row for row in Treaty.objects.filter(slug__in=slugs)}
    if renamed := slugs - treaties.keys():
        formerly = FormerNames(Treaty.objects.all(), "slug", renamed)
        treaties |= {slug: row for slug in renamed if (row := formerly.row(slug))}
    every = Provision.objects.select_related("treaty").filter(treaty__in=treaties.values())
    numbers = {number for _, number in named}
    today = {(row.treaty_id, row.number): row for row in every.filter(number__in=numbers)}
    had = FormerNames(every, "number", numbers)
    found: dict[_Named, Provision] = {}
    for slug, number in named:
        if (treaty := treaties.get(slug)) is None:
            continue
        article = today.get((treaty.pk, number)) or had.row(number, _lies_in(treaty))
        if article is not None:
            found[slug, number] = article
    return found


def _lies_in(treaty: Treaty) -> Callable[[Provision], bool]:
    return lambda article: article.treaty_id == treaty.pk


def _one_of(kind: Kind) -> _Finder:
    values = {one.address: one for one in listed(kind)}
    return lambda asked, known: {
        value: values[value.lower()] for value in asked if value.lower() in values
    }


def _ever_had(kind: Kind) -> _Finder:
    """Of a kind without a list: what any statement ever had."""

    def found(asked: Sequence[str], known: Meanings) -> Found:
        keys = known_keys(kind, asked)
        return {value: one for value, key in keys.items() if (one := worded(kind, key))}

    return found


def _languages(asked: Sequence[str], known: Meanings) -> Found:
    """Codes of languages, whether or not anything was said in them."""
    codes = {value: value.lower() for value in asked}
    return {
        value: one
        for value, code in codes.items()
        if re.fullmatch(r"[a-z]{2,3}", code) and (one := worded(Kind.LANGUAGE, code))
    }


def _months(asked: Sequence[str], known: Meanings) -> Found:
    return {
        value: one
        for value in asked
        if re.fullmatch(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])", value)
        and (one := worded(Kind.MONTH, value))
    }


_FINDERS: dict[Kind, _Finder] = {
    Kind.ACTOR: _by(Kind.ACTOR, Actor, "code", str.upper),
    Kind.SPEAKER: _by(Kind.SPEAKER, Speaker, "slug", str.lower),
    Kind.TREATY: _by(Kind.TREATY, Treaty, "slug", str.lower),
    Kind.PROVISION: _provisions,
    Kind.SOURCE: _by(Kind.SOURCE, Source, "slug", str.lower),
    Kind.EVENT: _by(Kind.EVENT, Event, "slug", str.lower),
    Kind.OFFICE: _ever_had(Kind.OFFICE),
    Kind.OWNER: _ever_had(Kind.OWNER),
    Kind.LANGUAGE: _languages,
    Kind.MONTH: _months,
    **{
        kind: _one_of(kind)
        for kind in (Kind.STANCE, Kind.LEGAL, Kind.FORM, Kind.REVIEW, Kind.DIFFERS)
    },
}
