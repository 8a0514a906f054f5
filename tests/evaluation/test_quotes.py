"""The quality of the attribution is a number in the tree: floors on annotated articles."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_every_named_turn_of_the_official_transcripts_has_its_speaker(shared: Path) -> None:
    """Turn labels are annotation enough: named ones get a speaker, questions get none."""
    register = read_register()
    turns = wrong = 0
    for path in sorted((shared / "corpora" / "whitehouse").glob("2*.md")):
        text = path.read_text(encoding="utf-8")
        answer = io.StringIO()
        line = json.dumps({"id": path.name, "text": text, "date": path.name[:10]})
        attribute_lines([line], answer, register)
        for statement in json.loads(answer.getvalue())["statements"]:
            if statement["rule"] != "transcript turn":
                continue
            turns += 1
            start = statement["start"]
            label = text[max(start - 60, 0) : start].rstrip().splitlines()[-1].strip()
            if label.startswith(("MS. JEAN-PIERRE", "MR. KIRBY", "MR. SULLIVAN", "MR. FINER")):
                family = label.rstrip(":").split()[-1].split("-")[0].title()
                wrong += family not in statement["speaker"]
            if label == "Q":
                wrong += statement["speaker"] != ""
    assert turns > 1500
    assert wrong == 0
