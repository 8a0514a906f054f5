"""Names that tell for whom somebody speaks where the register has none: `lexicon/bodies.csv`."""

from dataclasses import dataclass

from statements.attribution.words import read_table


@dataclass(frozen=True)
class Body:
    """A name and the states or organisations whose it may be, by code.

    `kind` is organisation, territory, region, city, organ, party or armed.
    """

    name: str
    kind: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    adjectives: tuple[str, ...]


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


BODIES = tuple(
    Body(
        row["name"],
        row["kind"],
        tuple(row["code"].split()),
        (row["name"], *_list(row["aliases"])),
        _list(row["adjectives"]),
    )
    for row in read_table("bodies.csv")
)
