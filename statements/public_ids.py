"""Permanent public ids of statements, such as `7F3K2Q`."""

import secrets

# Crockford's base 32: no I, L, O or U, so an id can be read aloud and copied by hand.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 7


def new_public_id() -> str:
    """Return a random id; the database's unique constraint has the last word.

    >>> len(new_public_id())
    7
    """
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
