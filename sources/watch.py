"""A worker's watch over itself: due work is found without beat, and a deaf worker ends.

After its broker comes back a worker may go on without ever hearing a message again. Nothing
in it fails then, so it is the work that tells: something is due for long, nobody works and
nothing gets done. The worker ends itself, and its supervisor starts a new one.

It ends itself too, once it has finished what it does, when the database has been brought up to
date for a newer program.
"""

import logging
import os
import signal
import threading
import time
from datetime import timedelta

from django.conf import settings
from django.db import Error, connection
from django.db.models.functions import Now

from sources import polling, schema, sweeping
from sources.models import Job

log = logging.getLogger(__name__)

# Nothing heard for so long, or for a lease if that is longer, makes a worker count as deaf.
QUIET_SECONDS = 15.0
_FARE_WELL_SECONDS = 10.0


def start() -> threading.Thread:
    """Watch from a thread of the worker's main process until that ends."""
    thread = threading.Thread(target=_watch, name="watch", daemon=True)
    thread.start()
    return thread


def difference() -> str:
    """Why this worker must not work on this database; empty while it may, or nobody can tell."""
    try:
        return schema.difference()
    except Error as error:
        log.warning("cannot ask yet which version the database is of: %s", error)
        return ""
    finally:
        connection.close()


def is_deaf() -> bool:
    """Whether work is due for longer than a lease while nobody works and nothing is done."""
    patience = timedelta(seconds=_patience())
    overdue = Job.objects.claimable().filter(not_before__lt=Now() - patience)
    busy = Job.objects.filter(state=Job.State.LEASED, lease_until__gt=Now())
    lately = Job.objects.filter(finished_at__gt=Now() - patience)
    return overdue.exists() and not busy.exists() and not lately.exists()


def _watch() -> None:
    began = time.monotonic()
    while True:
        time.sleep(settings.SWEEP_SECONDS / 3)
        try:
            if words := difference():
                log.error("%s This worker finishes what it does, and ends.", words)
                return os.kill(os.getpid(), signal.SIGTERM)
            polling.accept_due_polls()
            sweeping.sweep()
            # A worker that has just started has had no time to hear anything.
            settled = time.monotonic() - began > _patience()
            if settled and is_deaf():
                _end()
        except Error as error:
            log.warning("the watch cannot ask the database: %s", error)
        except Exception:  # without its watch a deaf worker would stay
            log.exception("the watch failed, and goes on")
        finally:
            connection.close()


def _patience() -> float:
    return max(float(settings.JOB_LEASE_SECONDS), QUIET_SECONDS)


def _end() -> None:
    log.error("due work is not heard of; this worker ends so that a new one starts")
    os.kill(os.getpid(), signal.SIGQUIT)
    time.sleep(_FARE_WELL_SECONDS)
    os._exit(1)
