"""What a transaction has changed is sealed in one pass as it commits, and recorded in one where
one statement inserts many rows.

Triggers for each row had the newest seal looked up, and several queries begun and ended, for each
change. What awaits its seal is noted (`history_unsealed`, empty between transactions), and the
first of it seals all: the chain is the one that it was, in the same order.
"""

import django.db.models.deletion
from django.db import migrations, models

_RECORD = """
-- As history_record does for a row: all rows that one statement has inserted.
CREATE FUNCTION history_record_new() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  deed jsonb := nullif(current_setting('demarche.acting', true), '')::jsonb;
BEGIN
  INSERT INTO history_change ("table", key, operation, after, who, who_id, why, act, through,
      role, transaction, owner_table, owner_key, left_key)
  SELECT TG_TABLE_NAME, line ->> 'id', 'insert', line, coalesce(deed ->> 'who', ''),
      (deed ->> 'who_id')::bigint, coalesce(deed ->> 'why', ''), (deed ->> 'act')::uuid,
      left(current_setting('application_name'), 63), session_user,
      pg_current_xact_id()::text::bigint, TG_ARGV[1], coalesce(line ->> TG_ARGV[0], ''), ''
    -- What is behind OFFSET is computed once, however often it is named.
    FROM (SELECT history_shown(to_jsonb(made), TG_ARGV[2]::text[], TG_ARGV[3]::text[]) AS line
            FROM new_rows AS made OFFSET 0) AS lines;
  RETURN NULL;
END $$;
ALTER FUNCTION history_record_new() SET timezone TO 'UTC';
"""

_SEAL = """
CREATE UNLOGGED TABLE history_unsealed (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  changes bigint[] NOT NULL
);

CREATE FUNCTION history_awaits_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history_unsealed (changes) SELECT array_agg(id) FROM new_rows HAVING count(*) > 0;
  RETURN NULL;
END $$;

DROP TRIGGER history_seal ON history_change;
DROP FUNCTION history_seal();
CREATE FUNCTION history_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  due bigint[];
  newest history_seal;
  one record;
  changes bigint[] := '{}';
  hashes text[] := '{}';
BEGIN
  -- The first of a transaction does the work of all that come behind it.
  WITH sealed AS (
    DELETE FROM history_unsealed WHERE id >= NEW.id
       AND EXISTS (SELECT FROM history_unsealed WHERE id = NEW.id)
    RETURNING history_unsealed.changes
  )
  SELECT array_agg(id) INTO due FROM sealed, unnest(sealed.changes) AS id;
  IF due IS NULL THEN
    RETURN NULL;
  END IF;
  -- One sealer at a time; it runs as the transaction commits, so the wait is short.
  PERFORM pg_advisory_xact_lock(7240620);
  SELECT * INTO newest FROM history_seal ORDER BY number DESC LIMIT 1;
  newest.number := coalesce(newest.number, 0);
  newest.hash := coalesce(newest.hash, '');
  FOR one IN SELECT c.id, history_text(c) AS said FROM history_change c WHERE c.id = ANY (due)
             ORDER BY c.id LOOP
    newest.hash := encode(sha256(convert_to(newest.hash || one.said, 'UTF8')), 'hex');
    changes := changes || one.id;
    hashes := hashes || newest.hash;
  END LOOP;
  INSERT INTO history_seal (number, change_id, hash)
  SELECT newest.number + link.place, link.change, link.hash
    FROM unnest(changes, hashes) WITH ORDINALITY AS link (change, hash, place);
  RETURN NULL;
END $$;
-- By keys: statistics know nothing of what a transaction has noted.
ALTER FUNCTION history_seal() SET enable_seqscan TO 'off';

CREATE TRIGGER history_awaits_seal AFTER INSERT ON history_change
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION history_awaits_seal();
CREATE CONSTRAINT TRIGGER history_seal AFTER INSERT ON history_unsealed
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION history_seal();
"""
_SEAL_BACK = """
DROP TRIGGER history_awaits_seal ON history_change;
DROP TABLE history_unsealed;
DROP FUNCTION history_awaits_seal();
DROP FUNCTION history_seal();
CREATE FUNCTION history_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  newest history_seal;
BEGIN
  -- One sealer at a time; it runs as the transaction commits, so the wait is short.
  PERFORM pg_advisory_xact_lock(7240620);
  SELECT * INTO newest FROM history_seal ORDER BY number DESC LIMIT 1;
  INSERT INTO history_seal (number, change_id, hash)
  SELECT coalesce(newest.number, 0) + 1, c.id,
      encode(sha256(convert_to(coalesce(newest.hash, '') || history_text(c), 'UTF8')), 'hex')
    FROM history_change c WHERE c.id = NEW.id;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER history_seal AFTER INSERT ON history_change
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION history_seal();
"""

# Byte for byte what jsonb_build_array gave: its parts are written, and not first taken in.
_TEXT = """
CREATE OR REPLACE FUNCTION history_text(c history_change) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT {array}(c.id, (extract(epoch FROM c.at) * 1000000)::bigint, c."table", c.key,
    c.operation, c.before, c.after, c.who, c.who_id, c.why, c.act, c.through, c.role,
    c.transaction, c.owner_table, c.owner_key, c.left_key)::text
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0003_one_time_zone")]
    operations = [
        migrations.RunSQL(_RECORD, "DROP FUNCTION history_record_new();"),
        migrations.RunSQL(_SEAL, _SEAL_BACK),
        migrations.RunSQL(
            _TEXT.format(array="json_build_array"), _TEXT.format(array="jsonb_build_array")
        ),
        # The trigger alone writes seals, of changes that its transaction has written.
        migrations.AlterField(
            model_name="seal",
            name="change",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seal",
                to="history.change",
            ),
        ),
    ]
