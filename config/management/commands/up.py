"""`manage.py up`: everything under one command, as `./run` starts it."""

import http.client
import os
import socket
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config.embedded import postgres
from config.embedded.server import Server, ServerError, in_namespace
from config.servers import AlreadyRunning, Owner, needed, owned_home
from config.supervisor import GivenUp, Program, Supervisor

_NEWSROOM_PORT = 8090


class Command(BaseCommand):
    help = "Start database, broker, web, worker, beat and the sample newsroom, and watch them."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="a free one when taken")
        parser.add_argument(
            "--no-sample", action="store_true", help="do not serve the sample newsroom"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        sample = settings.SAMPLE and not options["no_sample"]
        supervisor = Supervisor(self._say)
        supervisor.catch_signals()
        try:
            with owned_home() as owner:
                try:
                    self._start(supervisor, owner, options["port"], sample, began)
                    supervisor.watch()
                finally:
                    supervisor.stop()
        except AlreadyRunning as other:
            url = other.facts.get("url", "")
            self.stdout.write(
                f"Demarche is running already at {url}"
                if url
                else "Demarche is starting already."
            )
            return
        except (ServerError, GivenUp) as error:
            raise CommandError(f"{error} Demarche has stopped.") from error
        self._say("stopped")

    def _start(
        self, supervisor: Supervisor, owner: Owner, wanted: int, sample: bool, began: float
    ) -> None:
        for server in needed():
            supervisor.add(Program(server))
        if supervisor.stopping:
            return
        if not settings.DATABASE_URL:
            postgres.ensure_database(settings.SOCKETS)
        self._say("bringing the database up to date")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_register", stdout=self.stdout, stderr=self.stderr)
        environment = {"PYTHONUNBUFFERED": "1"}
        facts: dict[str, Any] = {"pid": os.getpid()}
        if sample and not supervisor.stopping:
            facts["newsroom"] = self._newsroom(supervisor)
            environment |= _allowing(facts["newsroom"])
        connection.close()
        port = _free_port(wanted)
        url = f"http://localhost:{port}/"
        environment.setdefault("DEMARCHE_SITE_URL", os.environ.get("DEMARCHE_SITE_URL", url))
        for program in _programs(port, environment):
            supervisor.add(program)
        if supervisor.stopping:
            return
        owner.say({**facts, "url": url})
        self.stdout.write(
            f"\nDemarche is running at {url}  (after {time.monotonic() - began:.0f} s; "
            "Ctrl-C stops it)\nTo sign in, make an account in another terminal: "
            "./run manage createsuperuser\n"
        )
        self.stdout.flush()

    def _newsroom(self, supervisor: Supervisor) -> str:
        """Serve the sample newsroom and register its feeds; return its host and port."""
        port = _free_port(_NEWSROOM_PORT)
        address = f"127.0.0.1:{port}"
        clock = settings.HOME / "newsroom-clock"
        argv = [sys.executable, "-m", "newsroom", "--port", str(port), "--clock", str(clock)]
        supervisor.add(Program(Server("newsroom", argv, lambda: _answers(port, "/robots.txt"))))
        if not supervisor.stopping:
            call_command("add_newsroom", f"http://{address}", stdout=self.stdout)
        return address

    def _say(self, sentence: str) -> None:
        self.stdout.write(f"demarche | {sentence}")
        self.stdout.flush()


def _allowing(newsroom: str) -> dict[str, str]:
    """What the programs that read the newsroom at this host and port must know."""
    return {
        "DEMARCHE_NEWSROOM_URL": f"http://{newsroom}",
        "DEMARCHE_FETCH_ALLOWED_PRIVATE": ",".join([*settings.FETCH_ALLOWED_PRIVATE, newsroom]),
    }


def _programs(port: int, environment: dict[str, str]) -> list[Program]:
    """Web, worker and beat: the very commands that docker-compose.yml runs."""
    python = sys.executable
    pid_file = settings.HOME / "beat.pid"
    pid_file.unlink(missing_ok=True)  # the lock on the folder says that no other beat runs
    schedule = settings.CELERY_BEAT_SCHEDULE_FILENAME
    web = [python, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    web += ["--config", "python:config.gunicorn"]
    celery = [python, "-m", "celery", "--quiet", "--app", "config"]
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"]
    worker += ["--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "WARNING", "--schedule", schedule]
    beat += ["--pidfile", str(pid_file)]
    return [
        Program(
            Server(
                "web",
                web,
                # Not /healthz: that is not content before beat runs.
                lambda: _answers(port, "/help/"),
                environment=environment,
            )
        ),
        # A worker finishes the task in hand: the longest may take the hard time limit. It reads
        # what strangers wrote, so it has no use for root's rights.
        Program(
            Server("worker", in_namespace(worker), lambda: True, environment=environment),
            stop_seconds=settings.CELERY_TASK_TIME_LIMIT,
        ),
        Program(Server("beat", beat, lambda: True, environment=environment)),
    ]


def _answers(port: int, path: str) -> bool:
    """Whether a server of our own answers, with whatever status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _free_port(wanted: int) -> int:
    """The wanted port on loopback, or one that the kernel picks when it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ServerError("No free port on 127.0.0.1.")
