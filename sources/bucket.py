"""A bucket in S3-compatible storage as the snapshot store. Needs boto3."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from sources.folder import StoredFile

_IN_MEMORY = 1024 * 1024  # bytes; what is larger goes through a temporary file
# A store that does not answer must not hold up a page or a worker for minutes.
_PATIENCE = Config(connect_timeout=5, read_timeout=20, retries={"total_max_attempts": 3})


class Bucket(S3Storage):  # type: ignore[misc]  # it has no types
    """django-storages' S3 storage, every fault of which is an `OSError` as a disk's would be.

    A put is whole or not at all, so nothing half-written is ever seen.
    """

    def get_default_settings(self) -> dict[str, Any]:
        return {
            **super().get_default_settings(),
            "client_config": _PATIENCE,
            # Snapshots are small: threads for parts of one would only cost.
            "transfer_config": TransferConfig(use_threads=False),
            "max_memory_size": _IN_MEMORY,
        }

    def touch(self, name: str) -> None:
        """Let the age of an object start anew: S3 does that when it is copied onto itself."""
        with _as_disk_faults():
            key = self._normalize_name(name)
            self.bucket.Object(key).copy_from(
                CopySource={"Bucket": self.bucket_name, "Key": key},
                MetadataDirective="REPLACE",
                ContentType=self.default_content_type,
            )

    def each_file(self) -> Iterator[StoredFile]:
        """All objects below the store's place in the bucket."""
        place = f"{self.location}/"
        with _as_disk_faults():
            for found in self.bucket.objects.filter(Prefix=place):
                yield StoredFile(found.key.removeprefix(place), found.last_modified)

    def size(self, name: str) -> int:
        with _as_disk_faults():
            return int(super().size(name))

    def get_modified_time(self, name: str) -> datetime:
        with _as_disk_faults():
            modified_at: datetime = super().get_modified_time(name)
            return modified_at

    def delete(self, name: str) -> None:
        with _as_disk_faults():
            super().delete(name)

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        with _as_disk_faults():
            file: File[Any] = super()._open(name, mode)
            file.open()  # fetches the bytes now, where its faults are caught
            return file

    def _save(self, name: str, content: "File[Any]") -> str:
        with _as_disk_faults():
            return str(super()._save(name, content))


@contextmanager
def _as_disk_faults() -> Iterator[None]:
    """Raise `FileNotFoundError` for what is not there, `OSError` for every other fault."""
    try:
        yield
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        code = str(error.response.get("Error", {}).get("Code"))
        if status == HTTPStatus.NOT_FOUND and code != "NoSuchBucket":
            raise FileNotFoundError(str(error)) from error
        raise OSError(str(error)) from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(str(error)) from error
