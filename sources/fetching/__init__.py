"""URL -> Response. The only room that opens a connection, so all limits live here."""

from sources.fetching.authorization import origin_of
from sources.fetching.dialing import check_address
from sources.fetching.errors import (
    FetchError,
    Gone,
    HostBusy,
    NetworkDown,
    NotAllowed,
    PermanentFetchError,
    TemporaryFetchError,
    Throttled,
)
from sources.fetching.gate import Purpose, Response, fetch
from sources.fetching.network import network_is_down

__all__ = [
    "FetchError",
    "Gone",
    "HostBusy",
    "NetworkDown",
    "NotAllowed",
    "PermanentFetchError",
    "Purpose",
    "Response",
    "TemporaryFetchError",
    "Throttled",
    "check_address",
    "fetch",
    "network_is_down",
    "origin_of",
]
