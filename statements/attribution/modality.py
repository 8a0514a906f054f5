"""What the sentence around a report makes of it: nobody's words, or left open whether it was said.

The verb group is looked at where the cue is found («did not say», «may say»). Here is what stands
further away: who does not speak («nobody said»), a condition («if S says»), a question («did S
say …?»), what is no fact («no evidence that S said») and saying that is denied («denied saying»).
"""

from collections.abc import Sequence

from statements.attribution.cues import Span
from statements.attribution.found import Found
from statements.attribution.tags import FINITE_CLASSES, Tag
from statements.attribution.tokens import Token
from statements.attribution.words import CUE_FORMS

DENIED, OPEN = "denied", "open"
_NOBODY = {"nobody", "none", "neither", "nothing"}
_HARDLY = {"not", "hardly", "barely", "scarcely", "neither"}
_NEVER = {"nor", "never", "neither", "rarely", "hardly", "scarcely"}
_CONDITIONS = {"if", "unless", "whether"}
_NO_FACT = {
    "evidence", "proof", "reports", "rumour", "rumours", "rumor", "rumors", "claims", "allegation",
    "allegations", "speculation", "suggestion", "suggestions", "idea", "notion", "false",
    "untrue", "unlikely", "unclear",
}  # fmt: skip
_NO_TRUTH = {"true", "correct", "clear", "certain"}  # when «not» stands before
_NEAR = 4  # tokens before «true that» in which the «not» stands
_AHEAD = 6  # tokens of a denied clause in which its verb of saying stands


def modality_around(tokens: Sequence[Token], report: Found) -> str:
    """Return «denied», «open» or '' for a report whose own verb group says nothing of it."""
    if _denies_saying(tokens, report):
        return DENIED
    if report.subject is None or report.cue is None:
        return ""
    first = report.subject[0]
    if _nobody(tokens, report.subject):
        return DENIED
    before = tokens[first - 1] if first else None
    if before is None:
        return ""
    if before.low in _CONDITIONS:
        return OPEN
    if before.low == "that":
        return OPEN if _no_fact(tokens, first - 1) else ""
    if before.tag in FINITE_CLASSES and report.subject[1] <= report.cue[0]:
        return _inverted(tokens, first - 1)
    return ""


def _nobody(tokens: Sequence[Token], subject: Span) -> bool:
    """«Nobody in Ruritania», «no minister», «neither A nor B», «hardly anyone», «not one»."""
    first, last = subject
    phrase = tokens[first:last]
    opening = phrase[0].low
    if opening == "no":
        # «No 10» and «No Labels» are names.
        return len(phrase) > 1 and any(t.kind == "word" and not t.capital for t in phrase[1:])
    if opening in _NOBODY or any(t.low == "nor" for t in phrase):
        return True
    return first > 0 and tokens[first - 1].low in _HARDLY


def _no_fact(tokens: Sequence[Token], that: int) -> bool:
    """«no evidence that», «rumours that», «it is not true that»."""
    word = tokens[that - 1].low if that else ""
    if word in _NO_TRUTH:
        near = tokens[max(that - _NEAR, 0) : that]
        return any(t.low == "not" or t.low.endswith("n't") for t in near)
    return word in _NO_FACT


def _inverted(tokens: Sequence[Token], verb: int) -> str:
    """«Had S said», «did S say …?», «nor did S say»; but «not only did S say» was said."""
    opening = tokens[verb - 1] if verb else None
    if opening is not None and opening.low in _NEVER:
        return DENIED
    asked = tokens[-1].text == "?"
    condition = tokens[verb].low in {"had", "should"}
    begins = opening is None or opening.tag in {Tag.MARK, Tag.CONJUNCTION}
    return OPEN if begins and (condition or asked) else ""


def _denies_saying(tokens: Sequence[Token], report: Found) -> bool:
    """«denied saying that», «denied telling S that», «denied that she had said»."""
    if report.lemma != "deny":
        return False
    first, last = report.pieces[0]
    ahead = tokens[first : min(last, first + _AHEAD)]
    if ahead and ahead[0].low == "that":
        ahead = ahead[1:]
    if not ahead:
        return False
    if ahead[0].tag == Tag.PRONOUN:
        if any(t.tag == Tag.BE for t in ahead):
            return False  # «denied that she was told»
        verb = next((t for t in ahead[1:] if t.tag in {Tag.FINITE, Tag.PARTICIPLE}), None)
    else:
        verb = ahead[0] if ahead[0].tag == Tag.GERUND else None
    return verb is not None and verb.low in CUE_FORMS
