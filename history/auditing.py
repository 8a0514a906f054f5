"""How a migration has a table audited."""

from collections.abc import Sequence

from django.db.migrations import RunSQL

_ALONE = "UPDATE OR DELETE"
_ALL = f"INSERT OR {_ALONE}"


class Audit(RunSQL):
    """Has `table` audited by a trigger with these arguments on these operations.

    With `together` rows that one statement inserts are recorded in one pass. With `instead_of`
    the table is audited already, in another way: its rows have their records, and go on with
    them.
    """

    def __init__(
        self,
        table: str,
        arguments: Sequence[str],
        on: str,
        together: bool = False,
        instead_of: "Audit | None" = None,
    ) -> None:
        self.table, self.arguments, self.on = table, tuple(arguments), on
        quoted = ", ".join(f"'{argument}'" for argument in arguments)
        self.triggers = (
            f'CREATE TRIGGER history_record AFTER {_ALONE if together else on} ON "{table}"'
            f" FOR EACH ROW EXECUTE FUNCTION history_record({quoted});"
        )
        self.dropped = f'DROP TRIGGER history_record ON "{table}";'
        if together:
            self.triggers += (
                f'CREATE TRIGGER history_record_new AFTER INSERT ON "{table}"'
                " REFERENCING NEW TABLE AS new_rows"
                f" FOR EACH STATEMENT EXECUTE FUNCTION history_record_new({quoted});"
            )
            self.dropped += f'DROP TRIGGER history_record_new ON "{table}";'
        if instead_of:
            super().__init__(
                instead_of.dropped + self.triggers, self.dropped + instead_of.triggers
            )
            return
        baseline = f"SELECT history_baseline('{table}', {quoted});"
        super().__init__(
            self.triggers + (baseline if self.records_insertions else ""), self.dropped
        )

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
    on: str = _ALL,
    together: bool = False,
    instead_of: Audit | None = None,
) -> Audit:
    """Return the operation that records every change of a table from now on.

    `hidden` columns are left out, and a change of them alone is not recorded; of `masked`
    ones only a digest is kept. `owner` is the column and the table of the row that a row
    belongs to, by default itself. Of a table into which many rows come at once, those of one
    statement are recorded `together`. Rows that stand already are recorded as a baseline, unless
    `on` leaves insertions out, or the table was audited before, as `instead_of` says.
    """
    if together and on != _ALL:
        raise ValueError("Only where all is recorded can new rows be recorded together.")
    column, owner_table = owner or ("id", table)
    return Audit(
        table, [column, owner_table, _list(hidden), _list(masked)], on, together, instead_of
    )


def _list(columns: Sequence[str]) -> str:
    return "{" + ",".join(columns) + "}"
