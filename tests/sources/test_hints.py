"""Hints wake workers, and do not pile up while nobody hears them."""

from collections.abc import Iterator
from typing import Any

import pytest
from celery import current_app

from sources import hints


@pytest.fixture
def queue(servers: object) -> Iterator[str]:
    """The queue that workers listen to, empty; no worker runs."""
    hints._broker.silent_until = 0.0
    current_app.control.purge()
    yield current_app.conf.task_default_queue
    current_app.control.purge()


def unheard(queue: str) -> int:
    with current_app.connection_for_read() as broker:
        channel: Any = broker.default_channel
        return int(channel.queue_declare(queue).message_count)


def test_hints_that_nobody_hears_do_not_pile_up(queue: str) -> None:
    assert hints.send(3)
    assert unheard(queue) == 3

    for _ in range(5):
        assert hints.send(100)
    assert unheard(queue) == hints.MOST_AT_ONCE
