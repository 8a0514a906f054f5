"""How a migration has a table audited."""

from collections.abc import Sequence

from django.db.migrations import RunSQL


class Audit(RunSQL):
    """Has `table` audited by a trigger with these arguments on these operations."""

    def __init__(self, table: str, arguments: Sequence[str], on: str) -> None:
        self.table, self.arguments, self.on = table, tuple(arguments), on
        quoted = ", ".join(f"'{argument}'" for argument in arguments)
        forward = (
            f'CREATE TRIGGER history_record AFTER {on} ON "{table}"'
            f" FOR EACH ROW EXECUTE FUNCTION history_record({quoted});"
        )
        if self.records_insertions:
            forward += f"SELECT history_baseline('{table}', {quoted});"
        super().__init__(forward, f'DROP TRIGGER history_record ON "{table}"')

    @property
    def records_insertions(self) -> bool:
        """Whether every row has a record from its first day on."""
        return "INSERT" in self.on


def audit(
    table: str,
    *,
    hidden: Sequence[str] = (),
    masked: Sequence[str] = (),
    owner: tuple[str, str] | None = None,
    on: str = "INSERT OR UPDATE OR DELETE",
) -> Audit:
    """Return the operation that records every change of a table from now on.

    `hidden` columns are left out, and a change of them alone is not recorded; of `masked`
    ones only a digest is kept. `owner` is the column and the table of the row that a row
    belongs to, by default itself. Rows that stand already are recorded as a baseline, unless
    `on` leaves insertions out.
    """
    column, owner_table = owner or ("id", table)
    return Audit(table, [column, owner_table, _list(hidden), _list(masked)], on)


def _list(columns: Sequence[str]) -> str:
    return "{" + ",".join(columns) + "}"
