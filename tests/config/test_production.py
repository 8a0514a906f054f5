"""What production promises to browsers is what was asked for."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import json, django
django.setup()
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory
request = RequestFactory().get("/", secure=True, headers={"X-Forwarded-Proto": "https"})
answer = SecurityMiddleware(lambda _: HttpResponse())(request)
print(json.dumps(answer.headers.get("Strict-Transport-Security")))
"""


def in_production(home: Path, *argv: str, **values: str) -> "subprocess.CompletedProcess[str]":
    """Run Python in a process of its own, since settings read the environment once."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEMARCHE_HOME": str(home),
        "DEMARCHE_PRODUCTION": "1",
        "DEMARCHE_SECRET_KEY": secrets.token_urlsafe(50),
        "DEMARCHE_ALLOWED_HOSTS": "demarche.example",
        "DATABASE_URL": "postgresql://demarche:x@127.0.0.1/demarche",
        "REDIS_URL": "redis://127.0.0.1/0",
        **values,
    }
    return subprocess.run(
        [sys.executable, *argv],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "promise"),
    [
        ({}, "max-age=31536000"),
        ({"DEMARCHE_HSTS_SECONDS": "60"}, "max-age=60"),
        ({"DEMARCHE_HSTS_SECONDS": "0"}, None),
        ({"DEMARCHE_HSTS_SUBDOMAINS": "1"}, "max-age=31536000; includeSubDomains"),
        (
            {"DEMARCHE_HSTS_SUBDOMAINS": "1", "DEMARCHE_HSTS_PRELOAD": "1"},
            "max-age=31536000; includeSubDomains; preload",
        ),
    ],
)
def test_https_is_promised_for_this_host_and_for_more_only_when_asked(
    tmp_path: Path, values: dict[str, str], promise: str | None
) -> None:
    asked = in_production(tmp_path, "-c", ASK, **values)

    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout) == promise


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"DEMARCHE_HSTS_PRELOAD": "1"},
            "DEMARCHE_HSTS_PRELOAD needs DEMARCHE_HSTS_SUBDOMAINS=1",
        ),
        ({"DEMARCHE_PROXIES": "-1"}, "DEMARCHE_PROXIES must be a number, 0 or more"),
    ],
)
def test_what_cannot_be_meant_ends_the_start_with_a_sentence(
    tmp_path: Path, values: dict[str, str], sentence: str
) -> None:
    asked = in_production(tmp_path, "-c", ASK, **values)

    assert asked.returncode != 0
    assert sentence in asked.stderr
