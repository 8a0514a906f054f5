"""Reported speech in Russian and Ukrainian: quotations, dashes, «что» clauses, «по словам»."""

from dataclasses import replace

import regex

from statements.attribution.foreign.findings import Finding, Span
from statements.attribution.foreign.passages import HIDDEN, Passage, Sentence, stripped
from statements.attribution.foreign.people import Heard, Mention
from statements.attribution.foreign.slavic_base import DASH, cue_modality, cue_span
from statements.attribution.foreign.slavic_verbs import SlavicVerbs


class Slavic(SlavicVerbs):
    """Reads the passages of one article in Russian or Ukrainian, in reading order."""

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
        close = regex.compile(rf"[.,:!?]\s*{DASH}\s*|[.]\s+(?=\p{{Lu}})").search(
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
        return [Finding(tuple(pieces), "direct", "Q1, C S, Q2", heard, cue_span(start, cue), near,
                        modality=cue_modality(cue))]  # fmt: skip

    def _dialogue(self, passage: Passage) -> list[Finding]:
        """A paragraph that begins with a dash: speech, with the speaker between dashes."""
        text = self.text[passage.start : passage.end].replace("\u00a0", " ")
        begin = regex.match(rf"{DASH}\s*", text)
        assert begin is not None
        pieces: list[Span] = []
        position = begin.end()
        heard: Heard | None = None
        verb: Span | None = None
        near: list[Span] = []
        while match := self.inner.search(text, position):
            close = regex.compile(rf"[.,:!?]\s*{DASH}\s*").search(text, match.end())
            last = close.start() if close else len(text)
            cue = self.cue.search(text, match.end(), last)
            if cue is None:
                break
            speaker = self._near(
                text, match.end(), cue, last, passage.start, passage.number, inverted=True
            )
            heard = heard or speaker
            verb = verb or cue_span(passage.start, cue)
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
        return [Finding(tuple(pieces), "direct", "— Q, — C S", heard, verb, near)]
