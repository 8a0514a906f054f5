"""The named moments at which a test has a process die: hooks around the product's own functions.

Nothing of this is in the product. A point is armed inside the process that is to die, and goes
off the first time it is reached.
"""

import functools
import os
import signal
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.backends.signals import connection_created

Action = Callable[[], None]
# Puts the hook of a point in place; it is given what is to happen there.
Setup = Callable[[Action], None]


@dataclass
class _Now:
    """What this process is doing, as far as points depend on it."""

    closing: str = ""  # the kind of job whose end is written and not committed
    inside: list[str] = field(default_factory=list)  # the watched functions it is in


_now = _Now()


def die() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def stall() -> None:
    """Stop this process until somebody lets it go on."""
    os.kill(os.getpid(), signal.SIGSTOP)


def arm(name: str, mark: Path, act: Action = die, *, once: bool = True) -> None:
    """Have `act` happen in this process when the point is first reached.

    `mark` is a file that tells so; with `once` the point goes off only if nobody, such as a
    worker's earlier child, has made it.
    """

    def reached() -> None:
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            if once:
                return
        act()

    _wrap("sources.jobs:_do", _noting_kind)
    POINTS[name](reached)


def arm_poison(word: bytes) -> None:
    """Have every process die that is about to read a page which holds this word."""

    def around(load: Callable[[str], bytes]) -> Callable[[str], bytes]:
        def loading(sha256: str) -> bytes:
            body = load(sha256)
            if word in body:
                die()
            return body

        return loading

    _wrap("sources.store:load", around)


def file_name(name: str) -> str:
    """The name of a point as that of a file."""
    return name.replace(": ", "-").replace(" ", "-")


# ------------------------------------------------------------------ kinds of hooks


def _wrap(where: str, around: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Replace `module:name` or `module:Class.name` by what `around` makes of it."""
    module, _, path = where.partition(":")
    *owners, name = path.split(".")
    owner: Any = functools.reduce(getattr, owners, import_module(module))
    setattr(owner, name, around(getattr(owner, name)))


def before(where: str) -> Setup:
    def setup(act: Action) -> None:
        def around(function: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(function)
            def wrapped(*args: Any, **values: Any) -> Any:
                act()
                return function(*args, **values)

            return wrapped

        _wrap(where, around)

    return setup


def after(where: str) -> Setup:
    def setup(act: Action) -> None:
        def around(function: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(function)
            def wrapped(*args: Any, **values: Any) -> Any:
                result = function(*args, **values)
                act()
                return result

            return wrapped

        _wrap(where, around)

    return setup


def claimed(kind: str) -> Setup:
    """A job of this kind is this process's, and nothing of it is done."""

    def setup(act: Action) -> None:
        def around(function: Callable[..., Any]) -> Callable[..., Any]:
            def wrapped(lease: Any) -> None:
                if lease.job.kind == kind:
                    act()
                function(lease)

            return wrapped

        _wrap("sources.jobs:_do", around)

    return setup


def given(condition: Callable[[], bool], setup: Setup) -> Setup:
    """The point, but only where the condition holds."""
    return lambda act: setup(lambda: act() if condition() else None)


def doing(kind: str) -> Callable[[], bool]:
    """Whether a job of this kind is being done."""
    return lambda: kind in _now.inside


def renewing() -> bool:
    """Whether this is a thread that renews a lease."""
    return threading.current_thread().name.startswith("lease of job")


def wrote(table: str, verb: str, *, times: int = 1, inside: str = "") -> Setup:
    """So many such statements have been executed, within a function or a kind of job."""

    def setup(act: Action) -> None:
        seen = 0

        def watch(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
            nonlocal seen
            result = execute(sql, *rest)
            matches = str(sql).startswith(f'{verb} "{table}"')
            if matches and (not inside or inside in _now.inside):
                seen += 1
                if seen >= times:
                    act()
            return result

        def watch_it(connection: DatabaseWrapper, **_: object) -> None:
            if watch not in connection.execute_wrappers:
                connection.execute_wrappers.append(watch)

        connection_created.connect(watch_it, weak=False)
        if ":" in inside:
            _wrap(inside, _noting(inside))

    return setup


def commit(end: str, when: str) -> Setup:
    """Just before or after the commit of a job's end: its kind, and `ended` or `explained`."""

    def setup(act: Action) -> None:
        def noting(function: Callable[..., Any]) -> Callable[..., Any]:
            def close(lease: Any, state: str, **values: Any) -> None:
                function(lease, state, **values)
                _now.closing = f"{lease.job.kind} {'ended' if state == 'done' else 'explained'}"

            return close

        def around(function: Callable[..., Any]) -> Callable[..., Any]:
            def committing(connection: DatabaseWrapper) -> None:
                closing = _now.closing
                if closing == end and when == "before":
                    act()
                function(connection)
                _now.closing = ""
                if closing == end and when == "after":
                    act()

            return committing

        _wrap("sources.jobs:Lease._close", noting)
        _wrap("django.db.backends.postgresql.base:DatabaseWrapper.commit", around)

    return setup


def outer_commit(where: str, when: str) -> Setup:
    """Just before or after the commit of a transaction that this function opens."""

    def setup(act: Action) -> None:
        def around(function: Callable[..., Any]) -> Callable[..., Any]:
            def committing(connection: DatabaseWrapper) -> None:
                ours = where in _now.inside
                if ours and when == "before":
                    act()
                function(connection)
                if ours and when == "after":
                    act()

            return committing

        _wrap(where, _noting(where))
        _wrap("django.db.backends.postgresql.base:DatabaseWrapper.commit", around)

    return setup


def slowly(setup: Setup) -> Setup:
    """The point, with a store so slow that leases need to be renewed."""

    def set_up(act: Action) -> None:
        before("sources.store:keep")(lambda: time.sleep(1.5))
        setup(act)

    return set_up


def file_synced(when: str) -> Setup:
    """Just before or after the bytes of a file, not of a folder, are brought to the disk."""

    def setup(act: Action) -> None:
        fsync = os.fsync

        def syncing(handle: int) -> None:
            ours = stat.S_ISREG(os.fstat(handle).st_mode)
            if ours and when == "before":
                act()
            fsync(handle)
            if ours and when == "after":
                act()

        os.fsync = syncing  # type: ignore[assignment]

    return setup


@contextmanager
def _inside(name: str) -> Iterator[None]:
    _now.inside.append(name)
    try:
        yield
    finally:
        _now.inside.remove(name)


def _noting(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def around(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapped(*args: Any, **values: Any) -> Any:
            with _inside(name):
                return function(*args, **values)

        return wrapped

    return around


def _noting_kind(function: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(lease: Any) -> None:
        with _inside(lease.job.kind):
            function(lease)

    return wrapped


# ------------------------------------------------------------------ the points

POINTS: dict[str, Setup] = {
    # The schedule
    "tick: polls written": wrote(
        "sources_job", "INSERT INTO", inside="sources.polling:accept_due_polls"
    ),
    "tick: polls accepted": after("sources.polling:accept_due_polls"),
    # Feed -> Article
    "poll: claimed": claimed("poll"),
    "poll: before fetching": before("sources.polling:fetch"),
    "poll: fetched": after("sources.polling:fetch"),
    "poll: entries half taken": wrote("sources_article", "INSERT INTO", times=2, inside="poll"),
    "poll: before commit": commit("poll ended", "before"),
    "poll: after commit": commit("poll ended", "after"),
    # Article -> Snapshot
    "capture: claimed": claimed("capture"),
    "capture: before fetching": before("sources.capturing:fetch"),
    "capture: turn with the host taken": given(
        doing("capture"), after("sources.fetching.hosts:_claim")
    ),
    "capture: answered": given(doing("capture"), after("sources.fetching.gate:exchange")),
    "capture: fetched": after("sources.capturing:fetch"),
    "store: before keeping": before("sources.store:keep"),
    "store: bytes written": file_synced("before"),
    "store: bytes on disk": file_synced("after"),
    "store: before renaming": before("os:replace"),
    "store: renamed": after("os:replace"),
    "store: kept": after("sources.store:keep"),
    "capture: row written": wrote("sources_snapshot", "INSERT INTO"),
    "capture: before commit": commit("capture ended", "before"),
    "capture: after commit": commit("capture ended", "after"),
    "capture: failure before commit": commit("capture explained", "before"),
    "capture: failure after commit": commit("capture explained", "after"),
    # Snapshot -> text
    "read: claimed": claimed("read"),
    "read: bytes loaded": given(doing("read"), after("sources.store:load")),
    "read: parsed": before("sources.reading:_write_text"),
    "read: text written": after("sources.reading:_write_text"),
    "read: before commit": commit("read ended", "before"),
    "read: after commit": commit("read ended", "after"),
    # text -> statements
    "attribute: claimed": claimed("attribute"),
    "attribute: found": after("statements.proposals:attribute"),
    "attribute: half recorded": wrote("statements_attestation", "INSERT INTO", times=2),
    "attribute: before commit": commit("attribute ended", "before"),
    "attribute: after commit": commit("attribute ended", "after"),
    # The machine
    "hint: not sent": before("sources.hints:send"),
    "hint: sent": after("sources.hints:send"),
    "lease: before renewal": slowly(given(renewing, before("sources.jobs:Lease.mine"))),
    "lease: renewed": slowly(given(renewing, wrote("sources_job", "UPDATE"))),
    "sweep: alone": before("sources.sweeping:_take_back"),
    "sweep: half taken back": wrote(
        "sources_job", "UPDATE", inside="sources.sweeping:_take_back"
    ),
    "sweep: before commit": outer_commit("sources.sweeping:sweep", "before"),
    "sweep: after commit": outer_commit("sources.sweeping:sweep", "after"),
    # A person's address
    "accept: before commit": outer_commit("sources.by_hand:accept_url", "before"),
    "accept: after commit": outer_commit("sources.by_hand:accept_url", "after"),
}
