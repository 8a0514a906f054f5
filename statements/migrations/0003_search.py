"""Words are searched in one configuration for all scripts, kept by the database itself.

Latin words are stemmed as English and Cyrillic ones as Russian (the stock «russian»
configuration does both); Chinese, Japanese and Korean runs are kept as overlapping pairs of
characters, since the parser would take a whole run for one word.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations

FORWARD = """
CREATE TEXT SEARCH CONFIGURATION demarche (COPY = russian);

CREATE FUNCTION cjk_pairs(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_agg(substr(run[1], place, 2), ' '), '')
    FROM regexp_matches(value, '[぀-ヿ㐀-鿿가-힣]+', 'g') AS run,
         generate_series(1, greatest(length(run[1]) - 1, 1)) AS place
$$;

CREATE FUNCTION words_vector(value text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('demarche', regexp_replace(left(value, 100000), '[぀-ヿ㐀-鿿가-힣]+', ' ', 'g'))
      || to_tsvector('simple', cjk_pairs(left(value, 100000)))
$$;

CREATE FUNCTION statement_names(statement bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_agg(concat_ws(' ', party.name, party.printed, party.printed_office,
           speaker.name, office.title, actor.name, actor.code,
           (SELECT string_agg(spelling.text, ' ') FROM statements_speakername spelling
             WHERE spelling.speaker_id = party.speaker_id)), ' '), '')
    FROM statements_party party
    LEFT JOIN statements_speaker speaker ON speaker.id = party.speaker_id
    LEFT JOIN statements_office office ON office.id = party.office_id
    LEFT JOIN statements_actor actor ON actor.id = party.actor_id
   WHERE party.statement_id = statement
$$;

CREATE FUNCTION statement_is_searched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search := words_vector(concat_ws(' ', NEW.text, NEW.translation, NEW.place,
                                       statement_names(NEW.id)));
  RETURN NEW;
END $$;
CREATE TRIGGER statement_is_searched BEFORE INSERT OR UPDATE ON statements_statement
  FOR EACH ROW EXECUTE FUNCTION statement_is_searched();

CREATE FUNCTION party_is_searched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE statements_statement SET id = id WHERE id = OLD.statement_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE statements_statement SET id = id WHERE id = NEW.statement_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER party_is_searched AFTER INSERT OR UPDATE OR DELETE ON statements_party
  FOR EACH ROW EXECUTE FUNCTION party_is_searched();
"""
BACKWARD = """
DROP TRIGGER party_is_searched ON statements_party;
DROP FUNCTION party_is_searched();
DROP TRIGGER statement_is_searched ON statements_statement;
DROP FUNCTION statement_is_searched();
DROP FUNCTION statement_names(bigint);
DROP FUNCTION words_vector(text);
DROP FUNCTION cjk_pairs(text);
DROP TEXT SEARCH CONFIGURATION demarche;
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0002_guards")]
    operations = [
        migrations.AddField(
            model_name="statement",
            name="search",
            field=django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="statement_search"
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(
            "UPDATE statements_statement SET id = id", migrations.RunSQL.noop
        ),
    ]
