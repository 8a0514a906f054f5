"""Permanent public ids of statements, such as `7F3K2Q`."""

import secrets
from collections.abc import Sequence
from typing import Any

# Crockford's base 32: no I, L, O or U, so an id can be read aloud and copied by hand.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 7


def new_public_id() -> str:
    """Return a random id, which may be another row's: see `give_free_ids`.

    >>> len(new_public_id())
    7
    """
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def give_free_ids(rows: Sequence[Any]) -> None:
    """Draw again for those of these new rows of one model whose public id another row has.

    Among a million it is one of thirty thousand. Two who draw the same in the same moment are
    left to the unique constraint.
    """
    if not rows:
        return
    stored = type(rows[0])._default_manager
    unsure = list(rows)
    seen: set[str] = set()
    while unsure:
        drawn = [row.public_id for row in unsure]
        taken = set(stored.filter(public_id__in=drawn).values_list("public_id", flat=True))
        again = []
        for row in unsure:
            if row.public_id in taken or row.public_id in seen:
                row.public_id = new_public_id()
                again.append(row)
            else:
                seen.add(row.public_id)
        unsure = again
