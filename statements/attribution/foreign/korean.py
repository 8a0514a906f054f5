"""Reported speech in Korean: S는 “…”라고 말했다, S는 …다고 밝혔다, S에 따르면 …."""

from dataclasses import replace

import regex

from statements.attribution.foreign.cues import korean_cue
from statements.attribution.foreign.findings import Finding, Span
from statements.attribution.foreign.korean_names import Candidate, KoreanNames
from statements.attribution.foreign.passages import HIDDEN, Passage, Quote, Sentence
from statements.attribution.foreign.people import Cast, Heard, Mention
from statements.attribution.foreign.reader import Reader
from statements.attribution.occasions import occasion

_LINKS = r"(?:이?라고|고|이?라며|며|이?라면서|면서|이?라는|는|이?라|다고|다며)(?:도|는|만)?"
_QUOTED = regex.compile(rf"{HIDDEN}{_LINKS}(?=\s|$)")
_CLAUSE = regex.compile(
    r"(?P<last>(?<=\p{Hangul})[다라자냐까])(?P<link>고|며|면서|는)(?:도|는|만)?(?:,?\s+(?P<between>[^\ue000]{0,60}))?$"
)
_LINK = regex.compile(r"(?<=\p{Hangul})[다라자냐까](?:고|며|면서|는)(?:도|는|만)?(?=,?\s|$)")
_SO = regex.compile(r"(?:이같이|이렇게|이처럼|이와 같이|재차|거듭)")
_ASKED = regex.compile(
    r"(?P<last>(?:[할갈될줄올을킬릴]|하지 않을|말)\s것)(?:을|를)\s+(?:거듭\s|강력히\s|다시\s|재차\s)?$"
)
_NEAR_QUOTE = regex.compile(rf"{HIDDEN}{_LINKS}(?:,?\s+(?P<between>[^\ue000]{{0,70}}))?$")
_ACCORDING = regex.compile(r"(?P<by>[^,\ue000]{1,60}?)(?:에|의\s말에)\s(?:따르면|의하면),?\s")
_OPENING = regex.compile(
    r"(?:이어|또한?|특히|그러면서|아울러|앞서|다만|한편|그러나|하지만|이와 함께|이에 대해|이와 관련해?),?\s+"
)
_PRESS = regex.compile(
    r"(?:(?:이날|지난주|전날|최근|같은 날)\s)?(?:(?:[^\s,“\"]+\s){0,3}?(?:기자들과|기자들에게|취재진과|취재진에게|기자단에)\s(?:만나|만난 자리에서)?\s?"
    r"|(?:이날|지난주|전날|최근|같은 날)\s(?:(?:[^\s,“\"]+\s){0,2}?\S*(?:회의|총회|회견|브리핑|인터뷰|연설|성명|논평|담화|회담|국회)(?:에서|를 통해|을 통해)\s)?)"
)
_MEDIUM_VERB = regex.compile(r"^(?:보도|전하|전했|전한)")
_NOUNS_OF_SAYING = regex.compile(
    r"^(?:[^\s]+\s){0,3}?(?:[가-힣]*(?:입장|점|뜻|의사|방침|견해|생각|우려|의지|계획|취지|사실|전망|평가|주장|결의|소식|바|메시지|분석|의견|기대|각오|당부|원칙)[을를이도]?\s)"
)


class Korean(Reader):
    """Reads the passages of one article in Korean, in reading order."""

    def __init__(self, text: str, language: str, passages: list[Passage], cast: Cast) -> None:
        super().__init__(text, language, passages, cast)
        self.names = KoreanNames(cast)
        self.cue = korean_cue()
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
        if match := _ACCORDING.match(view):
            words = list(regex.finditer(r"\S+", view[: match.end("by")]))
            mention = (
                self.names.phrase(
                    words, len(words) - 1, len(words[-1].group()), view, sentence.start
                )
                if words
                else None
            )
            if mention is not None and mention.kind == "medium":
                via, begin = self.text[mention.start : mention.end], match.end()
            elif mention is not None:
                source, begin = mention, match.end()
        found: list[Finding] = []
        start = begin
        for cue in self.cue.finditer(view, begin):
            shared = found[-1].heard if found else None
            finding = self._report(sentence, cue, start, shared)
            if finding is None:
                passed = self._passed_on(sentence, cue, found)
                if passed:
                    via = passed
                continue
            found.append(finding)
            start = cue.end()
        if not found and source is not None:
            found = self._according(sentence, source, begin)
        elif not found and via and begin:
            found = self._only_medium(sentence, via, begin)
        return [replace(f, via=via) if via and not f.via else f for f in found]

    def _according(self, sentence: Sentence, source: Mention, begin: int) -> list[Finding]:
        piece = self.trimmed(sentence.at(begin), sentence.end)
        if piece[1] - piece[0] < 10:
            return []
        heard = self.cast.resolve(source, sentence.paragraph)
        return [
            Finding(
                (piece,), self.kind(sentence, piece), "according to S, Q", heard, sure=False
            )
        ]

    def _only_medium(self, sentence: Sentence, via: str, begin: int) -> list[Finding]:
        at = self.text.find(via, sentence.start, sentence.end)
        mention = Mention("medium", at, at + len(via), via, actor=self.cast.lands.body(via))
        return self._according(sentence, mention, begin)

    def _passed_on(
        self, sentence: Sentence, cue: "regex.Match[str]", found: list[Finding]
    ) -> str:
        """«… 말했다고 연합뉴스가 보도했다»: the medium that passed the words on."""
        if not found or not _MEDIUM_VERB.match(cue["verb"]):
            return ""
        last = found[-1].cue
        begin = last[1] - sentence.start if last else 0
        for candidate in self.names.candidates(
            sentence.view, begin, cue.start(), sentence.start
        ):
            if candidate.mention.kind == "medium":
                return self.text[candidate.mention.start : candidate.mention.end]
        return ""

    def _carried_on(self, sentence: Sentence, cue: "regex.Match[str]") -> bool:
        """Whether a medium passes on what this verb reports, rather than a speaker citing it."""
        after = self.cue.search(sentence.view, cue.end())
        return (
            after is not None
            and bool(_MEDIUM_VERB.match(after["verb"]))
            and any(
                c.mention.kind == "medium"
                for c in self.names.candidates(
                    sentence.view, cue.end(), after.start(), sentence.start
                )
            )
        )

    # ------------------------------------------------------------------ one verb

    def _report(
        self, sentence: Sentence, cue: "regex.Match[str]", begin: int, shared: Heard | None
    ) -> Finding | None:
        view = sentence.view
        left = view[begin : cue.start()]
        if not left.strip() or (_cited(cue) and not self._carried_on(sentence, cue)):
            return None
        tail = left[-140:]
        shift = begin + len(left) - len(tail)
        quoted = _NEAR_QUOTE.search(tail)
        clause = _clause(tail)
        asked = None
        if regex.match(r"촉구|요구|당부|제안|요청|주문", cue["verb"]):
            asked = _ASKED.search(tail)
        if quoted is not None and clause is not None:
            if tail[quoted.start() + 1 : clause.start("last")] in {"", "이"}:
                clause = None  # «“Q”이라고»
            elif clause.start() > quoted.start():
                quoted = None
        if quoted is None and clause is None and asked is None:
            return None
        link = next(m for m in (quoted, clause, asked) if m is not None)
        between_at = shift + (
            link.start("between")
            if "between" in link.groupdict() and link["between"]
            else link.end()
        )
        content_end = shift + (quoted.start() + 1 if quoted else link.end("last"))
        heard, told, when = self._speaker(
            sentence, begin, content_end, between_at, cue.start(), shared
        )
        if heard is None:
            return None
        modality = "denied" if cue["not"] else ("future" if cue["later"] else "")
        span = (sentence.at(cue.start()), sentence.at(cue.end()))
        linked = [
            q
            for q in sentence.quotes
            if begin <= q.start - sentence.start < content_end
            and _QUOTED.match(view, q.end - 1 - sentence.start)
        ]
        kind_rule = self._pieces(sentence, told, content_end, linked, quoted is not None)
        if kind_rule is None:
            return None
        pieces, kind, rule = kind_rule
        return Finding(pieces, kind, rule, heard, span, [when] if when else [], modality=modality,
                       sure=kind == "direct" or heard.sure)  # fmt: skip

    def _pieces(
        self,
        sentence: Sentence,
        told: int,
        content_end: int,
        linked: list[Quote],
        by_quote: bool,
    ) -> tuple[tuple[Span, ...], str, str] | None:
        view = sentence.view
        quotes = [q for q in sentence.quotes if q in linked]
        if by_quote and quotes:
            before = view[told : max(quotes[0].start - sentence.start, told)]
            # «S는 조약이 위반이라며 “Q”라고 말했다»: the clause was said too.
            if regex.search(r"\p{Hangul}[다라](?:며|면서),?\s", before):
                piece = self.trimmed(sentence.at(told), quotes[-1].end)
                return (piece,), "mixed", "S clause Q C"
            # A word or two in marks within a clause: «“Q”라고», but only what is said.
            if len(quotes) == 1 and quotes[0].inner_end - quotes[0].inner_start < 2:
                return None
            return tuple(q.span for q in quotes), "direct", "S Q C"
        start = sentence.at(told)
        if quotes and quotes[0].start < start:
            start = quotes[0].start
        piece = self.trimmed(start, sentence.at(content_end))
        if piece[1] - piece[0] < 6:
            return None
        return (piece,), self.kind(sentence, piece), "S clause C"

    def _speaker(
        self,
        sentence: Sentence,
        begin: int,
        content_end: int,
        between: int,
        cue: int,
        shared: Heard | None,
    ) -> tuple[Heard | None, int, Span | None]:
        """Who speaks, where what is said may begin, and the day of the occasion."""
        view = sentence.view
        near = self.names.candidates(view, between, cue, sentence.start)
        before = self.names.candidates(view, begin, min(content_end, len(view)), sentence.start)
        chosen: Candidate | None = None
        if near:
            told, when = self._after_occasion(sentence, begin)
            return self.cast.resolve(near[-1].mention, sentence.paragraph), told, when
        topics = [c for c in before if c.josa not in {"이", "가"}]
        chosen = topics[0] if topics else None
        if chosen is None and shared is not None:
            told, when = self._after_occasion(sentence, begin)
            return shared, told, when
        if chosen is None and before:
            subject = before[0]
            lead = view[begin : subject.start]
            # A subject deep inside of what the last speaker says is not the speaker.
            same = self.cast.last_paragraph == sentence.paragraph
            if not same and len(lead) < 60:
                chosen = subject
        if chosen is None:
            told, when = self._after_occasion(sentence, begin)
            return self.cast.last(None, sentence.paragraph, reach=1), told, when
        heard = self.cast.resolve(chosen.mention, sentence.paragraph)
        end = chosen.end
        while end < len(view) and view[end] in ", ":
            end += 1
        told, when = self._after_occasion(sentence, end)
        if not when:
            # «28일 장관은»: the day stands in front of the topic.
            ahead = occasion(self.text, sentence.at(begin), sentence.at(chosen.start), "ko")
            when = ahead[1]
        return heard, told, when

    def _after_occasion(self, sentence: Sentence, begin: int) -> tuple[int, Span | None]:
        while begin < len(sentence.view) and sentence.view[begin] == " ":
            begin += 1
        if opening := _OPENING.match(sentence.view, begin):
            begin = opening.end()
        told, when = occasion(self.text, sentence.at(begin), sentence.end, "ko")
        if more := _PRESS.match(self.text, told, sentence.end):
            told = more.end()
        return told - sentence.start, when

    def _notice(self, sentence: Sentence) -> None:
        """Of whom a sentence without speech tells: a sentence without a topic goes on with that."""
        for candidate in self.names.candidates(
            sentence.view, 0, min(60, len(sentence.view)), sentence.start
        ):
            if candidate.josa not in {"이", "가"} and candidate.mention.kind in {
                "name",
                "title",
            }:
                self.cast.resolve(candidate.mention, sentence.paragraph)
                return

    def _headline(self, sentence: Sentence) -> list[Finding]:
        """«외교부 “…”» without a verb, as headlines have it."""
        match = regex.fullmatch(r"(?P<who>[^\ue000.]{1,30}?)[,\s]+\ue000+", sentence.view)
        if match is None or sentence.quotes[0].inner_end - sentence.quotes[0].inner_start < 6:
            return []
        words = list(regex.finditer(r"\S+", match["who"]))
        mention = self.names.phrase(
            words, len(words) - 1, len(words[-1].group()), sentence.view, sentence.start
        )
        if mention is None or mention.kind == "pronoun":
            return []
        heard = self.cast.resolve(mention, sentence.paragraph)
        return [Finding((sentence.quotes[0].span,), "direct", "S Q", heard, sure=False)]


def _clause(tail: str) -> "regex.Match[str] | None":
    """The last clause that a particle links to the verb behind `tail`."""
    for place in reversed(list(_LINK.finditer(tail))):
        clause = _CLAUSE.match(tail, place.start())
        if clause is None:
            return None
        between = clause["between"] or ""
        if clause["link"] == "는" and not _NOUNS_OF_SAYING.match(between):
            continue
        if clause["link"] in {"며", "면서"} and between.strip() and not _SO.match(between):
            continue
        return clause
    return None


def _cited(cue: "regex.Match[str]") -> bool:
    """Whether a verb of saying is itself cited: «말했다고», «지지한다고»."""
    end = cue["end"] or ""
    return end in {"다고", "다는"} or (cue["verb"].endswith("다") and end in {"고", "는", "며"})
