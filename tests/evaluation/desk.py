"""What desks do to a wire text, done to any text by chance; what they add is invented."""

import random
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import yaml

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_MARKS = str.maketrans(
    {"“": '"', "”": '"', "’": "'", "‘": "'", "—": "–", "–": "-", "«": "„", "»": "“", "…": "..."}
)
_WORDING = yaml.safe_load(Path(__file__).with_name("desk.yaml").read_text("utf-8"))


class Paragraph(NamedTuple):
    """One paragraph of an edited text, and whether it is the original's."""

    text: str
    original: bool = True


Draft = list[Paragraph]
Edit = Callable[[Draft, random.Random], Draft]


def draft_of(text: str) -> Draft:
    """The paragraphs of a text as they came."""
    return [Paragraph(line) for line in text.split("\n") if line.strip()]


def text_of(draft: Draft) -> str:
    """An edited text as an outlet prints it."""
    return "\n".join(paragraph.text for paragraph in draft) + "\n"


def length(draft: Draft) -> int:
    """Characters of all paragraphs together."""
    return sum(len(paragraph.text) for paragraph in draft)


def headline(draft: Draft, chance: random.Random) -> Draft:
    """The outlet's own headline and byline above the text."""
    return [
        _ours(chance.choice(_WORDING["headlines"])),
        _ours(chance.choice(_WORDING["bylines"])),
        *draft,
    ]


def lead(draft: Draft, chance: random.Random) -> Draft:
    """The first paragraph written anew."""
    return [_ours(chance.choice(_WORDING["leads"])), *draft[1:]] if len(draft) > 2 else draft


def cut(draft: Draft, chance: random.Random, keep: tuple[float, float] = (0.5, 0.8)) -> Draft:
    """Cut from below, at the end of a sentence."""
    left = chance.uniform(*keep) * length(draft)
    shorter: Draft = []
    for paragraph in draft:
        sentences = []
        for sentence in _sentences(paragraph.text):
            if left <= 0:
                break
            sentences.append(sentence)
            left -= len(sentence)
        if sentences:
            shorter.append(paragraph._replace(text=" ".join(sentences)))
    return shorter


def cut_hard(draft: Draft, chance: random.Random) -> Draft:
    """Cut to a third or a half."""
    return cut(draft, chance, (0.3, 0.5))


def added(draft: Draft, chance: random.Random) -> Draft:
    """One or two paragraphs of the outlet's own, somewhere below the first."""
    longer = list(draft)
    for text in chance.sample(_WORDING["added"], chance.choice((1, 2))):
        longer.insert(chance.randint(1, len(longer)), _ours(text))
    return longer


def dateline(draft: Draft, chance: random.Random) -> Draft:
    """Another dateline in front, another agency line below."""
    first = draft[0]._replace(text=f"STRELSAU, Jan. 2 (Invented Wire) – {draft[0].text}")
    return [first, *draft[1:], _ours("Reporting by Ada Example; editing by the night desk")]


def restyled(draft: Draft, chance: random.Random) -> Draft:
    """Other quotation marks and dashes."""
    return [p._replace(text=p.text.translate(_MARKS)) for p in draft]


def respelled(draft: Draft, chance: random.Random) -> Draft:
    """British spelling and a house style of its own."""

    def other(word: re.Match[str]) -> str:
        return str(_WORDING["spellings"].get(word.group(), word.group()))

    return [p._replace(text=re.sub(r"\w+", other, p.text)) for p in draft]


def reordered(draft: Draft, chance: random.Random) -> Draft:
    """The paragraphs below the first in another order."""
    rest = draft[1:]
    chance.shuffle(rest)
    return [draft[0], *rest]


def thinned(draft: Draft, chance: random.Random) -> Draft:
    """A sentence left out here and there, about one of seven."""
    kept: Draft = []
    for paragraph in draft:
        sentences = [s for s in _sentences(paragraph.text) if chance.random() > 1 / 7]
        if sentences:
            kept.append(paragraph._replace(text=" ".join(sentences)))
    return kept or draft


def subedited(draft: Draft, chance: random.Random) -> Draft:
    """A word in sixty left out, and as many put in."""
    edited: Draft = []
    for paragraph in draft:
        words: list[str] = []
        for word in paragraph.text.split(" "):
            dice = chance.random()
            if dice > 1 / 60:
                words.append(word)
            if dice > 59 / 60:
                words.append("reportedly")
        edited.append(paragraph._replace(text=" ".join(words)))
    return edited


def combined(draft: Draft, chance: random.Random) -> Draft:
    """All that a desk does to a wire text in one go, half of it kept or more."""
    less = partial(cut, keep=(0.6, 0.85))
    for edit in (restyled, respelled, less, subedited, lead, added, dateline, headline):
        draft = edit(draft, chance)
    return draft


def combined_hard(draft: Draft, chance: random.Random) -> Draft:
    """The same, cut to a third or a half."""
    for edit in (restyled, respelled, cut_hard, subedited, lead, added, dateline, headline):
        draft = edit(draft, chance)
    return draft


EDITS: tuple[Edit, ...] = (
    headline, lead, cut, cut_hard, added, dateline, restyled, respelled, reordered, thinned,
    subedited, combined, combined_hard,
)  # fmt: skip


def footer(chance: random.Random) -> str:
    """What an outlet prints below all that it prints."""
    return "\n".join(chance.sample(_WORDING["footers"], chance.choice((1, 2))))


def bulletin(chance: random.Random) -> str:
    """What an agency sends every day, with the figures and places of one day."""
    values: list[object] = [chance.randint(2, 30) for _ in range(12)]
    for place, names in ((2, "days"), (7, "ports"), (10, "winds")):
        values[place] = chance.choice(_WORDING[names])
    return "\n".join(_WORDING["bulletin"]).format(*values)


def _ours(text: str) -> Paragraph:
    return Paragraph(text, original=False)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence]
