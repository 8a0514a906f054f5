"""`./run evaluate [quotes|pages|copies|stances]`: score a part on annotated material.

Quotes is the attribution, pages the reading of pages, copies how copies are told from others,
stances how the stance rules agree with a person's codes.
"""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from statements.attribution.jsonl import attribute_lines
from statements.attribution.register import read_register
from tests.evaluation import copies, pages, stances


def main() -> int:
    parts = {"pages": pages.main, "copies": copies.main}
    word = sys.argv[1] if len(sys.argv) > 1 else "quotes"
    if word == "stances":
        return stances.main(sys.argv[2:])
    if word in parts:
        return parts[word]()
    return _quotes(sys.argv[2:] if word == "quotes" else sys.argv[1:])


def _quotes(options: list[str]) -> int:
    root = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("DEMARCHE_SHARED") or root.parent / "shared")
    corpus = shared / "corpora" / "quotes-dev"
    if not corpus.is_dir():
        sys.stderr.write(
            f"There is no test material at {shared}; name its folder in DEMARCHE_SHARED.\n"
        )
        return 2
    register = read_register()
    for name in ("wikinews", "challenge"):
        documents = corpus / f"{name}-dev-docs.jsonl"
        with tempfile.NamedTemporaryFile("w+", suffix=".jsonl", encoding="utf-8") as system:
            answers = io.StringIO()
            attribute_lines(documents.read_text("utf-8").splitlines(), answers, register)
            system.write(answers.getvalue())
            system.flush()
            sys.stdout.write(f"\n{name}\n")
            sys.stdout.flush()
            subprocess.run(
                [
                    sys.executable, str(shared / "tools" / "quotes" / "qscore.py"),
                    "--docs", str(documents), "--gold", str(corpus / f"{name}-dev-gold.jsonl"),
                    "--system", system.name, *options,
                ],
                check=True,
            )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
