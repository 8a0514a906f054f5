"""`python -m tests.evaluation.copies`: how well copies are told from articles on the same matter.

The pairs are made from real pages and texts by what desks do to a wire text, and by what makes
two articles alike that are none. What is added to them is invented.
"""

import gzip
import json
import math
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

from sources.copies import overlap, sketch
from sources.text import decode_page, read
from tests.evaluation.desk import EDITS, bulletin, draft_of, footer, length, text_of

SEED = 11
FORM = "one form, other figures"
_EDITS_OF_A_TEXT = 4  # for the English ones, of which there are many


@dataclass(frozen=True)
class Pair:
    """Two texts, whether they are copies, and how much of the original a copy has kept."""

    kind: str
    one: str
    other: str
    copies: bool
    kept: float = 1.0


@dataclass(frozen=True)
class Tally:
    """How many pairs of a kind there are, and how many of them are taken for copies."""

    pairs: int = 0
    taken: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.pairs + other.pairs, self.taken + other.taken)

    @property
    def share(self) -> float:
        return self.taken / max(self.pairs, 1)


@dataclass(frozen=True)
class Score:
    """What was taken for copies, by kind.

    `kept` are the copies with half of the original or more, `cut` those with less. `forms` are
    messages of one form with other figures, which no comparison of wording tells from copies.
    """

    kept: dict[str, Tally]
    cut: dict[str, Tally]
    others: dict[str, Tally]
    forms: dict[str, Tally]

    @property
    def recall(self) -> float:
        """Of the copies with half of the original or more, how many are found."""
        return total(self.kept).share

    @property
    def precision(self) -> float:
        """Of what is taken for copies, without messages of one form, how many are."""
        right, wrong = total(self.kept) + total(self.cut), total(self.others)
        return right.taken / max(right.taken + wrong.taken, 1)


def pairs(shared: Path) -> list[Pair]:
    """Every pair of the set, the same ones each time."""
    chance = random.Random(SEED)
    corpora = _texts(shared)
    return [*_copies(corpora, chance), *_others(corpora, chance)]


def _copies(corpora: dict[str, list[str]], chance: random.Random) -> Iterator[Pair]:
    """Edited texts with their originals: every edit of the pages, some of the other texts."""
    for name, texts in corpora.items():
        for text in texts:
            draft = draft_of(text)
            edits = EDITS if name == "pages" else chance.sample(EDITS, _EDITS_OF_A_TEXT)
            for edit in edits:
                result = edit(draft, chance)
                kept = length([p for p in result if p.original]) / length(draft)
                yield Pair(edit.__name__, text, text_of(result), copies=True, kept=kept)


def _others(corpora: dict[str, list[str]], chance: random.Random) -> Iterator[Pair]:
    """Pairs that are no copies, though they have a matter, a form or whole passages in common."""
    for name, texts in corpora.items():
        for one, other in _on_the_same_matter(texts):
            yield Pair(f"same matter, {name}", one, other, copies=False)
    for one, other in combinations(corpora["pages"], 2):
        yield Pair("any two pages", one, other, copies=False)
    news = corpora["wikinews"]
    speeches = [text for text in corpora["whitehouse"] if len(text.split()) > 200]
    for _ in range(150):
        one, other = chance.sample(news, 2)
        below = footer(chance)
        yield Pair("one outlet's footer", f"{one}\n{below}", f"{other}\n{below}", copies=False)
    for _ in range(150):
        one, other = chance.sample(news, 2)
        words = chance.choice(speeches).split()
        start = chance.randrange(len(words) - 120)
        quote = f"“{' '.join(words[start : start + chance.randint(60, 120)])}”"
        both = (_with_inside(one, quote, chance), _with_inside(other, quote, chance))
        yield Pair("one long quotation", *both, copies=False)
    for _ in range(100):
        items = chance.sample(news, 9)
        shortest = min(items, key=len)
        yield Pair("one of a digest", shortest, "\n".join(items), copies=False)
    for _ in range(50):
        yield Pair(FORM, bulletin(chance), bulletin(chance), copies=False)


def _on_the_same_matter(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Each text with the one that has most of its rare words."""
    bags = [Counter(re.findall(r"\w+", text.casefold())) for text in texts]
    spread = Counter(word for bag in bags for word in bag)
    for number, bag in enumerate(bags):
        near = max(
            (other for other in range(len(texts)) if other != number),
            key=lambda other: (
                sum(
                    math.log(len(texts) / spread[word])
                    for word in bag.keys() & bags[other].keys()
                )
                / math.sqrt(len(bags[other]))
            ),
        )
        yield texts[number], texts[near]


def _texts(shared: Path) -> dict[str, list[str]]:
    """The texts of the shared material by corpus, read as the pipeline reads them."""
    corpora = shared / "corpora"
    pages = []
    for line in (corpora / "pages-dev" / "gold.jsonl").read_text("utf-8").splitlines():
        page = json.loads(line)
        body = gzip.decompress((corpora / "pages-dev" / page["file"]).read_bytes())
        address = f"http://site.example{page['url']}"
        pages.append(read(decode_page(body, page["content_type"]), address).text)
    news = []
    for name in ("wikinews-dev-docs", "wikinews-2019-unlabelled-docs"):
        lines = (corpora / "quotes-dev" / f"{name}.jsonl").read_text("utf-8").splitlines()
        news += [json.loads(line)["text"] for line in lines]
    speeches = [
        read(decode_page(path.read_bytes(), "text/markdown"), "").text
        for path in sorted((corpora / "whitehouse").glob("2*.md"))
    ]
    return {"pages": pages, "wikinews": news, "whitehouse": speeches}


def _with_inside(text: str, passage: str, chance: random.Random) -> str:
    lines = text.split("\n")
    lines.insert(chance.randint(1, len(lines)), passage)
    return "\n".join(lines)


def score(made: list[Pair]) -> Score:
    """Compare the sketches of each pair."""
    result = Score({}, {}, {}, {})
    sketched = cache(sketch)
    for pair in made:
        if pair.copies:
            group = result.kept if pair.kept >= 0.5 else result.cut
        else:
            group = result.forms if pair.kind == FORM else result.others
        taken = overlap(sketched(pair.one), sketched(pair.other)).copies
        group[pair.kind] = group.get(pair.kind, Tally()) + Tally(1, taken)
    return result


def total(tallies: dict[str, Tally]) -> Tally:
    """All kinds together."""
    return sum(tallies.values(), Tally())


def main() -> int:
    root = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("DEMARCHE_SHARED") or root.parent / "shared")
    if not shared.is_dir():
        sys.stderr.write(
            f"There is no test material at {shared}; name its folder in DEMARCHE_SHARED.\n"
        )
        return 2
    result = score(pairs(shared))
    for title, tallies in (
        ("Copies, half or more kept", result.kept),
        ("Copies, less kept", result.cut),
        ("No copies", result.others),
        ("No copies, out of reach", result.forms),
    ):
        sys.stdout.write(f"\n{title:28}{'pairs':>8}{'taken for copies':>20}\n")
        for kind, tally in tallies.items():
            sys.stdout.write(f"{kind:28}{tally.pairs:8}{tally.taken:12}{tally.share:8.1%}\n")
    sys.stdout.write(f"\nprecision {result.precision:.4f}, recall {result.recall:.4f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
