"""Where snapshots lie is a setting, and a bucket without its library ends the start."""

from pathlib import Path

from tests.config.test_production import in_production

SHOW = """
import django; django.setup()
from django.core.files.storage import storages
store = storages["snapshots"]
print(type(store).__name__, getattr(store, "bucket_name", ""), store.location)
"""


def test_without_a_bucket_it_is_the_folder(tmp_path: Path) -> None:
    shown = in_production(tmp_path, "-c", SHOW, DEMARCHE_SNAPSHOTS="/srv/kept")

    assert shown.stdout.split() == ["DurableFolder", "/srv/kept"], shown.stderr


def test_a_bucket_is_used_when_one_is_named(tmp_path: Path) -> None:
    shown = in_production(tmp_path, "-c", SHOW, DEMARCHE_SNAPSHOT_BUCKET="invented")

    assert shown.stdout.split() == ["Bucket", "invented", "snapshots"], shown.stderr


def test_a_bucket_without_boto3_ends_the_start_with_a_sentence(tmp_path: Path) -> None:
    hidden = f"import sys; sys.modules['boto3'] = None\n{SHOW}"

    shown = in_production(tmp_path, "-c", hidden, DEMARCHE_SNAPSHOT_BUCKET="invented")

    assert shown.returncode != 0
    assert "DEMARCHE_SNAPSHOT_BUCKET needs boto3: install requirements/s3.lock" in shown.stderr
