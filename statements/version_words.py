"""What differs between two states of a statement, in words that a reader understands."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db import models
from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.template.defaultfilters import capfirst
from django.utils.dateformat import format as format_date
from django.utils.dateparse import parse_date

from sources.models import Snapshot
from statements.doers import translator
from statements.models import (
    Actor,
    Attestation,
    Event,
    EventMention,
    Office,
    Party,
    Position,
    Provision,
    Speaker,
    Statement,
    Treaty,
)
from statements.models.dates import Precision
from statements.templatetags.days import day_of_saying, to_precision
from statements.templatetags.wording import language_name
from statements.versions import Row, State
from statements.word_diff import WordDiff, word_diff

# What the program keeps for itself, or says elsewhere on the page.
_UNSAID = {
    "id", "public_id", "fingerprint", "version", "changed_at", "proposed_at",
    "published_at", "said_on_precision", "said_on_to",
}  # fmt: skip
_LABELS = {
    "text": "Words",
    "translation_language": "Language of the translation",
    "said_on": "Day of saying",
    "said_on_basis": "Day known from",
    "status_reason": "Reason",
    "merged_into_id": "Merged into",
    "event_reason": "Why this event",
    "summarised": "An editor's summary",
}
_TEXTS = {"text", "translation"}
_LONGEST = 160  # characters of a report's words


@dataclass(frozen=True)
class Difference:
    """One thing that differs: what it is, and its words before and after, which may be ''.

    `diff` compares longer texts word by word; `language` is theirs.
    """

    label: str
    before: str
    after: str
    diff: WordDiff | None = None
    language: str = ""


Names = Mapping[tuple[str, int], str]


def differences(before: State, after: State, names: Names) -> list[Difference]:
    """What `after` says otherwise than `before`; `names` come from `names_in` of both."""
    found = [
        _field(one, before.row, after.row, names)
        for one in Statement._meta.concrete_fields
        if str(one.column) not in _UNSAID and _says(one, before.row) != _says(one, after.row)
    ]
    for model in _LINES:
        found += _parts(model, before, after, names)
    return found


def row_differences(
    model: type[models.Model], before: Row, after: Row, names: Names, columns: Sequence[str]
) -> list[Difference]:
    """What a row of the register says otherwise than before, in those of its columns."""
    return [
        _field(one, before, after, names)
        for one in model._meta.concrete_fields
        if one.column in columns
        and not str(one.column).endswith("precision")
        and _says(one, before) != _says(one, after)
    ]


def names_in(states: Iterable[State], rows: Iterable[Row] = ()) -> dict[tuple[str, int], str]:
    """How the rows that the states and other rows lead to are called today, and the slugs of
    the speakers among them; in two queries at most."""
    wanted: dict[str, set[int]] = {kind: set() for kind in (*_NAMED, "snapshot")}
    of_states = (
        row
        for state in states
        for row in (state.row, *(row for part in _LINES for row in state.of(part)))
    )
    for row in (*of_states, *rows):
        for column, key in row.items():
            if column.endswith("_id") and isinstance(key, int):
                for kind in _MERGED if column == "merged_into_id" else [column[:-3]]:
                    if kind in wanted:
                        wanted[kind].add(key)
    wanted["slug"] = wanted["speaker"]
    return {**_names(wanted), **_snapshots(wanted["snapshot"])}


# What may be merged into another of its kind.
_MERGED = ["statement", "speaker", "actor"]
_NAMED: dict[str, tuple[type[models.Model], str]] = {
    "office": (Office, "title"),
    "actor": (Actor, "name"),
    "speaker": (Speaker, "name"),
    "slug": (Speaker, "slug"),
    "treaty": (Treaty, "short_name"),
    "provision": (Provision, "number"),
    "event": (Event, "title"),
    "statement": (Statement, "public_id"),
}


def _names(wanted: Mapping[str, set[int]]) -> dict[tuple[str, int], str]:
    queries = [
        model._default_manager.filter(pk__in=wanted[kind])
        .order_by()
        .annotate(of_kind=Value(kind), called=Cast(name, CharField()))
        .values_list("of_kind", "pk", "called")
        for kind, (model, name) in _NAMED.items()
        if wanted[kind]
    ]
    if not queries:
        return {}
    first, *others = queries
    rows = first.union(*others, all=True) if others else first
    return {(kind, pk): called for kind, pk, called in rows}


def _snapshots(keys: set[int]) -> dict[tuple[str, int], str]:
    if not keys:
        return {}
    rows = Snapshot.objects.filter(pk__in=keys).values_list(
        "pk", "article__source__name", "published_on"
    )
    return {
        ("snapshot", pk): f"{source}, {format_date(day, 'j F Y')}" if day else source
        for pk, source, day in rows
    }


def _says(one: Any, row: Row) -> object:
    """The value of a field, with its precision; a column that is not there says nothing."""
    value = row.get(one.column)
    if one.column == "translated_by":
        return translator(value or "") or None
    if f"{one.column}_precision" in row:
        return value, row[f"{one.column}_precision"], row.get(f"{one.column}_to")
    return value or None


def _field(one: Any, before: Row, after: Row, names: Names) -> Difference:
    label = _LABELS.get(one.column) or capfirst(str(one.verbose_name))
    was, now = (_value(one, row, names) for row in (before, after))
    if one.column in _TEXTS and was and now:
        of = "language" if one.column == "text" else "translation_language"
        return Difference(label, was, now, word_diff(was, now), str(after.get(of) or ""))
    return Difference(label, was, now)


def _value(one: Any, row: Row, names: Names) -> str:
    value = row.get(one.column)
    if value in (None, "", [], False):
        return "no" if value is False else ""
    if isinstance(one, models.DateField):
        precision = row.get(f"{one.column}_precision") or Precision.DAY
        if last := row.get(f"{one.column}_to"):
            return day_of_saying(
                Statement(
                    said_on=parse_date(str(value)[:10]), said_on_to=parse_date(str(last)[:10])
                )
            )
        return to_precision(parse_date(str(value)[:10]), precision)
    if one.is_relation:
        kind = one.related_model._meta.model_name
        return names.get((kind, int(value)), "one that is no longer there")
    if one.column.endswith("language"):
        return language_name(str(value))
    if one.column == "translated_by":
        return translator(str(value))
    if one.column == "status":
        return Statement(
            status=value, published_at=row.get("published_at")
        ).get_status_display()
    if one.choices:
        return str(dict(one.flatchoices).get(value, value))
    return "yes" if value is True else str(value)


def _parts(
    model: type[models.Model], before: State, after: State, names: Names
) -> list[Difference]:
    """What went and what came among the parts of one kind, beside each other."""
    was, now = (
        Counter(_LINES[model](row, names) for row in s.of(model)) for s in (before, after)
    )
    gone, come = list((was - now).elements()), list((now - was).elements())
    return [
        Difference((old or new)[0], old[1] if old else "", new[1] if new else "")
        for old, new in _paired(gone, come)
    ]


Line = tuple[str, str]  # the label and the words


def _paired(gone: Sequence[Line], come: Sequence[Line]) -> list[tuple[Any, Any]]:
    """Lines with the same label beside each other, as far as they go."""
    labels = dict.fromkeys(label for label, _ in [*gone, *come])
    return [
        pair
        for label in labels
        for pair in zip_longest(
            [one for one in gone if one[0] == label], [one for one in come if one[0] == label]
        )
    ]


def _party(row: Row, names: Names) -> Line:
    role = str(Party.Role(row["role"]).label)
    office = names.get(("office", row["office_id"] or 0)) or row["printed_office"]
    actor = names.get(("actor", row["actor_id"] or 0), "")
    about = ", ".join(dict.fromkeys(filter(None, [office, actor])))
    return role, f"{row['name']} ({about})" if about and about != row["name"] else row["name"]


def _position(row: Row, names: Names) -> Line:
    treaty = "beside every treaty"
    if row["treaty_id"]:
        treaty = names.get(("treaty", row["treaty_id"]), "a treaty that is no longer there")
    number = names.get(("provision", row["provision_id"] or 0))
    if number and number.isdigit():
        number = f"article {number}"
    where = f"{treaty}, {number}" if number else treaty
    stance = str(dict(Position.Stance.choices).get(row["stance"], row["stance"]))
    legal = str(dict(Position.Legal.choices).get(row["legal"], row["legal"]))
    if Position(stance=row["stance"], legal=row["legal"]).judges_law_alone:
        pieces = [f"on the law: {legal}"]
    else:
        pieces = [stance, *([legal] if row["legal"] != Position.Legal.NONE else [])]
    if row["object"]:
        pieces.append(f"on {dict(Position.Object.choices).get(row['object'], row['object'])}")
    if modality := row.get("modality"):
        pieces.append(str(dict(Position.Modality.choices).get(modality, modality)).lower())
    coder = "an editor" if row["coder_id"] else "the machine"
    return "Position", f"{where}: {', '.join(pieces)} (coded by {coder})"


def _report(row: Row, names: Names) -> Line:
    source = names.get(("snapshot", row["snapshot_id"]), "a text that is no longer there")
    mode = str(dict(Attestation.Mode.choices).get(row["mode"], row["mode"])).lower()
    words = " ".join(row["words"].split())
    if len(words) > _LONGEST:
        words = f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
    return "Report", f"{source}, {mode}: «{words}»"


def _mention(row: Row, names: Names) -> Line:
    return "Speaks of", names.get(
        ("event", row["event_id"]), "an event that is no longer there"
    )


_LINES: dict[type[models.Model], Any] = {
    Party: _party,
    Position: _position,
    Attestation: _report,
    EventMention: _mention,
}
