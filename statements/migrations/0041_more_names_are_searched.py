"""A statement is found by a thousand names and not by two hundred, of which those in Latin letters
were the first. What has fewer keeps its entry.
"""

from importlib import import_module

from django.db import migrations

_reports = import_module("statements.migrations.0039_reports_are_searched")

_FEW, _MANY = 'ORDER BY piece COLLATE "C" LIMIT 200\n', 'ORDER BY piece COLLATE "C" LIMIT 1000\n'
assert _reports._ENTRIES.count(_FEW) == 1

# Each party has seven names beside other spellings, some of them equal; the place is one more.
# Nobody makes an entry in the old way meanwhile.
_AGAIN = """
LOCK TABLE statements_searchturn IN SHARE ROW EXCLUSIVE MODE;
DO $$
DECLARE
  many bigint[];
BEGIN
  many := ARRAY(
    SELECT statement_id FROM (
      SELECT statement_id, 7 + (SELECT count(*) FROM statements_speakername spelling
                                 WHERE spelling.speaker_id = party.speaker_id)
        FROM statements_party party
      UNION ALL
      SELECT statement_id, jsonb_array_length(spans)
        FROM statements_attestation WHERE mode = 'summary'
    ) AS part (statement_id, pieces)
     GROUP BY 1 HAVING sum(pieces) >= 200 ORDER BY 1);
  FOR at IN 1 .. cardinality(many) BY 1000 LOOP
    PERFORM search_refresh(many[at : at + 999]);
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0040_initials_are_one_word")]
    operations = [
        migrations.RunSQL(
            _reports._ENTRIES.replace(_FEW, _MANY) + _AGAIN, _reports._ENTRIES + _AGAIN
        )
    ]
