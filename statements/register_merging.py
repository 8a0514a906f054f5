"""Two entries of the register that are one.

Nothing is deleted: the entry that is not meant any more points to the one that is. What
pointed to it points to the other, so that filters and counts are right.
"""

from dataclasses import dataclass, replace
from typing import cast

from django.contrib.auth.models import User
from django.db.models.functions import Now

from history.acting import acting
from statements.models import Actor, ActorName, Office, Party, Speaker, SpeakerName
from statements.register_moving import Entry, Kind, Moving, moving, renew
from statements.review import refuse
from statements.search.entries import deferred
from statements.templatetags.days import to_precision
from statements.writing import write_alone


@dataclass(frozen=True)
class Double:
    """An office that stays behind, since the other speaker has the like, which is `kept`."""

    office: Office
    kept: Office

    @property
    def differs(self) -> list[str]:
        """In what the two are not alike, in words; nothing where either does not say it."""
        one, other = _told(self.office), _told(self.kept)
        return [
            f"{name} («{said}» and «{other[name]}»)"
            for name, said in one.items()
            if said and other[name] and said.casefold() != other[name].casefold()
        ]


def _told(office: Office) -> dict[str, str]:
    """What tells one post from another, in words."""
    return {
        "title": office.title,
        "body": str(office.organ or ""),
        "first day": to_precision(office.start, office.start_precision),
        "last day": to_precision(office.end, office.end_precision),
    }


@dataclass(frozen=True)
class MergePlan:
    """What a merge does: which rows move, which names the other gains, and the offices that
    stay since the other has the like."""

    moving: list[Moving]
    names: list[str]
    doubles: list[Double]

    @property
    def statements(self) -> list[int]:
        """The statements in which a party changes."""
        keys = [key for one in self.moving if one.model is Party for key in one.keys]
        parties = Party.objects.filter(pk__in=keys).order_by("statement")
        return list(parties.values_list("statement", flat=True).distinct())


def merge_plan(entry: Entry, into: Entry) -> MergePlan:
    """Return what a merge of the two does. Raises `ReviewError` where they cannot be one."""
    refuse(type(entry) is not type(into), "A speaker and an actor cannot be one.")
    refuse(entry.pk == into.pk, "It cannot be merged into itself.")
    refuse_gone(entry)
    refuse(into.merged_into_id is not None, f"{into} was merged: merge into its successor.")
    refuse(into.withdrawn_at is not None, f"{into} was withdrawn: merge into another.")
    refuse(
        isinstance(entry, Actor) and isinstance(into, Actor) and _belongs(into, entry),
        f"{into} belongs to {entry}: merge it the other way round.",
    )
    doubles = _doubles(entry, into)
    stay = tuple(double.office.pk for double in doubles)
    rows = [
        replace(
            one,
            keys=tuple(key for key in one.keys if key not in stay),
            stay=(*one.stay, *(key for key in one.keys if key in stay)),
        )
        if one.model is Office and one.column == "speaker_id"
        else one
        for one in moving(entry, into)
    ]
    return MergePlan(rows, _new_names(entry, into), doubles)


def merge_entries(
    entry: Entry, into: Entry, by: User, why: str, *, mistake: bool = False
) -> None:
    """Make one entry of two: names, offices, statements, events, organs, members and treaties of
    `entry` are those of `into`; a `mistake` leaves no names behind.

    The address of `entry` leads to `into`, or says of a mistake why it was withdrawn. `why` is
    required. Raises `ReviewError`.
    """
    refuse(not why.strip(), "Say why.")
    with deferred(), acting(by, why):
        write_alone()
        row, target = locked(entry), locked(into)
        found = merge_plan(row, target)
        statements = found.statements
        for double in found.doubles:
            Party.objects.filter(office=double.office).update(office=double.kept)
        for one in found.moving:
            if mistake and one.model in {SpeakerName, ActorName}:
                continue
            if one.model is Party:
                parties = Party.objects.filter(pk__in=one.keys, name=row.name)
                parties.update(name=target.name)
            one.move(target)
        for name in () if mistake else found.names:
            target.names.create(text=name)
        rows = type(row)._default_manager
        rows.filter(merged_into=row.pk).update(merged_into=target.pk)
        rows.filter(pk=row.pk).update(merged_into=target.pk)
        if mistake:
            rows.filter(pk=row.pk).update(withdrawn_at=Now(), withdrawn_why=why.strip())
        renew(statements)  # when it is known that both are one, since reports are compared
    entry.refresh_from_db()
    into.refresh_from_db()


def locked(entry: Kind) -> Kind:
    """The entry as it stands, kept from others until the transaction ends."""
    rows = type(entry)._default_manager.select_for_update()
    return cast(Kind, rows.get(pk=entry.pk))


def refuse_gone(entry: Entry) -> None:
    """Refuse an entry that was merged or withdrawn before."""
    refuse(entry.withdrawn_at is not None, f"{entry} was withdrawn already.")
    refuse(entry.merged_into_id is not None, f"{entry} was merged already.")


def _belongs(actor: Actor, to: Actor) -> bool:
    """Whether an actor is an organ of another, or of an organ of it."""
    above, seen = actor.parent, set[int]()
    while above is not None and above.pk not in seen:
        if above.pk == to.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False


def _new_names(entry: Entry, into: Entry) -> list[str]:
    """The names by which an entry goes itself and that neither has among its further names."""
    names = [entry.name]
    if isinstance(entry, Actor):
        names.append(entry.official_name)
    known = {into.name, *(into.names.values_list("text", flat=True))}
    known |= set(entry.names.values_list("text", flat=True))
    if isinstance(into, Actor):
        known.add(into.official_name)
    return list(dict.fromkeys(name for name in names if name and name not in known))


def _doubles(entry: Entry, into: Entry) -> list[Double]:
    """The offices of one speaker that the other has too: same post, actor and time."""
    if not isinstance(entry, Speaker) or not isinstance(into, Speaker):
        return []
    kept = list(into.offices.select_related("organ"))
    doubles = []
    for office in entry.offices.select_related("organ", "actor"):
        like = next((one for one in kept if _same_post(office, one)), None)
        if like is not None:
            doubles.append(Double(office, like))
    return doubles


def _same_post(one: Office, other: Office) -> bool:
    """Whether two offices are one: the known limits of neither exclude the other."""
    titled = one.title.casefold() == other.title.casefold()
    titled |= bool(one.title_kind) and one.title_kind == other.title_kind
    apart = bool(one.end and other.start and one.end < other.start)
    apart |= bool(other.end and one.start and other.end < one.start)
    return titled and one.actor_id == other.actor_id and not apart
