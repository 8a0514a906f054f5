"""The words of an attestation are those at its offsets; reviews are only ever added."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION attestation_words_stand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE printed text;
BEGIN
  SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) INTO printed
    FROM sources_snapshot WHERE id = NEW.snapshot_id;
  IF printed IS DISTINCT FROM NEW.words THEN
    RAISE EXCEPTION 'snapshot % does not print these words at [%:%]',
      NEW.snapshot_id, NEW.start, NEW."end"
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'attestation_words_stand';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attestation_words_stand BEFORE INSERT OR UPDATE ON statements_attestation
  FOR EACH ROW EXECUTE FUNCTION attestation_words_stand();

CREATE FUNCTION review_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'reviews are kept as they were written; add another decision instead'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'review_is_kept';
END $$;
CREATE TRIGGER review_is_kept BEFORE UPDATE OR DELETE ON statements_review
  FOR EACH ROW EXECUTE FUNCTION review_is_kept();
"""
BACKWARD = """
DROP TRIGGER attestation_words_stand ON statements_attestation;
DROP FUNCTION attestation_words_stand();
DROP TRIGGER review_is_kept ON statements_review;
DROP FUNCTION review_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0001_initial"), ("sources", "0002_guards")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
