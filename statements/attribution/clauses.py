"""Whether a phrase of time or place belongs to the cue of a sentence or to something else in it.

Sentences come with what was said, and all quotations, blanked out by `BLANK`, so that offsets
stay and nothing inside of them is read; the saying in question ends with `SAID`.
"""

from dataclasses import dataclass

import regex

BLANK = "\x00"
# The last character of what was said: what stands behind it is about the saying again.
SAID = "\x01"

_EDGE = regex.compile(rf"[,;:—–(){BLANK}{SAID}]|\s-\s")
_EMBEDDED = regex.compile(
    r"\b(?:who|which|whose|whom|where|when|because|that|if|whether|unless|until|till|since|"
    r"before|while|although|though|referring|citing|amid|ahead|prior|than|whereas)\b"
)
_AFTER = regex.compile(r"\b(?:after|following|since|about|over|regarding|on the)\b")
# «the pact signed on Tuesday»; a paper that is issued and a meeting that is held then are said then.
_PARTICIPLE = regex.compile(
    r"\b(?P<verb>\p{Ll}{2,}ed|held|given|made|read|sent|born|begun|shot|struck|won|chosen|taken|written|shown|drawn|broken)\s+"
    r"(?:(?:late|early|earlier|on|in|at|\p{Lu}\p{L}+)\s+)*$"
)
_ISSUED = {
    "issued", "released", "published", "posted", "aired", "broadcast", "televised", "delivered",
    "recorded", "dated", "held", "given", "made", "read", "sent", "emailed", "carried", "conducted",
    "gave", "convened", "streamed", "shared", "reported",
}  # fmt: skip
_WITH_PARTICIPLE = regex.compile(r"\W*(?:when|while|after|before)\s+\p{L}+ing\b", regex.I)
_INTRODUCTION = regex.compile(
    r"\W*(?:(?:and|but|so|even|just|later|earlier|also|then|only|late|early|back|shortly)\s+)*(?:on|in|at|"
    r"during|via|through|by|as\s+of|to|from|after|following|over|under|until|with|for|speaking|"
    r"however|meanwhile|separately|instead|indeed|addressing|writing|appearing|asked|testifying|talking|(?:when|while)\s+\p{L}+ing|this|last|"
    r"yesterday|today|the\s+(?:same|next|previous|following|day)|(?:an?|one|two|three|four|five|"
    r"several|a\s+few)\s+(?:day|week|month|year|hour)s?|\p{Lu}\p{Ll}+day|\d)\b",
    regex.I,
)
_NAME = regex.compile(r"\s*(?:\p{Lu}[\p{L}.]*\s*){1,3}")  # «in Strelsau, Ruritania, on Tuesday»
_FARTHEST = 16  # words between the cue and what stands behind it
_FAR = 45  # words between the cue and what stands before it, in the same sentence


@dataclass(frozen=True)
class Saying:
    """Where the cue of a saying and the subject of the cue stand in a sentence.

    A `nominal` cue, as in «her claim that …», has no part in what the sentence tells before it.
    """

    cue: tuple[int, int]
    subject: tuple[int, int] | None = None
    participle: bool = False
    nominal: bool = False


def belongs(sentence: str, at: tuple[int, int], saying: Saying, *, loose: bool) -> bool:
    """Whether the phrase `at` tells when or where the saying was.

    `loose` phrases, such as weekdays, may also stand behind «after the talks»: what is said
    after something is reported is mostly said on its day. Dates, months and years may not.

    >>> spoken = "Ada Example, who left on Monday, said on Tuesday"
    >>> saying = Saying((33, 37), (0, 11))
    >>> belongs(spoken, (41, 48), saying, loose=True)
    True
    >>> belongs(spoken, (25, 31), saying, loose=True)
    False
    """
    start, end = at
    if start >= saying.cue[1]:
        return _behind(sentence[saying.cue[1] : start], loose)
    if end > saying.cue[0] or saying.nominal:
        return False
    edges = [m.end() for m in _EDGE.finditer(sentence, 0, start)]
    chunk = sentence[edges[-1] if edges else 0 : start]
    if _EMBEDDED.search(chunk) and not _WITH_PARTICIPLE.match(chunk):
        return False
    if not loose and _AFTER.search(chunk):
        return False
    words = sentence[end : saying.cue[0]].replace(BLANK, " ").replace(SAID, " ").split()
    if len(words) > _FAR:
        return False
    return _in_predicate(sentence, at, saying, words) or _introduces(
        sentence, at, saying, chunk, loose
    )


def _behind(between: str, loose: bool) -> bool:
    # «said that …, during a press conference»: what stands behind the content goes on.
    words = between.rsplit(SAID, 1)[-1].replace(BLANK, " ")
    if _EMBEDDED.search(words) or ";" in words or len(words.split()) > _FARTHEST:
        return False
    return loose or not _AFTER.search(words)


def _in_predicate(
    sentence: str, at: tuple[int, int], saying: Saying, between: list[str]
) -> bool:
    """«S on Tuesday said», «S met the envoys on Tuesday and said»."""
    if saying.subject is not None and saying.subject[1] <= at[0]:
        return True
    joined = {"and", "but"} & set(between) or _EDGE.search(sentence, at[1], saying.cue[0])
    return len(between) <= 3 and not joined


def _introduces(
    sentence: str, at: tuple[int, int], saying: Saying, chunk: str, loose: bool
) -> bool:
    """«On Tuesday, S said», «At a meeting on Tuesday, S said», «They met on Tuesday, S saying»."""
    before = _EDGE.split(sentence[: at[0] - len(chunk)])
    if not all(
        not part.strip() or _INTRODUCTION.match(part) or _NAME.fullmatch(part)
        for part in before
    ):
        return False
    bare = chunk.strip(" \"'“”").casefold() in {
        "",
        "a",
        "an",
        "the",
        "even",
        "and",
        "but",
        "then",
        "only",
        "just",
        "late",
        "early",
    }
    introduced = bare or _INTRODUCTION.match(chunk) is not None
    if not introduced:
        return saying.participle and loose
    if saying.subject is None or saying.subject[0] < at[1]:
        return True
    between = sentence[at[1] : saying.subject[0]].replace(BLANK, " ")
    return len(between.split()) <= _FARTHEST and not _EMBEDDED.search(between)


def of_something_else(sentence: str, start: int, saying: Saying) -> bool:
    """Whether a participle just before the phrase at `start` takes it: «signed on Tuesday».

    In the main clause of the subject the same word is its verb.
    """
    cue, subject = saying.cue, saying.subject
    first = cue[1] if start >= cue[1] else 0
    found = _PARTICIPLE.search(sentence[first:start])
    if found is None or found["verb"] in _ISSUED:
        return False
    if subject is None or not subject[1] <= first + found.start() < cue[0]:
        return True
    return _EDGE.search(sentence, subject[1], start) is not None
