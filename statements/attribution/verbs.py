"""Which forms of which words are verbs, from two lists of the lexicon."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

_LEXICON = Path(__file__).parent / "lexicon"

# What a form may be, as bits: `PRESENT` is the form with -s; `NOUN` says «a noun as well».
# `SAME` that the past is the base form: «put», «cut».
BASE, PRESENT, PAST, PARTICIPLE, ING, NOUN, SAME = 1, 2, 4, 8, 16, 32, 64

_BOTH_WAYS = {"prove", "show", "swell", "plead", "burn", "learn", "dream", "light", "quit"}
_VOWELS = frozenset("aeiou")


def _lines(name: str) -> list[list[str]]:
    text = (_LEXICON / name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and line[0] != "#"]


def _with_s(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _stems(lemma: str, doubles: bool) -> tuple[str, str]:
    """The stem before -ed and the one before -ing."""
    if lemma.endswith("ie"):
        return lemma[:-1], lemma[:-2] + "y"
    if lemma.endswith("e"):
        return lemma[:-1], lemma if lemma.endswith(("ee", "oe", "ye")) else lemma[:-1]
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "i", lemma
    return (lemma + lemma[-1],) * 2 if doubles else (lemma, lemma)


def _verb_forms() -> Iterator[tuple[str, int, str]]:
    """Each form of each verb with what it may be and the verb it is of."""
    irregular = {row[0]: (row[1], row[2]) for row in _lines("irregular_verbs.txt")}
    for lemma, *letters in _lines("verbs.txt"):
        marks = letters[0] if letters else ""
        yield lemma, BASE | (NOUN if "n" in marks or "a" in marks else 0), lemma
        yield _with_s(lemma), PRESENT | (NOUN if "n" in marks else 0), lemma
        before_ed, before_ing = _stems(lemma, "d" in marks)
        yield before_ing + "ing", ING, lemma
        if lemma in irregular:
            past, participle = irregular[lemma]
            yield past, PAST | (SAME if past == lemma else 0), lemma
            yield participle, PARTICIPLE, lemma
        if lemma not in irregular or lemma in _BOTH_WAYS:
            yield before_ed + "ed", PAST | PARTICIPLE, lemma


def _collected() -> tuple[Mapping[str, int], Mapping[str, frozenset[str]]]:
    forms: dict[str, int] = defaultdict(int)
    lemmas: dict[str, set[str]] = defaultdict(set)
    for form, bits, lemma in _verb_forms():
        forms[form] |= bits
        lemmas[form].add(lemma)
    return dict(forms), {form: frozenset(of) for form, of in lemmas.items()}


VERB_FORMS, VERBS_OF_FORM = _collected()
