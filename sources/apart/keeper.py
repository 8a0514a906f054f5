"""The parent's side: start the child, give it a task, end it when it takes too long."""

import dataclasses
import json
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sources.apart.frames import BadFrame, Frame, receive
from sources.apart.limits import Limits
from sources.apart.values import BadValue
from sources.text import READER

log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 60.0
_READ_AT_ONCE = 1024 * 1024  # bytes

Answer = TypeVar("Answer")


class Exceeded(Exception):
    """The child took too long, died or talked nonsense, and is gone; the message says which."""


class NotStarted(RuntimeError):
    """The child could not be started; why is in the log."""


class Keeper:
    """One child of this process at a time, started when it is needed and after each end.

    Threads take turns. A process that was forked off starts a child of its own.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._lock = threading.Lock()
        self._child: _Child | None = None
        _keepers.add(self)

    @property
    def pid(self) -> int | None:
        """The process id of the child, when there is one."""
        return self._child.pid if self._child else None

    def start(self) -> None:
        """Have the child get ready, without waiting for it."""
        with self._lock:
            self._child = self._child or _Child(self.limits)

    def ask(self, order: Frame, understand: Callable[[Frame], Answer]) -> Answer:
        """Give the child a task and return what `understand` makes of its answer.

        Raises `Exceeded`, `NotStarted`, and what `understand` raises but `BadValue`.
        """
        with self._lock:
            self._child = self._child or _Child(self.limits)
            stays = False
            try:
                answer = self._child.ask(order)
                stays = answer.header.pop("last", None) is False
                return understand(answer)
            except (BadFrame, BadValue) as error:
                stays = False
                raise Exceeded(f"the answer made no sense: {error}") from error
            finally:
                # Also when a signal broke in: what is left in the pipe answers nobody.
                if not stays:
                    self._replace()

    def end(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._child:
            self._child.end()
        self._child = None

    def _replace(self) -> None:
        """End the child, and let a fresh one get ready while the caller goes on."""
        self._end()
        try:
            self._child = _Child(self.limits)
        except NotStarted as error:
            log.warning("%s; the next task tries again", error)

    def forget(self) -> None:
        """Let go of a child that belongs to the process that this one was forked from."""
        self._lock = threading.Lock()
        if self._child:
            self._child.let_go()
        self._child = None


_keepers: "weakref.WeakSet[Keeper]" = weakref.WeakSet()


def _forget_all() -> None:
    for keeper in list(_keepers):
        keeper.forget()


# A copy of the pipe's end would keep the child waiting when its parent is gone.
os.register_at_fork(after_in_child=_forget_all)


class _Child:
    """A running child and the pipes to it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._greeted = False
        orders, self._orders = os.pipe()
        self._answers, answers = os.pipe()
        command = [sys.executable, "-P", "-m", "sources.apart.child"]
        try:
            self._process = subprocess.Popen(
                [*command, json.dumps(dataclasses.asdict(limits))],
                stdin=orders,
                stdout=answers,
                cwd="/",
                env=_environment(),
                start_new_session=True,  # a terminal's Ctrl-C is for the parent alone
            )
        except OSError as error:
            self.let_go()
            raise NotStarted(f"the reading process did not start: {error}") from error
        finally:
            os.close(orders)
            os.close(answers)
        self.pid = self._process.pid
        os.set_blocking(self._orders, False)
        os.set_blocking(self._answers, False)

    def ask(self, order: Frame) -> Frame:
        """Return the answer to an order. Raises `Exceeded`, `BadFrame` and `NotStarted`."""
        if not self._greeted:
            self._greet()
        until = time.monotonic() + self._limits.seconds
        for piece in order.pieces():
            self._give(piece, until)
        answer = receive(lambda size: self._take(size, until))
        if answer.header.get("code") == "unexpected":
            log.error("taking apart failed:\n%s", answer.payload.decode(errors="replace"))
        return answer

    def end(self) -> None:
        """Kill it, whatever it does."""
        self._process.kill()
        self._process.wait()
        self.let_go()

    def let_go(self) -> None:
        """Close the pipes; the child ends when nobody holds them any more."""
        os.close(self._orders)
        os.close(self._answers)

    def _greet(self) -> None:
        """Wait until it is shut in and ready; getting ready is not part of a task's time."""
        until = time.monotonic() + _START_SECONDS
        try:
            greeting = receive(lambda size: self._take(size, until))
        except (Exceeded, BadFrame) as error:
            raise NotStarted(f"the reading process did not start: {error}") from error
        if greeting.header != {"reader": READER}:
            raise NotStarted("the program was replaced while it ran: start it anew")
        self._greeted = True

    def _give(self, piece: bytes, until: float) -> None:
        left = memoryview(piece)
        while left:
            self._wait(self._orders, select.POLLOUT, until)
            try:
                left = left[os.write(self._orders, left) :]
            except BrokenPipeError as error:
                raise self._death() from error

    def _take(self, size: int, until: float) -> bytes:
        taken = bytearray()
        while len(taken) < size:
            self._wait(self._answers, select.POLLIN, until)
            piece = os.read(self._answers, min(size - len(taken), _READ_AT_ONCE))
            if not piece:
                raise self._death()
            taken += piece
        return bytes(taken)

    def _wait(self, descriptor: int, event: int, until: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        left = until - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise Exceeded(f"{self._limits.seconds:g} s")

    def _death(self) -> Exceeded:
        """Why it ended by itself."""
        self._process.kill()  # in case it has only closed its pipes
        code = self._process.wait()
        if code == -signal.SIGXCPU:
            return Exceeded(f"{self._limits.computing} s of computing")
        how = signal.Signals(-code).name if code < 0 else f"code {code}"
        return Exceeded(f"the reading process ended with {how}")


def _environment() -> dict[str, str]:
    """What the child is told: where the modules lie, and nothing that is secret."""
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    # Numpy's threads would be of no use and take address space.
    return {"PYTHONPATH": path, "PYTHONUTF8": "1", "TZ": "UTC0", "OPENBLAS_NUM_THREADS": "1"}
