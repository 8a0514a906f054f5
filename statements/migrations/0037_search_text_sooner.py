"""What is searched is written as before, and sooner: most texts need no look at every letter.

A single blank between two words is left where it stands, and is no match to be replaced. Texts of
plain Cyrillic letters, whose accents would be taken off and mostly be put on again, are not taken
apart. Both give what they gave, character by character.
"""

from importlib import import_module

from django.db import migrations

_words = import_module("statements.migrations.0027_search_words")

# Without accents, but for ё; `№` and whatever else would be written otherwise is left out.
_PLAIN = (
    r"\u0001-\u007F\u00AB\u00BB\u2013\u2014\u2018-\u201E"
    r"\u0404\u0406\u0407\u040E\u0410-\u044F\u0451\u0454\u0456\u0457\u045E\u0490\u0491\u0401"
)
_NOT_WORDS = rf"[:alnum:]{_words._MARKS}"
_APOSTROPHES = rf"(?<=[{_words._CYRILLIC}])[''’ʼ`´](?=[{_words._CYRILLIC}])"

_TEXT = rf"""
CREATE OR REPLACE FUNCTION search_text(value text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  value := left(value, 200000);
  IF octet_length(value) = length(value) THEN
    RETURN btrim(regexp_replace(lower(value), '[^a-z0-9 ][^a-z0-9]*| [^a-z0-9]+', ' ', 'g'));
  END IF;
  IF value !~ '[^{_PLAIN}]' THEN
    value := replace(lower(value), 'ё', 'е');
    value := regexp_replace(value, '{_APOSTROPHES}', '', 'g');
    RETURN btrim(regexp_replace(value, '[^[:alnum:] ][^[:alnum:]]*| [^[:alnum:]]+', ' ', 'g'));
  END IF;
  value := normalize(lower(normalize(value, NFKC)), NFKD);
  value := regexp_replace(value, '[{_words._UNSEEN}]+', '', 'g');
  -- Accents go. What makes й, ї and ў letters of their own stays; ё is written as е.
  value := regexp_replace(value,
    '[\u0300-\u0305\u0307\u0309-\u036F]+|(?<=[a-zα-ωе])[\u0306\u0308]+', '', 'g');
  value := left(normalize(value, NFC), 200000);
  value := replace(replace(replace(translate(value, 'øłđıħŧ', 'oldiht'),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe');
  value := regexp_replace(value, '{_APOSTROPHES}', '', 'g');
  value := regexp_replace(value, '[^{_NOT_WORDS} ][^{_NOT_WORDS}]*| [^{_NOT_WORDS}]+', ' ', 'g');
  IF value ~ '[{_words._CJK}]' THEN
    -- Each of a run but its last is doubled, and then all are moved on by one.
    value := regexp_replace(value, '([{_words._CJK}]+)', ' \1 ', 'g');
    value := regexp_replace(value, '([{_words._CJK}])(?=[{_words._CJK}])', '\1\1 ', 'g');
    value := regexp_replace(value, '([{_words._CJK}]) ([{_words._CJK}])', '\2 \2', 'g');
    value := regexp_replace(value, ' +', ' ', 'g');
  END IF;
  RETURN btrim(value);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0036_recorded_together")]
    operations = [
        migrations.RunSQL(
            _TEXT, _words._TEXT.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        ),
    ]
