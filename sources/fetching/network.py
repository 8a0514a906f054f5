"""Whether it is our own network that is down, judged by what became of the hosts asked lately."""

from datetime import timedelta

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, Now

from sources.models import HostState

# What a host ends with that was not reached at all; an answer of any kind is none of these.
UNREACHED = frozenset({"name-not-found", "connection-failed", "too-slow"})
RETRY_SECONDS = 60.0
_LATELY = timedelta(minutes=5)
_FEWEST = 4  # unreachable hosts; fewer may well be their own fault
_LONG = timedelta(hours=1)


def network_is_down() -> bool:
    """Whether more than half of the hosts asked in the last five minutes were unreachable.

    Each host counts by its last ask. While some answer, a host that has been silent for an
    hour counts no more: it is itself what is down, and must not speak against the others.
    """
    since, long_ago = Now() - _LATELY, Now() - _LONG
    answered = Q(unreachable_at__isnull=True) | Q(answered_at__gt=F("unreachable_at"))
    new = Q(working_at__isnull=True) | Q(working_at__gt=long_ago)
    lately = Q(answered_at__gt=since) | Q(unreachable_at__gt=since)
    hosts = (
        HostState.objects.filter(lately)
        # When it last worked, or began to fail without ever having worked.
        .annotate(working_at=Coalesce("answered_at", "robots_failing_since"))
        .aggregate(
            answering=Count("pk", filter=answered),
            silent=Count("pk", filter=~answered),
            newly_silent=Count("pk", filter=~answered & new),
        )
    )
    silent = hosts["newly_silent"] if hosts["answering"] else hosts["silent"]
    return bool(silent >= _FEWEST and silent > hosts["answering"])
