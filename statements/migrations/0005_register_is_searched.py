"""A name corrected in the register is found in what was said before, too."""

from django.db import migrations

_TABLES = {
    # table: (the columns that are searched, the column of its rows that parties name, of parties)
    "statements_speaker": ("name", "id", "speaker_id"),
    "statements_speakername": ("text, speaker_id", "speaker_id", "speaker_id"),
    "statements_office": ("title", "id", "office_id"),
    "statements_actor": ("name, code", "id", "actor_id"),
}

_FUNCTION = """
CREATE FUNCTION register_is_searched() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  named text := TG_ARGV[0];
  party text := TG_ARGV[1];
  changed bigint[] := '{}';
BEGIN
  IF TG_OP <> 'INSERT' THEN changed := changed || (to_jsonb(OLD)->>named)::bigint; END IF;
  IF TG_OP <> 'DELETE' THEN changed := changed || (to_jsonb(NEW)->>named)::bigint; END IF;
  EXECUTE format('UPDATE statements_statement SET id = id WHERE id IN '
                 '(SELECT statement_id FROM statements_party WHERE %I = ANY ($1))', party)
    USING changed;
  RETURN NULL;
END $$;
"""


def _trigger(table: str, columns: str, named: str, party: str) -> str:
    # Only spellings come and go under a statement; the others are kept while parties name them.
    events = f"UPDATE OF {columns}" + (" OR INSERT OR DELETE" if named != "id" else "")
    return f"""
        CREATE TRIGGER register_is_searched AFTER {events} ON {table}
          FOR EACH ROW EXECUTE FUNCTION register_is_searched('{named}', '{party}');
    """


FORWARD = _FUNCTION + "".join(_trigger(table, *columns) for table, columns in _TABLES.items())
BACKWARD = (
    "".join(f"DROP TRIGGER register_is_searched ON {table};" for table in _TABLES)
    + "DROP FUNCTION register_is_searched();"
)


class Migration(migrations.Migration):
    dependencies = [("statements", "0004_what_is_filled")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
