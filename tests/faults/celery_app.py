"""What `--app` names for a worker under test: the product's application with points armed."""

import os
from pathlib import Path

from celery.signals import worker_init

from config import celery_app as app

__all__ = ["app"]


@worker_init.connect
def arm(**_: object) -> None:
    """Do what the environment asks for, before the worker makes its children."""
    from sources import watch
    from tests.faults import lives, points

    lives.shorten_turns()
    watch.QUIET_SECONDS = float(os.environ.get("FAULT_QUIET_SECONDS", watch.QUIET_SECONDS))
    marks = Path(os.environ.get("FAULT_MARKS", ""))
    for name in filter(None, os.environ.get("FAULT", "").split(";")):
        points.arm(name, marks / points.file_name(name))
    if poison := os.environ.get("FAULT_POISON", ""):
        points.arm_poison(poison.encode())
