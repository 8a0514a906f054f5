"""How a snapshot came here never changes either, and what was given was not fetched."""

from django.db import migrations, models
from django.db.models import Q

FORWARD = """
CREATE OR REPLACE FUNCTION snapshot_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.article_id, NEW.sha256, NEW.size, NEW.reader, NEW.origin, NEW.final_url,
      NEW.redirects, NEW.status, NEW.headers, NEW.content_type, NEW.fetched_at)
       IS DISTINCT FROM
     (OLD.article_id, OLD.sha256, OLD.size, OLD.reader, OLD.origin, OLD.final_url,
      OLD.redirects, OLD.status, OLD.headers, OLD.content_type, OLD.fetched_at) THEN
    RAISE EXCEPTION 'snapshot % is kept as it came: its bytes, article, origin and reader never change',
      OLD.id USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'snapshot_stays';
  END IF;
  IF OLD.read_at IS NOT NULL AND NEW.text IS DISTINCT FROM OLD.text THEN
    RAISE EXCEPTION 'snapshot %: its text was read once and never changes; read a new version',
      OLD.id USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'snapshot_stays';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0003_origin")]
    operations = [
        migrations.RunSQL(FORWARD),
        migrations.AddConstraint(
            "snapshot",
            models.CheckConstraint(
                name="snapshot_given_was_not_fetched",
                condition=Q(origin="fetched", status__isnull=False, given_by__isnull=True)
                & ~Q(final_url="")
                | Q(origin="given", status__isnull=True, final_url="", redirects=[]),
            ),
        ),
    ]
