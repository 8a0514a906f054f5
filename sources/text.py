"""Page bytes -> ArticleText, by trafilatura on text that we decoded. Pure."""

import importlib.metadata
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import py3langid
import regex
import trafilatura
from trafilatura.settings import use_config

from sources.cleaning import clean_line, clean_text
from sources.decoding import decode
from sources.published import parse_day, published_on
from sources.reasons import sentence
from sources.urls import BadUrl, absolute_url, parse_url, same_site

READER = f"trafilatura {importlib.metadata.version('trafilatura')} · demarche 2"
LONGEST_TEXT = 1_000_000  # characters
_MOST_TAGS = 200_000
# Below this size trafilatura takes the whole page for the article; its own 250 characters are
# more than a short dispatch in Korean or Japanese has.
_CONFIG = use_config()
_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "80")
_SHORTEST_TEXT = 80  # characters; less is no article
_LONGEST_TEASER = 500  # characters; a short text that speaks of a wall stands before one
_WALL = regex.compile(
    r"enable javascript|javascript is (?:disabled|required)|are you a robot|verify you are human|"
    r"access denied|checking your browser|subscribe to (?:continue|read)|cookies? to continue",
    regex.IGNORECASE,
)
# One pass over the tags and comments, however many are left open.
_TAG = regex.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*|!--|!|\?)[^<>]*+>")
_SILENT = {"script", "style", "template", "title", "nav", "footer", "aside"}
_BLOCKS = {
    "p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "section", "article",
}  # fmt: skip
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

    `published_basis` says where the date stands; both are None and «none» without one.
    `canonical_url` is the page's own word for its address, empty when it is not to be believed.
    """

    text: str
    title: str = ""
    byline: str = ""
    published_on: date | None = None
    published_basis: str = "none"
    language: str = ""
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
    if not _looks_like_text(body):
        raise PageError("not-text", content_type.split(";")[0] or "binary")
    declared = content_type.split(";")[0].strip().lower()
    marked_up = body.lstrip()[:1] == b"<" or b"<html" in body[:2000].lower()
    plain = not marked_up and declared in {"text/plain", "text/markdown", "text/x-markdown"}
    if (
        not marked_up
        and not plain
        and declared not in {"", "text/html", "application/xhtml+xml"}
    ):
        raise PageError("not-text", declared)
    text, charset, fits = decode(body, content_type)
    warnings = () if fits else (f"some bytes are not valid {charset}",)
    return DecodedPage(clean_text(text), charset, plain, warnings)


def read(page: DecodedPage, url: str) -> ArticleText:
    """Read a page or a plain text, whichever it is. Raises `PageError`."""
    return _read_plain(page) if page.plain else _read_markup(page, url)


def _read_markup(page: DecodedPage, url: str) -> ArticleText:
    """Read an HTML page. Raises `PageError` when there is no article on it."""
    html, warnings = page.text, list(page.warnings)
    tree = _parse(html)
    text, degraded = _article_text(tree, html, url)
    if degraded:
        warnings.append(
            "the page is nested too deeply or has too many tags; "
            "its text was taken without its layout"
        )
    if len(text) > LONGEST_TEXT:
        raise PageError("too-large", f"{len(text)} characters of text")
    walled = len(text) < _LONGEST_TEASER and _WALL.search(text)
    if walled or len(text) < _SHORTEST_TEXT:
        wall = walled or _WALL.search(html)
        raise PageError("wall" if wall else "no-text", f"{len(text)} characters")
    metadata = trafilatura.extract_metadata(html, default_url=url)
    day, basis = published_on(tree, url)
    return ArticleText(
        text=text,
        title=_title(tree, metadata, url),
        byline=clean_line(str(getattr(metadata, "author", None) or ""), 500),
        published_on=day,
        published_basis=basis,
        language=_language(tree, text),
        canonical_url=_canonical(tree, url),
        charset=page.charset,
        warnings=tuple(warnings),
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
    return ArticleText(
        text=text,
        title=clean_line(fields.get("title", ""), 1000),
        published_on=day,
        published_basis="meta" if day else "none",
        language=py3langid.classify(text[:5000])[0],
        canonical_url=absolute_url("", fields.get("source_url", "")) or "",
        charset=page.charset,
        warnings=page.warnings,
    )


def _looks_like_text(body: bytes) -> bool:
    start = body[:1024]
    if start.startswith(
        (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b")
    ):
        return False
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    return wide or start.count(b"\x00") * 50 < len(start) + 50


def _parse(html: str) -> Any:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        tree = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise PageError("parse-failed", type(error).__name__) from error
    return tree


def _article_text(tree: Any, html: str, url: str) -> tuple[str, bool]:
    """The article's text, and whether it had to be taken without the page's layout."""
    if not _too_deep(tree) and not _too_many_tags(html):
        document = trafilatura.bare_extraction(
            _without_layout_tables(html),
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


def _without_layout_tables(html: str) -> str:
    """The page with tables that only lay it out turned into plain blocks.

    A table whose cells hold paragraphs or headings is no table of data; its text would come
    out as one row.
    """
    if "<table" not in html.lower():
        return html
    tree = _parse(html)
    layout = tree.xpath("//table[.//td//p or .//td//h1 or .//td//h2 or .//td//table]")
    for table in layout:
        for part in table.iter("table", "tbody", "tr", "td", "th"):
            part.tag = "div"
    return str(lxml.html.tostring(tree, encoding="unicode")) if layout else html


def _too_deep(tree: Any) -> bool:
    """Whether libxml2 gave the page up at its limit of nesting, and what was below is missing."""
    log = tree.getroottree().parser.error_log
    return any(entry.type == lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in log)


def _too_many_tags(html: str) -> bool:
    """Whether taking the page apart would take longer than any article is worth."""
    # Counting every «<» is quick and seldom leaves anything to be counted with care.
    return html.count("<") > _MOST_TAGS and sum(1 for _ in _TAG.finditer(html)) > _MOST_TAGS


def _paragraphs(text: str) -> str:
    lines = (
        regex.sub(r"[ \t\u00a0]+", " ", line).strip() for line in clean_text(text).split("\n")
    )
    return "\n".join(line for line in lines if line) + "\n"


def _title(tree: Any, metadata: object, url: str) -> str:
    """The headline: what the page tells networks, or its heading, without the outlet's name."""
    headings = [clean_line(heading.text_content(), 1000) for heading in tree.iter("h1")]
    headings = [heading for heading in headings if heading]
    told = clean_line(
        _meta(tree, "og:title") or str(getattr(metadata, "title", "") or ""), 1000
    )
    told = _without_outlet(told, clean_line(_meta(tree, "og:site_name"), 200), url)
    for heading in headings:
        if told and told in heading:
            return told
        if heading in told:
            return heading
    if len(headings) == 1 and not told:
        return headings[0]
    return told or next(iter(headings), "")


def _without_outlet(title: str, outlet: str, url: str) -> str:
    """The title without a last part that names the outlet or its host."""
    parts = regex.match(r"(?r)^(.+)\s+[-|·–—»]\s+(.{2,60})$", title)
    if parts is None:
        return title
    last = regex.sub(r"\W", "", parts.group(2)).casefold()
    host = regex.sub(r"\W", "", urlsplit(url).netloc)
    named = last == regex.sub(r"\W", "", outlet).casefold() or (len(last) > 3 and last in host)
    return parts.group(1).strip() if named else title


def _meta(tree: Any, name: str) -> str:
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() == name:
            return meta.get("content") or ""
    return ""


def _language(tree: Any, text: str) -> str:
    """The language the page declares when its text may be in it, else the detector's word."""
    detected: str = py3langid.classify(text[:5000])[0]
    declared = (tree.get("lang") or "").split("-")[0].split("_")[0].lower()
    return declared if declared and declared == detected else detected


def _canonical(tree: Any, url: str) -> str:
    """The page's canonical link, if it names a page of the same site that is not its home."""
    for link in tree.iterfind('.//link[@rel="canonical"]'):
        target = absolute_url(url, link.get("href") or "")
        try:
            if target and same_site(url, target) and parse_url(target).path.strip("/"):
                return target
        except BadUrl:
            continue
    return ""


def _unquoted(value: str) -> str:
    """A front matter value without its quotation marks and line folds."""
    folded: str = regex.sub(r"\\?\n[ ]+\\?", " ", value.strip())
    if len(folded) > 1 and folded[0] == folded[-1] and folded[0] in "\"'":
        folded = folded[1:-1].replace("\\_", " ").replace('\\"', '"')
    return folded
