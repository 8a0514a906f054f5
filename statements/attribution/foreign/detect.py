"""In which language a text is, by its letters and its commonest words.

Nothing is claimed of a language that is not read here: its paragraphs get the empty string.
"""

from collections import Counter

import regex

LANGUAGES = ("ru", "uk", "ko", "ja", "zh", "fr", "es", "de")
_SAMPLE = 20_000  # characters of a script that decide

_LETTERS = {
    "latin": regex.compile(r"\p{Latin}"),
    "cyrillic": regex.compile(r"\p{Cyrillic}"),
    "hangul": regex.compile(r"\p{Hangul}"),
    "kana": regex.compile(r"[\p{Hiragana}\p{Katakana}]"),
    "han": regex.compile(r"\p{Han}"),
    "other": regex.compile(r"[^\P{L}\p{Latin}\p{Cyrillic}\p{Hangul}\p{Hiragana}\p{Katakana}\p{Han}]"),
}  # fmt: skip
_WORD = regex.compile(r"\p{L}+")
# Lines without any letter but those of Latin: Unicode's first four blocks and common marks,
# without the micro sign.
_LATIN_ONLY = regex.compile(r"[\x00-\xb4\xb6-\u024f–—‘’“”…]*")
_SHORTEST = 12  # letters of a line that tell its script


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The commonest words of each language; those of languages that are not read tell them apart.
_COMMON = {
    "en": _words(
        "the of and to in is was for that on with said by are as at be his he her she it its they "
        "from has have had will would not but this an we i you who after about their says or a "
        "told more than were been also which him there our no new do does did can could if what "
        "when all one out up over into my your us them these those so only just"
    ),
    "fr": _words(
        "a l d qu n j le la les des du de et un une est que qui dans pour sur par au aux avec ce cette il elle "
        "sont pas plus son sa ses été ont était mais où nous vous ne se selon leur ces comme"
    ),
    "es": _words(
        "el la los las de del y que en un una es por con para se su sus al como más pero ha fue "
        "son este esta lo no según también han ser está entre sobre desde sin ante dijo"
    ),
    "de": _words(
        "der die das und ist nicht mit von den dem des ein eine einer einem für auf im zu sich auch "
        "als an es er sie wird werden hat dass aus bei nach wie noch zum zur über sagte wir war"
    ),
    "it": _words(
        "il lo gli di che e per non con una sono della del dei delle nel nella alla anche più ha "
        "si come questo ma dal sul è ha detto"
    ),
    "pt": _words(
        "o os de que e do da dos das em um uma para com não por mais como foi ao se na no nas nos "
        "são também pela pelo disse é à"
    ),
    "nl": _words(
        "de het een en van in is dat op te niet met voor zijn aan er ook door bij naar om uit maar "
        "heeft werd hij zij wordt"
    ),
    "pl": _words(
        "w i na z nie się że do jest to o jak za od po przez który która ale są był była oraz dla"
    ),
    "cs": _words("a se na v je že z s o do to jako pro ale by jsou byl byla podle které který"),
    "ro": _words("și în de la cu pe din este că nu a fost pentru care o un mai sunt prin după"),
    "sv": _words("och att det i en som på är av för med till den har inte om ett han hon sade säger"),
    "no": _words("og at det i en som på er av for med til den har ikke om et han hun sa sier å"),
    "fi": _words("ja on ei se että oli hän mutta ovat myös kun sen sanoi joka jos tai mukaan ole"),
    "tr": _words("ve bir bu için ile da de olarak çok daha olan gibi sonra kadar dedi ise ne var"),
    "vi": _words("và của là có cho không được các một trong những với người đã này khi tại về ông"),
    "id": _words("dan yang di dengan untuk ini itu dari pada dalam tidak adalah akan oleh ke kata"),
    "hu": _words("a az és hogy nem is egy van meg csak volt mint el már azt ez kell szerint"),
}  # fmt: skip
_FOREIGN = sorted(set(_COMMON) - {"en"})
_LANGUAGES_OF = {
    word: [language for language, common in _COMMON.items() if word in common]
    for word in frozenset().union(*_COMMON.values())
}
_ACCENT = regex.compile(r"[^\x00-\x7f–—‘’“”…]")
_SHARE = {"fr": 0.18, "es": 0.18, "de": 0.14}
# Letters of Cyrillic alphabets that are read by nobody here: Belarusian, Serbian, Macedonian,
# Kazakh, Kyrgyz, Tatar, Mongolian, Tajik.
_OTHER_CYRILLIC = regex.compile(r"[ўђјљњћџѓќѕәғқңөұүһҳҷӣӯ]", regex.IGNORECASE)


def by_language(text: str) -> dict[str, str]:
    """The text by the language of its paragraphs: en, one of `LANGUAGES`, or empty for others.

    Each value is as long as the text and has spaces where a paragraph is in another language,
    so that offsets into it are offsets into the text.
    """
    lines = text.split("\n")
    scripts = [_script(line) for line in lines]
    main = _main_script(lines, scripts)
    scripts = [script or main for script in scripts]
    languages = {script: _language(script, lines, scripts) for script in dict.fromkeys(scripts)}
    found = list(dict.fromkeys(languages.values()))
    if len(found) == 1:
        return {found[0]: text}
    return {
        language: "\n".join(
            line if languages[script] == language else " " * len(line)
            for line, script in zip(lines, scripts, strict=True)
        )
        for language in found
    }


def _script(line: str) -> str:
    """The script of a paragraph; empty when it is too short to tell, which follows the page."""
    if _LATIN_ONLY.fullmatch(line):
        return "latin" if len(_LETTERS["latin"].findall(line)) >= _SHORTEST else ""
    counts = {name: len(letters.findall(line)) for name, letters in _LETTERS.items()}
    total = sum(counts.values())
    if total < _SHORTEST:
        return ""
    if counts["kana"] > 0.1 * total:
        return "kana"
    # Names and quotations in Latin letters are frequent in other scripts, less so the reverse.
    for name in ("hangul", "han", "cyrillic"):
        if counts[name] > 0.35 * total:
            return name
    return max(counts, key=lambda name: counts[name])


def _main_script(lines: list[str], scripts: list[str]) -> str:
    weight: Counter[str] = Counter()
    for line, script in zip(lines, scripts, strict=True):
        weight[script or _any_script(line)] += len(line)
    if weight["kana"] and weight["kana"] * 4 > weight["han"]:
        return "kana"
    del weight[""]
    return max(weight, key=lambda script: weight[script], default="latin")


def _any_script(line: str) -> str:
    for name, letters in _LETTERS.items():
        if letters.search(line):
            return name
    return ""


def _language(script: str, lines: list[str], scripts: list[str]) -> str:
    sample = ""
    for line, own in zip(lines, scripts, strict=True):
        if own == script:
            sample += line + "\n"
        if len(sample) > _SAMPLE:
            break
    sample = sample[:_SAMPLE]
    if script == "latin":
        return _latin(sample)
    if script == "cyrillic":
        return _cyrillic(sample)
    # A paragraph of Han characters alone on a Japanese page is a Japanese one.
    if script == "han":
        return "ja" if "kana" in scripts else "zh"
    return {"hangul": "ko", "kana": "ja"}.get(script, "")


def _latin(sample: str) -> str:
    """English unless another language's commonest words prevail, or English ones are missing."""
    words = _WORD.findall(sample)
    counts: Counter[str] = Counter()
    for word, times in Counter(words).items():
        for language in _LANGUAGES_OF.get(word.lower(), ()):
            counts[language] += times
    english = counts["en"]
    best = max(_FOREIGN, key=lambda language: counts[language])
    if counts[best] >= 3 and counts[best] > 1.5 * english:
        if best in _SHARE and counts[best] >= _SHARE[best] * len(words):
            return best
        return ""
    if len(words) >= 30 and english < 0.06 * len(words):
        return ""
    if len(words) >= 5 and english == 0 and _ACCENT.search(sample):
        return best if best in _SHARE and counts[best] else ""
    return "en"


def _cyrillic(sample: str) -> str:
    low = sample.lower()
    letters = Counter(low)
    if len(_OTHER_CYRILLIC.findall(low)) >= 2:
        return ""
    ukrainian = letters["і"] + letters["ї"] + letters["є"] + letters["ґ"]
    russian = letters["ы"] + letters["э"] + letters["ё"]
    if ukrainian > russian:
        return "uk"
    # Bulgarian writes ъ often and never ы.
    if letters["ъ"] > 2 and letters["ъ"] > letters["ы"]:
        return ""
    return "ru"
