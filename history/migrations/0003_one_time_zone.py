"""Moments are recorded in one time zone, and changes found by person or as past the program.

A row is compared with its record by verify, and a session of psql may be in any zone.
"""

from django.db import migrations, models

FORWARD = """
ALTER FUNCTION history_record() SET timezone TO 'UTC';
ALTER FUNCTION history_baseline(text, text, text, text, text) SET timezone TO 'UTC';
"""
BACKWARD = """
ALTER FUNCTION history_record() RESET timezone;
ALTER FUNCTION history_baseline(text, text, text, text, text) RESET timezone;
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0002_triggers")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["transaction"], name="change_of_transaction"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("who", ""), _negated=True),
                fields=["who", "id"],
                name="change_of_person",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("through", "demarche"), _negated=True),
                fields=["id"],
                name="change_past_the_program",
            ),
        ),
    ]
