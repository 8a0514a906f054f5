"""What a statement may be about, as it was coded before: proposed to an editor, and never how."""

from collections.abc import Iterable
from dataclasses import dataclass

from statements.models import Position


@dataclass(frozen=True)
class Matter:
    """A treaty with the numbers of its articles, or an object, or both.

    `label` and `found` are for people: what it is, and who found it.
    """

    treaty: int | None
    object: str
    numbers: tuple[str, ...]
    label: str = ""
    found: str = ""

    @property
    def key(self) -> str:
        """The value by which a form names it."""
        return f"{self.treaty or ''}:{self.object}:{','.join(self.numbers)}"


def named(key: str) -> Matter:
    """The matter of a `key`. Raises `ValueError` for what is none."""
    treaty, about, numbers = key.split(":")
    if not treaty and not about:
        raise ValueError(key)
    articles = tuple(number for number in numbers.split(",") if number)
    return Matter(int(treaty) if treaty else None, Position.Object(about), articles)


def matters_of(positions: Iterable[Position]) -> list[Matter]:
    """What these positions judge, each matter once; they have treaty, provision and coder at
    hand."""
    of_one: dict[tuple[int | None, str], list[Position]] = {}
    for position in positions:
        of_one.setdefault((position.treaty_id, position.object), []).append(position)
    return [_matter(together) for together in of_one.values()]


def _matter(together: list[Position]) -> Matter:
    first = together[0]
    numbers = tuple(dict.fromkeys(p.provision.number for p in together if p.provision))
    parts = [str(first.treaty)] if first.treaty else []
    if numbers:
        parts.append(f"article{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}")
    if first.object:
        parts.append(str(first.get_object_display()).lower())
    coders = dict.fromkeys(str(p.coder) for p in together if p.coder)
    found = f"coded before by {', '.join(coders)}" if coders else "found by machine"
    return Matter(first.treaty_id, first.object, numbers, ", ".join(parts), found)
