"""How well reports of one statement are told from others is a number in the tree: floors."""

from pathlib import Path

import pytest

from tests.evaluation.matches import Score, answers, pairs

# Precision of what is joined by machine, recall of it within one language, and recall of what is
# joined or offered. Lowering a floor is a commit that says why.
FLOORS = {"tuning": (1.0, 0.49, 0.94), "check": (1.0, 0.52, 0.94)}
_FORGED = ("another number", "another negation")


def scored(shared: Path, half: str) -> Score:
    return answers(pairs(shared, half))


@pytest.mark.parametrize("half", FLOORS)
def test_matching_keeps_its_floors(shared: Path, half: str) -> None:
    score = scored(shared, half)

    precision, within, reached = FLOORS[half]
    assert score.precision >= precision
    assert score.within.recall >= within
    assert score.reached >= reached


@pytest.mark.parametrize("half", FLOORS)
def test_no_forged_number_or_negation_is_joined(shared: Path, half: str) -> None:
    forged = [one for one in scored(shared, half).answers if one.pair.kind.startswith(_FORGED)]

    assert len(forged) > 50
    assert not [one for one in forged if one.likeness.verdict == "same"]


def test_there_are_enough_pairs_of_many_kinds(shared: Path) -> None:
    labelled = pairs(shared)

    assert len(labelled) >= 400
    assert len({(pair.same, pair.kind) for pair in labelled}) >= 15
