"""Which statement a report is of: the same words by a shared voice on about the same occasion."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from sources.models import Article, Snapshot
from statements.attribution import Attribution, Voice
from statements.models import Party, Statement
from statements.sameness import fingerprint, same_words

# Reports of one act of saying are printed within a few days of each other.
_SAME_OCCASION = timedelta(days=3)


def known_statement(
    snapshot: Snapshot, attribution: Attribution, *, besides: Statement | None = None
) -> Statement | None:
    """Return the statement that this attribution reports, if it is recorded already.

    A merged statement answers with the one it was merged into. `besides` is left out.
    """
    voices = _shared_voices(attribution.voices)
    if not voices:
        return None
    words = snapshot.text[attribution.start : attribution.end]
    said_by = Statement.objects.filter(voices).select_related("merged_into").distinct()
    near = [row for some in _near(said_by, snapshot, attribution.said_on) for row in some]
    standing = [row.merged_into or row for row in near]
    candidates = [
        (row, stands)
        for row, stands in zip(near, standing, strict=True)
        if besides is None or stands.pk != besides.pk
    ]
    bare = fingerprint(words)
    same = (stands for row, stands in candidates if row.fingerprint == bare)
    alike = (stands for row, stands in candidates if same_words(row.text, words))
    return next(same, None) or next(alike, None)


def shares_voice(statement: Statement, voices: tuple[Voice, ...]) -> bool:
    """Whether one of the voices is one of the statement's."""
    shared = _shared_voices(voices)
    return bool(shared) and Statement.objects.filter(shared, pk=statement.pk).exists()


def _shared_voices(voices: tuple[Voice, ...]) -> Q:
    """Statements by one of the same people; by the same actors where no person is known."""
    people = [voice.speaker_id for voice in voices if voice.speaker_id]
    actors = [voice.actor_id for voice in voices if voice.actor_id]
    unknown = [v.name for v in voices if not v.speaker_id and not v.actor_id and v.name]
    shared = Q()
    if people:
        shared |= Q(parties__role__in=Party.VOICES, parties__speaker__slug__in=people)
    if actors and (not people or len(voices) > 1):
        shared |= Q(parties__role__in=Party.VOICES, parties__actor__code__in=actors)
    elif actors:
        shared |= Q(
            parties__role__in=Party.VOICES,
            parties__speaker__isnull=True,
            parties__actor__code__in=actors,
        )
    if unknown:
        shared |= Q(parties__role__in=Party.VOICES, parties__name__in=unknown)
    return shared


def _near(
    said_by: QuerySet[Statement], snapshot: Snapshot, said_on: date | None
) -> Iterator[QuerySet[Statement]]:
    """Statements of about that day, then those of an unknown day printed at about that time.

    Where neither day is known, only copies of the same text can be of the same occasion.
    """
    day = said_on or snapshot.published_on
    if day is None:
        yield said_by.filter(attestations__snapshot__article__in=_copies(snapshot))
        return
    around = (day - _SAME_OCCASION, day + _SAME_OCCASION)
    yield said_by.filter(said_on__range=around).order_by("pk")
    undated = said_by.filter(said_on=None, attestations__snapshot__published_on__range=around)
    yield undated.order_by("pk")


def _copies(snapshot: Snapshot) -> list[int]:
    article = snapshot.article
    same = Q(pk=article.pk)
    if article.cluster is not None:
        same |= Q(cluster=article.cluster)
    return list(Article.objects.filter(same).values_list("pk", flat=True))
