"""The words that decide what may differ between two reports, as rows of `lexicon.csv`."""

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Lexicon:
    """Forms, casefolded, with their value where they have one; `stems` begin a word."""

    numbers: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    negations: frozenset[str] = frozenset()
    negation_stems: tuple[str, ...] = ()
    modals: dict[str, str] = field(default_factory=dict)
    function: frozenset[str] = frozenset()


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language (a code such as «en»); of all of them for ''."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows():
        if language in {"", row["language"]}:
            forms = found.setdefault(row["kind"], {})
            forms.update(dict.fromkeys(row["forms"].casefold().split(), row["value"]))
    negations = found.get("negation", {})
    return Lexicon(
        numbers={form: int(value) for form, value in found.get("number", {}).items()},
        scales={form: int(value) for form, value in found.get("scale", {}).items()},
        negations=frozenset(form for form in negations if not form.endswith("…")),
        negation_stems=tuple(form[:-1] for form in negations if form.endswith("…")),
        modals=found.get("modal", {}),
        function=frozenset(found.get("function", {})),
    )


@cache
def _rows() -> tuple[dict[str, str], ...]:
    path = Path(__file__).with_name("lexicon.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(line for line in file if not line.startswith("#")))
