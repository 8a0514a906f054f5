"""Reported speech in Russian and Ukrainian: quotations, dashes, «что» clauses, «по словам»."""

from dataclasses import replace

import regex

from statements.attribution.foreign.cues import ONLY_QUOTES, slavic_cue
from statements.attribution.foreign.findings import Finding, Span
from statements.attribution.foreign.passages import HIDDEN, Passage, Sentence, stripped
from statements.attribution.foreign.people import Cast, Heard, Mention
from statements.attribution.foreign.reader import Reader
from statements.attribution.foreign.slavic_names import SlavicNames
from statements.attribution.foreign.slavic_words import GRAMMARS

_EDGE = regex.compile(r"[,;:()—–\ue000]|\s-\s")
_DASH = r"[—–-]"
_PLURAL = regex.compile(r"(?:ли|ют|ят|ять|ють)$")
_FEMININE = regex.compile(r"(?:ла|лась|лася)$")
_PLACE = regex.compile(r"\s+(?:в|на|у|во)\s+[\p{L}-]+$")
_REACH = 260  # characters between a verb and who speaks


class Slavic(Reader):
    """Reads the passages of one article in Russian or Ukrainian, in reading order."""

    def __init__(self, text: str, language: str, passages: list[Passage], cast: Cast) -> None:
        super().__init__(text, language, passages, cast)
        self.grammar = GRAMMARS[language]
        self.names = SlavicNames(language, cast)
        self.cue = slavic_cue(language)
        grammar = self.grammar
        self.that = regex.compile(
            rf",?\s*(?:о\s+том|про\s+те)?,\s+(?:{grammar.that})\s+", regex.IGNORECASE
        )
        self.far_that = regex.compile(rf"[^,;:]{{0,120}}?{self.that.pattern}", regex.IGNORECASE)
        self.about = regex.compile(rf"(?:^|\s)(?:{grammar.about})\s[^,;:]*$", regex.IGNORECASE)
        self.how = regex.compile(
            rf"(?:^|\s){grammar.how}\s+(?:[^\s,;:]+\s+){{0,3}}$", regex.IGNORECASE
        )
        self.adverbs = rf"(?:(?:{grammar.also})\s+){{0,3}}"
        self.quote_before = regex.compile(
            rf"{HIDDEN}\s*[,.]?\s*{_DASH}?\s*(?:{grammar.also}|\s)*$", regex.IGNORECASE
        )
        self.inner = regex.compile(
            rf"(?:[,!?…]|[!?]\.\.)\s*{_DASH}\s*(?={self.adverbs}(?:[^.,!?—–«»\ue000]{{0,60}}\s)??{self.cue.pattern})",
            regex.IGNORECASE,
        )
        self.credit = regex.compile(
            rf"(?:[,.]|{HIDDEN}\s*,?\s*{_DASH}|\s{_DASH})\s*(?P<all>(?:{grammar.about})?\s*(?:{grammar.how}\s+)?(?:{grammar.credit})\s+"
            rf"(?:{grammar.about}\s+)?(?P<by>[^,;:]{{1,80}}?)(?:,?\s+(?:{grammar.citing})\s+(?P<src>[^.]{{2,120}}))?)\s*[.!]?\s*$",
            regex.IGNORECASE,
        )
        self.according = regex.compile(
            rf"(?:^|(?<=[,;(—–]\s)|(?<=[.]\s)|(?<=\s(?:и|і|а|но)\s))(?P<by>{grammar.according})\s+",
            regex.IGNORECASE,
        )
        self.stated = regex.compile(
            r"(?:С\s+)?(?:соответствующ\w+|такое|таким|подобн\w+|відповідн\w+|З\s+відповідною)\s+заяв\w*\s+"
            r"(?:выступил\w?|сделал\w?|зробив|зробила|виступив|виступила)\s+",
            regex.IGNORECASE,
        )
        self.own = regex.compile(rf"(?<![\w-]){grammar.own_words}(?!\w)", regex.IGNORECASE)
        self.document = regex.compile(
            rf"(?:{grammar.within}\s+(?:\w+\s+)?(?:{grammar.document})(?P<by>\s+[^,;:—–{HIDDEN}]{{2,90}}?)?\s+(?:также\s+|також\s+)?(?:{grammar.is_said})"
            rf"|(?:{grammar.is_said})\s+{grammar.within}\s+(?:\w+\s+)?(?:{grammar.document})(?P<by>\s+[^,;:—–{HIDDEN}.]{{2,90}})?)",
            regex.IGNORECASE,
        )
        for passage in passages:
            for sentence in passage.sentences:
                self.names.introduce(sentence.view, sentence.start)
        # Who speaks a paragraph that begins with a dash or a quotation behind a colon.
        self.announced: Heard | None = None
        # The sentence before, of which nobody has said yet who said it.
        self.untold: Sentence | None = None
        self.announced_cue: Span | None = None

    def read(self, passage: Passage) -> list[Finding]:
        """The findings of one passage."""
        start = passage.start
        if self.text[start] in "—–" or self.text[start : start + 2] == "- ":
            found = self._dialogue(passage)
            self.announced = None
            return found
        found = []
        for number, sentence in enumerate(passage.sentences):
            before = passage.sentences[number - 1] if number else self.untold
            own = self._sentence(sentence, before, found)
            if (
                sentence.first
                and not own
                and self.announced
                and self.announced_cue
                and self.whole_quote(sentence)
            ):
                own = [self._announced([q.span for q in sentence.quotes])]
            elif not own and self.whole_quote(sentence):
                own = self.goes_on(sentence, found)
            if not (sentence.last and self.text[sentence.end - 1] == ":"):
                self.announced = None
            elif self.announced is None and not own:
                self._announce(sentence)
            found += own
            told = bool(own) or len(sentence.view) < 40 or not passage.number
            self.untold = None if told else sentence
        return found

    def _announce(self, sentence: Sentence) -> None:
        """«S продемонстрировал, что …:» before a paragraph of speech."""
        mention = self.names.subject(sentence.view, 0, len(sentence.view), sentence.start)
        if mention is not None and mention.kind in {"name", "title"}:
            self.announced = self.cast.resolve(mention, sentence.paragraph)
            self.announced_cue = None

    # ------------------------------------------------------------------ one sentence

    def _sentence(
        self, sentence: Sentence, before: Sentence | None, found: list[Finding]
    ) -> list[Finding]:
        view = sentence.view
        via, end, source = self._credited(sentence)
        begin = 0
        leading = regex.match(
            rf"{self.grammar.how}\s+(?:{self.grammar.credit})\s+(?P<by>[^,;:]{{2,80}}),\s*",
            view,
            regex.IGNORECASE,
        )
        if leading and self.names.medium(
            self._printed(sentence, leading.start("by"), leading.end("by"))
        ):
            via = self._printed(sentence, leading.start("by"), leading.end("by"))
            begin = leading.end()
        if (stated := self.stated.match(view)) and before is not None:
            return self._stated_before(sentence, stated.end(), end, before, via)
        own: list[Finding] = []
        for quote in sentence.quotes:
            own += self._inside(sentence, quote.inner_start, quote.inner_end, quote.span)
        own += self._documents(sentence, end)
        own += self._according(sentence, begin, end, own)
        if not own or view.count(HIDDEN):
            own += self._cues(sentence, begin, end, before, own, found)
        if not own:
            own += self._colon(sentence)
        if not own and via and end < len(view):
            own += self._only_credited(sentence, begin, end, source, via, before)
        return [self._with_via(sentence, finding, via) for finding in own]

    def _stated_before(
        self, sentence: Sentence, start: int, end: int, before: Sentence, via: str
    ) -> list[Finding]:
        """«X. С соответствующим заявлением выступил S»."""
        mention = self.names.subject(sentence.view, start, end, sentence.start)
        if mention is None:
            return []
        piece = self.trimmed(before.start, before.end)
        heard = self.cast.resolve(mention, sentence.paragraph)
        kind = self.kind(before, piece)
        return [Finding((piece,), kind, "clause. S C it", heard, via=via, sure=False)]

    def _printed(self, sentence: Sentence, start: int, end: int) -> str:
        return self.text[sentence.at(start) : sentence.at(end)].strip(' \u00a0«»"“”„')

    def _with_via(self, sentence: Sentence, finding: Finding, via: str) -> Finding:
        if finding.via:
            return finding
        if via and via not in finding.heard.voice.printed:
            return replace(finding, via=via)
        # «в интервью ТАСС», «сказал агентству ТАСС»: the medium to whom it was said
        if finding.cue is not None:
            at = finding.cue[1] - sentence.start
            rest = sentence.view[max(at, 0) : max(at, 0) + 120]
            stop = regex.search(r"[,;:\ue000]", rest)
            near = rest[: stop.start()] if stop else rest
            told = regex.search(
                r"(?:интервью|інтерв['’ʼ]ю|агентству|агентства|агенції|телеканалу|каналу|газете|газеті|изданию|виданню|"
                r"журналу|радиостанции|эфире|ефірі|корреспонденту|кореспонденту)\s+(?:\w+\s+){0,2}?(?P<by>\p{Lu}[\w-]*(?:\s+\p{Lu}[\w-]*){0,2})",
                near,
            ) or regex.match(r"\s+(?P<by>(?:РИА\s+Новости|ТАСС|РБК|Интерфаксу|Reuters|Bloomberg|Укрінформу))(?!\w)", near)  # fmt: skip
            if told and self.names.medium(told["by"].rstrip("у")):
                return replace(finding, via=told["by"])
            if told and self.names.medium(told["by"]):
                return replace(finding, via=told["by"])
        return finding

    def _credited(self, sentence: Sentence) -> tuple[str, int, str]:
        """The medium credited at the end of the sentence, where that begins, and its source."""
        view = sentence.view
        tail = max(len(view) - 260, 0)
        match = self.credit.search(view, tail)
        if match is None:
            return "", len(view), ""
        by = self._printed(sentence, match.start("by"), match.end("by"))
        if not self.names.medium(by):
            return "", len(view), ""
        source = (
            self._printed(sentence, match.start("src"), match.end("src"))
            if match["src"]
            else ""
        )
        return by, match.start() + (1 if view[match.start()] == HIDDEN else 0), source

    def _only_credited(
        self,
        sentence: Sentence,
        begin: int,
        end: int,
        source: str,
        via: str,
        before: Sentence | None,
    ) -> list[Finding]:
        """«…, сообщает ТАСС» without anybody else: the source speaks, else the medium."""
        mention = None
        at = sentence.view.find(source, end) if source else -1
        if at >= 0:
            mention = self.names.oblique(sentence.view, at, at + len(source), sentence.start)
        if mention is None or self.names.medium(source):
            at = self.text.find(via, sentence.at(end), sentence.end)
            mention = Mention("medium", at, at + len(via), via, actor=self.cast.lands.body(via))
        piece = self.trimmed(sentence.at(begin), sentence.at(end))
        if piece[1] - piece[0] < 20:
            return []
        heard = self.cast.resolve(mention, sentence.paragraph)
        kind = self.kind(sentence, piece)
        passed = via if mention.kind != "medium" else ""
        return [Finding((piece,), kind, "clause, C S", heard, via=passed, sure=False)]

    def _announced(self, pieces: list[Span]) -> Finding:
        assert self.announced is not None
        return Finding(tuple(pieces), "direct", "S C: Q", self.announced, self.announced_cue)

    # ------------------------------------------------------------------ marks around speech and verb

    def _inside(self, sentence: Sentence, start: int, end: int, whole: Span) -> list[Finding]:
        """«Q1, — отметил S. — Q2» with one pair of marks around everything."""
        inner = self.text[start:end].replace("\u00a0", " ")
        match = self.inner.search(inner)
        if match is None:
            return []
        close = regex.compile(rf"[.,:!?]\s*{_DASH}\s*|[.]\s+(?=\p{{Lu}})").search(
            inner, match.end()
        )
        last = close.start() if close else len(inner)
        cue = self.cue.search(inner, match.end(), last)
        if cue is None:
            return []
        heard = self._near(
            inner, match.end(), cue, last, start, sentence.paragraph, inverted=True
        )
        if heard is None:
            return []
        pieces = [(whole[0], start + match.start() + (inner[match.start()] in "!?…"))]
        if close and close.end() < len(inner):
            pieces.append((start + close.end(), whole[1]))
        near = [(start + cue.end(), start + last), (start + match.end(), start + cue.start())]
        return [Finding(tuple(pieces), "direct", "Q1, C S, Q2", heard, _span(start, cue), near,
                        modality=_modality(cue))]  # fmt: skip

    def _dialogue(self, passage: Passage) -> list[Finding]:
        """A paragraph that begins with a dash: speech, with the speaker between dashes."""
        text = self.text[passage.start : passage.end].replace("\u00a0", " ")
        begin = regex.match(rf"{_DASH}\s*", text)
        assert begin is not None
        pieces: list[Span] = []
        position = begin.end()
        heard: Heard | None = None
        cue_span: Span | None = None
        near: list[Span] = []
        while match := self.inner.search(text, position):
            close = regex.compile(rf"[.,:!?]\s*{_DASH}\s*").search(text, match.end())
            last = close.start() if close else len(text)
            cue = self.cue.search(text, match.end(), last)
            if cue is None:
                break
            speaker = self._near(
                text, match.end(), cue, last, passage.start, passage.number, inverted=True
            )
            heard = heard or speaker
            cue_span = cue_span or _span(passage.start, cue)
            near = near or [
                (passage.start + cue.end(), passage.start + last),
                (passage.start + match.end(), passage.start + cue.start()),
            ]
            pieces.append(
                (
                    passage.start + position,
                    passage.start + match.start() + (text[match.start()] in "!?…"),
                )
            )
            position = close.end() if close else len(text)
        if position < len(text):
            pieces.append((passage.start + position, passage.end))
        pieces = [span for a, b in pieces if (span := stripped(self.text, a, b))[1] > span[0]]
        if heard is None and self.announced is not None:
            return [self._announced(pieces)]
        if heard is None or not pieces:
            return []
        return [Finding(tuple(pieces), "direct", "— Q, — C S", heard, cue_span, near)]

    # ------------------------------------------------------------------ verbs of saying

    def _cues(
        self, sentence: Sentence, begin: int, end: int, before: Sentence | None, done: list[Finding],
        earlier: list[Finding],
    ) -> list[Finding]:  # fmt: skip
        view = sentence.view
        found: list[Finding] = []
        covered = [span for finding in done for span in finding.pieces]
        for cue in self.cue.finditer(view, begin, end):
            at = sentence.at(cue.start())
            if any(a <= at < b for a, b in covered):
                continue
            finding = self._report(sentence, cue, begin, end, before, earlier)
            if finding is None:
                continue
            if any(
                a <= finding.pieces[0][0] and finding.pieces[-1][1] <= b for a, b in covered
            ):
                continue
            parts = self._conjoined(sentence, finding, end)
            found += parts
            covered += [span for part in parts for span in part.pieces]
        return found

    def _conjoined(self, sentence: Sentence, finding: Finding, end: int) -> list[Finding]:
        """«S заявил, что X, и добавил, что Y»: two statements of one speaker."""
        if finding.kind == "direct" or len(finding.pieces) > 1:
            return [finding]
        start, stop = finding.pieces[0]
        text = sentence.view
        joint = regex.compile(
            rf"(?P<cut>,?\s+(?:и|а|но|й|та|і|але)(?:\s+(?:{self.grammar.also}))*\s+){self.cue.pattern}\s*,\s+(?:{self.grammar.that})\s+",
            regex.IGNORECASE,
        )
        match = joint.search(text, start - sentence.start, stop - sentence.start)
        if match is None:
            return [finding]
        first = (start, sentence.at(match.start("cut")))
        second = (sentence.at(match.end()), stop)
        cue = (sentence.at(match.start("verb")), sentence.at(match.end("verb")))
        voice = replace(finding.heard.voice, reason="shared subject")
        return [
            replace(finding, pieces=(first,), kind=self.kind(sentence, first)),
            *self._conjoined(
                sentence,
                replace(
                    finding, pieces=(second,), kind=self.kind(sentence, second), cue=cue,
                    heard=replace(finding.heard, voice=voice), modality=_modality(match),
                ),
                end,
            ),
        ]  # fmt: skip

    def _report(
        self, sentence: Sentence, cue: "regex.Match[str]", begin: int, end: int, before: Sentence | None,
        done: list[Finding],
    ) -> Finding | None:  # fmt: skip
        view = sentence.view
        floor = max(begin, cue.start() - _REACH)
        left = view[floor : cue.start()]
        edge = _EDGE.search(view, cue.end(), end)
        stop = edge.start() if edge else end
        near = [
            (sentence.at(cue.end()), sentence.at(stop)),
            (sentence.at(_clause_start(view, floor, cue.start())), sentence.at(cue.start())),
        ]
        span = _span(sentence.start, cue)
        modality = _modality(cue)

        def heard(inverted: bool) -> Heard | None:
            return self._near(
                view, begin, cue, stop, sentence.start, sentence.paragraph, inverted=inverted
            )

        # «Q», — сказал S
        if self.quote_before.search(left) and (
            quotes := [q for q in sentence.quotes if q.end <= sentence.at(cue.start())]
        ):
            last = quotes[-1]
            speaker = heard(True)
            if speaker is not None and self._speech(last.inner_start, last.inner_end, left):
                pieces = [last.span]
                words_before = view[begin : last.start - sentence.start]
                kind = "direct"
                if regex.search(r"\w", words_before):
                    # the quotation is only the end of the clause
                    pieces = [self.trimmed(sentence.at(begin), last.end)]
                    kind = "mixed"
                    if len(quotes) > 1 and not regex.search(
                        r"\w{3}",
                        view[quotes[0].end - sentence.start : last.start - sentence.start],
                    ):
                        pieces, kind = [q.span for q in quotes], "direct"
                    elif words_before.rstrip().endswith((":", "—", "–")):
                        pieces, kind = [last.span], "direct"
                pieces += self._after(sentence, stop, end)
                return Finding(
                    tuple(pieces), kind, "Q, C S", speaker, span, near, modality=modality
                )
        if _only_quotes(cue["verb"]) and not regex.match(r"[^\ue000:.]{0,120}:", view[stop:]):
            return None
        follows = self.far_that.match(view, cue.end(), end)
        # S заявил, что clause
        if follows is not None:
            speaker = heard(False)
            if speaker is None:
                return None
            piece = self.trimmed(sentence.at(follows.end()), sentence.at(end))
            if piece[1] - piece[0] < 8:
                return None
            rule = "S C that clause"
            return Finding(
                (piece,),
                self.kind(sentence, piece),
                rule,
                speaker,
                span,
                near,
                modality=modality,
            )
        # «об этом заявил S»
        if self.about.search(left) and not self.quote_before.search(left):
            if before is None:
                return None
            if not any(before.start <= f.pieces[0][0] < before.end for f in done) and (
                self.cue.search(before.view)
            ):
                return None  # «S заявил о готовности. Об этом он сказал вчера»
            known = next(
                (i for i, f in enumerate(done) if before.start <= f.pieces[0][0] < before.end),
                None,
            )
            mention = self.names.subject(view, cue.end(), stop, sentence.start)
            if known is not None:
                # Said already there; a medium only passed it on.
                if mention is not None and mention.kind == "medium" and not done[known].via:
                    done[known] = replace(done[known], via=mention.name)
                return None
            if (
                mention is not None
                and mention.kind == "medium"
                and self.names.subject(before.view, 0, len(before.view), before.start)
            ):
                return None  # It passed on what somebody did, not what it says itself.
            speaker = heard(True)
            if speaker is None:
                return None
            piece = self.trimmed(before.start, before.end)
            if self.whole_quote(before):
                return Finding(
                    tuple(q.span for q in before.quotes),
                    "direct",
                    "Q. S C it",
                    speaker,
                    span,
                    near,
                    modality=modality,
                )
            own = list(before.quotes)
            kind = "mixed" if own else "indirect"
            return Finding(
                (piece,),
                kind,
                "clause. S C it",
                speaker,
                span,
                near,
                modality=modality,
                sure=False,
            )
        # S сказал: «Q» and S сказал: clause
        colon = edge is not None and view[stop] == ":"
        if not colon and stop < end:
            colon_at = regex.compile(r"[^\ue000:.]{0,120}:").match(view, stop)
            if colon_at is not None and not self.cue.search(view, stop, colon_at.end()):
                colon, stop = True, colon_at.end() - 1
        if colon:
            speaker = heard(False)
            if speaker is None:
                return None
            quotes = [q for q in sentence.quotes if q.start >= sentence.at(stop)]
            if quotes:
                gap = view[stop + 1 : quotes[0].start - sentence.start]
                if not regex.search(r"\w", gap):
                    return Finding(
                        tuple(q.span for q in quotes),
                        "direct",
                        "S C: Q",
                        speaker,
                        span,
                        near,
                        modality=modality,
                    )
            rest = self.trimmed(sentence.at(stop + 1), sentence.at(end))
            if rest[1] - rest[0] >= 12:
                return Finding(
                    (rest,),
                    self.kind(sentence, rest),
                    "S C: clause",
                    speaker,
                    span,
                    near,
                    modality=modality,
                    sure=False,
                )
            self.announced, self.announced_cue = speaker, span
            return None
        # «как сообщил S, clause» and «clause, как сообщил S»
        if self.how.search(left) and not regex.search(r"(?:того|того)\s*,\s*\w+\s+$", left):
            speaker = heard(True) or heard(False)
            if speaker is None:
                return None
            lead = regex.search(
                rf"(?:^|[,;(—–]\s*){self.grammar.how}\s+(?:[^\s,;:]+\s+){{0,6}}$",
                left,
                regex.IGNORECASE,
            )
            begin_as = floor + lead.start() if lead else cue.start()
            pieces = (
                [self.trimmed(sentence.at(begin), sentence.at(begin_as))]
                if begin_as > begin + 3
                else []
            )
            if stop < end and view[stop] in ",)":
                pieces.append(self.trimmed(sentence.at(stop + 1), sentence.at(end)))
            pieces = [p for p in pieces if p[1] - p[0] >= 12]
            if not pieces:
                return None
            return Finding(
                tuple(pieces),
                self.kind(sentence, *pieces),
                "as S C, clause",
                speaker,
                span,
                near,
                modality=modality,
            )
        # clause, сообщил S
        direct_left = regex.search(rf"[,—–]\s*{self.adverbs}$", left, regex.IGNORECASE)
        if direct_left and (speaker := self._right(view, cue, stop, sentence)):
            piece = self.trimmed(sentence.at(begin), sentence.at(floor + direct_left.start()))
            if piece[1] - piece[0] >= 15 and not self.cue.search(
                view, begin, floor + direct_left.start()
            ):
                return Finding(
                    (piece,),
                    self.kind(sentence, piece),
                    "clause, C S",
                    speaker,
                    span,
                    near,
                    modality=modality,
                    sure=False,
                )
        # S заявил «Q» without a colon
        quotes = [q for q in sentence.quotes if q.start >= sentence.at(cue.end())]
        if (
            quotes
            and not regex.search(r"\w", view[stop : quotes[0].start - sentence.start])
            and view[stop : stop + 1] == HIDDEN
        ):
            words = self.text[quotes[0].inner_start : quotes[0].inner_end].split()
            if len(words) >= 5 and (speaker := heard(False)) is not None:
                return Finding(
                    (quotes[0].span,),
                    "direct",
                    "S C Q",
                    speaker,
                    span,
                    near,
                    modality=modality,
                    sure=False,
                )
        return None

    def _after(self, sentence: Sentence, stop: int, end: int) -> list[Span]:
        """What is said on behind «Q1», — сказал S, — «Q2»."""
        quotes = [
            q
            for q in sentence.quotes
            if q.start >= sentence.at(stop) and q.end <= sentence.at(end) + 1
        ]
        if not quotes:
            return []
        gap = sentence.view[stop : quotes[0].start - sentence.start]
        if regex.search(r"\w", gap):
            return []
        return [q.span for q in quotes]

    def _speech(self, start: int, end: int, left: str) -> bool:
        """Whether a quotation before a verb is what was said rather than a name in marks."""
        words = len(self.text[start:end].split())
        dash = regex.search(rf"{_DASH}\s*\S*\s*$", left[-20:]) is not None
        return words >= 4 or (dash and end - start >= 2)

    # ------------------------------------------------------------------ who

    def _near(
        self, view: str, begin: int, cue: "regex.Match[str]", stop: int, offset: int, paragraph: int, *,
        inverted: bool,
    ) -> Heard | None:  # fmt: skip
        """Who speaks beside a verb: behind it when the words stand before, else before it."""
        verb = cue["verb"].lower()
        within = (
            self.names.located(view, cue.end(), stop, offset) if _PLURAL.search(verb) else None
        )
        right = within or self.names.subject(
            view, cue.end(), min(stop, cue.end() + _REACH), offset
        )
        left = (
            None
            if inverted and right
            else self._left(view, max(begin, cue.start() - _REACH), cue.start(), offset)
        )
        mention = (right or left) if inverted else (left or right)
        if mention is None and _PLURAL.search(verb):
            start = _clause_start(view, begin, cue.start())
            mention = self.names.located(view, start, cue.start(), offset)
        if mention is None:
            if _PLURAL.search(verb):
                return None
            female = (
                True
                if _FEMININE.search(verb)
                else (False if regex.search(r"(?:л|в)$", verb) else None)
            )
            return self.cast.last(None, paragraph, reach=1) if female is not None else None
        if (
            mention.female is None
            and mention.kind in {"title", "name"}
            and _FEMININE.search(verb)
        ):
            mention = replace(mention, female=True)
        return self.cast.resolve(mention, paragraph)

    def _right(
        self, view: str, cue: "regex.Match[str]", stop: int, sentence: Sentence
    ) -> Heard | None:
        mention = self.names.subject(view, cue.end(), stop, sentence.start)
        if mention is None and _PLURAL.search(cue["verb"].lower()):
            mention = self.names.located(view, cue.end(), stop, sentence.start)
        return self.cast.resolve(mention, sentence.paragraph) if mention else None

    def _left(self, view: str, begin: int, end: int, offset: int) -> Mention | None:
        """The subject before a verb, stepping over what stands between commas."""
        title: Mention | None = None
        stop = end
        for _ in range(4):
            start = _clause_start(view, begin, stop)
            mention = self.names.subject(view, start, stop, offset)
            if (
                mention is not None
                and mention.kind == "name"
                and not mention.office
                and title is not None
            ):
                return replace(mention, office=title.office, title=title.title, land=title.land)
            if mention is not None and not (
                mention.kind == "title" and stop < end and start > begin
            ):
                return title if title is not None and mention.kind != "name" else mention
            title = title or mention
            if start <= begin or view[start - 1] not in ",)(":
                break
            stop = start - 1
        return title

    # ------------------------------------------------------------------ by whose words

    def _according(
        self, sentence: Sentence, begin: int, end: int, done: list[Finding]
    ) -> list[Finding]:
        view = sentence.view
        for match in self.own.finditer(view, begin, end):
            pronoun = next(group for group in match.captures("who"))
            female = {"его": False, "його": False, "её": True, "ее": True, "її": True}.get(
                pronoun.lower()
            )
            first = sentence.at(match.start("who"))
            mention = Mention("pronoun", first, first + len(pronoun), pronoun, female=female)
            heard = self.cast.last(mention, sentence.paragraph)
            if heard is None:
                continue
            return self._said_by(sentence, match, match.end(), begin, end, heard)
        for match in self.according.finditer(view, begin, end):
            stop_at = regex.compile(r"[,;:)(—–\ue000]").search(view, match.end(), end)
            stop = stop_at.start() if stop_at else end
            source = self.names.oblique(view, match.end(), stop, sentence.start)
            if source is None:
                continue
            if view[stop : stop + 1] == "," and (cue := self.cue.match(view, stop + 2)):
                # «По данным разведки, заявил S, clause»
                comma = view.find(",", cue.end(), end)
                named = (
                    self.names.subject(view, cue.end(), comma, sentence.start)
                    if comma > 0
                    else None
                )
                if named is not None:
                    source, stop = named, comma
            heard = self.cast.resolve(source, sentence.paragraph)
            return self._said_by(sentence, match, stop, begin, end, heard)
        return []

    def _said_by(
        self,
        sentence: Sentence,
        match: "regex.Match[str]",
        stop: int,
        begin: int,
        end: int,
        heard: Heard,
    ) -> list[Finding]:
        view = sentence.view
        pieces = (
            [self.trimmed(sentence.at(begin), sentence.at(match.start()))]
            if match.start() > begin
            else []
        )
        after = stop + 1 if view[stop : stop + 1] in {",", "—", "–", ")"} else stop
        pieces.append(self.trimmed(sentence.at(after), sentence.at(end)))
        pieces = [p for p in pieces if p[1] - p[0] >= 8]
        pieces = [
            p
            for p in pieces
            if regex.search(r"\w|\ue000", view[p[0] - sentence.start : p[1] - sentence.start])
        ]
        if not pieces or sum(b - a for a, b in pieces) < 8:
            return []
        if (
            len(pieces) == 2
            and pieces[0][1] - pieces[0][0] < 20
            and regex.fullmatch(r"\W*\w+\W*(?:\w+\W*)?", self.text[slice(*pieces[0])])
        ):
            pieces = pieces[1:]
        span = (sentence.at(match.start()), sentence.at(match.end()))
        kind = self.kind(sentence, *pieces)
        return [
            Finding(
                tuple(pieces),
                kind,
                "according to S, Q",
                heard,
                span,
                [(sentence.at(match.end()), sentence.at(stop))],
            )
        ]

    def _documents(self, sentence: Sentence, end: int) -> list[Finding]:
        """«Q», — говорится в заявлении МИД; в заявлении МИД говорится, что clause."""
        view = sentence.view
        match = self.document.search(view, 0, end)
        if match is None:
            return []
        mention = None
        if by := next(iter(match.spans("by")), None):
            mention = self.names.oblique(view, by[0], by[1], sentence.start)
        if mention is None:
            first = match.start()
            heard = self.cast.last(None, sentence.paragraph, reach=1)
            if heard is None:
                return []
        else:
            heard = self.cast.resolve(mention, sentence.paragraph)
        first, last = match.span()
        span = (sentence.at(first), sentence.at(last))
        before = [q for q in sentence.quotes if q.end <= sentence.at(first)]
        left = view[:first]
        if before and self.quote_before.search(left):
            return [
                Finding(
                    tuple(q.span for q in before[-1:]),
                    "direct",
                    "Q, C S",
                    heard,
                    span,
                    [(sentence.at(last), sentence.end)],
                )
            ]
        follows = self.that.match(view, last)
        if follows:
            piece = self.trimmed(sentence.at(follows.end()), sentence.at(end))
            return [
                Finding((piece,), self.kind(sentence, piece), "S C that clause", heard, span)
            ]
        after = [q for q in sentence.quotes if q.start >= sentence.at(last)]
        if after and view[last : after[0].start - sentence.start].strip() == ":":
            return [Finding(tuple(q.span for q in after), "direct", "S C: Q", heard, span)]
        closing = regex.search(r"[,—–]\s*$", left)
        if closing and closing.start() > 20:
            piece = self.trimmed(sentence.start, sentence.at(closing.start()))
            return [
                Finding(
                    (piece,),
                    self.kind(sentence, piece),
                    "clause, C S",
                    heard,
                    span,
                    sure=False,
                )
            ]
        return []

    def _colon(self, sentence: Sentence) -> list[Finding]:
        """«Песков: «Q»» and «Ада Примерова: «Q»», as headlines have it."""
        match = regex.match(
            r"(?P<who>[^:\ue000.,!?]{3,80}):\s*(?P<q>\ue000+[.!?]?$)?", sentence.view
        )
        if match is None or (match["q"] is None and (sentence.paragraph or not sentence.first)):
            return []
        mention = self.names.subject(sentence.view, 0, match.end("who"), sentence.start)
        if mention is None or mention.kind != "name":
            return []
        rest = self.text[mention.end : sentence.at(match.end("who"))]
        if regex.search(r"\w", rest) and not _PLACE.match(rest):
            return []
        heard = self.cast.resolve(mention, sentence.paragraph)
        if match["q"] is None:
            # A headline; only somebody known speaks there without marks.
            piece = self.trimmed(sentence.at(match.end()), sentence.end)
            if not heard.voice.speaker_id or piece[1] - piece[0] < 12:
                return []
            kind = self.kind(sentence, piece)
            return [Finding((piece,), kind, rule="S: clause", heard=heard, sure=False)]
        return [Finding(tuple(q.span for q in sentence.quotes), "direct", "S: Q", heard)]


def _clause_start(view: str, begin: int, end: int) -> int:
    """Where the stretch without commas, dashes and quotations before `end` begins."""
    start = begin
    for match in _EDGE.finditer(view, begin, end):
        start = match.end()
    return start


def _span(offset: int, cue: "regex.Match[str]") -> Span:
    return offset + cue.start("verb"), offset + cue.end("verb")


def _only_quotes(verb: str) -> bool:
    low = verb.lower()
    return any(low == form or (low[:-1] == form) for form in ONLY_QUOTES)


def _modality(cue: "regex.Match[str]") -> str:
    if cue["not"]:
        return "denied"
    return "future" if cue["would"] else ""
