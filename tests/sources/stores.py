"""A bucket on loopback, and the two kinds of snapshot store that tests run on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.conf import settings
from moto.server import ThreadedMotoServer

from sources import store

BUCKET = "invented-bucket"


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The address of a running S3 server with one bucket."""
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "ada")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "example")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3: str, settings: Any) -> Iterator[Any]:
    """An empty bucket that is the snapshot store, as boto3 sees it."""
    use_bucket(settings, s3)
    found = boto3.resource("s3", endpoint_url=s3).create_bucket(Bucket=BUCKET)
    yield found
    found.objects.delete()
    found.delete()


def use_bucket(settings: Any, address: str, name: str = BUCKET) -> None:
    """Let the snapshot store be the bucket of that name at that address."""
    options = {"bucket_name": name, "location": "snapshots", "endpoint_url": address}
    stored = {"BACKEND": "sources.bucket.Bucket", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "snapshots": stored}


def path_of(sha256: str) -> Path:
    """The file of these bytes, when the store is a folder."""
    return Path(settings.SNAPSHOT_FOLDER) / store.name_of(sha256)
