"""Query string -> statements, facets and counts: one form behind page, JSON, CSV and Atom."""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict

from sources.models import Source
from statements.discrepancies import LABELS, Field
from statements.models import (
    Actor,
    Attestation,
    Difference,
    Event,
    Party,
    Position,
    Provision,
    Speaker,
    Statement,
    Treaty,
)
from statements.renamed import called_formerly
from statements.search import words as search
from statements.search.column import query
from statements.templatetags.wording import language_name

Rows = QuerySet[Statement]

SIZE, LARGEST_SIZE = 25, 100
MAIN_TREATY = "ru-kp-2024"
_MOST_FORMER = 10  # values of a facet that are looked up among former names, each by itself
_SHOWN = 8  # values of a facet before «more»


@dataclass(frozen=True)
class Choice:
    """One value of a facet: what the address carries, what readers read, how many it yields."""

    value: str
    label: str
    count: int = 0
    chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """One way to narrow the timeline by values. Repeated values widen it.

    `find` returns the chosen values that exist with what they mean; `narrow` applies them;
    `count` returns how many statements each value yields. `value` says which value means
    something where several do.
    """

    key: str
    label: str
    find: Callable[[Sequence[str]], dict[str, Any]]
    narrow: Callable[[Any, list[Any]], Any]
    count: Callable[[Rows], list[Choice]]
    name: Callable[[Any], str] = str
    value: Callable[[Any], str] | None = None


def _by(model: Any, field: str) -> Callable[[Sequence[str]], dict[str, Any]]:
    def find(values: Sequence[str]) -> dict[str, Any]:
        rows = model.objects.filter(**{f"{field}__in": values})
        found = {getattr(row, field): row for row in rows}
        return found | _renamed(model, field, [one for one in values if one not in found])

    return find


def _renamed(model: Any, field: str, values: Sequence[str]) -> dict[str, Any]:
    """Rows by the names that they had before, so that addresses that were cited stay."""
    found = {value: called_formerly(model, field, value) for value in values[:_MOST_FORMER]}
    return {value: row for value, row in found.items() if row is not None}


def _entry(model: Any, field: str) -> Callable[[Sequence[str]], dict[str, Any]]:
    """Entries of the register by code or slug; one that was merged is the one that it became."""

    def find(values: Sequence[str]) -> dict[str, Any]:
        rows = model.objects.filter(**{f"{field}__in": values}).select_related("merged_into")
        found = {getattr(row, field): row for row in rows}
        found |= _renamed(model, field, [one for one in values if one not in found])
        return {value: row.merged_into or row for value, row in found.items()}

    return find


def _one_of(values: Sequence[str]) -> Callable[[Sequence[str]], dict[str, Any]]:
    return lambda asked: {value: value for value in asked if value in values}


def _provisions(values: Sequence[str]) -> dict[str, Any]:
    """`4` is an article of the main treaty, `su-kp-1961.1` one of another."""
    named = {value: value.rpartition(".") for value in values}
    wanted = Q()
    for slug, _, number in named.values():
        wanted |= Q(treaty__slug=slug or MAIN_TREATY, number=number)
    if not values:
        return {}
    rows = Provision.objects.filter(wanted).select_related("treaty")
    known = {(row.treaty.slug, row.number): row for row in rows}
    found: dict[str, Any] = {}
    for value, (slug, _, number) in named.items():
        row = known.get((slug or MAIN_TREATY, number)) or _provision_formerly(slug, number)
        if row is not None:
            found[value] = row
    return found


def _provision_formerly(slug: str, number: str) -> Provision | None:
    """An article whose treaty had another slug before, or that had another number in it."""
    slug = slug or MAIN_TREATY
    treaty = Treaty.objects.filter(slug=slug).first() or called_formerly(Treaty, "slug", slug)
    if treaty is None:
        return None
    rows = Provision.objects.select_related("treaty").filter(treaty=treaty, number=number)
    return rows.first() or called_formerly(Provision, "number", number, treaty=treaty)


def _languages(values: Sequence[str]) -> dict[str, Any]:
    return {value: value for value in values if re.fullmatch(r"[a-z]{2,3}", value)}


def _voices(rows: Rows) -> "QuerySet[Party]":
    return Party.objects.filter(
        statement__in=rows.order_by().values("pk"), role__in=Party.VOICES
    )


def _count_actors(rows: Rows) -> list[Choice]:
    """By the state or organisation; its organs count with it, as in the filter."""
    voices = _voices(rows).filter(actor__isnull=False)
    counted = (
        voices.annotate(
            code=Coalesce("actor__parent__code", "actor__code"),
            label=Coalesce("actor__parent__name", "actor__name"),
        )
        .values_list("code", "label")
        .annotate(n=Count("statement", distinct=True))
    )
    return _choices(counted)


def _count_speakers(rows: Rows) -> list[Choice]:
    voices = _voices(rows).filter(speaker__isnull=False)
    return _choices(
        voices.values_list("speaker__slug", "speaker__name").annotate(
            n=Count("statement", distinct=True)
        )
    )


def _count_sources(rows: Rows) -> list[Choice]:
    reports = Attestation.objects.filter(statement__in=rows.order_by().values("pk"))
    source = "snapshot__article__source"
    return _choices(
        reports.values_list(f"{source}__slug", f"{source}__name").annotate(
            n=Count("statement", distinct=True)
        )
    )


def _positions(rows: Rows) -> "QuerySet[Position]":
    return Position.objects.filter(statement__in=rows.order_by().values("pk"))


def _count_treaties(rows: Rows) -> list[Choice]:
    return _choices(
        _positions(rows)
        .filter(treaty__isnull=False)
        .values_list("treaty__slug", "treaty__short_name")
        .annotate(n=Count("statement", distinct=True))
    )


def _count_provisions(rows: Rows) -> list[Choice]:
    counted = (
        _positions(rows)
        .filter(provision__treaty__slug=MAIN_TREATY)
        .values_list("provision__number")
        .annotate(n=Count("statement", distinct=True))
    )
    return [
        Choice(number, f"Article {number}" if number.isdigit() else number.capitalize(), n)
        for number, n in sorted(counted, key=lambda row: (-row[1], row[0]))
    ]


def _count_stances(rows: Rows) -> list[Choice]:
    counted = dict(
        _positions(rows).values_list("stance").annotate(n=Count("statement", distinct=True))
    )
    return [Choice(s.value, str(s.label), counted[s]) for s in Position.Stance if s in counted]


def _count_languages(rows: Rows) -> list[Choice]:
    counted = (
        rows.order_by().exclude(language="").values_list("language").annotate(n=Count("pk"))
    )
    return [
        Choice(code, language_name(code), n)
        for code, n in sorted(counted, key=lambda row: (-row[1], row[0]))
    ]


def _choices(counted: Any) -> list[Choice]:
    rows = sorted(counted.order_by(), key=lambda row: (-row[2], row[1]))
    return [Choice(value, label, n) for value, label, n in rows]


def _stance_filter(rows: Any, stances: list[Any]) -> Any:
    return rows.filter(pk__in=Position.objects.filter(stance__in=stances).values("statement"))


def _differs_filter(rows: Any, fields: list[Any]) -> Any:
    return rows.filter(
        pk__in=Difference.objects.filter(field__in=fields).order_by().values("statement")
    )


def _count_differences(rows: Rows) -> list[Choice]:
    within = Difference.objects.filter(statement__in=rows.order_by().values("pk")).order_by()
    counted = dict(within.values_list("field").annotate(n=Count("pk")))
    return [Choice(f.value, LABELS[f], counted[f.value]) for f in Field if f in counted]


FACETS = (
    Facet("stance", "Stance", _one_of(Position.Stance.values), _stance_filter, _count_stances,
          lambda value: str(Position.Stance(value).label)),
    Facet("actor", "Country or body", _entry(Actor, "code"), lambda rows, v: rows.spoken_for(v), _count_actors,
          value=lambda actor: str(actor.code)),
    Facet("speaker", "Speaker", _entry(Speaker, "slug"), lambda rows, v: rows.said_by(v), _count_speakers,
          value=lambda speaker: str(speaker.slug)),
    Facet("treaty", "Treaty", _by(Treaty, "slug"), lambda rows, v: rows.about(v), _count_treaties,
          value=lambda treaty: str(treaty.slug)),
    Facet("article", "Article", _provisions, lambda rows, v: rows.about_provisions(v), _count_provisions,
          lambda provision: str(provision.label)),
    Facet("source", "Source", _by(Source, "slug"), lambda rows, v: rows.reported_by(v), _count_sources,
          value=lambda source: str(source.slug)),
    Facet("lang", "Language", _languages, lambda rows, v: rows.filter(language__in=v), _count_languages,
          language_name),
    Facet("differs", "What reports differ in", _one_of([field.value for field in Field]), _differs_filter,
          _count_differences, lambda value: f"reports differ in {LABELS[Field(value)].lower()}"),
    Facet("event", "Event", _by(Event, "slug"), lambda rows, v: rows.filter(event__in=v), lambda rows: [],
          value=lambda event: str(event.slug)),
)  # fmt: skip


class DayField(forms.CharField):
    """A year, a month or a day; cleaned to its first or last day."""

    def __init__(self, *, last: bool, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=10, **kwargs)
        self.last = last

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        found = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text)
        try:
            if found is None:
                raise ValueError
            year, month, day = (int(part) if part else None for part in found.groups())
            assert year is not None
            month = month or (12 if self.last else 1)
            return date(year, month, day or (monthrange(year, month)[1] if self.last else 1))
        except ValueError:
            raise ValidationError(
                "Write a date as 2024, 2024-06 or 2024-06-19.", code="date"
            ) from None


class CursorField(forms.CharField):
    """The place of a statement in the timeline: `2024-06-20.17`, or `undated.17`."""

    def clean(self, value: Any) -> tuple[date | None, int] | None:
        text = super().clean(value)
        if not text:
            return None
        day, _, key = text.rpartition(".")
        try:
            return (None if day == "undated" else date.fromisoformat(day)), int(key)
        except ValueError:
            raise ValidationError(
                "This page address is damaged; start from the first page."
            ) from None


class TimelineForm(forms.Form):
    """What the address of a timeline says. Unknown values are named in `unknown`.

    A bad value leaves its error beside its field and the rest applied.
    """

    q = forms.CharField(required=False, max_length=search.LONGEST, label="Words or names")
    review = forms.ChoiceField(
        required=False,
        label="Checked by an editor",
        choices=[
            ("", "default"),
            ("all", "all statements"),
            ("verified", "checked by an editor only"),
        ],
    )
    size = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_SIZE)
    after = CursorField(required=False, max_length=40)
    before = CursorField(required=False, max_length=40)

    KEYS = (
        "q",
        *(facet.key for facet in FACETS),
        "from",
        "to",
        "review",
        "size",
        "after",
        "before",
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        # «from» is a word of Python, so these two are added by name.
        self.fields["from"] = DayField(last=False, label="Said from")
        self.fields["to"] = DayField(last=True, label="Said to")
        self.chosen: dict[str, dict[str, Any]] = {}
        self.unknown: list[tuple[str, str]] = []
        for facet in FACETS:
            asked = list(dict.fromkeys(value for value in data.getlist(facet.key) if value))
            findable = [value for value in asked if "\x00" not in value]
            found = facet.find(findable) if findable else {}
            self.chosen[facet.key] = {
                facet.value(found[value]) if facet.value else value: found[value]
                for value in asked
                if value in found
            }
            self.unknown += [(facet.label, value) for value in asked if value not in found]
        self.unknown += [
            (key, str(data[key])) for key in data if key not in self.KEYS and data[key]
        ]
        self.is_valid()

    def clean_q(self) -> str:
        words: str = self.cleaned_data["q"]
        try:
            search.parse(words)
        except search.TooComplex as error:
            raise ValidationError(str(error)) from error
        return words

    # ------------------------------------------------------------------ what it yields

    def statements(self, without: str = "") -> Rows:
        """The statements that fit, newest first; `without` leaves one facet out."""
        rows = Statement.objects.on_timeline()
        if self.verified_only:
            rows = rows.published()
        if words := self.cleaned_data.get("q"):
            rows = rows.matching(query(words))
        rows = rows.said_between(self.cleaned_data.get("from"), self.cleaned_data.get("to"))
        narrowed: Any = rows
        for facet in FACETS:
            values = list(self.chosen[facet.key].values())
            if values and facet.key != without:
                narrowed = facet.narrow(narrowed, values)
        result: Rows = narrowed.order_by(F("said_on").desc(nulls_last=True), "-pk")
        return result

    @property
    def verified_only(self) -> bool:
        asked = self.cleaned_data.get("review") or ""
        return asked == "verified" or (asked == "" and settings.PUBLIC_REVIEW)

    def facets(self) -> list[tuple[Facet, list[Choice], list[Choice]]]:
        """Each facet with its values as if it were unset: the first eight, and the rest."""
        shown = []
        for facet in FACETS:
            chosen = self.chosen[facet.key]
            counted = facet.count(self.statements(without=facet.key))
            present = {choice.value for choice in counted}
            counted += [
                Choice(value, facet.name(row))
                for value, row in chosen.items()
                if value not in present
            ]
            marked = [Choice(c.value, c.label, c.count, c.value in chosen) for c in counted]
            first = [c for i, c in enumerate(marked) if i < _SHOWN or c.chosen]
            if marked:
                shown.append((facet, first, [c for c in marked if c not in first]))
        return shown

    def chips(self) -> list[tuple[str, str]]:
        """What narrows the timeline, in words, each with the address that takes it away."""
        chips = []
        if words := self.cleaned_data.get("q"):
            chips.append((f"“{words}”", self.address(q=None)))
        for facet in FACETS:
            for value, row in self.chosen[facet.key].items():
                rest = [v for v in self.chosen[facet.key] if v != value]
                chips.append((facet.name(row), self.address(**{facet.key: rest})))
        for key, word in (("from", "from"), ("to", "to")):
            if self.cleaned_data.get(key):
                chips.append((f"{word} {self.data[key]}", self.address(**{key: None})))
        if self.cleaned_data.get("review"):
            label = dict(self.fields["review"].choices)[self.cleaned_data["review"]]  # type: ignore[attr-defined]
            chips.append((str(label), self.address(review=None)))
        return chips

    # ------------------------------------------------------------------ addresses

    def canonical(self) -> str:
        """The query string in its one form: sorted keys, no blanks, no defaults."""
        return _encoded(self._said())

    def address(self, **changed: Any) -> str:
        """The query string with some keys changed and the page left; None takes a key away."""
        said = {k: v for k, v in self._said().items() if k not in {"after", "before"}}
        for key, value in changed.items():
            said[key] = (
                [] if value is None else value if isinstance(value, list) else [str(value)]
            )
        return _encoded(said)

    def _said(self) -> dict[str, list[str]]:
        data = self.data
        assert isinstance(data, QueryDict)
        said = {
            key: sorted({v.strip() for v in data.getlist(key) if v.strip()}) for key in data
        }
        if said.get("size") == [str(SIZE)]:
            del said["size"]
        return said


def _encoded(said: dict[str, list[str]]) -> str:
    return urlencode([(key, value) for key in sorted(said) for value in said[key]])


@dataclass(frozen=True)
class Page:
    """Some statements of a timeline, where they stand in it, and the cursors of their ends."""

    statements: list[Statement]
    total: int
    first: int
    older: str
    newer: str

    @property
    def last(self) -> int:
        return self.first + len(self.statements) - 1


def page_of(form: TimelineForm, rows: Rows) -> Page:
    """The page that the form's cursor asks for. `rows` are the form's, with what a card shows."""
    size = form.cleaned_data.get("size") or SIZE
    after, before = form.cleaned_data.get("after"), form.cleaned_data.get("before")
    total = rows.order_by().count()
    if before is not None:
        nearest = rows.filter(_newer_than(before)).order_by(
            F("said_on").asc(nulls_first=True), "pk"
        )
        statements = list(nearest[: size + 1])
        more_newer, statements = len(statements) > size, statements[:size][::-1]
        more_older = True
    else:
        behind = rows.filter(_older_than(after)) if after is not None else rows
        statements = list(behind[: size + 1])
        more_older, statements = len(statements) > size, statements[:size]
        more_newer = after is not None
    first = 1
    if statements and (after or before):
        first = rows.filter(_newer_than(_place(statements[0]))).order_by().count() + 1
    return Page(
        statements,
        total,
        first,
        older=form.address(after=_cursor(statements[-1])) if more_older and statements else "",
        newer=form.address(before=_cursor(statements[0])) if more_newer and statements else "",
    )


def _place(statement: Statement) -> tuple[date | None, int]:
    return statement.said_on, statement.pk


def _cursor(statement: Statement) -> str:
    day = statement.said_on.isoformat() if statement.said_on else "undated"
    return f"{day}.{statement.pk}"


def _older_than(place: tuple[date | None, int]) -> Q:
    """Behind a place: earlier days, undated ones at the end, smaller keys within a day."""
    day, key = place
    if day is None:
        return Q(said_on__isnull=True, pk__lt=key)
    return Q(said_on__lt=day) | Q(said_on=day, pk__lt=key) | Q(said_on__isnull=True)


def _newer_than(place: tuple[date | None, int]) -> Q:
    day, key = place
    if day is None:
        return Q(said_on__isnull=False) | Q(said_on__isnull=True, pk__gt=key)
    return Q(said_on__gt=day) | Q(said_on=day, pk__gt=key)
