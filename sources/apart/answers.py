"""What a task gives, as a frame and back: a page, a feed, a leave, or why there is none. Pure.

The parent believes none of it before it is checked: the child has read hostile bytes.
"""

import json
import math
from typing import Any

from sources.apart.frames import Frame
from sources.apart.values import BadValue, built, line, plain
from sources.cleaning import clean_line, clean_text
from sources.feeds import MOST_ENTRIES, FeedEntry, FeedError, ParsedFeed
from sources.reasons import REASONS
from sources.rules import Leave, RulesError
from sources.text import LONGEST_TEXT, ArticleText, PageError

Refusal = PageError | FeedError | RulesError

_LONGEST_ENTRY = 64 * 1024  # bytes of one entry's line


def page_order(body: bytes, content_type: str, url: str) -> Frame:
    """Ask for a page to be read."""
    return Frame({"task": "page", "content_type": content_type, "url": url}, body)


def feed_order(body: bytes, kind: str, base_url: str, selector: str) -> Frame:
    """Ask for a feed to be parsed."""
    header = {"task": "feed", "kind": kind, "base_url": base_url, "selector": selector}
    return Frame(header, body)


def rules_order(robots: str, url: str) -> Frame:
    """Ask what a robots.txt says of an address."""
    return Frame({"task": "rules", "url": url}, robots.encode())


def of_page(found: ArticleText) -> Frame:
    """The answer that gives a page's text."""
    return Frame({"answer": "page", **plain(found, "text")}, found.text.encode())


def of_feed(parsed: ParsedFeed) -> Frame:
    """The answer that gives a feed's entries: a line each, then one for each nested address."""
    header = {"answer": "feed", "entries": len(parsed.entries), "partial": parsed.partial}
    lines = [*map(plain, parsed.entries), *parsed.nested]
    return Frame(
        header, b"\n".join(json.dumps(it, ensure_ascii=False).encode() for it in lines)
    )


def of_leave(leave: Leave) -> Frame:
    """The answer that says what a robots.txt says."""
    return Frame({"answer": "leave", **plain(leave)})


def of_refusal(error: Refusal) -> Frame:
    """The answer that says why there is no text or no entry."""
    return Frame({"answer": "refused", "code": error.code, "detail": error.detail[:300]})


def of_excess(detail: str) -> Frame:
    """The answer that says that a task was stopped at its limit."""
    return Frame({"answer": "refused", "code": "parse-exceeded", "detail": detail})


def of_fault(error: Exception, trace: str) -> Frame:
    """The answer that says that something failed which nobody foresaw; the trace is for the log."""
    detail = f"{type(error).__name__}: {error}"[:300]
    header = {"answer": "refused", "code": "unexpected", "detail": clean_line(detail, 300)}
    return Frame(header, clean_text(trace).encode())


def page_in(answer: Frame) -> ArticleText:
    """The page of an answer. Raises `PageError` when it was refused, and `BadValue`."""
    header = _header(answer, "page", PageError)
    text = _text(answer.payload)
    if len(text) > LONGEST_TEXT:
        raise BadValue("longer than any text")
    return built(ArticleText, header, text=text)


def feed_in(answer: Frame) -> ParsedFeed:
    """The feed of an answer. Raises `FeedError` when it was refused, and `BadValue`."""
    header = _header(answer, "feed", FeedError)
    lines = answer.payload.split(b"\n", 2 * MOST_ENTRIES) if answer.payload else []
    count, partial = header.get("entries"), header.get("partial")
    if type(count) is not int or type(partial) is not bool:
        raise BadValue("no feed")
    if not 0 <= count <= MOST_ENTRIES or not 0 <= len(lines) - count <= MOST_ENTRIES:
        raise BadValue("more entries than any feed has")
    values = [_value(text) for text in lines]
    return ParsedFeed(
        tuple(built(FeedEntry, value) for value in values[:count]),
        tuple(line(value) for value in values[count:]),
        partial,
    )


def leave_in(answer: Frame) -> Leave:
    """The leave of an answer. Raises `RulesError` when it was refused, and `BadValue`."""
    leave = built(Leave, _header(answer, "leave", RulesError))
    if not (leave.crawl_delay >= 0 and math.isfinite(leave.crawl_delay)):
        raise BadValue("no number of seconds")
    return leave


def _header(answer: Frame, expected: str, refusal: type[Refusal]) -> dict[str, Any]:
    """The answer's header without its kind, when it is of the kind that was asked for."""
    header = dict(answer.header)
    kind = header.pop("answer", None)
    if kind == "refused":
        code = line(header.get("code"))
        if code not in REASONS:
            raise BadValue("no reason that there is")
        raise refusal(code, line(header.get("detail")))
    if kind != expected:
        raise BadValue("another answer than was asked for")
    return header


def _text(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError as error:
        raise BadValue("no UTF-8") from error


def _value(text: bytes) -> object:
    if len(text) > _LONGEST_ENTRY:
        raise BadValue("longer than any entry")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadValue("no JSON") from error
