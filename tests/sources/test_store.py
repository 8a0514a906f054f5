"""Bytes are stored once, and damage is found."""

import pytest

from sources import store


def test_the_same_bytes_are_one_file() -> None:
    digest = store.keep(b"words")

    assert store.keep(b"words") == digest
    assert store.load(digest) == b"words"
    assert [path.name for path in store.path_of(digest).parent.iterdir()] == [digest]


@pytest.mark.parametrize("damage", [b"", b"other", None])
def test_damage_is_found(damage: bytes | None) -> None:
    digest = store.keep(b"words")
    if damage is None:
        store.path_of(digest).unlink()
    else:
        store.path_of(digest).write_bytes(damage)

    with pytest.raises(store.SnapshotDamaged):
        store.load(digest)
