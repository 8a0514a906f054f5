"""Turns are taken where entries are made, by a transaction once, in one order, and not for ever.

A trigger on the register notes which of its rows changed. Which statements these concern is found
out when the turn has come, together with all else that the transaction wrote: so a transaction
whose entries are made together asks for one lock, as strong as it needs, and one that is undone
before has kept nobody waiting. What belongs to what is changed by one at a time, by a lock of its
own that comes first; a lock that is held is never made stronger for it.
"""

from importlib import import_module

from django.db import migrations

_NOTES = """
-- Which rows of the register have changed, and of what kind; none where statements have.
ALTER TABLE statements_searchpending ALTER statements SET DEFAULT '{}';
ALTER TABLE statements_searchpending ADD changed text NOT NULL DEFAULT '';
ALTER TABLE statements_searchpending ADD keys bigint[] NOT NULL DEFAULT '{}';

CREATE FUNCTION search_concerned(changed text, keys bigint[]) RETURNS SETOF bigint
  LANGUAGE plpgsql STABLE AS $$
BEGIN
  CASE changed
    WHEN 'speaker' THEN
      RETURN QUERY SELECT statement_id FROM statements_party WHERE speaker_id = ANY (keys);
    WHEN 'office' THEN
      RETURN QUERY SELECT statement_id FROM statements_party WHERE office_id = ANY (keys);
    WHEN 'actor' THEN
      RETURN QUERY SELECT statement_id FROM statements_party WHERE actor_id = ANY (keys);
    -- Whose parent or groups are others: it and all that belongs to it.
    WHEN 'member' THEN
      RETURN QUERY WITH RECURSIVE organ (id) AS (
        SELECT unnest(keys) UNION
        SELECT actor.id FROM statements_actor actor JOIN organ ON actor.parent_id = organ.id
      )
      SELECT statement_id FROM statements_party WHERE actor_id IN (SELECT id FROM organ);
    WHEN 'source' THEN
      RETURN QUERY SELECT report.statement_id FROM sources_article article
        JOIN sources_snapshot snapshot ON snapshot.article_id = article.id
        JOIN statements_attestation report ON report.snapshot_id = snapshot.id
       WHERE article.source_id = ANY (keys);
    WHEN 'article' THEN
      RETURN QUERY SELECT report.statement_id FROM sources_snapshot snapshot
        JOIN statements_attestation report ON report.snapshot_id = snapshot.id
       WHERE snapshot.article_id = ANY (keys);
  END CASE;
END $$;
"""

_FOLLOWS = """
CREATE OR REPLACE FUNCTION search_follows_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'statements_speaker' THEN
    INSERT INTO statements_searchpending (own, changed, keys)
    SELECT false, 'speaker', array_agg(n.id) FROM old_rows o JOIN new_rows n USING (id)
     WHERE n.name <> o.name HAVING count(*) > 0;
  ELSIF TG_TABLE_NAME = 'statements_office' THEN
    INSERT INTO statements_searchpending (own, changed, keys)
    SELECT false, 'office', array_agg(n.id) FROM old_rows o JOIN new_rows n USING (id)
     WHERE (n.title, n.title_kind) IS DISTINCT FROM (o.title, o.title_kind) HAVING count(*) > 0;
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO statements_searchpending (own, changed, keys)
    SELECT false, 'speaker', array_agg(DISTINCT speaker_id) FROM new_rows HAVING count(*) > 0;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO statements_searchpending (own, changed, keys)
    SELECT false, 'speaker', array_agg(DISTINCT speaker_id) FROM old_rows HAVING count(*) > 0;
  ELSE
    INSERT INTO statements_searchpending (own, changed, keys)
    SELECT false, 'speaker', array_agg(DISTINCT speaker_id) FROM (
      (SELECT speaker_id, text FROM old_rows EXCEPT SELECT speaker_id, text FROM new_rows) UNION
      (SELECT speaker_id, text FROM new_rows EXCEPT SELECT speaker_id, text FROM old_rows)
    ) AS differing HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION search_follows_actor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'statements_actor' THEN
    INSERT INTO statements_searchpending (own, changed, keys)
    SELECT false, 'actor', array_agg(n.id) FROM old_rows o JOIN new_rows n USING (id)
     WHERE (n.name, n.code) IS DISTINCT FROM (o.name, o.code) HAVING count(*) > 0
     UNION ALL
    SELECT false, 'member', array_agg(n.id) FROM old_rows o JOIN new_rows n USING (id)
     WHERE n.parent_id IS DISTINCT FROM o.parent_id HAVING count(*) > 0;
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO statements_searchpending (own, changed, keys)
    SELECT false, 'member', array_agg(DISTINCT member_id) FROM new_rows HAVING count(*) > 0;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO statements_searchpending (own, changed, keys)
    SELECT false, 'member', array_agg(DISTINCT member_id) FROM old_rows HAVING count(*) > 0;
  ELSE
    INSERT INTO statements_searchpending (own, changed, keys)
    SELECT false, 'member', array_agg(DISTINCT member_id) FROM (
      SELECT member_id FROM old_rows UNION SELECT member_id FROM new_rows) AS differing
    HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION search_follows_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'sources_source' THEN
    INSERT INTO statements_searchpending (own, changed, keys)
    SELECT false, 'source', array_agg(n.id) FROM old_rows o JOIN new_rows n USING (id)
     WHERE n.ownership_group <> o.ownership_group HAVING count(*) > 0;
  ELSE
    INSERT INTO statements_searchpending (own, changed, keys)
    SELECT false, 'article', array_agg(n.id) FROM old_rows o JOIN new_rows n USING (id)
     WHERE n.source_id <> o.source_id HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;
"""

_SETTINGS = """
ALTER FUNCTION search_refresh_pending() SET enable_seqscan TO 'off';
ALTER FUNCTION search_refresh_pending() SET jit TO 'off';
ALTER FUNCTION search_refresh_pending() SET plan_cache_mode TO 'force_generic_plan';
"""
_REFRESH = (
    """
CREATE OR REPLACE FUNCTION search_refresh_pending() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  noted statements_searchpending[];
  due bigint[];
  written boolean;
  corrected boolean;
BEGIN
  -- The first of a transaction does the work of all that come behind it.
  WITH gone AS (
    DELETE FROM statements_searchpending AS note WHERE id >= NEW.id
       AND EXISTS (SELECT FROM statements_searchpending WHERE id = NEW.id)
    RETURNING note
  )
  SELECT array_agg(note) INTO noted FROM gone;
  IF noted IS NULL THEN
    RETURN NULL;
  END IF;
  SELECT bool_or(own), bool_or(NOT own) INTO written, corrected FROM unnest(noted);
  IF corrected AND EXISTS (SELECT FROM unnest(noted) WHERE changed = 'member') THEN
    PERFORM pg_advisory_xact_lock(7240621);
  END IF;
  IF written AND corrected THEN
    LOCK TABLE statements_searchturn IN SHARE ROW EXCLUSIVE MODE;
  ELSIF written THEN
    LOCK TABLE statements_searchturn IN ROW EXCLUSIVE MODE;
  ELSE
    LOCK TABLE statements_searchturn IN SHARE MODE;
  END IF;
  -- Not before: what others have written by now counts.
  due := ARRAY(
    SELECT one FROM unnest(noted) AS note, unnest(note.statements) AS one
     UNION
    SELECT one FROM unnest(noted) AS note, search_concerned(note.changed, note.keys) AS one
     WHERE NOT note.own
     ORDER BY 1);
  WHILE cardinality(due) > 0 LOOP
    PERFORM search_refresh(due[:1000]);
    due := due[1001:];
  END LOOP;
  RETURN NULL;
END $$;
"""
    + _SETTINGS
    + """
-- Who waits longer for somebody else is told, and nothing of theirs is written.
ALTER FUNCTION search_refresh_pending() SET lock_timeout TO '10s';
"""
)

_REFRESH_BEFORE = (
    """
CREATE OR REPLACE FUNCTION search_refresh_pending() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  due bigint[];
  written boolean;
BEGIN
  -- The first of a transaction does the work of all that come behind it.
  WITH gone AS (
    DELETE FROM statements_searchpending WHERE id >= NEW.id
       AND EXISTS (SELECT FROM statements_searchpending WHERE id = NEW.id)
    RETURNING statements, own
  )
  SELECT array_agg(DISTINCT one ORDER BY one), bool_or(own) INTO due, written
    FROM gone, unnest(gone.statements) AS one;
  IF written THEN
    LOCK TABLE statements_searchturn IN ROW EXCLUSIVE MODE;
  END IF;
  WHILE cardinality(due) > 0 LOOP
    PERFORM search_refresh(due[:1000]);
    due := due[1001:];
  END LOOP;
  RETURN NULL;
END $$;
"""
    + _SETTINGS
)
_UNNOTED = """
DROP FUNCTION search_concerned(text, bigint[]);
ALTER TABLE statements_searchpending DROP keys;
ALTER TABLE statements_searchpending DROP changed;
ALTER TABLE statements_searchpending ALTER statements DROP DEFAULT;
"""

_before = import_module("statements.migrations.0028_search_entries")
FORWARD = _NOTES + _FOLLOWS + _REFRESH
BACKWARD = (
    _REFRESH_BEFORE
    + _before._FOLLOWS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    + _UNNOTED
)


class Migration(migrations.Migration):
    dependencies = [("statements", "0033_versions_by_row")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
