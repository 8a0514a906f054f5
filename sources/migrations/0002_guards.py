"""Snapshots never change once set: attestations point into their text by offset."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION snapshot_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.article_id, NEW.sha256, NEW.size, NEW.reader)
       IS DISTINCT FROM (OLD.article_id, OLD.sha256, OLD.size, OLD.reader) THEN
    RAISE EXCEPTION 'snapshot % is kept as fetched: its bytes, article and reader never change',
      OLD.id USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'snapshot_stays';
  END IF;
  IF OLD.read_at IS NOT NULL AND NEW.text IS DISTINCT FROM OLD.text THEN
    RAISE EXCEPTION 'snapshot %: its text was read once and never changes; read a new version',
      OLD.id USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'snapshot_stays';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER snapshot_stays BEFORE UPDATE ON sources_snapshot
  FOR EACH ROW EXECUTE FUNCTION snapshot_stays();
"""
BACKWARD = """
DROP TRIGGER snapshot_stays ON sources_snapshot;
DROP FUNCTION snapshot_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
