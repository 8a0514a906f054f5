"""The editors' queue: one proposed statement, its source, one decision, and the next."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from statements import merging, review
from statements.access import Audience, audience
from statements.matches import perhaps_the_same
from statements.models import (
    Party,
    Position,
    Review,
    Statement,
)
from statements.models.dates import Precision
from statements.review import ReviewError
from statements.views.latest import with_rows
from statements.views.review_forms import REASONS, DecisionForm, QueueForm
from statements.views.statement import reports_of
from statements.writing import write_alone

_PER_PAGE = 25


@audience(Audience.VIEWER)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for an editor, and what this reader decided lately."""
    form = QueueForm(request.GET)
    page = Paginator(with_rows(form.statements()), _PER_PAGE).get_page(request.GET.get("page"))
    mine = Review.objects.filter(by=request.user.pk).select_related("statement")
    context = {
        "form": form,
        "page": page,
        "mine": mine[:5],
        "today": mine.filter(at__date=timezone.localdate()).count(),
    }
    return render(request, "statements/review.html", context)


@audience(Audience.VIEWER)
@require_safe
def review_statement(request: HttpRequest, public_id: str) -> HttpResponse:
    """One statement with its sources and, for editors, the decision."""
    row = get_object_or_404(Statement, public_id=public_id)
    return _render(request, row, DecisionForm(initial=_initial(row)))


@audience(Audience.EDITOR)
@require_POST
def review_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Carry out one decision and go on to the next statement of the queue.

    Somebody else's decision meanwhile answers 409 and keeps what was typed.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    row = get_object_or_404(Statement, public_id=public_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _render(request, row, form, status=422)
    try:
        with transaction.atomic():
            into = _chosen_target(request)
            write_alone()
            now = Statement.objects.get(pk=row.pk)
            if now.version != form.cleaned_data["version"]:
                raise ReviewError(_what_happened(now))
            said = _carry_out(request.POST.get("decision", ""), now, into, form, request)
    except ReviewError as refusal:
        row.refresh_from_db()
        form.add_error(None, str(refusal))
        return _render(request, row, form, status=409)
    messages.success(request, said)
    following = QueueForm(request.GET)
    upcoming = following.statements().exclude(pk=row.pk).first()
    if request.POST.get("decision") == "save" or upcoming is None:
        name, args = ("review-statement", [public_id]) if upcoming else ("review", [])
    else:
        name, args = "review-statement", [upcoming.public_id]
    return redirect(f"{reverse(name, args=args)}?{following.query()}".removesuffix("?"))


@audience(Audience.EDITOR)
@require_safe
def review_log(request: HttpRequest) -> HttpResponse:
    """Every decision, newest first."""
    rows = Review.objects.select_related("statement", "by")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "statements/review_log.html", {"page": page})


def _render(
    request: HttpRequest, row: Statement, form: DecisionForm, status: int = 200
) -> HttpResponse:
    waiting = QueueForm(request.GET)
    following = waiting.statements().exclude(pk=row.pk)
    context = {
        "statement": row,
        "form": form,
        "voices": row.parties.filter(role__in=Party.VOICES).select_related(
            "speaker", "office", "actor"
        ),
        "positions": row.positions.select_related("treaty", "provision__treaty", "coder"),
        "reports": list(reports_of(row)),
        "offers": perhaps_the_same(row) if row.status == Statement.Status.PROPOSED else [],
        "upcoming": following.first(),
        "waiting": following.count() + (row.status == Statement.Status.PROPOSED),
        "query": waiting.query(),
    }
    return render(request, "statements/review_statement.html", context, status=status)


def _initial(row: Statement) -> dict[str, Any]:
    """The form's values as they stand; what it is about, but never how it was coded before."""
    fields = [name for name in review.EDITABLE if name in DecisionForm.base_fields]
    topic = row.positions.select_related("provision").first()
    about: dict[str, Any] = {"treaty": topic.treaty_id} if topic else {}
    if topic and topic.provision:
        about["article"] = topic.provision.number
    return {"version": row.version, **about, **{name: getattr(row, name) for name in fields}}


def _chosen_target(request: HttpRequest) -> Statement | None:
    """The statement that a merge goes into; None for other decisions, or when there is none."""
    if request.POST.get("decision") != "merge":
        return None
    return Statement.objects.filter(public_id=request.POST.get("into", "")).first()


def _carry_out(
    decision: str,
    row: Statement,
    into: Statement | None,
    form: DecisionForm,
    request: HttpRequest,
) -> str:
    """Write the decision; return the sentence that says so. Raises `ReviewError`."""
    given, by = form.cleaned_data, request.user
    assert isinstance(by, User)
    why = given["why"].strip()
    if decision == "reject":
        if not given["reason"]:
            raise ReviewError("Choose why it is rejected.")
        review.reject(row, by, ": ".join(filter(None, [REASONS[given["reason"]], why])))
        return f"Rejected {row.public_id}: {given['reason']}."
    if decision == "withdraw":
        review.withdraw(row, by, why)
        return f"Withdrew {row.public_id}."
    if decision == "merge":
        if into is None:
            raise ReviewError("There is no such statement to merge it into.")
        merging.merge(row, into, by, why)
        return f"Merged {row.public_id} into {into.public_id}."
    if decision not in {"publish", "save"}:
        raise ReviewError("Choose a decision.")
    _correct(row, given, by, why)
    if decision == "publish":
        review.publish(row, by, why)
        return f"Published {row.public_id}."
    return f"Saved {row.public_id}."


def _correct(row: Statement, given: dict[str, Any], by: User, why: str) -> None:
    """Write what the editor changed: fields, speaker, stance; each as its own decision."""
    fields = [name for name in review.EDITABLE if name in given]
    if given["said_on"] is None:
        given["said_on_precision"] = Precision.UNKNOWN
    changed = {name: given[name] for name in fields if given[name] != getattr(row, name)}
    if {"said_on", "said_on_precision"} & set(changed):
        known = given["said_on"] is not None
        changed["said_on_basis"] = (
            Statement.DateBasis.EDITOR if known else Statement.DateBasis.NONE
        )
    if "translation" in changed:
        changed["translated_by"] = by.get_username() if given["translation"] else ""
    if changed:
        review.edit(row, by, why, **changed)
    if given["speaker"]:
        review.name_speaker(row, given["speaker"], by, why)
    if given["stance"]:
        review.code(
            row,
            given["treaty"],
            given["stance"],
            by,
            provision=given.get("provision"),
            legal=given["legal"] or Position.Legal.NONE,
            why=why,
        )


def _what_happened(row: Statement) -> str:
    """Who decided what about a statement while another editor had it open."""
    last = row.reviews.select_related("by").first()
    if last is None:
        return "It was changed meanwhile. What you typed is kept: look again, then decide."
    return (
        f"{last.by} decided meanwhile: {last.get_decision_display().lower()}. "
        "What you typed is kept: look again, then decide."
    )
