"""Moments are recorded in one time zone, whatever that of the connection that writes.

A row is compared with its record by verify, and a session of psql may be in any zone.
"""

from django.db import migrations

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
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
