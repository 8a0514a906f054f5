"""The dates of a page, from where pages state them and never by guess. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import regex
from lxml.etree import XPath

from sources.cleaning import clean_line
from sources.days import day_of, is_only_a_date, parse_day
from sources.markup import Markup, Node, is_article, types

HIGH, MEDIUM, LOW = _LEVELS = "high", "medium", "low"
_EARLIEST = date(1990, 1, 1)
_AHEAD = timedelta(hours=24)
_NEAR = timedelta(days=2)
_MOST_DATES = 20

# Meta tags that name the publication, and those that name some date of the page.
_PUBLISHED = [
    "article:published_time", "og:published_time", "og:article:published_time",
    "datepublished", "dc.date.issued", "pubdate", "publishdate", "publish-date", "publish_date",
    "publication_date", "published_time", "article.published", "article:published",
    "content:publishdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "article_date_original", "originalpublicationdate", "published",
    "mediator_published_time", "article:post_date",
]  # fmt: skip
_SOME_DATE = [
    "dcterms.created", "dcterms.date", "dc.date", "dc.date.created", "date", "displaydate",
    "ptime",
]  # fmt: skip
_MODIFIED = [
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastupdate",
    "dc.date.modified", "dcterms.modified", "revised",
]  # fmt: skip
_IN_BROKEN = regex.compile(r'"(datePublished|dateCreated|uploadDate)"\s*:\s*"([^"]{4,40})"')
_IN_BROKEN_FIRST = ("datePublished", "dateCreated", "uploadDate")
# Nodes whose own date says nothing of the article they hang on.
_HANGING = {
    "ImageObject", "VideoObject", "AudioObject", "Comment", "Organization", "Person", "WebSite",
    "NewsMediaOrganization", "BreadcrumbList", "Event", "Product", "Review",
}  # fmt: skip

_DIGIT = regex.compile(r"\d")
_CLOCK = regex.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?")
_IN_URL = regex.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")
_IN_URL_COMPACT = regex.compile(r"/((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{4,6})?(?:/|-|_|\.|$)")

_LABEL = regex.compile(
    r"^\W*(?:first )?(?:published|posted|date|veröffentlicht|erstellt|publié|publicado|pubblicato|"
    r"опубликовано|дата публикации|опубліковано|дата публікації|입력|등록|승인|게시|"
    r"発行|公開|掲載|投稿|配信|发布时间|发布|發布|发表)"
    r"(?:\s*(?:on|at|am|le|el|il|em|日時|日|日期|时间|日 ?시))?\s*[:：|]?\s*",
    regex.IGNORECASE,
)  # fmt: skip
_LABEL_OF_CHANGE = regex.compile(
    r"updat|modif|aktualisiert|geändert|mis à jour|actualizad|aggiornat|обновлен|оновлен|изменен|"
    r"수정|更新|修正|改訂",
    regex.IGNORECASE,
)
_DATE_CLASS = regex.compile(
    r"(?:^|[\s_-])(?:date|datum|datetime|published|posted|pubdate|timestamp|dateline|submitted|"
    r"created)(?:[\s_-]|$)",
    regex.IGNORECASE,
)
_SMALL = (
    "p",
    "span",
    "div",
    "li",
    "dl",
    "dt",
    "dd",
    "em",
    "small",
    "td",
    "a",
    "b",
    "strong",
    "i",
)
_LONGEST_PRINTED = 120  # characters of an element that is a date and little else
_YEAR = regex.compile(r"(?:19|20)\d\d")
_OUTSIDE_TAGS = {"nav", "aside", "footer", "form"}
_OUTSIDE = regex.compile(
    r"(?:^|\s)(?:comments?|comment-?list|comment-(?:body|content|meta|author|metadata)|responses|"
    r"related\S*|sidebar\S*|widgets?|recommend\S*|teasers?|footer\S*|popular\S*|latest\S*|"
    r"read-?more|more-?news|copyright)(?:\s|$)",
    regex.IGNORECASE,
)


@dataclass(frozen=True)
class StatedDate:
    """One date that somebody states, and what to think of it.

    `origin` is where it stands: stated (by a person), json-ld, meta, text, url or feed; `value`
    what is printed there; `day` what that means, None when it is no date or could be two;
    `precision` moment or day; `event` what it dates: published or modified.
    """

    origin: str
    value: str
    day: date | None
    precision: str = "day"
    confidence: str = HIGH
    event: str = "published"


@dataclass(frozen=True)
class Publication:
    """The date to go by. `held` is why a person has to look first, a code of `reasons`."""

    day: date | None = None
    basis: str = "none"
    precision: str = ""
    confidence: str = ""
    held: str = ""
    warnings: tuple[str, ...] = ()


def choose(dates: Sequence[StatedDate], now: datetime) -> Publication:
    """Return the first publication date that is to be believed; `dates` come in order of trust.

    A day before 1990 or later than a day from now is not believed, unless a person states it.
    Where the first date is such a day, the next is taken, but the text is held. A date of
    modification is none of publication.
    """
    found = [stated for stated in dates if stated.event == "published" and stated.day]
    latest = (now + _AHEAD).date()
    believed = [
        (stated, stated.day)
        for stated in found
        if stated.day and (stated.origin == "stated" or _EARLIEST <= stated.day <= latest)
    ]
    held = ""
    if found and (not believed or found[0] is not believed[0][0]):
        held = "date-absurd" if found[0].day and found[0].day < _EARLIEST else "date-in-future"
    if not believed:
        return Publication(held=held)
    chosen, day = believed[0]
    against = [
        other
        for other, its_day in believed[1:]
        if other.confidence != LOW and abs(its_day - day) > _NEAR and chosen.origin != "stated"
    ]
    doubts = bool(against) + 2 * bool(held)
    return Publication(
        day,
        chosen.origin,
        chosen.precision,
        _LEVELS[min(_LEVELS.index(chosen.confidence) + doubts, 2)],
        held,
        tuple(
            f"its dates disagree: {chosen.origin} has {day}, {other.origin} has {other.day}"
            for other in against[:1]
        ),
    )


def stated_dates(tree: Any, markup: Markup, url: str, now: datetime) -> tuple[StatedDate, ...]:
    """Return the dates that a page states, most telling first, at most twenty.

    `now` only tells a day in the address from a number.
    Dates of modification come last: a page that names no other was published some day before.
    """
    language = (tree.get("lang") or "")[:2].lower()
    everything = [
        *_of_article(markup.article, language),
        *_of_metas(markup, _PUBLISHED, HIGH, language),
        *_of_others(markup, language),
        *_of_metas(markup, _SOME_DATE, MEDIUM, language),
        *_of_elements(tree, language),
        *_of_url(url, now),
        *_of_times(tree, language),
        *_printed(tree, language, now),
    ]
    changes = [
        *_of_metas(markup, _MODIFIED, LOW, language, "modified"),
        *_read("json-ld", [markup.article.get("dateModified")], LOW, language, "modified"),
    ]
    published = [stated for stated in everything if stated.event == "published"]
    changes += [stated for stated in everything if stated.event == "modified"]
    return tuple(dict.fromkeys([*published, *changes]))[:_MOST_DATES]


def _read(
    origin: str,
    values: Sequence[object],
    confidence: str,
    language: str,
    event: str = "published",
) -> Iterator[StatedDate]:
    for value in values:
        printed = clean_line(value, 100) if isinstance(value, str) else ""
        if _DIGIT.search(printed):
            day = parse_day(printed, language)
            yield StatedDate(origin, printed, day, _precision(printed), confidence, event)


def _precision(printed: str) -> str:
    """Whether a time of day is printed; midnight is what software prints for want of one."""
    clock = _CLOCK.search(printed)
    return "moment" if clock and any(int(part or 0) for part in clock.groups()) else "day"


def _of_article(article: Node, language: str) -> Iterator[StatedDate]:
    yield from _read("json-ld", [article.get("datePublished")], HIGH, language)


def _of_others(markup: Markup, language: str) -> Iterator[StatedDate]:
    """When the article was made, and what the page's own node or a broken one says.

    Beside the article's own date of publication these weigh little.
    """
    article = markup.article
    trust = LOW if article.get("datePublished") else MEDIUM
    made = [article.get("dateCreated"), article.get("uploadDate")]
    own = [
        node.get("datePublished")
        for node in markup.others
        if not is_article(node) and not _HANGING & types(node)
    ]
    broken = dict(reversed(_IN_BROKEN.findall(markup.broken)))  # the first of each name
    named = [broken[name] for name in _IN_BROKEN_FIRST if name in broken]
    yield from _read("json-ld", [*own, *named[:1], *made], trust, language)


def _of_metas(
    markup: Markup, names: list[str], confidence: str, language: str, event: str = "published"
) -> Iterator[StatedDate]:
    values = [markup.metas[name] for name in names if name in markup.metas]
    yield from _read("meta", values, confidence, language, event)


_DATED = XPath('//*[@itemprop="datePublished" or @pubdate][not(self::meta)]')


def _of_elements(tree: Any, language: str) -> Iterator[StatedDate]:
    """Elements that are marked as the day of publication."""
    for element in _DATED(tree):
        if not _outside(element):
            value = element.get("datetime") or element.get("content") or _own_text(element)
            yield from _read("text", [value], MEDIUM, language)


def _of_url(url: str, now: datetime) -> Iterator[StatedDate]:
    """A day in the address; eight digits are one only if it can be, else just a number."""
    latest = (now + _AHEAD).date()
    for pattern in (_IN_URL, _IN_URL_COMPACT):
        found = pattern.search(url)
        day = day_of(*map(int, found.groups())) if found else None
        if found and day and (pattern is _IN_URL or _EARLIEST <= day <= latest):
            yield StatedDate("url", "-".join(found.groups()), day, "day", MEDIUM)


def _of_times(tree: Any, language: str) -> Iterator[StatedDate]:
    """The first `time` of the article, or of the page."""
    times = [time for time in tree.iter("time") if _time_of(time)]
    in_article = [
        time for time in times if next(time.iterancestors("article"), None) is not None
    ]
    for time in in_article or times:
        if _outside(time):
            continue
        text = f"{_own_text(time)} {time.get('class', '')}"
        changed = _LABEL_OF_CHANGE.search(text) and not _LABEL.match(text)
        event = "modified" if changed else "published"
        yield from _read("text", [_time_of(time)], LOW, language, event)
        if not changed:
            return


def _time_of(time: Any) -> str:
    """What a `time` element states, in its attribute or in print."""
    text = _own_text(time)
    return str(time.get("datetime") or (text if _YEAR.search(text) else ""))


def _printed(tree: Any, language: str, now: datetime) -> Iterator[StatedDate]:
    """A date in a small element that is labelled as one, calls itself one or is nothing else.

    The first goes before the second, and that before the third. Of the latter two, the one next
    to the headline counts, not those of other articles in lists and links.
    """
    classed: dict[bool, list[StatedDate]] = {True: [], False: []}
    bare: list[StatedDate] = []
    headed = False
    for element in tree.iter("h1", *_SMALL):
        headed = headed or element.tag == "h1"
        text = _own_text(element)
        if not 6 <= len(text) <= _LONGEST_PRINTED or not _YEAR.search(text):
            continue
        day = parse_day(text, language)
        # A day that cannot be is of something else.
        if day is None or not _EARLIEST <= day <= (now + _AHEAD).date():
            continue
        label = _LABEL.match(text)
        named = _DATE_CLASS.search(f"{element.get('class', '')} {element.get('id', '')}")
        alone = headed and is_only_a_date(text)
        if not (label or named or alone) or _outside(element):
            continue
        changed = _LABEL_OF_CHANGE.search(text) and not (label and label.end())
        event = "modified" if changed else "published"
        found = _read("text", [text[label.end() :] if label else text], LOW, language, event)
        if label and not changed:
            yield from found
            return
        if not _in_card(element):
            (classed[headed] if named else bare).extend(found)
    yield from classed[True][:1] or bare[:1] or classed[False][-1:]


def _in_card(element: Any) -> bool:
    """Whether it is part of a link, or of an item of a list that holds one."""
    item = element if element.tag == "li" else next(element.iterancestors("li"), None)
    linked = item is not None and next(item.iter("a"), None) is not None
    return linked or next(element.iterancestors("a"), None) is not None


def _own_text(element: Any) -> str:
    """The text of an element and its children, but not of what lies deeper."""
    if not len(element):  # as most
        return " ".join((element.text or "").split())
    pieces = [element.text or ""]
    size = len(pieces[0])
    for child in element:
        text = (child.text or "") if isinstance(child.tag, str) else ""
        tail = child.tail or ""
        pieces += [text, tail]
        size += len(text) + len(tail)
        if size > 2 * _LONGEST_PRINTED:
            break
    return " ".join(" ".join(pieces).split())


def _outside(element: Any) -> bool:
    """Whether it stands in a comment, a menu, a list of other articles or the page's foot."""
    for part in (element, *element.iterancestors()):
        if part.tag in {"body", "html"}:
            return False
        if part.tag in _OUTSIDE_TAGS or _OUTSIDE.search(
            f"{part.get('class', '')} {part.get('id', '')}"
        ):
            return True
    return False
