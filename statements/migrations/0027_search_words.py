"""How words are searched: one way to write them for texts and readers alike, stems by language.

`search_text` writes a text as words between single blanks: lower case, no accents, no hyphens or
apostrophes, and runs of Chinese, Japanese and Korean as overlapping pairs of characters, as no
blanks part their words. `search_vector` makes lexemes of it, `search_lexemes` of one word that a
reader types: a statement's stems depend on its language, which a reader need not name.
"""

from django.db import migrations

# Han, kana and Hangul, and the marks that repeat or lengthen them.
_CJK = (
    r"\u3005-\u3007\u3041-\u3096\u309D-\u309F\u30A1-\u30FA\u30FC-\u30FF\u31F0-\u31FF"
    r"\u3400-\u4DBF\u4E00-\u9FFF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\U00020000-\U0003FFFF"
)
# Soft hyphens, zero-width characters, directions and variants: they are seen by nobody.
_UNSEEN = (
    r"\u00AD\u034F\u061C\u115F\u1160\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F"
    r"\u3164\uFE00-\uFE0F\uFEFF"
)
# Marks that are parts of letters in scripts that are not decomposed above.
_MARKS = r"\u0300-\u036F\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u0900-\u0EFF\u3099\u309A"
_CYRILLIC = r"\u0400-\u04FF"

_TEXT = rf"""
CREATE FUNCTION search_text(value text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  value := left(value, 200000);
  IF octet_length(value) = length(value) THEN
    RETURN btrim(regexp_replace(lower(value), '[^a-z0-9]+', ' ', 'g'));
  END IF;
  value := normalize(lower(normalize(value, NFKC)), NFKD);
  value := regexp_replace(value, '[{_UNSEEN}]+', '', 'g');
  -- Accents go. What makes й, ї and ў letters of their own stays; ё is written as е.
  value := regexp_replace(value,
    '[\u0300-\u0305\u0307\u0309-\u036F]+|(?<=[a-zα-ωе])[\u0306\u0308]+', '', 'g');
  value := left(normalize(value, NFC), 200000);
  value := replace(replace(replace(translate(value, 'øłđıħŧ', 'oldiht'),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe');
  value := regexp_replace(value,
    '(?<=[{_CYRILLIC}])[''’ʼ`´](?=[{_CYRILLIC}])', '', 'g');
  value := regexp_replace(value, '[^[:alnum:]{_MARKS}]+', ' ', 'g');
  IF value ~ '[{_CJK}]' THEN
    -- Each of a run but its last is doubled, and then all are moved on by one.
    value := regexp_replace(value, '([{_CJK}]+)', ' \1 ', 'g');
    value := regexp_replace(value, '([{_CJK}])(?=[{_CJK}])', '\1\1 ', 'g');
    value := regexp_replace(value, '([{_CJK}]) ([{_CJK}])', '\2 \2', 'g');
    value := regexp_replace(value, ' +', ' ', 'g');
  END IF;
  RETURN btrim(value);
END $$;
"""

# The endings of nouns and adjectives, longest first in effect: as few letters as possible, but
# three, are left. `-ів` of «договорів» and of «Львів» goes alike, and so does `-ов` of «Львова».
_ENDINGS = (
    "а|у|ю|я|е|є|о|и|і|ї|ь|ій|ий|ей|єй|ою|ею|єю|ям|ам|ом|ем|єм|им|ім|їм|ах|ях|их|іх|їх|ами|ями|ими|іми|"
    "їми|ього|ого|ому|ьому|ові|еві|єві|ів|їв|ія|ії|ію|іям|іях|іями|ією|істю|ої"
)
_UKRAINIAN = rf"""
CREATE FUNCTION search_ukrainian(value text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(value,
    '(?<=[а-яґєії]{{2}})с[ья](?= |$)', '', 'g'),
    '\m([а-яґєії]{{3,}}?)(?:{_ENDINGS})(?= |$)', '\1', 'g'),
    '(?<=[а-яґєії]{{3}})[іїоеє]в(?= |$)', '', 'g'),
    -- A last vowel changes with the ending: договір, договору; Київ, Києва.
    '(?<=[а-яґєії])[іїеє]([бвгґджзклмнпрстфхцчшщ])(?= |$)', 'о\1', 'g')
$$;
"""

# Stop words count in these languages: the German «war» is an English word.
_STEMMED = {"es": "spanish", "fr": "french", "de": "german"}
_WORDS = "asciiword, word, hword, hword_part, hword_asciipart, asciihword"
_CONFIGURATIONS = "".join(
    f"""
CREATE TEXT SEARCH DICTIONARY demarche_{code} (TEMPLATE = snowball, LANGUAGE = {name});
CREATE TEXT SEARCH CONFIGURATION demarche_{code} (COPY = demarche);
ALTER TEXT SEARCH CONFIGURATION demarche_{code}
  ALTER MAPPING FOR {_WORDS} WITH demarche_{code};
"""
    for code, name in _STEMMED.items()
)

_VECTOR = """
CREATE FUNCTION search_vector(value text, language text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE lower(split_part(language, '-', 1))
    WHEN 'es' THEN to_tsvector('demarche_es', search_text(value))
    WHEN 'fr' THEN to_tsvector('demarche_fr', search_text(value))
    WHEN 'de' THEN to_tsvector('demarche_de', search_text(value))
    WHEN 'uk' THEN to_tsvector('demarche_uk', search_ukrainian(search_text(value)))
    ELSE to_tsvector('demarche', search_text(value)) END
$$;
"""

_LEXEMES = rf"""
CREATE FUNCTION search_lexemes(word text)
  RETURNS TABLE (place bigint, lexemes text[], prefix boolean)
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  WITH token AS (
    SELECT piece.number, piece.text, lag(piece.text) OVER (ORDER BY piece.number) AS before
      FROM string_to_table(search_text(word), ' ') WITH ORDINALITY AS piece (text, number)
     WHERE piece.text <> ''
  )
  SELECT number,
    CASE
      WHEN text ~ '^[{_CJK}]{{2}}$' THEN ARRAY[text]
      -- What stands alone behind the last pair of a run is a part of that pair.
      WHEN text ~ '^[{_CJK}]$' AND before ~ ('^[{_CJK}]' || text || '$') THEN '{{}}'
      WHEN text ~ '^[{_CJK}]$' THEN ARRAY[text]
      WHEN length(to_tsvector('demarche', text)) = 0 THEN '{{}}'
      ELSE (SELECT array_agg(DISTINCT stem ORDER BY stem) FROM unnest(
          tsvector_to_array(to_tsvector('demarche', text))
          || tsvector_to_array(to_tsvector('demarche_es', text))
          || tsvector_to_array(to_tsvector('demarche_fr', text))
          || tsvector_to_array(to_tsvector('demarche_de', text))
          || tsvector_to_array(to_tsvector('demarche_uk', search_ukrainian(text)))) AS stem)
    END,
    text ~ '^[{_CJK}]$' AND coalesce(before !~ ('^[{_CJK}]' || text || '$'), true)
   FROM token ORDER BY number
$$;
"""

FORWARD = (
    _TEXT
    + _UKRAINIAN
    + _CONFIGURATIONS
    + f"""
CREATE TEXT SEARCH CONFIGURATION demarche_uk (COPY = demarche);
ALTER TEXT SEARCH CONFIGURATION demarche_uk
  ALTER MAPPING FOR word, hword, hword_part WITH simple;
"""
    + _VECTOR
    + _LEXEMES
)
BACKWARD = """
DROP FUNCTION search_lexemes(text);
DROP FUNCTION search_vector(text, text);
DROP FUNCTION search_ukrainian(text);
DROP FUNCTION search_text(text);
DROP TEXT SEARCH CONFIGURATION demarche_uk;
""" + "".join(
    f"DROP TEXT SEARCH CONFIGURATION demarche_{code};"
    f"DROP TEXT SEARCH DICTIONARY demarche_{code};"
    for code in _STEMMED
)


class Migration(migrations.Migration):
    dependencies = [("statements", "0026_what_sanctions_covers")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
