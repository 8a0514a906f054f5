"""Nobody waits for a busy worker while another has a thread to spare."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from config import gunicorn

ROOT = Path(__file__).resolve().parents[2]
_FOLDER = "DEMARCHE_TEST_FOLDER"
_PATIENCE = 60.0  # seconds


def held(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The application of these tests: says that a request has begun, and by which process, and
    answers once all may."""
    folder = Path(os.environ[_FOLDER])
    (folder / f"{os.getpid()}.{uuid4()}").touch()
    while not (folder / "go").exists():
        time.sleep(0.01)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "0")])
    return []


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Where the web server listens, set up as everywhere."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    argv = [sys.executable, "-m", "gunicorn", "tests.config.test_gunicorn:held"]
    argv += ["--bind", f"127.0.0.1:{number}", "--config", "python:config.gunicorn"]
    environment = {**os.environ, _FOLDER: str(tmp_path)}
    process = subprocess.Popen(argv, cwd=ROOT, env=environment)
    try:
        yield number
    finally:
        (tmp_path / "go").touch()
        process.terminate()
        process.wait(_PATIENCE)


def ask(port: int) -> str | None:
    """Ask once, when the server is there; what it says of the connection."""
    return answer(port, "/").getheader("Connection")


def answer(port: int, path: str) -> http.client.HTTPResponse:
    until = time.monotonic() + _PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        try:
            connection.request("GET", path)
            return connection.getresponse()
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        finally:
            connection.close()


def test_requests_are_spread_over_all_threads_and_the_rest_stand_in_line(
    port: int, tmp_path: Path
) -> None:
    threads = gunicorn.workers * gunicorn.threads
    with ThreadPoolExecutor(2 * threads) as readers:
        answers = [readers.submit(ask, port) for _ in range(2 * threads)]
        until = time.monotonic() + _PATIENCE
        while len(began := list(tmp_path.iterdir())) < threads and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.2)
        began = list(tmp_path.iterdir())
        (tmp_path / "go").touch()

    by_worker = Counter(one.name.partition(".")[0] for one in began)
    assert list(by_worker.values()) == [gunicorn.threads] * gunicorn.workers
    assert [answer.result() for answer in answers] == ["close"] * (2 * threads)
    assert len([one for one in tmp_path.iterdir() if one.name != "go"]) == 2 * threads


def test_an_address_may_be_as_long_as_the_server_takes(port: int, tmp_path: Path) -> None:
    (tmp_path / "go").touch()

    assert answer(port, "/?q=" + "a" * 8_000).status == 200
    assert answer(port, "/?q=" + "a" * 8_200).status == 414
