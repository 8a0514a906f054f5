"""Names of works that stand in quotation marks and are no words of anybody."""

from collections.abc import Sequence

_WORKS = {
    "act", "album", "article", "bill", "book", "broadcast", "column", "documentary", "essay",
    "exercise", "exhibit", "exhibition", "film", "magazine", "memoir", "movie", "newspaper", "novel",
    "operation", "painting", "play", "podcast", "poem", "program", "programme", "report", "series",
    "show", "song",
}  # fmt: skip
_MAKERS = {
    "author", "co-host", "creator", "director", "edition", "editor", "episode", "host", "star", "writer",
}  # fmt: skip
_OWNED = {"'s", "on", "titled", "entitled"}
_SMALL = {
    "a", "an", "and", "at", "by", "de", "for", "from", "in", "la", "of", "on", "or", "the", "to", "with",
}  # fmt: skip
_LONGEST = 8


def is_work(words: str, before: Sequence[str]) -> bool:
    """Whether quoted words name a work, by the lower-case words before them.

    All of several words but small ones begin with a capital, and a work's noun, its maker or its
    owner stands before.

    >>> is_work("“Good Morning Strelsau”", ["rna", "'s"])
    True
    >>> is_work("“Good morning to all”", ["said", "on"])
    False
    """
    inner = words.strip("“” .,!?").split()
    if not before or not 2 <= len(inner) <= _LONGEST:
        return False
    if not all(word[0].isupper() or word.lower() in _SMALL for word in inner):
        return False
    if before[-1] == "of":
        return len(before) > 1 and before[-2] in _WORKS | _MAKERS
    return before[-1] in _WORKS | _OWNED
