"""Which forms of which words are verbs, from two lists of the lexicon."""

from collections import defaultdict
from collections.abc import Mapping
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


def _verb_forms() -> Mapping[str, int]:
    irregular = {row[0]: (row[1], row[2]) for row in _lines("irregular_verbs.txt")}
    forms: dict[str, int] = defaultdict(int)
    for lemma, *letters in _lines("verbs.txt"):
        marks = letters[0] if letters else ""
        forms[lemma] |= BASE | (NOUN if "n" in marks or "a" in marks else 0)
        forms[_with_s(lemma)] |= PRESENT | (NOUN if "n" in marks else 0)
        before_ed, before_ing = _stems(lemma, "d" in marks)
        forms[before_ing + "ing"] |= ING
        if lemma in irregular:
            past, participle = irregular[lemma]
            forms[past] |= PAST | (SAME if past == lemma else 0)
            forms[participle] |= PARTICIPLE
        if lemma not in irregular or lemma in _BOTH_WAYS:
            forms[before_ed + "ed"] |= PAST | PARTICIPLE
    return dict(forms)


VERB_FORMS = _verb_forms()
