"""The search without its page: how much of the processor a query takes, engine by engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.db import DatabaseError

from config.bench.search.asked import Asked
from config.bench.search.found import Found
from config.bench.search.spent import Spent, middle, share, spend
from statements.search.limits import TooBroad

Say = Callable[[str], object]
Engine = Callable[[Asked], Found]


@dataclass
class Told:
    """What an engine took for each query, and in how many answers it differs from the first one,
    by what differs."""

    spent: dict[Asked, Spent] = field(default_factory=dict)
    differences: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def processor(self, kind: str | None = None) -> list[float]:
        """Milliseconds of the processor for each query of a class, or of all."""
        return [
            spent.processor
            for asked, spent in self.spent.items()
            if kind is None or asked.kind == kind
        ]


def ask(
    queries: Sequence[Asked], engines: Mapping[str, Engine], rounds: int
) -> dict[str, Told]:
    """Ask each engine each query: once to warm up and then so many times, of which the median
    counts; with no rounds the first time counts. Answers are compared with the first engine's."""
    told = {name: Told() for name in engines}
    for asked in queries:
        answers: dict[str, Found] = {}
        # The form has read it before any clock runs.
        asked.query, asked.form.moment  # noqa: B018
        for name, engine in engines.items():
            try:
                answers[name], first = spend(partial(engine, asked))
                runs = [spend(partial(engine, asked))[1] for _ in range(rounds)]
            except (DatabaseError, TooBroad, ValueError) as error:
                told[name].failed.append(f"{asked}: {error!r}")
                continue
            told[name].spent[asked] = middle(runs) if runs else first
        right, *others = engines
        for name in others:
            if right in answers and name in answers:
                for what in answers[right].differs(answers[name]):
                    before = told[name].differences.get(what, 0)
                    told[name].differences[what] = before + 1
    return told


def say_classes(say: Say, told: Mapping[str, Told]) -> None:
    """A line for each class: p50 / p95 and the worst of each engine, in milliseconds."""
    kinds = list(dict.fromkeys(asked.kind for one in told.values() for asked in one.spent))
    say(f"{'':18}" + "".join(f"{name:>24}" for name in told))
    for kind in kinds:
        columns = [one.processor(kind) for one in told.values()]
        say(f"{kind:18}" + "".join(map(_column, columns)))


def _column(figures: list[float]) -> str:
    if not figures:
        return f"{'–':>24}"
    told = f"{share(figures, 50):.1f} / {share(figures, 95):.1f} ({max(figures):.1f})"
    return f"{told:>24}"


def say_all(say: Say, told: Mapping[str, Told], beside: str) -> None:
    """A line for each engine: processor and clock, and what the engine `beside` takes."""
    reference = told[beside].processor() if beside in told else []
    for name, one in told.items():
        figures = one.processor()
        if not figures:
            continue
        parts = " / ".join(f"{share(figures, at):.1f}" for at in (50, 95, 99))
        line = f"{name}: p50 / p95 / p99 {parts}, max {max(figures):.1f} ms of the processor"
        server = [spent.server for spent in one.spent.values()]
        wall = [spent.wall for spent in one.spent.values()]
        line += (
            f" (the database's share p50 {share(server, 50):.1f}, p95 {share(server, 95):.1f})"
        )
        line += f"; by the clock {share(wall, 50):.1f} / {share(wall, 95):.1f}"
        if reference and name != beside:
            ratios = [share(figures, at) / share(reference, at) for at in (50, 95)]
            line += f"; {ratios[0]:.2f} / {ratios[1]:.2f} of {beside}"
        say(line)
        _say_besides(say, name, one)


def _say_besides(say: Say, name: str, told: Told) -> None:
    """What was found besides: the slowest queries, and answers that are not the first engine's."""
    slowest = sorted(told.spent, key=lambda asked: -told.spent[asked].processor)[:3]
    named = "; ".join(f"{asked} {told.spent[asked].processor:.1f} ms" for asked in slowest)
    say(f"  slowest: {named}")
    if told.differences:
        found = ", ".join(f"{what} in {count}" for what, count in told.differences.items())
        say(f"  {name} differs: {found} of {len(told.spent)} answers")
    for failure in told.failed[:5]:
        say(f"  {name} failed: {failure}")
    if len(told.failed) > 5:
        say(f"  {name} failed on {len(told.failed)} queries in all")
