"""Every reason has its words, and every code that is used is in the list."""

import re
from pathlib import Path

from sources.reasons import REASONS

ROOT = Path(__file__).resolve().parents[2] / "sources"


def test_each_reason_has_a_sentence_and_a_next_step() -> None:
    for code, reason in REASONS.items():
        assert re.fullmatch(r"[a-z0-9-]{2,40}", code)
        assert reason.sentence.endswith(".")
        assert reason.next_step.endswith(".")


def test_every_code_in_the_program_is_listed() -> None:
    used = set()
    for path in ROOT.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        used |= set(
            re.findall(
                r"(?:Error|Allowed|Gone|Throttled|Busy|retry|dead|blocked|rejected)\(\s*\"([a-z0-9-]+)\"",
                text,
            )
        )
    assert used
    assert used <= set(REASONS)
