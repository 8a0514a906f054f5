"""What a judgement is about: a code of the codebook's section 1, by the words near it."""

import regex

from statements.stance.lexicon import Hit, hits
from statements.stance.reading import Sentence
from statements.stance.values import OTHER, Passage, Span

# The objects under which a position counts for or against the treaty.
ON_THE_PACT = frozenset(
    {"", "treaty", "military-cooperation", "arms-transfers", "troops", "summit"}
)
_NEAR = 90
_IS = regex.compile(r"\b(?:is|are|was|were|be|been|being|looks?|seems?|remains?)\b")
_BREAK = regex.compile(
    r"[;:]|, (?!including|such)| (?:and|but) (?:\w+ly )?(?:said|add|vow|call|urg|pledg|stress|warn|not)\w*"
)
# An object that was named before: «condemned the move», «welcomed it», «over this».
_NAMED_BEFORE = regex.compile(
    r"\b(?:it|its|there|here|this|that|these|those|them|such|so|we|the (?:\w+ )?(?:move|moves|step|steps|decision|"
    r"developments?|actions?|acts?|behaviou?r|conduct|matter|issue|situation|event|signing|news|"
    r"document|text|plan|reasoning|words|remarks|statements?))\b",
    regex.IGNORECASE,
)


def about(
    passage: Passage,
    language: str,
    sentence: Sentence,
    at: Span,
    *,
    ahead: bool,
    besides: tuple[Span, ...] = (),
) -> str:
    """The object named nearest to the word at `at`, in its sentence.

    A verb's object follows it (`ahead`), a predicate's precedes it; the longest of names that
    overlap counts. Sanctions among `besides` are the law that is kept or broken, not what is
    judged. `OTHER` when a verb's object is none of ours, empty when nothing is named.
    """
    named_here = hits("object", language, passage.text, sentence.start, sentence.end)
    found = [
        hit
        for hit in _longest(named_here)
        if not any(hit.start < span.end and span.start < hit.end for span in besides)
    ]
    later = [hit for hit in found if hit.start >= at.end]
    earlier = [hit for hit in found if hit.end <= at.start]
    within = [hit for hit in found if hit.start < at.end and hit.end > at.start]
    reach = _break_after(passage.text, at.end, sentence.end)
    following = later[0] if later and later[0].start <= reach else None
    preceding = earlier[-1] if earlier and at.start - earlier[-1].end <= _NEAR else None
    first, second = (following, preceding) if ahead else (preceding, following)
    if ahead and following is None and _something_else(passage, at.end, reach):
        return OTHER
    hit = next((one for one in (first, second, *within, *found) if one is not None), None)
    if hit is None:
        begins = max(sentence.start, passage.start)
        judged = passage.text[begins : at.start]
        something = (
            not ahead and _IS.search(judged) and _something_else(passage, begins, at.start)
        )
        return OTHER if something else ""
    return hit.row.code


def _break_after(text: str, start: int, end: int) -> int:
    """Where the object of a verb ends at the latest: at a break, or some words on."""
    end = min(end, start + _NEAR)
    found = _BREAK.search(text, start, end)
    return found.start() if found else end


def _something_else(passage: Passage, start: int, end: int) -> bool:
    """Whether something is named there for the first time that has to do with no party."""
    words = regex.findall(r"\p{L}[\p{L}'’.-]*", passage.text[start : max(start, end)])[:12]
    text = " ".join(words)
    if len(words) < 2 or _NAMED_BEFORE.search(text):
        return False
    return not any(name in text for name in passage.party_names)


def named(passage: Passage, language: str, span: Span) -> str:
    """The first object named in a span, empty when none is."""
    found = hits("object", language, passage.text, span.start, span.end)
    return found[0].row.code if found else ""


def called_upon(passage: Passage, sentence: Sentence, call: Span) -> str:
    """Who is asked: «party», `OTHER`, or empty when it is not known who the parties are."""
    if not passage.party_names:
        return ""
    start = max(call.end, sentence.start)
    asked = passage.text[start : min(start + 60, sentence.end)]
    if any(name in asked for name in passage.party_names):
        return "party"
    both = asked.lstrip().casefold()
    return "party" if both.startswith(("both ", "the two ", "all ")) else OTHER


def _longest(found: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda one: one.start)
