"""Frames around a verb of saying in Russian and Ukrainian."""

from dataclasses import replace

import regex

from statements.attribution.foreign.cues import ONLY_QUOTES
from statements.attribution.foreign.findings import Finding, Span
from statements.attribution.foreign.passages import HIDDEN, Sentence
from statements.attribution.foreign.people import Heard
from statements.attribution.foreign.slavic_base import (
    DASH,
    EDGE,
    REACH,
    clause_start,
    cue_modality,
    cue_span,
)
from statements.attribution.foreign.slavic_sources import SlavicSources


class SlavicVerbs(SlavicSources):
    """The reports of one sentence, in the order of its verbs."""

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
                    heard=replace(finding.heard, voice=voice), modality=cue_modality(match),
                ),
                end,
            ),
        ]  # fmt: skip

    def _report(
        self, sentence: Sentence, cue: "regex.Match[str]", begin: int, end: int, before: Sentence | None,
        done: list[Finding],
    ) -> Finding | None:  # fmt: skip
        view = sentence.view
        floor = max(begin, cue.start() - REACH)
        left = view[floor : cue.start()]
        edge = EDGE.search(view, cue.end(), end)
        stop = edge.start() if edge else end
        near = [
            (sentence.at(cue.end()), sentence.at(stop)),
            (sentence.at(clause_start(view, floor, cue.start())), sentence.at(cue.start())),
        ]
        span = cue_span(sentence.start, cue)
        modality = cue_modality(cue)

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
        dash = regex.search(rf"{DASH}\s*\S*\s*$", left[-20:]) is not None
        return words >= 4 or (dash and end - start >= 2)


def _only_quotes(verb: str) -> bool:
    low = verb.lower()
    return any(low == form or (low[:-1] == form) for form in ONLY_QUOTES)
