"""Where an actor stands on a treaty or a provision, by the rule of `authority`.

A published statement that a person has coded counts. What the machine proposes is ruled apart
from it: there a person's code on a statement still goes before the machine's. A statement of
several issuers counts for each; organs and media of a state speak for it, while organs of an
organisation, and blocs, stand for themselves.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from history.moments import Moment, moment
from statements.authority import Authority, Said, Voice, authority_of, last_day, rule
from statements.models import Actor, Party, Position, Provision, Statement, Treaty
from statements.models.dates import Precision
from statements.stance.objects import ON_THE_PACT

# Whose words are those of the actor they belong to.
_OF_THEIR_STATE = (Actor.Kind.STATE_ORGAN, Actor.Kind.MEDIA)
_IN_WRITING = (Statement.Form.JOINT_STATEMENT, Statement.Form.WRITTEN_STATEMENT)

# Where a matter and its voices stand, seen from a position.
_VOICE = "statement__parties__"
_MATTER = ("treaty_id", "provision_id")
_SAME_VOICE = ("speaker", "office", "printed", "body", "form", "organ", "silent")
_SHOWN = (
    "statement_id", "statement__public_id", "statement__said_on", "statement__said_on_to",
    "statement__said_on_precision",
    "stance", "legal", "object", "coder_id", "coded_at",
    f"{_VOICE}speaker__name", f"{_VOICE}speaker__slug", f"{_VOICE}speaker__kind",
    f"{_VOICE}office__title", f"{_VOICE}office__title_kind", f"{_VOICE}office__rank",
    f"{_VOICE}office__end", f"{_VOICE}office__end_precision", f"{_VOICE}office__organ__name",
    f"{_VOICE}name", f"{_VOICE}printed_office", f"{_VOICE}actor__kind", f"{_VOICE}actor__name",
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The latest coded statement of one voice on one matter, as pages show it.

    `by_person` says who gave its codes on the two axes, `coders_differ` that of several people
    another gave another.
    """

    said: Said
    object: str
    public_id: str
    said_on_to: date | None
    said_on_precision: str
    name: str
    speaker_slug: str
    office: str
    by_person: bool
    coders_differ: bool

    @cached_property
    def code(self) -> Position:
        """The codes as templates show them; not a row of its own."""
        return Position(stance=self.said.stance, legal=self.said.legal, object=self.object)

    @property
    def url(self) -> str:
        return reverse("statement", args=[self.public_id])

    @property
    def said_on(self) -> date:
        return self.said.day

    @property
    def authority(self) -> Authority:
        return self.said.authority


@dataclass(frozen=True)
class Stand:
    """How one actor stands on one matter: who decides it, and whose latest words differ.

    `statements` were counted for it. Without anything that counts, there is none of these.
    """

    decides: Words
    divergent: tuple[Words, ...]
    statements: int


@dataclass(frozen=True)
class Matter:
    """A treaty as a whole, or one provision of it, in the words that pages need."""

    treaty: int
    slug: str
    short_name: str
    provision: int | None
    number: str

    @property
    def label(self) -> str:
        of = f", {Provision(number=self.number).label}" if self.number else ""
        return f"{self.short_name}{of}"

    @property
    def url(self) -> str:
        if self.number:
            return reverse("provision", args=[self.slug, self.number])
        return reverse("treaty", args=[self.slug])


@dataclass(frozen=True)
class StatePosition:
    """An actor, a treaty or provision, and how the one stands to the other.

    `checked` rests on published statements that people have coded, `proposed` on those that the
    machine found or coded as well; either may be missing.
    """

    actor: Actor
    matter: Matter
    checked: Stand | None
    proposed: Stand | None

    @property
    def adds(self) -> bool:
        """Whether counting the machine's proposals would say something else."""
        if self.proposed is None or self.checked is None:
            return self.proposed is not None
        return self.checked.decides != self.proposed.decides


def positions_of(actor: Actor, on: date | None = None) -> list[StatePosition]:
    """Where an actor stands on everything that it spoke about, as of a day.

    This and `positions_on` rule over all that was ever said of a matter, so that what they find
    is kept until something changes.
    """
    today = timezone.localdate()
    return list(_positions_of(actor.pk, on or today, today, moment()))


def positions_on(
    treaty: Treaty, provision: Provision | None = None, on: date | None = None
) -> list[StatePosition]:
    """Where every actor stands on a treaty as a whole, or on one provision."""
    today = timezone.localdate()
    key = provision.pk if provision else None
    return list(_positions_on(treaty.pk, key, on or today, today, moment()))


_KEPT = 256  # answers


@lru_cache(maxsize=_KEPT)
def _positions_of(
    actor: int, on: date, today: date, moment: Moment
) -> tuple[StatePosition, ...]:
    theirs = Q(**{f"{_VOICE}actor": actor})
    theirs |= Q(
        **{f"{_VOICE}actor__parent": actor, f"{_VOICE}actor__kind__in": _OF_THEIR_STATE}
    )
    theirs |= Q(**{f"{_VOICE}actor__merged_into": actor})
    return tuple(_ruled(theirs, Value(actor), on))


@lru_cache(maxsize=_KEPT)
def _positions_on(
    treaty: int, provision: int | None, on: date, today: date, moment: Moment
) -> tuple[StatePosition, ...]:
    owner = Coalesce(
        f"{_VOICE}actor__merged_into",
        Case(
            When(**{f"{_VOICE}actor__kind__in": _OF_THEIR_STATE}, then=f"{_VOICE}actor__parent")
        ),
        f"{_VOICE}actor",
    )
    return tuple(_ruled(Q(treaty=treaty, provision=provision), owner, on))


def _ruled(where: Q, owner: Any, on: date) -> Iterator[StatePosition]:
    coded = _coded(where, on).annotate(owner=owner)
    voices: dict[tuple[int, int, int | None], list[dict[str, Any]]] = defaultdict(list)
    for row in _latest_of_each_voice(coded):
        voices[row["owner"], row["treaty_id"], row["provision_id"]].append(row)
    actors = Actor.objects.in_bulk({owner for owner, _, _ in voices})
    for actor, matter, of_people, of_all in _counted(coded):
        if found := voices[actor, matter.treaty, matter.provision]:
            yield StatePosition(
                actors[actor],
                matter,
                checked=_stand([row for row in found if row["checked"]], on, of_people),
                proposed=_stand(_newest(found), on, of_all),
            )


def _counted(coded: QuerySet[Position]) -> Iterator[tuple[int, Matter, int, int]]:
    """Each actor and matter with how many statements count for it: checked ones, and all."""
    named = ("treaty__slug", "treaty__short_name", "provision__number")
    rows = coded.order_by(
        "treaty_id", F("provision__order").asc(nulls_first=True), "provision_id"
    )
    for row in rows.values("owner", *_MATTER, *named, "provision__order").annotate(
        of_people=Count("statement", distinct=True, filter=Q(checked=True)),
        of_all=Count("statement", distinct=True),
    ):
        matter = Matter(
            row["treaty_id"],
            row["treaty__slug"],
            row["treaty__short_name"],
            row["provision_id"],
            row["provision__number"] or "",
        )
        yield row["owner"], matter, row["of_people"], row["of_all"]


def _coded(where: Q, on: date) -> QuerySet[Position]:
    """The codes that may count, each beside each of the voices of its statement.

    A code that says nothing on the matter does not count: unclear on both axes, or on another
    object. Nor does a machine's where a person has coded the same, nor a statement whose day is
    not known or that may have been said after `on`.
    """
    on_the_matter = Q(object__in=ON_THE_PACT) | Q(
        object=Position.Object.SANCTIONS, treaty__kind=Treaty.Kind.RESOLUTION
    )
    # One filter, so that all of it is asked of one and the same party.
    coded = Position.objects.filter(
        where,
        on_the_matter,
        _said_by(on),
        Q(coder__isnull=False) | ~Exists(_codes_of_people()),
        ~Q(stance=Position.Stance.UNCLEAR, legal=Position.Legal.NONE),
        statement__status__in=[Statement.Status.PROPOSED, Statement.Status.PUBLISHED],
        treaty__isnull=False,
        statement__parties__role__in=Party.VOICES,
        statement__parties__actor__isnull=False,
    )
    checked = Q(statement__status=Statement.Status.PUBLISHED, coder__isnull=False)
    return coded.annotate(checked=ExpressionWrapper(checked, BooleanField()))


def _codes_of_people() -> QuerySet[Position]:
    """People's codes of the same statement on the same matter, as a subquery."""
    same = Position.objects.by_person().alias(same=Coalesce("provision", 0))
    return same.filter(
        statement=OuterRef("statement"),
        treaty=OuterRef("treaty"),
        same=Coalesce(OuterRef("provision"), 0),
    )


def _said_by(on: date) -> Q:
    """Said on that day at the latest: a month, a year or several days count once over."""
    known = Q(statement__said_on__isnull=False)
    if on >= timezone.localdate():
        return known
    tomorrow = on + timedelta(days=1)
    exactness = "statement__said_on_precision"
    day, before = "statement__said_on__lte", "statement__said_on__lt"
    return known & (
        Q(**{exactness: Precision.DAY, day: on})
        | Q(statement__said_on_to__lte=on)
        | Q(**{exactness: Precision.MONTH, before: tomorrow.replace(day=1)})
        | Q(**{exactness: Precision.YEAR, before: tomorrow.replace(month=1, day=1)})
    )


def _latest_of_each_voice(coded: QuerySet[Position]) -> Iterable[dict[str, Any]]:
    """One row for each voice of each matter: people's codes and the machine's apart, and those
    that judge the law alone apart from those that take a stance."""
    empty = Value("", CharField())
    without_office = Q(**{f"{_VOICE}office__isnull": True})
    without_person = Q(**{f"{_VOICE}speaker__isnull": True})
    other = ~Q(stance=OuterRef("stance"), legal=OuterRef("legal"))
    voices = coded.annotate(
        others=Exists(_codes_of_people().filter(other)),
        speaker=F(f"{_VOICE}speaker_id"),
        office=F(f"{_VOICE}office_id"),
        organ=F(f"{_VOICE}actor_id"),
        printed=Case(When(without_office, then=f"{_VOICE}printed_office"), default=empty),
        body=Case(When(without_person, then=f"{_VOICE}name"), default=empty),
        silent=ExpressionWrapper(Q(stance=Position.Stance.UNCLEAR), BooleanField()),
        form=Case(
            When(without_person & Q(statement__form__in=_IN_WRITING), then=Value(True)),
            default=Value(False),
        ),
    )
    one = ("owner", *_MATTER, "checked", *_SAME_VOICE)
    newest = ("-statement__said_on", "-statement_id", "-coded_at", "-pk")
    rows: Iterable[dict[str, Any]] = (
        voices.order_by(*one, *newest).distinct(*one).values(*one, "others", *_SHOWN)
    )
    return rows


def _newest(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each voice the newest row, whoever coded it."""
    newest: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        voice = tuple(row[name] for name in _SAME_VOICE)
        known = newest.get(voice)
        if known is None or _age(known) < _age(row):
            newest[voice] = row
    return list(newest.values())


def _age(row: dict[str, Any]) -> tuple[date, int]:
    return (row["statement__said_on"], row["statement_id"])


def _stand(rows: list[dict[str, Any]], on: date, statements: int) -> Stand | None:
    row_of = {_said(row): row for row in rows}
    ruling = rule(row_of, on)
    if ruling is None:
        return None
    divergent = tuple(_words(one, row_of[one]) for one in ruling.divergent)
    return Stand(_words(ruling.decides, row_of[ruling.decides]), divergent, statements)


def _said(row: dict[str, Any]) -> Said:
    end = row[f"{_VOICE}office__end"]
    organ = row[f"{_VOICE}office__organ__name"] or ""
    voice = Voice(
        person=row["speaker"] is not None and row[f"{_VOICE}speaker__kind"] == "person",
        title=row[f"{_VOICE}office__title_kind"] or "",
        office=row[f"{_VOICE}office__title"] or "",
        rank=row[f"{_VOICE}office__rank"],
        organ=organ,
        printed=row["printed"],
        body=row[f"{_VOICE}name"],
        kind=row[f"{_VOICE}actor__kind"],
        joint=row["form"],
    )
    return Said(
        authority=authority_of(voice),
        day=row["statement__said_on"],
        statement=row["statement_id"],
        office=_office(row) or organ or row["body"],
        value=Position.value_of(row["stance"], row["object"]),
        stance=row["stance"],
        legal=row["legal"],
        who=row[f"{_VOICE}speaker__slug"] or "",
        left=last_day(end, row[f"{_VOICE}office__end_precision"]) if end else None,
    )


def _words(said: Said, row: dict[str, Any]) -> Words:
    return Words(
        said=said,
        object=row["object"],
        public_id=row["statement__public_id"],
        said_on_to=row["statement__said_on_to"],
        said_on_precision=row["statement__said_on_precision"],
        name=row[f"{_VOICE}speaker__name"] or row[f"{_VOICE}name"],
        speaker_slug=row[f"{_VOICE}speaker__slug"] or "",
        office=_office(row),
        by_person=row["coder_id"] is not None,
        coders_differ=row["others"],
    )


def _office(row: dict[str, Any]) -> str:
    return str(row[f"{_VOICE}office__title"] or row["printed"])
