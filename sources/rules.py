"""What a robots.txt says of one address (RFC 9309); Protego does the matching. Pure."""

from dataclasses import dataclass
from functools import lru_cache

from protego import Protego

from sources.reasons import sentence

# The name by which robots.txt addresses us.
AGENT = "Demarche"


class RulesError(Exception):
    """A robots.txt could not be taken apart; `code` is one of `sources.reasons`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(sentence(code, detail))
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Leave:
    """Whether an address may be fetched by us, and how many seconds are to lie between requests."""

    allowed: bool = True
    crawl_delay: float = 0.0


def leave_for(robots: str, url: str) -> Leave:
    """Return what the text of a robots.txt says of an address.

    >>> leave_for("User-agent: *\\nDisallow: /no\\nCrawl-delay: 7", "http://a.example/no/way")
    Leave(allowed=False, crawl_delay=7.0)
    >>> leave_for("<p>No such page</p>", "http://a.example/")
    Leave(allowed=True, crawl_delay=0.0)
    """
    known = _parsed(robots)
    return Leave(bool(known.can_fetch(url, AGENT)), float(known.crawl_delay(AGENT) or 0))


@lru_cache(maxsize=64)
def _parsed(robots: str) -> Protego:
    """The rules of a robots.txt, which may be long and is asked again for each page."""
    return Protego.parse(robots)
