"""The checks of the code itself: types, style, contracts, migrations, locks, container files."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.connections import opening

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def run(*argv: str, **environment: str) -> str:
    """Run a tool of the environment; its output is the failure's message."""
    done = subprocess.run(
        [str(BIN / argv[0]), *argv[1:]],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, **environment}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_ruff_has_no_complaint() -> None:
    run("ruff", "check", ".")


def test_ruff_would_lay_nothing_out_differently() -> None:
    run("ruff", "format", "--check", ".")


def test_types_are_strict_and_right() -> None:
    run("mypy", ".")


def test_templates_are_clean() -> None:
    run("djlint", "--lint", "templates")


def test_templates_hold_no_inline_script_or_style() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text), path
        assert not re.search(r"\|\s*safe\b|autoescape off", text), path
        for script in re.findall(r"<script[^>]*>", text):
            assert "src=" in script, path


def test_imports_point_one_way() -> None:
    run("lint-imports")


@pytest.mark.django_db
def test_no_model_is_ahead_of_its_migrations() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_locks_hold_hashes_and_no_address() -> None:
    for path in sorted((ROOT / "requirements").glob("*.lock")):
        text = path.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--(?:extra-)?index|--find-links", text), path


# Who else may open a connection, and of what kind. The broker's and the database's own
# clients stand behind Celery and Django and need no entry.
CONNECTED = {
    "config/bench/ingest.py": {"urllib3"},  # asks the site that it measures
    "config/bench/installation.py": {"http.client", "socket"},  # asks the site that it started
    # It talks with the processes that it started.
    "config/bench/search/inserting.py": {"multiprocessing.connection"},
    # They ask the server that the measure started.
    "config/bench/search/readers.py": {"asyncio.open_connection"},
    "config/bench/search/web.py": {"http.client", "socket"},
    "config/embedded/postgres.py": {"psycopg"},
    "config/embedded/valkey.py": {"redis"},
    "config/management/commands/up.py": {"http.client", "socket"},  # asks its own children
    "sources/apart/warming.py": {"importlib.import_module"},  # of a list of its own
    "sources/bucket.py": {"boto3", "botocore"},  # the snapshot store, where settings say
    "sources/jobs.py": {"socket"},  # the name of this machine, for the lease
    "statements/prepared.py": {"psycopg"},  # a cursor on the connection that there is
    "statements/search/limits.py": {"psycopg"},  # the names of its cursor and of an error
}


def test_only_the_gate_and_the_launchers_open_connections() -> None:
    """Every poll, article, sitemap and robots.txt passes the one gate; nothing goes past it."""
    for room in ("config", "newsroom", "sources", "statements"):
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith("sources/fetching/"):
                continue
            allowed = tuple(CONNECTED.get(name, ()))
            found = opening(path.read_text(encoding="utf-8"))
            assert [line for line in found if not line.startswith(allowed)] == [], name


def test_each_exception_is_still_needed() -> None:
    for name, modules in CONNECTED.items():
        found = opening((ROOT / name).read_text(encoding="utf-8"))
        assert all(any(line.startswith(module) for line in found) for module in modules), name


# Who takes bytes from outside apart, and the rooms in which the child does it.
TAKEN_APART = {
    "sources.decoding": {"decode"},
    "sources.feeds": {"parse_feed"},
    "sources.rules": {"leave_for"},
    "sources.text": {"decode_page", "read", "read_page"},
    "protego": {"Protego"},
}
APART = ("sources/apart/", "sources/feeds.py", "sources/rules.py", "sources/text.py")


def test_only_the_child_takes_bytes_from_outside_apart() -> None:
    for room in ("config", "sources", "statements"):
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith(APART):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom):
                    taken = TAKEN_APART.get(node.module or "", set())
                    assert taken.isdisjoint(alias.name for alias in node.names), name
                elif isinstance(node, ast.Import):
                    assert TAKEN_APART.keys().isdisjoint(a.name for a in node.names), name


@pytest.mark.parametrize(
    "planted",
    [
        "import socket", "import socket as s", "from socket import create_connection as c",
        "import urllib.request", "from urllib.request import urlopen", "from urllib import request",
        "import urllib, urllib.parse\nurllib.request.urlopen(x)", "import http\nhttp.client.HTTPConnection",
        "from http import client", "import http.client as h", "def f():\n    import requests",
        "try:\n    import httpx\nexcept ImportError:\n    pass", "import ssl", "import urllib3.util",
        "import asyncio\nasyncio.open_connection(h, p)", "from asyncio import open_connection",
        "from asyncio import open_unix_connection as o",
        "import importlib\nimportlib.import_module('socket')", "__import__('urllib.request')",
        "from importlib import import_module\nimport_module('sock' + 'et')",
        "import importlib as i\ni.import_module(name)", "import sys\nsys.modules['socket']",
        "from django.utils.module_loading import import_string\nimport_string('socket.socket')",
        "import pkgutil\npkgutil.resolve_name('urllib.request:urlopen')",
        "import trafilatura\ntrafilatura.fetch_url(u)", "from trafilatura import fetch_url",
        "import trafilatura as t\nf = t.fetch_response", "from trafilatura.downloads import fetch_url",
        "from trafilatura import downloads", "import trafilatura\ngetattr(trafilatura, 'fetch_url')",
        "import feedparser\nfeedparser.parse(url)", "from feedparser import parse as p\np(body)",
        "import feedparser\nfeedparser.parse(url_file_stream_or_string=url)",
        "import lxml.etree\nlxml.etree.parse(url)", "from lxml import html\nhtml.parse(url)",
        "from lxml.html import parse\nparse('http://a.example/')",
        "from lxml import etree\netree.XMLParser(no_network=False)", "import xml.sax",
        "import subprocess\nsubprocess.run(['curl', url])", "import os\nos.system(f'wget -q {url}')",
        "from subprocess import check_output as c\nc(['/usr/bin/curl', '-s', url])",
        "import os\nos.execvp('ssh', ['ssh', host])", "from django.core.mail import send_mail",
        "import logging.handlers", "import smtplib", "from multiprocessing.connection import Client",
        "from sources.fetching.dialing import dial", "from sources.fetching.exchange import exchange",
        "import sources.fetching.dialing as d\nd.open_connection(h, p)", "import psycopg", "import redis.asyncio", "import boto3",
    ],
)  # fmt: skip
def test_whatever_opens_a_connection_is_found(planted: str) -> None:
    assert opening(planted)


@pytest.mark.parametrize(
    "harmless",
    [
        "from urllib.parse import urlsplit", "from http import HTTPStatus", "import http.server",
        "from sources.fetching import fetch", "import importlib.util", "import asyncio",
        "import io, feedparser\nfeedparser.parse(io.BytesIO(body))", "socket = 3\nprint(socket)",
        "from io import BytesIO\nimport lxml.etree\nlxml.etree.parse(BytesIO(body))",
        "import subprocess\nsubprocess.run(['pg_ctl', 'start'])", "import trafilatura\ntrafilatura.extract(x)",
        "from importlib import import_module\nimport_module('statements.models')",
        "'import socket'", "from sources.fetching.exchange import Limits", "from .socket import x", "from lxml import etree\netree.fromstring(body)",
    ],
)  # fmt: skip
def test_what_opens_none_is_left_alone(harmless: str) -> None:
    assert opening(harmless) == []


def test_the_shell_scripts_parse() -> None:
    for script, shell in (("run", "sh"), (".ci/run", "bash")):
        done = subprocess.run(
            [shell, "-n", str(ROOT / script)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


# ------------------------------------------------------------------ container files

SECRETS = {
    "POSTGRES_PASSWORD": "x", "DEMARCHE_SECRET_KEY": "x" * 60,
    "DEMARCHE_ALLOWED_HOSTS": "demarche.example", "DEMARCHE_SITE_URL": "https://demarche.example",
}  # fmt: skip


def rendered(tmp_path: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The compose file with its variables filled in; podman only has to answer its version."""
    stub = tmp_path / "podman"
    stub.write_text('#!/bin/sh\necho "podman version 5.4.0"\n', encoding="utf-8")
    stub.chmod(0o755)
    return subprocess.run(
        [str(BIN / "podman-compose"), "-f", "docker-compose.yml", "config"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path), **environment},
    )  # fmt: skip


def test_the_compose_file_fits_its_schema() -> None:
    run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")
    run(
        "yamllint",
        "-d",
        "{extends: relaxed, rules: {line-length: disable}}",
        "docker-compose.yml",
    )


def test_the_dockerfile_is_clean() -> None:
    if not shutil.which("hadolint", path=str(BIN)):
        pytest.fail("hadolint is in the dev lock and was not installed")
    run("hadolint", "Dockerfile")


def test_a_missing_secret_stops_the_compose_file(tmp_path: Path) -> None:
    without = {k: v for k, v in SECRETS.items() if k != "DEMARCHE_SECRET_KEY"}

    done = rendered(tmp_path, **without)

    assert done.returncode != 0 or "DEMARCHE_SECRET_KEY" in done.stderr


def test_the_services_wait_for_what_they_need(tmp_path: Path) -> None:
    services = yaml.safe_load(rendered(tmp_path, **SECRETS).stdout)["services"]

    assert set(services) == {"postgres", "redis", "migrate", "web", "worker", "beat"}
    for name, service in services.items():
        for target, needed in (service.get("depends_on") or {}).items():
            assert target in services, name
            if needed["condition"] == "service_healthy":
                assert "healthcheck" in services[target], target


def test_every_variable_is_read_listed_and_explained(tmp_path: Path) -> None:
    """Compose sets nothing that settings do not read, and .env.example lists all they read."""
    sources = (ROOT / "config/settings.py", ROOT / "config/embedded/postgres.py")
    names = r'"((?:DEMARCHE_|DATABASE_URL|REDIS_URL|PG_BIN)\w*)"'
    read = {
        name for path in sources for name in re.findall(names, path.read_text(encoding="utf-8"))
    }
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    only_compose = {"POSTGRES_PASSWORD", "DEMARCHE_PORT"}
    read |= {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}  # by boto3
    services = yaml.safe_load(rendered(tmp_path, **SECRETS).stdout)["services"]

    assert listed == read | only_compose
    assert set(services["web"]["environment"]) <= read
