"""Tell what was fetched from what a person gave, whose word on an article stands first."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Until now a given text looked like a page that answered with 200 and without any header.
GIVEN = """
UPDATE sources_snapshot SET origin = 'given', status = NULL, final_url = ''
  WHERE final_url LIKE 'text:%' OR (headers = '{}' AND redirects = '{}');
UPDATE sources_article SET by_hand = true WHERE added_by_id IS NOT NULL OR url LIKE 'text:%';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("article", "by_hand", models.BooleanField(default=False)),
        migrations.AddField(
            "snapshot",
            "origin",
            models.CharField(
                choices=[("fetched", "Fetched"), ("given", "given by hand")],
                default="fetched",
                max_length=7,
            ),
        ),
        migrations.AddField(
            "snapshot",
            "given_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            "snapshot", "final_url", models.CharField(blank=True, max_length=2000)
        ),
        migrations.AlterField(
            "snapshot", "status", models.PositiveSmallIntegerField(blank=True, null=True)
        ),
        migrations.RunSQL(GIVEN),
    ]
