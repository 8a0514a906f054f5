"""What Celery runs: shells around the stories. A message carries nothing."""

from celery import shared_task

from sources import jobs, polling


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
