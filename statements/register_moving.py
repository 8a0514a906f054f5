"""What points to an entry of the register, and how much of it can point to another instead."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db import models
from django.db.models import F
from django.db.models.functions import Now

from statements.models import Actor, Membership, Party, Speaker, Statement
from statements.tellings import note_differences

Entry = Actor | Speaker
Kind = TypeVar("Kind", bound=Entry)
Model = type[models.Model]


@dataclass(frozen=True)
class Moving:
    """Rows of one table that point to an entry by one of their columns.

    `keys` of them can point to the other entry; those that `stay` cannot, as the other has the
    like already. Of joins, which say nothing else, the like is one too many.
    """

    model: Model
    column: str
    keys: tuple[Any, ...]
    stay: tuple[Any, ...] = ()

    @property
    def label(self) -> str:
        """The rows in words, by how many they are: «office», «offices», «places in events»."""
        options = self.model._meta
        plural = len(self.keys) != 1
        if self.model is Party:
            return "places in statements" if plural else "place in a statement"
        if isinstance(options.auto_created, type):
            owner = options.auto_created._meta
            return (
                f"places in {owner.verbose_name_plural}"
                if plural
                else f"place in {owner.verbose_name_plural}"
            )
        return str(options.verbose_name_plural if plural else options.verbose_name)

    @property
    def model_name(self) -> str:
        """The rows in words, however many: «offices»."""
        return replace(self, keys=()).label

    def move(self, to: Entry) -> None:
        """Let the rows point to the other entry, and let go of joins that it has already."""
        rows = self.model._default_manager
        rows.filter(pk__in=self.keys).update(**{self.column: to.pk})
        if self.model._meta.auto_created or self.model is Membership:
            rows.filter(pk__in=self.stay).delete()


def pointing(entry: Entry) -> Iterator[tuple[Model, str]]:
    """Every table and column that may name an entry, but for the pointers of merged ones."""
    for relation in type(entry)._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.field.name != "merged_into":
            assert isinstance(relation.related_model, type)
            yield relation.related_model, relation.field.attname


def moving(entry: Entry, into: Entry) -> list[Moving]:
    """Return what points to `entry`, table by table, for a merge into `into`. Writes nothing."""
    found = (_of_table(model, column, entry, into) for model, column in pointing(entry))
    return [one for one in found if one.keys or one.stay]


def renew(statements: Iterable[int]) -> None:
    """Make statements whose parties changed a new version. Nobody decided about them."""
    keys = set(statements)
    rows = Statement.objects.filter(pk__in=keys)
    rows.update(version=F("version") + 1, changed_at=Now())
    note_differences(keys)


def _of_table(model: Model, column: str, entry: Entry, into: Entry) -> Moving:
    rows = model._default_manager.filter(**{column: entry.pk}).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    stay: set[Any] = set()
    for others in _unique_with(model, column) if keys else ():
        there = model._default_manager.filter(**{column: into.pk})
        taken = set(there.values_list(*others))
        stay |= {key for key, *rest in rows.values_list("pk", *others) if tuple(rest) in taken}
        # No member of a group is that group.
        for name in others:
            if model._meta.get_field(name).related_model is type(entry):
                stay |= set(rows.filter(**{name: into.pk}).values_list("pk", flat=True))
    going = tuple(key for key in keys if key not in stay)
    return Moving(model, column, going, tuple(sorted(stay)))


def _unique_with(model: Model, column: str) -> Iterator[list[str]]:
    """For each constraint in which a column takes part, the other fields of it."""
    together = [list(names) for names in model._meta.unique_together]
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None:
            together.append(list(constraint.fields))
    for names in together:
        of = {name: model._meta.get_field(name) for name in names}
        columns = {getattr(field, "attname", name): name for name, field in of.items()}
        if column in columns:
            yield [name for attname, name in columns.items() if attname != column]
