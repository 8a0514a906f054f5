"""What was published and waits to be confirmed is corrected too: the index finds it."""

from django.db import migrations

# As `statements.corrections` asks for them; a test sees to it that the index is used.
CORRECTION_ROWS = """
operation = 'update' AND ("table" = 'statements_statement' AND before ->> 'published_at'
IS NOT NULL OR "table" IN ('statements_actor', 'statements_speaker', 'statements_office'))
"""
FORMER_ROWS = """
operation = 'update' AND ("table" = 'statements_statement' AND before ->> 'status' IN
('published', 'withdrawn') OR "table" IN ('statements_actor', 'statements_speaker',
'statements_office'))
"""


def _index(rows: str) -> list[str]:
    return [
        "DROP INDEX change_is_correction",
        f"CREATE INDEX change_is_correction ON history_change (id) WHERE {rows}",
    ]


class Migration(migrations.Migration):
    dependencies = [("statements", "0023_codes_by_object"), ("history", "0003_one_time_zone")]
    operations = [migrations.RunSQL(_index(CORRECTION_ROWS), _index(FORMER_ROWS))]
