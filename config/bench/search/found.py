"""What any engine finds for a query, so far as all of them are compared."""

from collections.abc import Mapping
from dataclasses import dataclass

from statements.search.asking import Answer
from statements.search.kinds import Kind

# So many values of each facet are looked for; ties at the end make the last ones arbitrary.
TOP = 20
_MONTHS = 1000


@dataclass(frozen=True)
class Found:
    """How many, the newest of them in the order of showing, and how often a value comes: of each
    kind the `most`, and of our own engines besides the `whole`."""

    total: int
    statements: list[int]
    counts: Mapping[Kind, Mapping[int, int]]
    whole: Mapping[Kind, Mapping[int, int]] | None = None

    def differs(self, other: "Found") -> set[str]:
        """In what the two differ. Where one holds but the most of each facet, of which those with
        equal counts may be any, the highest counts are compared, else all."""
        found = {"total"} if self.total != other.total else set()
        if self.statements != other.statements:
            found.add("rows")
        if self.whole is not None and other.whole is not None:
            return found | {
                kind.value
                for kind in self.whole.keys() | other.whole.keys()
                if self.whole.get(kind) != other.whole.get(kind)
            }
        return found | {
            kind.value
            for kind in self.counts.keys() | other.counts.keys()
            if _highest(self, kind) != _highest(other, kind)
        }


def _highest(found: Found, kind: Kind) -> list[int]:
    return sorted(found.counts.get(kind, {}).values(), reverse=True)[: most(kind)]


def most(kind: Kind) -> int:
    """So many values of a kind are compared."""
    return _MONTHS if kind == Kind.MONTH else TOP


def of_answer(answer: Answer) -> Found:
    """What one of our own engines found."""
    counts = {kind: found.most(most(kind)) for kind, found in answer.counts.items()}
    return Found(answer.total, answer.statements, counts, answer.counts)
