"""Whatever words a report prints find its statement, and not only those that the statement shows.

Of reports that print just what the statement shows nothing is added. What they print otherwise
comes behind the names, within the same bounds: of what does not fit the names are kept, and of
reports the first.
"""

from importlib import import_module

from django.db import migrations

_entries = import_module("statements.migrations.0028_search_entries")
_fitting = import_module("statements.migrations.0035_search_words_fit")

# A short vector takes three bytes less where a plan has put it into a row on the way, and which
# words of a long report still fit must not depend on the plan. What is joined stands in no row.
_BYTES = """
CREATE OR REPLACE FUNCTION search_bytes(one tsvector) RETURNS integer
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_column_size(one || ''::tsvector) - 4 * length(one) $$;
"""

_ENTRIES = """
CREATE OR REPLACE FUNCTION search_entries(concerned bigint[], found_values search_value[])
  RETURNS TABLE (statement_id bigint, listed boolean, day date, last date, facets integer[],
    packed bytea, words tsvector)
  LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY WITH said AS MATERIALIZED (
    SELECT id, text, language, translation, translation_language, place, said_on, said_on_to,
           said_on_precision
      FROM statements_statement
     WHERE id = ANY (concerned) AND status IN ('proposed', 'published')
  ), faceted AS (
    SELECT valued.statement, array_agg(valued.number) AS facets,
           string_agg(int4send(valued.number), '') AS packed
      FROM (SELECT DISTINCT one.statement, known.number FROM unnest(found_values) AS one
              JOIN statements_facetvalue known ON known.kind = one.kind AND known.key = one.key
             ORDER BY one.statement, known.number) AS valued
     GROUP BY valued.statement
  )
  SELECT asked.id, said.id IS NOT NULL, said.said_on,
         search_last_day(said.said_on, said.said_on_to, said.said_on_precision),
         coalesce(faceted.facets, '{}'), coalesce(faceted.packed, ''),
         CASE WHEN said.id IS NULL THEN ''::tsvector
           ELSE ts_delete(search_beside(search_beside(
             search_vector(left(said.text, 80000), said.language),
             search_vector(left(said.translation, 40000), said.translation_language)),
             CASE WHEN printed.words IS NULL THEN coalesce(pieces.words, '')
               ELSE search_piece(coalesce(pieces.words, ''), printed.words) END), '_') END
    FROM unnest(concerned) AS asked (id)
    LEFT JOIN said ON said.id = asked.id
    LEFT JOIN faceted ON faceted.statement = said.id
    LEFT JOIN LATERAL (
      SELECT search_joined(to_tsvector('demarche', search_text(left(piece, 20000)))) AS words
        FROM (
          SELECT piece FROM (
            SELECT said.place
            UNION
            SELECT substr(report.words, (span ->> 0)::integer - report.start + 1,
                          (span ->> 1)::integer - (span ->> 0)::integer)
              FROM statements_attestation report, jsonb_array_elements(report.spans) AS span
             WHERE report.statement_id = said.id AND report.mode = 'summary'
            UNION
            SELECT unnest(ARRAY[party.name, party.printed, party.printed_office, speaker.name,
                office.title, actor.name, actor.code])
              FROM statements_party party
              LEFT JOIN statements_speaker speaker ON speaker.id = party.speaker_id
              LEFT JOIN statements_office office ON office.id = party.office_id
              LEFT JOIN statements_actor actor ON actor.id = party.actor_id
             WHERE party.statement_id = said.id
            UNION
            SELECT spelling.text FROM statements_party party
              JOIN statements_speakername spelling ON spelling.speaker_id = party.speaker_id
             WHERE party.statement_id = said.id
          ) AS every (piece) WHERE piece <> '' ORDER BY piece COLLATE "C" LIMIT 200
        ) AS named
    ) AS pieces ON said.id IS NOT NULL
    LEFT JOIN LATERAL (
      SELECT search_joined(search_vector(told.piece, told.language) ORDER BY told.first) AS words
        FROM (
          SELECT left(report.words, 20000) AS piece, min(report.language) AS language,
                 min(report.id) AS first
            FROM statements_attestation report
           WHERE report.statement_id = said.id AND report.mode <> 'summary'
             AND report.words <> said.text
           GROUP BY 1 ORDER BY 3 LIMIT 100
        ) AS told
    ) AS printed ON said.id IS NOT NULL;
END $$;
"""
# Nobody makes an entry in the old way meanwhile.
_AGAIN = """
LOCK TABLE statements_searchturn IN SHARE ROW EXCLUSIVE MODE;
DO $$
DECLARE
  concerned bigint[];
  reached bigint := 0;
BEGIN
  LOOP
    concerned := ARRAY(
      SELECT DISTINCT report.statement_id
        FROM statements_attestation report
        JOIN statements_statement said ON said.id = report.statement_id
       WHERE report.statement_id > reached AND report.mode <> 'summary'
         AND report.words <> said.text
       ORDER BY 1 LIMIT 1000);
    EXIT WHEN cardinality(concerned) = 0;
    PERFORM search_refresh(concerned);
    reached := concerned[cardinality(concerned)];
  END LOOP;
END $$;
"""


def _function(name: str, written: str) -> str:
    """The statement that makes a function, as an earlier migration has it, to be made again."""
    start = written.index(f"CREATE FUNCTION {name}(")
    end = written.index("$$;", start) + len("$$;")
    return written[start:end].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("statements", "0038_search_is_vacuumed")]
    operations = [
        migrations.RunSQL(
            _BYTES + _ENTRIES + _AGAIN,
            _function("search_bytes", _fitting._FITTING)
            + _function("search_entries", _entries._ENTRIES)
            + _AGAIN,
        )
    ]
