"""What the log says while the database is away."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# A site whose database is away is asked for a page by somebody with a session.
ASK = """
import sys
import django
django.setup()
from django.test import Client
headers = {"host": "localhost", "cookie": "sessionid=" + "a" * 32}
client = Client(raise_request_exception=False, headers=headers)
for path in sys.argv[1:]:
    print(client.get(path).status_code)
"""


@pytest.mark.parametrize("path", ["/", "/help/", "/ingest/", "/statements.json"])
def test_a_request_without_a_database_is_one_line_in_the_log(path: str, tmp_path: Path) -> None:
    away = {
        "DATABASE_URL": f"postgresql://ada@/demarche?host={tmp_path}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEMARCHE_HOME": str(tmp_path),
        "DEMARCHE_LOG_LEVEL": "WARNING",
    }

    asked = subprocess.run(
        [sys.executable, "-c", ASK, path],
        cwd=ROOT, env={**os.environ, **away}, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert asked.stdout == "503\n"
    [line] = asked.stderr.splitlines()
    assert line.startswith(f"ERROR django.request: Service Unavailable: {path}: the database")
