"""Tell the workers that work is due. A hint names no job: whoever hears it takes what is next.

Losing a hint costs time and nothing else, since the sweep sends another.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import kombu.pools
from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError as BrokerError

log = logging.getLogger(__name__)

# More than this many workers need not be woken at once: each goes on while there is work.
MOST_AT_ONCE = 8
# A broker that refuses or stays silent must not hold up whoever accepts work.
_PATIENCE = {"max_retries": 0, "socket_timeout": 2.0, "socket_connect_timeout": 2.0}
_PAUSE = 5.0  # seconds in which nothing more is sent after a failure


@dataclass
class _Broker:
    """What this process knows of the broker; `silent_until` is on the monotonic clock."""

    silent_until: float = 0.0


_broker = _Broker()


class _Mine(threading.local):
    """Whether this thread takes the next job itself when it is done with this one."""

    working = False


_mine = _Mine()


@contextmanager
def working() -> Iterator[None]:
    """Say that this thread does one job after the other, and needs no hint for the next."""
    _mine.working = True
    try:
        yield
    finally:
        _mine.working = False


def send(count: int = 1) -> bool:
    """Wake up to `count` workers. False when the broker is not there: the sweep tells later.

    Takes a few seconds at most, and no time at all just after the broker has failed. Nothing is
    sent beyond `MOST_AT_ONCE` messages that nobody has heard yet: while all workers are busy
    for hours they would only pile up.
    """
    if time.monotonic() < _broker.silent_until:
        return False
    to_broker = current_app.connection_for_write(transport_options=_PATIENCE)
    # The broker answers with a fault of its own when it is out of memory or still loading.
    faults = cast(
        tuple[type[Exception], ...],
        (*to_broker.connection_errors, *to_broker.channel_errors),
    )
    away: tuple[type[Exception], ...] = (BrokerError, OSError, *faults)
    queue = current_app.conf.task_default_queue
    try:
        with kombu.pools.producers[to_broker].acquire(block=True) as producer:
            unheard = producer.channel.queue_declare(queue).message_count
            for _ in range(min(count, MOST_AT_ONCE - unheard)):
                current_app.send_task("sources.tasks.work", producer=producer)
    except away as error:
        _broker.silent_until = time.monotonic() + _PAUSE
        log.warning("no broker to hint at due work: %s", error)
        return False
    return True


class _Hints:
    """The hints of one transaction: one for each job accepted in it, sent once it commits."""

    def __init__(self) -> None:
        self.count = 1

    def __call__(self) -> None:
        # A worker goes on with one of the jobs itself.
        if count := self.count - _mine.working:
            send(count)


def on_commit() -> None:
    """Send a hint once the current transaction commits, together with its other hints."""
    for waiting in connection.run_on_commit:
        if isinstance(waiting[1], _Hints):
            waiting[1].count += 1
            return
    transaction.on_commit(_Hints())
