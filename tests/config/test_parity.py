"""The commands of docker-compose.yml do their work: run natively, with the two addresses swapped."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import yaml

from config.embedded import postgres, valkey
from config.embedded.places import socket_folder
from config.embedded.server import end, start, wait_ready
from tests.test_code import SECRETS, rendered

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def test_the_containers_commands_bring_the_site_up(tmp_path: Path) -> None:
    services = yaml.safe_load(rendered(tmp_path, **SECRETS).stdout)["services"]
    home = tmp_path / "home"
    sockets = socket_folder(home)
    servers = [
        postgres.prepare(home, sockets, postgres.CARELESS),
        valkey.prepare(home, sockets),
    ]
    running = [(server, start(server)) for server in servers]
    processes = []
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{k: str(v) for k, v in services["web"]["environment"].items() if v is not None},
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "DATABASE_URL": f"postgresql://demarche@/demarche?host={sockets}",
        "REDIS_URL": f"redis+socket://{sockets}/valkey.sock?virtual_host=0",
        "DEMARCHE_SNAPSHOTS": str(tmp_path / "snapshots"),
        "DEMARCHE_HOME": str(tmp_path / "app"),
    }
    log = (tmp_path / "log").open("wb")
    try:
        for server, process in running:
            wait_ready(server, process, 60)
        postgres.ensure_database(sockets)
        # The image collects its static files when it is built; here a copy of the tree does.
        tree = tmp_path / "srv"
        for part in (
            "config",
            "history",
            "sources",
            "statements",
            "newsroom",
            "templates",
            "static",
        ):
            shutil.copytree(ROOT / part, tree / part)
        shutil.copy(ROOT / "manage.py", tree)
        _run([sys.executable, "manage.py", "collectstatic", "--noinput"], tree, environment)
        _run(services["migrate"]["command"], tree, environment)
        for name in ("web", "worker", "beat"):
            command = [
                word.replace("0.0.0.0:8000", f"127.0.0.1:{port}").replace(
                    "/tmp/beat-schedule", str(tmp_path / "beat-schedule")
                )
                for word in services[name]["command"]
            ]
            processes.append(
                subprocess.Popen(
                    command, cwd=tree, env=environment, stdout=log, stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )  # fmt: skip
        health = _healthy(port, 60)
        assert health == {"database": "ok", "broker": "ok", "beat": "ok"}, (
            health,
            (tmp_path / "log").read_text(errors="replace")[-3000:],
        )
        assert _redirects_to_https(port)
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        for server, process in reversed(running):
            end(server, process, 10)
        log.close()


def _run(command: list[str], tree: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        command,
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _healthy(port: int, seconds: float) -> object:
    """What /healthz says in the end; a tick of beat has to have come by worker to the database."""
    until = time.monotonic() + seconds
    said: object = "no answer"
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(_request(port, "/healthz"), timeout=5) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            said = error.read().decode(errors="replace")
        except OSError as error:
            said = str(error)
        time.sleep(0.5)
    return said


def _request(port: int, path: str) -> urllib.request.Request:
    return urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Host": "localhost"}
    )


def _redirects_to_https(port: int) -> bool:
    """Production leads plain HTTP to HTTPS, everywhere but for the container's own question."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: object) -> None:
            return None

    opener = urllib.request.build_opener(Stay)
    try:
        opener.open(_request(port, "/statements/"), timeout=10)
    except urllib.error.HTTPError as error:
        return error.code == 301 and error.headers["Location"].startswith("https://")
    return False
