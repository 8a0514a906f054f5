"""Where the content of a report ends: the point from which its words are the writer's again."""

from collections.abc import Sequence

from statements.attribution.content import NAMING
from statements.attribution.cues import Cue
from statements.attribution.finite import main_clause_at
from statements.attribution.quotations import quotation_end
from statements.attribution.tags import FINITE_CLASSES, Tag
from statements.attribution.tokens import Token
from statements.attribution.verbs import BASE, PRESENT, VERB_FORMS
from statements.attribution.words import (
    WEEKDAYS,
)


def boundary_before(tokens: Sequence[Token], later: Cue, cue: Cue) -> int | None:
    """Where the content of `cue` ends because `later` begins a report of its own."""
    if later.form == "ing" and later.shared:
        return later.start_of_clause if later.start_of_clause > cue.end else None
    if later.shared:
        k = later.start_of_clause
        if k <= cue.end:
            return None
        if tokens[k].low in {"and", "but", "or"} and k > 0 and tokens[k - 1].text == ",":
            return k - 1
        return k
    if later.subject is None:
        return None
    begin = later.start_of_clause
    k = begin - 1
    if k <= cue.end:
        return None
    if tokens[k].low in {"and", "but", "while", "whereas", "although", "though", "as"}:
        if k > 0 and tokens[k - 1].text == ",":
            return k - 1
        closed = tokens[k - 1].kind == "quote" and tokens[k - 1].text[:-1].rstrip().endswith(
            ","
        )
        if closed:
            return k
        return k if tokens[k].low != "as" and _new_speaker(tokens, later) else None
    if tokens[k].text in {";", "—", "–", "-"}:
        return k
    if (
        tokens[k].tag == Tag.RELATIVE
        and tokens[k - 1].text == ","
        and tokens[begin].tag == Tag.PRONOUN
    ):
        return k - 1  # «…, which he said would …»
    if tokens[k].low == "with" and tokens[k - 1].text == ",":
        return k - 1
    return None


def _new_speaker(tokens: Sequence[Token], later: Cue) -> bool:
    assert later.subject is not None
    return tokens[later.subject[0]].low not in {"it", "they", "he", "she"} or later.lemma in {
        "say",
        "add",
    }


_DASHES = {"-", "—", "–"}


_CONTRASTS = {"but", "and", "so", "yet", "or", "however"}


_CONCESSIONS = {"although", "though", "while", "whereas", "even"}


# Verb forms that show that a clause is told in the past of a saying: «he would», «they had».
_BACKSHIFTED = {"would", "had", "could", "was", "were", "might", "should", "hadn't", "wouldn't",
    "couldn't", "wasn't", "weren't", "'d", "did", "didn't"}  # fmt: skip


_PRESENT = {"is", "are", "am", "'s", "'re", "'m", "has", "have", "'ve", "does", "do", "will", "'ll", "can", "may",
    "isn't", "aren't", "hasn't", "haven't", "doesn't", "don't", "won't", "can't", "cannot"}  # fmt: skip


# Nouns by which the writer comments on what was said: «, a reference to …».
_COMMENTS = {
    "acknowledgment", "acknowledgement", "reference", "allusion", "nod", "swipe", "jab", "dig",
    "move", "claim", "assertion", "statement", "comment", "remark", "message", "argument",
    "position", "stance", "view", "apparent", "line", "point", "sign", "shift", "departure",
    "rebuke", "warning", "approach", "step", "number", "figure", "decision", "idea", "practice",
    "strategy", "result", "event", "feat", "contrast", "suggestion", "charge", "accusation", "phrase", "term",
}  # fmt: skip


# What may open a clause of the writer's behind a noun phrase.
_CLAUSE_ADJUNCTS = {
    "after", "before", "when", "during", "following", "amid", "while", "because", "since", "as",
    "until", "despite", "ahead",
}  # fmt: skip


_PAPERS = {"statement", "interview", "tweet", "speech", "letter", "post", "email", "briefing"}


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
            first = k == 0 or tokens[k - 1].kind == "mark"
            return token.low not in {"than", "whether", "how", "why"} and (
                token.low != "because" or first
            )
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
        before = tokens[k - 1]
        if before.kind == "quote" and before.text[:-1].rstrip().endswith((",", ".")):
            return k  # the mark that ends the phrase stands inside of the quotation
        if token.text in {",", ";", ":"} | _DASHES:
            joined = token.text in _DASHES and tokens[k - 1].end == token.start
            if not joined and not _list_goes_on(tokens, k, end):
                return k
        elif _adjunct_at(tokens, k, end) or (
            token.low in {"and", "but"} and k + 1 < end and _new_act(tokens, k + 1, end)
        ):
            return k
    return end


def _adjunct_at(tokens: Sequence[Token], k: int, end: int) -> bool:
    """Whether the writer's time, place or reason begins at `k`: «… in a statement on Monday»."""
    token = tokens[k]
    after = tokens[k + 1] if k + 1 < end else None
    if after is None:
        return False
    if token.low == "following" and after.tag == Tag.DETERMINER:
        return True
    if token.low in _CLAUSE_ADJUNCTS and token.tag != Tag.ADVERB:
        if tokens[k - 1].low in {"such", "as", "known"}:
            return False
        acting = token.low in {"after", "before"} and after.tag == Tag.GERUND
        return acting or main_clause_at(tokens, k + 1, end)
    if token.low == "in" and after.tag == Tag.DETERMINER:
        return any(t.low in _PAPERS for t in tokens[k + 2 : min(k + 5, end)])
    if token.low == "on" and (after.low in WEEKDAYS or after.low in {"twitter", "facebook"}):
        return not (k + 2 < end and tokens[k + 2].low in _TOPICS)
    return False


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
                and _told_by_writer(tokens, start, k + 2, end, past=told_in_past)
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
            if token.text == ";" and (infinitive or cue.form == "noun"):
                return k
            continue
        after = tokens[k + 1]
        if _comment_at(tokens, k + 1, end):
            return k
        if any(t.tag == Tag.QUOTE for t in tokens[k + 1 : end]):
            continue
        if infinitive and after.tag in {Tag.GERUND, Tag.RELATIVE} and after.low != "including":
            return k
        if (
            after.low in {"which", "whose", "who"}
            and _asides_end(tokens, k, end)
            and _told_by_writer(tokens, start, k + 1, end, past=told_in_past)
        ):
            return k
        if cue.form == "ing" and cue.shared and after.tag in {Tag.FINITE, Tag.BE, Tag.HAVE}:
            return k
        clause = None
        if (after.low in _CONTRASTS and main_clause_at(tokens, k + 2, end)) or (
            after.low in _CONCESSIONS
            and any(main_clause_at(tokens, k + m, end) for m in (2, 3))
        ):
            clause = k + 2
        if clause is not None and (
            infinitive or _told_by_writer(tokens, start, clause, end, past=told_in_past)
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


def _told_by_writer(
    tokens: Sequence[Token], content: int, start: int, end: int, *, past: bool
) -> bool:
    """Whether the clause that begins at `start` is in the writer's tense, not in the speaker's.

    What was said in the past is told with «would», «had» or «was»; a plain past behind it, or a
    present where the speaker's own words are not in the present, is the writer's.
    """
    if not past:
        return False
    verb = next(
        (t for t in tokens[start : min(end, start + 16)] if t.tag in FINITE_CLASSES), None
    )
    if verb is None or verb.low in _BACKSHIFTED:
        return False
    said = next((t for t in tokens[content:start] if t.tag in FINITE_CLASSES), None)
    return not (_is_present(verb) and said is not None and _is_present(said))


def _is_present(verb: Token) -> bool:
    if verb.tag in {Tag.BE, Tag.HAVE, Tag.DO, Tag.MODAL}:
        return verb.low in _PRESENT
    return bool(VERB_FORMS.get(verb.low, 0) & (BASE | PRESENT))
