"""`/healthz`: whether the database, the broker and the scheduler are there."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection
from kombu.exceptions import OperationalError

from sources.models import Heartbeat
from sources.schema import AHEAD, BEHIND, difference
from statements.access import Audience, audience

# A tick may be late by a few of its intervals before the scheduler counts as stopped.
_PATIENCE = 12


@audience(Audience.PUBLIC)
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, else 503; each part says ok, or what is wrong with it.

    Also 200 when the database is of another version: at the moment of an upgrade it is so for
    all web processes, and pages that work are better than none. Nobody ticks then.
    """
    parts = {"database": _database(), "broker": _broker(), "beat": "unknown"}
    if parts["database"] == "ok":
        parts["beat"] = _beat()
    well = parts["broker"] == "ok" and (
        parts["beat"] == "ok" or parts["database"] in {AHEAD, BEHIND}
    )
    return JsonResponse(parts, status=200 if well else 503)


def _database() -> str:
    try:
        return difference() or "ok"
    except DatabaseError:
        return "does not answer"


def _broker() -> str:
    try:
        with Connection(settings.CELERY_BROKER_URL, connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError):
        return "does not answer"
    return "ok"


def _beat() -> str:
    last = Heartbeat.objects.filter(name="beat").values_list("beat_at", flat=True).first()
    if last is None:
        return "has not ticked yet"
    late = timedelta(seconds=max(_PATIENCE * settings.TICK_SECONDS, 60))
    return "ok" if timezone.now() - last < late else f"last ticked at {last:%Y-%m-%d %H:%M} UTC"
