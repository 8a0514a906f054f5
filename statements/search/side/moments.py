"""Snapshots of the database, in its own notation: which transactions one sees."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """What `pg_current_snapshot` tells: all below `lowest` have ended, none from `next` on has
    begun, and those `running` in between had not ended."""

    lowest: int
    next: int
    running: frozenset[int]

    @classmethod
    def parse(cls, printed: str) -> "Moment":
        """Read `xmin:xmax:xip,xip`.

        >>> Moment.parse("10:20:10,14").running == {10, 14}
        True
        """
        lowest, following, running = printed.split(":")
        return cls(
            int(lowest),
            int(following),
            frozenset(int(one) for one in running.split(",") if one),
        )

    def sees(self, other: "Moment") -> bool:
        """Whether all that the other sees is seen from here, too.

        >>> then, now = Moment.parse("10:20:10,14"), Moment.parse("14:22:14,21")
        >>> now.sees(then), then.sees(now), now.sees(now)
        (True, False, True)
        """
        return other.next <= self.next and all(
            one in other.running or one >= other.next for one in self.running
        )
