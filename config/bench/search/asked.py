"""What the bench asks: an address of the timeline, and what it means for other engines."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict

from statements.search.asking import Part, Query
from statements.search.kinds import Kind
from statements.timeline.form import TimelineForm

# What a page shows of the matches beside 25 of them.
FACETS = (
    Kind.ACTOR, Kind.SPEAKER, Kind.STANCE, Kind.TREATY, Kind.SOURCE, Kind.LANGUAGE,
)  # fmt: skip
KINDS = (*FACETS, Kind.MONTH)


@dataclass(frozen=True)
class Asked:
    """One query by its class and by the parameters of its address."""

    kind: str
    parameters: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return " ".join(f"{key}={value}" for key, value in self.parameters) or "everything"

    @property
    def path(self) -> str:
        """The page of the timeline for it, in its one form."""
        address = self.form.canonical()
        return f"/statements/?{address}" if address else "/statements/"

    @cached_property
    def words(self) -> str:
        """What is typed."""
        return dict(self.parameters).get("q", "")

    @cached_property
    def form(self) -> TimelineForm:
        """The form of the page with this address. Raises `ValueError` for one that is wrong."""
        form = TimelineForm(QueryDict(urlencode(self.parameters)))
        if form.problems:
            raise ValueError(f"{self}: {form.problems}")
        return form

    @property
    def query(self) -> Query:
        """What is asked of the search. The form reads it once and keeps it."""
        return self.form.query

    @property
    def part(self) -> Part:
        return self.form.part


def asked(kind: str, q: str = "", **values: str) -> Asked:
    """One query; underscores stand for what the language keeps for itself, as in `from_`."""
    named = {key.rstrip("_"): value for key, value in values.items()}
    return Asked(kind, tuple(([("q", q)] if q else []) + list(named.items())))
