"""The quality of the attribution is a number in the tree: floors on annotated articles."""

import io
import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from statements.attribution import attribute
from statements.attribution.jsonl import attribute_lines
from statements.attribution.register import read_register

# End-to-end F1 over statements, in per cent. Lowering a floor is a commit that says why.
FLOORS = {"wikinews": 67.0, "challenge": 92.0}


@pytest.mark.parametrize("name", FLOORS)
def test_the_attribution_keeps_its_floor(shared: Path, tmp_path: Path, name: str) -> None:
    corpus = shared / "corpora" / "quotes-dev"
    documents = corpus / f"{name}-dev-docs.jsonl"
    answers = io.StringIO()
    attribute_lines(
        documents.read_text(encoding="utf-8").splitlines(), answers, read_register()
    )
    system = tmp_path / "system.jsonl"
    system.write_text(answers.getvalue(), encoding="utf-8")

    scored = subprocess.run(
        [
            sys.executable, str(shared / "tools" / "quotes" / "qscore.py"), "--json",
            "--docs", str(documents), "--gold", str(corpus / f"{name}-dev-gold.jsonl"),
            "--system", str(system),
        ],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    figure = json.loads(scored.stdout)["statements"]["end_to_end"]["f"] * 100
    assert figure >= FLOORS[name], f"{name}: {figure}"


# A label of the official transcripts, and the Q of somebody who asks.
_LABEL = re.compile(
    r"^(?P<label>[A-Z][A-Z.’'-]+(?:[ \u00a0]+[A-Z][A-Z.’'-]+){0,5})(?: *\([^)\n]*\))?[ \u00a0]*:\s|^(?P<asks>Q)[ \u00a0]+(?=\S)",
    re.MULTILINE,
)
_ASKING = {"Q", "MODERATOR", "OPERATOR", "AUDIENCE", "AUDIENCE MEMBER"}
_WITHOUT_NAME = {
    "THE",
    "VICE",
    "SENIOR",
    "ADMINISTRATION",
    "ADMINISTRIVE",
    "PRESIDENT",
    "OFFICIAL",
    "AIDE",
}
_NO_SPEAKERS = {"SUBJECT"}  # the heading of a memorandum


def test_every_named_turn_of_the_official_transcripts_has_its_speaker(shared: Path) -> None:
    """Turn labels are annotation enough: named ones get a speaker, questions get none."""
    register = read_register()
    turns: Counter[str] = Counter()
    wrong = []
    for path in sorted((shared / "corpora" / "whitehouse").glob("2*.md")):
        text = path.read_text(encoding="utf-8")
        found = attribute(
            text, published_on=date.fromisoformat(path.name[:10]), register=register
        )
        by_start = {statement.start: statement for statement in found}
        for match in _LABEL.finditer(text):
            label = match["label"] or match["asks"]
            begins = _first_word(text, match.end())
            statement = by_start.get(begins)
            if label in _NO_SPEAKERS or (statement is None and text[begins] == "("):
                continue  # «(Laughter.)» and nothing else
            turns[label] += 1
            names = [voice.name for voice in statement.voices] if statement else []
            if statement is None or not _fits(label, names):
                wrong.append((path.name, label, names))
    assert turns.total() > 2500
    assert len(turns) > 30
    assert wrong == []


def _first_word(text: str, position: int) -> int:
    while text[position].isspace():
        position += 1
    return position


def _fits(label: str, names: list[str]) -> bool:
    """Whether the names are those of a label: none who asks, else one with its family name."""
    if label in _ASKING:
        return names == []
    family = label.split()[-1]
    spoken = "".join(names).upper()
    return len(names) == 1 and bool(spoken) and (family in _WITHOUT_NAME or family in spoken)
