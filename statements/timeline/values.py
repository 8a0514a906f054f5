"""Values of facets: as the database keys them, as addresses carry them, as readers read them."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.utils.dateformat import format as format_date
from django.utils.text import capfirst

from sources.models import Source
from statements.attribution.words import TITLES
from statements.discrepancies import LABELS, Field
from statements.models import Actor, Event, Position, Provision, Speaker, Statement, Treaty
from statements.owners import owner_name
from statements.search.kinds import Kind
from statements.templatetags.wording import (
    in_a_sentence,
    in_one_case,
    language_name,
    spoken,
)
from statements.timeline import MAIN_TREATY


@dataclass(frozen=True)
class Value:
    """One value of a facet.

    `key` tells it in the database, `address` in addresses, `label` to readers. A `group` stands
    for those that belonged to it on the day said as well; a `part` is counted with another
    value, as an organ is with its state. Both are known where its number was looked up.
    """

    kind: Kind
    key: str
    address: str
    label: str
    group: bool = field(default=False, compare=False)
    part: bool = field(default=False, compare=False)

    @property
    def heading(self) -> str:
        """The label where it stands alone. Names stay as they are written."""
        return self.label if self.kind in _NAMED else capfirst(self.label)


_NAMED = {
    Kind.ACTOR,
    Kind.SPEAKER,
    Kind.TREATY,
    Kind.PROVISION,
    Kind.SOURCE,
    Kind.OWNER,
    Kind.EVENT,
}
# What a key means, of the kinds that have a list of them; in the order of the list.
_WORDS: dict[Kind, dict[str, str]] = {
    Kind.STANCE: {one.value: in_a_sentence(str(one.label)) for one in Position.Stance},
    Kind.LEGAL: {
        one.value: str(one.label) for one in Position.Legal if one != Position.Legal.NONE
    },
    Kind.FORM: {
        one.value: in_a_sentence(in_one_case(str(one.label)))
        for one in Statement.Form
        if one.value
    },
    Kind.REVIEW: {
        "verified": "checked by an editor",
        "machine": "not yet checked",
        "second": "changed by an editor, not yet confirmed",
    },
    Kind.DIFFERS: {one.value: in_a_sentence(LABELS[one]) for one in Field},
}

# Kinds of office that the lexicon of titles names.
_OFFICES = {row["id"]: row["title"] for row in TITLES}


def listed(kind: Kind) -> list[Value]:
    """All values of a kind that has a list of them, in the order of that; of others none."""
    return [Value(kind, key, key, label) for key, label in _WORDS.get(kind, {}).items()]


# What a person stands behind.
CHECKED = Value(Kind.REVIEW, "verified", "verified", "checked by an editor")
# Two that no statement has, and that addresses ask for: whatever was judged or not, and what is
# of no month.
ALL = Value(Kind.REVIEW, "", "all", "all statements")
UNDATED = Value(Kind.MONTH, "", "undated", "day not known")


def worded(kind: Kind, key: str) -> Value | None:
    """A value that its key alone tells; None for another, and where the list has no such key."""
    match kind:
        case Kind.OFFICE:
            label: str | None = _OFFICES.get(key) or spoken(key)
        case Kind.LANGUAGE:
            label = language_name(key)
        case Kind.MONTH:
            label = month_label(key)
        case Kind.OWNER:
            label = owner_name(key)
        case _:
            label = _WORDS.get(kind, {}).get(key)
    return None if label is None else Value(kind, key, key, label)


# A page writes three years of them.
@lru_cache(maxsize=1024)
def month_label(key: str) -> str:
    """Write a month.

    >>> month_label("2024-06")
    'June 2024'
    """
    return format_date(date.fromisoformat(f"{key}-01"), "F Y")


def article_label(number: str) -> str:
    """«Article 4» for a number, the word itself for «preamble».

    >>> article_label("4"), article_label("preamble")
    ('Article 4', 'Preamble')
    """
    return f"Article {number}" if number.isdigit() else number.capitalize()


def provision_value(key: int, number: str, slug: str, treaty: str) -> Value:
    """`4` is an article of the main treaty, `su-kp-1961.1` one of another."""
    label = article_label(number)
    if slug == MAIN_TREATY:
        return Value(Kind.PROVISION, str(key), number, label)
    return Value(Kind.PROVISION, str(key), f"{slug}.{number}", f"{label}, {treaty}")


def value_of(row: Actor | Speaker | Treaty | Provision | Source | Event) -> Value:
    """The value that a row of the register or a source is; of a provision needs its treaty."""
    match row:
        case Actor():
            return Value(Kind.ACTOR, str(row.pk), row.code, row.name)
        case Provision():
            treaty = row.treaty
            return provision_value(row.pk, row.number, treaty.slug, treaty.short_name)
        case Speaker():
            return Value(Kind.SPEAKER, str(row.pk), row.slug, row.name)
        case Treaty():
            return Value(Kind.TREATY, str(row.pk), row.slug, row.short_name)
        case Source():
            return Value(Kind.SOURCE, str(row.pk), row.slug, row.name)
        case Event():
            return Value(Kind.EVENT, str(row.pk), row.slug, row.title)
