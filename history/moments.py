"""How far the history has come, for values that are kept as long as no audited row changes."""

from django.db import connection

Moment = tuple[int | None, int | None]
_NEWEST = "SELECT (SELECT max(number) FROM history_seal), (SELECT max(id) FROM history_change)"


def moment() -> Moment:
    """Return what differs after every recorded change, in two look-ups however long the history.

    Seals are numbered as changes are committed, so that none slips in behind; the newest change
    tells of those that this connection has not committed. Neither number is ever used again.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        seal, change = cursor.fetchone()
    return seal, change
