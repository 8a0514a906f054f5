"""Paragraphs, quotation marks and sentences, as each language writes them."""

import itertools
from dataclasses import dataclass, field

import regex

# Opening mark: closing marks.
_GUILLEMETS = {"«": "»", "“": "”", "„": '“”"'}
_CORNERS = {"「": "」", "『": "』", "“": "”", "《": "》"}
_PAIRS = {
    "ru": _GUILLEMETS, "uk": _GUILLEMETS, "es": _GUILLEMETS,
    "fr": _GUILLEMETS | {"‹": "›"},
    "de": {"„": "“”\"", "»": "«", "“": "”", "«": "»"},
    "ko": {"“": "”", "「": "」", "『": "』", "《": "》", "‘": "’"},
    "ja": _CORNERS,
    "zh": {"“": "”", "「": "」", "『": "』"},
}  # fmt: skip
_DOUBLE = '"＂″'
_STOP = regex.compile(r"[.!?…]+[)\]]*(?=\s|$|\ue000|[^\W\d_])|[。！？]+")
# What ends in a full stop and ends no sentence.
_SHORT = regex.compile(
    r"(?:\b(?:\p{Lu}|г|гг|им|ст|стр|тыс|млн|млрд|долл|руб|т\.\s?[едпнк]|см|др|проф|ген|акад|о|р|рр|"
    r"mm?e?s?|dr|st|ste|sr|sra|srta|dra|d|dña|ee\.uu|ee|uu|art|gral|lic|prof|hr|fr|nr|bzw|ca|"
    r"z\.\s?b|u\.\s?a|d\.\s?h|bspw|usw|etc|vgl|abs|mio|mrd)|(?<!\d)\d{1,2})\.$",
    regex.IGNORECASE,
)
_UPPER = regex.compile(r"[\s\ue000]*[\p{Lu}\p{Lo}\d\ue000—–¿¡-]")
_LONGEST = 4_000  # characters of a sentence, so that one of a million costs no more than many
HIDDEN = "\ue000"  # stands for each character of a quotation in `Sentence.view`


@dataclass(frozen=True)
class Quote:
    """A quoted passage: `start` and `end` with its marks, `inner_*` without."""

    start: int
    end: int
    inner_start: int
    inner_end: int

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


@dataclass(frozen=True)
class Sentence:
    """A sentence. `view` are its words with every quotation hidden, of the same length."""

    start: int
    end: int
    view: str
    quotes: list[Quote]
    paragraph: int
    first: bool = False
    last: bool = False

    def at(self, offset: int) -> int:
        """The offset into the text of an offset into the view."""
        return self.start + offset


@dataclass(frozen=True)
class Passage:
    """One paragraph with its sentences."""

    number: int
    start: int
    end: int
    sentences: list[Sentence] = field(default_factory=list)


def find_passages(text: str, language: str) -> list[Passage]:
    """The paragraphs of a text in a language; empty lines are left out."""
    passages: list[Passage] = []
    position = 0
    for line in text.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        if not line.strip():
            continue
        start += len(line) - len(line.lstrip())
        end = start + len(line.strip())
        number = len(passages)
        quotes = find_quotes(text, start, end, language)
        passages.append(
            Passage(number, start, end, _sentences(text, start, end, quotes, number, language))
        )
    return passages


def find_quotes(text: str, start: int, end: int, language: str) -> list[Quote]:
    """The outermost quoted passages of `text[start:end]`; one that never closes is none.

    >>> [(q.start, q.end) for q in find_quotes("«a „b“ c», — сказал он", 0, 22, "ru")]
    [(0, 9)]
    """
    pairs = _PAIRS[language]
    closed: list[Quote] = []
    # What closes, where the mark stands, and where the words begin.
    stack: list[tuple[str, int, int]] = []
    position = start
    while position < end:
        char = text[position]
        width = 1
        if char == "'" and text[position : min(position + 2, end)] == "''":
            char, width = '"', 2  # two apostrophes are one straight mark
        depth = _closes(stack, char)
        if depth and not (char == "’" and _letter(text, position + 1)):
            _, opened, inner = stack[-depth]
            del stack[-depth:]
            closed.append(Quote(opened, position + width, inner, position))
        elif char in pairs and not (char == "‘" and stack):
            stack.append((pairs[char], position, position + 1))
        elif char in _DOUBLE and _may_open(text, position, width, start, end, language):
            stack.append((_DOUBLE, position, position + width))
        position += width
    quotes: list[Quote] = []
    for quote in sorted(closed, key=lambda quote: quote.start):
        if not quotes or quote.start >= quotes[-1].end:
            quotes.append(quote)
    return quotes


def _closes(stack: list[tuple[str, int, int]], char: str) -> int:
    """How many open marks a character closes: its own, and one that was left open inside."""
    for depth in (1, 2):
        if len(stack) >= depth and char in stack[-depth][0]:
            return depth
    return 0


def _letter(text: str, position: int) -> bool:
    """Whether a Latin letter stands there, so that the mark before it is an apostrophe."""
    char = text[position : position + 1]
    return char.isascii() and char.isalpha()


def _may_open(
    text: str, position: int, width: int, start: int, end: int, language: str
) -> bool:
    """Whether a straight mark that closes nothing opens; after a word it stands for inches."""
    before = text[position - 1] if position > start else " "
    after = text[position + width] if position + width < end else " "
    if language in {"ko", "ja", "zh"}:
        return not after.isspace()
    return not before.isalnum() and not after.isspace()


def _sentences(
    text: str, start: int, end: int, quotes: list[Quote], number: int, language: str
) -> list[Sentence]:
    view = hidden(text, start, end, quotes)
    cuts = [0]
    for match in _STOP.finditer(view):
        if match.end() < len(view) and not _ends(view, match):
            continue
        cuts.append(match.end())
    for quote in quotes:
        # «… Q.» New sentence: the stop stands inside of the mark.
        at = quote.end - start
        if (
            quote.inner_end > quote.inner_start
            and text[quote.inner_end - 1] in ".!?…。"
            and (
                regex.match(r"[\s]+(?=[\p{Lu}\p{Lo}\ue000«“„「])", view[at : at + 3])
                and language not in {"ja", "zh"}
            )
        ):
            cuts.append(at)
    cuts = sorted({*cuts, len(view)})
    cuts = [cut for a, b in itertools.pairwise(cuts) for cut in range(a, b, _LONGEST)]
    cuts.append(len(view))
    spans = [stripped(text, start + a, start + b) for a, b in itertools.pairwise(cuts)]
    spans = [span for span in spans if span[0] < span[1]]
    sentences: list[Sentence] = []
    index = 0
    for place, (first, last) in enumerate(spans):
        own: list[Quote] = []
        while index < len(quotes) and quotes[index].start < last:
            if quotes[index].end <= last and quotes[index].start >= first:
                own.append(quotes[index])
            index += 1
        sentences.append(
            Sentence(
                first, last, view[first - start : last - start], own, number,
                place == 0, place == len(spans) - 1,
            )
        )  # fmt: skip
    return sentences


def _ends(view: str, match: "regex.Match[str]") -> bool:
    """Whether a stop ends the sentence: no abbreviation, and the next begins like one."""
    if view[match.start()] in "。！？":
        return True
    rest = view[match.end() : match.end() + 4]
    if not _UPPER.match(rest) or not rest[:1].isspace():
        return False
    if view[match.start() : match.end()] != ".":
        # «Q!.. — said S» and «Q? — said S» go on.
        return not regex.match(r"\s*[—–-]", rest)
    return not (_SHORT.search(view[max(match.end() - 8, 0) : match.end()])) and not regex.match(
        r"\s*[—–]\s", rest
    )


def hidden(text: str, start: int, end: int, quotes: list[Quote]) -> str:
    """`text[start:end]` with `HIDDEN` for each character of a quotation."""
    parts: list[str] = []
    position = start
    for quote in quotes:
        parts.append(text[position : quote.start])
        parts.append(HIDDEN * (quote.end - quote.start))
        position = quote.end
    parts.append(text[position:end])
    return "".join(parts).replace("\u00a0", " ").replace("\u202f", " ")


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its edges."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
