"""The cards of statements, in one query: their lists are long, and rows of models are dear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sources.models import Snapshot
from statements.cards.card import Card, Code, Report, Voice
from statements.independence import Printing
from statements.models import Attestation, Party, Statement
from statements.models.statements import Fragment, pieces_at
from statements.prepared import preparing_cursor
from statements.printings import moment_of

# Reports in the order of `Attestation`; of their texts no more than is shown.
_CARDS = """
SELECT s.id, s.public_id, s.status, s.status = %(proposed)s AND s.published_at IS NOT NULL,
       s.said_on, s.said_on_to, s.said_on_precision, s.text, s.language,
       s.translation, s.translation_language, s.summarised,
       ARRAY(SELECT field FROM statements_difference WHERE statement_id = s.id),
       (SELECT json_agg(json_build_array(
                   coalesce(speaker.name, party.name), coalesce(speaker.slug, ''),
                   coalesce(office.title, ''), coalesce(actor.code, ''), coalesce(actor.name, '')
               ) ORDER BY party."order", party.id)
          FROM statements_party party
          LEFT JOIN statements_speaker speaker ON speaker.id = party.speaker_id
          LEFT JOIN statements_office office ON office.id = party.office_id
          LEFT JOIN statements_actor actor ON actor.id = party.actor_id
         WHERE party.statement_id = s.id AND party.role = ANY (%(voices)s)),
       (SELECT json_build_array(stance, legal, object)
          FROM statements_position
         WHERE statement_id = s.id ORDER BY coder_id IS NULL, id LIMIT 1),
       (SELECT json_agg(json_build_array(
                   report.id, report.mode, report.cue, report.words = s.text,
                   report.attributed_by, report.via,
                   CASE WHEN report.mode = %(summary)s THEN json_build_array(
                       report.words, report.start, report.spans, report.language) END,
                   page.origin = %(reference)s, page.published_on, page.published_basis,
                   page.published_precision,
                   CASE WHEN page.published_precision = %(moment)s THEN page.dates END,
                   article.id, article.found_at, article.cluster,
                   source.slug, source.name, source.ownership_group
               ) ORDER BY page.fetched_at DESC, page.id DESC, report.start)
          FROM statements_attestation report
          JOIN sources_snapshot page ON page.id = report.snapshot_id
          JOIN sources_article article ON article.id = page.article_id
          JOIN sources_source source ON source.id = article.source_id
         WHERE report.statement_id = s.id)
  FROM unnest(%(statements)s::bigint[]) WITH ORDINALITY AS asked (id, place)
  JOIN statements_statement s ON s.id = asked.id
 WHERE s.status = ANY (%(listed)s)
 ORDER BY asked.place
"""
_VALUES: dict[str, Any] = {
    "proposed": Statement.Status.PROPOSED.value,
    "listed": [Statement.Status.PROPOSED.value, Statement.Status.PUBLISHED.value],
    "voices": [Party.Role.SPEAKER.value, Party.Role.CO_ISSUER.value],
    "summary": Attestation.Mode.SUMMARY.value,
    "reference": Snapshot.Origin.REFERENCE.value,
    "moment": Snapshot.Precision.MOMENT.value,
}


def cards(statements: Sequence[int]) -> list[Card]:
    """The cards of the statements with these primary keys that readers see, in their order."""
    if not statements:
        return []
    with preparing_cursor() as cursor:
        cursor.execute(_CARDS, _VALUES | {"statements": list(statements)})
        rows = cursor.fetchall()
    return [_card(row) for row in rows]


def _card(row: Sequence[Any]) -> Card:
    *own, voices, code, reports = row
    values = (
        *own,
        tuple(Voice(*one) for one in voices or ()),
        Code(*code) if code else None,
        tuple(_report(*one) for one in reports or ()),
    )
    return Card(*values)


@dataclass(frozen=True)
class _Dated:
    """What a page says of when it was published."""

    published_on: date | None
    published_basis: str
    published_precision: str
    dates: Sequence[dict[str, Any]]


def _report(
    key: int, mode: str, cue: str, shown: bool, attributed_by: str, via: str,
    summary: list[Any] | None, described: bool,
    day: str | None, basis: str, precision: str, dates: list[dict[str, Any]] | None,
    article: int, found_at: str, cluster: int | None, slug: str, outlet: str, group: str,
) -> Report:  # fmt: skip
    published_on = date.fromisoformat(day) if day else None
    printing = Printing(
        key=key,
        outlet=outlet,
        slug=slug,
        article=article,
        found_at=datetime.fromisoformat(found_at),
        day=published_on,
        moment=moment_of(_Dated(published_on, basis, precision, dates)) if dates else None,
        group=group,
        cluster=cluster,
        via=via,
        described=described,
    )
    return Report(mode, cue, shown, attributed_by, _fragments(summary), printing)


def _fragments(summary: list[Any] | None) -> tuple[Fragment, ...]:
    if summary is None:
        return ()
    words, start, spans, language = summary
    return tuple(Fragment(each, language) for each in pieces_at(spans, words, start))
