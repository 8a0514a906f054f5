"""The words of a statement stand in its entry alone; nothing of a statement is searched any more.

A change of who takes part, or of the register, no longer writes the statements themselves.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations

from history.auditing import audit

_STATEMENT = "statements_statement"

# Whatever readers see makes a version; `kept` is what the program keeps for itself.
_VERSIONS = """
CREATE OR REPLACE FUNCTION statement_version_rises() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  shown statements_statement := NEW;
BEGIN
  IF NEW.version > OLD.version THEN
    RETURN NEW;
  END IF;
  NEW.version := OLD.version;
  -- What the program keeps for itself is no version.
  shown.version := OLD.version;
{kept}  shown.fingerprint := OLD.fingerprint;
  shown.changed_at := OLD.changed_at;
  IF shown IS DISTINCT FROM OLD THEN
    NEW.version := OLD.version + 1;
    NEW.changed_at := now();
  END IF;
  RETURN NEW;
END $$;
"""
# A change of who took part, or of a judgement, raises the version of what a person stands behind,
# when nothing else has. Others are not written at all: triggers follow each statement that writes.
_FOLLOWS = """
CREATE OR REPLACE FUNCTION statement_version_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  concerned bigint;
BEGIN
  FOREACH concerned IN ARRAY CASE TG_OP
    WHEN 'INSERT' THEN ARRAY[NEW.statement_id]
    WHEN 'DELETE' THEN ARRAY[OLD.statement_id]
    ELSE ARRAY[OLD.statement_id, NEW.statement_id] END LOOP
{skipped}    UPDATE statements_statement SET version = version + 1, changed_at = now()
     WHERE id = concerned AND status IN ('published', 'withdrawn') AND NOT EXISTS (
       SELECT FROM history_change c
        WHERE c."table" = 'statements_statement' AND c.key = concerned::text
          AND c.transaction = pg_current_xact_id()::text::bigint
          AND c.before -> 'version' IS DISTINCT FROM c.after -> 'version');
  END LOOP;
  RETURN NULL;
END $$;
"""
_SKIPPED = """    CONTINUE WHEN NOT EXISTS (SELECT FROM statements_statement
      WHERE id = concerned AND status IN ('published', 'withdrawn'));
"""
FORWARD = (
    """
DROP TRIGGER register_is_searched ON statements_actor;
DROP TRIGGER register_is_searched ON statements_office;
DROP TRIGGER register_is_searched ON statements_speakername;
DROP TRIGGER register_is_searched ON statements_speaker;
DROP FUNCTION register_is_searched();
DROP TRIGGER fragments_are_searched ON statements_attestation;
DROP FUNCTION fragments_are_searched();
DROP TRIGGER party_is_searched ON statements_party;
DROP FUNCTION party_is_searched();
DROP TRIGGER statement_is_searched ON statements_statement;
DROP FUNCTION statement_is_searched();
DROP FUNCTION statement_fragments(bigint);
DROP FUNCTION statement_names(bigint);
DROP FUNCTION words_vector(text);
DROP FUNCTION cjk_pairs(text);
"""
    + _VERSIONS.format(kept="")
    + _FOLLOWS.format(skipped=_SKIPPED)
)

BACKWARD = (
    """
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
CREATE FUNCTION statement_fragments(statement bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT string_agg(report.words, ' ') FROM statements_attestation report
   WHERE report.statement_id = statement AND report.mode = 'summary'
$$;
CREATE FUNCTION statement_is_searched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search := words_vector(concat_ws(' ', NEW.text, NEW.translation, NEW.place,
                                       statement_fragments(NEW.id), statement_names(NEW.id)));
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
CREATE FUNCTION fragments_are_searched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.mode = 'summary' THEN
    UPDATE statements_statement SET id = id WHERE id = OLD.statement_id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.mode = 'summary' THEN
    UPDATE statements_statement SET id = id WHERE id = NEW.statement_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER fragments_are_searched AFTER INSERT OR UPDATE OR DELETE ON statements_attestation
  FOR EACH ROW EXECUTE FUNCTION fragments_are_searched();
CREATE FUNCTION register_is_searched() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  named text := TG_ARGV[0];
  party text := TG_ARGV[1];
  changed bigint[] := '{}';
BEGIN
  IF TG_OP <> 'INSERT' THEN changed := changed || (to_jsonb(OLD)->>named)::bigint; END IF;
  IF TG_OP <> 'DELETE' THEN changed := changed || (to_jsonb(NEW)->>named)::bigint; END IF;
  EXECUTE format('UPDATE statements_statement SET id = id WHERE id IN '
                 '(SELECT statement_id FROM statements_party WHERE %I = ANY ($1))', party)
    USING changed;
  RETURN NULL;
END $$;
CREATE TRIGGER register_is_searched AFTER UPDATE OF name ON statements_speaker
  FOR EACH ROW EXECUTE FUNCTION register_is_searched('id', 'speaker_id');
CREATE TRIGGER register_is_searched
  AFTER UPDATE OF text, speaker_id OR INSERT OR DELETE ON statements_speakername
  FOR EACH ROW EXECUTE FUNCTION register_is_searched('speaker_id', 'speaker_id');
CREATE TRIGGER register_is_searched AFTER UPDATE OF title ON statements_office
  FOR EACH ROW EXECUTE FUNCTION register_is_searched('id', 'office_id');
CREATE TRIGGER register_is_searched AFTER UPDATE OF name, code ON statements_actor
  FOR EACH ROW EXECUTE FUNCTION register_is_searched('id', 'actor_id');
"""
    + _VERSIONS.format(kept="  shown.search := OLD.search;\n")
    + _FOLLOWS.format(skipped="")
    + """
UPDATE statements_statement SET id = id;
SET CONSTRAINTS ALL IMMEDIATE;
"""
)


class Migration(migrations.Migration):
    dependencies = [("statements", "0028_search_entries")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RemoveIndex(model_name="statement", name="statement_search"),
        migrations.RemoveField(model_name="statement", name="search"),
        audit(_STATEMENT, instead_of=audit(_STATEMENT, hidden=["search"])),
    ]
