"""What `--app` names for a worker under test: the product's application with points armed."""

import os
from pathlib import Path

import django

from config import celery_app as app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from sources import watch
from tests.faults import lives, points

__all__ = ["app"]

lives.shorten_turns()
watch.QUIET_SECONDS = float(os.environ.get("FAULT_QUIET_SECONDS", watch.QUIET_SECONDS))
_marks = Path(os.environ.get("FAULT_MARKS", ""))
for name in filter(None, os.environ.get("FAULT", "").split(";")):
    points.arm(name, _marks / points.file_name(name))
if poison := os.environ.get("FAULT_POISON", ""):
    points.arm_poison(poison.encode())
