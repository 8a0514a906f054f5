"""Who a Korean phrase names: «김영희 외교부 장관은», «김 대변인이», «외교부 당국자는», «그는»."""

from dataclasses import dataclass

import regex

from statements.attribution.foreign.lands import Land
from statements.attribution.foreign.nouns import Noun, forms, nouns
from statements.attribution.foreign.people import Cast, Mention, native_people
from statements.attribution.foreign.vocabulary import words

_SURNAMES = words(
    "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 전 홍 유 고 문 양 "
    "손 배 백 허 남 심 노 하 곽 성 차 주 우 구 민 류 나 진 지 엄 채 원 천 방 "
    "공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 라 왕 금 옥 "
    "육 인 맹 제 모 탁 국 어 은 편 용 예 견 리 로 림 려 량"
)  # fmt: skip
_WORD = regex.compile(r"\S+")
_JOSA = regex.compile(r"(?P<stem>.+?)(?P<josa>께서는|께서|에서는|은|는|이|가)$")
_PLAIN = regex.compile(r"\([^()]*\)|[,·'‘’\"]")
# What stands before a title and is no name.
_MODIFIERS = words(
    "전 현 신임 차기 전직 현직 고위 수석 부 정 새 당시 주한 주미 주일 주중 주러 "
    "주유엔 상임 제1 제2 제 공동 최고 특별 선임 대외 공식 임시 직무대행 같은 해당 이 "
    "그 두 양국 관계 담당 정례 국가 안보 외교 안보실 언론 홍보 정책 이날 앞서 이어 또 "
    "또한 한편 특히 다만 그러면서 그러나 하지만 이에 지난 오늘 어제 오전 오후 당선 후보 "
    "소속 측 등 및 겸 미국측 우리 중앙 집행 최고지도자 총괄 대행 원내 의회"
)
_STOP = regex.compile(
    r"(?:[은는을를며고면]|에서|에게|으로|까지|부터|보다|처럼|지만|는데|대해|관련해?|에|로|서|던|했다|된다|였다|있다|"
    r"통해|위해|따라|의해|했던|하는|되는|받은|않은|라는|다는|것|[와과도]|.(?:한|된|할|될))$"
)
_ORGAN = regex.compile(
    r"(?:부|청|처|실|원|국|당|군|위원회|총국|연합|의회|궁|성|본부|사령부|협회|연구소|대학교?|센터|연합회|재단|기구|위)$"
)
_MEDIUM = regex.compile(r"(?:통신|신문|일보|방송|뉴스|타임스|포스트|저널|매체|언론)(?:사)?$")
_ONE_SYLLABLE = regex.compile(r"(?:외무상|국방상|내무상|보안상|통상상|씨)$")
_PORTFOLIO = regex.compile(
    r"외교|국방|통일|외무|국무|내무|재무|법무|유엔|차석|백악관|국가|정보|안보|부|주|참|행정|상임|집행|노동|조직"
)
_FOREIGN_SYLLABLE = regex.compile(r"[스츠트크프르드브틴튼킨핀든턴번컨펠켈]")
PRONOUNS = {"그": False, "그녀": True, "본인": None}


@dataclass(frozen=True)
class Candidate:
    """A phrase that may be the subject: who it names, its particle, and where it ends."""

    mention: Mention
    josa: str
    start: int
    end: int


class KoreanNames:
    """Reads the noun phrases of one article."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._nouns = nouns("ko")
        self._lands: dict[str, Land | None] = {}
        self._introduced: set[str] = set()
        self._suffixes = {
            kind: forms("ko", kind)
            for kind in ("office", "unnamed", "body", "medium", "agency")
        }
        self._forms = {
            kind: {form for form in own if " " not in form}
            for kind, own in self._suffixes.items()
        }
        self._longest_form = max(len(form) for own in self._forms.values() for form in own)
        self._people = native_people(cast.places, "ko")

    def candidates(self, view: str, start: int, end: int, offset: int) -> list[Candidate]:
        """The phrases with a subject's particle that name somebody, in reading order."""
        words = list(_WORD.finditer(view, start, end))
        found: list[Candidate] = []
        for index, match in enumerate(words):
            word = match.group()
            if "\ue000" in word or len(word) < 2:
                continue
            comma = word.endswith(",")
            bare = word.rstrip(",")
            split = _JOSA.match(bare)
            if split is None:
                continue
            mention = self.phrase(words, index, len(split["stem"]), view, offset)
            if mention is not None:
                found.append(
                    Candidate(
                        mention, split["josa"], mention.start - offset, match.end() - comma * 0
                    )
                )
        return found

    def phrase(
        self, words: list["regex.Match[str]"], index: int, length: int, view: str, offset: int
    ) -> Mention | None:
        """Whom the phrase names whose last word is `words[index]`, its first `length` characters."""
        match = words[index]
        printed = match.group()[:length]
        stem = _PLAIN.sub("", printed)
        end = offset + match.start() + length
        if not stem:
            return None
        if stem in PRONOUNS:
            return Mention("pronoun", offset + match.start(), end, stem, female=PRONOUNS[stem])
        before = self._before(words, index)
        start = offset + (before[0].start() if before else match.start())
        phrase = view[start - offset : end - offset]
        if (stem in self._nouns and self._nouns[stem].kind == "agency") or (
            _MEDIUM.search(stem) and len(stem) > 2
        ):
            return Mention(
                "medium", offset + match.start(), end, stem, actor=self.cast.lands.body(stem)
            )
        for kind in ("unnamed", "office"):
            noun = self._suffix(stem, kind)
            if noun is not None:
                return self._titled(before, match, stem, noun, start, end, phrase, kind, offset)
        if person := self._person(before, match, stem, start, end, offset):
            return person
        if regex.fullmatch(r"\p{Lu}{2,}", stem):
            return Mention("body", offset + match.start(), end, stem)
        land = self._land(stem)
        if land is not None:
            name = land.name
            return Mention(
                "body", offset + match.start(), end, name, office="Government", land=land
            )
        body = self.cast.lands.body(stem)
        noun = self._suffix(stem, "body")
        if body is not None or noun is not None:
            named = [
                w for w in before if self._land(self._word(w)) or self._organ(self._word(w))
            ]
            if (
                body is not None
                and before
                and not named
                and not self._name_like(self._word(before[-1]))
            ):
                body = None  # «루리타니아 외교부»
                named = before[-1:]
            first = offset + (
                named[0].start() if named and before[-len(named) :] == named else match.start()
            )
            land = self._lands_of(view[first - offset : end - offset])
            if body is not None and land is None:
                land = self.cast.lands.of(body)
            elif (
                body is not None
                and land is not None
                and land.code != self.cast.lands.of(body).code
            ):
                body = None
            name = _PLAIN.sub("", view[first - offset : end - offset])
            if name in {"측", "군", "당"}:
                return None
            office = "Government" if stem == "정부" else ""
            return Mention("body", first, end, name, office=office, land=land, actor=body)
        return None

    def introduce(self, view: str, offset: int) -> None:
        """Note the people whom titles name with any particle."""
        words = list(_WORD.finditer(view))
        for index, match in enumerate(words):
            bare = regex.match(
                r"[\p{Hangul}\d]+?(?=(?:이라고|이라며|에게서|에게|께서|으로|에서|의|은|는|이|가|을|를|과|와|도|로)?[,.]?$)",
                match.group(),
            )
            if bare is None or self._suffix(bare.group(), "office") is None:
                continue
            printed = view[words[max(index - 4, 0)].start() : match.start() + bare.end()]
            if printed in self._introduced:
                continue
            self._introduced.add(printed)
            mention = self.phrase(words, index, bare.end(), view, offset)
            if mention is not None and mention.kind == "name" and len(mention.name) > 2:
                self.cast.introduce(mention, [])

    # ------------------------------------------------------------------ words

    @staticmethod
    def _word(match: "regex.Match[str]") -> str:
        return str(_PLAIN.sub("", match.group()))

    def _before(self, words: list["regex.Match[str]"], index: int) -> list["regex.Match[str]"]:
        """The words before the last one that belong to its phrase."""
        taken: list[regex.Match[str]] = []
        for match in reversed(words[max(index - 6, 0) : index]):
            raw = match.group()
            word = self._word(match)
            if "\ue000" in raw or raw.endswith((",", "”", "’", ".", ";", ":")) or not word:
                break
            known = (
                self._land(word)
                or self._name_like(word)
                or word in self._nouns
                or self._organ(word)
            )
            if not known and (
                _STOP.search(word)
                or word in {"이날", "앞서", "이어", "또", "또한", "한편", "특히"}
            ):
                break
            if word in {
                "이날",
                "앞서",
                "이어",
                "또",
                "또한",
                "한편",
                "특히",
                "다만",
                "그러면서",
                "이에",
                "지난",
            } or (regex.search(r"\d", word) and not word.startswith("제")):
                break
            taken.append(match)
        taken.reverse()
        return taken

    def _suffix(self, stem: str, kind: str) -> Noun | None:
        """The longest noun of a kind with which a word ends."""
        for length in range(min(len(stem), self._longest_form), 0, -1):
            form = stem[-length:]
            if form not in self._forms[kind]:
                continue
            # «상» alone is 외무상, never the end of any other word.
            if length == 1 and not (kind == "office" and _ONE_SYLLABLE.search(stem)):
                continue
            return self._nouns[form]
        return None

    def _land(self, word: str) -> Land | None:
        if word not in self._lands:
            self._lands[word] = self._land_named(word)
        return self._lands[word]

    def _land_named(self, word: str) -> Land | None:
        bare = word.removesuffix("의")
        found = self.cast.lands.within(bare)
        if found and found[0].start == 0 and found[0].end == len(bare):
            return found[0].land
        if len(bare) == 1:
            return self.cast.lands.short(bare)
        return None

    def _lands_of(self, phrase: str) -> Land | None:
        for word in phrase.split():
            if land := self._land(_PLAIN.sub("", word)):
                return land
        found = self.cast.lands.within(phrase)
        return found[0].land if found else None

    def _organ(self, word: str) -> bool:
        bare = word.removesuffix("의")
        noun = self._nouns.get(bare)
        if noun is not None and noun.kind == "body":
            return True
        return self.cast.lands.body(bare) is not None or (
            bool(_ORGAN.search(bare)) and len(bare) > 1 and not self._name_like(bare)
        )

    def _name_like(self, word: str) -> bool:
        """A Korean name of three syllables, or two with a known person behind them."""
        if not regex.fullmatch(r"\p{Hangul}{3}", word):
            return word in self._people or self._in_article(word)
        if _FOREIGN_SYLLABLE.search(word) and word not in self._people:
            return False  # «오스틴»
        if word[0] not in _SURNAMES or word in self._nouns or self.cast.lands.body(word):
            return False
        if self._land(word) is not None or word in _MODIFIERS:
            return False
        return not (
            regex.search(r"(?:부|처|청|실|당|원)$", word)
            and word not in self._people
            and word[0] in "정고안국조민방공전"
        )

    def _in_article(self, word: str) -> bool:
        return self.cast.of_article(Mention("name", 0, 0, word)) is not None and (
            len(word) > 1 or word == "이"
        )

    # ------------------------------------------------------------------ people

    def _person(
        self,
        before: list["regex.Match[str]"],
        match: "regex.Match[str]",
        stem: str,
        start: int,
        end: int,
        offset: int,
    ) -> Mention | None:
        """A name without any title: of the register or of the article."""
        if len(stem) > 1 and (stem in self._people or self._in_article(stem)):
            name = stem
            first = offset + match.start()
            if before:
                both = f"{self._word(before[-1])} {stem}"
                if both.replace(" ", "") in self._people:
                    name, first = both, offset + before[-1].start()
            return Mention("name", first, end, name)
        return None

    def _titled(
        self, before: list["regex.Match[str]"], match: "regex.Match[str]", stem: str, noun: Noun,
        start: int, end: int, phrase: str, kind: str, offset: int,
    ) -> Mention | None:  # fmt: skip
        attached = stem[: len(stem) - len(noun.form)]
        noun = self._longest(before, stem, noun)
        words = [(m.start(), self._word(m)) for m in before]
        names: list[tuple[int, str]] = []
        others: list[str] = []
        for at, word in words:
            surname = word == "이" and at == words[-1][0] and self._in_article("이")
            if not surname and (
                self._land(word)
                or word in _MODIFIERS
                or word in self._nouns
                or self._organ(word)
            ):
                others.append(word)
                if names and not self._is_title(word):
                    continue
            else:
                names.append((at, word))
        full = [
            n
            for n in names
            if self._name_like(n[1]) and regex.fullmatch(r"\p{Hangul}{3,4}", n[1])
        ]
        chosen = full[-1:] if full else names[-3:]
        if not full and names and names[-1][1] in _SURNAMES:
            chosen = names[-1:]
        name = " ".join(word for _, word in chosen)
        where = chosen[0][0] if chosen else None
        if not name and self._is_name(attached, kind):
            name, where = attached, match.start()
        unknown = [word for _, word in names if word not in name.split()]
        land = self._lands_of(phrase) or self._short(attached, words)
        if land is None and not unknown:
            land = self._by_organ(phrase)  # «외교부», but not «루리타니아 외교부»
        title = "" if noun.title == "person" else noun.title
        if kind == "unnamed":
            first = offset + (before[0].start() if before else match.start())
            return Mention(
                "unnamed", first, end, _PLAIN.sub("", phrase), title=title, land=land
            )
        if not name:
            bare = not others or all(self._land(word) for word in others)
            return Mention(
                "title", start, end, _PLAIN.sub("", phrase), noun.form, title, land, bare=bare
            )
        if len(name) == 1 and name not in _SURNAMES:
            return Mention("title", start, end, _PLAIN.sub("", phrase), noun.form, title, land)
        first = min(
            where if where is not None else match.start(),
            before[0].start() if others and before else match.start(),
        )
        return Mention("name", offset + first, end, name, noun.form, title, land)

    def _is_name(self, attached: str, kind: str) -> bool:
        """Whether what is written in one word with a title is a name: «윤대통령», not «외교부장관»."""
        if (
            not attached
            or attached in _MODIFIERS
            or self._land(attached)
            or self._organ(attached)
        ):
            return False
        if len(attached) == 1:
            return attached in _SURNAMES
        return self._name_like(attached) or (
            kind == "office" and _PORTFOLIO.search(attached) is None
        )

    def _is_title(self, word: str) -> bool:
        noun = self._nouns.get(word)
        return noun is not None and noun.kind == "office"

    def _longest(self, before: list["regex.Match[str]"], stem: str, noun: Noun) -> Noun:
        """«외교부 장관» rather than «장관»."""
        if before:
            both = f"{self._word(before[-1])} {stem}"
            for form in self._suffixes["office"]:
                if " " in form and both.endswith(form):
                    return self._nouns[form]
        return noun

    def _by_organ(self, phrase: str) -> Land | None:
        for word in _PLAIN.sub("", phrase).split():
            if body := self.cast.lands.body(word):
                return self.cast.lands.of(body)
        for name, actor in self.cast.lands.bodies.items():
            if len(name) > 2 and name in phrase:
                return self.cast.lands.of(actor)
        return None

    def _short(self, attached: str, words: list[tuple[int, str]]) -> Land | None:
        for word in [*(word for _, word in words), attached]:
            if (
                len(word) == 1
                and (land := self.cast.lands.short(word))
                and word not in {"한", "일", "중", "영"}
            ):
                return land
        return None
