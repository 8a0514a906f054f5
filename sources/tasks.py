"""What Celery runs: shells around the stories. A message carries no work."""

import logging

from celery import shared_task

from sources import jobs, polling
from sources.scrubbing import scrub_slice

log = logging.getLogger(__name__)

_SCRUB_SECONDS = 60.0


@shared_task
def work() -> None:
    """Do what is due for a few seconds. Safe to run twice and at the same time."""
    jobs.work()


@shared_task
def tick() -> None:
    """Accept a poll for every feed that is due."""
    polling.tick()


@shared_task
def sweep() -> None:
    """Take back what dead workers held, and hint again what is due."""
    jobs.sweep()


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
