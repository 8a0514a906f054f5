"""An entry of the register that is two: chosen rows that name it name another."""

from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q, QuerySet

from history.acting import acting
from statements.four_eyes import binds
from statements.models import Actor, Event, Membership, Office, Party, Speaker, Statement
from statements.register_lookup import office_on
from statements.register_merging import locked, refuse_gone
from statements.register_moving import Entry, Kind, Model, Moving, pointing, renew
from statements.review import correcting, refuse
from statements.search.entries import deferred
from statements.writing import write_alone

# What rows are to an entry, where their table alone does not say it.
_LABELS: dict[tuple[Model, str], str] = {
    (Actor, "parent_id"): "organs",
    (Speaker, "actor_id"): "bodies that speak for it",
    (Office, "organ_id"): "offices in this body",
    (Membership, "member_id"): "memberships",
    (Membership, "group_id"): "members",
    (Event, "country_id"): "events held there",
}


@dataclass(frozen=True)
class Part:
    """The rows of one table that name an entry by one column, and may name another instead."""

    label: str
    rows: tuple[models.Model, ...]


def parts_of(entry: Entry) -> list[Part]:
    """All that names an entry, table by table, but for its places in statements."""
    found = []
    for model, column in pointing(entry):
        if model is not Party and (rows := tuple(_rows(model, column, entry))):
            plain = Moving(model, column, ()).model_name
            found.append(Part(_LABELS.get((model, column), plain), rows))
    return found


def _rows(model: Model, column: str, entry: Entry) -> "QuerySet[models.Model]":
    rows = model._default_manager.filter(**{column: entry.pk}).order_by("pk")
    # What a row is called names these.
    named = {"speaker", "actor", "member", "group", "treaty", "event", "treatyaction"}
    known = {field.name for field in model._meta.get_fields() if field.many_to_one}
    return rows.select_related(*sorted(named & known))


def split_entry(
    entry: Kind, new: Kind, by: User, why: str, chosen: Collection[models.Model]
) -> Kind:
    """Let chosen rows that name an entry name another instead, and return that one.

    `new` is not saved yet and says what it is called. Chosen are rows of `parts_of`, and places
    in statements. Places in chosen offices and of chosen bodies go along; `resting_on` tells
    which others may. Under the two-person rule published statements among them wait for another
    editor. Raises `ReviewError`.
    """
    refuse(not why.strip(), "Say why they are two.")
    refuse(not chosen, "Choose what belongs to the other.")
    with deferred(), acting(by, why), ExitStack() as decisions:
        write_alone()
        row = locked(entry)
        refuse_gone(row)
        going = [one for one in chosen if not isinstance(one, Party)]
        moved = _places(row, going, [one.pk for one in chosen if isinstance(one, Party)])
        weighed = _published(moved) if binds(by) else []
        for statement in weighed:
            decisions.enter_context(correcting(statement, by, why))
        new.save()
        points = list(pointing(row))
        changed = [_point(one, points, row, new) for one in going]
        here = {party.pk for party in moved}
        changed += [one.pk in here for one in chosen if isinstance(one, Party)]
        refuse(not all(changed), f"Some of it does not name {row} any more: choose anew.")
        offices = {one.pk for one in going if isinstance(one, Office)}
        for party in moved:
            _name(party, row, new, offices)
        renew({party.statement_id for party in moved} - {one.pk for one in weighed})
    return new


def resting_on(entry: Entry, names: Collection[str], rows: Iterable[models.Model]) -> set[int]:
    """Return the keys of an entry's places in statements that rest on these names or rows:
    held in one of the offices, of one of the bodies, or printed under one of the names."""
    rest = _along(rows)
    for name in filter(None, names):
        rest |= Q(name__iexact=name) | Q(printed__icontains=name)
    return set(entry.parties.filter(rest).values_list("pk", flat=True))


def _along(rows: Iterable[models.Model]) -> Q:
    kept = list(rows)
    offices = Q(office__in=[one.pk for one in kept if isinstance(one, Office)])
    return offices | Q(speaker__in=[one.pk for one in kept if isinstance(one, Speaker)])


def _places(row: Entry, going: Collection[models.Model], keys: Collection[int]) -> list[Party]:
    """The places in statements that go: the chosen ones, and those that rest on what goes."""
    places = row.parties.filter(Q(pk__in=keys) | _along(going))
    return list(places.select_related("statement", "office").order_by("pk"))


def _published(parties: Iterable[Party]) -> list[Statement]:
    rows = {party.statement_id: party.statement for party in parties}
    return [row for row in rows.values() if row.status == Statement.Status.PUBLISHED]


def _point(
    one: models.Model, points: Iterable[tuple[Model, str]], row: Entry, new: Entry
) -> bool:
    """Let a row name the new entry where it named the old one; False where it does not."""
    rows = type(one)._default_manager.filter(pk=one.pk)
    named = 0
    for model, column in points:
        if isinstance(one, model):
            named += rows.filter(**{column: row.pk}).update(**{column: new.pk})
    return named > 0


def _name(party: Party, row: Entry, new: Entry, offices: Collection[int]) -> None:
    """Let a place in a statement be that of the new entry, with the office that goes with it."""
    party.name = new.name if party.name == row.name else party.name
    stays = party.office_id not in offices
    if isinstance(new, Speaker):
        party.speaker = new
        if stays:
            party.office = office_on(new, party.statement.said_on)
            party.actor = party.office.actor if party.office else party.actor
    else:
        party.actor = new
        if stays and party.office and party.office.actor_id == row.pk:
            party.office = None  # a post held for the other
    party.save(update_fields=["speaker", "name", "office", "actor"])
