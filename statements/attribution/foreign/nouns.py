"""The nouns that stand for who speaks: offices, unnamed officials, bodies and media."""

from dataclasses import dataclass
from functools import lru_cache

from statements.attribution.words import TITLES, read_table

_ROWS = read_table("speakers.csv")


@dataclass(frozen=True)
class Noun:
    """A nominative form, its kind (office, unnamed, body, medium, agency) and English title."""

    form: str
    kind: str
    title: str


@lru_cache(maxsize=16)
def nouns(language: str) -> dict[str, Noun]:
    """The nouns of a language by their form; those of the titles' table come last."""
    found: dict[str, Noun] = {}
    for row in _ROWS:
        if row["lang"] == language:
            for form in row["forms"].split(";"):
                found.setdefault(form, Noun(form, row["kind"], row["title"]))
    for row in TITLES:
        for form in (row.get(language) or "").split(";"):
            if form and row["kind"] != "collective":
                found.setdefault(form, Noun(form, "office", row["title"]))
    return found


def forms(language: str, *kinds: str) -> list[str]:
    """The forms of some kinds, longest first."""
    chosen = [noun.form for noun in nouns(language).values() if noun.kind in kinds]
    return sorted(chosen, key=lambda form: (-len(form), form))
