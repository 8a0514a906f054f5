"""Where the content of a report ends: the point from which its words are the writer's again."""

from collections.abc import Sequence

from statements.attribution.content import NAMING, main_clause_at, quotation_end
from statements.attribution.cues import Cue
from statements.attribution.tags import FINITE_CLASSES, Tag
from statements.attribution.tokens import Token
from statements.attribution.verbs import BASE, VERB_FORMS
from statements.attribution.words import WEEKDAYS

_DASHES = {"-", "—", "–"}
_CONTRASTS = {"but", "and", "so", "yet", "or", "however"}
_CONCESSIONS = {"although", "though", "while", "whereas", "even"}
# Verb forms that show that a clause is told in the past of a saying: «he would», «they had».
_BACKSHIFTED = {"would", "had", "could", "was", "were", "might", "should", "hadn't", "wouldn't",
    "couldn't", "wasn't", "weren't", "'d", "did", "didn't"}  # fmt: skip
# Nouns by which the writer comments on what was said: «, a reference to …».
_COMMENTS = {
    "acknowledgment", "acknowledgement", "reference", "allusion", "nod", "swipe", "jab", "dig",
    "move", "claim", "assertion", "statement", "comment", "remark", "message", "argument",
    "position", "stance", "view", "apparent", "line", "point", "sign", "shift", "departure",
    "rebuke", "warning", "contrast", "suggestion", "charge", "accusation", "phrase", "term",
}  # fmt: skip
_ADJUNCTS = {
    "after", "before", "when", "during", "following", "amid", "while", "because", "since", "as",
    "until", "despite", "ahead",
}  # fmt: skip
_TOPICS = {"about", "over", "at", "for", "that", "with", "regarding"}
_NOUN_RULES = {"S C NP"}


def end_of_content(tokens: Sequence[Token], cue: Cue, start: int, limit: int, rule: str) -> int:
    """The token behind the last one that was said, between `start` and `limit`."""
    end = _closing_mark(tokens, start, limit)
    if cue.subject is not None and cue.subject[0] > start:
        end = min(end, cue.subject[0] - 1)  # «In explaining why X, S left»
    if cue.relative or _is_aside(tokens, cue):
        end = _before_main_verb(tokens, cue, start, end)
    elif _subordinate(tokens, cue):
        end = _before_main_clause(tokens, start, end)
    if rule == "S C Q":
        whole = quotation_end(tokens, start, end)
        if whole is None and cue.lemma in NAMING:
            whole = start + 1
        return end if whole is None else whole
    if rule in _NOUN_RULES:
        phrase = _end_of_phrase(tokens, start, end)
        that = any(
            t.tag == Tag.THAT and main_clause_at(tokens, k + 1, end)
            for k, t in enumerate(tokens[start:phrase], start)
        )
        end = _end_of_clause(tokens, cue, start, end, infinitive=False) if that else phrase
    elif rule in {"S C to-VP", "S C NP to-VP"}:
        end = _end_of_clause(tokens, cue, start, end, infinitive=True)
    else:
        end = _end_of_clause(tokens, cue, start, end, infinitive=False)
    return end


def _closing_mark(tokens: Sequence[Token], start: int, limit: int) -> int:
    """A bracket that was opened before the content closes it."""
    depth = 0
    for k in range(start, limit):
        if tokens[k].text == "(":
            depth += 1
        elif tokens[k].text == ")":
            depth -= 1
            if depth < 0:
                return k
    return limit


def _is_aside(tokens: Sequence[Token], cue: Cue) -> bool:
    """«Example, calling it a disgrace, left»: the report stands beside its subject."""
    return (
        cue.form == "ing"
        and cue.subject is not None
        and cue.shared
        and cue.start_of_clause == cue.subject[1]
    )


def _subordinate(tokens: Sequence[Token], cue: Cue) -> bool:
    """Whether the report is a clause before the main one: «While S said X, T said Y»."""
    if cue.subject is None:
        return False
    for k in range(cue.subject[0] - 1, max(cue.subject[0] - 7, -1), -1):
        token = tokens[k]
        if token.tag == Tag.SUBORDINATOR:
            return token.low not in {"because", "than", "whether", "how", "why"}
        if (
            token.tag in FINITE_CLASSES
            or token.text in {",", ";", ":"}
            or token.kind == "quote"
        ):
            return False
    return False


def _before_main_verb(tokens: Sequence[Token], cue: Cue, start: int, end: int) -> int:
    """«S, who said X, left»: up to the comma that the main verb follows."""
    opener = tokens[cue.start_of_clause - 1].text if cue.start_of_clause else ""
    if _is_aside_opener(tokens, cue):
        opener = tokens[cue.start_of_clause].text
    closers = _DASHES if opener in _DASHES else {","}
    for k in range(start, end):
        if tokens[k].text in closers:
            after = k + 1
            while after < end and tokens[after].tag == Tag.ADVERB:
                after += 1
            if after < len(tokens) and tokens[after].tag in FINITE_CLASSES:
                return k
    return end


def _is_aside_opener(tokens: Sequence[Token], cue: Cue) -> bool:
    return tokens[cue.start_of_clause].text in {","} | _DASHES


def _before_main_clause(tokens: Sequence[Token], start: int, end: int) -> int:
    """«While S said X, T left»: up to the comma that the main clause follows."""
    for k in range(start + 1, end):
        if tokens[k].text == "," and main_clause_at(tokens, k + 1, len(tokens)):
            return k
    return end


def _end_of_phrase(tokens: Sequence[Token], start: int, end: int) -> int:
    """A noun phrase ends at a comma unless a list goes on, and before the writer's adjuncts."""
    for k in range(start + 1, end):
        token = tokens[k]
        if token.text in {",", ";", ":"} | _DASHES and not _list_goes_on(tokens, k, end):
            if token.text in _DASHES and tokens[k - 1].end == token.start:
                continue
            return k
        if (
            token.low in _ADJUNCTS
            and token.tag != Tag.ADVERB
            and tokens[k - 1].low not in {"such", "as", "known"}
        ):
            if token.low in {"as", "while", "when", "because", "since", "until"} and not (
                k + 1 < end and main_clause_at(tokens, k + 1, end)
            ):
                continue  # «described the attack as an outrage»
            if (
                token.low
                in {
                    "after",
                    "before",
                    "during",
                    "following",
                    "since",
                    "until",
                    "ahead",
                    "despite",
                    "amid",
                }
                and not (
                    token.low in {"after", "before"}
                    and k + 1 < end
                    and tokens[k + 1].tag == Tag.GERUND
                )
                and not main_clause_at(tokens, k + 1, end)
            ):
                continue
            return k
        if (
            token.low == "in"
            and k + 2 < end
            and tokens[k + 1].tag == Tag.DETERMINER
            and any(
                t.low
                in {
                    "statement",
                    "interview",
                    "tweet",
                    "speech",
                    "letter",
                    "post",
                    "email",
                    "briefing",
                }
                for t in tokens[k + 2 : k + 5]
            )
        ):
            return k
        if (
            token.low == "on"
            and k + 1 < end
            and (tokens[k + 1].low in WEEKDAYS or tokens[k + 1].low in {"twitter", "facebook"})
        ):
            return k
        if token.low in {"and", "but"} and k + 1 < end and _new_act(tokens, k + 1, end):
            return k
    return end


def _list_goes_on(tokens: Sequence[Token], comma: int, end: int) -> bool:
    """Whether the comma stands in a list: «the raid, the siege and the blockade»."""
    if tokens[comma].text != ",":
        return False
    after = tokens[comma + 1] if comma + 1 < end else None
    if after is None or after.tag in {
        Tag.RELATIVE,
        Tag.SUBORDINATOR,
        Tag.GERUND,
        Tag.PARTICIPLE,
        Tag.PRONOUN,
    }:
        return False
    if after.low in {"and", "or"}:
        return comma + 2 < end and not _new_act(tokens, comma + 2, end)
    if after.low == "including":
        return True
    for k in range(comma + 1, min(end, comma + 14)):
        if tokens[k].tag in FINITE_CLASSES or tokens[k].text in {";", ":"}:
            return False
        if tokens[k].low in {"and", "or"} and not _new_act(tokens, k + 1, end):
            return True
    return False


def _new_act(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether a verb begins at `index`, by which the subject does something else."""
    k = index
    while k < end and tokens[k].tag == Tag.ADVERB:
        k += 1
    return (k < end and tokens[k].tag in FINITE_CLASSES) or main_clause_at(tokens, index, end)


def _end_of_clause(
    tokens: Sequence[Token], cue: Cue, start: int, end: int, *, infinitive: bool
) -> int:
    told_in_past = cue.form == "past" and not cue.modality
    for k in range(start + 1, end):
        token = tokens[k]
        if token.tag == Tag.QUOTE:
            continue
        if token.text in _DASHES and tokens[k - 1].end < token.start:
            but = k + 1 < end and tokens[k + 1].low in _CONTRASTS
            noun = k + 1 < end and tokens[k + 1].low in {"a", "an"}
            if noun or (
                but
                and main_clause_at(tokens, k + 2, end)
                and _told_by_writer(tokens, k + 2, end, past=told_in_past)
            ):
                return k
            continue
        if infinitive and token.low in {"and", "but"} and k + 1 < end:
            m = k + 1
            while m < end and tokens[m].tag == Tag.ADVERB:
                m += 1
            if m < end and tokens[m].tag in FINITE_CLASSES and not _is_base(tokens[m]):
                return k
        if token.text != "," or k + 1 >= end:
            if token.text == ";" and main_clause_at(tokens, k + 1, end) and infinitive:
                return k
            continue
        after = tokens[k + 1]
        if _comment_at(tokens, k + 1, end):
            return k
        if any(t.tag == Tag.QUOTE for t in tokens[k + 1 : end]):
            continue
        if infinitive and after.tag in {Tag.GERUND, Tag.RELATIVE} and after.low != "including":
            return k
        clause = None
        if (after.low in _CONTRASTS and main_clause_at(tokens, k + 2, end)) or (
            after.low in _CONCESSIONS
            and any(main_clause_at(tokens, k + m, end) for m in (2, 3))
        ):
            clause = k + 2
        if clause is not None and (
            infinitive or _told_by_writer(tokens, clause, end, past=told_in_past)
        ):
            return k
    return end


def _is_base(token: Token) -> bool:
    """Whether a verb has no ending, so that it may go on an infinitive."""
    return bool(VERB_FORMS.get(token.low, 0) & BASE) or token.tag == Tag.MODAL


def _asides_end(tokens: Sequence[Token], comma: int, end: int) -> bool:
    """Whether the relative clause behind the comma is the writer's: it ends the sentence, in a
    tense that is not that of what was told."""
    verb = next(
        (k for k in range(comma + 2, min(end, comma + 12)) if tokens[k].tag in FINITE_CLASSES),
        None,
    )
    if verb is None or tokens[verb].low in {"would", "had", "could", "might"}:
        return False
    return not any(
        tokens[k].text == "," and k + 1 < end and tokens[k + 1].tag in FINITE_CLASSES
        for k in range(verb, end)
    )


def _comment_at(tokens: Sequence[Token], index: int, end: int) -> bool:
    """«a reference to …», «an apparent swipe at …»: the writer's comment on what was said."""
    if (
        index + 1 >= end
        or tokens[index].tag != Tag.DETERMINER
        or tokens[index].low not in {"a", "an"}
    ):
        return False
    head = [t.low for t in tokens[index + 1 : index + 4]]
    return any(word in _COMMENTS for word in head)


def _told_by_writer(tokens: Sequence[Token], start: int, end: int, *, past: bool) -> bool:
    """Whether the clause that begins at `start` is in the writer's tense, not in the speaker's.

    What was said in the past is told with «would», «had» or «was»; a plain past or a present
    behind it is the writer's own.
    """
    if not past:
        return False
    for k in range(start, min(end, start + 16)):
        token = tokens[k]
        if token.tag in FINITE_CLASSES:
            return token.low not in _BACKSHIFTED
    return False
