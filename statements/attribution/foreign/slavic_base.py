"""What the frames of Russian and Ukrainian share: their patterns, and who speaks beside a verb."""

from dataclasses import replace

import regex

from statements.attribution.foreign.cues import slavic_cue
from statements.attribution.foreign.findings import Span
from statements.attribution.foreign.passages import HIDDEN, Passage, Sentence
from statements.attribution.foreign.people import Cast, Heard, Mention
from statements.attribution.foreign.reader import Reader
from statements.attribution.foreign.slavic_names import SlavicNames
from statements.attribution.foreign.slavic_words import GRAMMARS

EDGE = regex.compile(r"[,;:()—–\ue000]|\s-\s")
DASH = r"[—–-]"
REACH = 260  # characters between a verb and who speaks
_PLURAL = regex.compile(r"(?:ли|ют|ят|ять|ють)$")
_FEMININE = regex.compile(r"(?:ла|лась|лася)$")


class SlavicReader(Reader):
    """The patterns of one language and the speakers of one article."""

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
            rf"{HIDDEN}\s*[,.]?\s*{DASH}?\s*(?:{grammar.also}|\s)*$", regex.IGNORECASE
        )
        self.inner = regex.compile(
            rf"(?:[,!?…]|[!?]\.\.)\s*{DASH}\s*(?={self.adverbs}(?:[^.,!?—–«»\ue000]{{0,60}}\s)??{self.cue.pattern})",
            regex.IGNORECASE,
        )
        self.credit = regex.compile(
            rf"(?:[,.]|{HIDDEN}\s*,?\s*{DASH}|\s{DASH})\s*(?P<all>(?:{grammar.about})?\s*(?:{grammar.how}\s+)?(?:{grammar.credit})\s+"
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
            view, cue.end(), min(stop, cue.end() + REACH), offset
        )
        left = (
            None
            if inverted and right
            else self._left(view, max(begin, cue.start() - REACH), cue.start(), offset)
        )
        mention = (right or left) if inverted else (left or right)
        if mention is None and _PLURAL.search(verb):
            start = clause_start(view, begin, cue.start())
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
            start = clause_start(view, begin, stop)
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


def clause_start(view: str, begin: int, end: int) -> int:
    """Where the stretch without commas, dashes and quotations before `end` begins."""
    start = begin
    for match in EDGE.finditer(view, begin, end):
        start = match.end()
    return start


def cue_span(offset: int, cue: "regex.Match[str]") -> Span:
    return offset + cue.start("verb"), offset + cue.end("verb")


def cue_modality(cue: "regex.Match[str]") -> str:
    if cue["not"]:
        return "denied"
    return "future" if cue["would"] else ""
