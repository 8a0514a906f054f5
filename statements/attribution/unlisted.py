"""«“…,” Kanda thundered»: a quotation whose speaker follows with a verb that no list has."""

from statements.attribution.found import Found
from statements.attribution.noun_phrases import noun_phrase_after
from statements.attribution.sentences import Sentence
from statements.attribution.tags import Tag
from statements.attribution.words import GROUPS_OF_PEOPLE, PRONOUNS, TITLE_HEADS

_LETS_FOLLOW = {",", "!", "?", "…", "—", "-"}
_SPEAKING_PRONOUNS = PRONOUNS - {"it"}
_FEWEST_WORDS = 3
_BE_AND_HAVE = {
    "was",
    "were",
    "is",
    "are",
    "be",
    "been",
    "had",
    "has",
    "have",
    "did",
    "does",
    "do",
}


def unlisted_verb(sentence: Sentence) -> Found | None:
    """The report of a sentence that begins with a quotation, a somebody and a finite verb.

    Only for sentences in which no frame found anything: the verb need not be one of saying.
    """
    tokens = sentence.tokens
    at = next((n for n, token in enumerate(tokens) if token.kind != "mark"), 0)
    quote = tokens[at]
    if quote.kind != "quote" or quote.text.rstrip("”’' ")[-1] not in _LETS_FOLLOW:
        return None
    end = noun_phrase_after(tokens, at + 1)
    if len(quote.text.split()) < _FEWEST_WORDS or end is None:
        return None
    subject = tokens[at + 1 : end]
    while end < len(tokens) and tokens[end].tag == Tag.ADVERB:
        end += 1
    if end == len(tokens) or tokens[end].tag != Tag.FINITE or tokens[end].low in _BE_AND_HAVE:
        return None
    alone = subject[0].low in _SPEAKING_PRONOUNS and len(subject) == 1
    people = any(t.capital or t.low in TITLE_HEADS | GROUPS_OF_PEOPLE for t in subject)
    if not (alone or people):
        return None
    return Found("Q, S V", ((at, at + 1),), (at + 1, at + 1 + len(subject)), (end, end + 1))
