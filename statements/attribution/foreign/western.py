"""Reported speech in French, Spanish and German: quotations, que and dass clauses, selon S."""

from dataclasses import replace

import regex

from statements.attribution.foreign.cues import french_cue, german_cue, spanish_cue
from statements.attribution.foreign.findings import Finding, Span
from statements.attribution.foreign.passages import HIDDEN, Passage, Sentence
from statements.attribution.foreign.people import Cast, Heard, Mention
from statements.attribution.foreign.reader import Reader
from statements.attribution.foreign.western_names import WesternNames
from statements.attribution.foreign.western_words import GRAMMARS

_CUES = {"fr": french_cue, "es": spanish_cue, "de": german_cue}
_EDGE = regex.compile(r"[,;:()—–\ue000.!?]|\s-\s")
_CLOSING = regex.compile(
    r"[,—–]\s*(?!(?:y|e|et|und|pero|mais|aber|que|qui)\s)(?:\w+\s+)?(?:l['’]|lo\s+)?$"
)
_INFINITIVE = regex.compile(
    r"\s+(?P<said>(?:ne\s+pas\s+|n['’])?(?:avoir|être|vouloir|pouvoir|devoir|haber|estar|tener)\s|no\s+(?:haber|estar|tener|\w+[aei]r)\s)"
)
_THAT = regex.compile(r"\s(?:que\s|qu['’])")
_JOINED = regex.compile(
    r"(?:^|[,;]\s*|\s)(?:et|mais|puis|y|e|pero|aunque|und|aber)\s+(?:\w+\s+)?(?:l['’]|se\s+)?$"
)
_INDICATIVE = regex.compile(
    r"\b(?:sei|seien|habe|haben|hätten?|könne|könnten?|müsse|müssten?|werden?|würden?|wird|wolle|wollten?|"
    r"solle|sollten?|dürfe|dürften?|gebe|gehe|komme|stehe|bleibe|mache|brauche|wisse|sehe|ist|sind)\b"
)
_ADVERB = regex.compile(
    r"\w+|en outre|par ailleurs|de plus|en effet|por otra parte|por su parte|sin embargo|en cambio|"
    r"de hecho|zum Beispiel",
    regex.IGNORECASE,
)
_DATELINE = regex.compile(r"[^.()\ue000]{2,50}\([\p{L}\s/]{2,20}\)\s*\.?\s*[-–—]+\s*")
_NOT_YET = regex.compile(
    r"(?<!\w)(?:wird|werde|werden|würden?|will|wollen|soll|sollen|sollte|kann|könnte|muss|möchte|dürfte)\s+"
    r"(?:[\p{Ll}]+\s+){0,3}$"
)
_REACH = 260
_DASHES = "—–"


class Western(Reader):
    """Reads the passages of one article in French, Spanish or German, in reading order."""

    def __init__(self, text: str, language: str, passages: list[Passage], cast: Cast) -> None:
        super().__init__(text, language, passages, cast)
        self.grammar = GRAMMARS[language]
        self.names = WesternNames(language, cast)
        self.cue = _CUES[language]()
        grammar = self.grammar
        self.that = regex.compile(
            rf"(?:\s+(?:{grammar.adjuncts})(?!\w)[^,;:.{HIDDEN}]{{0,90}}?)?(?:,\s+[^,;:.{HIDDEN}]{{2,90}},)?\s+{grammar.that}",
            regex.IGNORECASE,
        )
        if language == "de":
            # The subject may stand between the verb and «dass»: «Am Dienstag sagte S, dass».
            self.that = regex.compile(
                rf"[^,;:.{HIDDEN}]{{0,120}},\s+{grammar.that}", regex.IGNORECASE
            )
        self.quote_before = regex.compile(
            rf"{HIDDEN}\s*[,.]?\s*[—–-]?\s*(?:(?:{grammar.how})\s+|(?:{grammar.adjuncts})\s+)?(?:se\s+|le\s+|l['’])?$",
            regex.IGNORECASE,
        )
        self.named_before = regex.compile(
            rf"{HIDDEN}\s*[,—–]\s*(?P<who>[^,;:.{HIDDEN}]{{2,110}}(?:,[^,;:.{HIDDEN}]{{2,90}},)?)\s+$"
        )
        self.according = regex.compile(
            rf"(?<![\w-])(?:{grammar.according})\s+", regex.IGNORECASE
        )
        self.inner = regex.compile(rf"[,!?…]\s*(?:[—–-]\s*)?(?={self.cue.pattern})")
        for passage in passages:
            for sentence in passage.sentences:
                self.names.introduce(sentence.view, sentence.start)

    def read(self, passage: Passage) -> list[Finding]:
        """The findings of one passage."""
        if self.text[passage.start] in _DASHES and (found := self._dialogue(passage)):
            return found
        found = []
        for number, sentence in enumerate(passage.sentences):
            own = self._sentence(sentence)
            if not own and self.whole_quote(sentence):
                if number == 0 and not self._follows(passage):
                    continue
                own = self.goes_on(sentence, found)
            found += own
        return found

    def _follows(self, passage: Passage) -> bool:
        return passage.number - self.cast.last_paragraph <= 1

    # ------------------------------------------------------------------ one sentence

    def _sentence(self, sentence: Sentence) -> list[Finding]:
        found: list[Finding] = []
        for quote in sentence.quotes:
            found += self._inside(sentence, quote.inner_start, quote.inner_end, quote.span)
        covered = [span for finding in found for span in finding.pieces]
        for cue in self.cue.finditer(sentence.view):
            at = sentence.at(cue.start())
            if any(a <= at < b for a, b in covered):
                continue
            finding = self._report(sentence, cue)
            if finding is None or any(
                a <= finding.pieces[0][0] and finding.pieces[-1][1] <= b for a, b in covered
            ):
                continue
            found.append(finding)
            covered += finding.pieces
        found += self._according(sentence, found)
        if self.language == "de":
            found += self._so(sentence, found)
        if not found:
            found = self._headline(sentence)
        return self._channelled(found)

    def _channelled(self, found: list[Finding]) -> list[Finding]:
        """A medium beside another speaker of the sentence is the channel of what that one says."""
        media = [f for f in found if self._medium(f)]
        others = [f for f in found if f not in media]
        if not media or not others or not _overlap(media[0], others[0]):
            return found
        channel = self.names.agency(media[0].heard.voice.printed)
        return [replace(f, via=f.via or channel) for f in others]

    def _medium(self, finding: Finding) -> bool:
        voice = finding.heard.voice
        if not voice.printed or voice.start is None or voice.end is None:
            return False
        mention = self.names.subject(self.text, voice.start, voice.end, 0)
        return mention is not None and mention.kind == "medium"

    # ------------------------------------------------------------------ marks around speech and verb

    def _inside(self, sentence: Sentence, start: int, end: int, whole: Span) -> list[Finding]:
        """« Q1, souligne-t-elle. Q2 » with one pair of marks around everything."""
        inner = self.text[start:end].replace("\u00a0", " ").replace("\u202f", " ")
        match = self.inner.search(inner)
        if match is None:
            return []
        cue = self.cue.match(inner, match.end())
        close = (
            regex.compile(r"[.,;!?]\s*[—–]?\s*|\s*[—–],?\s*").search(inner, cue.end())
            if cue
            else None
        )
        if cue is None or close is None:
            return []
        aside = inner[cue.end() : close.start()]
        if len(aside) > 90:
            return []
        heard = self._who(
            inner,
            match.end(),
            cue,
            close.start(),
            start,
            sentence.paragraph,
            inverted=True,
            strict=True,
        )
        if heard is None:
            return []
        pieces = [(whole[0], start + match.start() + (inner[match.start()] in "!?…"))]
        if close.end() < len(inner.rstrip()):
            pieces.append((start + close.end(), whole[1]))
        return [
            Finding(
                tuple(pieces),
                "direct",
                "Q1, C S, Q2",
                heard,
                _span(start, cue),
                [(start + cue.end(), start + close.start())],
                modality=_modality(cue),
            )
        ]

    def _dialogue(self, passage: Passage) -> list[Finding]:
        """«—Q —dijo S—. Q2»: a paragraph that begins with a dash."""
        text = self.text[passage.start : passage.end].replace("\u00a0", " ")
        match = regex.compile(rf"\s*[—–]\s*(?={self.cue.pattern})").search(text, 1)
        if match is None:
            return []
        cue = self.cue.match(text, match.end())
        close = regex.compile(r"[—–]|$").search(text, cue.end()) if cue else None
        if cue is None or close is None:
            return []
        heard = self._who(
            text, match.end(), cue, close.start(), passage.start, passage.number, inverted=True
        )
        if heard is None:
            return []
        pieces = [self.trimmed(passage.start + 1, passage.start + match.start())]
        if close.end() < len(text) and len(text[close.end() :].strip(" .,—–")) > 2:
            pieces.append(self.trimmed(passage.start + close.end(), passage.end))
        pieces = [p for p in pieces if p[0] < p[1]]
        return (
            [Finding(tuple(pieces), "direct", "— Q, — C S", heard, _span(passage.start, cue))]
            if pieces
            else []
        )

    # ------------------------------------------------------------------ verbs of saying

    def _report(self, sentence: Sentence, cue: "regex.Match[str]") -> Finding | None:
        view = sentence.view
        floor = max(0, cue.start() - 1_000)
        left = view[floor : cue.start()]
        edge = _EDGE.search(view, cue.end())
        stop = edge.start() if edge else len(view)
        span = _span(sentence.start, cue)
        modality = _modality(cue)
        if self.language == "de" and not modality and _NOT_YET.search(left[-60:]):
            modality = "future"  # «wird sagen», «soll sagen»
        near = [
            (sentence.at(cue.end()), sentence.at(min(stop, cue.end() + 80))),
            (sentence.at(max(floor, cue.start() - 60)), sentence.at(cue.start())),
        ]

        def heard(inverted: bool, strict: bool = False) -> Heard | None:
            return self._who(
                view,
                floor,
                cue,
                stop,
                sentence.start,
                sentence.paragraph,
                inverted=inverted,
                strict=strict,
            )

        def finding(
            pieces: list[Span], kind: str, rule: str, who: Heard, sure: bool = True
        ) -> Finding:
            return Finding(
                tuple(pieces), kind, rule, who, span, near, modality=modality, sure=sure
            )

        # Q, C S and Q, S C
        inverted = self.quote_before.search(left)
        named = None if inverted else self.named_before.search(left)
        if inverted or named:
            quotes = [q for q in sentence.quotes if q.end <= sentence.at(cue.start())]
            last = quotes[-1]
            follows_that = self.that.match(view, cue.end()) or view[stop : stop + 1] == ":"
            if self._speech(last.inner_start, last.inner_end) and not follows_that:
                if named:
                    who = self._resolved(
                        self.names.subject(
                            view, floor + named.start("who"), cue.start(), sentence.start
                        ),
                        sentence,
                    )
                else:
                    who = heard(True)
                if who is not None:
                    before = view[: last.start - sentence.start]
                    pieces, kind = [last.span], "direct"
                    words = regex.search(r"\w", before)
                    if (
                        words
                        and regex.search(r"[\w,]\s*$", before)
                        and last.inner_end - last.inner_start
                        and self.text[last.inner_start].islower()
                    ):
                        pieces, kind = (
                            [self.trimmed(self._content_start(sentence, last.start), last.end)],
                            "mixed",
                        )
                    pieces += self._after(sentence, stop)
                    return finding(pieces, kind, "Q, C S", who)
        # S C que clause
        follows = self.that.match(view, cue.end())
        if follows is not None and self._relative(view, cue, follows):
            follows = None
        if self.language == "es":
            follows = follows or self._behind_speaker(sentence, cue, stop)
        apart = follows is not None and "," in follows.group() and _CLOSING.search(left)
        if follows is not None and not apart:
            who = heard(False)
            if who is None:
                return None
            piece = self._clause(sentence, follows.end())
            if piece[1] - piece[0] < 8:
                return None
            return finding([piece], self.kind(sentence, piece), "S C that clause", who)
        # S C avoir …, S C haber …: the infinitive is what was said
        if (infinitive := _INFINITIVE.match(view, cue.end())) and self.language != "de":
            who = heard(False)
            piece = self._clause(sentence, infinitive.start("said"))
            if who is not None and piece[1] - piece[0] >= 15:
                return finding(
                    [piece], self.kind(sentence, piece), "S C infinitive", who, sure=False
                )
        # S C : Q
        colon = regex.compile(rf"[^{HIDDEN}.:;]{{0,140}}:\s*(?P<q>{HIDDEN})?").match(
            view, cue.end()
        )
        if colon is not None:
            who = heard(False)
            if who is None:
                return None
            if colon["q"]:
                quotes = [
                    q for q in sentence.quotes if q.start >= sentence.at(colon.start("q"))
                ]
                return finding(
                    [q.span for q in quotes[:1]]
                    + self._after(sentence, quotes[0].end - sentence.start),
                    "direct",
                    "S C: Q",
                    who,
                )
            piece = self.trimmed(sentence.at(colon.end()), sentence.end)
            if piece[1] - piece[0] < 15:
                return None
            return finding([piece], self.kind(sentence, piece), "S C: clause", who, sure=False)
        # S C « Q » without a colon
        if view[stop : stop + 1] == HIDDEN and not regex.search(r"\w", view[cue.end() : stop]):
            quote = next(q for q in sentence.quotes if q.start >= sentence.at(stop))
            if (
                len(self.text[quote.inner_start : quote.inner_end].split()) >= 5
                and (who := heard(False)) is not None
            ):
                return finding([quote.span], "direct", "S C Q", who, sure=False)
        # clause, C S
        begin = _CLOSING.search(left)
        if begin is not None and (who := heard(True, strict=True)) is not None:
            content_end = floor + begin.start()
            how = regex.search(
                rf"[,—–(]\s*(?:{self.grammar.how})\s+(?:\w+\s+)?$", left, regex.IGNORECASE
            )
            if how:
                content_end = floor + how.start()
            piece = self.trimmed(
                self._content_start(sentence, sentence.at(content_end)),
                sentence.at(content_end),
            )
            inside = self.cue.search(view, piece[0] - sentence.start, piece[1] - sentence.start)
            after = self._goes_on_behind(sentence, who, stop)
            if after is not None and 5 <= piece[1] - piece[0] <= 80 and inside is None:
                # «Pyongyang, añadió S, no tiene ninguna duda»
                kind = self.kind(sentence, piece, after)
                return finding([piece, after], kind, "clause, C S, clause", who, sure=False)
            if piece[1] - piece[0] >= 20 and (
                inside is None or who.voice.printed == "" or self._is_medium(who)
            ):
                return finding(
                    [piece], self.kind(sentence, piece), "clause, C S", who, sure=False
                )
        # comme l’a dit S, clause
        leading = regex.search(
            rf"^(?:{self.grammar.how})\s+(?:l['’]|lo\s+)?$",
            view[: cue.start()],
            regex.IGNORECASE,
        )
        if (
            leading
            and view[stop : stop + 1] == ","
            and (who := heard(True, strict=True)) is not None
        ):
            piece = self._clause(sentence, stop + 1)
            return finding([piece], self.kind(sentence, piece), "as S C, clause", who)
        # S sagte, clause
        if (
            self.language == "de"
            and view[stop : stop + 1] == ","
            and (who := heard(False, strict=True)) is not None
        ):
            piece = self._clause(sentence, stop + 1)
            words_said = self.text[piece[0] : piece[1]]
            if (
                piece[1] - piece[0] >= 15
                and _INDICATIVE.search(words_said)
                and not regex.match(r"(?:wo|was|wie|weil|als|wenn)\s", words_said)
            ):
                return finding(
                    [piece], self.kind(sentence, piece), "S C, clause", who, sure=False
                )
        return None

    def _behind_speaker(
        self, sentence: Sentence, cue: "regex.Match[str]", stop: int
    ) -> "regex.Match[str] | None":
        """«Ayer dijo S que …»: the «que» that stands directly behind the speaker."""
        that = _THAT.search(sentence.view, cue.end(), stop)
        if that is None:
            return None
        mention = self.names.subject(sentence.view, cue.end(), that.start(), sentence.start)
        between = mention is not None and mention.start - sentence.at(cue.end()) <= 2
        if mention is None or not between or mention.end != sentence.at(that.start()):
            return None
        return that

    def _goes_on_behind(self, sentence: Sentence, who: Heard, stop: int) -> Span | None:
        """The rest of a clause that verb and speaker interrupt."""
        end = who.voice.end - sentence.start if who.voice.end is not None else stop
        match = regex.compile(r"\s*,\s+(?!\p{Lu})").match(
            sentence.view, max(end, stop) if end <= stop else end
        )
        if match is None or regex.match(
            r"(?:que|qui|lors|dans|en|tras|durante|ajoutant|añadiendo|et|y|pero|mais|selon|según|quien|der|die|das|und|wie|comme|como|mientras|tandis|alors|"
            r"aunque|cuando|après|avant|luego|después|während|obwohl|ce|lo)(?!\w)",
            sentence.view[match.end() : match.end() + 12],
        ):
            return None
        piece = self.trimmed(sentence.at(match.end()), sentence.end)
        return piece if piece[1] - piece[0] >= 15 else None

    def _is_medium(self, heard: Heard) -> bool:
        voice = heard.voice
        if voice.start is None or voice.end is None:
            return False
        mention = self.names.subject(self.text, voice.start, voice.end, 0)
        return mention is not None and mention.kind == "medium"

    def _relative(self, view: str, cue: "regex.Match[str]", that: "regex.Match[str]") -> bool:
        """«a annoncé la décision que …»: «que» behind a noun belongs to that noun."""
        between = view[cue.end() : that.end()]
        return bool(
            regex.match(
                r"\s+(?:la|le|les|une?|los|las|una?|el)\s+(?!lunes|martes|miércoles|jueves|viernes|sábado|domingo|pasado)\w+",
                between,
            )
        )

    def _content_start(self, sentence: Sentence, end: int) -> int:
        """Where what is said begins when it stands first: behind «Moscú, 31 oct (EFE).-»."""
        dateline = _DATELINE.match(sentence.view) if sentence.first else None
        return sentence.at(dateline.end()) if dateline else sentence.start

    def _clause(self, sentence: Sentence, begin: int) -> Span:
        """The reported clause to the end of its sentence, without a medium or speaker behind it."""
        view = sentence.view
        end = len(view)
        tail = regex.compile(
            rf"(?:,\s+|\s[—–]\s*)(?:(?:{self.grammar.according})\s+[^,;:]{{2,90}}|(?:{self.grammar.how})\s+[^,;:]{{2,90}}|{self.cue.pattern}[^,;:]{{0,90}}?)[.]?$",
            regex.IGNORECASE,
        ).search(view, begin)
        if tail is not None:
            end = tail.start()
        joint = regex.compile(
            rf",?\s+(?:et|y|und|e)\s+(?:(?:{self.grammar.adjuncts})\s+)?(?={self.cue.pattern}\s+(?:{self.grammar.that}))",
            regex.IGNORECASE,
        ).search(view, begin, end)
        if joint is not None:
            end = joint.start()
        return self.trimmed(sentence.at(begin), sentence.at(end))

    def _after(self, sentence: Sentence, stop: int) -> list[Span]:
        """Quotations behind the verb and its speaker that only marks divide from them."""
        view = sentence.view
        quotes = [q for q in sentence.quotes if q.start >= sentence.at(stop)]
        if not quotes:
            return []
        gap = view[stop : quotes[0].start - sentence.start]
        return [] if regex.search(r"\w", gap) else [quotes[0].span]

    def _speech(self, start: int, end: int) -> bool:
        return (
            len(self.text[start:end].split()) >= 2
            or self.text[start:end].lstrip()[:1].isupper()
        )

    # ------------------------------------------------------------------ who

    def _who(
        self, view: str, begin: int, cue: "regex.Match[str]", stop: int, offset: int, paragraph: int, *,
        inverted: bool, strict: bool = False,
    ) -> Heard | None:  # fmt: skip
        """Who speaks beside a verb; with `strict` only somebody who is printed there."""
        groups = cue.groupdict()
        if groups.get("who"):
            word = groups["who"].strip("-").removeprefix("t-")
            at = offset + cue.end("who") - len(word)
            mention = Mention(
                "pronoun", at, at + len(word), word, female=self.grammar.pronouns.get(word)
            )
            return self.cast.last(mention, paragraph)
        if _JOINED.search(view[max(begin, cue.start() - 40) : cue.start()]) and not inverted:
            return self.cast.last(None, paragraph, reach=0)
        right_end = min(stop, cue.end() + _REACH)
        if self.language != "de" and (inner := _THAT.search(view, cue.end(), right_end)):
            right_end = stop = inner.start()  # «Precisó que la delegación …»
        right = self.names.subject(view, cue.end(), self._far(view, right_end, cue), offset)
        left = None
        if not (inverted and right):
            left = self._left(view, max(begin, cue.start() - _REACH), cue.start(), offset)
        if (
            self.language == "de"
            and right is not None
            and right.start - offset - cue.end() <= 2
        ):
            left = None  # «Während der Gespräche mit S1 sagte S2»
        if strict and right is not None and right.start - offset - cue.end() > 25:
            right = None
        if inverted:
            mention2 = right or (None if strict else left)
        else:
            mention2 = left or (
                right if self.language in {"de", "es"} or self._verb_first(view, cue) else None
            )
        if mention2 is not None:
            if mention2.kind == "pronoun":
                return self.cast.last(mention2, paragraph)
            return self.cast.resolve(mention2, paragraph)
        if (
            strict
            or not self.grammar.silent
            or regex.search(r"(?:aron|eron|an|han .*)$", cue["verb"])
        ):
            return None
        return self.cast.last(None, paragraph, reach=2)

    def _far(self, view: str, stop: int, cue: "regex.Match[str]") -> int:
        """To the end of an apposition: «a déclaré la ministre, Ada Example.»"""
        if view[stop : stop + 1] == ",":
            rest = regex.compile(
                r",\s+\p{Lu}[\p{L}'’-]+(?:\s+[\p{L}'’-]+){0,4}(?=[,.]|$)"
            ).match(view, stop)
            if rest is not None:
                return int(rest.end())
        return stop

    def _verb_first(self, view: str, cue: "regex.Match[str]") -> bool:
        before = view[max(0, cue.start() - 60) : cue.start()]
        return not before.strip() or bool(regex.search(r"[,;]\s*$", before))

    def _left(self, view: str, begin: int, end: int, offset: int) -> Mention | None:
        """The subject before a verb, stepping over what stands between commas."""
        stop = end
        title: Mention | None = None
        for _ in range(4):
            start = begin
            for match in _EDGE.finditer(view, begin, stop):
                if match.group() != "." or (
                    regex.match(r"\s+\p{Lu}", view[match.end() : match.end() + 3])
                    and not regex.search(
                        r"\b(?:M|Mme|MM|Sr|Sra|Dr|Dra|\p{Lu})$", view[: match.start()][-4:]
                    )
                ):
                    start = match.end()
            mention = self.names.subject(view, start, stop, offset)
            if (
                mention is not None
                and mention.kind == "name"
                and not mention.office
                and title is not None
            ):
                return replace(
                    mention,
                    office=title.office,
                    title=title.title,
                    land=mention.land or title.land,
                )
            if (
                mention is not None
                and mention.kind == "title"
                and title is None
                and start > begin
                and view[start - 1] == ","
                and stop < end
            ):
                title = mention
            elif (
                mention is not None
                and mention.kind == "name"
                and stop == end
                and not mention.office
                and start > begin
                and view[start - 1] == ","
            ):
                # «le ministre des Affaires étrangères, Ada Example, a déclaré»
                earlier = self.names.subject(
                    view, self._edge_before(view, begin, start - 1), start - 1, offset
                )
                if earlier is not None and earlier.kind == "title":
                    return replace(
                        mention,
                        start=earlier.start,
                        office=earlier.office,
                        title=earlier.title,
                        land=mention.land or earlier.land,
                        female=earlier.female,
                    )
                return mention
            elif mention is not None:
                return mention
            if start <= begin or view[start - 1] not in ",)(":
                break
            stop = start - 1
        return title

    @staticmethod
    def _edge_before(view: str, begin: int, end: int) -> int:
        start = begin
        for match in _EDGE.finditer(view, begin, end):
            start = match.end()
        return start

    def _resolved(self, mention: Mention | None, sentence: Sentence) -> Heard | None:
        if mention is None:
            return None
        if mention.kind == "pronoun":
            return self.cast.last(mention, sentence.paragraph)
        return self.cast.resolve(mention, sentence.paragraph)

    # ------------------------------------------------------------------ by whose words

    def _according(self, sentence: Sentence, done: list[Finding]) -> list[Finding]:
        view = sentence.view
        for match in self.according.finditer(view):
            if any(a <= sentence.at(match.start()) < b for f in done for a, b in f.pieces):
                continue
            stop_at = regex.compile(r"[,;:)(—–\ue000]|[.](?=\s|$)").search(view, match.end())
            stop = stop_at.start() if stop_at else len(view)
            cue = self.cue.match(view, match.end())
            begin = cue.end() if cue else match.end()
            word = view[begin:stop].strip().lower()
            if word in self.grammar.oblique:
                at = sentence.at(view.index(view[begin:stop].strip(), begin))
                pronoun = Mention(
                    "pronoun", at, at + len(word), word, female=self.grammar.oblique[word]
                )
                heard = self.cast.last(pronoun, sentence.paragraph)
            else:
                mention = self.names.subject(view, begin, stop, sentence.start)
                if mention is None or mention.start - sentence.start - begin > (
                    3 if cue is None else 30
                ):
                    continue
                if cue is not None:
                    stop = self._far(view, stop, cue)
                    mention = self.names.subject(view, begin, stop, sentence.start) or mention
                elif stop_at is None or view[stop] == ".":
                    stop = mention.end - sentence.start
                if done and mention.kind != "medium":
                    continue
                heard = self.cast.resolve(mention, sentence.paragraph)
            if heard is None or (done and not self._is_medium(heard)):
                continue
            span = (sentence.at(match.start()), sentence.at(match.end()))
            return self._both_sides(
                sentence, match.start(), stop, heard, span, "according to S, Q"
            )
        if self.grammar.behind and not done:
            match2 = regex.search(
                rf"(?P<who>(?:^|(?<=,\s)|(?<=\s))[^,;:.{HIDDEN}]{{2,80}})\s+{self.grammar.behind}(?!\w)",
                view,
            )
            if match2 is not None:
                mention = self.names.subject(
                    view, match2.start("who"), match2.end("who"), sentence.start
                )
                if mention is not None:
                    heard = self.cast.resolve(mention, sentence.paragraph)
                    span = (sentence.at(match2.end("who")), sentence.at(match2.end()))
                    return self._both_sides(
                        sentence,
                        mention.start - sentence.start,
                        match2.end(),
                        heard,
                        span,
                        "according to S, Q",
                    )
        return []

    def _both_sides(
        self, sentence: Sentence, start: int, stop: int, heard: Heard, span: Span, rule: str
    ) -> list[Finding]:
        view = sentence.view
        pieces = [
            self.trimmed(sentence.start, sentence.at(start)),
            self.trimmed(sentence.at(stop), sentence.end),
        ]
        pieces = [p for p in pieces if p[1] - p[0] >= 8]
        pieces = [
            p
            for p in pieces
            if p[0] < sentence.at(stop)
            or not regex.match(r"(?:que|qui|quien|quienes|dont|où)\s", self.text[p[0] : p[1]])
        ]
        pieces = [
            p
            for p in pieces
            if regex.search(r"\w|\ue000", view[p[0] - sentence.start : p[1] - sentence.start])
        ]
        if (
            len(pieces) == 2
            and pieces[0][1] - pieces[0][0] < 25
            and pieces[1][1] - pieces[1][0] > 40
            and start < 30
            and _ADVERB.fullmatch(self.text[pieces[0][0] : pieces[0][1]])
        ):
            pieces = pieces[1:]  # «Además, según S, …»
        if not pieces or sum(b - a for a, b in pieces) < 15:
            return []
        return [
            Finding(tuple(pieces), self.kind(sentence, *pieces), rule, heard, span, sure=False)
        ]

    def _so(self, sentence: Sentence, done: list[Finding]) -> list[Finding]:
        """«…, so die Ministerin.» and «„…“, so Ada Example.»"""
        if done:
            return []
        view = sentence.view
        match = regex.search(r",\s+so\s+(?P<who>[^;:]{3,120}?)[.]?$", view)
        if match is None:
            return []
        mention = self.names.subject(view, match.start("who"), match.end("who"), sentence.start)
        if mention is None or mention.start - sentence.start > match.start("who") + 4:
            return []
        piece = self.trimmed(sentence.start, sentence.at(match.start()))
        heard = self.cast.resolve(mention, sentence.paragraph)
        span = (sentence.at(match.start() + 2), sentence.at(match.start("who") - 1))
        return [Finding((piece,), self.kind(sentence, piece), "Q, so S", heard, span)]

    def _headline(self, sentence: Sentence) -> list[Finding]:
        """«Ada Example : « Q »» and «Ministra: “Q”», as headlines have it."""
        match = regex.match(
            rf"(?P<who>[^:{HIDDEN}.,!?]{{3,80}}?)\s*:\s*{HIDDEN}+[.!?]?$", sentence.view
        )
        if match is None:
            return []
        mention = self.names.subject(sentence.view, 0, match.end("who"), sentence.start)
        if (
            mention is None
            or mention.kind not in {"name", "title"}
            or mention.end != sentence.at(match.end("who"))
        ):
            return []
        heard = self.cast.resolve(mention, sentence.paragraph)
        return [Finding(tuple(q.span for q in sentence.quotes), "direct", "S: Q", heard)]


def _overlap(one: Finding, other: Finding) -> bool:
    """Whether two findings share words, or only stand in one sentence."""
    return any(a < d and c < b for a, b in one.pieces for c, d in other.pieces)


def _span(offset: int, cue: "regex.Match[str]") -> Span:
    return offset + cue.start("verb"), offset + cue.end("verb")


def _modality(cue: "regex.Match[str]") -> str:
    groups = cue.groupdict()
    return (
        "denied" if groups.get("not") and (groups.get("never") or "never" not in groups) else ""
    )
