"""Page bytes -> ArticleText, by trafilatura on a tree that we parsed. Pure."""

import importlib.metadata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import lxml.etree
import lxml.html
import py3langid
import regex
import trafilatura
from trafilatura.settings import use_config

from sources import metadata, quality
from sources.cleaning import clean_line, clean_text
from sources.days import parse_day
from sources.decoding import decode
from sources.markup import read_markup
from sources.published import (
    HIGH,
    Publication,
    StatedDate,
    choose,
    stated_dates,
)
from sources.reasons import sentence
from sources.repeats import without_repeats
from sources.sniffing import Kind, kind_of
from sources.urls import absolute_url

READER = f"trafilatura {importlib.metadata.version('trafilatura')} · demarche 3"
LONGEST_TEXT = 1_000_000  # characters
_MOST_TAGS = 200_000
# Below this size trafilatura takes the whole page for the article; its own 250 characters are
# more than a short dispatch in Korean or Japanese has.
_CONFIG = use_config()
_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "80")
# One pass over the tags and comments, however many are left open.
_TAG = regex.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*|!--|!|\?)[^<>]*+>")
_SILENT = {"script", "style", "template", "title", "nav", "footer", "aside"}
_BLOCKS = {
    "p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "section", "article",
}  # fmt: skip
_SPACES = regex.compile(r"[ \t\u00a0]+")
_FRONT_MATTER = regex.compile(r"\A---\n(.*?)\n---[ ]*\n", regex.DOTALL)
_FIELD = regex.compile(r"^(\w+):[ ]*(.*(?:\n[ ]+.*)*)$", regex.MULTILINE)


class PageError(Exception):
    """The bytes hold no article text; `code` is one of `sources.reasons`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(sentence(code, detail))
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class ArticleText:
    """What was read from a page: NFC text, its paragraphs separated by line feeds.

    `published_basis` says where the date stands; both are None and «none» without one. `dates`
    are all that the page states, in order of trust; `held` is why a person must look at them
    first, a code of `sources.reasons`. `partial`: the rest of the text is behind a paywall.
    `canonical_url` is the page's own word for its address, empty when it is not to be believed.
    """

    text: str
    title: str = ""
    byline: str = ""
    published_on: date | None = None
    published_basis: str = "none"
    published_precision: str = ""
    published_confidence: str = ""
    dates: tuple[StatedDate, ...] = ()
    held: str = ""
    section: str = ""
    language: str = ""
    partial: bool = False
    canonical_url: str = ""
    charset: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class DecodedPage:
    """A page or a plain text as clean characters, before anything takes it apart."""

    text: str
    charset: str
    plain: bool = False
    warnings: tuple[str, ...] = ()


def decode_page(body: bytes, content_type: str) -> DecodedPage:
    """Return the characters of a page or of a plain text, cleaned once and for all.

    Raises `PageError` for what is neither, by its first bytes and its declared type.
    """
    if not body.strip():
        raise PageError("no-text", "the answer was empty")
    kind = kind_of(body, content_type)
    if kind is None:
        raise PageError("not-text", content_type.split(";")[0] or "binary")
    text, charset, warnings = decode(body, content_type)
    return DecodedPage(clean_text(text), charset, kind is Kind.TEXT, warnings)


def read_page(body: bytes, content_type: str, url: str) -> ArticleText:
    """Read the bytes of a page or of a plain text. Raises `PageError`."""
    return read(decode_page(body, content_type), url)


def read(page: DecodedPage, url: str) -> ArticleText:
    """Read a page or a plain text, whichever it is. Raises `PageError`."""
    return _read_plain(page) if page.plain else _read_markup(page, url)


def _read_markup(page: DecodedPage, url: str) -> ArticleText:
    """Read an HTML page. Raises `PageError` when there is no article on it."""
    html, warnings = page.text, list(page.warnings)
    tree = _parse(html)
    markup = read_markup(tree, url)
    now = datetime.now(UTC)
    dates = stated_dates(tree, markup, url, now)
    found, degraded = _article_text(html, tree, url)
    if degraded:
        warnings.append(
            "the page is nested too deeply or has too many tags; "
            "its text was taken without its layout"
        )
    if len(found) > LONGEST_TEXT:
        raise PageError("too-large", f"{len(found)} characters of text")
    text = without_repeats(found)
    judged = quality.Page(tree, markup, text)
    if refused := quality.refusal(judged):
        raise PageError(refused.code, refused.detail)
    partial = quality.is_partial(judged)
    if partial:
        warnings.append(quality.PARTIAL)
    title = metadata.title(tree, markup, url)
    published = choose(dates, now)
    return ArticleText(
        text=quality.without_calls(text) if partial else text,
        title=title,
        byline=metadata.byline(tree, markup, url),
        section=metadata.section(markup, title),
        language=metadata.language(tree, markup, text),
        canonical_url=metadata.canonical(tree, url),
        partial=partial,
        charset=page.charset,
        warnings=(*warnings, *published.warnings),
        **_dated(published, dates),
    )


def _read_plain(page: DecodedPage) -> ArticleText:
    """Read a plain text, or Markdown whose front matter may state title, date and address."""
    text = page.text
    fields: dict[str, str] = {}
    if front := _FRONT_MATTER.match(text):
        fields = {name: _unquoted(value) for name, value in _FIELD.findall(front.group(1))}
        text = text[front.end() :]
    text = text.strip("\n") + "\n"
    if not text.strip():
        raise PageError("no-text", "the text is empty")
    if len(text) > LONGEST_TEXT:
        raise PageError("too-large", f"{len(text)} characters of text")
    day = parse_day(fields.get("date", ""))
    dates = (StatedDate("meta", fields["date"], day, "day", HIGH),) if day else ()
    return ArticleText(
        text=text,
        title=clean_line(fields.get("title", ""), 1000),
        language=py3langid.classify(text[:5000])[0],
        canonical_url=absolute_url("", fields.get("source_url", "")) or "",
        charset=page.charset,
        warnings=page.warnings,
        **_dated(choose(dates, datetime.now(UTC)), dates),
    )


def _dated(published: Publication, dates: tuple[StatedDate, ...]) -> dict[str, Any]:
    """The fields of an `ArticleText` about its date."""
    return {
        "published_on": published.day,
        "published_basis": published.basis,
        "published_precision": published.precision,
        "published_confidence": published.confidence,
        "held": published.held,
        "dates": dates,
    }


# One class for all elements: to look a class up by each element's name takes a call of Python.
_CLASSES = lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)


def _parse(html: str) -> Any:
    parser = lxml.etree.HTMLParser(
        encoding="utf-8",
        huge_tree=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    parser.set_element_class_lookup(_CLASSES)
    try:
        tree = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise PageError("parse-failed", type(error).__name__) from error
    return tree


def _article_text(html: str, tree: Any, url: str) -> tuple[str, bool]:
    """The article's text, and whether it had to be taken without the page's layout."""
    if not _too_deep(tree) and not _too_many_tags(html):
        document = trafilatura.bare_extraction(
            _without_layout_tables(tree),
            url=url,
            config=_CONFIG,
            include_comments=False,
            include_tables=True,
            with_metadata=False,
        )
        text = getattr(document, "text", None) if document else None
        if text:
            return _paragraphs(text), False
        return "", False
    return _paragraphs(_without_tags(html)), True


def _without_tags(html: str) -> str:
    """The page's text by its tags alone, for pages that no parser follows to the bottom."""
    pieces: list[str] = []
    silent = ""  # the element whose content is no text, while inside one
    start = 0
    for tag in _TAG.finditer(html):
        name = tag["name"].lower()
        if not silent:
            pieces.append(html[start : tag.start()])
            pieces.append("\n" if name in _BLOCKS else " ")
            silent = name if name in _SILENT and not tag["close"] else ""
        elif tag["close"] and name == silent:
            silent = ""
        start = tag.end()
    if not silent:
        pieces.append(html[start:])
    return unescape("".join(pieces))


_LAYOUT = lxml.etree.XPath("//table[.//td//p or .//td//h1 or .//td//h2 or .//td//table]")


def _without_layout_tables(tree: Any) -> Any:
    """The tree with tables that only lay the page out turned into plain blocks, in place.

    A table whose cells hold paragraphs or headings is no table of data; its text would come
    out as one row.
    """
    for table in _LAYOUT(tree):
        for part in table.iter("table", "tbody", "tr", "td", "th"):
            part.tag = "div"
    return tree


def _too_deep(tree: Any) -> bool:
    """Whether libxml2 gave the page up at its limit of nesting, and what was below is missing."""
    log = tree.getroottree().parser.error_log
    return any(entry.type == lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in log)


def _too_many_tags(html: str) -> bool:
    """Whether taking the page apart would take longer than any article is worth."""
    # Counting every «<» is quick and seldom leaves anything to be counted with care.
    return html.count("<") > _MOST_TAGS and sum(1 for _ in _TAG.finditer(html)) > _MOST_TAGS


def _paragraphs(text: str) -> str:
    lines = map(str.strip, _SPACES.sub(" ", clean_text(text)).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def _unquoted(value: str) -> str:
    """A front matter value without its quotation marks and line folds."""
    folded: str = regex.sub(r"\\?\n[ ]+\\?", " ", value.strip())
    if len(folded) > 1 and folded[0] == folded[-1] and folded[0] in "\"'":
        folded = folded[1:-1].replace("\\_", " ").replace('\\"', '"')
    return folded
