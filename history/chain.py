"""The chain of seals, computed again here from the changes and not by the database.

The hash of a seal is taken of the hash of the seal before it and of its change as a JSON list.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AT_ONCE = 5000  # rows fetched at a time

# A whole row of JSON is hashed as the database writes it: keys in its order.
_LINKS = """
SELECT s.number, s.change_id, s.hash, c.id, c.at, c."table", c.key, c.operation,
       c.before::text, c.after::text, c.who, c.who_id, c.why, c.act, c.through, c.role,
       c.transaction, c.owner_table, c.owner_key, c.left_key
  FROM history_seal s LEFT JOIN history_change c ON c.id = s.change_id
 ORDER BY s.number
"""
_UNSEALED = """
SELECT c.id, c."table", c.key FROM history_change c
 WHERE NOT EXISTS (SELECT FROM history_seal s WHERE s.change_id = c.id) ORDER BY c.id
"""


@dataclass(frozen=True)
class Link:
    """One seal with what its change says now; `text` is None when the change is gone."""

    number: int
    change: int
    hash: str
    text: str | None
    row: str

    def hash_after(self, previous: str) -> str | None:
        """The hash that this seal must have behind the seal with the hash `previous`."""
        if self.text is None:
            return None
        return hashlib.sha256((previous + self.text).encode()).hexdigest()


def breaks() -> Iterator[str]:
    """Yield a sentence for each seal or change by which the chain does not hold."""
    with transaction.atomic():
        yield from _broken_links()
    with connection.cursor() as cursor:
        cursor.execute(_UNSEALED)
        for change, table, key in cursor:
            yield f"change {change} of {table} {key}: it has no seal"


def _broken_links() -> Iterator[str]:
    before: Link | None = None
    # What the seal before should say, when it says something else.
    mended: str | None = None
    for link in _links():
        expected = before.number + 1 if before else 1
        if link.number != expected:
            missing = (
                str(expected)
                if link.number == expected + 1
                else f"{expected} to {link.number - 1}"
            )
            yield f"seal {missing}: missing before seal {link.number}"
        elif link.text is None:
            yield f"seal {link.number}: its change {link.change} is gone"
        fits = link.hash == link.hash_after(before.hash if before else "")
        if mended is not None and before is not None:
            if link.hash == link.hash_after(mended):
                yield f"seal {before.number}: its hash was altered; change {before.change} is as sealed"
                fits = True
            else:
                yield _altered(before)
        mended = None
        if link.number == expected and link.text is not None and not fits:
            mended = link.hash_after(before.hash if before else "")
        before = link
    if mended is not None and before is not None:
        yield _altered(before)


def _altered(link: Link) -> str:
    return f"seal {link.number}: change {link.change} of {link.row} is not what was sealed"


def _links() -> Iterator[Link]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_LINKS)
        while rows := cursor.fetchmany(_AT_ONCE):
            for number, change, seal, *columns in rows:
                text = None if columns[0] is None else _text(*columns)
                yield Link(number, change, seal, text, f"{columns[2]} {columns[3]}")


def _text(
    pk: int, at: datetime, table: str, key: str, operation: str,
    before: str | None, after: str | None, who: str, who_id: int | None, why: str,
    act: object, through: str, role: str, deed: int, *owner: str,
) -> str:  # fmt: skip
    """A change as the list that is hashed."""
    moment = (at - _EPOCH) // timedelta(microseconds=1)
    row = _json([pk, moment, table, key, operation])[1:-1]
    deed_and_owner = [who, who_id, why, act and str(act), through, role, deed, *owner]
    return f"[{row}, {before or 'null'}, {after or 'null'}, {_json(deed_and_owner)[1:]}"


# As the database writes a list of JSON: letters of all scripts as they are.
_json = json.JSONEncoder(ensure_ascii=False).encode
