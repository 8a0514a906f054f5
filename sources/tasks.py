"""What Celery runs: shells around the stories. A message carries no work."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from celery import shared_task
from django.db import DatabaseError, OperationalError, connection

from sources import jobs, polling, schema, sweeping
from sources.scrubbing import scrub_slice

log = logging.getLogger(__name__)

_SCRUB_SECONDS = 60.0
_PAUSE = 1.0  # seconds


@contextmanager
def database_may_be_away() -> Iterator[None]:
    """Say so in one line, and wait a moment, that not all hints are spent on it.

    The same when it has become that of a newer program: this worker is about to end.
    """
    try:
        yield
    except OperationalError as error:
        log.warning("no database to work with: %s", error)
        connection.close()
        time.sleep(_PAUSE)
    except DatabaseError:
        connection.close()
        if not (difference := schema.difference()):
            raise
        log.warning("%s", difference)
        time.sleep(_PAUSE)


@shared_task
def work() -> None:
    """Do what is due for a few seconds. Safe to run twice and at the same time."""
    with database_may_be_away():
        jobs.work()


@shared_task
def tick() -> None:
    """Accept a poll for every feed that is due."""
    with database_may_be_away():
        polling.tick()


@shared_task
def sweep() -> None:
    """Take back what dead workers held, and hint again what is due."""
    with database_may_be_away():
        sweeping.sweep()


@shared_task
def scrub(after: int = 0) -> None:
    """Re-read a slice of the snapshot store, and ask for the next one until all is read.

    A slice is short, so that other work has its turn between two. A lost message ends the
    round; the next night begins another.
    """
    try:
        last = scrub_slice(after, _SCRUB_SECONDS)
    except OSError as error:
        log.warning("the snapshot store cannot be read: %s", error)
        return
    if last is not None:
        scrub.delay(last)
