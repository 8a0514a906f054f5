"""The snapshot store: bytes by their sha256, written once and never changed.

It lies in a folder or in a bucket (`settings.STORAGES["snapshots"]`); both raise `OSError` when
they cannot be read or written just now.
"""

import errno
import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from sources.folder import DurableFolder, StoredFile

if TYPE_CHECKING:
    from sources.bucket import Bucket

# A file that no row names is nobody's only after this long: its row may not be committed yet.
ORPHAN_AGE = timedelta(hours=24)
_CHUNK = 1024 * 1024  # bytes


class Damage(StrEnum):
    """What can be wrong with a stored file."""

    MISSING = "missing"
    TORN = "torn"
    FLIPPED = "flipped"
    UNREADABLE = "unreadable"


_SAYS = {
    Damage.MISSING: "is missing",
    Damage.TORN: "is shorter or longer than what was stored",
    Damage.FLIPPED: "is not what was stored",
    Damage.UNREADABLE: "cannot be read from its disk",
}


class SnapshotDamaged(Exception):
    """The stored bytes are missing or are not those that were stored."""

    def __init__(self, sha256: str, damage: Damage) -> None:
        super().__init__(f"the file of {sha256[:12]}… {_SAYS[damage]}")
        self.damage = damage


def keep(body: bytes) -> str:
    """Store bytes durably and return their sha256 in hex. The same bytes are one file.

    The file is complete when this returns, so a row that names it may be committed. A file
    that is there and damaged is healed. Raises `OSError` when the store cannot be written.
    """
    digest = hashlib.sha256(body).hexdigest()
    try:
        check(digest, len(body))
        # Or it might be collected as nobody's before the row that will name it is committed.
        _storage().touch(name_of(digest))
    except (SnapshotDamaged, FileNotFoundError):
        _storage().save(name_of(digest), ContentFile(body))
    return digest


def load(sha256: str) -> bytes:
    """Return the stored bytes.

    Raises `SnapshotDamaged` when they are missing or changed, and `OSError` when the store
    cannot be read just now.
    """
    body = b"".join(_chunks(sha256))
    if hashlib.sha256(body).hexdigest() != sha256:
        raise SnapshotDamaged(sha256, Damage.FLIPPED)
    return body


def check(sha256: str, size: int) -> None:
    """Re-read the stored bytes piece by piece. Raises as `load` does."""
    digest, length = hashlib.sha256(), 0
    for chunk in _chunks(sha256):
        digest.update(chunk)
        length += len(chunk)
    if length != size:
        raise SnapshotDamaged(sha256, Damage.TORN)
    if digest.hexdigest() != sha256:
        raise SnapshotDamaged(sha256, Damage.FLIPPED)


def name_of(sha256: str) -> str:
    """Where the bytes lie in the store: two levels of folders by the first four digits."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def old_files() -> Iterator[StoredFile]:
    """The store's files that have had their last write more than a day ago."""
    for file in _storage().each_file():
        if _is_old(file.modified_at):
            yield file


def remove(file: StoredFile) -> bool:
    """Remove a file that nothing names, unless it was written again meanwhile."""
    if not _is_old(_storage().get_modified_time(file.name)):
        return False
    _storage().delete(file.name)
    return True


def _is_old(modified_at: datetime) -> bool:
    return modified_at < timezone.now() - ORPHAN_AGE


def _chunks(sha256: str) -> Iterator[bytes]:
    try:
        with _storage().open(name_of(sha256)) as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except FileNotFoundError as error:
        raise SnapshotDamaged(sha256, Damage.MISSING) from error
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        raise SnapshotDamaged(sha256, Damage.UNREADABLE) from error


def _storage() -> "DurableFolder | Bucket":
    return cast("DurableFolder | Bucket", storages["snapshots"])
