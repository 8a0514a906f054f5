"""How actors stand, as pages show it: by the rule, as of the day that is asked for."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest

from sources.cleaning import clean_line
from statements.models import Actor, Provision, Treaty
from statements.state_positions import StatePosition, positions_of, positions_on

_LONGEST = 40  # characters of what was given for a day, as it is shown


class AsOfForm(forms.Form):
    """The day as of which positions are shown."""

    as_of = forms.DateField(
        label="As of",
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@dataclass(frozen=True)
class Asked:
    """The day that a page is asked for: None for today, as when what was given, `wrong`, is
    no day."""

    form: AsOfForm
    day: date | None
    wrong: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a table of positions: what it is about, with its address, and the position."""

    label: str
    url: str
    code: str
    position: StatePosition


def actor_stands(request: HttpRequest, actor: Actor) -> dict[str, object]:
    """Template context: where the actor stands on what it spoke about."""
    asked = _asked(request)
    lines = [
        Line(one.matter.label, one.matter.url, "", one)
        for one in positions_of(actor, asked.day)
    ]
    return {"asked": asked, "stands": lines}


def stands_on(
    request: HttpRequest, treaty: Treaty, provision: Provision | None = None
) -> dict[str, object]:
    """Template context: where every actor stands, those with checked words first, by name."""
    asked = _asked(request)
    lines = [
        Line(one.actor.name, one.actor.get_absolute_url(), one.actor.code, one)
        for one in positions_on(treaty, provision, asked.day)
    ]
    lines.sort(key=lambda line: (line.position.checked is None, line.label))
    return {"asked": asked, "stands": lines}


def _asked(request: HttpRequest) -> Asked:
    form = AsOfForm(request.GET if "as_of" in request.GET else None)
    if form.is_bound and not form.is_valid():
        # A browser complains of a date field that holds no date, so it is told beside it.
        return Asked(AsOfForm(), None, clean_line(request.GET["as_of"], _LONGEST))
    return Asked(form, form.cleaned_data["as_of"] if form.is_bound else None)
