"""Whether a transaction has raised a statement's version is looked for by the statement.

The planner knows nothing of the transaction that is running and may take it for a small one, so
that each new party or position read all that the transaction had recorded before: 1,000
statements with what hangs on them read 3.5 million lines of the history. A sum is in no index.
"""

from django.db import migrations

_FOLLOWS = """
CREATE OR REPLACE FUNCTION statement_version_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  concerned bigint;
BEGIN
  FOREACH concerned IN ARRAY CASE TG_OP
    WHEN 'INSERT' THEN ARRAY[NEW.statement_id]
    WHEN 'DELETE' THEN ARRAY[OLD.statement_id]
    ELSE ARRAY[OLD.statement_id, NEW.statement_id] END LOOP
    CONTINUE WHEN NOT EXISTS (SELECT FROM statements_statement
      WHERE id = concerned AND status IN ('published', 'withdrawn'));
    UPDATE statements_statement SET version = version + 1, changed_at = now()
     WHERE id = concerned AND status IN ('published', 'withdrawn') AND NOT EXISTS (
       SELECT FROM history_change c
        WHERE c."table" = 'statements_statement' AND c.key = concerned::text
          AND c.transaction{alone} = pg_current_xact_id()::text::bigint
          AND c.before -> 'version' IS DISTINCT FROM c.after -> 'version');
  END LOOP;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0032_search_without_rows")]
    operations = [
        migrations.RunSQL(_FOLLOWS.format(alone=" + 0"), _FOLLOWS.format(alone="")),
    ]
