"""How well copies are told is a number in the tree: floors on texts edited as desks do it."""

from pathlib import Path

import pytest

from tests.evaluation.copies import Pair, pairs, score, total

# Lowering a floor is a commit that says why.
PRECISION = 0.99
RECALL = 0.98  # of copies that keep half of the original or more
CUT_RECALL = 0.70  # of copies cut below half, with paragraphs of the outlet's own


@pytest.fixture(scope="module")
def made(shared: Path) -> list[Pair]:
    return pairs(shared)


def test_copies_are_told_from_articles_on_the_same_matter(made: list[Pair]) -> None:
    result = score(made)

    assert len(made) > 2500
    assert result.precision >= PRECISION, result.others
    assert result.recall >= RECALL, result.kept
    assert total(result.cut).share >= CUT_RECALL, result.cut
    for kind, tally in result.others.items():
        assert tally.share <= 0.02, kind


def test_the_set_is_the_same_each_time(shared: Path, made: list[Pair]) -> None:
    assert pairs(shared) == made
