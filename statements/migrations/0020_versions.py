"""Whatever changes what readers see of a statement makes a version of it; corrections are indexed.

The program raises the version itself where it decides. What comes otherwise, by a bulk edit, raw
SQL or a cascade, is given one here; and so is a change of who took part in a statement that a
person stands behind, or of how it was judged, when its transaction ends without one.
"""

from django.db import migrations

# As `statements.corrections` asks for them; a test sees to it that the index is used.
CORRECTION_ROWS = """
operation = 'update' AND ("table" = 'statements_statement' AND before ->> 'status' IN
('published', 'withdrawn') OR "table" IN ('statements_actor', 'statements_speaker',
'statements_office'))
"""
FORWARD = """
CREATE FUNCTION statement_version_rises() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  shown statements_statement := NEW;
BEGIN
  IF NEW.version > OLD.version THEN
    RETURN NEW;
  END IF;
  NEW.version := OLD.version;
  -- What the program keeps for itself is no version.
  shown.version := OLD.version;
  shown.search := OLD.search;
  shown.fingerprint := OLD.fingerprint;
  shown.changed_at := OLD.changed_at;
  IF shown IS DISTINCT FROM OLD THEN
    NEW.version := OLD.version + 1;
    NEW.changed_at := now();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER statement_version_rises BEFORE UPDATE ON statements_statement
  FOR EACH ROW EXECUTE FUNCTION statement_version_rises();

CREATE FUNCTION statement_version_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  concerned bigint;
BEGIN
  FOREACH concerned IN ARRAY CASE TG_OP
    WHEN 'INSERT' THEN ARRAY[NEW.statement_id]
    WHEN 'DELETE' THEN ARRAY[OLD.statement_id]
    ELSE ARRAY[OLD.statement_id, NEW.statement_id] END LOOP
    UPDATE statements_statement SET version = version + 1, changed_at = now()
     WHERE id = concerned AND status IN ('published', 'withdrawn') AND NOT EXISTS (
       SELECT FROM history_change c
        WHERE c."table" = 'statements_statement' AND c.key = concerned::text
          AND c.transaction = pg_current_xact_id()::text::bigint
          AND c.before -> 'version' IS DISTINCT FROM c.after -> 'version');
  END LOOP;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER statement_version_follows
  AFTER INSERT OR UPDATE OR DELETE ON statements_party
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION statement_version_follows();
CREATE CONSTRAINT TRIGGER statement_version_follows
  AFTER INSERT OR UPDATE OR DELETE ON statements_position
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION statement_version_follows();
"""
BACKWARD = """
DROP TRIGGER statement_version_follows ON statements_position;
DROP TRIGGER statement_version_follows ON statements_party;
DROP FUNCTION statement_version_follows();
DROP TRIGGER statement_version_rises ON statements_statement;
DROP FUNCTION statement_version_rises();
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0019_disputes"), ("history", "0003_one_time_zone")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(
            f"CREATE INDEX change_is_correction ON history_change (id) WHERE {CORRECTION_ROWS}",
            "DROP INDEX change_is_correction",
        ),
    ]
