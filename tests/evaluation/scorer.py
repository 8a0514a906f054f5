"""The scorer of the shared material, and what one of its sets says beside what we find."""

import importlib
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from statements.attribution import Register, attribute
from statements.attribution.jsonl import as_json
from statements.evaluation import Figures

ROOT = Path(__file__).resolve().parents[2]
_BOOTSTRAP = 400  # samples, as the scorer's notes have it
_OVERLAP = 0.8  # intersection over union from which a span is found


class NoMaterial(Exception):
    """Annotated material is not where it is looked for; the message is a sentence."""


@dataclass(frozen=True)
class AnnotatedSet:
    """Annotated articles: `{stem}-docs.jsonl` and `{stem}-gold.jsonl`.

    `resolved` says that the annotation names the speakers, so that names are compared and not
    only the words that name them.
    """

    name: str
    stem: Path
    resolved: bool


class Piece(NamedTuple):
    """An unbroken piece of a statement as the scorer compares them; `of` is the statement."""

    start: int
    end: int
    kind: str
    of: dict[str, Any]
    required: bool


class Pair(NamedTuple):
    """A piece of the annotation that was found, and as what; `right` says whether the speaker is."""

    gold: int
    found: int
    right: bool


@dataclass(frozen=True)
class Compared:
    """One article: its annotated pieces, those found, and which of them are the same.

    `counted` are the found pieces that count, by their place: not those that overlap only what
    the annotation leaves to taste.
    """

    identity: str
    text: str
    gold: list[Piece]
    found: list[Piece]
    pairs: list[Pair]
    counted: dict[int, bool] = field(default_factory=dict)


def shared_folder() -> Path:
    """The folder of the shared material. Raises `NoMaterial`."""
    folder = Path(os.environ.get("DEMARCHE_SHARED") or ROOT.parent / "shared")
    if not (folder / "corpora" / "quotes-dev").is_dir():
        raise NoMaterial(
            f"There is no test material at {folder}; name its folder in DEMARCHE_SHARED."
        )
    return folder


def sets_of(shared: Path) -> list[AnnotatedSet]:
    """The sets that come with the shared material."""
    corpus = shared / "corpora" / "quotes-dev"
    return [
        AnnotatedSet("wikinews", corpus / "wikinews-dev", resolved=True),
        AnnotatedSet("challenge", corpus / "challenge-dev", resolved=True),
    ]


def polnear(folder: Path) -> AnnotatedSet:
    """PolNeAR's development split as `make_polnear.py` prepares it. Raises `NoMaterial`."""
    stem = folder / "polnear-dev"
    if not all(
        stem.with_name(f"{stem.name}-{part}.jsonl").is_file() for part in ("docs", "gold")
    ):
        raise NoMaterial(
            f"{folder} does not hold polnear-dev-docs.jsonl and polnear-dev-gold.jsonl; "
            "make_polnear.py of the shared material prepares them from a mirror of PolNeAR."
        )
    return AnnotatedSet("polnear", stem, resolved=False)


class Scorer:
    """The scorer's modules, which are no part of this project."""

    def __init__(self, shared: Path) -> None:
        folder = str(shared / "tools" / "quotes")
        kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        sys.path.insert(0, folder)
        try:
            self._score: Any = importlib.import_module("qscore")
            self._load: Any = importlib.import_module("qload")
        finally:
            sys.path.remove(folder)
            sys.dont_write_bytecode = kept

    def measure(self, one: AnnotatedSet, register: Register) -> "Measured":
        """Attribute the articles of a set and score what is found."""
        documents = self._load.read_jsonl(f"{one.stem}-docs.jsonl")
        gold = {row["id"]: row for row in self._load.read_jsonl(f"{one.stem}-gold.jsonl")}
        system = {document["id"]: _attributed(document, register) for document in documents}
        for document in documents:
            self._load.complete(document["text"], gold[document["id"]]["statements"])
        pairs = [(document, gold[document["id"]]) for document in documents]
        summary = self._score.score(pairs, system, tasks=("statements",), bootstrap=_BOOTSTRAP)
        compared = [
            self._compare(one, document, row["statements"], system[document["id"]])
            for document, row in pairs
        ]
        return Measured(one, summary["statements"], compared)

    def show(self, measured: "Measured") -> None:
        """Print all that the scorer says of a set."""
        self._score.show({"statements": measured.summary})

    def _compare(
        self, one: AnnotatedSet, document: Any, gold: list[Any], system: list[Any]
    ) -> Compared:
        text = document["text"]
        regions = self._score.quoted_regions(text)
        ours = self._score.make_units(text, system, regions, False)
        theirs = self._score.make_units(text, gold, regions, True)
        pairs = [
            Pair(g, f, self._is_right(one, text, theirs[g], ours[f]))
            for g, f, _ in self._score.match(theirs, ours, _OVERLAP)
        ]
        to_taste = [unit for unit in theirs if not unit.required]
        paired = {pair.found: pair for pair in pairs}
        counted = {}
        for place, unit in enumerate(ours):
            pair = paired.get(place)
            if pair is None:
                if not self._score.covered(unit, to_taste):
                    counted[place] = False
            elif theirs[pair.gold].required or pair.right:
                counted[place] = pair.right
        return Compared(document["id"], text, _pieces(theirs), _pieces(ours), pairs, counted)

    def _is_right(self, one: AnnotatedSet, text: str, gold: Any, found: Any) -> bool:
        if gold.of.get("speaker_type", "none") == "none":
            return True
        mention, name, _ = self._score.judge_speaker(text, gold.of, found.of)
        return bool(name if one.resolved and name is not None else mention)


@dataclass(frozen=True)
class Measured:
    """A set with its scores (`summary` is the scorer's) and its articles piece by piece."""

    of: AnnotatedSet
    summary: dict[str, Any]
    compared: list[Compared]

    def figures(self, day: date, version: str) -> Figures:
        """The figures to be shown, in per cent with one decimal."""
        key = "end_to_end" if self.of.resolved else "end_to_end_mention"
        end, low_high = self.summary[key], self.summary["interval_95"][key]
        speaker = "speaker" if self.of.resolved else "speaker_mention"
        right, share = self.confident()
        return Figures(
            name=self.of.name,
            measured_on=day,
            version=version,
            articles=len(self.compared),
            statements=self.summary["gold"],
            precision=_percent(end["p"]),
            recall=_percent(end["r"]),
            f1=_percent(end["f"]),
            low=_percent(low_high[0]),
            high=_percent(low_high[1]),
            span_f1=_percent(self.summary["lenient"]["f"]),
            speaker=_percent(self.summary[speaker]),
            country=_percent(self.summary["country"]),
            office=_percent(self.summary["office"]),
            confident_right=_percent(right),
            confident_share=_percent(share),
        )

    def confident(self) -> tuple[float | None, float]:
        """Of what is called confident, how much is right; of all that is found, how much that is."""
        total: Counter[str] = Counter()
        right = 0
        for one in self.compared:
            for place, is_right in one.counted.items():
                level = one.found[place].of["confidence"]
                total[level] += 1
                right += is_right and level == "confident"
        confident = total["confident"]
        return right / confident if confident else None, confident / max(total.total(), 1)


def _attributed(document: dict[str, Any], register: Register) -> list[dict[str, Any]]:
    try:
        day = date.fromisoformat(str(document.get("date"))[:10])
    except ValueError:
        day = None
    found = attribute(
        document["text"], published_on=day, register=register, source=document.get("source")
    )
    return [as_json(one) for one in found]


def _pieces(units: list[Any]) -> list[Piece]:
    return [Piece(u.start, u.end, u.kind, u.of, u.required) for u in units]


def _percent(value: float | None) -> float | None:
    return None if value is None else round(100 * value, 1)
