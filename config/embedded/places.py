"""Where the embedded servers keep their files and sockets."""

import hashlib
import tempfile
from pathlib import Path

# A Unix socket's path may hold about 107 bytes, file name included.
_LONGEST_FOLDER = 80


def socket_folder(home: Path) -> Path:
    """Return the folder of the embedded servers' sockets for the data folder `home`.

    It lies inside `home`, or, when that path is too long for a Unix socket, in the
    temporary folder under a name derived from `home`. The folder is not created.
    """
    inside = home / "sockets"
    if len(str(inside).encode()) <= _LONGEST_FOLDER:
        return inside
    digest = hashlib.sha256(str(home).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"demarche-{digest}"
