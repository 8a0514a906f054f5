"""Hostile bytes are taken apart by another process, which may be killed at any time.

Each process that asks keeps one child (`keeper`). The child (`child`) holds no secret, opens no
file and no connection, and has limits to its memory and time (`limits`); frames of plain values
go between them (`frames`, `values`, `answers`).
"""

from sources.apart import answers
from sources.apart.keeper import Exceeded, Keeper, NotStarted
from sources.feeds import FeedError, ParsedFeed
from sources.text import ArticleText, DecodedPage, PageError

__all__ = ["CHILD", "Exceeded", "Keeper", "NotStarted", "parse_feed", "read_page"]

LONGEST_PAGE = 10 * 1024 * 1024  # characters
CHILD = Keeper()


def read_page(page: DecodedPage, url: str, child: Keeper = CHILD) -> ArticleText:
    """Do `sources.text.read` apart. Raises `PageError`, also when it took too much."""
    if len(page.text) > LONGEST_PAGE:
        raise PageError("too-large", f"{len(page.text)} characters")
    try:
        return child.ask(answers.page_order(page, url), answers.page_in)
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
