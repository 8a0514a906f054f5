"""The record of an article and of its texts is kept too: its outlet, address, day and hashes.

The text itself is held by its hash. What stands already is recorded as it is now.
"""

from django.db import migrations

from history.auditing import audit

WORK = ["cluster", "state", "state_since"]


class Migration(migrations.Migration):
    dependencies = [("sources", "0008_references"), ("history", "0003_one_time_zone")]
    operations = [
        migrations.RunSQL(
            "DROP TRIGGER history_record ON sources_article",
            str(audit("sources_article", hidden=WORK, on="UPDATE OR DELETE").sql),
        ),
        audit("sources_article", hidden=WORK),
        audit(
            "sources_snapshot",
            hidden=["text", "sketch", "damaged_at"],
            owner=("article_id", "sources_article"),
        ),
    ]
