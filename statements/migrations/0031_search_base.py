"""Where the search's index of each web process starts: derived, so it is not logged."""

from django.db import migrations, models

_PIECES = """
ALTER TABLE statements_searchbase SET UNLOGGED;
-- No model: a million rows that no one but the search reads, by their key.
CREATE UNLOGGED TABLE statements_searchposting (
  generation bigint NOT NULL,
  part text NOT NULL,
  key text COLLATE "C" NOT NULL,
  documents bytea NOT NULL,
  positions bytea NOT NULL,
  PRIMARY KEY (generation, part, key)
);
-- Bitmaps are packed already.
ALTER TABLE statements_searchposting
  ALTER documents SET STORAGE EXTERNAL, ALTER positions SET STORAGE EXTERNAL;
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0030_treaty_days")]
    operations = [
        migrations.CreateModel(
            name="SearchBase",
            fields=[
                ("generation", models.BigAutoField(primary_key=True, serialize=False)),
                ("layout", models.PositiveSmallIntegerField()),
                ("cluster", models.CharField(max_length=60)),
                ("moment", models.TextField()),
                ("documents", models.PositiveIntegerField()),
                ("position_bits", models.PositiveSmallIntegerField()),
                ("built_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"ordering": ["-generation"]},
        ),
        migrations.RunSQL(_PIECES, "DROP TABLE statements_searchposting;"),
    ]
