"""What Celery runs: shells around the stories. A message carries an id and nothing else."""

from celery import shared_task

from sources import ingest, jobs


@shared_task
def run_job(job_id: int) -> None:
    """Do one job if it is due. Safe to run twice."""
    jobs.run(job_id)


@shared_task
def tick() -> None:
    """Accept a poll for every feed that is due."""
    ingest.accept_due_polls()


@shared_task
def sweep() -> None:
    """Take back what dead workers held, and hint again what is due."""
    jobs.sweep()
