"""U.S. is searched as US is: letters with dots between them are one word, in texts and queries.

Only Latin letters, as Russian initials stand before names («С.В. Лавров»), where each is too common
to count. A letter that others follow ends it: «c.example» stays two words. What holds none of this
keeps its entry.
"""

from importlib import import_module

from django.db import migrations

_words = import_module("statements.migrations.0027_search_words")
_sooner = import_module("statements.migrations.0037_search_text_sooner")

_HAS = r"[A-Za-z]\.[A-Za-z]"
_LETTERS = rf"[:alnum:]{_words._MARKS}{_words._UNSEEN}"


def _joined(letters: str) -> str:
    """The step of the function that takes the dots away, where no such letter stands beside."""
    return (
        rf"IF value ~ '{_HAS}' THEN value := regexp_replace(value, "
        rf"'(?<![{letters}])([A-Za-z])\.(?=[A-Za-z](?![{letters}]))', '\1', 'g'); END IF;"
    )


_ASCII = "    RETURN btrim(regexp_replace(lower(value), '[^a-z0-9 ]"
_CYRILLIC = "    value := replace(lower(value), 'ё', 'е');"
_OTHERS = "  value := normalize(lower(normalize(value, NFKC)), NFKD);"


def _with_initials(written: str) -> str:
    """The function as the earlier migration has it, with the step in each of its three ways."""
    for way, replaced in (
        (_ASCII, f"    {_joined('A-Za-z0-9')}\n{_ASCII}"),
        (_CYRILLIC, f"    {_joined('[:alnum:]')}\n{_CYRILLIC}"),
        (
            _OTHERS,
            f"  value := normalize(value, NFKC);\n  {_joined(_LETTERS)}\n"
            "  value := normalize(lower(value), NFKD);",
        ),
    ):
        assert written.count(way) == 1
        written = written.replace(way, replaced)
    return written


# More than is joined: whatever may become it, such as «Ｕ．Ｓ．».
_DOTTED = r"'[^[:space:][:digit:]][.․﹒．][^[:space:][:digit:]]|[㏂㏘]'"
# Nobody makes an entry in the old way meanwhile.
_AGAIN = f"""
LOCK TABLE statements_searchturn IN SHARE ROW EXCLUSIVE MODE;
DO $$
DECLARE
  dotted bigint[];
BEGIN
  dotted := ARRAY(
    SELECT id FROM statements_statement
     WHERE text ~ {_DOTTED} OR translation ~ {_DOTTED} OR place ~ {_DOTTED}
    UNION
    SELECT statement_id FROM statements_attestation WHERE words ~ {_DOTTED}
    UNION
    SELECT party.statement_id FROM statements_party party
      LEFT JOIN statements_speaker speaker ON speaker.id = party.speaker_id
      LEFT JOIN statements_office office ON office.id = party.office_id
      LEFT JOIN statements_actor actor ON actor.id = party.actor_id
     WHERE concat_ws(' ', party.name, party.printed, party.printed_office, speaker.name,
                     office.title, actor.name, actor.code) ~ {_DOTTED}
    UNION
    SELECT party.statement_id FROM statements_party party
      JOIN statements_speakername spelling ON spelling.speaker_id = party.speaker_id
     WHERE spelling.text ~ {_DOTTED}
    ORDER BY 1);
  FOR at IN 1 .. cardinality(dotted) BY 1000 LOOP
    PERFORM search_refresh(dotted[at : at + 999]);
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0039_reports_are_searched")]
    operations = [
        migrations.RunSQL(_with_initials(_sooner._TEXT) + _AGAIN, _sooner._TEXT + _AGAIN)
    ]
