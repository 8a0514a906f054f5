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
        (r"tsch|tch|cz|(?<!s)ch(?=[aeiouy]|$)", "ч"),
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

# What the same letters are in the spelling of one language, in those of English.
_GERMAN = (
    (r"schtsch", "shch"), (r"dsch", "dzh"), (r"tsch", "ч"), (r"sch", "sh"), (r"ch", "kh"),
    (r"z", "ts"), (r"w", "v"), (r"j", "y"),
)  # fmt: skip
_SPELT = (
    _GERMAN,
    # There «з» is written as «с» is, save where that is doubled.
    (*_GERMAN, (r"(?<![st])s(?![hkpst])", "z"), (r"ss", "s")),
    (  # French
        (r"tch", "ч"), (r"ch", "sh"), (r"gu(?=[eiy])", "g"), (r"(?<!d)j", "zh"), (r"ou", "u"),
        (r"(?<=[iy]n)e$", ""), (r"ss", "s"),
    ),
    (  # Polish
        (r"szcz", "shch"), (r"sz", "sh"), (r"cz", "ч"), (r"ch", "kh"), (r"rz", "zh"),
        (r"c(?!h)", "ts"), (r"w", "v"), (r"j", "y"),
    ),
    ((r"j", "kh"), (r"ch", "ч"), (r"ll|y", "y")),  # Spanish
)  # fmt: skip
_SPELT_AS = [
    [(regex.compile(pattern), letters) for pattern, letters in rules] for rules in _SPELT
]


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


def heard(letters: str) -> list[str]:
    """How bare letters may sound: as `sounded` has it, and as they do to those who spell Russian
    names in German, French, Polish or Spanish, where that differs.

    >>> heard("lavrow"), sounded("zakharova") in heard("sacharowa")
    (['lavrov'], True)
    """
    sounds = [sounded(letters)]
    for rules in _SPELT_AS:
        written = letters
        for pattern, other in rules:
            written = pattern.sub(other, written)
        sounds.append(sounded(written))
    return list(dict.fromkeys(sounds))
