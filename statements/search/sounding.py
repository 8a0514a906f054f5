"""A word of a name as it is compared: its bare letters, and how it sounds in any spelling. Pure."""

import unicodedata
from functools import lru_cache

import regex

_MARKS = regex.compile(r"[\u0300-\u036f\u00ad\u200b-\u200f'’ʼ`´]")

# Russian and Ukrainian letters in Latin ones, as English texts write them; «й», «ї» and «ё» have
# lost their marks before.
_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ye", "ж": "zh",
        "з": "z", "и": "i", "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
        "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
        "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    }
)  # fmt: skip
_OTHER = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"}
)

# What Lawrow, Lavroff and Lavrov, Sacharowa and Zakharova, Poutine and Putin have in common. One
# sign stands for one sound: ш, ч, ц and ж for those that Latin letters write in several.
_SOUNDS = tuple(
    (regex.compile(pattern), sound)
    for pattern, sound in (
        (r"schtsch|shch", "ш"),
        (r"dsch|dzh|dj", "ж"),
        (r"tsch|tch|cz|ch(?=[aeiouy]|$)", "ч"),
        (r"sch|sh|sz", "ш"),
        (r"zh", "ж"),
        (r"kh|ch|x(?=o|i)", "h"),
        (r"ts|tz", "ц"),
        (r"ph", "f"),
        (r"ck|[cq]", "k"),
        (r"x", "ks"),
        (r"ff?$|ff|w", "v"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"[jy]", "i"),
        (r"i(?=[aeou])", ""),
        (r"e$", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=4096)
def bare(word: str) -> str:
    """Its letters in lower case without accents and apostrophes; Hangul in its single letters.

    >>> bare("Orbán"), bare("O’Neill"), len(bare("김정은"))
    ('orban', 'oneill', 9)
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).lower())
    plain: str = _MARKS.sub("", letters)
    return plain.translate(_OTHER)


def sounded(letters: str) -> str:
    """How bare Latin or Cyrillic letters sound, the same for all ways to write it.

    >>> {sounded(name) for name in ("lavrov", "lawrow", "lavroff", "лавров")}
    {'lavrov'}
    """
    sound = letters.translate(_LATIN)
    for pattern, sign in _SOUNDS:
        sound = pattern.sub(sign, sound)
    return sound
