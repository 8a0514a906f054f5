"""The statements that one run works on: read together, changed in memory, written together.

An article has several attributions and each may touch a statement, its voices, its reports and
its positions. Asking and writing for each on its own took most of the time of a run.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models.functions import Now

from statements.models import Attestation, EventMention, Party, Position, Review, Statement
from statements.public_ids import give_free_ids
from statements.tellings import note_differences

Row = TypeVar("Row", Attestation, Position, EventMention)

_MACHINES = {Statement.Status.PROPOSED, Statement.Status.WITHDRAWN}


@dataclass(eq=False)
class Parts:
    """What hangs on a statement: its reports, first to last, and what the machine says of it.

    `decided` says whether a person has decided about the statement.
    """

    reports: list[Attestation] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    mentions: list[EventMention] = field(default_factory=list)
    decided: bool = False


@dataclass(eq=False)
class InHand:
    """One statement with those who speak; its other parts are there once they are wanted."""

    row: Statement
    voices: list[Party] = field(default_factory=list)
    parts: Parts | None = None
    merged_into: "InHand | None" = None
    changed: set[str] = field(default_factory=set)
    renamed: bool = False

    @property
    def is_new(self) -> bool:
        """Whether it is made by this run, so that nobody has seen it yet."""
        return self.row.pk is None

    def change(self, values: dict[str, object]) -> None:
        """Set what differs."""
        for name, value in values.items():
            if getattr(self.row, name) != value:
                setattr(self.row, name, value)
                self.changed.add(name)


class Hand:
    """All statements in hand, each once, until `write`."""

    def __init__(self) -> None:
        self._known: dict[int, InHand] = {}
        self._new: list[InHand] = []
        self._reports: list[Attestation] = []
        self._positions: list[Position] = []
        self._dropped: list[Position] = []
        self._mentions: list[EventMention] = []
        self._unmentioned: list[EventMention] = []
        self._led_on: list[tuple[InHand, InHand]] = []
        self._reported_otherwise: list[InHand] = []

    def take(self, keys: Iterable[int]) -> list[InHand]:
        """Have these statements in hand, and those that they were merged into; in this order."""
        keys = list(keys)
        self._read([key for key in keys if key not in self._known])
        merged = {key: self._known[key].row.merged_into_id for key in keys}
        self._read({into for into in merged.values() if into and into not in self._known})
        for key, into in merged.items():
            self._known[key].merged_into = self._known[into] if into else None
        return [self._known[key] for key in keys]

    def _read(self, keys: Collection[int]) -> None:
        if not keys:
            return
        for row in Statement.objects.filter(pk__in=keys).order_by("pk"):
            self._known[row.pk] = InHand(row)
        for voice in Party.objects.filter(statement__in=keys, role__in=Party.VOICES):
            self._known[voice.statement_id].voices.append(voice)

    def add(self, row: Statement) -> InHand:
        """Have a statement in hand that is not recorded yet."""
        one = InHand(row, parts=Parts())
        self._new.append(one)
        return one

    def complete(self, some: Iterable[InHand]) -> None:
        """Read the parts of these statements, where they are not there yet."""
        bare = {one.row.pk: one for one in some if one.parts is None}
        if not bare:
            return
        parts = {key: Parts() for key in bare}
        for report in Attestation.objects.filter(statement__in=bare).order_by("pk"):
            parts[report.statement_id].reports.append(report)
        for position in Position.objects.by_machine().filter(statement__in=bare):
            parts[position.statement_id].positions.append(position)
        for mention in EventMention.objects.filter(statement__in=bare):
            parts[mention.statement_id].mentions.append(mention)
        decided = Review.objects.filter(statement__in=bare).order_by()
        for key in decided.values_list("statement", flat=True).distinct():
            parts[key].decided = True
        for key, one in bare.items():
            one.parts = parts[key]

    def parts(self, one: InHand) -> Parts:
        """What hangs on a statement."""
        self.complete([one])
        assert one.parts is not None
        return one.parts

    def untouched(self, one: InHand) -> bool:
        """Whether a statement is the machine's alone: no person has decided about it."""
        alone = one.row.status in _MACHINES and one.merged_into is None
        return alone and not self.parts(one).decided

    def add_report(self, one: InHand, report: Attestation) -> None:
        """Let a report, new or of another statement, be one of this statement."""
        report.statement = one.row
        reports = self.parts(one).reports
        reports.append(report)
        reports.sort(key=lambda each: (each.pk is None, each.pk or 0))
        self._reports.append(report)
        self.reported_otherwise(one)

    def reported_otherwise(self, one: InHand) -> None:
        """Note that the reports of a statement are others, or say something else."""
        self._reported_otherwise.append(one)

    def change_report(
        self, one: InHand, report: Attestation, values: dict[str, object]
    ) -> None:
        """Let a report of a statement say what differs."""
        changed = {
            name: value for name, value in values.items() if getattr(report, name) != value
        }
        for name, value in changed.items():
            setattr(report, name, value)
        if changed:
            self._reports.append(report)
            self.reported_otherwise(one)

    def lead_on(self, one: InHand, to: InHand) -> None:
        """Let a statement lead on to another, as do those that led to it."""
        for each in self._known.values():
            if each is one or each.merged_into is one:
                each.merged_into = to
        one.row.merged_into = to.row
        one.changed.add("merged_into")
        self._led_on.append((one, to))

    def add_position(self, position: Position) -> None:
        """Have a new or changed position written."""
        self._positions.append(position)

    def drop_positions(self, one: InHand, positions: Iterable[Position]) -> None:
        """Have positions of a statement removed."""
        for position in positions:
            self.parts(one).positions.remove(position)
            self._dropped.append(position)

    def add_mention(self, mention: EventMention) -> None:
        """Have a new or changed mention of an event written."""
        self._mentions.append(mention)

    def drop_mentions(self, one: InHand, mentions: Iterable[EventMention]) -> None:
        """Have mentions of events by a statement removed."""
        for mention in mentions:
            self.parts(one).mentions.remove(mention)
            self._unmentioned.append(mention)

    def write(self) -> None:
        """Write all that is new or changed. A changed statement becomes a new version."""
        new = [one.row for one in self._new]
        give_free_ids(new)
        Statement.objects.bulk_create(new)
        changed = [one for one in self._known.values() if one.changed or one.renamed]
        for one in changed:
            one.row.version += 1
            one.row.changed_at = Now()
            one.row.save(update_fields=[*sorted(one.changed), "version", "changed_at"])
        self._write_voices([one for one in changed if one.renamed])
        for one, to in self._led_on:
            one.row.merged.update(merged_into=to.row)
        _write(Attestation, self._reports)
        if self._dropped:
            Position.objects.filter(pk__in=[position.pk for position in self._dropped]).delete()
        _write(Position, self._positions)
        if self._unmentioned:
            gone = [mention.pk for mention in self._unmentioned]
            EventMention.objects.filter(pk__in=gone).delete()
        _write(EventMention, self._mentions)
        self._note_differences()

    def _note_differences(self) -> None:
        """Keep in what reports differ, of the statements that may have or had several."""
        touched = (one for one in self._reported_otherwise if self._may_differ(one))
        if keys := {one.row.pk for one in touched}:
            note_differences(keys)

    def _may_differ(self, one: InHand) -> bool:
        return one not in self._new or len(self.parts(one).reports) > 1

    def _write_voices(self, renamed: list[InHand]) -> None:
        if renamed:
            rows = [one.row for one in renamed]
            Party.objects.filter(statement__in=rows, role__in=Party.VOICES).delete()
        Party.objects.bulk_create(
            [voice for one in [*self._new, *renamed] for voice in one.voices]
        )


def _write(model: type[Row], rows: list[Row]) -> None:
    """Write rows, each once: the new ones together."""
    once = {id(row): row for row in rows}.values()
    for row in [row for row in once if row.pk is not None]:
        row.save()
    model._default_manager.bulk_create([row for row in once if row.pk is None])
