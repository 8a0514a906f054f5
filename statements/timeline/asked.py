"""Values as an address writes them -> the values that they are."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model, Q

from sources.models import Source
from statements.models import Actor, Event, Provision, Speaker, Treaty
from statements.renamed import called_formerly
from statements.search.kinds import Kind
from statements.timeline import MAIN_TREATY
from statements.timeline.meanings import Meanings
from statements.timeline.numbering import known_keys
from statements.timeline.values import Value, listed, value_of, worded

# So many values of a facet are looked up among former names, each by itself.
_MOST_FORMER = 10

Found = dict[str, Value]
_Finder = Callable[[Sequence[str]], Found]


def find(kind: Kind, asked: Sequence[str], known: Meanings) -> Found:
    """The values of a kind that an address asks for, by how it writes them.

    Codes and slugs are found as they are and in the other case, then by former names; an entry
    that was merged is the one that it became. What nothing is called is not in the result.
    """
    found = {
        value: one for (_, value), one in known.asked.known((kind, v) for v in asked).items()
    }
    if unknown := [value for value in asked if value not in found]:
        learnt = _FINDERS[kind](unknown)
        known.asked.put({(kind, value): one for value, one in learnt.items()})
        found |= learnt
    return found


def _by(model: type[Model], field: str, otherwise: Callable[[str], str]) -> _Finder:
    """Rows by the name in addresses, as it is written or as `otherwise` writes it."""
    follow = hasattr(model, "merged_into")

    def found(asked: Sequence[str]) -> Found:
        names = {name for value in asked for name in (value, otherwise(value))}
        rows = model._default_manager.filter(**{f"{field}__in": sorted(names)})
        if follow:
            rows = rows.select_related("merged_into")
        known: dict[str, Any] = {getattr(row, field): row for row in rows}
        result = {value: known.get(value) or known.get(otherwise(value)) for value in asked}
        for value in [value for value in asked if result[value] is None][:_MOST_FORMER]:
            result[value] = called_formerly(model, field, value)
        return {
            value: value_of((row.merged_into if follow else None) or row)
            for value, row in result.items()
            if row is not None
        }

    return found


def _provisions(asked: Sequence[str]) -> Found:
    named = {value: value.lower().rpartition(".") for value in asked}
    wanted = Q()
    for slug, _, number in named.values():
        wanted |= Q(treaty__slug=slug or MAIN_TREATY, number__iexact=number)
    rows = Provision.objects.filter(wanted).select_related("treaty")
    known = {(row.treaty.slug, row.number.lower()): row for row in rows}
    found: dict[str, Provision] = {}
    formerly = _MOST_FORMER
    for value, (slug, _, number) in named.items():
        row = known.get((slug or MAIN_TREATY, number))
        if row is None and formerly:
            formerly -= 1
            row = _provision_formerly(slug or MAIN_TREATY, number)
        if row is not None:
            found[value] = row
    return {value: value_of(row) for value, row in found.items()}


def _provision_formerly(slug: str, number: str) -> Provision | None:
    """An article whose treaty had another slug before, or that had another number in it."""
    treaty = Treaty.objects.filter(slug=slug).first() or called_formerly(Treaty, "slug", slug)
    if treaty is None:
        return None
    rows = Provision.objects.select_related("treaty").filter(treaty=treaty, number=number)
    return rows.first() or called_formerly(Provision, "number", number, treaty=treaty)


def _one_of(kind: Kind) -> _Finder:
    values = {one.address: one for one in listed(kind)}
    return lambda asked: {
        value: values[value.lower()] for value in asked if value.lower() in values
    }


def _ever_had(kind: Kind) -> _Finder:
    """Of a kind without a list: what any statement ever had."""

    def found(asked: Sequence[str]) -> Found:
        known = known_keys(kind, asked)
        return {value: one for value, key in known.items() if (one := worded(kind, key))}

    return found


def _languages(asked: Sequence[str]) -> Found:
    """Codes of languages, whether or not anything was said in them."""
    codes = {value: value.lower() for value in asked}
    return {
        value: one
        for value, code in codes.items()
        if re.fullmatch(r"[a-z]{2,3}", code) and (one := worded(Kind.LANGUAGE, code))
    }


def _months(asked: Sequence[str]) -> Found:
    return {
        value: one
        for value in asked
        if re.fullmatch(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])", value)
        and (one := worded(Kind.MONTH, value))
    }


_FINDERS: dict[Kind, _Finder] = {
    Kind.ACTOR: _by(Actor, "code", str.upper),
    Kind.SPEAKER: _by(Speaker, "slug", str.lower),
    Kind.TREATY: _by(Treaty, "slug", str.lower),
    Kind.PROVISION: _provisions,
    Kind.SOURCE: _by(Source, "slug", str.lower),
    Kind.EVENT: _by(Event, "slug", str.lower),
    Kind.OFFICE: _ever_had(Kind.OFFICE),
    Kind.OWNER: _ever_had(Kind.OWNER),
    Kind.LANGUAGE: _languages,
    Kind.MONTH: _months,
    **{
        kind: _one_of(kind)
        for kind in (Kind.STANCE, Kind.LEGAL, Kind.FORM, Kind.REVIEW, Kind.DIFFERS)
    },
}
