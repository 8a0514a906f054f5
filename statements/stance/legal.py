"""The second axis: what a sentence says of law, by the codebook's section 3.

No single word makes a legal code but for lawfulness: a breach and a Council resolution, a duty
and its keeping must stand together, and how they stand (asserted, thinkable, negated, alleged
by others) decides between the codes.
"""

from collections.abc import Callable, Iterator

import regex

from statements.stance import guards
from statements.stance.lexicon import Hit, hits
from statements.stance.reading import Sentence
from statements.stance.values import Judgement, Passage, Span

NONE = Judgement("none", "no legal judgement")
# Where a sentence says several things of law, the first of these is its code.
ORDER = (
    "violates-unscr", "would-violate-unscr", "must-comply-unscr", "violates-charter",
    "denies-violation", "invokes-article-51", "compatible",
)  # fmt: skip
_TOGETHER = 110  # characters between the parts of one legal judgement
_BEFORE = 70  # characters in which «would» or «possibility» goes with a breach
_VERB_LAST = {"ko", "ja"}
_CLAUSE = regex.compile(r"[;:]|,\s+(?:and|but|while|which)\b")
_DISMISSED = regex.compile(
    r"\b(?:reject|den[iy]|dismiss|refut|false|groundless|baseless|unfounded|untrue|not true|fabricat)",
    regex.IGNORECASE,
)
_ANY = regex.compile(r"\bany\b[^,;]{0,30}$", regex.IGNORECASE)
_DUE = regex.compile(
    r"\b(?:must|should|shall|(?:has|have|need|needs|ought) to|call(?:s|ed)? (?:up)?on|urg(?:e|es|ed))\b",
    regex.IGNORECASE,
)

Rule = Callable[[Passage, str, Sentence], Iterator[Judgement]]


def legal_of(passage: Passage, language: str, parts: list[Sentence]) -> Judgement:
    """The legal judgement of these sentences; «none» when they say nothing of law."""
    found = [
        judgement
        for sentence in parts
        if not sentence.asks
        for rule in RULES
        for judgement in rule(passage, language, sentence)
    ]
    return min(found, key=lambda one: ORDER.index(one.code), default=NONE)


def breach_of_resolutions(
    passage: Passage, language: str, sentence: Sentence
) -> Iterator[Judgement]:
    """A breach and the Council's rules together: asserted, thinkable, or not so."""
    for breach in _law("breach", passage, language, sentence):
        council = _nearest(_law("council", passage, language, sentence), breach)
        if council is not None:
            yield from _breach(passage, language, sentence, breach, council, "unscr")


def breach_of_law(passage: Passage, language: str, sentence: Sentence) -> Iterator[Judgement]:
    """A breach of the Charter or of international law; an act called unlawful."""
    for breach in _law("breach", passage, language, sentence):
        charter = _nearest(_law("charter", passage, language, sentence), breach)
        if charter is not None:
            yield from _breach(passage, language, sentence, breach, charter, "charter")
    for word in _law("unlawful", passage, language, sentence):
        any_at_all = _ANY.search(passage.text, sentence.start, word.start)
        if (
            not any_at_all
            and not _others(passage, sentence, word)
            and not guards.negated(passage, sentence, word)
        ):
            yield Judgement("violates-charter", "an act called unlawful", (word.span,))


def duty_to_comply(passage: Passage, language: str, sentence: Sentence) -> Iterator[Judgement]:
    """«Must abide by the resolutions»: a reminder without a finding."""
    councils = _law("council", passage, language, sentence)
    for keep in _law("keep", passage, language, sentence):
        council = _nearest(councils, keep)
        due = _nearest(_law("duty", passage, language, sentence), keep)
        if council is None or due is None:
            continue
        if language in _VERB_LAST or due.end <= keep.start:
            evidence = (due.span, keep.span, council.span)
            yield Judgement("must-comply-unscr", "a duty to keep resolutions", evidence)


def lawfulness(passage: Passage, language: str, sentence: Sentence) -> Iterator[Judgement]:
    """«Legitimate», «in line with international law», «nothing illegal»."""
    for word in _law("lawful", passage, language, sentence):
        own = passage.text[word.start : word.end].casefold().startswith(("no", "do", "did"))
        negated = not own and guards.negated(passage, sentence, word)
        if not negated and not _others(passage, sentence, word):
            yield Judgement("compatible", "called lawful", (word.span,))


def self_defence(passage: Passage, language: str, sentence: Sentence) -> Iterator[Judgement]:
    """Article 51, self-defence, or a treaty's clause that the report says was invoked."""
    for word in _law("self-defence", passage, language, sentence):
        if _others(passage, sentence, word) or guards.negated(passage, sentence, word):
            continue
        yield Judgement("invokes-article-51", "self-defence named", (word.span,))
    cue = passage.cue
    if cue is None or not hits("law", language, passage.text, *_ends(cue), kinds={"cue"}):
        return
    for clause in _law("clause", passage, language, sentence):
        yield Judgement("invokes-article-51", "a treaty's clause invoked", (cue, clause.span))


RULES: tuple[Rule, ...] = (
    breach_of_resolutions, breach_of_law, duty_to_comply, lawfulness, self_defence,
)  # fmt: skip


def _breach(
    passage: Passage, language: str, sentence: Sentence, breach: Hit, of: Hit, law: str
) -> Iterator[Judgement]:
    evidence = (breach.span, of.span)
    if _others(passage, sentence, breach):
        return
    if guards.negated(passage, sentence, breach):
        owed = _DUE.search(passage.text, max(sentence.start, breach.start - 40), breach.start)
        if owed and law == "unscr":
            yield Judgement("must-comply-unscr", "a duty not to break resolutions", evidence)
        elif not owed:
            yield Judgement("denies-violation", "a breach negated", evidence)
        return
    alleged = _nearest(_law("allegation", passage, language, sentence), breach)
    dismissed = _DISMISSED.search(passage.text, sentence.start, sentence.end)
    if alleged is not None and alleged.end <= breach.start and dismissed:
        shown = (alleged.span, Span(dismissed.start(), dismissed.end()))
        yield Judgement("denies-violation", "an allegation of breach denied", shown)
        return
    thinkable = _thinkable(passage, language, sentence, breach)
    if law == "charter" and thinkable is None:
        yield Judgement("violates-charter", "a breach of law asserted", evidence)
    elif thinkable is None:
        yield Judgement("violates-unscr", "a breach of resolutions asserted", evidence)
    elif law == "unscr":
        rule = "a breach of resolutions thinkable"
        yield Judgement("would-violate-unscr", rule, (thinkable.span, *evidence))


def _thinkable(passage: Passage, language: str, sentence: Sentence, breach: Hit) -> Hit | None:
    """The word that makes a breach thinkable only, in its clause: «would», «possibility»."""
    if language in _VERB_LAST:
        after = hits(
            "law", language, passage.text, breach.end, min(breach.end + 12, sentence.end)
        )
        return next((hit for hit in after if hit.row.code == "unreal"), None)
    start = max(sentence.start, breach.start - _BEFORE)
    for cut in _CLAUSE.finditer(passage.text, start, breach.start):
        # «…, which would be a violation»: the cut keeps what follows it.
        start = cut.end()
    found = [
        hit
        for hit in hits("law", language, passage.text, start, breach.start)
        if hit.row.code == "unreal"
    ]
    return found[-1] if found else None


def _law(code: str, passage: Passage, language: str, sentence: Sentence) -> list[Hit]:
    found = hits("law", language, passage.text, sentence.start, sentence.end, kinds={"word"})
    return [hit for hit in found if hit.row.code == code]


def _nearest(found: list[Hit], to: Hit) -> Hit | None:
    def gap(hit: Hit) -> int:
        return max(hit.start - to.end, to.start - hit.end)

    near = [hit for hit in found if 0 <= gap(hit) <= _TOGETHER]
    return min(near, key=gap, default=None)


def _others(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """Whether it is another's finding, or nobody's yet."""
    return hit.row.language == "en" and (
        guards.said_of_another(passage, sentence, hit)
        or guards.left_open(passage, sentence, hit)
    )


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
