"""How the stance rules agree with a person's codes is a number in the tree: floors."""

from pathlib import Path

import pytest

from tests.evaluation.stances import answers, coded, legal_axis, seeds, stance_axis

# (precision of what is proposed, share of the coded that gets the same code), of the first axis
# and of the second. Lowering a floor is a commit that says why.
FLOORS = {
    "development": ((0.95, 0.58), (0.95, 0.85)),
    "check": ((0.94, 0.58), (0.90, 0.85)),
    "summary": ((0.93, 0.60), (0.95, 0.80)),
}


@pytest.mark.parametrize("name", FLOORS)
def test_the_stance_rules_keep_their_floor(shared: Path, name: str) -> None:
    statements = seeds(shared, name) if name == "summary" else coded(shared, name)
    given = answers(statements)

    for axis, (precision, coverage) in zip(
        (stance_axis(given), legal_axis(given)), FLOORS[name], strict=True
    ):
        assert axis.precision >= precision, axis.pairs
        assert axis.coverage >= coverage, axis.pairs


def test_evidence_stands_in_the_text(shared: Path) -> None:
    for one in answers([*coded(shared, "development"), *coded(shared, "check")]):
        text = one.coded.passage.text
        assert all(0 <= s.start < s.end <= len(text) for s in one.proposal.evidence)
        judged = one.proposal.stance.code != "unclear"
        assert not judged or one.proposal.stance.evidence, one.coded.name
