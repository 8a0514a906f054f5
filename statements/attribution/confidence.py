"""How sure a report is, in three levels, by what the development articles say of each kind.

«Confident» is kept for the kinds that are right, words and speaker, in at least nine of ten
cases by themselves and in 95 of 100 together there, in 93 on articles kept apart;
`./run evaluate quotes` prints both shares.
"""

from statements.attribution.finite import content_end
from statements.attribution.found import Found
from statements.attribution.tokens import Token

# Quotations with the speaker and the verb beside them.
_PLAIN_QUOTATIONS = {
    "Q, S C",
    "Q, C S",
    "Q1, S C, Q2",
    "Q1, C S, Q2",
    "S C: Q",
    "S: Q",
    "C S: Q",
}
# Verbs that do nothing but report; behind others a clause is more often cut in the wrong place.
_PLAIN_VERBS = {
    "say", "tell", "add", "argue", "suggest", "note", "write", "explain", "insist", "state",
    "warn", "announce", "ask", "report", "indicate", "deny", "acknowledge", "assert", "reveal",
}  # fmt: skip
_SURE = 0.7
_UNSURE = 0.5
_LONG_QUOTATION = 7  # words
_CLAUSE = 4  # tokens


def confidence(
    tokens: list[Token], frame: Found, kind: str, certainty: float, *, warned: bool
) -> str:
    """Return confident, likely or doubtful.

    `certainty` is that of the speaker, from 0 for nobody to 1; `warned` says that the register
    has somebody of this name for another state. Other conflicts with the register are shown as
    warnings and make neither words nor speaker less sure.
    """
    if frame.modality or certainty < _UNSURE:
        return "doubtful"
    if certainty < _SURE or warned:
        return "likely"
    return "confident" if _plain(tokens, frame, kind) else "likely"


def _plain(tokens: list[Token], frame: Found, kind: str) -> bool:
    if frame.rule in _PLAIN_QUOTATIONS and kind == "direct":
        return True
    first, last = frame.pieces[0][0], frame.pieces[-1][1]
    ends = last >= content_end(tokens, len(tokens))
    if frame.rule == "S C Q":
        words = sum(len(t.text.split()) for t in tokens[first:last] if t.kind == "quote")
        return ends and words >= _LONG_QUOTATION
    if any(t.text in {",", ";", ":", "—", "–"} for t in tokens[first:last]):
        return False
    if frame.rule in {"clause, S C", "according to S, Q"}:
        return True
    if frame.rule not in {"S C clause", "S C that clause"} or frame.cue is None:
        return False
    beside = first == frame.cue[1] or tokens[first - 1].low == "that"
    return ends and beside and frame.lemma in _PLAIN_VERBS and last - first >= _CLAUSE
