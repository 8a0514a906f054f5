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
# An object that was named before: «condemned the move», «welcomed it», «over this».
_NAMED_BEFORE = regex.compile(
    r"\b(?:it|its|this|that|these|those|them|such|so|we|the (?:\w+ )?(?:move|moves|step|steps|decision|"
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
    following = later[0] if later and later[0].start - at.end <= _NEAR else None
    preceding = earlier[-1] if earlier and at.start - earlier[-1].end <= _NEAR else None
    first, second = (following, preceding) if ahead else (preceding, following)
    hit = next((one for one in (first, second, *within, *found) if one is not None), None)
    if hit is None:
        return OTHER if ahead and _something_else(passage.text[at.end : sentence.end]) else ""
    return hit.row.code


def _something_else(following: str) -> bool:
    """Whether an object follows that is named for the first time."""
    words = regex.findall(r"\p{L}+", following)[:8]
    return len(words) > 1 and not _NAMED_BEFORE.search(" ".join(words))


def named(passage: Passage, language: str, span: Span) -> str:
    """The first object named in a span, empty when none is."""
    found = _longest(hits("object", language, passage.text, span.start, span.end))
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
