"""Who and what is named in a wording, in whichever script, by the register's own name. Pure."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain

from statements.attribution.register import Register
from statements.name_forms import NameForms, fold

_FAMILY = 4  # letters of a family name that is told from words


class NameFinder:
    """Finds names of actors, people and treaties. All names of one of them are one key."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """`names` are the names of each key; one that several share is left out."""
        keys: dict[str, set[str]] = {}
        for key, texts in names.items():
            for text in texts:
                if len(text) > 1:
                    keys.setdefault(fold(text), set()).add(key)
        self._keys = {name: min(known) for name, known in keys.items() if len(known) == 1}
        self._forms = NameForms(self._keys)
        self.find = lru_cache(maxsize=8192)(self._find)

    def _find(self, words: str) -> frozenset[str]:
        """Return the keys of those whom the words name."""
        return frozenset(self._keys[name] for *_, name in self._forms.find(words))


def names_in(register: Register) -> dict[str, list[str]]:
    """Return the names by which texts name the actors and people of a register, whose own names
    are the keys.

    An actor's adjectives and the places that stand for it name it too. An organ's name is its
    own; family names count where nobody shares them.
    """
    found: dict[str, list[str]] = {}
    for actor in register.actors:
        forms = (actor.names, actor.adjectives, actor.nouns, actor.metonyms)
        found.setdefault(actor.name, []).extend(chain(*forms))
    for speaker in register.speakers:
        # «To» and «An» are family names too, and words.
        family = [speaker.family_name] if len(speaker.family_name) >= _FAMILY else []
        found.setdefault(speaker.name, []).extend([*speaker.names, *family])
    return found
