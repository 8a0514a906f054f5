"""Who passes a saying on: the medium, document or person that a sentence credits for it.

«S said X, according to M», «S said X, M reported», «M quoted S as saying X»: S speaks and M is
the channel. Where nobody else speaks in the sentence, M is the speaker and no channel.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from statements.attribution.adjuncts import skip_adjuncts
from statements.attribution.cues import Cue, Span
from statements.attribution.finite import content_end
from statements.attribution.mentions import phrase_after
from statements.attribution.tokens import Token
from statements.attribution.words import (
    CUE_FORMS,
    DETERMINERS,
    DOCUMENTS,
    MEDIA_HEADS,
    MEDIA_NAMES,
    OBJECT_PRONOUNS,
    PRONOUNS,
    SUBORDINATORS,
    TITLE_HEADS,
)

_STOPS = {",", ".", ";", ")", "!", "?", "—", "–"}
_CARRIED = {"reported", "carried", "quoted", "cited", "published", "relayed", "broadcast"}
_SOURCES = {
    "officials", "official", "source", "sources", "diplomats", "ministry", "government", "embassy",
    "office", "agency", "military", "police", "spokespeople",
}  # fmt: skip
_NO_SOURCES = {
    "reports",
    "concerns",
    "concern",
    "reasons",
    "data",
    "figures",
    "interests",
    "law",
}
# Verbs of a closing «, the agency reported»; others there would tell another's act.
_REPORTING = {
    "say", "report", "add", "state", "note", "write", "announce", "confirm", "explain", "reveal",
    "disclose", "recall", "claim",
}  # fmt: skip


@dataclass(frozen=True)
class Credit:
    """The tokens `start` to `end` credit `by`; without them the sentence reads on.

    `by` is None when a pronoun stands there, which credits nobody new. `source` is whom the
    subject of the sentence cites, who then speaks if that subject is a medium.
    """

    start: int
    end: int
    by: Span | None = None
    source: Span | None = None


def find_credits(tokens: list[Token], cues: list[Cue]) -> Iterator[Credit]:
    """The last «according to M», «as reported by M», «citing S» and «, M reported» of a sentence."""
    for find in (_according, _as_reported, _closing, _citing):
        credit = find(tokens, cues)
        if credit is not None:
            yield credit


def _according(tokens: list[Token], cues: list[Cue]) -> Credit | None:
    for index in range(len(tokens) - 2, -1, -1):
        if (tokens[index].low, tokens[index + 1].low) == ("according", "to"):
            return None if inside_saying(tokens, index) else _credit(tokens, index, index + 2)
        before = tokens[index - 1].text if index else ""
        if (
            tokens[index].low == "per"
            and before in {",", "—", "–"}
            and tokens[index + 1].capital
        ):
            return _credit(tokens, index, index + 1)
    return None


def inside_saying(tokens: list[Token], index: int) -> bool:
    """«S said that, according to M, …»: whether M's word is a part of what S said."""
    k = index - 1
    if k >= 0 and tokens[k].text == ",":
        k -= 1
    return k > 0 and tokens[k].low == "that"


def _citing(tokens: list[Token], cues: list[Cue]) -> Credit | None:
    """«M, citing S, reported X», «M reported X, citing S»; not «citing security concerns»."""
    for index in range(len(tokens) - 2, -1, -1):
        if tokens[index].low not in {"citing", "quoting"}:
            continue
        end = phrase_after(tokens, index + 1)
        if end is None or (index and tokens[index - 1].text not in {",", "—", "–"}):
            return None
        whole = skip_adjuncts(tokens, end, len(tokens))
        source = (index + 1, end)
        if not _somebody(tokens[index + 1 : end]):
            return None
        credit = _between(tokens, index, whole, source)
        return credit and Credit(credit.start, credit.end, source=source)
    return None


def _somebody(phrase: list[Token]) -> bool:
    """Whether a phrase that is cited names people or a body rather than a reason or a paper."""
    words = [token for token in phrase if token.low not in DETERMINERS]
    head = next((n for n, t in enumerate(words) if t.text == "," or t.low == "of"), len(words))
    if not words or words[max(head - 1, 0)].low in DOCUMENTS | _NO_SOURCES:
        return False
    return words[0].capital or any(t.low in TITLE_HEADS | _SOURCES for t in words[:head])


def _as_reported(tokens: list[Token], cues: list[Cue]) -> Credit | None:
    """«as reported by M», «as M reported», «as quoted by M»."""
    for index in range(len(tokens) - 3, 0, -1):
        if tokens[index].low != "as" or tokens[index - 1].text not in {",", "—", "–", "("}:
            continue
        if tokens[index + 1].low in _CARRIED and tokens[index + 2].low == "by":
            return _credit(tokens, index, index + 3)
        last = phrase_after(tokens, index + 1)
        while last is not None and last > index + 1 and tokens[last - 1].low in CUE_FORMS:
            last -= 1
        named = last is not None and index + 1 < last < len(tokens)
        if last is not None and named and tokens[last].low == "reported":
            return _between(tokens, index, last + 1, (index + 1, last))
        return None
    return None


def _credit(tokens: list[Token], index: int, name: int) -> Credit | None:
    """The credit whose words begin at `index` and whose phrase begins at `name`."""
    end = phrase_after(tokens, name)
    if end is None:
        return None
    comma = to_comma(tokens, end)
    if skip_adjuncts(tokens, end, comma) != comma:
        end = comma  # «a statement released by the ministry»
    return _between(tokens, index, comma, (name, end))


def to_comma(tokens: list[Token], index: int) -> int:
    """Where the stretch up to the next comma or stop ends, if that is near, else `index`:
    «a tweet on Monday by the secretary»."""
    inside = 0
    for k in range(index, min(len(tokens), index + 14)):
        text = tokens[k].text
        if inside and text == ")":
            inside -= 1
        elif text in _STOPS or tokens[k].kind == "quote":
            return k
        inside += text == "("
    return index


def _between(tokens: list[Token], start: int, end: int, by: Span) -> Credit | None:
    """The credit with the marks around it, unless the sentence goes on without any."""
    follows = tokens[end].text if end < len(tokens) else "."
    opening = tokens[start - 1].text if start else ""
    if opening in {",", "—", "–", "-", "("}:
        start -= 1
    if (follows == ")" and opening == "(") or (start == 0 and follows == ","):
        end += 1
    elif follows in {",", "—", "–", "-"} and follows == opening:
        goes_on = tokens[end + 1] if end + 1 < len(tokens) else None
        # Before «, adding that …» the comma belongs to the sentence.
        if goes_on is None or not (
            goes_on.low in {"and", "but", "while", "whereas"} or goes_on.low.endswith("ing")
        ):
            end += 1
    elif follows not in {".", "!", "?", ";"}:
        return None
    return Credit(start, end, _named(tokens, by))


def _closing(tokens: list[Token], cues: list[Cue]) -> Credit | None:
    """«…, M reported on Friday.», «…, reported M.» and «…, M quoted her as saying.»"""
    cue = next((cue for cue in reversed(cues) if cue.lemma != "cite"), None)
    if cue is None:
        return None
    if cue.via is not None:
        begin, rest, by = cue.via[0], cue.end, cue.via
    elif cue.lemma not in _REPORTING or cue.form not in {"past", "s"} or cue.modality:
        return None
    elif cue.subject is not None and not cue.shared:
        begin, rest, by = cue.subject[0], cue.end, cue.subject
    elif cue.subject is None:
        last = phrase_after(tokens, cue.end)
        if last is None:
            return None
        begin, rest, by = cue.index, last, (cue.end, last)
    else:
        return None
    if begin < 3 or not (
        tokens[begin - 1].text in {",", "—", "–", "-"} or tokens[begin - 1].kind == "quote"
    ):
        return None
    end = skip_adjuncts(tokens, rest, len(tokens))
    if end + 1 < len(tokens) and tokens[end].text == ",":
        if tokens[end + 1].low not in {"citing", "quoting"}:
            return None
        end = content_end(tokens, len(tokens))
    if end < len(tokens) and tokens[end].text not in {".", "!", "?"}:
        return None
    start = begin - 1 if tokens[begin - 1].kind == "mark" else begin
    return Credit(start, end, _named(tokens, by))


def _named(tokens: list[Token], by: Span) -> Span | None:
    pronoun = tokens[by[0]].low in PRONOUNS | set(OBJECT_PRONOUNS)
    return None if pronoun and by[1] - by[0] == 1 else by


def is_main(tokens: list[Token], subject: Span) -> bool:
    """Whether the phrase is the subject of its sentence and not of a clause inside of it."""
    before = tokens[max(subject[0] - 30, 0) : subject[0]]
    for token in reversed(before):
        if token.text == ";":
            return True
        if token.low in SUBORDINATORS or token.kind == "quote":
            return False
        cue = CUE_FORMS.get(token.low)
        if cue is not None and cue.form == "past" and not token.capital:
            return False
    return True


def carrier(tokens: list[Token], start: int, end: int) -> Span | None:
    """Who is named in «in a statement carried by M», between two tokens."""
    for index in range(start, end - 2):
        if tokens[index].low in _CARRIED and tokens[index + 1].low in {"by", "in", "on"}:
            last = phrase_after(tokens, index + 2)
            if last is not None and index + 2 < last <= end:
                return (index + 2, last)
    return None


def is_medium(tokens: list[Token]) -> bool:
    """Whether the phrase is a medium by its own words: «Interfax», «a Sunday newspaper»."""
    if any(token.low in MEDIA_NAMES for token in tokens):
        return True
    kinds = [
        token.low in MEDIA_HEADS
        or (token.low == "agency" and n > 0 and tokens[n - 1].low in {"news", "press"})
        for n, token in enumerate(tokens)
    ]
    # «state television», «the newspaper Daily Sample», but not «a media briefing»
    return any(kinds) and (kinds[-1] or tokens[-1].capital)
