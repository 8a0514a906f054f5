"""How a migration has a table audited."""

from collections.abc import Sequence

from django.db.migrations import RunSQL


def audit(
    table: str,
    *,
    hidden: Sequence[str] = (),
    masked: Sequence[str] = (),
    owner: tuple[str, str] | None = None,
    on: str = "INSERT OR UPDATE OR DELETE",
) -> RunSQL:
    """Return the operation that records every change of a table from now on.

    `hidden` columns are left out, and a change of them alone is not recorded; of `masked`
    ones only a digest is kept. `owner` is the column and the table of the row that a row
    belongs to, by default itself. Rows that stand already are recorded as a baseline, unless
    `on` leaves insertions out.
    """
    column, owner_table = owner or ("id", table)
    arguments = [column, owner_table, _list(hidden), _list(masked)]
    quoted = ", ".join(f"'{argument}'" for argument in arguments)
    forward = (
        f'CREATE TRIGGER history_record AFTER {on} ON "{table}"'
        f" FOR EACH ROW EXECUTE FUNCTION history_record({quoted});"
    )
    if "INSERT" in on:
        forward += f"SELECT history_baseline('{table}', {quoted});"
    return RunSQL(forward, f'DROP TRIGGER history_record ON "{table}"')


def _list(columns: Sequence[str]) -> str:
    return "{" + ",".join(columns) + "}"
