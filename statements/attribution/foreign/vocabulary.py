"""Word lists as they are written: words in one string, parted by spaces."""


def words(text: str) -> frozenset[str]:
    """The words of a string, without order."""
    return frozenset(text.split())
