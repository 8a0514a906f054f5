"""One page of the timeline: the statements shown, where they stand, and the pages beside it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, Protocol, TypeVar

from django.db.models import QuerySet

from statements.models import Statement
from statements.search.asking import RANKED, Answer, Place
from statements.search.finding import find
from statements.search.kinds import Kind
from statements.timeline.fields import place_as_written
from statements.timeline.form import TimelineForm

# Adds to statements what a record shows of them.
Rows = Callable[[QuerySet[Statement]], QuerySet[Statement]]


class Listed(Protocol):
    """A statement as some list shows it."""

    @property
    def pk(self) -> int: ...
    @property
    def said_on(self) -> date | None: ...


Shown = TypeVar("Shown", bound=Listed)


@dataclass(frozen=True)
class Page(Generic[Shown]):
    """Some statements of a timeline, where they stand in it from 1, and the query strings of the
    pages around, None where there is none; and whether the best come first. `above` is the day of
    the statement that stands next above them, if one does and its day is known."""

    statements: list[Shown]
    answer: Answer
    older: str | None
    newer: str | None
    best: bool
    above: date | None = None

    @property
    def total(self) -> int:
        return self.answer.total

    @property
    def first(self) -> int:
        return self.answer.first

    @property
    def last(self) -> int:
        return self.first + len(self.answer.statements) - 1

    @property
    def is_whole(self) -> bool:
        """Whether nothing stands on another page."""
        return len(self.answer.statements) == self.total

    @property
    def unranked(self) -> str:
        """That the best come first of the newest matches alone; '' where that is no loss."""
        if not self.best or self.total <= RANKED:
            return ""
        return (
            f"The newest {RANKED} of them are put in order by how well they fit; the others are "
            "older and stand under «newest first» alone."
        )


def page_of(
    form: TimelineForm,
    read: Callable[[Sequence[int]], list[Shown]],
    kinds: Collection[Kind] = (),
) -> Page[Shown]:
    """The page that the form asks for, with counts of some kinds in its answer.

    `read` makes of primary keys what is shown of the statements, in their order. A statement that
    was taken away while its page was made is not shown. Raises `TooBroad`.
    """
    part = form.part
    above = part.after.day if part.after else None
    if part.before:
        # One more is read, as nothing else tells what stands above the page.
        part = replace(part, size=part.size + 1)
    answer = find(form.query, part, kinds)
    statements = read(answer.statements)
    if len(answer.statements) > form.part.size:
        next_above, *keys = answer.statements
        above = next((one.said_on for one in statements if one.pk == next_above), None)
        statements = [one for one in statements if one.pk != next_above]
        answer = replace(answer, statements=keys, first=answer.first + 1, newer=True)
    older, newer = _beside(form, answer, statements)
    return Page(statements, answer, older, newer, form.best, above)


def in_order(keys: Collection[int], rows: Rows) -> list[Statement]:
    """The statements with these keys that readers see now, in this order."""
    if not keys:
        return []
    shown = rows(Statement.objects.on_timeline().filter(pk__in=keys)).order_by()
    found = {statement.pk: statement for statement in shown}
    return [found[key] for key in keys if key in found]


def _beside(
    form: TimelineForm, answer: Answer, statements: Sequence[Listed]
) -> tuple[str | None, str | None]:
    """The query strings of the older and the newer page."""
    if form.best:
        size, skipped = form.part.size, form.part.skipped
        back = max(skipped - size, 0)
        return (
            form.address(after=[str(skipped + size)]) if answer.older else None,
            form.address(after=[str(back)] if back else []) if skipped else None,
        )
    if not statements:
        # Nothing stands beyond the place: the list begins elsewhere.
        return None, form.address() if form.part.after or form.part.before else None
    return (
        form.address(after=[_place(statements[-1])]) if answer.older else None,
        form.address(before=[_place(statements[0])]) if answer.newer else None,
    )


def _place(statement: Listed) -> str:
    return place_as_written(Place(statement.said_on, statement.pk))
