"""Whether a page holds an article, or what it shows in its place. Pure.

Precision goes before recall: a real article must never be refused, however much it talks about
cookies, robots or missing pages. So a page is judged by what it says *to its reader*, and only
where that is most of what it says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import regex
from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from sources.markup import Markup, beginning
from sources.notices import BOILERPLATE, OFFER, REPORTED, SAYINGS, TITLES
from sources.repeats import weight

PARTIAL = "Only the beginning is shown; the rest is behind the site's paywall."
SHORTEST = 80  # characters; less is no article
_MOST_SEEN = 20_000  # characters of a page that are looked at where it has no article
_A_STORY = 1200  # weight of prose that is an article, whatever a heading says
_A_TEASER = 1500  # weight; a longer text is not cut off because a paywall stands ready
_A_BEGINNING = 120  # weight of prose that is worth reading before a paywall
_A_PARAGRAPH = 400  # weight of a section that is more than a hint at what is hidden
_LONGEST_WALL = 6000  # weight; notices on privacy are long, but not endless
_A_NAME = 60  # weight of a line that holds no more than an outlet's name
_A_LIST = 4  # headlines
_A_HEADLINE = 20  # weight
_LONGEST_HEADLINE = 40  # words of a line that are looked at
_MOST_LINES = 300  # lines of a text that are looked at for headlines
_LONGEST_CALL = 200  # characters of a line that asks for a subscription
_MOST_PARTS = 10  # elements of one kind that are looked into
_MUCH = 0.3  # of the texts of annotated articles, an eighth at most
_MOSTLY = 0.5
_NEARLY = 0.8
_NO_WORD = regex.compile(r"\W+")
_SPACE = regex.compile(r"\s")
_MARKUP = regex.compile(r"<[^<>]*>")
_LOTS_OF_LINKS = 0.7
_SENTENCE = regex.compile(r"[.!?…。！？؟।።](?:[\s\"'”’»」』)]|$)")
_CUT_SENTENCES = regex.compile(r"(?<=[.!?…])\s+|(?<=[。！？])\s*|\n+")
_BETWEEN_PARTS = regex.compile(r"\s+[-|·–—:»•]\s+|\s*\|\s*|:\s+")
_PAYWALL_CLASS = regex.compile(
    r"(?<![^\s_-])(?:paywall(?:ed)?|regwall|piano-offer|subscribe-wall|subscription-wall|premium-wall|"
    r"meteredContent|metered-content|article-gate|poool)(?![^\s_-])",
    regex.IGNORECASE,
)
_TIERS = ["article:content_tier", "og:article:content_tier"]


@dataclass(frozen=True)
class Refusal:
    """Why the page is no article: a code of `reasons`, and what is particular to it."""

    code: str
    detail: str


@dataclass(frozen=True)
class Page:
    """What is judged: the parsed page, what it says to machines, and the text found on it."""

    tree: Any
    markup: Markup
    text: str


def refusal(page: Page) -> Refusal | None:
    """Return what the page shows instead of an article, or None when it holds one."""
    lines = [line for line in page.text.split("\n") if line.strip()]
    prose = [line for line in lines if _is_prose(line)]
    if sum(map(weight, prose)) > _LONGEST_WALL:
        return None
    links = _link_texts(page.tree)
    prose = [line for line in prose if _plain(line) not in links]
    story = sum(map(weight, prose))
    if code := _titled(page, story):
        return Refusal(code, "its title says so")
    if len(page.text.strip()) < SHORTEST:
        seen = _seen(page.tree)
        code = _spoken(seen, list(SAYINGS), _MOSTLY / 4) or _scripted(page.tree, seen)
        return Refusal(code or "no-text", f"{len(page.text.strip())} characters of text")
    calls = [line for line in lines if _is_call(line)]
    before = sum(weight(line) for line in prose if line not in calls)
    if calls and before < _A_BEGINNING:
        return Refusal("paywall", f"{before} characters before it")
    if code := _walled(page, story):
        return Refusal(code, f"{len(page.text)} characters")
    if not prose and _is_menu(lines, links):
        return Refusal("boilerplate", "not one sentence of its own")
    if not page.markup.article and _is_listing(lines[:_MOST_LINES], links):
        return Refusal("boilerplate", "its text is headlines that lead to other pages")
    return None


def is_partial(page: Page) -> bool:
    """Whether the page says that it keeps the rest of its article for subscribers.

    Some sites keep a paywall ready, or count what a reader reads, and still send all of it:
    such signs count only beside a short text.
    """
    lines = [line for line in page.text.split("\n") if line.strip()]
    short = weight(page.text) < _A_TEASER
    tier = page.markup.meta(*_TIERS).lower()
    closed = str(page.markup.article.get("isAccessibleForFree")).strip().lower()
    locked = closed in {"false", "no", "0"} or tier == "locked" or (tier == "metered" and short)
    if locked and not _is_whole(page):
        return True
    called = any(map(_is_call, lines[len(lines) * 3 // 4 :]))
    return tier != "free" and (called or (short and _has_paywall(page.tree)))


def without_calls(text: str) -> str:
    """The text without the lines at its end that ask for a subscription.

    >>> without_calls("The treaty is ready.\\nSubscribe to continue reading.\\n")
    'The treaty is ready.\\n'
    """
    lines = text.rstrip("\n").split("\n")
    while lines and _is_call(lines[-1]):
        lines.pop()
    return "\n".join(lines) + "\n"


def _is_call(line: str) -> bool:
    return (
        len(line) <= _LONGEST_CALL and _share(_sentences(line), SAYINGS["paywall"]) >= _MOSTLY
    )


def _titled(page: Page, story: int) -> str:
    """The kind whose words are all that the title or the first heading says."""
    if story >= _A_STORY or (page.markup.article and story >= _A_BEGINNING):
        return ""
    title = page.tree.find(".//title")
    heads = [title] if title is not None else []
    for head in [*heads, *islice(page.tree.iter("h1"), 2)]:
        line = beginning(head)
        parts = [part.strip() for part in _BETWEEN_PARTS.split(line) if part.strip()]
        for code, known in TITLES.items():
            if known.fullmatch(line) or _mostly(parts, known):
                return code
    return ""


def _mostly(parts: Sequence[str], known: Any) -> bool:
    """Whether the parts of a title but for a short one, the outlet's name, are of this kind."""
    others = [part for part in parts if not known.fullmatch(part)]
    return len(others) < len(parts) and (
        not others
        or (len(others) == 1 and len(others[0].split()) <= 4 and len(others[0]) <= 30)
    )


def _walled(page: Page, story: int) -> str:
    """The kind of wall whose words to the reader are most of what the text says.

    Of these, only a notice on privacy is ever long.
    """
    if story < _A_STORY:
        return _spoken(page.text, list(SAYINGS), _MOSTLY)
    return "" if page.markup.article else _spoken(page.text, ["consent-wall"], _MOSTLY)


def _spoken(text: str, codes: Sequence[str], least: float) -> str:
    """The kind of which at least this share of the sentences is, the largest share first."""
    sentences = _sentences(text)
    shares = {code: _share(sentences, SAYINGS[code]) for code in codes}
    code = max(shares, key=lambda name: shares[name])
    return code if shares[code] >= least else ""


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _CUT_SENTENCES.split(text) if part.strip()]


def _share(sentences: Sequence[str], said: Any) -> float:
    """The share of the text that lies in sentences that say such words to their reader."""
    whole = sum(map(len, sentences))
    told = [part for part in sentences if said.search(part) and not REPORTED.search(part)]
    return sum(map(len, told)) / whole if whole else 0.0


def _is_prose(line: str) -> bool:
    """Whether it is a sentence of an article, or long, as some scripts mark no sentence."""
    heavy = weight(line)
    sentence = heavy >= 120 or (heavy >= 30 and _SENTENCE.search(line))
    return bool(sentence) and not _is_notice(line)


def _is_notice(line: str) -> bool:
    """Whether it is of rights and terms, and says next to nothing else."""
    return bool(BOILERPLATE.search(line)) and weight(BOILERPLATE.sub("", line)) < _A_NAME


def _link_texts(tree: Any) -> set[str]:
    # Menus stand on a page twice and more.
    return {_plain(text) for text in {beginning(link) for link in tree.iter("a")}} - {""}


def _plain(line: str) -> str:
    return str(_NO_WORD.sub(" ", line).strip().casefold())


def _is_menu(lines: Sequence[str], links: set[str]) -> bool:
    """Whether a text without a sentence is the page's links, or its notices, or next to nothing."""
    linked = sum(weight(line) for line in lines if _plain(line) in links or _is_notice(line))
    whole = sum(map(weight, lines))
    return whole < 2 * SHORTEST or linked >= _LOTS_OF_LINKS * whole


def _is_listing(lines: Sequence[str], links: set[str]) -> bool:
    """Whether much of a text is headlines that lead elsewhere, and none of it a story.

    A story has two paragraphs in a row, or one that stands before all headlines, or sentences
    between them that weigh something beside them.
    """
    heads = [_headline(line, links) for line in lines]
    if sum(head > 0 for head in heads) < _A_LIST:
        return False
    if sum(heads) < _MUCH * sum(map(weight, lines)):
        return False
    prose = [
        _is_prose(line) and head < _MOSTLY * weight(line)
        for line, head in zip(lines, heads, strict=True)
    ]
    first = next(number for number, head in enumerate(heads) if head)
    told = [weight(line) if own else 0 for line, own in zip(lines, prose, strict=True)]
    if sum(told[:first]) >= _A_BEGINNING or sum(told[first:]) >= _MUCH * sum(heads):
        return False
    return not any(map(all, pairwise(prose)))


def _headline(line: str, links: set[str]) -> int:
    """The weight of the headline that a line is, maybe with a day or a name before or after it."""
    words = _plain(line).split()[:_LONGEST_HEADLINE]
    for count in range(len(words), 0, -1):
        for part in (" ".join(words[:count]), " ".join(words[-count:])):
            if part in links and weight(part) >= _A_HEADLINE:
                return weight(part)
    return 0


def _seen(tree: Any) -> str:
    """What a reader without scripts sees of the page, one element a line."""
    pieces: list[str] = []
    size = 0
    for element in tree.iter():
        if element.tag in {"script", "style", "template", "title"} or not isinstance(
            element.tag, str
        ):
            pieces.append(element.tail or "")
        else:
            pieces += [element.text or "", element.tail or ""]
        size += len(pieces[-1]) + len(pieces[-2] if len(pieces) > 1 else "")
        if size > _MOST_SEEN:
            break
    return "\n".join(piece.strip() for piece in pieces if piece.strip())


def _scripted(tree: Any, seen: str) -> str:
    """Whether a page that shows nothing leaves all to its scripts."""
    scripts = any(script.get("src") for script in tree.iter("script"))
    return "script-wall" if scripts and len(seen) < SHORTEST else ""


def _has_paywall(tree: Any) -> bool:
    """Whether an element calls itself a paywall and asks its reader for a subscription."""
    elements = [part for part in tree.iter() if part.tag not in {"body", "html"}]
    names = [f"{part.get('class', '')} {part.get('id', '')}" for part in elements]
    if not _PAYWALL_CLASS.search("\n".join(names)):  # as on most pages
        return False
    named = (
        part for part, name in zip(elements, names, strict=True) if _PAYWALL_CLASS.search(name)
    )
    return any(OFFER.search(beginning(part)) for part in islice(named, _MOST_PARTS))


def _is_whole(page: Page) -> bool:
    """Whether the text that is said to be closed stands on the page all the same.

    Some sites send it whole and hide it by script. The page's own marks for the closed part
    tell, or its count of words, or the body that it gives to machines.
    """
    count, body = (page.markup.article.get(name) for name in ("wordCount", "articleBody"))
    if isinstance(count, (int, str)) and str(count).strip().isdigit():
        return len(page.text.split()) >= _NEARLY * int(count)
    if isinstance(body, str) and len(body) >= _A_PARAGRAPH:
        return len(page.text) >= _NEARLY * len(_MARKUP.sub("", body))
    parts = page.markup.article.get("hasPart")
    for part in parts if isinstance(parts, list) else [parts]:
        stated = part.get("cssSelector") if isinstance(part, dict) else None
        for selector in stated if isinstance(stated, list) else [stated]:
            if isinstance(selector, str) and _holds_text(page, selector):
                return True
    return False


def _holds_text(page: Page, selector: str) -> bool:
    """Whether what the selector names holds a good part of the text that was read."""
    try:
        found = CSSSelector(selector[:200], translator="html")(page.tree)
    except (SelectorError, ValueError):
        return False
    inside = "".join(_SPACE.sub("", element.text_content()) for element in found[:_MOST_PARTS])
    if weight(inside) < _A_PARAGRAPH:
        return False
    lines = [_SPACE.sub("", line) for line in page.text.split("\n")]
    return bool(lines) and any(
        line and weight(line) >= 60 and line in inside for line in lines[-6:]
    )
