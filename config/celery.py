"""The Celery application: messages are hints, PostgreSQL owns the work (`sources.jobs`)."""

import os

from celery import Celery
from celery.signals import worker_init, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("demarche")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def watch_over_the_worker(**_: object) -> None:
    """Let each worker watch over itself, unless the database is not that of this program."""
    from sources import watch

    if difference := watch.difference():
        raise SystemExit(difference)
    watch.start()


@worker_process_init.connect
def have_a_reader_ready(**_: object) -> None:
    """Let the child that takes pages apart warm up before the first page comes."""
    from sources import apart

    apart.CHILD.start()
