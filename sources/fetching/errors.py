"""What can go wrong on the way to a page; the type says whether trying again can help."""

from sources.reasons import sentence


class FetchError(Exception):
    """A page could not be had. `code` is one of `sources.reasons`, `detail` this case's own.

    `retry_after` is the number of seconds that the host asked for, or None.
    """

    def __init__(self, code: str, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(sentence(code, detail))
        self.code = code
        self.detail = detail
        self.retry_after = retry_after


class TemporaryFetchError(FetchError):
    """Trying again may help."""


class HostBusy(TemporaryFetchError):
    """Another request has its turn with this host; come back after `retry_after` seconds."""


class NetworkDown(HostBusy):
    """Most hosts cannot be reached, so it is hardly this one's fault; come back later."""


class Throttled(TemporaryFetchError):
    """The host asked to be left alone for `retry_after` seconds."""


class PermanentFetchError(FetchError):
    """Trying again will hardly help."""


class Gone(PermanentFetchError):
    """The site says that it is gone for good."""


class NotAllowed(FetchError):
    """It may not be fetched: its address, or the site's robots.txt."""
