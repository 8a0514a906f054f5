"""Invented words of nine languages with real terms of diplomacy among them, as texts.

How often a word comes follows Zipf and Mandelbrot; how often a term comes is stated, so that a
query's share of all statements is known beforehand.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

# Share of the statements in each language.
LANGUAGES = {
    "en": 0.62, "fr": 0.08, "es": 0.08, "de": 0.06,
    "ru": 0.05, "ko": 0.04, "ja": 0.03, "zh": 0.02, "uk": 0.02,
}  # fmt: skip
# Share of the statements of a language that hold a term, beside those that a burst adds.
TERMS: dict[str, dict[str, float]] = {
    "en": {
        "russia": 0.48, "cooperation": 0.33, "treaty": 0.24, "sanctions": 0.10,
        "security": 0.11, "summit": 0.09, "prime minister": 0.05, "missile": 0.03,
        "dialogue": 0.03, "security council resolution": 0.03, "troops": 0.025,
        "without delay": 0.02, "restraint": 0.02, "mutual defence": 0.015,
        "ratification": 0.012, "verification": 0.01, "act of aggression": 0.006,
        "denuclearization": 0.004, "comprehensive strategic partnership": 0.004,
        "safeguards": 0.003, "interoperability": 0.0008, "extradition": 0.0006,
        "plenipotentiary": 0.0004, "armistice line": 0.0005,
    },
    "fr": {
        "traité": 0.25, "coopération": 0.3, "sanctions": 0.1, "défense mutuelle": 0.02,
        "sommet": 0.08, "désarmement": 0.01,
    },
    "es": {
        "tratado": 0.25, "cooperación": 0.3, "sanciones": 0.1, "defensa mutua": 0.02,
        "cumbre": 0.08, "desarme": 0.01,
    },
    "de": {
        "vertrag": 0.25, "zusammenarbeit": 0.3, "sanktionen": 0.1, "gipfel": 0.08,
        "beistand": 0.02, "abrüstung": 0.01,
    },
    "ru": {
        "договор": 0.25, "санкции": 0.1, "сотрудничество": 0.3, "взаимная оборона": 0.02,
        "саммит": 0.08, "переговоры": 0.06, "ратификация": 0.01,
    },
    "uk": {
        "договір": 0.25, "санкції": 0.1, "співпраця": 0.3, "взаємна оборона": 0.02,
        "саміт": 0.08, "переговори": 0.06,
    },
    "ko": {
        "조약": 0.25, "제재": 0.1, "협력": 0.3, "정상회담": 0.08, "비핵화": 0.03, "군사 동맹": 0.02,
    },
    "ja": {"条約": 0.25, "制裁": 0.1, "協力": 0.3, "首脳会談": 0.08, "非核化": 0.03, "ミサイル": 0.05},
    "zh": {"条约": 0.25, "制裁": 0.1, "合作": 0.3, "首脑会谈": 0.08, "无核化": 0.03},
}  # fmt: skip
_STOP = {
    "en": "the of and to in that will is with for on as by we our this",
    "fr": "de la et les des en que pour dans une est sur",
    "es": "de la que el en y los para con una del por",
    "de": "der die und in den von zu das mit für auf ist",
    "ru": "и в на что с по это как для от мы не",
    "uk": "і в на що з до це як для від ми не",
    "ko": "",
    "ja": "のはをにがとで",
    "zh": "的在和是将与",
}
_STOPS = 0.3  # of all words
_FORMS = {"en": 60_000}
_OTHER_FORMS = 20_000
_FLAT = 20  # Mandelbrot's shift: without it the first word would stand in every text
_SENTENCE = 14  # words
_LATIN = (
    "ba be bi bo bra da de dro du fa fe fli ga go gri ka ke klo la le lo lu ma me mi mo na ne "
    "no pa pe pla po ra re ri ro sa se sto ta te ti tra va ve vi vo za ze zu"
)
_SYLLABLES = {
    "en": _LATIN,
    "fr": f"{_LATIN} é lè çon eau",
    "es": f"{_LATIN} ña ción é",
    "de": f"{_LATIN} ü schö ß",
    "ru": "ба бе во га да де жи за зо ка ке ла ло ма ме на не но па по ра ро са со та то фу ца",
    "uk": "ба бі во га ґа де жи зі їв ка ке лі ло ма ме на ні но па по ра ро са со та ті фу ці",
    "ko": " ".join(
        "가나다라마바사아자차카타파하거너더러머버서어고노도로모보소오구누두루무부수우주기니디리미비시이지"
    ),
    "ja": " ".join("山川田木林森石竹松島谷原野村町里東西南北春夏秋冬白黒赤青金銀米麦魚鳥馬牛"),
    "zh": " ".join("山川田木林森石竹松岛谷原野村镇里东西南北春夏秋冬白黑红青金银米麦鱼鸟马牛"),
}
_ENDINGS = {
    "en": ["", "", "", "s", "ed", "ing", "er", "tion", "ly"],
    "fr": ["", "", "s", "e", "es", "ment"],
    "es": ["", "", "s", "es", "mente"],
    "de": ["", "", "en", "er", "e", "ung"],
    "ru": ["", "а", "ы", "ов", "ами", "ость", "ение"],
    "uk": ["", "а", "и", "ів", "ами", "ість", "ення"],
    "ko": ["", "", "은", "을", "의", "에서"],
    "ja": [""],
    "zh": [""],
}
_SEED = 20260601


@dataclass(frozen=True)
class Tongue:
    """The words of one language, the commonest first, and how they become a text.

    `cumulated` is the share of all words up to each; stop words stand before the others.
    """

    language: str
    words: np.ndarray
    cumulated: np.ndarray
    terms: tuple[str, ...]
    shares: np.ndarray
    stops: int

    @property
    def spaced(self) -> bool:
        return self.language not in {"ja", "zh"}


@cache
def tongue(language: str) -> Tongue:
    """The same words for the same language in every run."""
    chance = np.random.default_rng([_SEED, *language.encode()])
    stop = _STOP[language]
    stops = stop.split() if " " in stop else list(stop)
    forms = _invented(language, _FORMS.get(language, _OTHER_FORMS), chance)
    weights = 1 / (np.arange(len(forms)) + _FLAT)
    share = _STOPS if stops else 0.0
    weights *= (1 - share) / weights.sum()
    if stops:
        common = 1 / (np.arange(len(stops)) + 2)
        weights = np.concatenate([common * share / common.sum(), weights])
    terms = TERMS[language]
    return Tongue(
        language,
        np.array([*stops, *forms], dtype=object),
        np.cumsum(weights),
        tuple(terms),
        np.array(list(terms.values())),
        len(stops),
    )


def _invented(language: str, count: int, chance: np.random.Generator) -> list[str]:
    """So many different words that no dictionary has, of two to five syllables."""
    syllables, endings = _SYLLABLES[language].split(), _ENDINGS[language]
    dense = language in {"ko", "ja", "zh"}
    shortest, longest = (1, 4) if dense else (2, 5)
    found: dict[str, None] = {}
    while len(found) < count:
        size = int(chance.integers(shortest, longest, endpoint=True))
        stem = "".join(syllables[i] for i in chance.integers(len(syllables), size=size))
        found[stem + endings[chance.integers(len(endings))]] = None
    return list(found)


def texts(
    language: str, topics: list[str | None], chance: np.random.Generator, longest: int = 80
) -> list[str]:
    """A text of 20 to `longest` words for each topic: a term that most of them hold, or None."""
    own = tongue(language)
    lengths = chance.integers(20, longest, size=len(topics), endpoint=True)
    picked = np.searchsorted(own.cumulated, chance.random(int(lengths.sum())))
    tokens = own.words[np.minimum(picked, len(own.words) - 1)].tolist()
    terms: list[list[str]] = [[] for _ in topics]
    drawn = np.nonzero(chance.random((len(topics), len(own.terms))) < own.shares)
    for row, term in zip(*drawn, strict=True):
        terms[row].append(own.terms[term])
    for row, topic in enumerate(topics):
        if topic is not None and chance.random() < 0.7:
            terms[row].append(topic)
    places = chance.random(sum(map(len, terms)))
    found, first, place = [], 0, 0
    for length, held in zip(lengths.tolist(), terms, strict=True):
        words = tokens[first : first + length]
        first += length
        for term in held:
            words.insert(int(places[place] * len(words)), term)
            place += 1
        found.append(_laid_out(words, own.spaced))
    return found


def _laid_out(words: list[str], spaced: bool) -> str:
    """Sentences of those words."""
    stop, space = (". ", " ") if spaced else ("。", "")
    sentences = [
        space.join(words[first : first + _SENTENCE])
        for first in range(0, len(words), _SENTENCE)
    ]
    return stop.join(one[:1].upper() + one[1:] for one in sentences) + stop.strip()
