"""What a page says of itself to machines: its meta tags and its JSON-LD. Pure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import regex

from sources.cleaning import clean_line

Node = Mapping[str, Any]

_MOST_NODES = 300
_DEEPEST = 6
# Where a node names further nodes about the page itself. A comment, an image or a list item
# that hangs on it has dates and authors of its own.
_SAME_PAGE = ("@graph", "mainEntity", "mainEntityOfPage")
_ARTICLES = {
    "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Report", "ClaimReview", "PressRelease",
}  # fmt: skip
_WRAPPING = regex.compile(
    r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*.{0,20}?\*/)|(?://\s*)?(?:-->|\]\]>)\s*$"
)
_VOCABULARY = regex.compile(r"^.*[/#:]", regex.DOTALL)
_TRAILING_COMMA = regex.compile(r",(\s*[}\]])")


@dataclass(frozen=True)
class Markup:
    """`metas`: content by name in lower case. `article`: the JSON-LD node of the article.

    `others`: the remaining nodes about the page. `broken`: JSON-LD that is no JSON.
    """

    metas: Mapping[str, str]
    article: Node
    others: tuple[Node, ...] = ()
    broken: str = ""

    def meta(self, *names: str) -> str:
        """The content of the first of these meta tags that has one, as one line."""
        found = next(filter(None, map(self.metas.get, names)), "")
        return clean_line(found, 1000)


def read_markup(tree: Any, url: str) -> Markup:
    """Return what the page at `url` says of itself."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or meta.get("value") or "").strip()
        if content:
            metas.setdefault(name.strip().lower(), content)
    nodes: list[Node] = []
    broken = []
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            stated = _parsed(script.text or "")
            if stated is None:
                broken.append(script.text or "")
            nodes += islice(_nodes(stated), _MOST_NODES)
    article = _main(nodes, {url, metas.get("og:url", "")})
    others = tuple(node for node in nodes if node is not article)
    return Markup(metas, article or {}, others, "\n".join(broken))


def beginning(element: Any, longest: int = 300) -> str:
    """The first characters of an element's text as one line, however much lies inside of it."""
    if not len(element):  # as most links
        return clean_line((element.text or "")[: 4 * longest], longest)
    pieces: list[str] = []
    for piece in element.itertext():
        pieces.append(piece)
        if sum(map(len, pieces[-20:])) > longest or len(pieces) > longest:
            break
    return clean_line("".join(pieces)[: 4 * longest], longest)


def types(node: Node) -> set[str]:
    """The types of a node without their vocabulary.

    >>> types({"@type": ["schema:NewsArticle", "http://schema.org/Article"]}) == {
    ...     "NewsArticle", "Article"}
    True
    """
    stated = node.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return {_VOCABULARY.sub("", name) for name in names if isinstance(name, str)}


def is_article(node: Node) -> bool:
    """Whether the node is an article of any kind."""
    return any(name in _ARTICLES or name.endswith("Article") for name in types(node))


def words(value: object) -> str:
    """A JSON-LD value as one line: a string, the first of a list, or a node's value or name.

    >>> words([{"name": "Ada Example"}])
    'Ada Example'
    """
    for _ in range(_DEEPEST):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name") or ""
        else:
            break
    return clean_line(value, 1000) if isinstance(value, str) else ""


def _parsed(text: str) -> Any:
    """The JSON, also inside of comments and with a comma too many; None when it is none."""
    bare = text.strip()
    for candidate in (bare, _TRAILING_COMMA.sub(r"\1", _WRAPPING.sub("", bare))):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(stated: object, depth: int = 0) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(stated, list):
        for part in stated:
            yield from _nodes(part, depth + 1)
    elif isinstance(stated, dict):
        yield stated
        for key in _SAME_PAGE:
            yield from _nodes(stated.get(key), depth + 1)


def _main(nodes: list[Node], addresses: set[str]) -> Node | None:
    """The article that names the page's address as its own, else the first article."""
    articles = [node for node in nodes if is_article(node)]
    paths = {_path(address) for address in addresses} - {"", "/"}
    for node in articles:
        own = node.get("mainEntityOfPage")
        named = (
            node.get("url"),
            node.get("@id"),
            own,
            own.get("@id") if isinstance(own, dict) else "",
        )
        if any(_path(name) in paths for name in named if isinstance(name, str)):
            return node
    return next(iter(articles), None)


def _path(address: str) -> str:
    """The path of an address, empty when it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
