"""Run several programs as one: in order, watched, restarted, and stopped cleanly."""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from config.embedded.server import Server, ServerError, end, start, wait_ready

_QUICK_SECONDS = 10.0  # a life shorter than this counts against the program
_MOST_QUICK_DEATHS = 6
_LONGEST_PAUSE = 30.0  # seconds before a restart


class GivenUp(Exception):
    """A program dies again and again; the message says which one and what to do."""


@dataclass(frozen=True)
class Program:
    """One supervised program. `start_seconds` is the longest wait for it to be ready,
    `stop_seconds` for it to finish what it is doing."""

    server: Server
    start_seconds: float = 60.0
    stop_seconds: float = 20.0


@dataclass
class _Life:
    """What became of one program so far."""

    program: Program
    process: "subprocess.Popen[bytes] | None" = None
    began: float = 0.0
    quick_deaths: int = 0
    restart_at: float | None = None
    pending: bytes = field(default=b"")


class Supervisor:
    """Starts programs in order, each once the one before it is ready, and keeps them running."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._lives: list[_Life] = []
        self._selector = selectors.DefaultSelector()
        self._stopping = False
        self._wake_reader, self._wake_writer = os.pipe()
        os.set_blocking(self._wake_writer, False)
        self._selector.register(self._wake_reader, selectors.EVENT_READ, None)

    def add(self, program: Program) -> None:
        """Start a program and wait until it is ready. Raises `ServerError`."""
        if self._stopping:
            return
        life = _Life(program)
        self._lives.append(life)
        self._start(life)
        assert life.process is not None
        self._wait(life)

    def catch_signals(self) -> None:
        """Let Ctrl-C, TERM and HUP end the run; a second one changes nothing."""
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._on_signal)

    @property
    def stopping(self) -> bool:
        return self._stopping

    def watch(self) -> None:
        """Pass the programs' lines on and restart the dead, until a signal ends the run.

        Raises `GivenUp` when one dies too often.
        """
        while not self._stopping:
            self._pass_lines(0.5)
            for life in self._lives:
                self._look_after(life)

    def stop(self) -> None:
        """Stop everything, last started first, letting each finish what it is doing."""
        self._stopping = True
        for life in reversed(self._lives):
            if life.process is None or life.process.poll() is not None:
                continue
            self._say(f"stopping {life.program.server.name}")
            life.process.send_signal(life.program.server.stop)
            until = time.monotonic() + life.program.stop_seconds
            while life.process.poll() is None and time.monotonic() < until:
                self._pass_lines(0.1)
            end(life.program.server, life.process, 0.1)
            self._pass_lines(0)

    # ------------------------------------------------------------------ one program

    def _start(self, life: _Life) -> None:
        reader, writer = os.pipe()
        life.process = start(life.program.server, writer)
        os.close(writer)
        os.set_blocking(reader, False)
        self._selector.register(reader, selectors.EVENT_READ, life)
        life.began = time.monotonic()
        life.restart_at = None

    def _wait(self, life: _Life) -> None:
        """Wait for readiness and pass lines on meanwhile."""
        assert life.process is not None
        until = time.monotonic() + life.program.start_seconds
        while not self._stopping and not life.program.server.ready():
            self._pass_lines(0.05)
            if life.process.poll() is not None or time.monotonic() > until:
                self._pass_lines(0)
                wait_ready(life.program.server, life.process, 0)
                return

    def _look_after(self, life: _Life) -> None:
        now = time.monotonic()
        name = life.program.server.name
        if life.restart_at is not None:
            if now >= life.restart_at:
                self._start(life)
            return
        if life.process is None or life.process.poll() is None:
            return
        lived = now - life.began
        life.quick_deaths = life.quick_deaths + 1 if lived < _QUICK_SECONDS else 1
        code = life.process.returncode
        if life.quick_deaths >= _MOST_QUICK_DEATHS:
            raise GivenUp(
                f"{name} ended {life.quick_deaths} times in a row, last with code {code}. "
                "The lines above say why; mend that and start again."
            )
        pause = min(_LONGEST_PAUSE, 0.5 * 2**life.quick_deaths)
        self._say(f"{name} ended with code {code}; starting it again in {pause:.0f} s")
        life.restart_at = now + pause

    def _pass_lines(self, seconds: float) -> None:
        """Print what the programs wrote, each line with its program's name."""
        for key, _ in self._selector.select(seconds):
            if key.data is None:
                os.read(self._wake_reader, 4096)
                continue
            life: _Life = key.data
            chunk = os.read(key.fd, 65536)
            if not chunk:
                self._selector.unregister(key.fd)
                os.close(key.fd)
                continue
            *lines, life.pending = (life.pending + chunk).split(b"\n")
            for line in lines:
                text = line.decode("utf-8", "replace").rstrip()
                if text:
                    self._print(f"{life.program.server.name:<9}| {text}")

    def _print(self, line: str) -> None:
        try:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
        except BrokenPipeError:
            self._stopping = True

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True
        os.write(self._wake_writer, b".")


__all__ = ["GivenUp", "Program", "ServerError", "Supervisor"]
