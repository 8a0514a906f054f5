"""Title, byline, section, language and address of an article, as its page states them. Pure."""

from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import py3langid
import regex

from sources.cleaning import clean_line
from sources.markup import Markup, beginning, words
from sources.repeats import weight
from sources.urls import BadUrl, absolute_url, parse_url, same_site

LONGEST_TITLE = 1000  # characters
LONGEST_SECTION = 100  # characters
_LONGEST_NAME = 80  # characters
_MOST_NAMES = 10
_MOST_HEADINGS = 10
_A_HEADLINE = 20  # weight of a heading that is no name of a section
_NOT_WORD = regex.compile(r"\W+")
_LAST_PART = regex.compile(r"(?r)^(.+)\s+[-|·–—»]\s+(.{2,60})$")
_LAST_BAR = regex.compile(r"(?r)^(.{12,})\s+\|\s+(.{2,60})$")
_AUTHOR_METAS = [
    "author", "article:author", "og:author", "og:article:author", "dc.creator", "dc:creator",
    "dcterms.creator", "byl", "parsely-author", "sailthru.author", "citation_author",
    "cxenseparse:author",
]  # fmt: skip
_AUTHOR_CLASSES = {"author", "authors", "byline", "by-author", "username"}
_NO_AUTHOR = regex.compile(r"comment|figure|image|photo|sidebar|related|aside|footer")
_BY = regex.compile(
    r"^(?:(?:written |words |story |text |geschrieben )?(?:by|von)|di|par|por|автор(?:ы|и)?|текст|"
    r"author|auteur|autor|penulis|reporter|記者|记者|文)(?:\s*[:：]\s*|\s+)",
    regex.IGNORECASE,
)
_AFTER_NAME = regex.compile(
    r"\s*(?:\||·|•|/|\bPosted:|\(\s*$|\s(?:기자|특파원|논설위원)\b|(?:\S+@\S+)|https?://).*$",
    regex.DOTALL,
)
_ADDRESS = regex.compile(r"https?://|www\.|@|\.(?:com|org|net)\b", regex.IGNORECASE)
_BETWEEN_NAMES = regex.compile(r"\s*(?:;|,|\||&|\s(?:and|und|et|и|та|y)\s)\s*")
_NEXT_SECTION = regex.compile(r"\s[>»|]\s")
_TAG = regex.compile(r"^([a-z]{2,3})(?:[-_].*)?$", regex.IGNORECASE)
_NO_LANGUAGE = {"und", "mul", "zxx", "mis"}
_SAMPLE = 3000  # characters that the detector looks at
_SHORT_TEXT = 120  # characters; less tells the detector little
# The detector mistakes one of these for the other; the page knows better.
_RELATED = [
    {"hr", "bs", "sr"}, {"no", "nb", "nn", "da"}, {"id", "ms"}, {"cs", "sk"}, {"bg", "mk"},
    {"gl", "pt", "es"}, {"ru", "be", "uk"},
]  # fmt: skip


def title(tree: Any, markup: Markup, url: str) -> str:
    """The headline: the heading that the page confirms elsewhere, without the outlet's name."""
    outlet = markup.meta("og:site_name")
    headings = [
        beginning(heading, LONGEST_TITLE) for heading in islice(tree.iter("h1"), _MOST_HEADINGS)
    ]
    host = _bare(urlsplit(url).netloc)
    headings = [
        heading
        for heading in headings
        if heading and _bare(heading) not in host and heading != outlet
    ]
    told = _without_outlet(markup.meta("og:title"), outlet, url)
    head = _without_outlet(_head_title(tree), outlet, url)
    stated = words(markup.article.get("headline"))
    if stated in headings:
        return stated
    for heading in sorted(headings, key=len, reverse=True):
        if told and told in heading:
            return told
        if heading in told or heading in head:
            return heading
    # Networks and search engines are often told another headline than readers.
    if len(headings) == 1 and (not told or weight(headings[0]) >= _A_HEADLINE):
        return headings[0]
    bar = _LAST_BAR.match(head)
    return (
        told
        or stated
        or markup.meta("twitter:title", "dc.title", "parsely-title", "title")
        or (bar.group(1).strip() if bar else head)
        or next(iter(headings), "")
    )


def _head_title(tree: Any) -> str:
    found = next(tree.iter("title"), None)
    return beginning(found, LONGEST_TITLE) if found is not None else ""


def _without_outlet(title: str, outlet: str, url: str) -> str:
    """The title without a last part that names the outlet or its host."""
    parts = _LAST_PART.match(title)
    if parts is None:
        return title
    last, host = _bare(parts.group(2)), _bare(urlsplit(url).netloc)
    named = last == _bare(outlet) or (len(last) > 3 and last in host)
    return parts.group(1).strip() if named else title


def byline(tree: Any, markup: Markup, url: str) -> str:
    """The names of who wrote it, separated by semicolons; the outlet is no writer.

    They are taken from one place alone: JSON-LD, else meta tags, else what is printed.
    """
    outlets = [markup.meta("og:site_name"), words(markup.article.get("publisher"))]
    outlet = " ".join([*map(_bare, outlets), _bare(urlsplit(url).netloc)])
    for place in (
        _stated_authors(markup.article.get("author")),
        (markup.metas[name] for name in _AUTHOR_METAS if name in markup.metas),
        _printed_authors(tree),
    ):
        names = [name for stated in place for name in _names(stated)]
        names = [
            name
            for name in dict.fromkeys(names)
            if not (len(name) > 2 and _bare(name) in outlet)
        ]
        # «A. Example» next to «A. Example in Geneva» is the same person.
        names = [name for name in names if not any(name != n and n in name for n in names)]
        if names:
            return "; ".join(names[:_MOST_NAMES])[:500]
    return ""


def _stated_authors(stated: object) -> Iterator[str]:
    for author in stated if isinstance(stated, list) else [stated]:
        if name := words(author):
            yield name


def _printed_authors(tree: Any) -> Iterator[str]:
    for element in filter(_names_author, tree.iter()):
        around = " ".join(
            f"{part.get('class', '')} {part.get('id', '')} {part.tag}"
            for part in (element, *element.iterancestors())
            if isinstance(part.tag, str) and part.tag not in {"body", "html"}
        )
        if not _NO_AUTHOR.search(around):
            yield beginning(element, 200)
            return


def _names_author(element: Any) -> bool:
    """Whether the element is marked as the name of who wrote the page."""
    marked = "author" in {element.get("rel"), element.get("itemprop")}
    classed = marked or not _AUTHOR_CLASSES.isdisjoint(element.get("class", "").split(" "))
    return classed and element.tag not in {"link", "body"}


def _names(stated: str) -> Iterator[str]:
    """The names in a byline, without «By», posts, addresses and handles.

    >>> list(_names("By Ada Example and Bob Example | ada@news.example"))
    ['Ada Example', 'Bob Example']
    """
    line = _AFTER_NAME.sub("", _BY.sub("", clean_line(stated, 300).lstrip("|·•– ")))
    for name in _BETWEEN_NAMES.split(line):
        name = _BY.sub("", name).strip(" .:–-*")
        if 1 < len(name) <= _LONGEST_NAME and not _ADDRESS.search(name):
            yield name


def section(markup: Markup, title: str) -> str:
    """The part of the paper that the page says it stands in, at most a hundred characters."""
    for stated in (markup.meta("article:section"), words(markup.article.get("articleSection"))):
        name = clean_line(_NEXT_SECTION.split(unescape(stated))[0], LONGEST_TITLE)
        if 1 < len(name) <= LONGEST_SECTION and name != title and not _ADDRESS.search(name):
            return name
    return ""


def language(tree: Any, markup: Markup, text: str) -> str:
    """The primary BCP 47 tag of the text: the detector's word, or the page's where that is surer."""
    detected: str = py3langid.classify(text[:_SAMPLE])[0]
    for stated in (tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
                   markup.meta("content-language", "og:locale")):  # fmt: skip
        tag = _TAG.match((stated or "").strip())
        declared = tag.group(1).lower() if tag else ""
        if not declared or declared in _NO_LANGUAGE:
            continue
        related = any({declared, detected} <= group for group in _RELATED)
        return declared if related or len(text) < _SHORT_TEXT else detected
    return detected


def canonical(tree: Any, url: str) -> str:
    """The page's canonical link, if it names a page of the same site that is not its home."""
    for link in tree.iter("link"):
        if "canonical" not in (link.get("rel") or "").lower().split():
            continue
        href = (link.get("href") or "").strip()
        target = absolute_url(url, href) if href else None
        try:
            if target and same_site(url, target) and parse_url(target).path.strip("/"):
                return target
        except BadUrl:
            continue
    return ""


def _bare(text: str) -> str:
    return str(_NOT_WORD.sub("", text)).casefold()
