"""`python -m tests.evaluation.matches`: whether reports of one statement are taken for one.

The pairs were labelled by one reader. Half of the groups were looked at while the rules were
made («tuning»), the others only once they were done («check»); the hash of a group's name tells.
"""

import hashlib
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from sources.text import decode_page, read
from statements.attribution.register import DATA, read_register
from statements.likeness import PERHAPS, SAME, Likeness, Report, judge
from statements.likeness.names import NameFinder, names_in
from tests.evaluation.stances import text_of

HALVES = ("tuning", "check")
_WHITEHOUSE = "corpora/whitehouse/"
# What an outlet makes of a statement; a change by hand makes another statement of it.
_CHANGES = {"number", "negation", "modal", "word"}
# A fragment may leave out what was changed, so that nothing tells it from the forgery.
_FRAGMENTS = {"part", "mixed", "headline"}


@dataclass(frozen=True)
class Pair:
    """Two reports, whether they are of one statement, and what kind of pair they are."""

    name: str
    one: Report
    other: Report
    same: bool
    kind: str
    half: str


@dataclass(frozen=True)
class Answer:
    """A labelled pair and what the rules say of it."""

    pair: Pair
    likeness: Likeness


@dataclass(frozen=True)
class Score:
    """How the answers fare. What is «same» is joined by machine; «perhaps» is offered."""

    answers: tuple[Answer, ...]

    @property
    def joined(self) -> int:
        return sum(one.likeness.verdict == SAME for one in self.answers)

    @property
    def precision(self) -> float:
        """Of what is joined by machine, how much is of one statement."""
        right = sum(one.likeness.verdict == SAME and one.pair.same for one in self.answers)
        return right / max(self.joined, 1)

    @property
    def recall(self) -> float:
        """Of what is of one statement, how much is joined by machine."""
        return self._found({SAME})

    @property
    def within(self) -> "Score":
        """The pairs within one language, as only those are joined by machine."""
        return Score(
            tuple(
                one for one in self.answers if one.pair.one.language == one.pair.other.language
            )
        )

    @property
    def reached(self) -> float:
        """Of what is of one statement, how much is joined or offered."""
        return self._found({SAME, PERHAPS})

    @property
    def offered_right(self) -> float:
        """Of what is offered, how much is of one statement."""
        offered = [one for one in self.answers if one.likeness.verdict == PERHAPS]
        return sum(one.pair.same for one in offered) / max(len(offered), 1)

    def _found(self, verdicts: set[str]) -> float:
        same = [one for one in self.answers if one.pair.same]
        return sum(one.likeness.verdict in verdicts for one in same) / max(len(same), 1)


def pairs(shared: Path, half: str = "") -> list[Pair]:
    """The labelled pairs of a half, or all. Raises `ValueError` where words have moved."""
    found = [*_invented(), *_of_corpora(shared), *_made(shared)]
    return [pair for pair in found if not half or pair.half == half]


def answers(some: list[Pair]) -> Score:
    """What the rules say of each pair."""
    return Score(tuple(Answer(pair, judge(pair.one, pair.other)) for pair in some))


def _invented() -> Iterator[Pair]:
    table = _table("matches-invented.yaml")
    finder = NameFinder(table["names"])
    for group in table["groups"]:
        rows = group["reports"]
        reports = [
            Report(
                row["words"], row["lang"], row["day"], row.get("dated", False),
                group["form"], "", finder.find,
            )
            for row in rows
        ]  # fmt: skip
        yield from _combined(group["group"], rows, reports)


def _of_corpora(shared: Path) -> Iterator[Pair]:
    for group in _table("matches.yaml")["groups"]:
        if "reports" in group:
            rows = group["reports"]
            reports = [_report(shared, group, row["document"], row["at"]) for row in rows]
            for row, report in zip(rows, reports, strict=True):
                _check(group["group"], report.words, row["sha"])
            yield from _combined(group["group"], rows, reports)
            continue
        for number, row in enumerate(group["pairs"]):
            at, days = row["at"], row.get("days", [group.get("day")] * 2)
            documents = row.get("documents", [group.get("document")] * 2)
            one = _report(shared, {**group, "day": days[0]}, documents[0], at[:2])
            other = _report(shared, {**group, "day": days[1]}, documents[1], at[2:])
            _check(group["group"], one.words + other.words, row["sha"])
            yield Pair(
                f"{group['group']} {number}", one, other, row["same"],
                row["kind"] if row["same"] else f"another {row['kind']}",
                _half(group["group"]),
            )  # fmt: skip


def _made(shared: Path) -> Iterator[Pair]:
    """Quotations of an annotated corpus with what is made of them here: cut, with another
    number, denied; and with the other quotations of their speaker."""
    folder = shared / "corpora" / "quotes-dev"
    texts = {row["id"]: row for row in _lines(folder / "wikinews-dev-docs.jsonl")}
    for row in _lines(folder / "wikinews-dev-gold.jsonl"):
        text, day = texts[row["id"]]["text"], date.fromisoformat(texts[row["id"]]["date"])
        quoted = [one for one in row["statements"] if one["kind"] != "indirect"]
        spoken = [(one["speaker"], text[one["start"] : one["end"]]) for one in quoted]
        for number, (speaker, words) in enumerate(spoken):
            made = [("part, cut", _cut(words), True), ("number", _recounted(words), False),
                    ("negation", _denied(words), False)]  # fmt: skip
            for kind, other, same in made:
                if other is not None:
                    yield _made_pair(row["id"], day, words, other, same, kind)
            for name, other in spoken[number + 1 :]:
                if name == speaker and other != words:
                    yield _made_pair(row["id"], day, words, other, False, "point")


def _made_pair(name: str, day: date, words: str, other: str, same: bool, kind: str) -> Pair:
    reports = [Report(one, "en", day, find_names=_finder().find) for one in (words, other)]
    return Pair(
        name, reports[0], reports[1], same, kind if same else f"another {kind}, made", _half(name)
    )  # fmt: skip


def _cut(words: str) -> str | None:
    """The first two thirds of a long quotation."""
    pieces = words.split()
    return " ".join(pieces[: 2 * len(pieces) // 3]) if len(pieces) >= 12 else None


def _recounted(words: str) -> str | None:
    """The words with three added to their first number."""
    changed = re.sub(r"\d+", lambda match: str(int(match.group()) + 3), words, count=1)
    return changed if changed != words else None


def _denied(words: str) -> str | None:
    """The words with their first «not» left out, or one put behind their first helping verb."""
    without = re.sub(r"\bnot ", "", words, count=1)
    if without != words:
        return without
    helping = r"\b(is|are|was|were|will|would|can|could|should|must|has|have) (?!been)"
    denied = re.sub(helping, r"\1 not ", words, count=1)
    return denied if denied != words else None


def _combined(name: str, rows: list[dict[str, Any]], reports: list[Report]) -> Iterator[Pair]:
    """Every two reports of a group, but for parts of one statement that share nothing, and for
    fragments with the forgeries of their statement."""
    for (x, one), (y, other) in combinations(list(zip(rows, reports, strict=True)), 2):
        same = x["of"] == y["of"]
        if same and {"piece"} <= x.keys() & y.keys() and x["piece"] != y["piece"]:
            continue
        if not same and {x["how"], y["how"]} & _CHANGES and {x["how"], y["how"]} & _FRAGMENTS:
            continue
        yield Pair(name, one, other, same, _kind(x, y, one, other), _half(name))


def _kind(x: dict[str, Any], y: dict[str, Any], one: Report, other: Report) -> str:
    """What kind of pair it is, by what was done to the words."""
    across = one.language != other.language
    if x["of"] != y["of"]:
        changes = [row["how"] for row in (x, y) if row["how"] in _CHANGES]
        if changes and not across:
            return f"another {changes[0]}"
        if across:
            return "another point, across languages"
        return "another occasion" if one.day != other.day else "another point"
    if across:
        return "translation"
    hows = {x["how"], y["how"]}
    for how in ("headline", "paraphrase", "mixed", "part", "reported", "translation"):
        if how in hows:
            return how
    return "the same words"


def _report(shared: Path, group: dict[str, Any], document: str, at: list[int]) -> Report:
    text, language = _text(shared, document)
    words = text[at[0] : at[1]]
    day = group["day"]
    return Report(
        words, language, day if isinstance(day, date) else date.fromisoformat(day),
        group.get("dated", False), group.get("form", ""), "", _finder().find,
    )  # fmt: skip


@cache
def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _text(shared: Path, document: str) -> tuple[str, str]:
    if document.startswith(_WHITEHOUSE):
        return _whitehouse(shared / document), "en"
    return text_of(shared, document)


@cache
def _whitehouse(path: Path) -> str:
    return read(decode_page(path.read_bytes(), "text/markdown"), "").text


def _check(name: str, words: str, digits: str) -> None:
    if hashlib.sha256(words.encode()).hexdigest()[:8] != digits:
        raise ValueError(f"{name}: these are not the words labelled: {words[:40]!r}")


def _half(group: str) -> str:
    return HALVES[hashlib.sha256(group.encode()).digest()[0] % 2]


@cache
def _finder() -> NameFinder:
    names = names_in(read_register())
    treaties = yaml.safe_load((DATA / "treaties.yaml").read_text("utf-8"))
    for treaty in treaties["treaties"]:
        texts = [text for form in ("titles", "aliases") for text in _texts(treaty.get(form))]
        names[treaty["short_name"]] = texts
    return NameFinder(names)


def _texts(forms: dict[str, Any] | None) -> Iterator[str]:
    for language, texts in (forms or {}).items():
        if language != "note" and not isinstance(texts, str):
            yield from texts


@cache
def _table(name: str) -> Any:
    return yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))


def _print(half: str, score: Score) -> None:
    same = sum(one.pair.same for one in score.answers)
    sys.stdout.write(
        f"\n== {half}: {len(score.answers)} pairs, {same} of one statement\n"
        f"joined by machine: {score.joined}, precision {score.precision:.3f}, "
        f"recall {score.recall:.3f}, within one language {score.within.recall:.3f}; joined or offered: recall {score.reached:.3f}; "
        f"of what is offered {score.offered_right:.3f} is right\n\n"
        f"{'':42}{'pairs':>7}{'same':>7}{'perhaps':>9}{'different':>11}\n"
    )
    kinds = sorted({(not one.pair.same, one.pair.kind) for one in score.answers})
    for other, kind in kinds:
        given = [
            one for one in score.answers if (not one.pair.same, one.pair.kind) == (other, kind)
        ]
        count = Counter(one.likeness.verdict for one in given)
        label = f"{'two' if other else 'one'}: {kind}"
        sys.stdout.write(
            f"{label:42}{len(given):7}{count[SAME] or '·':>7}{count[PERHAPS] or '·':>9}"
            f"{count['different'] or '·':>11}\n"
        )


def _print_errors(score: Score) -> None:
    for one in score.answers:
        verdict = one.likeness.verdict
        wrong = verdict == SAME and not one.pair.same
        missed = verdict == "different" and one.pair.same
        if wrong or missed:
            sys.stdout.write(
                f"\n{one.pair.name}, {one.pair.kind}: {one.likeness}\n"
                f"  {one.pair.one.words[:300]!r}\n  {one.pair.other.words[:300]!r}\n"
            )


def main(options: list[str]) -> int:
    """Print the tables; a half's name narrows them to it, `--errors` lists what is wrong."""
    root = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("DEMARCHE_SHARED") or root.parent / "shared")
    if not shared.is_dir():
        sys.stderr.write(
            f"There is no test material at {shared}; name its folder in DEMARCHE_SHARED.\n"
        )
        return 2
    for half in [option for option in options if option in HALVES] or HALVES:
        score = answers(pairs(shared, half))
        _print(half, score)
        if "--errors" in options:
            _print_errors(score)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
