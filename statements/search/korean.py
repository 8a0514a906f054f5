"""A Korean name in Hangul -> how each syllable of it is written in Latin and Cyrillic letters. Pure.

Every way of writing Korean goes sound by sound, but there are many ways, and people and papers mix
them: 열 is «yeol», «yŏl», «yul», «youl», «ёль» and «йоль». So each sound has all its spellings, and
a syllable all that its two or three sounds make together.

Sources: Revised Romanization (2000, «j», «eo», «eu»); McCune-Reischauer (1939) and its form of the
DPRK («ch», «ŏ», «ŭ», written «o» and «u» where marks are lost); what passports and papers write
(«oo», «ee», «young», «sung», «back»); for Russian the system of Kontsevich (1966) and what papers
write («дж», «е» for «ё»), for Ukrainian the same with «ґ», «е», «йо», «і».
"""

from functools import lru_cache
from itertools import product

import regex

from statements.search.transcribed import Unit, letters_of

_NAME = regex.compile(r"[가-힣]{2,4}")
_FIRST = 0xAC00
_VOWELS, _FINALS = 21, 28

# Before the vowel, in the order of Unicode: as the vowels and what stands behind them.
# «-» is no letter at all.
_BEFORE = (
    "g k г к ґ", "kk gg k g кк гг к", "n н", "d t т д", "tt dd t тт дд т", "r l rh n р л н",
    "m м", "b p v п б", "pp bb p пп бб п", "s sh с ш щ", "ss s сс с", "-",
    "j ch dj ч дж чж ж", "jj tch j ch чч дж ч", "ch tch чх ч ц", "k kh кх к", "t th тх т",
    "p ph пх п", "h х г",
)  # fmt: skip
_VOWEL = (
    "a ah а", "ae ai ay e э е ай", "ya я йа", "yae я йе йэ",
    "eo o u ou uh о е", "e ay е э", "yeo yo yu you yuh ё йо ьо", "ye yae е йе ьє",
    "o oh о", "wa oa ва", "wae wai ве вэ", "oe oi oy we ве вэ ой ое", "yo yoh ё йо ьо",
    "u oo ou у", "wo weo во", "we ве вэ", "wi wee ui ви ві уй", "yu yoo you ю йу",
    "eu u oo uh ы и у", "ui eui ee i e ый и ы ий і", "i ee и і",
)  # fmt: skip
# Behind it many letters sound alike.
_K, _N, _T = "k g c ck к г", "n nn н нъ нь", "t d s т"
_L, _M, _P = "l r ll ль л р", "m mm м", "p b п б"
_AFTER = (
    "-", _K, _K, _K, _N, _N, _N, _T, _L, _K, _M, _L, _L, _L, _P, _L, _M, _P, _P, _T, _T,
    "ng н нг", _T, _T, _K, _T, _P, _T,
)  # fmt: skip
# «ㅇ» before the vowel is silent; custom writes «w» and «y» for it (Woo, Yi).
_SILENT, _N_BEFORE, _L_BEFORE = 11, 2, 5
_BY_CUSTOM = {13: "woo wu ву", 18: "woo", 20: "yi yee"}
# A word does not begin with «ㄹ» in the South, nor with «ㄴ» before these vowels; in the North it
# does: Lee and Ri, Yoo and Ryu, Noh and Ro.
_SOFT = frozenset({2, 3, 6, 7, 12, 17, 20})
_NORTHERN = "r l rh р л"
# Family names that custom writes as no rule does.
_FAMILIES = {"박": "park", "허": "hur huh", "최": "цой choy"}
_OF_TWO = frozenset({"남궁", "독고", "사공", "서문", "선우", "제갈", "황보"})


def readings(name: str) -> list[list[Unit]]:
    """The ways in which a name is said: whole, the given name first, and the given name alone
    where it has two syllables. None of what is no Korean name in Hangul.

    >>> [len(units) for units in readings("김가나")], readings("가 나다")
    ([3, 3, 2], [])
    """
    if not _NAME.fullmatch(name):
        return []
    length = 2 if name[:2] in _OF_TWO and len(name) > 2 else 1
    family = [_spellings(one, at == 0) for at, one in enumerate(name[:length])]
    given = [_spellings(one, False) for one in name[length:]]
    alone = [given] if len(given) > 1 else []
    return [family + given, given + family, *alone]


@lru_cache(maxsize=4096)
def _spellings(syllable: str, family: bool) -> Unit:
    """All ways to write a syllable; with more of them where a family name begins with it."""
    rest, after = divmod(ord(syllable) - _FIRST, _FINALS)
    before, vowel = divmod(rest, _VOWELS)
    begun = letters_of(_BEFORE[before])
    if before == _SILENT and vowel in _SOFT:
        begun += letters_of(_NORTHERN)
    elif before == _L_BEFORE:
        begun.append("")
    elif before == _N_BEFORE and family:
        begun += letters_of(_NORTHERN)
    written = {
        "".join(parts)
        for parts in product(begun, letters_of(_VOWEL[vowel]), letters_of(_AFTER[after]))
    }
    if before == _SILENT and vowel in _BY_CUSTOM:
        ends = letters_of(_AFTER[after])
        written |= {"".join(parts) for parts in product(letters_of(_BY_CUSTOM[vowel]), ends)}
    if family and syllable in _FAMILIES:
        written |= set(letters_of(_FAMILIES[syllable]))
    return frozenset(written - {""})
