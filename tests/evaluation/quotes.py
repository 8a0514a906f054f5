"""`./run evaluate quotes`: how well statements and their speakers are found in annotated articles."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from statements.attribution import ATTRIBUTED_BY
from statements.attribution.register import read_register
from statements.evaluation import (
    DATA,
    Evaluated,
    Figures,
    as_markdown,
    as_yaml,
    evaluation,
    with_figures,
)
from tests.evaluation.error_browser import browser
from tests.evaluation.scorer import (
    ROOT,
    Measured,
    NoMaterial,
    Scorer,
    polnear,
    sets_of,
    shared_folder,
)

# Documents that show the figures, between these lines.
DOCUMENTS = [ROOT / "README.md", ROOT / "docs" / "attribution.md"]
_TABLE = re.compile(r"(<!-- figures -->).*?(<!-- end of figures -->)", re.DOTALL)


def main(argv: Sequence[str]) -> int:
    options = _options(argv)
    try:
        measured = measure(options.polnear)
    except NoMaterial as error:
        sys.stderr.write(f"{error}\n")
        return 2
    today = datetime.now(UTC).date()
    figures = [one.figures(today, ATTRIBUTED_BY) for one in measured]
    sys.stdout.write(table(figures))
    if options.full:
        for one in measured:
            sys.stdout.write(f"\n{one.of.name}\n")
            Scorer(shared_folder()).show(one)
    if options.errors is not None:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(browser(measured, options.errors), encoding="utf-8")
        sys.stdout.write(f"\nThe errors stand in {options.out}\n")
    if options.write:
        for path in write(figures):
            sys.stdout.write(f"Written: {path.relative_to(ROOT)}\n")
    return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run evaluate quotes", description=__doc__)
    parser.add_argument(
        "--polnear", type=Path, metavar="DIR", help="score PolNeAR's prepared dev split as well"
    )
    parser.add_argument(
        "--errors", type=int, nargs="?", const=0, metavar="N",
        help="write a page of the errors, at most N of each kind and set",
    )  # fmt: skip
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where that page goes; else to DEMARCHE_HOME"
    )
    parser.add_argument("--full", action="store_true", help="print all that the scorer says")
    parser.add_argument(
        "--write", action="store_true", help="write the figures to the data file and documents"
    )
    options = parser.parse_args(argv)
    home = Path(os.environ.get("DEMARCHE_HOME") or ROOT / ".local")
    options.out = (options.out or home / "errors.html").resolve()
    if _is_of_the_tree(options.out):
        parser.error(
            f"{options.out} lies within the project, which the corpora's sentences must not "
            "enter; name a file elsewhere"
        )
    return options


def _is_of_the_tree(path: Path) -> bool:
    return path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / ".local")


def measure(prepared: Path | None = None) -> list[Measured]:
    """Score every set, PolNeAR first when it is there. Raises `NoMaterial`."""
    shared = shared_folder()
    scorer, register = Scorer(shared), read_register()
    sets = sets_of(shared)
    if prepared is not None:
        sets = [polnear(prepared), *sets]
    return [scorer.measure(one, register) for one in sets]


def table(figures: Sequence[Figures]) -> str:
    """The figures as lines of a table."""
    names = "set n P R F1 interval span speaker country office confident share"
    rows = [tuple(names.split())]
    for f in figures:
        interval = f"{_cell(f.low)}–{_cell(f.high)}"
        cells = (f.precision, f.recall, f.f1)
        more = (f.span_f1, f.speaker, f.country, f.office, f.confident_right, f.confident_share)
        rows.append(
            (f.name, str(f.statements), *map(_cell, cells), interval, *map(_cell, more))
        )
    return "".join(
        f"{row[0]:10}"
        + "".join(f"{cell:>{11 if at in {4, 9} else 8}}" for at, cell in enumerate(row[1:]))
        + "\n"
        for row in rows
    )


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def write(figures: Sequence[Figures]) -> list[Path]:
    """Write the figures to the data file and the documents; return what was written.

    A set that was not measured now keeps the figures, day and version that it has.
    """
    sets = with_figures(evaluation(), figures)
    DATA.write_text(as_yaml(sets), encoding="utf-8")
    for path in DOCUMENTS:
        path.write_text(with_table(path.read_text(encoding="utf-8"), sets), encoding="utf-8")
    evaluation.cache_clear()
    return [DATA, *DOCUMENTS]


def with_table(document: str, sets: Sequence[Evaluated]) -> str:
    """The document with the table of the figures between its marks. Raises `ValueError` without."""
    table = as_markdown(sets)
    written, times = _TABLE.subn(lambda found: f"{found[1]}\n\n{table}\n\n{found[2]}", document)
    if not times:
        raise ValueError("The document has no place for the figures.")
    return written
