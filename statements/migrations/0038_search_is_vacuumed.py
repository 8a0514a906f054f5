"""Entries are vacuumed before many have changed: what SQL finds without words or values it finds in
an index, and looks at the rows of every page of which it does not know that all of it is old."""

from django.db import migrations

# A fiftieth instead of a fifth; of new rows, too, which come in time's order onto their own pages.
_SOONER = """
ALTER TABLE statements_searchentry SET (
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_insert_scale_factor = 0.02,
  autovacuum_analyze_scale_factor = 0.02
);
"""
_LATER = """
ALTER TABLE statements_searchentry RESET (
  autovacuum_vacuum_scale_factor,
  autovacuum_vacuum_insert_scale_factor,
  autovacuum_analyze_scale_factor
);
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0037_search_text_sooner")]
    operations = [migrations.RunSQL(_SOONER, _LATER)]
