"""Names that reports give as speakers and that the register does not know: counted, with contexts.

An editor says whose name it is, makes a speaker of it, or settles that it needs none.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from history.acting import acting
from sources.models import Snapshot
from sources.reading import accept_attribution
from statements import review
from statements.additions import NewOffice, add_speaker, add_spelling
from statements.models import (
    ActorName,
    Attestation,
    Party,
    SettledName,
    Speaker,
    Statement,
)
from statements.register_lookup import Likeness, speakers_like
from statements.writing import write_alone

NOBODY = "unnamed speaker"
CONTEXTS = 3


@dataclass(frozen=True)
class UnknownName:
    """A name, how many statements have it, some reports of them, and who it may be."""

    name: str
    statements: int
    reports: tuple[Attestation, ...]
    like: tuple[Likeness, ...]


def unknown_parties() -> "QuerySet[Party]":
    """Voices of statements that readers see whose name leads to nobody of the register.

    A body that speaks under a name of its actor is known by that.
    """
    of_actor = ActorName.objects.filter(actor=OuterRef("actor"), text__iexact=OuterRef("name"))
    return (
        Party.objects.filter(
            role__in=Party.VOICES,
            speaker=None,
            statement__status__in=[Statement.Status.PROPOSED, Statement.Status.PUBLISHED],
        )
        .exclude(name=NOBODY)
        .exclude(actor__name=F("name"))
        .exclude(Exists(of_actor))
        .exclude(name__in=SettledName.objects.values("name"))
    )


def counted() -> "QuerySet[Any, Any]":
    """The unknown names with their number of statements, the most frequent first."""
    return (
        unknown_parties()
        .values("name")
        .annotate(statements=Count("statement", distinct=True))
        .order_by("-statements", "name")
    )


def with_contexts(rows: list[dict[str, Any]]) -> list[UnknownName]:
    """Add to counted names some reports that print them and the speakers with names like them."""
    names = [row["name"] for row in rows]
    like = speakers_like(names)
    of: dict[str, list[int]] = {name: [] for name in names}
    for name, statement in _newest_statements(names):
        of[name].append(statement)
    wanted = [statement for some in of.values() for statement in some]
    reports = (
        Attestation.objects.filter(statement__in=wanted)
        .order_by("statement_id", "pk")
        .distinct("statement_id")
        .select_related("snapshot__article__source", "statement")
    )
    first = {report.statement_id: report for report in reports}
    return [
        UnknownName(
            name=row["name"],
            statements=row["statements"],
            reports=tuple(first[key] for key in of[row["name"]] if key in first),
            like=tuple(like[row["name"]]),
        )
        for row in rows
    ]


def _newest_statements(names: list[str]) -> "QuerySet[Any, tuple[str, int]]":
    """Each name with the newest statements that have it, as many as are shown."""
    place = Window(RowNumber(), partition_by="name", order_by="-newest")
    return (
        unknown_parties()
        .filter(name__in=names)
        .order_by()
        .values("name", "statement")
        .annotate(newest=Max("pk"))
        .annotate(place=place)
        .filter(place__lte=CONTEXTS)
        .order_by("name", "place")
        .values_list("name", "statement")
    )


def is_spelling_of(name: str, speaker: Speaker, by: User, why: str) -> int:
    """Let a name be one more spelling of a speaker, and their statements be theirs.

    Statements that a person has decided about are corrected at once; the texts of the others
    are read again by the attribution, which knows the name now. Returns the number of
    statements.
    """
    why = why or f"«{name}» is a spelling of {speaker}."
    with transaction.atomic(), acting(by, why):
        # Before the name is added: who writes statements waits for who has added one.
        write_alone()
        statements = _statements_of(name)
        add_spelling(speaker, name, by, why)
        _give(statements, name, speaker, by, why)
    return len(statements)


def is_new_speaker(name: str, office: NewOffice | None, by: User, why: str) -> Speaker:
    """Make a speaker of a name, and their statements theirs."""
    why = why or f"«{name}» is new in the register."
    with transaction.atomic(), acting(by, why):
        write_alone()
        statements = _statements_of(name)
        speaker = add_speaker(name, by, why, office)
        _give(statements, name, speaker, by, why)
    return speaker


def settle(name: str, by: User, why: str) -> None:
    """Leave a name out of the queue from now on, such as «a diplomat»; `why` is required."""
    if not why.strip():
        raise ValueError("Say why this name needs nobody in the register.")
    with acting(by, why):
        SettledName.objects.get_or_create(name=name, defaults={"why": why, "by": by})


def _statements_of(name: str) -> list[Statement]:
    return list(
        Statement.objects.filter(pk__in=unknown_parties().filter(name=name).values("statement"))
    )


def _give(statements: list[Statement], name: str, speaker: Speaker, by: User, why: str) -> None:
    untouched = []
    for statement in statements:
        if statement.reviews.exists():
            review.resolve_voice(statement, name, speaker, by, why)
        else:
            untouched.append(statement.pk)
    texts = Snapshot.objects.filter(attestations__statement__in=untouched).distinct()
    occasion = f"{speaker.slug}-{speaker.names.count()}"
    for snapshot in texts.only("article", "text_sha256"):
        accept_attribution(snapshot, occasion)
