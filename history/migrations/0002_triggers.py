"""The trigger that records changes, the chain that seals them, and what guards both."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION history_shown(line jsonb, hidden text[], masked text[]) RETURNS jsonb
  LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE name text;
BEGIN
  line := line - hidden;
  FOREACH name IN ARRAY masked LOOP
    IF line ->> name IS NOT NULL THEN
      line := jsonb_set(line, ARRAY[name],
        to_jsonb('#' || left(encode(sha256(convert_to(line ->> name, 'UTF8')), 'hex'), 12)));
    END IF;
  END LOOP;
  RETURN line;
END $$;

CREATE FUNCTION history_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was jsonb;
  now_is jsonb;
  deed jsonb := nullif(current_setting('demarche.acting', true), '')::jsonb;
  owner text;
  former text;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    was := history_shown(to_jsonb(OLD), TG_ARGV[2]::text[], TG_ARGV[3]::text[]);
    former := was ->> TG_ARGV[0];
  END IF;
  IF TG_OP <> 'DELETE' THEN
    now_is := history_shown(to_jsonb(NEW), TG_ARGV[2]::text[], TG_ARGV[3]::text[]);
    owner := now_is ->> TG_ARGV[0];
  END IF;
  IF was = now_is THEN
    RETURN NULL;
  END IF;
  INSERT INTO history_change ("table", key, operation, before, after, who, who_id, why, act,
      through, role, transaction, owner_table, owner_key, left_key)
  VALUES (TG_TABLE_NAME, coalesce(now_is, was) ->> 'id', lower(TG_OP), was, now_is,
      coalesce(deed ->> 'who', ''), (deed ->> 'who_id')::bigint, coalesce(deed ->> 'why', ''),
      (deed ->> 'act')::uuid, left(current_setting('application_name'), 63), session_user,
      pg_current_xact_id()::text::bigint, TG_ARGV[1], coalesce(owner, former, ''),
      CASE WHEN owner <> former THEN former ELSE '' END);
  RETURN NULL;
END $$;

CREATE FUNCTION history_baseline(of_table text, owner_column text, of_owner text, hidden text,
    masked text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($q$
    INSERT INTO history_change ("table", key, operation, after, who, why, through, role,
        transaction, owner_table, owner_key, left_key)
    SELECT %1$L, line ->> 'id', 'baseline', line, '', '',
        left(current_setting('application_name'), 63), session_user,
        pg_current_xact_id()::text::bigint, %2$L, coalesce(line ->> %3$L, ''), ''
      FROM (SELECT history_shown(to_jsonb(t), %4$L, %5$L) AS line FROM %1$I t ORDER BY id) AS lines
  $q$, of_table, of_owner, owner_column, hidden, masked);
END $$;

-- What the hash of a seal is taken of, after the hash of the seal before.
CREATE FUNCTION history_text(c history_change) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array(c.id, (extract(epoch FROM c.at) * 1000000)::bigint, c."table", c.key,
    c.operation, c.before, c.after, c.who, c.who_id, c.why, c.act, c.through, c.role,
    c.transaction, c.owner_table, c.owner_key, c.left_key)::text
$$;

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

CREATE FUNCTION history_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history is kept as it was written; a change of it is a change more'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_kept';
END $$;
CREATE TRIGGER history_is_kept BEFORE UPDATE OR DELETE ON history_change
  FOR EACH ROW EXECUTE FUNCTION history_is_kept();
CREATE TRIGGER history_is_not_emptied BEFORE TRUNCATE ON history_change
  EXECUTE FUNCTION history_is_kept();
CREATE TRIGGER history_is_kept BEFORE UPDATE OR DELETE ON history_seal
  FOR EACH ROW EXECUTE FUNCTION history_is_kept();
CREATE TRIGGER history_is_not_emptied BEFORE TRUNCATE ON history_seal
  EXECUTE FUNCTION history_is_kept();
"""
BACKWARD = """
DROP TRIGGER history_seal ON history_change;
DROP TRIGGER history_is_kept ON history_change;
DROP TRIGGER history_is_not_emptied ON history_change;
DROP TRIGGER history_is_kept ON history_seal;
DROP TRIGGER history_is_not_emptied ON history_seal;
DROP FUNCTION history_is_kept();
DROP FUNCTION history_seal();
DROP FUNCTION history_text(history_change);
DROP FUNCTION history_baseline(text, text, text, text, text);
DROP FUNCTION history_record();
DROP FUNCTION history_shown(jsonb, text[], text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
