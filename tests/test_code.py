"""The checks of the code itself: types, style, contracts, migrations, locks, container files."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

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


def test_only_the_gate_and_the_launchers_open_connections() -> None:
    """No module but these may import what opens a connection."""
    allowed = {
        "config/embedded/postgres.py", "config/embedded/valkey.py", "config/health.py",
        "config/management/commands/up.py", "sources/jobs.py",
    }  # fmt: skip
    opening = re.compile(
        r"^\s*(?:import|from)\s+(?:urllib\.request|urllib3|http\.client|socket|requests|httpx|"
        r"aiohttp|ftplib|smtplib|redis|psycopg)\b",
        re.MULTILINE,
    )
    for room in ("config", "sources", "statements"):
        for path in (ROOT / room).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if name in allowed or name.startswith("sources/fetching/"):
                continue
            assert not opening.search(path.read_text(encoding="utf-8")), name


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
