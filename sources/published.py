"""The publication date of a page, from where pages state it and never by guess. Pure."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import regex

_JSON_LD = regex.compile(r'"(datePublished|dateCreated|uploadDate)"\s*:\s*"([^"]{4,40})"')
_META_NAMES = [
    "article:published_time", "og:published_time", "datepublished", "dc.date.issued",
    "dcterms.created", "dcterms.date", "dc.date", "dc.date.created", "date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "published_time",
    "article.published", "article:published", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "article_date_original", "originalpublicationdate", "published", "displaydate", "ptime",
    "last-modified-original", "mediator_published_time", "article:post_date",
]  # fmt: skip
_ISO = regex.compile(r"^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = regex.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:\D|T|\d{6}|$)")
_WORDED = regex.compile(
    r"(?:(?P<d>\d{1,2})\s+(?P<m>\p{L}{3,9})|(?P<m2>\p{L}{3,9})\.?\s+(?P<d2>\d{1,2})),?\s+(?P<y>\d{4})"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_IN_URL = regex.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")
_IN_URL_COMPACT = regex.compile(r"/((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{4,6})?(?:/|-|_|\.|$)")
_EARLIEST = date(1990, 1, 1)


def published_on(tree: Any, url: str) -> tuple[date | None, str]:
    """Return the day of publication and its basis: json-ld, meta, text, url or none.

    A day before 1990 or after tomorrow is not believed, and the next statement is tried.
    """
    latest = datetime.now(UTC).date() + timedelta(days=1)
    for basis, value in _statements(tree, url):
        day = parse_day(value)
        if day is not None and _EARLIEST <= day <= latest:
            return day, basis
    return None, "none"


def parse_day(value: str) -> date | None:
    """Return the day that a machine-readable or English date states, as written there.

    The day is not moved between time zones. Ambiguous numeric forms give None.

    >>> parse_day("2024-06-20T16:37:00+09:00"), parse_day("June 20, 2024")
    (datetime.date(2024, 6, 20), datetime.date(2024, 6, 20))
    >>> parse_day("03/04/2024") is None
    True
    """
    for pattern in (_ISO, _COMPACT):
        if found := pattern.match(value):
            return _day(*map(int, found.groups()[:3]))
    if found := _WORDED.search(value):
        month = _MONTHS.get((found["m"] or found["m2"]).lower())
        return _day(int(found["y"]), month, int(found["d"] or found["d2"])) if month else None
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _statements(tree: Any, url: str) -> Iterator[tuple[str, str]]:
    """Where a page states its date, most telling first."""
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        found = _JSON_LD.findall(script.text or "")
        yield from (("json-ld", value) for name, value in sorted(found, key=_published_first))
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.strip().lower(), meta.get("content") or "")
    yield from (("meta", metas[name]) for name in _META_NAMES if metas.get(name))
    for element in tree.iter():
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            value = element.get("datetime") or element.get("content")
            yield "text", value or element.text_content()
    for pattern in (_IN_URL, _IN_URL_COMPACT):
        if found := pattern.search(url):
            yield "url", "-".join(found.groups())
    times = [
        time.get("datetime") or "" for time in tree.iterfind(".//article//time[@datetime]")
    ]
    times = times or [
        time.get("datetime") or "" for time in tree.iterfind(".//time[@datetime]")
    ]
    if times:
        yield "text", times[0]


def _published_first(found: tuple[str, str]) -> int:
    return ["datePublished", "dateCreated", "uploadDate"].index(found[0])
