"""Every reason has its words, and every code that is used is in the list."""

import re
from pathlib import Path

import pytest

from sources.fetching import PermanentFetchError
from sources.models import Job
from sources.reasons import LASTING, REASONS
from sources.verdicts import is_last_try, judge

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


def test_what_is_tried_just_once_more_is_said_to_be() -> None:
    raised = set()
    for path in ROOT.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        raised |= set(re.findall(r"PermanentFetchError\(\s*\"([a-z0-9-]+)\"", text))

    # «Too large» is not tried again at all.
    assert raised - {"too-large"} == LASTING


@pytest.mark.parametrize("code", sorted(LASTING))
def test_what_lasts_is_given_up_at_the_second_try(code: str) -> None:
    first, second = (judge(Job(attempts=tries), PermanentFetchError(code)) for tries in (1, 2))

    assert (first.state, second.state) == (Job.State.WAITING, Job.State.DEAD)
    assert is_last_try(Job(state=first.state, reason_code=first.code))
    assert not is_last_try(Job(state=second.state, reason_code=second.code))
