"""Reported speech in Japanese: Sは「…」と述べた, 「…」とSは語った, …とした, Sによると…."""

from dataclasses import replace

import regex

from statements.attribution.foreign.cues import japanese_cue
from statements.attribution.foreign.findings import Finding, Span
from statements.attribution.foreign.japanese_names import Candidate, JapaneseNames
from statements.attribution.foreign.passages import HIDDEN, Passage, Quote, Sentence
from statements.attribution.foreign.people import Cast, Heard, Mention
from statements.attribution.foreign.reader import Reader
from statements.attribution.occasions import occasion

_QUOTED = regex.compile(rf"{HIDDEN}(?:など)?(?:と|との|とも|とは|として)(?!も?に)")
_NEAR_QUOTE = regex.compile(
    rf"{HIDDEN}(?:など)?(?:と|との|とも)(?P<between>[^{HIDDEN}。]{{0,44}})$"
)
_CLAUSE = regex.compile(
    rf"(?<=(?P<before>[^{HIDDEN}、。]))(?P<that>と|との|とも|という)(?P<between>[^、。と{HIDDEN}]{{0,24}})$"
)
_IS_SAID = regex.compile(r"[いるただうくすむぬつんかよりきすん]")
_MADE = regex.compile(r"^(?:した|して|し|する)")  # «とした», which also means «made it»
_NOUN_CUE = regex.compile(r"^(?:考え|方針|意向|認識|見方|見解|立場)を")
_PLAIN_END = regex.compile(r"(?:る|い|た|う|く|す|む|つ|ぶ)$")
_FACT = regex.compile(r"こと(?:を|も|は)(?:改めて|正式に|初めて)?$")
_ACCORDING = regex.compile(
    r"(?P<by>[^、。\ue000]{1,50}?)(?:に(?:よると|よれば)|の話では|の話によると)、?"
)
_OUTLET = regex.compile(
    r"[^、。\ue000]{0,20}(?:サイト|紙|テレビ|通信|誌|ニュース|メディア|放送)\ue000+に(?:よると|よれば)、?"
)
_ENDS = regex.compile(r"(?:という|とのこと(?:だ|である)?|そうだ)?[。]?$")
_AFTER_CUE = regex.compile(r"(?:上で|うえで|ほか|一方で?|が|いる|いた|、|し|て)*、?")
_OPENING = regex.compile(
    r"(?:しかし|だが|なお|加えて|また|さらに|一方(?:で)?|ただ|そのうえで|その上で|特に|これに対し|これについて|続けて)、?"
)
_UNKNOWN = regex.compile(
    r"(?:また|一方|これに対し)?、?(?P<who>[\p{Katakana}ー・]{2,12})[はも](?=、?(?:\d|同日|[^、。]{0,10}(?:声明|会見|談話|演説)))"
)
_SUBJECT_INSIDE = regex.compile(r"[^にてでと、]は、?(?:[^、]{0,12})$")
_PRESS = regex.compile(
    r"(?:[^、。「」\ue000は]{0,14}(?:で|に)、?)?(?:記者団|報道陣|記者)(?:に対し|の取材に|の質問に|に)(?:応じ|答え|対し)?、?"
    r"|(?:同日|この日|前日)の?(?:[^、。「」\ue000]{0,16}で)?、?"
)


class Japanese(Reader):
    """Reads the passages of one article in Japanese, in reading order."""

    def __init__(self, text: str, language: str, passages: list[Passage], cast: Cast) -> None:
        super().__init__(text, language, passages, cast)
        self.names = JapaneseNames(cast)
        self.cue = japanese_cue()
        for passage in passages:
            for sentence in passage.sentences:
                self.names.introduce(sentence.view, sentence.start)

    def read(self, passage: Passage) -> list[Finding]:
        """The findings of one passage."""
        found: list[Finding] = []
        for sentence in passage.sentences:
            own = self._sentence(sentence)
            if not own and sentence.first and sentence.last:
                own = self._headline(sentence)
            if not own:
                self._notice(sentence)
            found += own
        return found

    # ------------------------------------------------------------------ one sentence

    def _sentence(self, sentence: Sentence) -> list[Finding]:
        view = sentence.view
        via, begin, source = "", 0, None
        if outlet := _OUTLET.match(view):
            quote = sentence.quotes[0]
            via, begin = self.text[quote.inner_start : quote.inner_end], outlet.end()
        elif match := _ACCORDING.match(view):
            mention = self.names.phrase(view, 0, match.end("by"), sentence.start)
            if mention is not None and mention.kind == "medium":
                via, begin = self.text[mention.start : mention.end], match.end()
            elif mention is not None:
                source, begin = mention, match.end()
        found: list[Finding] = []
        start = begin
        for cue in self.cue.finditer(view, begin):
            if cue.start() < start:
                continue
            shared = found[-1].heard if found else None
            finding = self._report(sentence, cue, start, shared)
            if finding is None:
                if passed := self._passed_on(sentence, cue, found):
                    via = passed
                continue
            found.append(finding)
            after = _AFTER_CUE.match(view, cue.end())
            start = after.end() if after else cue.end()
        if not found and source is not None:
            found = self._according(sentence, source, begin)
        elif not found and via and begin:
            at = self.text.find(via, sentence.start, sentence.end)
            medium = Mention("medium", at, at + len(via), via, actor=self.cast.lands.body(via))
            found = self._according(sentence, medium, begin)
            via = ""
        return [replace(f, via=via) if via and not f.via else f for f in found]

    def _according(self, sentence: Sentence, source: Mention, begin: int) -> list[Finding]:
        ends = _ENDS.search(sentence.view)
        end = ends.start() if ends else len(sentence.view)
        piece = self.trimmed(sentence.at(begin), sentence.at(max(end, begin)))
        if piece[1] - piece[0] < 6:
            return []
        heard = self.cast.resolve(source, sentence.paragraph)
        return [
            Finding(
                (piece,), self.kind(sentence, piece), "according to S, Q", heard, sure=False
            )
        ]

    def _passed_on(
        self, sentence: Sentence, cue: "regex.Match[str]", found: list[Finding]
    ) -> str:
        """«…と述べたとタス通信が報じた»: the medium that passed the words on."""
        last = found[-1].cue if found else None
        if last is None or not regex.match(r"報じ|伝え", cue["verb"] or ""):
            return ""
        for candidate in self.names.candidates(
            sentence.view, last[1] - sentence.start, cue.start(), sentence.start
        ):
            if candidate.mention.kind == "medium":
                return self.text[candidate.mention.start : candidate.mention.end]
        return ""

    # ------------------------------------------------------------------ one verb

    def _report(
        self, sentence: Sentence, cue: "regex.Match[str]", begin: int, shared: Heard | None
    ) -> Finding | None:
        view = sentence.view
        floor = max(begin, cue.start() - 120)
        tail = view[floor : cue.start()]
        verb = cue["verb"] or cue.group()
        quoted = _NEAR_QUOTE.search(tail)
        end, between = -1, cue.start()
        if quoted is not None:
            end, between = floor + quoted.start() + 1, floor + quoted.start("between")
        elif _NOUN_CUE.match(verb) and _PLAIN_END.search(tail):
            end = cue.start()
        elif (clause := _clause(tail)) is not None:
            if _MADE.match(verb) and not _IS_SAID.match(clause["before"]):
                return None
            end, between = floor + clause.start("that"), floor + clause.start("between")
        elif (fact := _FACT.search(tail)) is not None:
            end = floor + fact.start()
        if end < 0 or end <= begin:
            return None
        linked = [
            q for q in sentence.quotes
            if begin <= q.start - sentence.start < end and _QUOTED.match(view, q.end - 1 - sentence.start)
        ]  # fmt: skip
        heard, told, when = self._speaker(
            sentence, begin, end, between, cue.start(), linked, quoted is not None, shared
        )
        if heard is None:
            return None
        if quoted is not None and linked:
            last = linked[-1]
            if last.inner_end - last.inner_start < 2:
                return None
            pieces: tuple[Span, ...] = (last.span,)
            kind, rule = "direct", "S Q C"
            gap = view[told : max(last.start - sentence.start, told)]
            if len(gap) < 60 and _SUBJECT_INSIDE.search(gap):
                # «同盟は「鉄壁だ」とし»: the subject was said too
                pieces, kind = (self.trimmed(sentence.at(told), last.end),), "mixed"
        else:
            piece = self.trimmed(sentence.at(told), sentence.at(end))
            if piece[1] - piece[0] < 4:
                return None
            pieces, kind, rule = (piece,), self.kind(sentence, piece), "S clause C"
        modality = "denied" if cue["not"] else ("future" if cue["later"] else "")
        # «とした» rather than «した», and without the comma that follows
        first = cue.start() - bool(_MADE.match(verb) and view[cue.start() - 1] == "と")
        printed = view[first : cue.end()].rstrip("、")
        span = (sentence.at(first), sentence.at(first + len(printed)))
        return Finding(
            pieces, kind, rule, heard, span, [when] if when else [], modality=modality
        )

    def _speaker(
        self, sentence: Sentence, begin: int, end: int, between: int, cue: int, linked: list[Quote],
        by_quote: bool, shared: Heard | None,
    ) -> tuple[Heard | None, int, Span | None]:  # fmt: skip
        """Who speaks, where what is said may begin, and the day of the occasion."""
        view = sentence.view
        near = (
            self.names.candidates(view, between, cue, sentence.start) if between < cue else []
        )
        if near:
            told, when = self._after_occasion(sentence, begin)
            return self.cast.resolve(near[-1].mention, sentence.paragraph), told, when
        until = linked[-1].start - sentence.start if by_quote and linked else end
        before = self.names.candidates(view, begin, until, sentence.start)
        topics = [c for c in before if c.topic and not self._within(c, view)]
        chosen: Candidate | None = None
        if topics:
            chosen = topics[-1] if by_quote else topics[0]
        elif before and before[0].start - begin < 30:
            rest = view[before[0].end : until]
            aside = regex.search(r"(?:こと|発言|質問|件)(?:に|を|について)", rest)
            if aside is None and self.cast.last_paragraph != sentence.paragraph:
                chosen = before[0]
        if chosen is None and shared is not None:
            told, when = self._after_occasion(sentence, begin)
            return shared, told, when
        if chosen is None and (unknown := _UNKNOWN.match(view, begin)):
            # «ハマスも14日の声明で»: a body that no table knows
            first, last = sentence.at(unknown.start("who")), sentence.at(unknown.end("who"))
            mention = Mention("body", first, last, unknown["who"])
            chosen = Candidate(mention, True, unknown.start("who"), unknown.end())
        if chosen is None:
            told, when = self._after_occasion(sentence, begin)
            return self.cast.last(None, sentence.paragraph, reach=1), told, when
        heard = self.cast.resolve(chosen.mention, sentence.paragraph)
        told, when = self._after_occasion(sentence, chosen.end)
        return heard, told, when

    def _within(self, candidate: Candidate, view: str) -> bool:
        """«質問については»: a topic that is no speaker stands nearer; «には» and «では» name none."""
        return view[candidate.end : candidate.end + 1] == "ず"

    def _after_occasion(self, sentence: Sentence, begin: int) -> tuple[int, Span | None]:
        view = sentence.view
        while begin < len(view) and view[begin] in "、 ":
            begin += 1
        if opening := _OPENING.match(view, begin):
            begin = opening.end()
        told, when = occasion(self.text, sentence.at(begin), sentence.end, "ja")
        if press := _PRESS.match(self.text, told, sentence.end):
            told = press.end()
        return told - sentence.start, when

    def _notice(self, sentence: Sentence) -> None:
        """Of whom a sentence without speech tells: a sentence without a topic goes on with that."""
        for candidate in self.names.candidates(
            sentence.view, 0, min(40, len(sentence.view)), sentence.start
        ):
            if candidate.topic and candidate.mention.kind in {"name", "title"}:
                self.cast.resolve(candidate.mention, sentence.paragraph)
                return

    def _headline(self, sentence: Sentence) -> list[Finding]:
        """«官房長官「…」» and «「…」と官房長官», as headlines have it."""
        view = sentence.view
        match = regex.fullmatch(
            r"(?P<who>[^\ue000。、]{1,30})\ue000+|\ue000+と?[=＝―]?(?P<who>[^\ue000。、]{1,30})",
            view,
        )
        if match is None or len(sentence.quotes) != 1:
            return []
        quote = sentence.quotes[0]
        if quote.inner_end - quote.inner_start < 5:
            return []
        mention = self.names.phrase(view, match.start("who"), match.end("who"), sentence.start)
        if mention is None or mention.kind == "pronoun":
            return []
        heard = self.cast.resolve(mention, sentence.paragraph)
        return [Finding((quote.span,), "direct", "S Q", heard, sure=False)]


def _clause(tail: str) -> "regex.Match[str] | None":
    """The clause that «と» closes before a verb; not «こと», «もと» and «ひと»."""
    match = _CLAUSE.search(tail)
    if match is None or (match["that"] == "と" and match["before"] in "こもひ"):
        return None
    # «国際社会と連携し情報収集を進める»: with whom, not what
    if len(match["between"]) > 8 and regex.match(r"[\p{Han}\p{Katakana}]", match["before"]):
        return None
    return match
