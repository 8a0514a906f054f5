"""Sites, a store and settings for processes that die."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

import pytest
from celery import current_app

from tests.faults.lives import LEASE_SECONDS
from tests.faults.load import Load
from tests.sources.pages import serving

HOSTS = 8


@pytest.fixture
def load(settings: object, tmp_path: Path, servers: None) -> Iterator[Load]:
    """Eight sites, each a host of its own, that may be fetched; a store of this test's own."""
    with current_app.connection_for_write() as broker:
        # Messages of the test before would be heard by the workers of this one.
        cast(Any, broker.default_channel).client.flushdb()
    with ExitStack() as stack:
        sites = [stack.enter_context(serving()) for _ in range(HOSTS)]
        settings.FETCH_ALLOWED_PRIVATE = [site.address for site in sites]  # type: ignore[attr-defined]
        settings.SNAPSHOT_FOLDER = tmp_path / "snapshots"  # type: ignore[attr-defined]
        settings.JOB_LEASE_SECONDS = LEASE_SECONDS  # type: ignore[attr-defined]
        yield Load(sites, tmp_path / "snapshots")
