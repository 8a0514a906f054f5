"""Reported speech in Chinese: S表示，…, S说：“…”, “…”S强调，“…”, 据S…."""

from dataclasses import replace

import regex

from statements.attribution.foreign.cues import chinese_cue
from statements.attribution.foreign.findings import Finding, Span
from statements.attribution.foreign.lands import Land
from statements.attribution.foreign.nouns import forms, nouns
from statements.attribution.foreign.passages import HIDDEN, Passage, Sentence
from statements.attribution.foreign.people import Cast, Mention, native_people
from statements.attribution.foreign.reader import Reader

_EDGE = regex.compile(rf"[，,。；;：:！？、{HIDDEN}]")
_NAME = regex.compile(
    r"[\p{Han}·]{2,12}?(?=\d|在|对|就|于|当|今|昨|周|星期|再次|随后|也|还|则|向|接受|近日|日前|此前|同日|"
    r"（|\(|和|与|及|重申|明确|进一步|被|将|將|又|指|[，,。：:、]|$)"
)
_ACCORDING = regex.compile(
    r"据(?P<by>[^，,。\ue000]{2,30}?)(?:的)?(?:报道|報道|消息|介绍|透露|称|稱|表示|报导|援引)[^，,。\ue000]{0,12}[，,]"
)
_REPORTED = regex.compile(r"据(?:外媒|媒体|有关)?(?:报道|報道|悉|称|消息)[，,]")
_PRONOUNS = {"他": False, "她": True, "他们": None, "她们": True}


class Chinese(Reader):
    """Reads the passages of one article in Chinese, in reading order."""

    def __init__(self, text: str, language: str, passages: list[Passage], cast: Cast) -> None:
        super().__init__(text, language, passages, cast)
        self.cue = chinese_cue()
        self._nouns = nouns("zh")
        self._office = regex.compile("|".join(map(regex.escape, forms("zh", "office"))))
        self._others = regex.compile(
            "(?:" + "|".join(map(regex.escape, forms("zh", "unnamed", "body", "agency"))) + ")"
        )
        self._media = regex.compile(
            "|".join(map(regex.escape, forms("zh", "agency")))
            + r"|通讯社|电视台|日报|时报|新闻"
        )
        self._people = native_people(cast.places, "zh")

    def read(self, passage: Passage) -> list[Finding]:
        """The findings of one passage."""
        found: list[Finding] = []
        for sentence in passage.sentences:
            own = self._sentence(sentence)
            if not own and self.whole_quote(sentence) and found:
                own = self.goes_on(sentence, found)
            found += own
        return found

    def _sentence(self, sentence: Sentence) -> list[Finding]:
        view = sentence.view
        via, begin = "", 0
        source: Mention | None = None
        if reported := _REPORTED.match(view):
            begin = reported.end()
        elif match := _ACCORDING.match(view):
            begin = match.end()
            by = match["by"]
            if self._media.search(by):
                via = by
            else:
                source = self._who(view, match.start("by"), match.end("by"), sentence.start)
        found: list[Finding] = []
        covered: list[Span] = []
        for cue in self.cue.finditer(view, begin):
            at = sentence.at(cue.start())
            if any(a <= at < b for a, b in covered):
                continue
            finding = self._report(sentence, cue, begin)
            if finding is not None:
                found.append(finding)
                covered += finding.pieces
        if not found and (source is not None or via) and len(view) - begin > 5:
            at = sentence.start + view.index(via) if via else 0
            speaker = source or Mention(
                "medium", at, at + len(via), via, actor=self.cast.lands.body(via)
            )
            piece = self.trimmed(sentence.at(begin), sentence.end)
            heard = self.cast.resolve(speaker, sentence.paragraph)
            return [
                Finding(
                    (piece,), self.kind(sentence, piece), "according to S, Q", heard, sure=False
                )
            ]
        return [replace(finding, via=via) for finding in found]

    def _report(
        self, sentence: Sentence, cue: "regex.Match[str]", begin: int
    ) -> Finding | None:
        view = sentence.view
        start = begin
        for edge in _EDGE.finditer(view, begin, cue.start()):
            start = edge.end()
        mention = self._who(view, start, cue.start(), sentence.start)
        if mention is None and start > begin and view[start - 1] in "，,":
            earlier = begin
            for edge in _EDGE.finditer(view, begin, start - 1):
                earlier = edge.end()
            mention = self._who(view, earlier, start - 1, sentence.start)
        after = regex.compile(rf"(?P<link>[：:，,]?)\s*(?P<q>{HIDDEN}+)?").match(
            view, cue.end()
        )
        assert after is not None
        quotes_before = [q for q in sentence.quotes if q.end == sentence.at(start)]
        clause = self.trimmed(sentence.at(after.end("link")), sentence.end)
        if cue.group().endswith("了") and not after["link"]:
            return None  # «重申了中方的立场»: no words of his
        direct: list[Span] = []
        if quotes_before and start < cue.start():
            direct.append(quotes_before[-1].span)
        if after["q"]:
            direct += [
                q.span for q in sentence.quotes if q.start == sentence.at(after.start("q"))
            ]
        rest = bool(regex.search(r"\w", view[after.end() :])) if after["q"] else False
        if not direct and clause[1] - clause[0] < 4:
            return None
        if mention is None:
            heard = (
                self.cast.last(None, sentence.paragraph, reach=1)
                if start == cue.start()
                or not regex.search(r"\p{Han}{3}", view[start : cue.start()])
                else None
            )
        elif mention.kind == "pronoun":
            heard = self.cast.last(mention, sentence.paragraph)
        else:
            heard = self.cast.resolve(mention, sentence.paragraph)
        if heard is None:
            return None
        modality = "denied" if cue["not"] else ("future" if cue["later"] else "")
        span = (sentence.at(cue.start("verb")), sentence.at(cue.end("verb")))
        near = [(sentence.at(start), sentence.at(cue.start()))]
        if len(direct) == 1 and quotes_before and not after["q"] and clause[1] - clause[0] > 5:
            # «“Q”S说，clause»
            pieces = (direct[0], clause)
            return Finding(pieces, "mixed", "S C Q", heard, span, near, modality=modality)
        if direct and not (rest and not quotes_before):
            return Finding(
                tuple(direct), "direct", "S C Q", heard, span, near, modality=modality
            )
        return Finding(
            (clause,),
            self.kind(sentence, clause),
            "S C clause",
            heard,
            span,
            near,
            modality=modality,
        )

    def _who(self, view: str, start: int, end: int, offset: int) -> Mention | None:
        """Whom the stretch names, title first: «外交部发言人毛宁»."""
        segment = view[start:end]
        at = offset + start
        for word, female in _PRONOUNS.items():
            if segment.startswith(word) and not segment.startswith(word + "国"):
                return Mention("pronoun", at, at + len(word), word, female=female)
        offices = list(self._office.finditer(segment))
        if offices:
            office = offices[0]
            for following in offices[1:]:
                if following.start() != office.end():
                    break
                office = following
            noun = self._nouns[office.group()]
            land = self.cast.lands.first(segment[: office.start()]) or self._organ(
                segment[: office.end()]
            )
            name = _NAME.match(segment, office.end())
            title = "" if noun.title == "person" else noun.title
            known = next(
                (n for n in self._people if len(n) > 1 and segment.startswith(n, office.end())),
                "",
            )
            printed = known or (name.group() if name else "")
            before = regex.search(r"[\p{Han}·]{2,10}$", segment[: office.start()])
            if not printed and before and before.group() in self._people:
                return Mention(
                    "name",
                    at + before.start(),
                    at + office.end(),
                    before.group(),
                    noun.form,
                    title,
                    land,
                )
            if printed:
                return Mention(
                    "name",
                    at,
                    at + office.end() + len(printed),
                    printed,
                    noun.form,
                    title,
                    land,
                )
            return Mention("title", at, at + office.end(), segment[: office.end()], noun.form, title, land,
                           bare=not office.start() or land is not None)  # fmt: skip
        for name in self._people:
            if len(name) > 1 and segment.startswith(name):
                return Mention("name", at, at + len(name), name)
        run = regex.match(r"[\p{Han}·]{2,4}", segment)
        if run and self.cast.of_article(Mention("name", 0, 0, run.group())) is not None:
            return Mention("name", at, at + run.end(), run.group())
        if (other := self._others.search(segment)) and other.start() < 12:
            noun = self._nouns[other.group()]
            kind = "medium" if noun.kind == "agency" else noun.kind
            phrase = segment[: other.end()]
            return Mention(
                kind,
                at,
                at + other.end(),
                phrase,
                title=noun.title,
                land=self.cast.lands.first(phrase) or self._organ(phrase),
            )
        found = self.cast.lands.within(segment)
        if found and found[0].start == 0:
            land = found[0].land
            return Mention(
                "body", at, at + found[0].end, land.name, office="Government", land=land
            )
        if segment.startswith(("中方", "俄方", "美方", "韩方", "日方", "朝方", "乌方")):
            land2 = self.cast.lands.short(segment[0])
            if land2 is not None:
                return Mention("body", at, at + 2, land2.name, office="Government", land=land2)
        return None

    def _organ(self, phrase: str) -> Land | None:
        """The land of the organ that a phrase names."""
        for name, actor in self.cast.lands.bodies.items():
            if len(name) > 2 and name in phrase:
                return self.cast.lands.of(actor)
        return None
