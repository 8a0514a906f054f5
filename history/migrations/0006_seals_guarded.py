"""Triggers alone note what awaits its seal and write seals, and a transaction seals its own.

Who could write in `history_unsealed` could leave a change without its seal, or seal another's out
of turn, and in `history_seal` put a link of their own behind the newest.
"""

from django.db import migrations

# Within a trigger the depth is 1 or more. What is on a statement costs a row nothing.
_GUARDS = """
CREATE TRIGGER history_is_kept BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON history_unsealed
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION history_is_kept();
CREATE TRIGGER history_seals_itself BEFORE INSERT ON history_seal
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION history_is_kept();
"""
_NO_GUARDS = """
DROP TRIGGER history_is_kept ON history_unsealed;
DROP TRIGGER history_seals_itself ON history_seal;
"""

_SEAL = """
CREATE OR REPLACE FUNCTION history_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  due bigint[];
  newest history_seal;
  one record;
  changes bigint[] := '{{}}';
  hashes text[] := '{{}}';{here}
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
  FOR one IN SELECT c.id, {columns} FROM history_change c WHERE c.id = ANY (due)
             ORDER BY c.id LOOP{refused}
    newest.hash := encode(sha256(convert_to(newest.hash || one.said, 'UTF8')), 'hex');
    changes := changes || one.id;
    hashes := hashes || newest.hash;
  END LOOP;
  INSERT INTO history_seal (number, change_id, hash)
  SELECT newest.number + link.place, link.change, link.hash
    FROM unnest(changes, hashes) WITH ORDINALITY AS link (change, hash, place);
  RETURN NULL;
END $$;
-- A function that is replaced loses its settings.
ALTER FUNCTION history_seal() SET enable_seqscan TO 'off';
ALTER FUNCTION history_seal() SET plan_cache_mode TO 'force_generic_plan';
"""
_OF_ANY = _SEAL.format(here="", columns="history_text(c) AS said", refused="")
# Compared row by row, and not in the query, whose plan goes by the keys alone. What has its seal
# is refused by the key of seals.
_OF_THIS = _SEAL.format(
    here="\n  here bigint := pg_current_xact_id()::text::bigint;",
    columns="c.transaction, history_text(c) AS said",
    refused="""
    IF one.transaction <> here THEN
      RAISE EXCEPTION 'change % is of another transaction, which alone can seal it', one.id
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_seal';
    END IF;""",
)


class Migration(migrations.Migration):
    dependencies = [("history", "0005_sealed_by_one_plan")]
    operations = [
        migrations.RunSQL(_GUARDS, _NO_GUARDS),
        migrations.RunSQL(_OF_THIS, _OF_ANY),
    ]
