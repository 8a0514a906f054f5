"""How far coders agree: Krippendorff's alpha over statements that more than one has coded.

NLTK computes it, as its licence is ours; `docs/decisions` weighs it. It takes a fifth of a second
and forty megabytes to load, so that is left until a figure is asked for.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from operator import attrgetter

from history.moments import Moment, moment
from statements.models import Position, Statement

LEAST = 30  # statements that both have coded; below it a figure would say nothing


@dataclass(frozen=True)
class Code:
    """What one coder made of one statement; `place` is that of the stance on the scale."""

    statement: int
    stance: str
    place: int | None
    legal: str
    version: str


# One matter of one statement, by one version of the codebook.
Unit = tuple[object, ...]


@dataclass(frozen=True)
class Agreement:
    """How far some coders agree on one axis.

    `statements` and `pairs` of codes were compared; `left_out` statements were coded by both,
    but at least one code has no place on the scale. `alpha` is 1 where all agree and 0 where
    they agree as by chance; None with fewer statements than `LEAST`, or when all codes are one
    and the same, so that there is no chance to compare with.
    """

    axis: str
    statements: int
    pairs: int
    left_out: int
    alpha: float | None
    one_code: bool

    @property
    def too_few(self) -> bool:
        return self.statements < LEAST


@dataclass(frozen=True)
class Compared:
    """Who is compared, on each axis, and by which versions of rules and codebook they coded."""

    who: str
    axes: tuple[Agreement, ...]
    versions: tuple[str, ...] = ()


def agreement() -> tuple[Compared, Compared]:
    """People among themselves, and the machine against people; kept until something changes."""
    return _compared(moment())


@lru_cache(maxsize=1)
def _compared(moment: Moment) -> tuple[Compared, Compared]:
    units: dict[Unit, dict[int | None, Code]] = defaultdict(dict)
    for unit, coder, code in _coded():
        units[unit][coder] = code  # of several by the machine the latest
    people = [
        [code for coder, code in codes.items() if coder is not None] for codes in units.values()
    ]
    mixed = [
        [codes[None], code]
        for codes in units.values()
        if None in codes
        for coder, code in codes.items()
        if coder is not None
    ]
    versions = sorted({machine.version for machine, _ in mixed if machine.version})
    return (
        Compared("People among themselves", _axes(people)),
        Compared("The machine against people", _axes(mixed), tuple(versions)),
    )


def _coded() -> Iterator[tuple[Unit, int | None, Code]]:
    """Codes of statements that a person has coded and nobody has judged away."""
    shown = Statement.objects.on_timeline().order_by()
    coded = shown.filter(pk__in=Position.objects.by_person().values("statement"))
    rows = Position.objects.filter(statement__in=coded.values("pk")).order_by("pk")
    for statement, treaty, provision, codebook, coder, stance, legal, about, version in rows.values_list(
        "statement_id", "treaty_id", "provision_id", "codebook", "coder_id",
        "stance", "legal", "object", "version",
    ):  # fmt: skip
        code = Code(statement, stance, Position.value_of(stance, about), legal, version)
        matter = (treaty, provision) if treaty else about
        yield (statement, matter, codebook), coder, code


def _axes(units: Sequence[Sequence[Code]]) -> tuple[Agreement, ...]:
    return (
        _agreement("stance, by its place on the scale", units, attrgetter("place"), _interval),
        _agreement("stance, by its word", units, attrgetter("stance"), _nominal),
        _agreement("legal judgement", units, attrgetter("legal"), _nominal),
    )


def _interval(first: float, second: float) -> float:
    return (first - second) ** 2


def _nominal(first: object, second: object) -> float:
    return 0.0 if first == second else 1.0


def _agreement(
    axis: str,
    units: Sequence[Sequence[Code]],
    code_of: Callable[[Code], Hashable],
    distance: Callable[..., float],
) -> Agreement:
    """Compare codes unit by unit; a code that is None has no place and is left out."""
    statements, left_out = set(), set()
    pairs = 0
    data: list[tuple[int, int, Hashable]] = []
    for number, codes_of in enumerate(units):
        codes = [code for one in codes_of if (code := code_of(one)) is not None]
        if len(codes) > 1:
            statements.add(codes_of[0].statement)
            pairs += sum(1 for _ in combinations(codes, 2))
            data += [(coder, number, code) for coder, code in enumerate(codes)]
        elif len(codes_of) > 1:
            left_out.add(codes_of[0].statement)
    one_code = len({code for _, _, code in data}) == 1
    enough = len(statements) >= LEAST and not one_code
    alpha = _alpha(data, distance) if enough else None
    left = len(left_out - statements)
    return Agreement(axis, len(statements), pairs, left, alpha, one_code)


def _alpha(data: Sequence[tuple[int, int, Hashable]], distance: Callable[..., float]) -> float:
    from nltk.metrics.agreement import AnnotationTask  # costs what is said above

    return float(AnnotationTask(data=list(data), distance=distance).alpha())
