"""Two editors decided about one statement: both versions side by side, and nothing lost."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from statements.models import Position, Statement
from statements.views.candidate import Draft, draft_of, parties_of, statement_values
from statements.views.decision_forms import DecisionForm, initial_of
from statements.views.review_forms import QueueForm

# What a page sends besides the draft.
_OWN = {"csrfmiddlewaretoken", "decision", "version"}


@dataclass(frozen=True)
class Side:
    """One field that somebody changed, as it stands now and as the draft has it."""

    label: str
    theirs: str
    yours: str
    changed: bool


class Conflict(Exception):
    """The statement is no longer the version that the editor saw."""


def render_conflict(
    request: HttpRequest, row: Statement, draft: Draft, seen: int
) -> HttpResponse:
    """Answer 409: who decided what since version `seen`, theirs and the draft side by side."""
    since = [
        review
        for review in row.reviews.told().select_related("by").order_by("-pk")[:20]
        if review.after.get("version", 0) > seen
    ]
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _OWN
        for value in values
    ]
    context = {
        "statement": row,
        "since": since,
        "sides": list(_sides(row, draft, request.user)),
        "kept": kept,
        "query": QueueForm(request.GET).query(),
    }
    return render(request, "statements/review_conflict.html", context, status=409)


def reapplied(post: QueryDict, row: Statement) -> Draft:
    """The draft on top of the statement as it stands now: what the editor changed stays
    changed, all else is as others left it."""
    changed = set(draft_of(row, post).form.changed_data)
    data: dict[str, Any] = {name: post[name] for name in post if name not in _OWN}
    data["version"] = row.version
    for name, value in _shown_values(row).items():
        data[f"initial-{name}"] = value
        if name not in changed:
            data[name] = value
    report = row.attestations.filter(pk=post.get("report") or 0).first()
    if report and "text" not in changed:
        data |= {"start": report.start, "end": report.end}
    return draft_of(row, data | _lines(post, row))


def _lines(post: QueryDict, row: Statement) -> dict[str, Any]:
    """The parties' lines again: those that stand now, with what the editor changed of each."""
    mine = {}
    new: list[dict[str, Any]] = []
    for form in draft_of(row, post).parties:
        names = [*form.changed_data]
        values = {name: form[name].value() for name in names}
        key = str(form["key"].value() or "")
        if key:
            mine[key] = values
        elif values.get("name"):
            new.append({"role": form["role"].value(), **values})
    now = initial_of(parties_of(row).values())
    lines: dict[str, Any] = {
        "party-TOTAL_FORMS": len(now) + len(new) + (not new),
        "party-INITIAL_FORMS": len(now),
    }
    for number, stands in enumerate(now):
        for name, value in stands.items():
            lines[f"party-{number}-{name}"] = value
            lines[f"initial-party-{number}-{name}"] = value
        for name, value in mine.get(str(stands["key"]), {}).items():
            lines[f"party-{number}-{name}"] = value
    for number, values in enumerate(new, len(now)):
        for name, value in values.items():
            lines[f"party-{number}-{name}"] = value
    return lines


def _shown_values(row: Statement) -> dict[str, str]:
    """The corrected fields as a page would send them back."""
    form = DecisionForm(initial=statement_values(row))
    return {
        name: str(form[name].field.prepare_value(form[name].value()) or "")
        for name in DecisionForm.CORRECTED
    }


def _sides(row: Statement, draft: Draft, by: object) -> list[Side]:
    form, now = draft.form, _shown_values(row)
    sides = []
    for name in DecisionForm.CORRECTED:
        seen = form.data.get(f"initial-{name}", now[name])
        yours = str(form[name].value() or "")
        if name in form.changed_data or _bare(seen) != _bare(now[name]):
            theirs = now[name]
            sides.append(Side(str(form[name].label), theirs, yours, name in form.changed_data))
    if draft.parties.is_bound:
        names = [
            f"{line['name']} ({line['role']})" for line in initial_of(parties_of(row).values())
        ]
        typed = [
            f"{one['name'].value()} ({one['role'].value()})"
            for one in draft.parties
            if one["name"].value() and not one["gone"].value()
        ]
        if names != typed:
            changed = any(one.has_changed() for one in draft.parties)
            sides.append(Side("Who", "; ".join(names), "; ".join(typed), changed))
    if stance := form["stance"].value():
        others = row.positions.by_person().exclude(coder=by if isinstance(by, User) else None)
        stances = {value: str(label) for value, label in Position.Stance.choices}
        codes = "; ".join(f"{one.get_stance_display()} ({one.coder})" for one in others)
        sides.append(Side("Stance", codes, stances.get(stance, ""), True))
    for name, label in (("why", "Note"), ("flag_note", "Flag")):
        if typed := form[name].value():
            sides.append(Side(label, "", str(typed), True))
    return sides


def _bare(text: str) -> str:
    return " ".join(text.split())
