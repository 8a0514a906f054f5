"""Whatever a text is, its words fit into an entry: a `tsvector` holds one mebibyte.

A word of n letters of up to four bytes takes at most 4 n + 4 bytes with its place, and n + 1
characters of the text; so does a pair of Chinese characters. So 260,000 characters always fit. Of
texts that do not fit together the words that come first are kept, and names go before texts.
"""

from importlib import import_module

from django.db import migrations

_VECTOR = """
CREATE OR REPLACE FUNCTION search_vector(value text, language text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE lower(split_part(language, '-', 1))
    WHEN 'es' THEN to_tsvector('demarche_es', left(search_text(value), 260000))
    WHEN 'fr' THEN to_tsvector('demarche_fr', left(search_text(value), 260000))
    WHEN 'de' THEN to_tsvector('demarche_de', left(search_text(value), 260000))
    WHEN 'uk' THEN
      to_tsvector('demarche_uk', search_ukrainian(left(search_text(value), 260000)))
    ELSE to_tsvector('demarche', left(search_text(value), 260000)) END
$$;
"""

_FITTING = """
-- What counts towards the limit of what one holds.
CREATE FUNCTION search_bytes(one tsvector) RETURNS integer
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_column_size(one) - 4 * length(one) $$;

CREATE FUNCTION search_first(one tsvector, most integer) RETURNS tsvector
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ts_delete(one, coalesce(array_agg(lexeme) FILTER (WHERE upto > most), '{}')) FROM (
    SELECT lexeme, sum(octet_length(lexeme) + 3 + 2 * cardinality(positions))
        OVER (ORDER BY positions[1], lexeme) AS upto
      FROM unnest(one)) AS places
$$;

CREATE OR REPLACE FUNCTION search_beside(one tsvector, other tsvector) RETURNS tsvector
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF search_bytes(one) + search_bytes(other) > 1040000 THEN
    one := search_first(one, 1040000 - search_bytes(other));
  END IF;
  RETURN one || '_:32'::tsvector || other;
END $$;

CREATE FUNCTION search_piece(one tsvector, other tsvector) RETURNS tsvector
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF search_bytes(one) + search_bytes(other) > 200000 THEN
    other := search_first(other, 200000 - search_bytes(one));
  END IF;
  RETURN one || '_:32'::tsvector || other;
END $$;
CREATE OR REPLACE AGGREGATE search_joined(tsvector)
  (SFUNC = search_piece, STYPE = tsvector, INITCOND = '');
"""

_UNFITTING = """
CREATE OR REPLACE FUNCTION search_beside(one tsvector, other tsvector) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT one || '_:32'::tsvector || other $$;
CREATE OR REPLACE AGGREGATE search_joined(tsvector)
  (SFUNC = search_beside, STYPE = tsvector, INITCOND = '');
DROP FUNCTION search_piece(tsvector, tsvector);
DROP FUNCTION search_first(tsvector, integer);
DROP FUNCTION search_bytes(tsvector);
"""

_before = import_module("statements.migrations.0027_search_words")


class Migration(migrations.Migration):
    dependencies = [("statements", "0034_search_takes_turns")]
    operations = [
        migrations.RunSQL(
            _VECTOR + _FITTING,
            _UNFITTING + _before._VECTOR.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
        )
    ]
