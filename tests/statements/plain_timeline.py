"""The timeline counted plainly: over the models, in Python, with nothing of the search."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from statements.models import Actor, Membership, Party, Statement

Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Plain:
    """A statement that readers see: its words, its days, and its values as addresses write them."""

    pk: int
    words: frozenset[str]
    first: date | None
    last: date | None
    values: Mapping[str, frozenset[str]]


def plain_statements() -> list[Plain]:
    """All statements that readers see, in the order of the timeline."""
    rows = Statement.objects.filter(status__in=["proposed", "published"])
    everything = [_plain(row) for row in rows]
    return sorted(
        everything,
        key=lambda one: (one.first is not None, one.first or 0, one.pk),
        reverse=True,
    )


def fitting(statements: Sequence[Plain], params: Params) -> list[Plain]:
    """Those that fit the parameters of an address."""
    return [one for one in statements if _fits(one, params)]


def _fits(one: Plain, params: Params) -> bool:
    for key, asked in params.items():
        match key:
            case "q":
                if not _has(one.words, " ".join(asked)):
                    return False
            case "from":
                if one.last is None or one.last < _day(asked[0], last=False):
                    return False
            case "to":
                if one.first is None or one.first > _day(asked[0], last=True):
                    return False
            case "sort" | "size" | "after" | "before":
                pass
            case _ if key.startswith("not_"):
                if _of(one, key.removeprefix("not_")) & set(asked):
                    return False
            case _:
                if not (_of(one, key) | {"all"}) & set(asked):
                    return False
    return True


def _has(words: frozenset[str], line: str) -> bool:
    return any(
        all(
            term.removeprefix("-") not in words if term.startswith("-") else term in words
            for term in branch.split()
        )
        for branch in line.split(" OR ")
    )


def _of(one: Plain, key: str) -> frozenset[str]:
    found = one.values[key]
    return found or frozenset({"undated"}) if key == "month" else found


def _day(text: str, *, last: bool) -> date:
    year, month, day = [*map(int, text.split("-")), 0, 0][:3]
    month = month or (12 if last else 1)
    return date(year, month, day or (monthrange(year, month)[1] if last else 1))


def _plain(row: Statement) -> Plain:
    first, last = row.said_on, _last(row)
    voices = [party for party in row.parties.all() if party.role in Party.VOICES]
    positions = list(row.positions.all())
    sources = [one.snapshot.article.source for one in row.attestations.all()]
    published = row.status == Statement.Status.PUBLISHED
    second = row.status == Statement.Status.PROPOSED and row.published_at is not None
    values = {
        "actor": {
            code for party in voices if party.actor for code in _codes(party.actor, first, last)
        },
        "speaker": {party.speaker.slug for party in voices if party.speaker},
        "office": {party.office.title_kind for party in row.parties.all() if party.office},
        "stance": {one.stance for one in positions},
        "legal": {one.legal for one in positions if one.legal != "none"},
        "treaty": {one.treaty.slug for one in positions if one.treaty},
        "article": {
            one.provision.number
            if one.provision.treaty.slug == "ru-kp-2024"
            else f"{one.provision.treaty.slug}.{one.provision.number}"
            for one in positions
            if one.provision
        },
        "source": {one.slug for one in sources},
        "owner": {one.ownership_group for one in sources},
        "lang": {row.language.partition("-")[0]},
        "form": {row.form},
        "event": {row.event.slug if row.event else ""},
        "review": {"verified" if published else "second" if second else "machine"},
        "differs": {one.field for one in row.differences.all()},
        "month": _months(first, last),
    }
    return Plain(
        row.pk,
        frozenset(row.text.lower().split()),
        first,
        last,
        {key: frozenset(found) - {""} for key, found in values.items()},
    )


def _last(row: Statement) -> date | None:
    day = row.said_on
    if day is None:
        return None
    match row.said_on_precision:
        case "month":
            return day.replace(day=monthrange(day.year, day.month)[1])
        case "year":
            return day.replace(month=12, day=31)
        case "range":
            return row.said_on_to
    return day


def _codes(actor: Actor, first: date | None, last: date | None) -> set[str]:
    """The actor, what it is a part of, and the groups that these belonged to on those days."""
    line: list[Actor] = [actor]
    while (parent := line[-1].parent) is not None:
        line.append(parent)
    groups = (
        one.group.code
        for one in Membership.objects.filter(member__in=line).select_related("group")
        if _overlaps(one, first, last)
    )
    return {*(one.code for one in line), *groups}


def _overlaps(one: Membership, first: date | None, last: date | None) -> bool:
    if first is None or last is None:
        return one.start is None and one.end is None
    return (one.start is None or one.start <= last) and (one.end is None or first <= one.end)


def _months(first: date | None, last: date | None) -> set[str]:
    if first is None or last is None:
        return set()
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return {f"{month // 12:04}-{month % 12 + 1:02}" for month in months}
