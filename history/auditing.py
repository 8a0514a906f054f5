"""How a migration has a table audited."""

from collections.abc import Sequence

from django.db.migrations import RunSQL


class Audit(RunSQL):
    """Has `table` audited by a trigger with these arguments on these operations.

    With `instead_of` the table is audited already, in another way: its rows have their records,
    and go on with them.
    """

    def __init__(
        self,
        table: str,
        arguments: Sequence[str],
        on: str,
        instead_of: "Audit | None" = None,
    ) -> None:
        self.table, self.arguments, self.on = table, tuple(arguments), on
        quoted = ", ".join(f"'{argument}'" for argument in arguments)
        self.trigger = (
            f'CREATE TRIGGER history_record AFTER {on} ON "{table}"'
            f" FOR EACH ROW EXECUTE FUNCTION history_record({quoted});"
        )
        dropped = f'DROP TRIGGER history_record ON "{table}";'
        if instead_of:
            super().__init__(dropped + self.trigger, dropped + instead_of.trigger)
            return
        baseline = f"SELECT history_baseline('{table}', {quoted});"
        super().__init__(self.trigger + (baseline if self.records_insertions else ""), dropped)

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
    instead_of: Audit | None = None,
) -> Audit:
    """Return the operation that records every change of a table from now on.

    `hidden` columns are left out, and a change of them alone is not recorded; of `masked`
    ones only a digest is kept. `owner` is the column and the table of the row that a row
    belongs to, by default itself. Rows that stand already are recorded as a baseline, unless
    `on` leaves insertions out, or the table was audited before, as `instead_of` says.
    """
    column, owner_table = owner or ("id", table)
    return Audit(table, [column, owner_table, _list(hidden), _list(masked)], on, instead_of)


def _list(columns: Sequence[str]) -> str:
    return "{" + ",".join(columns) + "}"
