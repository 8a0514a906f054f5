"""The snapshot store: bytes by their sha256, written once and never changed."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


class SnapshotDamaged(Exception):
    """The stored bytes are missing or are not those that were stored."""


def keep(body: bytes) -> str:
    """Store bytes durably and return their sha256 in hex. The same bytes are one file.

    The file is complete on disk when this returns, so a row that names it may be committed.
    Raises `OSError` when the store cannot be written.
    """
    digest = hashlib.sha256(body).hexdigest()
    path = path_of(digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return digest


def load(sha256: str) -> bytes:
    """Return the stored bytes. Raises `SnapshotDamaged` when they are missing or changed."""
    try:
        body = path_of(sha256).read_bytes()
    except OSError as error:
        raise SnapshotDamaged(f"the file of {sha256[:12]}… cannot be read") from error
    if hashlib.sha256(body).hexdigest() != sha256:
        raise SnapshotDamaged(f"the file of {sha256[:12]}… is not what was stored")
    return body


def path_of(sha256: str) -> Path:
    """Where the bytes with this sha256 lie: two levels of folders by its first four digits."""
    return Path(settings.SNAPSHOT_FOLDER) / sha256[:2] / sha256[2:4] / sha256
