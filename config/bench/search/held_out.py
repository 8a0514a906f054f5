"""Random queries that nothing was tuned on: of another seed than the corpus, each asked once."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np

from config.bench.search.asked import Asked, asked
from config.bench.search.register import DAYS, FIRST_DAY, Register
from config.bench.search.vocabulary import TERMS, tongue

COUNT = 600
_SEED = 774_411
_STANCES = ("condemns", "supports", "concerned", "neutral", "rejects", "warns")


def held_out(register: Register, count: int = COUNT) -> list[Asked]:
    """So many different queries, of all shapes that the form understands."""
    draw = _Draw(register, np.random.default_rng(_SEED))
    shapes: list[tuple[Callable[[], Asked], float]] = [
        (draw.one, 0.14), (draw.both, 0.16), (draw.either, 0.08), (draw.without, 0.12),
        (draw.without_itself, 0.02), (draw.phrase, 0.12), (draw.beginning, 0.08),
        (draw.unspaced, 0.08), (draw.cyrillic, 0.06), (draw.filters, 0.06), (draw.narrowed, 0.08),
    ]  # fmt: skip
    shares = [share for _, share in shapes]
    found: dict[Asked, None] = {}
    while len(found) < count:
        found[shapes[draw.chance.choice(len(shapes), p=shares)][0]()] = None
    return list(found)


class _Draw:
    def __init__(self, register: Register, chance: np.random.Generator) -> None:
        self.register = register
        self.chance = chance

    # ------------------------------------------------------------------ shapes

    def one(self) -> Asked:
        return asked("one word", self._word())

    def both(self) -> Asked:
        count = int(self.chance.integers(2, 4))
        return asked("and", " ".join(self._word() for _ in range(count)))

    def either(self) -> Asked:
        count = int(self.chance.integers(2, 4))
        return asked("or", " OR ".join(self._word() for _ in range(count)))

    def without(self) -> Asked:
        """Often a common word without a rare one."""
        words = " ".join(f"-{self._word()}" for _ in range(int(self.chance.integers(1, 3))))
        return asked("not", f"{self._common()} {words}")

    def without_itself(self) -> Asked:
        word = self._word()
        return asked("x -x", f"{word} -{word}")

    def phrase(self) -> Asked:
        if self.chance.random() < 0.5:
            terms = [term for term in TERMS["en"] if " " in term]
            return asked("phrase", f'"{self._of(terms)}"')
        own = tongue("en")
        first, second = own.stops + self.chance.integers(60, size=2)
        return asked("phrase", f'"{own.words[first]} {own.words[second]}"')

    def beginning(self) -> Asked:
        """Of three to five letters: the shortest ones begin many words, all of them rare."""
        word = self._word()
        size = int(self.chance.integers(3, 6))
        more = f"{self._common()} " if self.chance.random() < 0.4 else ""
        return asked("beginning", f"{more}{word[:size]}*")

    def unspaced(self) -> Asked:
        language = str(self.chance.choice(["ko", "ja", "zh"]))
        word = self._foreign(language)
        return asked("unspaced", f'"{word}"' if self.chance.random() < 0.3 else word)

    def cyrillic(self) -> Asked:
        words = [self._foreign(self._of(["ru", "uk"])) for _ in range(1 + self._coin())]
        return asked("cyrillic", " ".join(words))

    def filters(self) -> Asked:
        return asked("filters", **self._values(1 + int(self.chance.integers(3))))

    def narrowed(self) -> Asked:
        return asked("word and filter", self._word(), **self._values(1 + self._coin()))

    # ------------------------------------------------------------------ what they are made of

    def _coin(self) -> int:
        return int(self.chance.integers(2))

    def _of(self, choices: list[str]) -> str:
        return choices[int(self.chance.integers(len(choices)))]

    def _common(self) -> str:
        return self._of(["russia", "cooperation", "treaty", "sanctions", "security", "summit"])

    def _word(self) -> str:
        """A term, or an invented word: the common ones as often as the rare ones."""
        if self.chance.random() < 0.35:
            return self._of([term for term in TERMS["en"] if " " not in term])
        return self._invented("en")

    def _foreign(self, language: str) -> str:
        if self._coin():
            return self._of([term for term in TERMS[language] if " " not in term])
        word = self._invented(language)
        return word if len(word) > 1 else word + self._invented(language)

    def _invented(self, language: str) -> str:
        own = tongue(language)
        rank = np.exp(self.chance.random() * np.log(len(own.words) - own.stops))
        return str(own.words[own.stops + int(rank) - 1])

    def _values(self, count: int) -> dict[str, str]:
        """Values of so many facets, or a stretch of days."""
        chosen = self.chance.choice(7, size=count, replace=False).tolist()
        found: dict[str, str] = {}
        for facet in chosen:
            found |= self._value(facet)
        return found

    def _value(self, facet: int) -> dict[str, str]:
        register = self.register
        share = self.chance.random() ** 2
        match facet:
            case 0:
                return {"actor": register.actors[int(share * len(register.actors))].code}
            case 1:
                offices = register.offices[int(share * len(register.offices))]
                return {"speaker": offices[int(share * len(offices))].speaker.slug}
            case 2:
                return {"stance": self._of(list(_STANCES))}
            case 3:
                return {"treaty": register.treaties[int(share * len(register.treaties))].slug}
            case 4:
                return {"source": register.sources[int(share * len(register.sources))].slug}
            case 5:
                return {"not_lang": self._of(["en", "ko", "ru", "fr"])}
        first = int(self.chance.integers(DAYS - 200))
        last = first + int(self.chance.integers(10, 200))
        return {
            "from": (FIRST_DAY + timedelta(days=first)).isoformat(),
            "to": (FIRST_DAY + timedelta(days=last)).isoformat(),
        }
