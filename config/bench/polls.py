"""Thousands of feeds due at once: how fast they are looked at, how late, and how politely."""

import statistics
import time

from django.db import connection
from django.db.models import Count, Max, Min
from django.db.models.functions import Now

from config.bench.ingest import Say, served, workers
from config.bench.site import Plan, host
from sources.models import Feed, Job, Source

_CHANGING = 0.05
_WANTED_UNCHANGED = 0.95
_LONGEST = 1800.0  # seconds


def measure(say: Say, feeds: int) -> None:
    """Look at all feeds once to know them, and then once more: the second time is measured."""
    plan = Plan(hosts=feeds, articles=0, changing=_CHANGING, gap=2.0)
    with served(plan) as (port, end):
        source = Source.objects.create(slug="bench", name="Bench")
        Feed.objects.bulk_create(
            Feed(
                source=source,
                url=f"http://{host(number)}:{port}/feed",
                enabled=True,
                interval=3600,
            )
            for number in range(feeds)
        )
        connection.close()
        with workers(port, feeds, DEMARCHE_PRIVATE_GAP_SECONDS="2"):
            _wait(feeds, polls=1)
            Job.objects.all().delete()
            time.sleep(3)
            Feed.objects.update(next_poll_at=Now())
            _wait(feeds, polls=2)
        counts = end()
    jobs = Job.objects.filter(kind=Job.Kind.POLL)
    span = jobs.aggregate(first=Min("created_at"), last=Max("finished_at"))
    lags = [
        (finished - span["first"]).total_seconds()
        for finished in jobs.values_list("finished_at", flat=True)
    ]
    seconds = (span["last"] - span["first"]).total_seconds()
    unchanged = jobs.filter(result__startswith="not changed").count() / feeds
    say(
        f"{feeds} feeds due at once: {feeds / seconds:.0f} polls/s; lag median "
        f"{statistics.median(lags):.1f} s, p99 {statistics.quantiles(lags, n=100)[-1]:.1f} s"
    )
    say(
        f"answered by 304 or nothing new: {unchanged:.1%} "
        f"(wanted: at least {_WANTED_UNCHANGED:.0%}); {counts['not_modified']} answers were 304"
    )
    say(
        f"breaches of politeness that the site counted: {counts['breaches']} in "
        f"{counts['requests']} requests (wanted: 0)"
    )
    for job in jobs.exclude(state=Job.State.DONE).values("state").annotate(n=Count("pk")):
        say(f"  {job['n']} polls {job['state']}")


def _wait(feeds: int, polls: int) -> None:
    """Until every feed has been looked at so often."""
    until = time.monotonic() + _LONGEST
    while Feed.objects.filter(polls__gte=polls).count() < feeds:
        if time.monotonic() > until:
            raise TimeoutError("the feeds were not looked at in half an hour")
        time.sleep(0.5)
