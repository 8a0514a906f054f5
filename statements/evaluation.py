"""How good the attribution is: figures measured on annotated articles, kept in one data file.

`./run evaluate quotes --write` measures and writes them; a test holds the file to what is
measured. Pages and documents show them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent / "data" / "evaluation.yaml"
_HEAD = """\
# How good the attribution is on annotated articles. The figures are written by
# «./run evaluate quotes --write»; title, material, judged and people are written by hand.
# Per cent; low and high are the ends of the 95 % interval of F1 (bootstrap over articles).
"""


@dataclass(frozen=True)
class Figures:
    """What was measured on one set of articles; shares in per cent with one decimal.

    A statement counts as found when its words and its speaker are right. `precision` is how many
    of those found are right, `recall` how many of those annotated are found, `f1` their harmonic
    mean, `low` to `high` its 95 % interval. `span_f1` asks for the words alone; `speaker`,
    `country` and `office` are shares right where the words are, None where the set has none.
    Of what is called confident, `confident_right` is right; `confident_share` is so called.
    """

    name: str
    measured_on: date
    version: str
    articles: int
    statements: int
    precision: float | None
    recall: float | None
    f1: float | None
    low: float | None
    high: float | None
    span_f1: float | None
    speaker: float | None
    country: float | None
    office: float | None
    confident_right: float | None
    confident_share: float | None


@dataclass(frozen=True)
class Evaluated:
    """A set in words with its figures.

    `people` is the F1 that people reach against one another where that is known, in per cent.
    """

    title: str
    material: str
    judged: str
    people: float | None
    figures: Figures


@lru_cache(maxsize=1)
def evaluation() -> tuple[Evaluated, ...]:
    """The sets with their figures, as the data file has them."""
    return tuple(map(_evaluated, yaml.safe_load(DATA.read_text(encoding="utf-8"))))


def with_figures(sets: Iterable[Evaluated], measured: Iterable[Figures]) -> list[Evaluated]:
    """The sets with new figures where there are some."""
    new = {figures.name: figures for figures in measured}
    return [
        Evaluated(
            one.title,
            one.material,
            one.judged,
            one.people,
            new.get(one.figures.name, one.figures),
        )
        for one in sets
    ]


def as_yaml(sets: Iterable[Evaluated]) -> str:
    """The data file with these sets."""
    rows = list(map(asdict, sets))
    return _HEAD + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=92)


def as_markdown(sets: Sequence[Evaluated]) -> str:
    """The figures as a table for documents, under a line that says when they were measured."""
    columns = (
        "measured on", "articles", "statements", "precision", "recall", "F1 (95 % interval)",
        "confident: right", "share confident",
    )  # fmt: skip
    rows = [f"| {' | '.join(columns)} |", "|---" + "|--:" * (len(columns) - 1) + "|"]
    for one in sets:
        f = one.figures
        rows.append(
            f"| {one.title} | {f.articles} | {f.statements} | {f.precision} | {f.recall} "
            f"| {f.f1} ({f.low}–{f.high}) | {f.confident_right} | {f.confident_share} |"
        )
    times = dict.fromkeys(
        f"with {one.figures.version} on {one.figures.measured_on}" for one in sets
    )
    return "\n".join([f"In per cent, measured {' and '.join(times)}:", "", *rows])


def _evaluated(row: dict[str, Any]) -> Evaluated:
    return Evaluated(**{**row, "figures": Figures(**row["figures"])})
