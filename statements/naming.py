"""Whom and what words name, by the register's names in all scripts and the treaties' titles."""

from functools import lru_cache

from statements.gazetteer import register_from_database
from statements.likeness.names import NameFinder, names_in
from statements.models import Treaty
from statements.table_versions import Version, version_of

_TABLES = [
    "statements_actor",
    "statements_actorname",
    "statements_speaker",
    "statements_speakername",
    "statements_treaty",
]


def name_finder() -> NameFinder:
    """Return a finder for the names as they stand in the database.

    It is kept for the life of the process and made anew when a row of its tables changed.
    """
    return _finder(version_of(_TABLES))


@lru_cache(maxsize=1)
def _finder(version: Version) -> NameFinder:
    names = names_in(register_from_database())
    for treaty in Treaty.objects.all():
        forms = [*treaty.titles.items(), *treaty.aliases.items()]
        # Notes of the data are not names.
        names[treaty.short_name] = [
            text
            for language, texts in forms
            if language != "note" and not isinstance(texts, str)
            for text in texts
        ]
    return NameFinder(names)


class Names:
    """The names in words, for one run: nothing is asked before words are looked at."""

    def __init__(self) -> None:
        self._finder: NameFinder | None = None

    def __call__(self, words: str) -> frozenset[str]:
        if self._finder is None:
            self._finder = name_finder()
        return self._finder.find(words)
