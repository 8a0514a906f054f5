"""Pages that carried statements before looks were recorded are looked at from now on too."""

from django.db import migrations

# What `sources.capturing.keep_looking` accepts for a text that is attributed now. The first
# looks are spread over a day, and know their host so that none is in another's way.
FORWARD = """
UPDATE sources_job SET host = substring(article.url from '^https?://([^/]+)')
  FROM sources_article AS article
 WHERE kind = 'capture' AND subject = article.id AND host = ''
   AND sources_job.state IN ('queued', 'waiting') AND article.url LIKE 'http%';
INSERT INTO sources_job (kind, key, subject, state, priority, host, not_before, attempts,
    crashes, lease_owner, reason_code, reason_text, result)
SELECT 'capture', 'capture:' || id || ':recheck:0', id, 'queued', -1,
    substring(url from '^https?://([^/]+)'), now() + interval '1 hour' * (1 + 23 * random()),
    0, 0, '', '', '', ''
  FROM sources_article
 WHERE url LIKE 'http%' AND id IN (
    SELECT article_id FROM sources_snapshot
      JOIN statements_attestation ON snapshot_id = sources_snapshot.id)
ON CONFLICT (key) DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0005_register_is_searched"),
        ("sources", "0005_the_real_web"),
    ]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
