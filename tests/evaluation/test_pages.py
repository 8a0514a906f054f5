"""The quality of reading is a number in the tree: floors on annotated pages."""

from pathlib import Path

import pytest

from tests.evaluation.pages import Gold, Reading, Scores, measure, ours, plain

Measured = tuple[Scores, list[tuple[Gold, Reading]]]


@pytest.fixture(scope="module")
def read_by_us(shared: Path) -> Measured:
    return measure(shared / "corpora" / "pages-dev", ours)


@pytest.fixture(scope="module")
def read_plainly(shared: Path) -> Measured:
    return measure(shared / "corpora" / "pages-dev", plain)


def test_no_real_page_is_refused_and_no_date_invented(read_by_us: Measured) -> None:
    scores, readings = read_by_us

    assert len(readings) == 39
    assert scores.refused == []
    assert scores.invented == []


def test_pages_are_read_no_worse_than_by_trafilatura_alone(
    read_by_us: Measured, read_plainly: Measured
) -> None:
    we, they = read_by_us[0], read_plainly[0]

    assert we.text >= they.text
    assert we.segments >= they.segments
    assert we.day >= they.day
    assert we.title >= they.title
    assert we.authors >= they.authors


def test_the_reading_keeps_its_floors(read_by_us: Measured) -> None:
    """Lowering a floor is a commit that says why."""
    scores, _ = read_by_us

    assert scores.text >= 0.970
    assert scores.segments >= 0.95
    assert scores.day >= 0.96
    assert scores.title >= 0.93
