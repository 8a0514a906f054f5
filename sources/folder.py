"""A folder as the snapshot store: each file is whole and on disk once it has its name."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

# Temporary names. Before there was this prefix they were Python's own.
_PART = ".part-"
_PARTS = (_PART, "tmp")


@dataclass(frozen=True)
class StoredFile:
    """One file of the store; `name` is relative to the store. `part`: a write that never ended."""

    name: str
    modified_at: datetime
    part: bool = False


class DurableFolder(FileSystemStorage):
    """Django's storage for `settings.SNAPSHOT_FOLDER` whose files survive a power cut.

    Django's own writes in place and does not wait for the disk. Here a file is written beside
    its place, synced and renamed; the folder is synced too before `save` returns.
    """

    def __init__(self) -> None:
        super().__init__(
            file_permissions_mode=0o640,
            directory_permissions_mode=0o750,
            allow_overwrite=True,  # a damaged file is written anew under its own name
        )

    @property
    def location(self) -> str:
        return str(Path(settings.SNAPSHOT_FOLDER).absolute())

    def touch(self, name: str) -> None:
        """Let the age of a file start anew."""
        os.utime(self.path(name))

    def each_file(self) -> Iterator[StoredFile]:
        """All that the store itself has written; what others put there is not named."""
        for folder in sorted(Path(self.location).glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]")):
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_file(follow_symlinks=False):
                        name = f"{folder.parent.name}/{folder.name}/{entry.name}"
                        modified_at = datetime.fromtimestamp(entry.stat().st_mtime, UTC)
                        yield StoredFile(name, modified_at, entry.name.startswith(_PARTS))

    def _save(self, name: str, content: "File[Any]") -> str:
        path = Path(self.path(name))
        self._make_folder(path.parent)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_PART, delete=False) as file:
            part = Path(file.name)
            try:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fchmod(file.fileno(), self.file_permissions_mode or 0o640)
                os.fsync(file.fileno())
                part.replace(path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
        _sync(path.parent)
        return name

    def _make_folder(self, folder: Path) -> None:
        """Make a folder and those above it, each entered durably in the one above."""
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(mode=self.directory_permissions_mode or 0o750, exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
