"""How changes are looked up for their seals is planned once for a session.

To plan it each time for so many of them takes longer than to seal what a person has changed.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("history", "0004_sealed_together")]
    operations = [
        migrations.RunSQL(
            "ALTER FUNCTION history_seal() SET plan_cache_mode TO 'force_generic_plan';",
            "ALTER FUNCTION history_seal() RESET plan_cache_mode;",
        ),
    ]
