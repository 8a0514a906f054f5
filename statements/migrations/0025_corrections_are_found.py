"""Corrections are found by their kind and month, however long the history is."""

from django.db import migrations, models

# As `statements.corrections` asks for them; a test sees to it that the indexes are used.
OF_STATEMENTS = """
operation = 'update' AND "table" = 'statements_statement' AND before ->> 'published_at' IS NOT NULL
"""
CORRECTION_ROWS = """
operation = 'update' AND ("table" = 'statements_statement' AND before ->> 'published_at'
IS NOT NULL OR "table" IN ('statements_actor', 'statements_speaker', 'statements_office'))
"""
FORWARD = f"""
DROP INDEX change_is_correction;
CREATE INDEX change_is_correction ON history_change (id, at, "table") WHERE {CORRECTION_ROWS};
CREATE INDEX change_of_standing ON history_change (id) WHERE {OF_STATEMENTS}
  AND (before ->> 'status' <> after ->> 'status' OR
       before -> 'merged_into_id' <> after -> 'merged_into_id');
CREATE INDEX change_of_version_alone ON history_change (id) WHERE {OF_STATEMENTS}
  AND before - ARRAY['version', 'changed_at', 'fingerprint'] =
      after - ARRAY['version', 'changed_at', 'fingerprint'];
"""
BACKWARD = f"""
DROP INDEX change_of_version_alone;
DROP INDEX change_of_standing;
DROP INDEX change_is_correction;
CREATE INDEX change_is_correction ON history_change (id) WHERE {CORRECTION_ROWS};
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0024_corrections_of_what_was_published")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("decision__in", ["merge", "split"])),
                fields=["decision"],
                name="review_joining",
            ),
        ),
    ]
