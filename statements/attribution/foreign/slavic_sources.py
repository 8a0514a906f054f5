"""Whose words these are by other signs than a verb: «по словам S», papers, headlines."""

import regex

from statements.attribution.foreign.findings import Finding
from statements.attribution.foreign.passages import Sentence
from statements.attribution.foreign.people import Heard, Mention
from statements.attribution.foreign.slavic_base import SlavicReader

_PLACE = regex.compile(r"\s+(?:в|на|у|во)\s+[\p{L}-]+$")


class SlavicSources(SlavicReader):
    """Frames without a verb of saying that has a subject."""

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
