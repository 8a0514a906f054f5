"""`python -m tests.evaluation.stances`: proposed stances against those coded by a person.

Three sets: `stances.yaml`, whose halves were coded before the rules were written, the one looked
at while they were made (development) and the other not (check); and the summaries and fragments
of `statements-seed.yaml`.
"""

import gzip
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from newsroom.stories import stories
from sources.text import decode_page, read
from statements.attribution.register import RegisterActor, read_register
from statements.stance import Passage, Proposal, Span, propose

HALVES = ("development", "check")
# The treaty that all of it is about.
_PARTIES = frozenset({"RU", "KP"})
_WIKINEWS = "quotes-dev"


@dataclass(frozen=True)
class Coded:
    """A passage with the codes that a person gave it; `about` is None where nobody coded it."""

    name: str
    passage: Passage
    stance: str
    legal: str
    about: str | None = None


@dataclass(frozen=True)
class Answer:
    """A coded passage and what the rules propose for it."""

    coded: Coded
    proposal: Proposal


@dataclass(frozen=True)
class Axis:
    """How one axis fares: pairs of (coded, proposed), and what counts as no proposal."""

    pairs: Counter[tuple[str, str]]
    silent: str

    @property
    def proposed(self) -> int:
        return sum(n for (_, code), n in self.pairs.items() if code != self.silent)

    @property
    def precision(self) -> float:
        """Of what is proposed, how much is right."""
        right = sum(n for (gold, code), n in self.pairs.items() if gold == code != self.silent)
        return right / max(self.proposed, 1)

    @property
    def coverage(self) -> float:
        """Of what a person gave a code, how much gets the same."""
        coded = sum(n for (gold, _), n in self.pairs.items() if gold != self.silent)
        right = sum(n for (gold, code), n in self.pairs.items() if gold == code != self.silent)
        return right / max(coded, 1)

    @property
    def agreement(self) -> float:
        """How much is the same, silence included."""
        right = sum(n for (gold, code), n in self.pairs.items() if gold == code)
        return right / max(self.pairs.total(), 1)


def coded(shared: Path, half: str) -> list[Coded]:
    """The statements of one half of `stances.yaml`.

    Raises `ValueError` when the words at an offset are not those that were coded.
    """
    table = yaml.safe_load(Path(__file__).with_name("stances.yaml").read_text("utf-8"))
    return [one for row in table[half] for one in _of_article(shared, row)]


def seeds(shared: Path, part: str) -> list[Coded]:
    """The statements of the seed file as their `summary` or their `quotes`."""
    table = yaml.safe_load((shared / "data" / "statements-seed.yaml").read_text("utf-8"))
    found = []
    for row in table["statements"]:
        fragments = [quote for report in row["reports"] for quote in report["quotes"]]
        text = row["summary"] if part == "summary" else " … ".join(fragments)
        if not text:
            continue
        by = frozenset(actor.upper() for actor in row["actors"])
        passage = Passage(text, 0, len(text), language="en", **_who(by))
        found.append(Coded(row["id"], passage, row["stance"], row["legal"], row["object"]))
    return found


def answers(statements: list[Coded]) -> list[Answer]:
    """What the rules propose for each."""
    return [Answer(one, propose(one.passage)) for one in statements]


def stance_axis(given: list[Answer]) -> Axis:
    """The first axis of the answers."""
    pairs = ((one.coded.stance, one.proposal.stance.code) for one in given)
    return Axis(Counter(pairs), "unclear")


def legal_axis(given: list[Answer]) -> Axis:
    """The second axis of the answers."""
    pairs = ((one.coded.legal, one.proposal.legal.code) for one in given)
    return Axis(Counter(pairs), "none")


def _of_article(shared: Path, row: dict[str, Any]) -> Iterator[Coded]:
    text, language = text_of(shared, row["article"])
    for one in row["statements"]:
        start, end = one["at"]
        words = text[start:end]
        if hashlib.sha256(words.encode()).hexdigest()[:8] != one["sha"]:
            raise ValueError(f"{row['article']} at {start}: these are not the words coded")
        cue = Span(*one["cue"]) if "cue" in one else None
        passage = Passage(
            text, start, end, cue, language,
            medium=one.get("medium", False), **_who(frozenset(one.get("by", ()))),
        )  # fmt: skip
        yield Coded(f"{row['article']} {start}", passage, one["stance"], one["legal"])


def text_of(shared: Path, article: str) -> tuple[str, str]:
    """The text of an article and its language, as the attribution was given it."""
    if article.startswith("newsroom:"):
        return _newsroom(article.removeprefix("newsroom:"))
    path, _, key = article.partition("#")
    if _WIKINEWS in path:
        return _documents(shared / path)[key], "en"
    if path.endswith(".gz"):
        return _page(shared, path)
    return (shared / path).read_text("utf-8"), "en"


def _newsroom(key: str) -> tuple[str, str]:
    name, _, edited = key.partition("#")
    story = next(story for story in stories() if story.key == name)
    text = "\n".join(story.edited if edited else story.paragraphs)
    return text, {"severny": "ru", "hangang": "ko", "minato": "ja"}.get(story.outlet, "en")


@cache
def _documents(path: Path) -> dict[str, str]:
    lines = path.read_text("utf-8").splitlines()
    return {str(one["id"]): one["text"] for one in map(json.loads, lines)}


@cache
def _page(shared: Path, path: str) -> tuple[str, str]:
    folder, _, name = path.partition("/pages/")
    lines = (shared / folder / "gold.jsonl").read_text("utf-8").splitlines()
    page = next(one for one in map(json.loads, lines) if one["file"] == f"pages/{name}")
    body = gzip.decompress((shared / path).read_bytes())
    address = f"http://site.example{page['url']}"
    return read(decode_page(body, page["content_type"]), address).text, page["lang"]


def _who(by: frozenset[str]) -> dict[str, Any]:
    return {
        "by": by,
        "parties": _PARTIES,
        "own": frozenset().union(*(_names(code) for code in by)),
        "party_names": frozenset().union(*(_names(code) for code in _PARTIES)),
    }


@cache
def _names(code: str) -> frozenset[str]:
    actors: dict[str, RegisterActor] = {one.id: one for one in _register()}
    found: set[str] = set()
    for actor in actors.values():
        if actor.code == code and actor.kind in {"state", "organisation"}:
            found |= {actor.name, *actor.names, *actor.metonyms}
    return frozenset(found)


@cache
def _register() -> tuple[RegisterActor, ...]:
    return read_register().actors


def _print_axis(title: str, axis: Axis) -> None:
    sys.stdout.write(
        f"\n{title}: precision {axis.precision:.3f} of {axis.proposed} proposed, "
        f"coverage {axis.coverage:.3f}, same {axis.agreement:.3f} of {axis.pairs.total()}\n"
    )
    proposed = sorted({code for _, code in axis.pairs})
    widths = [max(5, len(code)) for code in proposed]
    header = " ".join(f"{code:>{width}}" for code, width in zip(proposed, widths, strict=True))
    sys.stdout.write(f"{'coded':22}{header}\n")
    for gold in sorted({gold for gold, _ in axis.pairs}):
        counts = (axis.pairs[gold, code] or "·" for code in proposed)
        sys.stdout.write(
            f"{gold:22}"
            + " ".join(f"{n:>{w}}" for n, w in zip(counts, widths, strict=True))
            + "\n"
        )


def _print_errors(given: list[Answer]) -> None:
    for one in given:
        gold = (one.coded.stance, one.coded.legal)
        code = (one.proposal.stance.code, one.proposal.legal.code)
        about = one.coded.about
        if gold != code or (about is not None and about != one.proposal.about):
            shown = [one.coded.passage.text[s.start : s.end] for s in one.proposal.evidence]
            words = one.coded.passage.text[one.coded.passage.start : one.coded.passage.end]
            sys.stdout.write(
                f"\n{one.coded.name}\n  coded {gold}, proposed {code}: {one.proposal.rule}; "
                f"object {about} {one.proposal.about} "
                f"{shown}\n  {words[:300]!r}\n"
            )


def main(options: list[str]) -> int:
    """Print the tables; a set's name narrows them to it, `--errors` lists what differs."""
    root = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("DEMARCHE_SHARED") or root.parent / "shared")
    if not shared.is_dir():
        sys.stderr.write(
            f"There is no test material at {shared}; name its folder in DEMARCHE_SHARED.\n"
        )
        return 2
    wanted = [option for option in options if not option.startswith("-")]
    for name in wanted or [*HALVES, "summary", "quotes"]:
        given = answers(coded(shared, name) if name in HALVES else seeds(shared, name))
        sys.stdout.write(f"\n== {name}: {len(given)} statements\n")
        _print_axis("stance", stance_axis(given))
        _print_axis("legal", legal_axis(given))
        objects = [one for one in given if one.coded.about is not None]
        if objects:
            same = sum(one.coded.about == one.proposal.about for one in objects)
            unnamed = sum(not one.proposal.about for one in objects)
            sys.stdout.write(
                f"\nobject: {same} of {len(objects)} the same, {unnamed} not named\n"
            )
        if "--errors" in options:
            _print_errors(given)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
