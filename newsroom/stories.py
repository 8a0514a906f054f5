"""The newsroom's articles, as they stand at a moment of its clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).resolve().parent / "articles"


@dataclass(frozen=True)
class Story:
    """One article. `release` and `edited_after` are seconds of the publication clock."""

    outlet: str
    slug: str
    title: str
    byline: str
    published: str
    release: float
    paragraphs: tuple[str, ...]
    edited_after: float | None = None
    edited: tuple[str, ...] = ()
    undated: bool = False
    twice: bool = False
    wall: bool = False

    @property
    def key(self) -> str:
        return f"{self.outlet}/{self.slug}"

    def text_at(self, seconds: float) -> tuple[str, ...]:
        """The paragraphs as they stand `seconds` after the clock's start."""
        if self.edited_after is not None and seconds >= self.edited_after:
            return self.edited
        return self.paragraphs

    def revised_at(self, seconds: float) -> float:
        """When the page last changed, in seconds of the clock."""
        if self.edited_after is not None and seconds >= self.edited_after:
            return self.edited_after
        return self.release


@cache
def stories() -> tuple[Story, ...]:
    """All articles, in the order in which they are released."""
    rows: list[dict[str, Any]] = []
    for path in sorted(_FOLDER.glob("*.yaml")):
        rows += yaml.safe_load(path.read_text(encoding="utf-8"))
    texts = {f"{row['outlet']}/{row['slug']}": row.get("paragraphs") for row in rows}
    found = [_story(row, texts) for row in rows]
    return tuple(sorted(found, key=lambda story: (story.release, story.published, story.key)))


def _story(row: dict[str, Any], texts: dict[str, Any]) -> Story:
    edited = row.get("edited") or {}
    paragraphs = texts[row["copy_of"]] if "copy_of" in row else row["paragraphs"]
    return Story(
        outlet=row["outlet"],
        slug=row["slug"],
        title=row["title"],
        byline=row["byline"],
        published=row["published"],
        release=float(row["release"]),
        paragraphs=tuple(paragraphs),
        edited_after=edited.get("after"),
        edited=tuple(edited.get("paragraphs", ())),
        undated=bool(row.get("undated")),
        twice=bool(row.get("twice")),
        wall=bool(row.get("wall")),
    )


@dataclass(frozen=True)
class Clock:
    """The publication clock: articles appear as it runs on from `started`."""

    started: datetime
    everything: bool = False

    def seconds(self) -> float:
        """Seconds since the start; far in the future when everything is out."""
        if self.everything:
            return 1e9
        return (datetime.now(UTC) - self.started).total_seconds()

    def moment(self, seconds: float) -> datetime:
        """The wall-clock moment of a number of seconds."""
        return self.started + timedelta(seconds=min(seconds, 1e6))


def kept_clock(path: Path | None, *, everything: bool = False) -> Clock:
    """The clock that the file keeps; it is started now when there is no file yet."""
    started = datetime.now(UTC)
    if path is not None:
        try:
            started = datetime.fromisoformat(path.read_text(encoding="utf-8").strip())
        except (OSError, ValueError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(started.isoformat(), encoding="utf-8")
    return Clock(started, everything)
