"""A statement's past: its versions, each at an address of its own, and what changed between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from history.models import Change
from statements.access import Audience, Reader, audience, reader_of
from statements.citations import cite_record
from statements.doers import doer_of
from statements.models import Party, Statement
from statements.past import Past
from statements.records import statement_record
from statements.version_words import Difference, differences, names_in
from statements.versions import Version, as_statement
from statements.views.finding import (
    find_statement,
    gone_page,
    gone_record,
    is_hidden,
    is_rejected_for,
)

PER_PAGE = 20
NEWEST = 3  # on the page of the statement


@dataclass(frozen=True)
class Entry:
    """One version in the list of them: by whom, and what it changed.

    `differences` are None for the first one that is known, which changed nothing.
    """

    version: Version
    doer: str
    differences: list[Difference] | None

    @property
    def deed(self) -> str:
        """What was done, in a word."""
        began = self.version.began
        if self.version.decision:
            return str(self.version.decision.label).lower()
        if began.operation == Change.Operation.INSERT:
            return "recorded"
        by_machine = not began.who and not began.is_past_the_program
        return "read anew" if by_machine and self.version.read_by else "changed"

    @property
    def why(self) -> str:
        return self.version.began.why


def newest_entries(row: Statement, reader: Reader) -> tuple[list[Entry], int]:
    """The newest versions of a statement for its page, newest first, and how many there are."""
    past = Past(row)
    return _entries(past, range(len(past.numbers))[-NEWEST:], reader), len(past.numbers)


@audience(Audience.PUBLIC)
@require_safe
def statement_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every version, newest first: when, by whom, why and what changed; two of them compared."""
    row = find_statement(public_id)
    if row.public_id != public_id:
        return redirect("statement-history", row.public_id, permanent=True)
    reader = reader_of(request)
    if is_rejected_for(row, reader):
        return _not_indexed(gone_page(request, row))
    past = Past(row)
    hidden = is_hidden(row, reader)
    places = range(len(past.numbers))
    page = Paginator(places[::-1], PER_PAGE).get_page(request.GET.get("page"))
    compared = None if hidden else _compared(request, past)
    context = {
        "statement": row,
        "page": page,
        "entries": _entries(past, list(page)[::-1], reader, told=not hidden),
        "numbers": past.numbers,
        "hidden": hidden,
        "compared": compared,
        "mistaken": not hidden and compared is None and bool({"from", "to"} & set(request.GET)),
    }
    return render(request, "statements/statement_history.html", context)


@audience(Audience.PUBLIC)
@require_safe
def statement_version(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """The statement as it stood in one version, under a banner that says so."""
    row = find_statement(public_id)
    if row.public_id != public_id:
        return redirect("statement-version", row.public_id, number, permanent=True)
    if is_hidden(row, reader_of(request)):
        return _not_indexed(gone_page(request, row))
    past = Past(row)
    [version] = past.numbered(number)
    if version is None:
        missing = {"statement": row, "number": number, **_kept(past)}
        return render(request, "statements/no_version.html", missing, status=404)
    then = as_statement(version.state)
    parties = list(then.parties.all())
    context = {
        "now": row,
        "statement": then,
        "version": version,
        "doer": doer_of(version.began, reader_of(request), version.read_by),
        "voices": [party for party in parties if party.role in Party.VOICES],
        "others": [party for party in parties if party.role not in Party.VOICES],
        "reports": then.attestations.all(),
        "cite_record": cite_record(then),
        **_kept(past),
    }
    return _not_indexed(render(request, "statements/statement_version.html", context))


@audience(Audience.PUBLIC)
@require_safe
def statement_version_json(request: HttpRequest, public_id: str, number: int) -> JsonResponse:
    """The record as it stood in one version, with when that was; 410 for one that is gone."""
    row = find_statement(public_id)
    if is_hidden(row, reader_of(request)):
        return JsonResponse(gone_record(row), status=410)
    past = Past(row)
    [version] = past.numbered(number)
    if version is None:
        sentence = f"There is no version {number} of this statement."
        return JsonResponse({"error": sentence, "versions": past.numbers}, status=404)
    then = as_statement(version.state)
    vars(then)["differs"] = []
    record = statement_record(then, {})
    del record["differs"]  # found between the reports of today, and not recorded
    record["from"] = version.began.at.isoformat()
    record["to"] = version.ended.isoformat() if version.ended else None
    record["newest_version"] = past.numbers[-1]
    return JsonResponse(record)


def _kept(past: Past) -> dict[str, int]:
    """The numbers of the first and of the newest version that are kept."""
    return {"first": past.numbers[0], "newest": past.numbers[-1]} if past.numbers else {}


def _not_indexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response


def _entries(
    past: Past, places: Sequence[int], reader: Reader, *, told: bool = True
) -> list[Entry]:
    """Entries for the versions at these places, newest first; what they changed where it may be
    told."""
    first = places[0] if places else 0
    # Each is told by what it changed in the one before it.
    versions = past.versions(range(max(first - 1, 0), first + len(places)))
    before = dict(zip((one.number for one in versions[1:]), versions, strict=False))
    shown = versions[min(first, 1) :]
    names = names_in(one.state for one in versions) if told and before else {}
    return [
        Entry(
            one,
            doer_of(one.began, reader, one.read_by),
            differences(before[one.number].state, one.state, names)
            if told and one.number in before
            else None,
        )
        for one in reversed(shown)
    ]


@dataclass(frozen=True)
class Comparison:
    """Two versions of one statement, the earlier first, and what differs."""

    old: Version
    new: Version
    differences: list[Difference]


def _compared(request: HttpRequest, past: Past) -> Comparison | None:
    """The comparison that the address asks for; None when it asks for none that there is."""
    asked = [request.GET.get(name, "") for name in ("from", "to")]
    known = {str(number): number for number in past.numbers}
    if not {*asked} <= known.keys():
        return None
    old, new = past.numbered(*(known[one] for one in asked))
    assert old
    assert new
    names = names_in([old.state, new.state])
    return Comparison(old, new, differences(old.state, new.state, names))
