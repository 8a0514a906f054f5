"""Fixtures of the sources' tests."""

from pathlib import Path

import pytest

from tests.sources.pages import site

__all__ = ["site"]


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path) -> None:
    """Let each test have a snapshot store of its own."""
    settings.SNAPSHOT_FOLDER = tmp_path / "snapshots"  # type: ignore[attr-defined]
