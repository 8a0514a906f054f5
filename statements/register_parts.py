"""What may stand in an exchanged file: its parts, their fields, and its columns as CSV. Pure.

The same rows are written and read as YAML, nested, and as CSV, one row for each office of a
speaker and for each article and action of a treaty. They are a superset of the project's own
files in `statements/data`.
"""

from dataclasses import dataclass
from enum import Enum, auto

from statements.attribution.register import ACTOR_KINDS
from statements.register_voices import NAME_COLUMNS, NATIVE

# Names the state of a row at its export, so that an import tells who changed what since.
VERSION = "version"


class Kind(Enum):
    """What a field holds."""

    TEXT = auto()
    FLAG = auto()
    LIST = auto()  # of texts
    NAMES = auto()  # a list of texts for each language
    WORDS = auto()  # a text for each language, or a list of them


@dataclass(frozen=True)
class Part:
    """One sort of row: its fields, those it must have, the rows in it, its prefix in CSV."""

    table: str
    noun: str
    fields: dict[str, Kind]
    required: tuple[str, ...]
    inside: tuple[tuple[str, "Part"], ...] = ()
    prefix: str = ""


def _fields(
    text: str,
    lists: str = "",
    names: str = "",
    words: str = "",
    flags: str = "",
    order: str = "",
) -> dict[str, Kind]:
    kinds = dict.fromkeys(text.split(), Kind.TEXT)
    kinds |= dict.fromkeys(lists.split(), Kind.LIST)
    kinds |= dict.fromkeys(names.split(), Kind.NAMES)
    kinds |= dict.fromkeys(words.split(), Kind.WORDS)
    kinds |= dict.fromkeys(flags.split(), Kind.FLAG)
    kinds["evidence"] = Kind.LIST
    kinds |= dict.fromkeys(("confidence", "note", VERSION), Kind.TEXT)
    assert not order or set(order.split()) <= set(kinds)
    return {name: kinds[name] for name in dict.fromkeys([*order.split(), *kinds])}


_NATIVE = " ".join(f"name_{language}" for language in NATIVE)

ACTOR = Part(
    "actors",
    "actor",
    _fields(
        f"id code kind iso2 iso3 name official_name {_NATIVE} parent valid_from valid_to",
        lists=f"{' '.join(NAME_COLUMNS.values())} aliases_native more_names groups",
        order="id code kind iso2 iso3 name official_name",
    ),
    ("id", "kind", "name"),
)
OFFICE = Part(
    "offices",
    "office",
    _fields(
        "id title title_id rank actor organ start start_precision start_basis end end_precision "
        "end_basis attested_from attested_to verified_to",
        flags="acting",
    ),
    ("id", "title", "actor"),
    prefix="office_",
)
SPEAKER = Part(
    "speakers",
    "speaker",
    _fields(
        "id slug kind name family_name gender wikidata_id actor",
        lists="aliases native_checked more_names",
        words="native",
    ),
    ("id", "name"),
    inside=(("offices", OFFICE),),
)
ARTICLE = Part(
    "provisions",
    "article",
    _fields("id path order heading summary verified", lists="clauses", words="texts"),
    ("path",),
)
ACTION = Part(
    "actions",
    "action",
    _fields("id kind actor date precision place what", lists="by"),
    ("kind",),
)
TREATY = Part(
    "treaties",
    "treaty",
    _fields(
        "id slug kind short_name signed signed_precision in_force in_force_precision summary "
        "number year date subject",
        lists="parties concerns",
        names="titles aliases",
    ),
    ("id", "kind"),
    inside=(("articles", ARTICLE), ("actions", ACTION)),
)
EVENT = Part(
    "events",
    "event",
    _fields(
        "id slug title kind start end precision place country treaty provision symbol",
        lists="actors speakers participants related",
    ),
    ("id", "title", "kind", "start"),
)
# What one file holds, by the table of its rows.
PARTS = {part.table: part for part in (ACTOR, SPEAKER, TREATY, EVENT)}
# Fields that are read from the project's own files and never written.
READ_ONLY = {
    "treaties": {"number", "year", "date", "subject"},
    "events": {"participants"},
}
ACTOR_WORDS = {word: name for name, word in ACTOR_KINDS.items()}


def tables_of(table: str) -> tuple[str, ...]:
    """The tables of which a file of `table` holds rows."""
    part = PARTS[table]
    return (part.table, *(inner.table for _, inner in part.inside))


def written(part: Part) -> list[str]:
    """The fields of a part that an export has, in their order."""
    return [name for name in part.fields if name not in READ_ONLY.get(part.table, set())]


def columns(table: str) -> list[str]:
    """The header of a CSV file of a table."""
    part = PARTS[table]
    if table == "treaties":
        names = ["part", "treaty"]
        for one in (part, *(inner for _, inner in part.inside)):
            names += [name for name in written(one) if name not in names]
        return names
    return written(part) + [
        inner.prefix + name for _, inner in part.inside for name in written(inner)
    ]
