"""The words that numbers, denials and doubts are told by, as rows of `lexicon.csv`."""

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import regex

# Languages that begin words where they like, or put none apart.
_UNBOUNDED = {"ko", "ja", "zh"}
_ANY_ENDING = r"\p{L}*"
_BLANK = r"[\s\u00a0]+"


@dataclass(frozen=True)
class Lexicon:
    """Single words of a language, casefolded, with their value where they have one."""

    numbers: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    modals: dict[str, str] = field(default_factory=dict)
    function: frozenset[str] = frozenset()


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language (a code such as «en»); of all of them for ''."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows():
        if language in {"", row["language"]} and row["kind"] in _SINGLE:
            forms = found.setdefault(row["kind"], {})
            forms.update(dict.fromkeys(row["forms"].casefold().split(), row["value"]))
    return Lexicon(
        numbers={form: int(value) for form, value in found.get("number", {}).items()},
        scales={form: int(value) for form, value in found.get("scale", {}).items()},
        modals=found.get("modal", {}),
        function=frozenset(found.get("function", {})),
    )


@cache
def expressions(kind: str, language: str) -> regex.Pattern[str] | None:
    """Return the pattern of the expressions of a kind in a language, in all of them for ''.

    It is searched in casefolded text with straight apostrophes. None where there are none.

    >>> bool(expressions("doubt", "en").search("it may well be that they come"))
    True
    """
    found = [
        _pattern(row["forms"].split(), row["language"], _self(kind, row["language"]))
        for row in _rows()
        if row["kind"] == kind and language in {"", row["language"]}
    ]
    return regex.compile("|".join(found)) if found else None


def can_be_read(language: str) -> bool:
    """Whether it is known what denies, doubts, conditions or reports words of a language.

    >>> can_be_read("ko"), can_be_read("pl"), can_be_read("")
    (True, False, True)
    """
    return all(expressions(kind, language) is not None for kind in _TURNING)


def _self(kind: str, language: str) -> list[str]:
    """The words for oneself, behind which nobody else is made to speak."""
    if kind != "voice":
        return []
    rows = (row for row in _rows() if row["kind"] == "self" and row["language"] == language)
    return [word for row in rows for word in row["forms"].split()]


def _pattern(forms: list[str], language: str, own: list[str]) -> str:
    spelled, own = "|".join(map(_written_out, forms)), list(map(_written_out, own))
    if language in _UNBOUNDED:
        return f"(?:{spelled})"
    apart = rf"(?<!(?:{'|'.join(own)})\s+)" if own else ""
    return rf"(?<![\p{{L}}\p{{N}}]){apart}(?:{spelled})(?![\p{{L}}\p{{N}}])"


def _written_out(form: str) -> str:
    return form.replace("…", _ANY_ENDING).replace("_", _BLANK)


_TURNING = ("negation", "refusal", "falsity", "doubt", "condition", "voice")
_SINGLE = {"number", "scale", "modal", "function"}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    path = Path(__file__).with_name("lexicon.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(line for line in file if not line.startswith("#")))
