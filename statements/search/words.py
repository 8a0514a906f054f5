"""Words as a reader types them -> what of them must stand in a statement, and what must not.

As in PostgreSQL's websearch_to_tsquery: words stand beside each other, "phrases" in quotes, OR
binds looser than they do, and a minus before a word or phrase leaves out what holds it. Beyond
that, a star behind a word stands for any ending, all quotation marks are understood, and a
minus that stands alone is a dash. NOT in capitals is a minus, AND in capitals says what is so
anyway, and a | outside quotes is OR.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

import regex

from statements.search import hangul
from statements.search.chunks import parts, terms
from statements.search.cutting import IS_CJK

LONGEST = 200  # characters
MOST_TERMS = 16
MOST_NEGATIONS = 4
SHORTEST_BEGINNING = 3  # characters before a star

# What stands between words and is none. In small letters «or» is an operator too where words
# stand on both sides of it, but «and» and «not» are ordinary words.
OR, AND, NOT = "OR", "AND", "NOT"
_BARS = regex.compile(r"\|+")

_HAS_WORD = regex.compile(r"[\p{L}\p{N}]")
_BEGINNING = regex.compile(r"([\p{L}\p{N}\p{M}'’]+)[*＊]+$")
# What neither the database nor its encoding takes.
_UNSTORABLE = regex.compile(r"[\x00\ud800-\udfff]")


class TooComplex(ValueError):
    """The words ask for too much; the message says what to leave out."""


@dataclass(frozen=True)
class Token:
    """A word or phrase. The words in it follow each other, unless `anywhere`: a run of Chinese or
    Japanese, or several runs, that are not in quotes. With `prefix` its last word may go on."""

    text: str
    anywhere: bool = False
    prefix: bool = False


@dataclass(frozen=True)
class Branch:
    """All of `wanted` and none of `unwanted`."""

    wanted: tuple[Token, ...]
    unwanted: tuple[Token, ...] = ()


def parse(text: str) -> tuple[Branch, ...]:
    """Return the branches of which one must fit; none when nothing was typed that is a word.

    Raises `TooComplex` and nothing else.

    >>> parse("treaty OR pact -«war games»")[1]
    Branch(wanted=(Token(text='pact', anywhere=False, prefix=False),), unwanted=(Token(text='war games', anywhere=False, prefix=False),))
    """
    if len(text) > LONGEST:
        raise TooComplex(f"Use at most {LONGEST} characters.")
    branches: list[tuple[list[Token], list[Token]]] = [([], [])]
    line = list(terms(_UNSTORABLE.sub(" ", text)))
    left_out = False
    for place, chunk in enumerate(line):
        behind = line[place + 1] if place + 1 < len(line) else ""
        if is_or(chunk) and any(branches[-1]) and behind:
            branches.append(([], []))
        elif is_operator(chunk) and (chunk != NOT or _is_term(behind)):
            left_out = chunk == NOT
        else:
            for token, unwanted in _tokens(chunk, left_out):
                branches[-1][unwanted].append(token)
            left_out = False
    if sum(len(wanted) + len(unwanted) for wanted, unwanted in branches) > MOST_TERMS:
        raise TooComplex(f"Use at most {MOST_TERMS} words.")
    if sum(len(unwanted) for _, unwanted in branches) > MOST_NEGATIONS:
        raise TooComplex(f"Exclude at most {MOST_NEGATIONS} words.")
    return tuple(
        Branch(tuple(wanted), tuple(unwanted))
        for wanted, unwanted in branches
        if wanted or unwanted
    )


def is_or(chunk: str) -> bool:
    """Whether a chunk of a line parts alternatives, if words stand on both sides of it.

    >>> is_or("or"), is_or("|"), is_or('"OR"')
    (True, True, False)
    """
    return chunk.upper() == OR or _BARS.fullmatch(chunk) is not None


def is_operator(chunk: str) -> bool:
    """Whether a chunk is no word wherever it stands: one of the operators in capitals, or bars."""
    return chunk in {OR, AND, NOT} or _BARS.fullmatch(chunk) is not None


def _is_term(chunk: str) -> bool:
    """Whether a chunk has what can be left out."""
    return _HAS_WORD.search(chunk) is not None and not is_or(chunk) and not is_operator(chunk)


def _tokens(chunk: str, left_out: bool) -> Iterator[tuple[Token, bool]]:
    """The words and phrases of one chunk, each with whether it is unwanted, as the first is
    behind a minus or where `left_out` says so."""
    unwanted = left_out or chunk.startswith("-")
    for text, in_quotes in parts(chunk):
        if not _HAS_WORD.search(text):
            continue
        yield _token(text, in_quotes), unwanted
        unwanted = False


def _token(text: str, in_quotes: bool) -> Token:
    text = text if in_quotes else text.lstrip("-")
    # Half-width kana and single letters of Hangul are what they are in the index.
    normal = normalize("NFKC", text).rstrip()
    anywhere = not in_quotes and IS_CJK.search(normal) is not None and not hangul.is_run(normal)
    begun = _BEGINNING.search(normal)
    prefix = begun is not None and not IS_CJK.match(begun[1][-1])
    if begun is not None and prefix and len(begun[1]) < SHORTEST_BEGINNING:
        raise TooComplex(
            f"Write at least {SHORTEST_BEGINNING} characters before the star in “{text}”."
        )
    return Token(text.rstrip().rstrip("*＊") if prefix else text, anywhere, prefix)
