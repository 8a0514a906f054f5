"""What the search should know of statements, told by plain Python from the models alone."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from statements.models import Actor, FacetValue, Party, SearchEntry, Statement
from statements.search.kinds import Kind

Values = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Told:
    """What an entry says, its values by kind and key."""

    listed: bool
    day: date | None
    last: date | None
    values: Values


GONE = Told(False, None, None, frozenset())


def expected() -> dict[int, Told]:
    """What the entry of each statement should say."""
    parents = dict(Actor.objects.values_list("pk", "parent"))
    rows = Statement.objects.prefetch_related(
        "parties__office", "parties__speaker", "positions", "differences",
        "attestations__snapshot__article__source",
    )  # fmt: skip
    return {row.pk: _told(row, parents) for row in rows}


def _told(row: Statement, parents: dict[int, int | None]) -> Told:
    if row.status not in {Statement.Status.PROPOSED, Statement.Status.PUBLISHED}:
        return GONE
    last = last_day(row)
    return Told(True, row.said_on, last, frozenset(_values(row, last, parents)))


def last_day(row: Statement) -> date | None:
    """The last day that its day of saying may mean."""
    day = row.said_on
    if day is None:
        return None
    match row.said_on_precision:
        case "month":
            return day.replace(day=monthrange(day.year, day.month)[1])
        case "year":
            return date(day.year, 12, 31)
    return row.said_on_to or day


def _values(
    row: Statement, last: date | None, parents: dict[int, int | None]
) -> Iterator[tuple[str, str]]:
    for party in row.parties.all():
        if party.role in Party.VOICES:
            yield from _voice(party, row.said_on, last, parents)
        if party.office and party.office.title_kind:
            yield Kind.OFFICE, party.office.title_kind
    for position in row.positions.all():
        yield Kind.STANCE, position.stance
        if position.legal != "none":
            yield Kind.LEGAL, position.legal
        if position.treaty_id:
            yield Kind.TREATY, str(position.treaty_id)
        if position.provision_id:
            yield Kind.PROVISION, str(position.provision_id)
    for report in row.attestations.all():
        source = report.snapshot.article.source
        yield Kind.SOURCE, str(source.pk)
        if source.ownership_group:
            yield Kind.OWNER, source.ownership_group
    for difference in row.differences.all():
        yield Kind.DIFFERS, difference.field
    if row.language:
        yield Kind.LANGUAGE, row.language.split("-")[0].lower()
    if row.form:
        yield Kind.FORM, row.form
    if row.event_id:
        yield Kind.EVENT, str(row.event_id)
    if row.status == Statement.Status.PUBLISHED:
        yield Kind.REVIEW, "verified"
    else:
        yield Kind.REVIEW, "machine" if row.published_at is None else "second"
    if row.said_on and last:
        month = row.said_on.replace(day=1)
        while month <= last:
            yield Kind.MONTH, f"{month:%Y-%m}"
            month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _voice(
    party: Party, day: date | None, last: date | None, parents: dict[int, int | None]
) -> Iterator[tuple[str, str]]:
    if party.speaker_id:
        yield Kind.SPEAKER, str(party.speaker_id)
    actor, line = party.actor_id, set[int]()
    while actor and actor not in line:
        line.add(actor)
        actor = parents[actor]
    for one in line:
        yield Kind.ACTOR, str(one)
        for of_group in Actor.objects.get(pk=one).memberships.all():
            begun = of_group.start is None or (last is not None and of_group.start <= last)
            not_over = of_group.end is None or (day is not None and of_group.end >= day)
            if begun and not_over:
                yield Kind.ACTOR, str(of_group.group_id)


def kept() -> dict[int, Told]:
    """What the entries say. Fails where their two lists of numbers say different things."""
    meaning = {one.number: (one.kind, one.key) for one in FacetValue.objects.all()}
    found: dict[int, Told] = {}
    for entry in SearchEntry.objects.all():
        packed = bytes(entry.packed)
        numbers = [int.from_bytes(packed[at : at + 4]) for at in range(0, len(packed), 4)]
        assert numbers == entry.facets == sorted(set(numbers))
        values = frozenset(meaning[number] for number in numbers)
        found[entry.statement] = Told(entry.listed, entry.day, entry.last, values)
        if not entry.listed:
            assert entry.words == ""
    return found


def of(statement: Statement) -> dict[str, set[str]]:
    """The keys of its entry's values by kind."""
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, key in kept()[statement.pk].values:
        keys[kind].add(key)
    return keys
