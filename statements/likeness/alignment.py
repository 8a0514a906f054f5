"""Two wordings of one language word by word: what may differ while they are one."""

from collections.abc import Iterator, Sequence
from itertools import compress

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from statements.attribution.verbs import VERBS_OF_FORM
from statements.wordings.lexicon import Lexicon, lexicon
from statements.wordings.negations import negations
from statements.wordings.spelling import spelled
from statements.wordings.wording import Place, Wording, stem

# Fewer words, or characters where words are not spaced, are too common to be told by themselves.
ENOUGH_WORDS = 6
ENOUGH_CHARACTERS = 12
_ALIKE = 80  # per cent, rapidfuzz's normalised edit similarity of two spellings of a word
_NEAR = 4  # words of what is left out at the ends that may turn what stands beside them
_KEPT = 0.85  # of the telling words of the shorter one
_FEWEST = 4  # telling words that two wordings have in common
# What a report in indirect speech changes: persons, and tenses.
_SHIFTS = [
    frozenset(["i", "we", "he", "she", "it", "they", "you", "one"]),
    frozenset(["my", "our", "his", "her", "its", "their", "your", "the"]),
    frozenset(["me", "us", "him", "her", "them", "you"]),
    frozenset(["am", "is", "are", "was", "were", "be", "been", "being", "'s", "'re"]),
    frozenset(["has", "have", "had"]),
    frozenset(["do", "does", "did"]),
    frozenset(["this", "that", "these", "those", "the"]),
    frozenset(["a", "an", "the"]),
]
_BACKSHIFT = [
    frozenset(pair)
    for pair in (("will", "would"), ("shall", "would"), ("can", "could"), ("may", "might"))
]
# Small words that turn the sense when one stands for the other.
_TURNS = [
    frozenset(pair)
    for pair in (
        ("before", "after"), ("more", "less"), ("more", "fewer"), ("most", "least"),
        ("over", "under"), ("above", "below"), ("inside", "outside"), ("for", "against"),
        ("with", "against"), ("from", "to"), ("and", "or"), ("и", "или"), ("і", "або"), ("und", "oder"),
        ("et", "ou"), ("until", "since"), ("until", "after"), ("for", "after"), ("for", "before"), ("on", "by"),
        ("on", "after"), ("on", "before"), ("до", "после"), ("на", "через"), ("на", "после"),
        ("за", "против"), ("с", "против"), ("более", "менее"), ("больше", "меньше"),
    )
]  # fmt: skip
_OPPOSING = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "anti", "не", "без", "анти")


def enough(one: Wording) -> bool:
    """Whether a wording is long enough to be told from others by itself."""
    if one.unspaced:
        return len(one.bare.replace(" ", "")) >= ENOUGH_CHARACTERS
    return len(one.tokens) >= ENOUGH_WORDS


def parts_of(shorter: Wording, longer: Wording) -> Iterator[Place]:
    """Where one stands in the other word for word, as places in its bare words."""
    if shorter.unspaced:
        at = longer.bare.find(shorter.bare)
        while at >= 0:
            yield at, at + len(shorter.bare)
            at = longer.bare.find(shorter.bare, at + 1)
        return
    size, tokens = len(shorter.tokens), longer.tokens
    for start in range(len(tokens) - size + 1):
        if size and tokens[start : start + size] == shorter.tokens:
            yield longer.place_of(start, start + size)


def spelled_alike(one: Wording, other: Wording) -> bool:
    """Whether the words are the same in order, but for how a few of them are spelled."""
    if len(one.tokens) != len(other.tokens):
        return False
    pairs = [(a, b) for a, b in zip(one.tokens, other.tokens, strict=True) if a != b]
    return len(pairs) <= len(one.tokens) // 3 and all(_spelling(a, b) for a, b in pairs)


def much_the_same(one: Wording, other: Wording) -> tuple[Place, Place] | None:
    """Where the same stands in both, if they differ in nothing but persons, tenses, small words
    and what one of them leaves out at its ends; None where they differ in more."""
    if one.unspaced or other.unspaced:
        return None
    a, b, known = one.tokens, other.tokens, lexicon(one.language)
    blocks = list(Levenshtein.opcodes(a, b))
    equal = [block for block in blocks if block.tag == "equal"]
    if not equal:
        return None
    kept = _telling(
        [word for block in equal for word in a[block.src_start : block.src_end]], known
    )
    first, last = equal[0], equal[-1]
    both = one.is_quotation and other.is_quotation
    inserted, ends = 0, list[list[str]]()
    for block in blocks:
        if block.tag == "equal":
            continue
        out, into = a[block.src_start : block.src_end], b[block.dest_start : block.dest_end]
        if len(out) == len(into):
            alike = [_harmless(*pair, both) for pair in zip(out, into, strict=True)]
            kept += _telling(list(compress(out, alike)), known)
            out = tuple(word for word, same in zip(out, alike, strict=True) if not same)
            into = tuple(word for word, same in zip(into, alike, strict=True) if not same)
        if not out and not into:
            continue
        if any({x, y} in _TURNS for x in out[-_NEAR:] for y in into[-_NEAR:]):
            return None
        outside = block.src_end <= first.src_start or block.src_start >= last.src_end
        # Where both go on, one may say something else in the place of the other's words.
        if (
            outside
            and out
            and into
            and (both or (_telling(out, known) and _telling(into, known)))
        ):
            return None
        if block.src_end <= first.src_start:
            ends.append([*out[-_NEAR:], *into[-_NEAR:]])
        elif block.src_start >= last.src_end:
            ends.append([*out[:_NEAR], *into[:_NEAR]])
        elif _weighty([*out, *into], one.language) or (
            _telling(out, known) and _telling(into, known)
        ):
            return None
        else:
            inserted += _telling([*out, *into], known)
    if any(_weighty(words, one.language) for words in ends):
        return None
    least = min(_telling(a, known), _telling(b, known))
    if kept < max(_FEWEST, _KEPT * least) or inserted > kept // 8:
        return None
    return (
        one.place_of(first.src_start, last.src_end),
        other.place_of(first.dest_start, last.dest_end),
    )


def _telling(words: Sequence[str], known: Lexicon) -> int:
    """How many of the words say something."""
    return sum(
        word not in known.function and word not in known.modals and len(word) > 2
        for word in words
    )


def _weighty(words: Sequence[str], language: str) -> bool:
    """Whether one of the words is a number, denies, or says how sure something is."""
    known = lexicon(language)
    return any(
        any(map(str.isdigit, word))
        or word in known.numbers
        or word in known.scales
        or word in known.modals
        # Bare words have lost their apostrophe: «don t».
        or word == "t"
        or bool(negations(word, language))
        for word in words
    )


def _harmless(one: str, other: str, both_quoted: bool) -> bool:
    """Whether one word for the other leaves the sense: another person, tense or spelling."""
    pair = {one, other}
    if any(pair <= words for words in _SHIFTS) or _spelling(one, other):
        return True
    if both_quoted:
        return False
    return any(pair <= words for words in _BACKSHIFT) or _one_verb(one, other)


def _one_verb(one: str, other: str) -> bool:
    """Whether two words are forms of one verb: «flies» and «flew», «defend» and «defending»."""
    none = frozenset[str]()
    return bool(VERBS_OF_FORM.get(one, none) & VERBS_OF_FORM.get(other, none))


def _spelling(one: str, other: str) -> bool:
    """Whether two words are one but for spelling or ending: «defence» and «defense»."""
    if spelled(one) == spelled(other):
        return True
    if not (one.isalpha() and other.isalpha()) or min(len(one), len(other)) < 4:
        return False
    if any(one == prefix + other or other == prefix + one for prefix in _OPPOSING):
        return False
    return fuzz.ratio(one, other) >= _ALIKE and stem(one)[:2] == stem(other)[:2]
