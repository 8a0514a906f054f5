"""An editor tells two entries apart whom the register took for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.validators import RegexValidator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from statements.access import Audience, audience
from statements.additions import free_slug
from statements.models import (
    Actor,
    ActorName,
    Membership,
    Office,
    Party,
    Speaker,
    SpeakerName,
    TreatyAction,
)
from statements.models.dates import Precision
from statements.register_moving import Entry
from statements.register_splitting import Part, parts_of, resting_on, split_entry
from statements.review import ReviewError
from statements.templatetags.days import to_precision
from statements.views.register_editing import entry_of

_MOST = 200  # places in statements that one page offers
_MANY = 12  # rows that are not shown until they are asked for


@dataclass(frozen=True)
class Choice:
    """One row that may be the other's: the value that chooses it, and how it is called."""

    value: str
    text: str
    language: str
    row: Model


@dataclass(frozen=True)
class Group:
    """The rows of one part; `folded` where they are many and none is chosen."""

    label: str
    choices: list[Choice]
    folded: bool


class ApartForm(forms.Form):
    """Who or what the other is, and which names, offices and other rows are theirs."""

    name = forms.CharField(max_length=200)
    rows = forms.MultipleChoiceField(required=False)

    def __init__(self, entry: Entry, parts: Iterable[Part], data: Any = None) -> None:
        super().__init__(data)
        self.entry = entry
        self.known = {_value(row): row for part in parts for row in part.rows}
        person = isinstance(entry, Speaker)
        self.fields["name"].label = "Name of the other " + ("person" if person else "actor")
        rows = self.fields["rows"]
        assert isinstance(rows, forms.MultipleChoiceField)
        rows.choices = [(value, value) for value in self.known]
        if not person:
            self.fields["code"] = forms.CharField(
                label="Its code",
                max_length=40,
                help_text="Part of its address: a state's three letters, X-… for others.",
                validators=[
                    RegexValidator(
                        r"^[A-Za-z0-9-]+$", "Use letters without accents, digits and hyphens."
                    )
                ],
            )
            self.fields["kind"] = forms.ChoiceField(
                choices=Actor.Kind.choices, initial=entry.kind
            )

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).upper()
        if taken := Actor.objects.filter(code=code).first():
            raise forms.ValidationError(f"{taken} has this code. Choose another.")
        return code

    def head(self) -> list[forms.BoundField]:
        """The fields that say what the other is called."""
        return [self[name] for name in ("name", "code", "kind") if name in self.fields]

    def chosen(self) -> list[Model]:
        """The chosen rows, as far as they are understood."""
        self.is_valid()
        return [self.known[value] for value in self.cleaned_data.get("rows") or []]

    def new(self) -> Entry:
        """The other entry, not saved yet."""
        given, entry = self.cleaned_data, self.entry
        name = given["name"].strip()
        if isinstance(entry, Speaker):
            return Speaker(slug=free_slug(name), name=name, kind=entry.kind)
        return Actor(code=given["code"], name=name, kind=given["kind"], parent=entry.parent)


class SplitForm(ApartForm):
    """The split itself: also which statements are the other's, and why."""

    parties = forms.ModelMultipleChoiceField(Party.objects.none(), required=False)
    why = forms.CharField(
        label="Why they are two", max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, entry: Entry, parts: Iterable[Part], data: Any = None) -> None:
        super().__init__(entry, parts, data)
        parties = self.fields["parties"]
        assert isinstance(parties, forms.ModelMultipleChoiceField)
        parties.queryset = entry.parties.all()


@audience(Audience.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Choose what is the other's, then see which statements rest on it, say why, and do it.

    422 when something is missing, 409 when it cannot be done.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    entry = entry_of(kind, key)
    parts = parts_of(entry)
    if request.method != "POST":
        asked = request.GET if "name" in request.GET else None
        return _render(request, kind, parts, ApartForm(entry, parts, asked))
    form = SplitForm(entry, parts, request.POST)
    if not form.is_valid():
        return _render(request, kind, parts, form, status=422)
    given = form.cleaned_data
    chosen = [*form.chosen(), *given["parties"]]
    try:
        new = split_entry(entry, form.new(), request.user, given["why"], chosen)
    except ReviewError as refusal:
        form.add_error(None, str(refusal))
        return _render(request, kind, parts, form, status=409)
    own = "a person of their own" if isinstance(new, Speaker) else "an actor of its own"
    messages.success(request, f"{new} is {own} now.")
    return redirect(new)


def _render(
    request: HttpRequest, kind: str, parts: list[Part], form: ApartForm, status: int = 200
) -> HttpResponse:
    entry = form.entry
    chosen = form.chosen() if form.is_bound else []
    values = {_value(row) for row in chosen}
    context: dict[str, Any] = {
        "entry": entry,
        "kind": kind,
        "form": form,
        "groups": [_group(part, values) for part in parts],
        "chosen": values,
    }
    if form.is_bound:
        names = [getattr(row, "text", "") for row in chosen]
        rest = resting_on(entry, [form.cleaned_data.get("name", ""), *names], chosen)
        if isinstance(form, SplitForm):
            rest = {party.pk for party in form.cleaned_data.get("parties") or []}
        parties = entry.parties.select_related("statement", "office")
        parties = parties.order_by("-statement__said_on", "-statement")
        shown = sorted(parties[: _MOST * 5], key=lambda party: party.pk not in rest)[:_MOST]
        context |= {
            "parties": [(party, party.pk in rest) for party in shown],
            "resting": len(rest),
            "more": max(0, parties.count() - len(shown)),
            "split": form if isinstance(form, SplitForm) else SplitForm(entry, parts),
        }
    return render(request, "statements/split_entry.html", context, status=status)


def _group(part: Part, chosen: set[str]) -> Group:
    choices = [
        Choice(_value(row), _called(row), getattr(row, "language", ""), row)
        for row in part.rows
    ]
    folded = len(choices) > _MANY and chosen.isdisjoint(one.value for one in choices)
    return Group(part.label, choices, folded)


def _value(row: Model) -> str:
    return f"{row._meta.model_name}:{row.pk}"


def _called(row: Model) -> str:
    """What a row is, beside the entry that it names."""
    if isinstance(row, SpeakerName | ActorName):
        return row.text
    if isinstance(row, Office):
        first = to_precision(row.start, row.start_precision)
        last = to_precision(row.end, row.end_precision)
        return ", ".join(filter(None, [str(row), str(row.actor), _time(first, last)]))
    if isinstance(row, Membership):
        days = (to_precision(day, Precision.DAY) for day in (row.start, row.end))
        return ", ".join(filter(None, [str(row), _time(*days)]))
    if isinstance(row, TreatyAction):
        return ", ".join(filter(None, [str(row), to_precision(row.day, row.precision)]))
    if isinstance(row._meta.auto_created, type):
        owner = cast(type[Model], row._meta.auto_created)
        return str(getattr(row, str(owner._meta.model_name)))
    return str(row)


def _time(first: str, last: str) -> str:
    """«from June 2024 to 2025», as far as either is known."""
    return " ".join(
        filter(None, [f"from {first}" if first else "", f"to {last}" if last else ""])
    )
