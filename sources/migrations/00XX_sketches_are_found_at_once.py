"""Sketches go straight into their index: a list of those not yet filed is read for every hash."""

import django.contrib.postgres.indexes
from django.db import migrations

FORWARD = """
ALTER INDEX snapshot_sketch SET (fastupdate = off);
SELECT gin_clean_pending_list('snapshot_sketch'::regclass);
"""
BACKWARD = "ALTER INDEX snapshot_sketch RESET (fastupdate)"


class Migration(migrations.Migration):
    dependencies = [("sources", "0005_the_real_web")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORWARD, BACKWARD)],
            state_operations=[
                migrations.RemoveIndex("snapshot", "snapshot_sketch"),
                migrations.AddIndex(
                    "snapshot",
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["sketch"], name="snapshot_sketch", fastupdate=False
                    ),
                ),
            ],
        ),
    ]
