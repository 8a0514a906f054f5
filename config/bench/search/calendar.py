"""When the invented statements were said: three years with quiet week-ends and busy days."""

from dataclasses import dataclass

import numpy as np

from config.bench.search.register import DAYS, FIRST_DAY

_SEED = 20260606
_BURSTS = 40
_WEEK = (1.0, 1.0, 1.0, 1.0, 0.9, 0.45, 0.35)  # from Monday on


@dataclass(frozen=True)
class Burst:
    """Some days on which one matter is on everybody's lips."""

    first: int  # day of the corpus
    last: int
    weight: float  # how many times as much is said then
    treaty: int
    topic: int
    actors: list[int]


@dataclass(frozen=True)
class Calendar:
    """When how much is said: the share of all up to each day, and what fills a day."""

    cumulated: np.ndarray
    burst_of: list[Burst | None]

    def days(self, share_from: float, share_to: float, count: int) -> list[int]:
        """So many days of the corpus, in order, of that stretch of all that is said."""
        shares = np.linspace(share_from, share_to, count, endpoint=False)
        days = np.searchsorted(self.cumulated, shares, side="right").clip(0, DAYS - 1)
        return [int(day) for day in days]


def calendar() -> Calendar:
    """Three years with quiet week-ends and forty bursts, the same in every run."""
    chance = np.random.default_rng(_SEED)
    first = FIRST_DAY.weekday()
    weights = np.array([_WEEK[(first + day) % 7] for day in range(DAYS)])
    burst_of: list[Burst | None] = [None] * DAYS
    for _ in range(_BURSTS):
        start, length = int(chance.integers(DAYS - 8)), int(chance.integers(2, 8))
        burst = Burst(
            start,
            start + length,
            float(chance.uniform(3, 9)),
            int(chance.integers(40)),
            int(chance.integers(24)),
            chance.choice(172, size=15, replace=False).tolist(),
        )
        for day in range(burst.first, burst.last):
            burst_of[day] = burst
            weights[day] *= burst.weight
    return Calendar(np.cumsum(weights) / weights.sum(), burst_of)
