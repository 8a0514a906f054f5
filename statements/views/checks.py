"""What the register says that cannot all be so, for those who look after it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from statements.access import Audience, audience
from statements.register_findings import EXCLUSIVE, Finding, find, registers_now
from statements.register_tables import TABLES, Keys


@dataclass(frozen=True)
class Linked:
    """A finding with the admin page of each of its rows, by the row's id."""

    finding: Finding
    rows: list[tuple[str, str]]


@audience(Audience.EDITOR)
@require_safe
def register_checks(request: HttpRequest) -> HttpResponse:
    """All findings, each with its rows and what to do."""
    keys = Keys(survivors=True)
    findings = [
        Linked(one, [(key, _address(keys, table, key)) for table, key in one.rows])
        for one in find(registers_now())
    ]
    context = {"findings": findings, "exclusive": sorted(EXCLUSIVE)}
    return render(request, "statements/register_checks.html", context)


def _address(keys: Keys, table: str, key: str) -> str:
    model = TABLES[table].model
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    return reverse(name, args=[keys.rows(model)[key]])
