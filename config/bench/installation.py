"""An installation of the bench's own: `manage.py up` in a scratch folder, and its processes."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Process:
    """One process as the kernel has it; `resident` is its memory in KiB."""

    pid: int
    parent: int
    resident: int
    command: str


class Installation:
    """What `./run` starts, without the sample newsroom, until `stop`."""

    def __init__(self, home: Path) -> None:
        self._log = home / "log"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        argv = [sys.executable, "manage.py", "up", "--no-sample", "--port", str(self.port)]
        with self._log.open("wb") as log:
            self._up = subprocess.Popen(argv, cwd=ROOT, stdout=log, stderr=log)

    def wait(self, seconds: float) -> None:
        """Return once its pages are there. Raises `RuntimeError` when they are not in time."""
        until = time.monotonic() + seconds
        while not self.answers():
            self.check()
            if time.monotonic() > until:
                raise RuntimeError(f"Demarche did not start in {seconds:.0f} s:\n{self.tail()}")
            time.sleep(0.5)

    def answers(self) -> bool:
        """Whether its web server gives a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/help/")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def check(self) -> None:
        """Raise `RuntimeError` when its supervisor has given up."""
        if self._up.poll() is not None:
            raise RuntimeError(f"Demarche ended with {self._up.returncode}:\n{self.tail()}")

    def tail(self) -> str:
        """The last lines of its log."""
        return "\n".join(self._log.read_text("utf-8", "replace").splitlines()[-40:])

    def stop(self) -> None:
        """Stop everything; whatever does not end in time is killed."""
        everything = self._descendants()
        self._up.send_signal(signal.SIGTERM)
        try:
            self._up.wait(60)
        except subprocess.TimeoutExpired:
            self._up.kill()
            for process in everything:
                kill(process)

    def parts(self) -> dict[str, list[Process]]:
        """What may be killed, by kind; a kind that is not there now is left out."""
        mine = self._descendants()
        mains = [process for process in mine if process.parent == self._up.pid]
        found: dict[str, list[Process]] = {}
        for main in mains:
            name = _name(main.command)
            if not name:
                continue
            found[name] = [main]
            children = [process for process in mine if process.parent == main.pid]
            if name == "worker":
                found["worker's child"] = children
            if name == "postgres":
                backend = [p for p in children if p.command.startswith("postgres: demarche")]
                found["postgres's backend"] = backend
        return {name: processes for name, processes in found.items() if processes}

    def _descendants(self) -> list[Process]:
        everything = _processes()
        found: list[Process] = []
        wanted = {self._up.pid}
        while more := [p for p in everything if p.parent in wanted and p not in found]:
            found += more
            wanted = {process.pid for process in more}
        return found


def kill(process: Process) -> None:
    """End a process as a power cut would, when it is there still."""
    try:
        os.kill(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _name(command: str) -> str:
    """What a process that `up` has started is."""
    for name, word in (
        ("postgres", "bin/postgres "), ("valkey", "valkey-server"), ("valkey", "redis-server"),
        ("web", "gunicorn"), ("worker", " worker "), ("beat", " beat "),
    ):  # fmt: skip
        if word in command:
            return name
    return ""


def _processes() -> list[Process]:
    argv = ["ps", "-A", "-o", "pid=,ppid=,rss=,args="]
    listed = subprocess.run(argv, capture_output=True, text=True, check=True)
    found = []
    for line in listed.stdout.splitlines():
        pid, parent, resident, *command = line.split(None, 3)
        found.append(Process(int(pid), int(parent), int(resident), " ".join(command)))
    return found
