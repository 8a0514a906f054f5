"""The web server as `./run` starts it, over the database of this process."""

import http.client
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from config import gunicorn
from config.bench.installation import ROOT

WORKERS = gunicorn.workers


class Web:
    """Gunicorn with its workers until `stop`. Raises `RuntimeError` when it does not start."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._folder = TemporaryDirectory(prefix="demarche-bench-web-")
        self._log = Path(self._folder.name) / "answered"
        argv = [sys.executable, "-m", "gunicorn", "config.wsgi:application"]
        argv += ["--bind", f"127.0.0.1:{self.port}", "--config", "python:config.gunicorn"]
        argv += ["--log-level", "warning"]
        # Who answered: the only thing of a worker that is seen from without.
        argv += ["--access-logfile", str(self._log), "--access-logformat", "%(p)s"]
        began = time.perf_counter()
        self._process = subprocess.Popen(argv, cwd=ROOT)
        self.first_answer = self._wait(began)

    def _wait(self, began: float) -> float:
        """How many seconds it took to the first page."""
        while time.perf_counter() - began < 60:
            if self._process.poll() is not None:
                raise RuntimeError(f"gunicorn ended with {self._process.returncode}")
            try:
                self.get("/statements/?q=plenipotentiary")
            except OSError:
                time.sleep(0.02)
                continue
            return time.perf_counter() - began
        raise RuntimeError("gunicorn did not answer within 60 s")

    def get(self, path: str) -> tuple[float, bytes]:
        """Milliseconds to the last byte of a page, asked for over a new connection; and the page.

        Raises `RuntimeError` when it is not there, `OSError` when nobody answers.
        """
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Host": "localhost"})
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return (time.perf_counter() - began) * 1000, body

    def answered_by(self) -> list[int]:
        """The process of each answer so far."""
        return [int(line.strip("<>")) for line in self._log.read_text("ascii").split()]

    def resident(self) -> list[float]:
        """The memory of each worker in MB: its own share of what it holds."""
        found = []
        for worker in sorted(set(self.answered_by())):
            lines = Path(f"/proc/{worker}/smaps_rollup").read_text("ascii").splitlines()
            (own,) = (line.split()[1] for line in lines if line.startswith("Pss:"))
            found.append(int(own) / 1024)
        return found

    def stop(self) -> None:
        """End it, and wait until it has."""
        self._process.terminate()
        self._process.wait(30)
        self._folder.cleanup()
