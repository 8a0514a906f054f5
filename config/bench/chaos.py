"""`./run bench chaos`: kill every part of a running installation at random, and count.

Everything that `./run` starts works on invented articles, with the settings of every day, while
worker, beat, web, broker and database are killed at random moments by a power cut's signal. The
supervisor alone starts them again. At the end every article must be there once.
"""

import argparse
import collections
import os
import platform
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from config.bench.installation import Installation, Process, kill
from config.bench.outlets import LINES, Outlet, open_outlets

if TYPE_CHECKING:
    from django.contrib.auth.models import User

T = TypeVar("T")

OUTLETS = 20
_BY_HAND = 10  # one article in so many is added by its address
_PAUSE = (3.0, 9.0)  # seconds between two kills
_LONGEST_END = 1800.0  # seconds after the last kill
_WEIGHTS = {
    "worker": 20, "worker's child": 25, "beat": 10, "web": 10, "valkey": 15, "postgres": 10,
    "postgres's backend": 10,
}  # fmt: skip


@dataclass
class Tally:
    """What was done to the installation, and what was seen of it."""

    kills: collections.Counter[str] = field(default_factory=collections.Counter)
    largest: collections.Counter[str] = field(default_factory=collections.Counter)  # KiB
    accepted: set[str] = field(default_factory=set)
    slowest_accept: float = 0.0


def main() -> int:
    """Run the bench and return 0 when nothing was lost and nothing doubled."""
    parser = argparse.ArgumentParser(prog="./run bench chaos", description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20240619)
    options = parser.parse_args()
    with open_outlets(OUTLETS) as outlets, _scratch_home() as home:
        os.environ["DEMARCHE_FETCH_ALLOWED_PRIVATE"] = ",".join(o.address for o in outlets)
        installation = Installation(home)
        try:
            installation.wait(180)
            return _run(installation, outlets, options)
        except Exception:
            print(installation.tail(), file=sys.stderr)
            raise
        finally:
            installation.stop()


@contextmanager
def _scratch_home() -> Iterator[Path]:
    """A data folder of the bench's own, named in the environment before settings are read."""
    home = Path(tempfile.mkdtemp(prefix="demarche-chaos-"))
    for name in ("DATABASE_URL", "REDIS_URL", "DEMARCHE_SNAPSHOTS", "DEMARCHE_PRODUCTION"):
        os.environ.pop(name, None)
    os.environ |= {"DEMARCHE_HOME": str(home), "DEMARCHE_LOG_LEVEL": "ERROR"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(installation: Installation, outlets: list[Outlet], options: argparse.Namespace) -> int:
    import django

    django.setup()
    patiently(lambda: _add_feeds(outlets))
    print(
        f"machine: {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    tally = Tally()
    began = time.monotonic()
    _strike(installation, outlets, options, tally)
    struck = time.monotonic()
    _report_kills(tally, struck - began)
    _wait_for_the_end(installation, outlets, tally)
    print(f"all ended {time.monotonic() - struck:.0f} s after the last kill")
    _retry_the_dead(installation, outlets, tally)
    print(f"in all {time.monotonic() - began:.0f} s")
    for name in ("worker", "worker's child"):
        print(f"largest memory of a {name}: {tally.largest[name] // 1024} MiB")
    lost, doubled, findings = patiently(lambda: _count(outlets, tally))
    print(f"{options.articles} articles: {lost} lost, {doubled} doubled, {findings} findings")
    return 1 if lost or doubled or findings else 0


def _add_feeds(outlets: list[Outlet]) -> None:
    from sources.models import Feed, Source

    for number, outlet in enumerate(outlets):
        source, _ = Source.objects.get_or_create(
            slug=f"invented-{number}",
            defaults={"name": f"Invented Courier {number}", "homepage": outlet.url("/")},
        )
        Feed.objects.get_or_create(
            url=outlet.url("/feed"),
            defaults={"source": source, "enabled": True, "interval": 15},
        )


# ------------------------------------------------------------------ the strikes


def _strike(
    installation: Installation,
    outlets: list[Outlet],
    options: argparse.Namespace,
    tally: Tally,
) -> None:
    """Publish the articles bit by bit, and kill one part after the other meanwhile."""
    chance = random.Random(options.seed)
    for number in range(options.kills):
        # The last fifth of the kills meets work that is nearly done.
        share = min(1.0, (number + 1) / max(options.kills * 0.8, 1))
        _publish(outlets, int(options.articles * share), tally)
        time.sleep(chance.uniform(*_PAUSE))
        installation.check()
        parts = installation.parts()
        while not parts:  # everything has just been killed
            time.sleep(0.5)
            parts = installation.parts()
        _note_memory(parts, tally)
        kinds = sorted(parts)
        kind = chance.choices(kinds, [_WEIGHTS[name] for name in kinds])[0]
        kill(chance.choice(parts[kind]))
        tally.kills[kind] += 1
    _publish(outlets, options.articles, tally)


def _publish(outlets: list[Outlet], until: int, tally: Tally) -> None:
    """Have so many articles in all: most in feeds, some accepted by their address."""
    while sum(outlet.published for outlet in outlets) + len(tally.accepted) < until:
        there = sum(outlet.published for outlet in outlets) + len(tally.accepted)
        outlet = outlets[there % len(outlets)]
        if there % _BY_HAND:
            outlet.published += 1
            continue
        url = outlet.url(f"/story/{1_000_000 + outlet.unlisted}")
        outlet.unlisted += 1
        began = time.monotonic()
        patiently(lambda url=url: _accept(url))  # type: ignore[misc]
        tally.slowest_accept = max(tally.slowest_accept, time.monotonic() - began)
        tally.accepted.add(url)


def _accept(url: str) -> None:
    from sources.by_hand import accept_url

    accept_url(url)


def patiently(do: Callable[[], T], seconds: float = 120.0) -> T:
    """Do it, once more whenever the database breaks off, as a person at a form would."""
    from django.db import Error, connection

    until = time.monotonic() + seconds
    while True:
        try:
            return do()
        except Error:
            connection.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def _note_memory(parts: dict[str, list[Process]], tally: Tally) -> None:
    for name, processes in parts.items():
        largest = max(process.resident for process in processes)
        tally.largest[name] = max(tally.largest[name], largest)


def _report_kills(tally: Tally, seconds: float) -> None:
    kinds = ", ".join(f"{name} {count}" for name, count in tally.kills.most_common())
    print(f"{tally.kills.total()} kills in {seconds:.0f} s: {kinds}")
    print(
        f"{len(tally.accepted)} added by address, the slowest in {tally.slowest_accept:.1f} s"
    )


# ------------------------------------------------------------------ the end


def _wait_for_the_end(installation: Installation, outlets: list[Outlet], tally: Tally) -> None:
    until = time.monotonic() + _LONGEST_END
    while left := patiently(lambda: _unfinished(outlets, tally)):
        installation.check()
        _note_memory(installation.parts(), tally)
        if time.monotonic() > until:
            print(f"given up after {_LONGEST_END:.0f} s: {left}")
            return
        time.sleep(1)


def _unfinished(outlets: list[Outlet], tally: Tally) -> str:
    """What is still to come, in a few words; empty when there is nothing."""
    from sources.models import Article, Job

    wanted = sum(outlet.published for outlet in outlets) + len(tally.accepted)
    there = Article.objects.count()
    # Polls go on for ever, and so do later looks.
    work = Job.objects.open().exclude(kind=Job.Kind.POLL).exclude(key__contains=":recheck:")
    left = work.count()
    return (
        f"{wanted - there} articles not seen, {left} jobs open"
        if wanted > there or left
        else ""
    )


def _retry_the_dead(installation: Installation, outlets: list[Outlet], tally: Tally) -> None:
    """Press the button for whatever ended with an explanation, as an editor would."""
    from sources import jobs
    from sources.models import Job

    dead = patiently(lambda: list(Job.objects.filter(state__in=Job.EXPLAINED)))
    by_reason = collections.Counter(job.reason_code for job in dead)
    print(f"{len(dead)} ended with an explanation: {dict(by_reason)}")
    if not dead:
        return
    person = patiently(_person)
    for job in dead:
        patiently(lambda job=job: jobs.retry(job, person))  # type: ignore[misc]
    _wait_for_the_end(installation, outlets, tally)


def _person() -> "User":
    from django.contrib.auth.models import User

    return User.objects.get_or_create(username="bench")[0]


def _count(outlets: list[Outlet], tally: Tally) -> tuple[int, int, int]:
    """Articles that are not wholly there, things that are there twice, faults of the record."""
    from sources.models import Article, Snapshot, Visit
    from statements.models import Attestation, Statement
    from statements.verification import verify

    urls = {o.url(f"/story/{n}") for o in outlets for n in range(o.published)} | tally.accepted
    lost = doubled = 0
    for url in urls:
        found = Article.objects.filter(url=url)
        counts = (
            found.count(),
            Snapshot.objects.read().filter(article__in=found).count(),
            Visit.objects.filter(article__in=found).count(),
        )
        reports = Attestation.objects.filter(snapshot__article__in=found).count()
        lost += min(counts) < 1 or reports < LINES
        doubled += max(counts) > 1 or reports > LINES
    doubled += max(Article.objects.count() - len(urls), 0)
    doubled += max(Statement.objects.count() - LINES * len(urls), 0)
    return lost, doubled, len(verify().findings)


if __name__ == "__main__":
    sys.exit(main())
