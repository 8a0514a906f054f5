"""What a person decided lately, one line for each act, so that it can be taken back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User

from statements.models import Review, Statement

LAST = 10
# One act writes a handful of decisions at most, unless it was made on a list in the admin.
_ROWS = 60


@dataclass(frozen=True)
class Deed:
    """One act: its decisions in their order, and the statements that it decided about."""

    act: UUID
    at: datetime
    decisions: tuple[str, ...]
    statements: tuple[Statement, ...]

    def __str__(self) -> str:
        about = ", ".join(one.public_id for one in self.statements[:3])
        more = " …" if len(self.statements) > 3 else ""
        return f"{about}{more} {' and '.join(self.decisions)}"


_DONE = {
    Review.Decision.ENTER: "entered",
    Review.Decision.PUBLISH: "published",
    Review.Decision.REJECT: "rejected",
    Review.Decision.EDIT: "corrected",
    Review.Decision.MERGE: "merged",
    Review.Decision.WITHDRAW: "withdrawn",
    Review.Decision.POSITION: "coded",
    Review.Decision.SPLIT: "split",
    Review.Decision.FLAG: "flagged",
    Review.Decision.UNFLAG: "unflagged",
    Review.Decision.APART: "kept apart",
}


def last_deeds(by: User, limit: int = LAST) -> list[Deed]:
    """The last acts of this person that can be taken back, newest first; one query."""
    rows = Review.objects.filter(by=by).standing().select_related("statement")
    of_act: dict[UUID, list[Review]] = {}
    for row in rows.defer("before", "after").order_by("-pk")[:_ROWS]:
        assert row.act is not None
        of_act.setdefault(row.act, []).append(row)
    return [_deed(act, reviews) for act, reviews in list(of_act.items())[:limit]]


def _deed(act: UUID, reviews: list[Review]) -> Deed:
    in_order = reviews[::-1]
    done = (_DONE[Review.Decision(row.decision)] for row in in_order)
    statements = {row.statement_id: row.statement for row in in_order}
    return Deed(act, in_order[-1].at, tuple(dict.fromkeys(done)), tuple(statements.values()))
