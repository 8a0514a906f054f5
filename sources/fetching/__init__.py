"""URL -> Response. The only room that opens a connection, so all limits live here."""

from sources.fetching.dialing import check_address
from sources.fetching.errors import (
    FetchError,
    Gone,
    HostBusy,
    NotAllowed,
    PermanentFetchError,
    TemporaryFetchError,
    Throttled,
)
from sources.fetching.gate import Purpose, Response, fetch

__all__ = [
    "FetchError",
    "Gone",
    "HostBusy",
    "NotAllowed",
    "PermanentFetchError",
    "Purpose",
    "Response",
    "TemporaryFetchError",
    "Throttled",
    "check_address",
    "fetch",
]
