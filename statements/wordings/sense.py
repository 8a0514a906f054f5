"""What turns the sense of words: denial, doubt, condition, limit, another's voice, a question.

Pure. What two reports have in common is said alike by both only where the same of this stands
beside it in both: «critics say …», «if …» and «…, which is a lie» say something else.
"""

from collections import Counter

import regex

from statements.sameness import folded
from statements.wordings.lexicon import expressions, lexicon
from statements.wordings.negations import DENYING, found_of
from statements.wordings.wording import Place, Sentence, Wording

_KINDS = {
    "negation": DENYING,
    "doubt": ("doubt",),
    "condition": ("condition",),
    "limit": ("limit",),
    "voice": ("voice",),
}
# What denies words that stand in another sentence: «That is a lie».
_ELSEWHERE = ("falsity",)
_NEAR = 4  # words before a part within which a modal verb governs it
# «They would» is what «we will» becomes in indirect speech.
_PLAIN = {"will", "would"}
# What denies within its own clause alone.
_OF_ITS_OWN = ("negation", "refusal")
_COLON = regex.compile(r"[:：]")
_QUESTION = regex.compile(r"[?？؟]|か[。」』”]*$|(?:까|나요|는가)[.」』”\"]*$")


def same_sense(one: Wording, here: Place, other: Wording, there: Place) -> bool:
    """Whether nothing beside what two wordings have in common turns it in one of them alone."""
    return turns(one, here) == turns(other, there) and _strength(one, here) == _strength(
        other, there
    )


def turns(one: Wording, place: Place) -> Counter[str]:
    """Count what may turn the sense of a part of a wording.

    That is what stands in the sentences of the part, itself among them, and what says of it from
    another sentence that it is not so.
    """
    found: Counter[str] = Counter()
    for sentence in one.sentences:
        if sentence.end <= place[0] or sentence.start >= place[1]:
            found["negation"] += len(found_of(_ELSEWHERE, sentence.words, one.language))
            continue
        found["frame"] += _is_held(one, place, sentence)
        found["frame"] += _is_announced(one, place, sentence)
        for kind, kinds in _KINDS.items():
            found[kind] += len(found_of(kinds, sentence.words, one.language))
        found["negation"] -= len(
            found_of(_OF_ITS_OWN, _added(one, place, sentence), one.language)
        )
        found["question"] += asks(sentence.words)
    return +found


def _is_held(one: Wording, place: Place, sentence: Sentence) -> bool:
    """Whether a part is held by another clause, which may say anything of it: «X has it that …».

    In Korean and Japanese that stands behind, without a space, in Chinese on either side.
    """
    if one.unspaced:
        behind = one.bare[place[1] : place[1] + 1].strip()
        before = one.bare[: place[0]][-1:].strip() if one.language == "zh" else ""
        return bool(before or behind)
    words = one.bare[sentence.start : max(place[0], sentence.start)].split()
    that = expressions("that", one.language)
    return len(words) > 1 and that is not None and bool(that.fullmatch(words[-1]))


def _is_announced(one: Wording, place: Place, sentence: Sentence) -> bool:
    """Whether a colon leads to a part and the words before it do not say that it is one's own.

    «Critics: …» and «my predecessor's promise: …», and not «I say it again: …».
    """
    for match in _COLON.finditer(sentence.words):
        before = sentence.words[: match.start()]
        at = sentence.start + len(folded(before))
        if place[0] - 1 <= at <= place[0] and sentence.start < at:
            own = expressions("self", one.language)
            return own is None or not own.search(before.casefold())
    return False


def _added(one: Wording, place: Place, sentence: Sentence) -> str:
    """What an «and» behind a part adds in its sentence, without being about the part.

    «… and we will not rest» denies nothing of what stands before, «… and nobody believes that»
    does.
    """
    rest = one.bare[place[1] : sentence.end].strip()
    joining, back = (expressions(kind, one.language) for kind in ("joining", "back"))
    if joining is None or back is None or not joining.match(rest) or back.search(rest):
        return ""
    return rest


def asks(words: str) -> bool:
    """Whether words hold a question."""
    return bool(_QUESTION.search(words))


def _strength(one: Wording, place: Place) -> set[str]:
    """How sure the words right before a part make it: «may», «must»."""
    modals = lexicon(one.language).modals
    before = one.bare[: place[0]].split()[-_NEAR:]
    return {modals[word] for word in before if word in modals} - _PLAIN
