"""What reports of statements print otherwise than their cards show, in one query."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from statements.cards.card import Elsewhere
from statements.models import Attestation, Statement
from statements.models.statements import pieces_at
from statements.prepared import preparing_cursor

# Reports in the order in which their words are searched, and as many of each statement.
_REPORTS = """
SELECT report.statement_id, source.name, report.language,
       CASE WHEN report.mode = %(summary)s THEN report.words ELSE left(report.words, 20000) END,
       CASE WHEN report.mode = %(summary)s THEN report.spans::json END, report.start
  FROM unnest(%(statements)s::bigint[]) AS asked (id)
  JOIN statements_statement s ON s.id = asked.id
 CROSS JOIN LATERAL (
    SELECT * FROM statements_attestation
     WHERE statement_id = s.id AND words <> s.text AND (mode <> %(summary)s OR NOT s.summarised)
     ORDER BY id LIMIT 100) AS report
  JOIN sources_snapshot page ON page.id = report.snapshot_id
  JOIN sources_article article ON article.id = page.article_id
  JOIN sources_source source ON source.id = article.source_id
 WHERE s.status = ANY (%(listed)s)
 ORDER BY report.statement_id, report.id
"""
_VALUES: dict[str, Any] = {
    "listed": [Statement.Status.PROPOSED.value, Statement.Status.PUBLISHED.value],
    "summary": Attestation.Mode.SUMMARY.value,
}


def printed_elsewhere(statements: Sequence[int]) -> dict[int, list[Elsewhere]]:
    """By the primary key of statements, the words that reports print of them and their cards do
    not show, each once. Of a summary these are its fragments."""
    found: dict[int, list[Elsewhere]] = defaultdict(list)
    if not statements:
        return found
    with preparing_cursor() as cursor:
        cursor.execute(_REPORTS, _VALUES | {"statements": list(statements)})
        rows = cursor.fetchall()
    for statement, outlet, language, words, spans, start in rows:
        printed = [words] if spans is None else pieces_at(spans, words, start)
        known = {one.words for one in found[statement]}
        found[statement] += [
            Elsewhere(outlet, piece, language)
            for piece in dict.fromkeys(printed)
            if piece not in known
        ]
    return found
