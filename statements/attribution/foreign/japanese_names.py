"""Who a Japanese phrase names: «林芳正官房長官は», «カタールの外務省報道官は», «見本氏は»."""

from dataclasses import dataclass

import regex

from statements.attribution.foreign.lands import Land
from statements.attribution.foreign.nouns import Noun, forms, nouns
from statements.attribution.foreign.people import Cast, Mention, native_people
from statements.attribution.foreign.vocabulary import words

_NP = regex.compile(
    r"(?:[\p{Han}\p{Katakana}\p{Latin}ー・＝=々ヶ]+の)*[\p{Han}\p{Katakana}\p{Latin}ー・＝=々ヶ]+$"
)
_NAME = regex.compile(r"[\p{Han}\p{Katakana}ー・＝=々ヶ]+$")
_PARTICLE = regex.compile(r"(?:(?P<topic>は)|(?P<subject>が|も))(?=.|$)")
_MODIFIER = regex.compile(
    r"(?:次期|前|元|新|現|副|兼|筆頭|臨時|常駐|国家|党|首席|主任|駐日|対外|次席|特別|上級|最高|内閣|政府|外務|国連|通商|安全保障|担当)$"
)
_ORGAN = regex.compile(
    r"(?:・?[\p{Han}\p{Katakana}ー]{1,8}(?:労働党|民主党|保守党|与党|野党)|[\p{Han}]{1,6}(?:省|庁|府|院|局|委員会|委|軍|署|社|党|会)|ホワイトハウス|クレムリン)$"
)
_PRONOUNS = {"彼": False, "彼女": True, "同氏": None, "両氏": None, "本人": None}
_SAME = regex.compile(
    r"同(?:長官|外相|首相|大統領|報道官|大臣|大使|議長|書記|主席|幹部|高官|局長|議員|代表)$"
)
_OTHER_MINISTER = regex.compile(r"(?<=[\p{Katakana}ー])(?P<title>\p{Han}{2,6}相)$")
_LAND_LIKE = regex.compile(
    r"[\p{Katakana}ー]*(?:ニア|リア|シア|スタン|ランド|ジア|ビア|共和国|王国)$"
)
_SHORT_OF = regex.compile(r"[^中](?:国務|国防|外務|政府|大統領|軍|高官|当局|首相|外相|議会)")
_BEFORE_SHORT = regex.compile(r"[\p{Katakana}ー期前元]")
_ASIDE = regex.compile(r"[(（][^()（）]*[)）]・?")
_COMMON = words(
    "状況 問題 会談 会合 条約 協定 合意 戦闘 攻撃 関係 協力 声明 共同声明 談話 結果 内容"
)


@dataclass(frozen=True)
class Candidate:
    """A phrase that may be the subject, whether it is the topic, and where it stands in the view."""

    mention: Mention
    topic: bool
    start: int
    end: int


class JapaneseNames:
    """Reads the noun phrases of one article."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._nouns = nouns("ja")
        self._forms = {
            kind: forms("ja", kind)
            for kind in ("office", "unnamed", "body", "medium", "agency")
        }
        self._people = native_people(cast.places, "ja")
        titles = "|".join(map(regex.escape, self._forms["office"]))
        self._titles = regex.compile(
            rf"(?<=[\p{{Han}}\p{{Katakana}}ー])(?:{titles})(?![\p{{Han}}\p{{Katakana}}ー])"
        )

    def candidates(self, view: str, start: int, end: int, offset: int) -> list[Candidate]:
        """The phrases with は, が or も that name somebody, in reading order."""
        found: list[Candidate] = []
        for match in _PARTICLE.finditer(view, start, end):
            mention = self.phrase(view, start, match.start(), offset)
            if mention is not None:
                at = mention.start - offset
                # «米国の国連大使も、…»: も at the beginning is the topic too
                topic = match["topic"] is not None or (
                    match.group() == "も" and at - start < 16
                )
                found.append(Candidate(mention, topic, at, match.end()))
        return found

    def phrase(self, view: str, start: int, end: int, offset: int) -> Mention | None:
        """Whom the phrase names that ends at `end`; None when it names nobody who could speak."""
        floor = max(start, end - 60)
        # «林芳正官房長官(62)は», «黄浚局(ファンジュングク)・国連大使は»: dots keep the offsets.
        tail = _ASIDE.sub(lambda m: "・" * len(m.group()), view[floor:end])
        plain = tail.rstrip("・")
        np = _NP.search(plain)
        if np is None:
            return self._pronoun(plain, floor, end, offset)
        phrase = np.group()
        begin = offset + floor + np.start()
        stop = offset + floor + np.end()
        last = regex.split("の", phrase)[-1]
        if pronoun := self._pronoun(plain, floor, floor + len(plain), offset):
            return pronoun
        for kind in ("agency", "unnamed", "office", "body", "medium"):
            noun = self._suffix(last, kind)
            if noun is None:
                continue
            if kind == "agency":
                return Mention(
                    "medium",
                    stop - len(noun.form),
                    stop,
                    noun.form,
                    actor=self.cast.lands.body(noun.form),
                )
            if kind == "unnamed":
                return Mention(
                    "unnamed", begin, stop, phrase, title=noun.title, land=self._land(phrase)
                )
            if kind == "office":
                return self._titled(phrase, last, noun, begin, stop)
            if kind == "medium":
                if len(last) - len(noun.form) >= 1 and noun.form != "社":
                    return Mention(
                        "medium", stop - len(last), stop, last, actor=self.cast.lands.body(last)
                    )
                continue
            return self._body(phrase, last, noun, begin, stop)
        if other := _OTHER_MINISTER.search(last):
            return self._titled(
                phrase, last, Noun(other["title"], "office", "minister"), begin, stop
            )
        return self._plain(phrase, last, begin, stop)

    def introduce(self, view: str, offset: int) -> None:
        """Note the people whom titles name, whatever particle follows."""
        for match in self._titles.finditer(view):
            mention = self.phrase(view, 0, match.end(), offset)
            if mention is not None and mention.kind == "name" and len(mention.name) > 2:
                self.cast.introduce(mention, [])

    # ------------------------------------------------------------------ kinds

    def _pronoun(self, plain: str, floor: int, end: int, offset: int) -> Mention | None:
        for word, female in sorted(_PRONOUNS.items(), key=lambda item: -len(item[0])):
            if plain.endswith(word) and (
                len(plain) == len(word) or not regex.match(r"\p{Han}", plain[-len(word) - 1])
            ):
                start = offset + floor + len(plain) - len(word)
                return Mention("pronoun", start, start + len(word), word, female=female)
        if same := _SAME.search(plain):
            start = offset + floor + same.start()
            return Mention("pronoun", start, start + len(same.group()), same.group())
        return None

    def _titled(
        self, phrase: str, last: str, noun: Noun, begin: int, stop: int
    ) -> Mention | None:
        prefix = last[: len(last) - len(noun.form)]
        land = self._land(phrase[: len(phrase) - len(noun.form)])
        name, organs = self._name(prefix)
        person = noun.title == "person"
        if name and (land is None or self._short_at_end(prefix)):
            land = self._short_at_end(prefix) or land
        if not name:
            if person or last in {"氏", "さん"}:
                return None
            land = land or (self._short_at_end(prefix) if prefix else None)
            before = phrase[: len(phrase) - len(last)]
            bare = (
                not organs
                and (not prefix or land is not None)
                and (not before or land is not None)
            )
            return Mention(
                "title",
                begin,
                stop,
                phrase,
                noun.form,
                "" if person else noun.title,
                land,
                bare=bare,
            )
        if land is None:
            land = self._by_organ(phrase)
        if land is None and noun.form.endswith("官房長官"):
            land = self.cast.lands.coded("JP")  # no other state has this office
        start = stop - len(noun.form) - len(prefix) + prefix.find(name)
        return Mention(
            "name", start, stop, name, "" if noun.form in {"氏", "さん"} else noun.form,
            "" if person else noun.title, land,
        )  # fmt: skip

    def _name(self, prefix: str) -> tuple[str, bool]:
        """The person's name before a title, without lands, organs and modifiers."""
        organs = False
        name = prefix
        for _ in range(4):
            before = name
            if name in self._people or self._in_article(name):
                return name, organs
            if organ := _ORGAN.search(name):
                # «金正恩・朝鮮労働党»: the dot parts the name from the party
                name, organs = name[: organ.start()], True
                if _LAND_LIKE.search(name):
                    return "", True  # «ルリタニア外務省»
            name = _MODIFIER.sub("", name)
            found = self.cast.lands.within(name)
            if (
                found
                and found[-1].end == len(name)
                and found[-1].end - found[-1].start < len(name)
            ):
                name = name[: found[-1].start]
            elif found and found[-1].end == len(name):
                return "", organs
            if (
                len(name) > 2
                and self.cast.lands.short(name[-1])
                and regex.search(r"[\p{Katakana}ー]", name[-2])
            ):
                name = name[:-1]
            elif len(name) == 1 and self.cast.lands.short(name):
                return "", organs
            if name == before:
                break
        found = self.cast.lands.within(name)
        if found and found[0].start == 0 and len(name) - found[0].end >= 2:
            name = name[found[0].end :]
        name = name.strip("・")
        if regex.fullmatch(
            r"(?:両|各|同|複数|数人|歴代|主要|関係|日米韓?|日韓|米韓|中ロ|日中韓?|米中|ロ朝)",
            name,
        ):
            return "", True
        katakana = regex.search(r"[\p{Katakana}ー・＝=]{2,}$", name)
        if katakana and regex.match(r"\p{Han}", name):
            name = katakana.group().strip("・")
        if regex.fullmatch(r"\p{Han}{6,}", name):
            return "", True
        return name.strip("・"), organs

    def _body(
        self, phrase: str, last: str, noun: Noun, begin: int, stop: int
    ) -> Mention | None:
        if noun.form.startswith("同"):
            return Mention("pronoun", stop - len(last), stop, last)
        actor = self.cast.lands.body(phrase) or self.cast.lands.body(last)
        land = self._land(phrase)
        if (
            actor is not None
            and land is not None
            and self.cast.lands.of(actor).code != land.code
        ):
            actor = None
        if actor is not None and land is None:
            land = self.cast.lands.of(actor)
        start = begin if land is not None or phrase == last else stop - len(last)
        name = phrase if start == begin else last
        if (
            land is None
            and actor is None
            and len(last) > len(noun.form)
            and regex.search(r"[\p{Han}]{7,}", last)
        ):
            return None
        office = "Government" if noun.form == "政府" else ""
        return Mention("body", start, stop, name, office=office, land=land, actor=actor)

    def _plain(self, phrase: str, last: str, begin: int, stop: int) -> Mention | None:
        """A name without a title, a state, or a seat of government."""
        if last in _COMMON:
            return None
        if last in self._people or self._in_article(last):
            return Mention(
                "name",
                stop - len(last),
                stop,
                last,
                land=self._land(phrase[: len(phrase) - len(last)]),
            )
        found = self.cast.lands.within(last)
        if found and found[0].start == 0 and found[0].end == len(last):
            land = found[0].land
            return Mention(
                "body", stop - len(last), stop, land.name, office="Government", land=land
            )
        if actor := self.cast.lands.body(last):
            return Mention(
                "body",
                stop - len(last),
                stop,
                last,
                land=self.cast.lands.of(actor),
                actor=actor,
            )
        return None

    # ------------------------------------------------------------------ words

    def _suffix(self, last: str, kind: str) -> Noun | None:
        for form in self._forms[kind]:
            if last.endswith(form):
                if form == "相":
                    continue
                if len(form) == 1 and last == form and form not in {"軍"}:
                    continue
                if kind == "body" and len(form) == 1 and len(last) > 8:
                    continue
                return self._nouns[form]
        return None

    def _in_article(self, name: str) -> bool:
        return len(name) > 1 and self.cast.of_article(Mention("name", 0, 0, name)) is not None

    def _land(self, phrase: str) -> Land | None:
        found = self.cast.lands.within(phrase)
        if found:
            return found[-1].land
        # «米国務省», «韓国防省»; 中 means too much else.
        if _SHORT_OF.match(phrase):
            return self.cast.lands.short(phrase[0])
        return None

    def _short_at_end(self, prefix: str) -> Land | None:
        """«バイデン米», «トランプ次期米»: the state's sign before the title."""
        bare = regex.sub(r"(?:次期|前|元|新|現)$", "", prefix)
        if bare and (land := self.cast.lands.short(bare[-1])):
            return land if len(bare) == 1 or _BEFORE_SHORT.match(bare[-2]) else None
        return None

    def _by_organ(self, phrase: str) -> Land | None:
        if _LAND_LIKE.search(regex.split(r"\p{Han}", phrase)[0]):
            return None
        for name, actor in self.cast.lands.bodies.items():
            if len(name) > 2 and name in phrase:
                return self.cast.lands.of(actor)
        return None
