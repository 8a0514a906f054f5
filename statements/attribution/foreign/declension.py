"""Case endings of Russian and Ukrainian names, so that «словам Примеровой» finds Примерова."""

import regex

from statements.attribution.foreign.vocabulary import words

# The endings of nouns and adjectives in the singular, by what the nominative loses before them.
_ENDINGS = words(
    "а я у ю е є и і ы о ой ей ою ею ом ем ём єм ым им ого его ому ему ым им ая яя ую юю ої "
    "ій ий ый ові еві єві ам ям ами ями ах ях ов ев ы е их ых ими ыми і ії ію єю її"
)
_VOWELS = "аяоеєиіыйь"


def plain(word: str) -> str:
    """Lower case, ё as е: names are written either way."""
    return word.lower().replace("ё", "е").replace("ʼ", "'").replace("’", "'")


def base(nominative: str) -> str:
    """What stays of a name in every case.

    >>> base("Примерова"), base("Зеленский"), base("Россия"), base("Лавров")
    ('примеров', 'зеленск', 'росси', 'лавров')
    """
    word = plain(nominative)
    if len(word) > 4 and word.endswith(("ий", "ый", "ой", "ій", "ая", "яя")):
        return word[:-2]
    if len(word) > 3 and word[-1] in _VOWELS:
        return word[:-1]
    return word


def bases(printed: str) -> list[str]:
    """Every base that a printed form may have, longest first."""
    word = plain(printed)
    found = [word]
    for cut in range(1, 4):
        if len(word) - cut >= 2 and word[-cut:] in _ENDINGS:
            found.append(word[:-cut])
    return found


def is_nominative(printed: str, nominative: str) -> bool:
    """Whether a form is the nominative itself."""
    return plain(printed) == plain(nominative)


def to_nominative(words: list[str]) -> list[str]:
    """A best guess at the nominative of a name that is printed in the genitive only.

    >>> to_nominative(["Ады", "Примеровой"]), to_nominative(["Ивана", "Примерова"])
    (['Ада', 'Примерова'], ['Иван', 'Примеров'])
    """
    last = words[-1]
    low = plain(last)
    for pattern, cut, ending, female in _BACK:
        if pattern.search(low):
            if female is None and (len(words) < 2 or plain(words[0])[-1] in "ыи"):
                break  # «Ады Прима»: no ending of a man's name
            given = [_given(word, bool(female)) for word in words[:-1]]
            return [*given, last[: len(last) - cut] + ending]
    female_given = len(words) > 1 and plain(words[0]).endswith(("ы", "ии", "ії"))
    family = last
    if low.endswith(("ы", "и")) and len(low) > 4:
        family = last[:-1] + "а"
    elif not female_given and len(low) > 4 and low.endswith(("а", "я", "у", "ю")):
        family = last[:-1]
    elif not female_given and len(low) > 5 and low.endswith(("ом", "ем")):
        family = last[:-2]
    return [*(_given(word, female_given) for word in words[:-1]), family]


# The ending of a family name in an oblique case, how much of it goes, what comes instead, and
# whether it is a woman's (None: a man's, or a woman's nominative).
_BACK = (
    (regex.compile(r"(?:ской|цкой)$"), 2, "ая", True),
    (regex.compile(r"(?:ської|цької|зької)$"), 2, "а", True),
    (regex.compile(r"(?:ского|цкого|скому|цкому)$"), 3, "ий", False),
    (regex.compile(r"(?:ським|цьким|ским|цким|зьким)$"), 1, "й", False),
    (regex.compile(r"(?:ського|цького|зького|ському|цькому|зькому)$"), 3, "ий", False),
    (regex.compile(r"(?:ов|ев|єв|їв|ин|ын|ін)(?:ой|ої|ою)$"), 2, "а", True),
    (regex.compile(r"(?:ов|ев|єв|їв|ин|ын|ін)(?:ым|им)$"), 2, "", False),
    (regex.compile(r"(?:ов|ев|єв|їв|ин|ын|ін)у$"), 1, "", False),
    (regex.compile(r"(?:ов|ев|єв|їв|ин|ын|ін)а$"), 1, "", None),
)


def _given(word: str, female: bool) -> str:
    low = plain(word)
    if low.endswith(("ии", "ії")):
        return word[:-1] + "я"
    if low.endswith("ы"):
        return word[:-1] + "а"
    if low.endswith(("и", "і")) and female:
        return word[:-1] + "а"
    if female:
        return word[:-2] + "а" if low.endswith(("ой", "ою")) else word
    if low.endswith(("ом", "ем", "єм")) and len(low) > 4:
        return word[:-2] + ("й" if low.endswith(("еем", "ием", "ієм")) else "")
    if low.endswith(("ея", "ія", "ия", "ею", "ію", "ию")):
        return word[:-1] + "й"
    if low.endswith(("а", "у")) and len(low) > 3:
        return word[:-1]
    if low.endswith(("я", "ю")) and len(low) > 3:
        return word[:-1] + "ь"
    return word
