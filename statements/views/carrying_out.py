"""Write what an editor decided at the desk about one statement, and say so in a sentence."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User

from statements import review
from statements.claims import claim
from statements.describing import fullest
from statements.doers import AN_EDITOR
from statements.merging import merge
from statements.models import Attestation, Position, Statement
from statements.models.dates import SaidPrecision
from statements.review import ReviewError
from statements.separating import separate
from statements.spans import located
from statements.views.candidate import Draft, span_of
from statements.views.decision_forms import DecisionForm

# These write what was corrected; the others leave it alone, whatever stands in the fields.
WRITTEN = {"publish", "save"}


def carry_out(verb: str, what: str, row: Statement, draft: Draft, by: User) -> str:
    """Write the decision; return the sentence that says so. Raises `ReviewError`."""
    given = draft.form.cleaned_data
    why = (given.get("why") or "").strip()
    if verb == "reject":
        if not what:
            raise ReviewError("Choose why it is rejected.")
        if what.startswith("other") and not why:
            raise ReviewError("Say in the note why it is rejected.")
        review.reject(row, by, ": ".join(filter(None, [what, why])))
        return f"Rejected {row.public_id}: {what}."
    if verb == "withdraw":
        review.withdraw(row, by, why)
        return f"Withdrew {row.public_id}."
    if verb == "merge":
        chosen = (what or given.get("into") or "").strip().upper()
        into = Statement.objects.filter(public_id=chosen).first()
        if into is None:
            raise ReviewError("There is no such statement to merge it into.")
        merge(row, into, by, why)
        return f"Merged {row.public_id} into {into.public_id}."
    if verb == "apart":
        other = Statement.objects.filter(public_id=what).exclude(pk=row.pk).first()
        if other is None:
            raise ReviewError("There is no such other statement.")
        separate(row, other, by, why)
        return f"{row.public_id} and {other.public_id} are kept apart from now on."
    if verb in ASIDE:
        return ASIDE[verb](row, by, given.get("flag_note", "").strip())
    if verb not in WRITTEN:
        raise ReviewError("Choose a decision.")
    published = row.status == Statement.Status.PUBLISHED
    _correct(row, draft, by, why)
    beside = " ".join(_judge(row, draft.form, by, why))
    if verb == "publish":
        review.publish(row, by, why)
        return f"Published {row.public_id}. {beside}".strip()
    if published and row.awaits_second:
        beside = f"Another editor must confirm what you changed, and publish it again. {beside}"
    if note := given.get("flag_note", "").strip():
        beside = f"{_flag(row, by, note)} {beside}"
    return f"Saved {row.public_id}. {beside}".strip()


def _claim(row: Statement, by: User, note: str) -> str:
    claim(row, by, take_over=True)
    return f"You have {row.public_id} open now."


def _flag(row: Statement, by: User, note: str) -> str:
    review.flag(row, by, note)
    return f"Flagged {row.public_id}."


def _unflag(row: Statement, by: User, note: str) -> str:
    review.unflag(row, by, note)
    return f"Took the flag off {row.public_id}."


# What is done beside a statement, whichever version of it was seen: nothing of it changes.
ASIDE = {"claim": _claim, "flag": _flag, "unflag": _unflag}


def _correct(row: Statement, draft: Draft, by: User, why: str) -> None:
    """Write what the editor changed of words, fields and parties; each as a decision."""
    values = _as_printed(row, draft.form.corrections())
    report = report_of(row, draft.form)
    if report is not None:
        shows = row.text == report.words and "summarised" not in values
        span = _wanted(report, draft.form, values.pop("text", None) if shows else None)
        if span != (report.start, report.end):
            review.correct_words(row, report, *span, by, why)
    changed = {name: value for name, value in values.items() if value != getattr(row, name)}
    changed |= _day_known(row, changed)
    if "translation" in changed:
        changed["translated_by"] = AN_EDITOR if changed["translation"] else ""
    if changed:
        review.edit(row, by, why, **changed)
    if draft.parties.is_bound:
        takings = [form.taking(row.said_on) for form in draft.parties]
        if given := [taking for taking in takings if taking]:
            review.name_parties(row, given, by, why)


def _as_printed(row: Statement, values: dict[str, Any]) -> dict[str, Any]:
    """The corrections of a summarised statement that is to show printed words: those typed, or
    the fullest of a report. Only what is a summary can cease to be one."""
    if values.pop("summarised", True) or not row.summarised:
        return values
    printing = [report for report in row.attestations.all() if not report.is_summary]
    if not printing:
        raise ReviewError("No report prints its words yet, so it stays an editor's summary.")
    shown = fullest(row, printing)
    typed = values.get("text")
    if typed is None:
        values |= {"text": shown["text"], "language": shown["language"]}
    elif not any(typed in report.words for report in printing):
        raise ReviewError(
            "No report of it prints these words. Take them from a report, or leave the summary "
            "as it was: then the fullest report's words are shown."
        )
    return {**values, "summarised": False}


def _wanted(report: Attestation, form: DecisionForm, typed: str | None) -> tuple[int, int]:
    """Where the report's words are to begin and end: by the offsets, or by words typed."""
    start, end = span_of(form, report)
    text = report.snapshot.text
    if typed is None or typed == text[start:end]:
        return start, end
    span = located(text, typed, start)
    if span is None:
        raise ReviewError(
            "The article does not print these words. Words are shown as printed: take them "
            "from the article, or move their beginning and end by word."
        )
    return span


def _day_known(row: Statement, changed: dict[str, Any]) -> dict[str, Any]:
    """Precision and basis that go with a day that was set, changed or taken away."""
    if not {"said_on", "said_on_to", "said_on_precision"} & set(changed):
        return {}
    day = changed.get("said_on", row.said_on)
    if day is None:
        return {
            "said_on_precision": SaidPrecision.UNKNOWN,
            "said_on_basis": Statement.DateBasis.NONE,
        }
    precision = changed.get("said_on_precision", row.said_on_precision)
    known = SaidPrecision.DAY if precision == SaidPrecision.UNKNOWN else precision
    return {"said_on_precision": known, "said_on_basis": Statement.DateBasis.EDITOR}


def _judge(row: Statement, form: DecisionForm, by: User, why: str) -> Iterator[str]:
    """Write the stance, for each article or the whole treaty; yield yours beside the machine's."""
    given = form.cleaned_data
    if not given["stance"]:
        return
    machine = row.positions.by_machine().filter(treaty=given["treaty"])
    codes = dict.fromkeys(str(one.get_stance_display()).lower() for one in machine)
    for provision in given["provisions"] or [None]:
        review.code(
            row,
            given["treaty"],
            given["stance"],
            by,
            provision=provision,
            legal=given["legal"] or Position.Legal.NONE,
            about=given["object"],
            why=why,
        )
    yours = str(Position.Stance(given["stance"]).label).lower()
    yield f"You: {yours}; machine: {' and '.join(codes) or 'no code'}."


def report_of(row: Statement, form: DecisionForm) -> Attestation | None:
    key = str(form["report"].value() or "")
    reports = row.attestations.select_related("snapshot")
    return reports.filter(pk=key).first() if key.isdecimal() else None
