"""The stems that other forms of a Ukrainian word have in the index. Pure.

`stem` is the database's `search_ukrainian`, which takes endings off and levels a last vowel: a test
holds the two against each other. Where a consonant changes, a vowel flees or a verb takes another
ending, the forms of one word keep different stems: безпека, безпеці; наслідок, наслідку; підписати,
підписав. So a typed word is looked for by the stems of its other forms, too. Which word it is
nobody looks up: forms that do not exist find nothing.

The facts are those of the Ukrainian orthography of 2019, §§ 9–16 (alternations) and 62–117 (forms).
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

_LETTER = "[а-яґєії]"
# As in `search_ukrainian`: what is taken off while three letters are left.
ENDINGS = """
    а у ю я е є о и і ї ь ій ий ей єй ою ею єю ям ам ом ем єм им ім їм ах ях их іх їх ами ями ими
    іми їми ього ого ому ьому ові еві єві ів їв ія ії ію іям іях іями ією істю ої
"""
_REFLEXIVE = re.compile(rf"(?<={_LETTER}{{2}})с[ья]$")
_ENDING = re.compile(rf"^({_LETTER}{{3,}}?)(?:{'|'.join(ENDINGS.split())})$")
_POSSESSIVE = re.compile(rf"(?<={_LETTER}{{3}})[іїоеє]в$")
_LAST_VOWEL = re.compile(rf"(?<={_LETTER})[іїеє]([бвгґджзклмнпрстфхцчшщ])$")
_WORD = re.compile(rf"{_LETTER}{{3,}}")

# Consonants before the -і of a case.
_SOFTENED = {"к": "ц", "г": "з", "х": "с"}
_HARDENED = {soft: hard for hard, soft in _SOFTENED.items()}
# Consonants before the endings of a verb's present and of its participle.
_OF_PRESENT = {"с": "ш", "з": "ж", "к": "ч", "г": "ж", "х": "ш"}
_OF_PARTICIPLE = {
    "ст": "щ", "д": "дж", "т": "ч", "з": "ж", "с": "ш",
    "б": "бл", "п": "пл", "в": "вл", "м": "мл", "ф": "фл",
}  # fmt: skip

# How forms of the likes of «порушення» end, and those of adjectives do not.
_OF_ACTIONS = ("ння", "нню", "нням", "ннями", "ннях")

# Words whose forms follow no rule, and of which the sources are full.
_IRREGULAR = """
    день дня дню днем дні днів дням днями днях
    тиждень тижня тижні тижнів
    бій бою боєм бої боїв боям боях
    боєць бійця бійці
    війна воєн
    лід льоду
    стаття статей
    людина люди людьми
    дитина діти дітьми
    друг друзі
    гроші грошима
    успіх успіху успіхи
    рік році
    рука руці
    місце місць
    могти може можуть міг могла могли
    їхати їде їду їдуть їхав їхала
    йти іде йде йдуть ішов йшов йшла йшли
    зустріти зустрів зустріла зустріли зустріне зустрінуть зустрічі
    допомогти допоміг допомогла допомогли допоможе допоможуть
    дати дав дала дали дасть дадуть
    надати надав надала надали надасть нададуть надано
    передати передав передала передали передасть передадуть передано
    взяти взяв взяла взяли візьме візьмуть взято
    прийняти прийняв прийняла прийняли прийме приймуть прийнято
    почати почав почала почали почне почнуть
"""


def stem(word: str) -> str:
    """The word as the index has it in Ukrainian texts. It is given as `search_text` writes it.

    >>> [stem(word) for word in ("договір", "договорами", "безпека", "безпеці")]
    ['договор', 'договор', 'безпок', 'безпоц']
    """
    bare = _ENDING.sub(r"\1", _REFLEXIVE.sub("", word))
    return _LAST_VOWEL.sub(r"о\1", _POSSESSIVE.sub("", bare))


def stems(word: str) -> tuple[str, ...]:
    """The stems of the word's forms, in order; none of what cannot be a Ukrainian word.

    >>> stems("зброя")
    ('збр', 'збро')
    """
    if not _WORD.fullmatch(word) or not _LETTERS.issuperset(word):
        return ()
    own = stem(word)
    found = {own, *_irregular().get(own, ()), *_of_noun(word, own), *_of_verb(word)}
    return tuple(sorted(one for one in found if len(one) >= 3 or one == own))


# Russian alone has ы, э and ъ.
_LETTERS = frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")


@cache
def _irregular() -> dict[str, frozenset[str]]:
    families = [frozenset(map(stem, line.split())) for line in _IRREGULAR.splitlines()]
    return {one: family for family in families for one in family}


def _of_noun(word: str, own: str) -> Iterator[str]:
    """Stems of a noun or adjective, of which the last sounds change."""
    before, last = own[:-1], own[-1]
    if word[-1] in "ії" and last in _HARDENED:  # безпеці
        yield before + _HARDENED[last]
        yield from _with_fleeting(before + _HARDENED[last])
    elif last in _SOFTENED and len(own) > 3:
        yield before + _SOFTENED[last]
    yield from _with_fleeting(own)
    if word.endswith("ок"):  # поставок, поставці
        yield f"{own[:-2]}ц"
    if last in "ео":  # зброя, Корея
        yield before
    for ending in ("ої", "ою", "ей", "ею"):
        if word.endswith(ending):
            yield stem(word[:-1] + "я")
    if own.endswith("нн"):  # порушення, порушень; остання, останньої
        if word.endswith(_OF_ACTIONS):
            yield stem(own[:-1])
        yield f"{own}ь"
    elif last == "н":
        if word.endswith("нь"):
            yield f"{word[:-2]}нн"
        yield f"{own}ь"
    elif own.endswith("нь"):
        yield before
    for one, other in (("іст", "ост"), ("ост", "іст")):  # незалежність, -ності, -ністю
        if own.endswith(one) and len(own) > 4:
            yield own[:-3] + other
            if len(own) > 7:
                yield own[:-3]
    if word.endswith("істю"):
        yield f"{word[:-4]}іст"
        yield f"{word[:-4]}ост"
    elif len(word) > 4 and word[-1] == "ю" and word[-2] == word[-3]:  # відповіддю
        yield stem(word[:-2])
    elif last in "дтзсцлчшж" and word[-1] in "дтзсцлчшжьіий":
        yield from (f"{own[:-2]}{vowel}{last}{last}" for vowel in _raw_vowels(own))
    if own.endswith("янин"):  # росіянин, росіян
        yield own[:-2]
    elif own.endswith(("ян", "чан", "жан")):
        yield f"{own}ин"


def _raw_vowels(own: str) -> str:
    """What the last vowel of a stem may have been in a closed syllable."""
    return "іео" if own[-2] == "о" else own[-2]


def _with_fleeting(own: str) -> Iterator[str]:
    """The stem with a last vowel that flees, or without it: наслідок, наслідку; землі, земель."""
    before, last = own[:-2], own[-1]
    if len(own) < 3 or last not in "кцнлр":
        return
    if own[-2] != "о":
        if own[-2] not in _VOWELS:
            yield f"{own[:-1]}о{last}"
        if own[-2] in "йь":  # корейці, пальці
            yield f"{before}о{last}"
    elif before[-1] in _VOWELS:
        yield f"{before}й{last}"
    else:
        yield before + last
        if before[-1] == "л" and last in "цк":
            yield f"{before}ь{last}"


_VOWELS = "аеєиіїоуюя"


def _of_verb(word: str) -> Iterator[str]:
    """Stems of the forms of what may be a verb."""
    for base in _infinitives(_REFLEXIVE.sub("", word)):
        if len(base) >= 3:
            yield from map(stem, _forms(base))


# How forms end, by what stands instead of the ending before the -ти of the infinitive.
_FORMS_OF = {
    "": "ти в ла ло ли тиме тимуть",
    "а": "ає аю ають аємо ано",
    "я": "яє яю яють яємо яно",
    "ува": "ує ую ують уємо",
    "юва": "ює юють юємо",
    "и": "ить ять лять имо",
    "дава": "дає дають",
    "знава": "знає знають",
    "става": "стає стають",
}
_ENDS = [(ending, base) for base, endings in _FORMS_OF.items() for ending in endings.split()]
_BEFORE_TY = "аяиіу"


def _infinitives(word: str) -> Iterator[str]:
    """What may stand before the -ти of the word's infinitive."""
    if word.endswith("ів"):  # mostly the genitive of many
        return
    for ending, instead in _ENDS:
        base = word.removesuffix(ending) + instead
        if word.endswith(ending) and base[-1:] in _BEFORE_TY:
            yield base
    if word.endswith("ено"):  # засуджено
        bare = word[:-3]
        yield f"{bare}и"
        for plain, changed in _OF_PARTICIPLE.items():
            if bare.endswith(changed):
                yield f"{bare[: -len(changed)]}{plain}и"
    for ending in ("е", "уть"):  # підпише
        changed = word[: -len(ending)]
        if word.endswith(ending) and len(word) > 4:
            yield from (
                f"{changed[:-1]}{plain}а"
                for plain, one in _OF_PRESENT.items()
                if changed.endswith(one)
            )


def _forms(base: str) -> Iterable[str]:
    """Forms of the verb of which that stands before -ти."""
    forms = [base + ending for ending in ("ти", "в", "ла", "тиме", "тимуть")]
    if base.endswith(("дава", "знава", "става")):
        forms += [base[:-2] + ending for ending in ("є", "ють", "ємо")]
    elif base.endswith(("ува", "юва")):
        present = base[:-2]
        forms += [f"{base}но", *(present + ending for ending in ("є", "ють", "ємо"))]
    elif base[-1] in "ая":
        forms += [base + ending for ending in ("но", "є", "ють", "ємо")]
        if changed := _OF_PRESENT.get(base[-2]):
            forms += [f"{base[:-2]}{changed}{ending}" for ending in ("е", "уть")]
    elif base[-1] == "и":
        bare = base[:-1]
        changed = next(_changed(bare), bare)
        labial = changed if bare[-1] in "бпвмф" else bare
        forms += [f"{changed}ено", f"{labial}ять", f"{bare}ать", f"{base}мо"]
    return forms


def _changed(bare: str) -> Iterator[str]:
    """What stands before -ено, if it is another than before -ити."""
    for plain, changed in _OF_PARTICIPLE.items():
        if bare.endswith(plain):
            yield bare.removesuffix(plain) + changed
