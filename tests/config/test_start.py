"""What a normal start says: nothing that sounds like a fault."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from config.embedded.server import in_namespace
from config.middleware import HeadMiddleware

ROOT = Path(__file__).resolve().parents[2]
# Valkey's remarks are about the machine, and this test does not know the machine.
ALARMING = re.compile(r"^(?!valkey).*(FATAL|ERROR|WARN|[Ww]arning|Traceback)", re.MULTILINE)


def test_a_normal_start_alarms_nobody(tmp_path: Path) -> None:
    outside = {"DATABASE_URL", "REDIS_URL", "DEMARCHE_LOG_LEVEL"}
    environment = {k: v for k, v in os.environ.items() if k not in outside}
    environment |= {"DEMARCHE_HOME": str(tmp_path / "home"), "DEMARCHE_TICK_SECONDS": "1"}
    log = tmp_path / "log"
    with log.open("wb") as file:
        run = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", "0", "--no-sample"],
            cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        url = _address(tmp_path / "home/running.json", run, log)
        _wait_for_health(url, log)
        head = urllib.request.Request(f"{url}help/", method="HEAD")
        with urllib.request.urlopen(head, timeout=10) as answer:
            assert int(answer.headers["Content-Length"]) > 1000
    finally:
        run.send_signal(signal.SIGINT)
        run.wait(60)

    assert ALARMING.findall(log.read_text()) == [], log.read_text()


def _address(facts: Path, run: "subprocess.Popen[bytes]", log: Path) -> str:
    until = time.monotonic() + 90
    while time.monotonic() < until and run.poll() is None:
        said = json.loads(facts.read_text() or "{}") if facts.exists() else {}
        if "url" in said:
            return str(said["url"])
        time.sleep(0.2)
    raise AssertionError(log.read_text())


def _wait_for_health(url: str, log: Path) -> None:
    """Wait until beat has ticked by way of the worker; asking /healthz before is a warning."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with urllib.request.urlopen(f"{url}status/", timeout=10) as answer:
            if b"schedule ticked" in answer.read():
                return
        time.sleep(0.5)
    raise AssertionError(log.read_text())


@pytest.mark.parametrize("answer", [HttpResponse("words"), StreamingHttpResponse(["words"])])
def test_head_is_answered_without_a_body(answer: HttpResponseBase) -> None:
    answer["Content-Length"] = "5"
    head = HeadMiddleware(lambda _: answer)

    response = head(RequestFactory().head("/"))

    assert b"".join(response) == b""
    assert response["Content-Length"] == "5"


@pytest.mark.skipif(os.geteuid() != 0, reason="for root only")
def test_the_worker_has_none_of_roots_rights() -> None:
    argv = in_namespace([sys.executable, "-c", "import os; print(os.geteuid())"])
    if argv[0] != "unshare":
        pytest.skip("this machine makes no user namespaces")

    asked = subprocess.run(argv, capture_output=True, text=True, check=True)

    assert asked.stdout.strip() == "65534"
