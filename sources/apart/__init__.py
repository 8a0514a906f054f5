"""Hostile bytes are taken apart by another process, which may be killed at any time.

Each process that asks keeps one child (`keeper`). The child (`child`) holds no secret, opens no
file and no connection, and has limits to its memory and time (`limits`); frames of plain values
go between them (`frames`, `values`, `answers`).
"""

from sources.apart import answers
from sources.apart.keeper import Exceeded, Keeper, NotStarted
from sources.feeds import FeedError, ParsedFeed
from sources.rules import Leave, RulesError
from sources.text import ArticleText, PageError

__all__ = [
    "CHILD",
    "Exceeded",
    "Keeper",
    "NotStarted",
    "leave_for",
    "parse_feed",
    "read_page",
]

LARGEST_PAGE = 10 * 1024 * 1024  # bytes
CHILD = Keeper()


def read_page(body: bytes, content_type: str, url: str, child: Keeper = CHILD) -> ArticleText:
    """Do `sources.text.read_page` apart. Raises `PageError`, also when it took too much."""
    if len(body) > LARGEST_PAGE:
        raise PageError("too-large", f"{len(body)} bytes")
    try:
        return child.ask(answers.page_order(body, content_type, url), answers.page_in)
    except Exceeded as error:
        raise PageError("parse-exceeded", str(error)) from error


def parse_feed(
    body: bytes, kind: str, base_url: str, selector: str = "", child: Keeper = CHILD
) -> ParsedFeed:
    """Do `sources.feeds.parse_feed` apart. Raises `FeedError`, also when it took too much."""
    try:
        return child.ask(answers.feed_order(body, kind, base_url, selector), answers.feed_in)
    except Exceeded as error:
        raise FeedError("parse-exceeded", str(error)) from error


def leave_for(robots: str, url: str, child: Keeper = CHILD) -> Leave:
    """Do `sources.rules.leave_for` apart. Raises `RulesError` when it took too much."""
    if not robots.strip():
        return Leave()  # nobody's rules need no taking apart
    try:
        return child.ask(answers.rules_order(robots, url), answers.leave_in)
    except Exceeded as error:
        raise RulesError("parse-exceeded", str(error)) from error
