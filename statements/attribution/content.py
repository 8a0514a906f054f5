"""What a reporting word reports: where the content begins behind it, and by which rule."""

from collections.abc import Sequence

from statements.attribution.adjuncts import skip_addressee, skip_adjuncts
from statements.attribution.cues import Cue
from statements.attribution.finite import content_end, has_verb, main_clause_at
from statements.attribution.noun_phrases import noun_phrase_after
from statements.attribution.quotations import is_title, quotation_end
from statements.attribution.tags import FINITE_CLASSES, NOMINAL, Tag
from statements.attribution.tokens import Token
from statements.attribution.words import (
    CUE_FORMS,
    OBJECT_TO,
    PREPOSITIONS,
    TO_OBJECT_PHRASES,
)

# What follows «S said,» where the writer goes on.
_NARRATING = {"which", "who", "whose", "where", "when", "after", "before"}
_QUESTIONS = {"whether", "why", "how", "where", "what", "who", "which", "if", "when"}


# Clauses that may open what is said, when their own main clause follows.
_FRONTED = {
    "if",
    "when",
    "although",
    "though",
    "while",
    "because",
    "unless",
    "once",
    "as",
    "since",
    "after",
    "before",
    "until",
}


# Verbs that take what is said behind a preposition.
_PREPOSITION_OBJECTS = {
    "insist": {"on"}, "speak": {"of", "about", "against"}, "talk": {"of", "about"},
    "complain": {"about", "of"}, "warn": {"of", "about", "against"}, "argue": {"for", "against"},
    "agree": {"on", "with", "to"}, "comment": {"on"}, "refer": {"to"}, "boast": {"of", "about"},
    "hint": {"at"}, "caution": {"against"}, "joke": {"about"}, "apologise": {"for"},
    "apologize": {"for"}, "brag": {"about"}, "rail": {"against"}, "inquire": {"about"},
    "enquire": {"about"}, "object": {"to"}, "protest": {"against"}, "appeal": {"for"},
    "allude": {"to"}, "write": {"about", "of"}, "advise": {"against"}, "respond": {"to"},
    "reply": {"to"}, "disagree": {"with", "on"}, "testify": {"about"}, "lie": {"about"},
    "say": {"of", "about"}, "ask": {"about", "for"}, "point": {"to"},
}  # fmt: skip


# «claimed responsibility»: acts rather than words.
_ACTS = {
    "claim": {"responsibility", "credit", "sovereignty", "victory", "lives"},
    "deny": {"entry", "access"},
}


# Verbs that give something a name: what is quoted right behind them is all that was said.
NAMING = {
    "call",
    "label",
    "dub",
    "brand",
    "describe",
    "characterise",
    "characterize",
    "term",
    "deem",
}


def content_after(tokens: Sequence[Token], cue: Cue, limit: int) -> tuple[int, str] | None:
    """Where the content begins behind the cue, and by which rule; None when there is none.

    «Did not confirm the report» and «declined to comment on it» hold nothing that was or was
    not said; «did not say whether it is true» does.
    """
    found = _content_behind(tokens, cue, limit)
    silent = found is not None and cue.modality == "denied" and found[1] == "S C NP"
    return None if silent else found


def _content_behind(tokens: Sequence[Token], cue: Cue, limit: int) -> tuple[int, str] | None:
    """Where the content begins behind the cue, and by which rule; None when there is none."""
    word = CUE_FORMS.get(cue.word)
    index = cue.end
    if cue.behind is not None:
        asked = tokens[cue.behind].low in _QUESTIONS if cue.behind < limit else False
        return (cue.behind, "S C clause") if asked else None
    if cue.via is not None and cue.via[0] == cue.end + 1:
        index = cue.via[1]  # «was quoted as saying by M that …»
    if cue.lemma in {"put it"}:
        quote = _first_quote(tokens, index, limit)
        return (quote, "S C: Q") if quote is not None else None
    if index >= limit:
        return None
    if cue.length > 1 and (cue.word, tokens[cue.index + 1].low) in TO_OBJECT_PHRASES:
        return (index, "S C NP")
    if word is not None and word.tell:
        index = skip_addressee(tokens, index, limit)
        if any(t.low in {"story", "truth", "tale"} for t in tokens[cue.end : index]):
            return None  # «told the story of»
        if index < limit and index > cue.end and _infinitive_at(tokens, index, limit):
            return (index, "S C to-VP")
    elif word is not None and word.lemma in OBJECT_TO:
        return _asked(tokens, index, limit, noun_phrase=word.noun_phrase)
    index = _skip_however(tokens, skip_adjuncts(tokens, index, limit), limit)
    if index >= limit:
        return None
    token = tokens[index]
    if token.text == ",":
        nxt = tokens[index + 1] if index + 1 < limit else None
        if nxt is not None and (
            nxt.kind == "quote" or nxt.low == "that" or word is None or word.bare
        ):
            # «said, at a press conference, that …»
            over = _over_comma_aside(tokens, index, limit)
            index = over if over is not None else index + 1
            index = skip_adjuncts(tokens, index, limit)
            if index >= limit:
                return None
            token = tokens[index]
            if tokens[index].text == ",":
                index += 1
                if index >= limit:
                    return None
                token = tokens[index]
    if token.text == ":":
        return (index + 1, "S C: Q") if index + 1 < limit else None
    if token.low == "that" and index + 1 < limit:
        takes = (
            word is None or word.that or word.bare or main_clause_at(tokens, index + 1, limit)
        )
        return (index, "S C that clause") if takes else None
    if token.kind == "quote" and is_title(tokens, index):
        return _that_ahead(tokens, index, limit)
    if token.kind == "quote":
        named = word is not None and word.lemma in NAMING
        only = named or quotation_end(tokens, index, limit) is not None
        return (index, "S C Q" if only else "S C clause with Q")
    if word is None:
        if cue.length > 1:
            return (index, "S C clause") if has_verb(tokens, index, limit) else None
        quote = _first_quote(tokens, index, limit)
        return (quote, "S C … Q") if quote is not None and quote - index < 8 else None
    if token.low == "to" and word.infinitive and _infinitive_at(tokens, index, limit):
        return (index, "S C to-VP")
    if token.low == "as" and word.lemma in NAMING:
        return (index, "S C NP")  # «whom he described as a bully»
    if token.tag in {Tag.PREPOSITION, Tag.TO} or token.low in {"as", "than"}:
        return _behind_preposition(tokens, cue, index, limit)
    if cue.modality == "denied" and token.low in _QUESTIONS:
        return (index, "S C clause")  # «would not say when it ends»
    if token.tag in {Tag.RELATIVE, Tag.SUBORDINATOR} and not _opens_content(
        tokens, index, limit
    ):
        return None
    if (word.bare or word.that) and token.low in _QUESTIONS and has_verb(tokens, index, limit):
        return (index, "S C clause")
    if word.lemma in _ACTS and tokens[index].low in _ACTS[word.lemma]:
        return None
    verb = index
    while verb < limit and tokens[verb].tag == Tag.ADVERB:
        verb += 1
    if verb < limit and tokens[verb].tag in FINITE_CLASSES:
        return None  # «a plan they say failed»
    behind_comma = any(t.text == "," for t in tokens[cue.end : index])
    opens = tokens[verb] if verb < limit else token
    if token.tag in {Tag.PREPOSITION, Tag.CONJUNCTION} or (
        behind_comma and (opens.tag == Tag.GERUND or token.low in _NARRATING)
    ):
        return None  # «she said, pointing at the map»
    if word.bare and has_verb(tokens, index, limit):
        loose = word.lemma == "say" or token.tag in {Tag.RELATIVE, Tag.SUBORDINATOR, Tag.GERUND}
        if loose or main_clause_at(tokens, index, limit):
            return (index, "S C clause")
    if word.tell and index > cue.end and has_verb(tokens, index, limit):
        return (index, "S C clause")
    direct = not any(t.text == "," for t in tokens[cue.end : index])
    if word.noun_phrase and direct and is_content_phrase(tokens, index):
        return _object(tokens, cue, index, limit)
    if (
        word.that
        and _first_quote(tokens, index, limit) is not None
        and has_verb(tokens, index, limit)
    ):
        return (index, "S C clause with Q")
    return None


def _object(
    tokens: Sequence[Token], cue: Cue, index: int, limit: int
) -> tuple[int, str] | None:
    """A noun phrase that is what was said, with what else the verb takes."""
    behind = noun_phrase_after(tokens, index)
    voiced = cue.lemma in {"express", "voice"} and behind is not None and behind + 1 < limit
    if voiced and behind is not None and tokens[behind].low == "that":
        return (behind, "S C that clause")  # «expressed concern that it would fail»
    if cue.lemma in NAMING:
        end = content_end(tokens, behind or index + 1)
        alone = behind is not None and (behind >= limit or tokens[behind].kind == "mark")
        named = all(t.tag in {Tag.PROPER, Tag.NUMBER} for t in tokens[index:end])
        if tokens[index].low == "attention" or (named and alone):
            return None  # «a group called Example», «called attention to»
    return (index, "S C NP")


def _skip_however(tokens: Sequence[Token], index: int, limit: int) -> int:
    """Behind «, however,» and «however» and «repeatedly» before what is said."""
    k = index
    while k < limit and (tokens[k].text == "," or tokens[k].tag == Tag.ADVERB):
        k += 1
    if k == index or k >= limit:
        return index
    follows = tokens[k]
    plain = tokens[index].tag == Tag.ADVERB and tokens[index].low not in {
        "not",
        "only",
        "about",
    }
    if follows.low == "that" or (plain and main_clause_at(tokens, k, limit)):
        return k
    return index


def _infinitive_at(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Whether «to leave» or «not to leave» stands at `index`."""
    if tokens[index].low in {"not", "never"}:
        index += 1
    return (
        index + 1 < limit and tokens[index].low == "to" and _verb_follows(tokens, index, limit)
    )


def _asked(
    tokens: Sequence[Token], index: int, limit: int, *, noun_phrase: bool
) -> tuple[int, str] | None:
    """«urged S to leave», «asked whether», «asked Example why …», «asked for calm»."""
    if index >= limit:
        return None
    token = tokens[index]
    if token.low in _QUESTIONS:
        return (index, "S C clause")
    if token.low == "that":
        return (index, "S C that clause")
    if token.kind == "quote":
        only = quotation_end(tokens, index, limit) is not None
        return (index, "S C Q" if only else "S C clause with Q")
    if token.text in {":", ","}:
        quote = index + 1 < limit and tokens[index + 1].kind == "quote"
        return (index + 1, "S C: Q") if quote else None
    if token.tag == Tag.PREPOSITION and token.low in {"for", "about"}:
        return (index + 1, "S C NP")
    behind = noun_phrase_after(tokens, index)
    if behind is not None and behind < limit and tokens[behind].low in _QUESTIONS | {"that"}:
        return (behind, "S C clause")
    if behind is not None and behind < limit and tokens[behind].low == "about":
        return (behind + 1, "S C NP")
    if _holds_to_verb(tokens, index, limit) or (
        noun_phrase and is_content_phrase(tokens, index)
    ):
        return (index, "S C NP to-VP")
    return None


def _behind_preposition(
    tokens: Sequence[Token], cue: Cue, index: int, limit: int
) -> tuple[int, str] | None:
    """«insisted on X»; «said of the plan: “…”», «said on “Example Today” that …»."""
    that = _that_ahead(tokens, index, limit)
    if that is not None:
        return that
    if takes_object_behind(cue, tokens[index].low) and index + 1 < limit and cue.lemma != "say":
        return (index + 1, "S C NP")
    return None


def takes_object_behind(cue: Cue, preposition: str) -> bool:
    """Whether what is said may stand behind this preposition: «warned of», «insisted on»."""
    return preposition in _PREPOSITION_OBJECTS.get(cue.lemma, set())


def _that_ahead(tokens: Sequence[Token], index: int, limit: int) -> tuple[int, str] | None:
    """«that …» or a quotation behind adjuncts, with no verb of another clause between."""
    for k in range(index, min(limit, index + 18)):
        token = tokens[k]
        if token.low == "that" and k > index and token.tag == Tag.THAT:
            return (k, "S C that clause")
        if token.text == ":" and k + 1 < limit:
            return (k + 1, "S C: Q")
        if (
            token.kind == "quote"
            and not is_title(tokens, k)
            and (
                (tokens[k - 1].text in {",", ":"} and len(token.text.split()) > 3)
                or (k + 1 >= content_end(tokens, limit) and len(token.text.split()) > 6)
            )
        ):
            return (k, "S C Q")
        if token.tag in FINITE_CLASSES:
            return None
    return None


def _opens_content(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Whether a subordinate clause behind the cue opens what is said: «said if it rains, …»."""
    low = tokens[index].low
    if low in {"whether", "why", "how", "where", "what", "who", "which", "whatever", "because"}:
        return True
    if low not in _FRONTED:
        return False
    comma = next((k for k in range(index, limit) if tokens[k].text == ","), None)
    return comma is not None and main_clause_at(tokens, comma + 1, limit)


def _verb_follows(tokens: Sequence[Token], to: int, limit: int) -> bool:
    """Whether «to» opens an infinitive rather than naming a person or thing."""
    k = to + 1
    while k < limit and tokens[k].tag == Tag.ADVERB:
        k += 1
    return (k < limit and tokens[k].tag in {Tag.INFINITIVE, Tag.BE}) or (
        k < limit and tokens[k].low in {"have", "do"}
    )


def is_content_phrase(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun phrase begins here."""
    token = tokens[index]
    return token.tag in NOMINAL | {Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN, Tag.GERUND} or (
        token.tag == Tag.ADVERB and index + 1 < len(tokens) and tokens[index + 1].tag in NOMINAL
    )


def _over_comma_aside(tokens: Sequence[Token], comma: int, limit: int) -> int | None:
    """Behind an aside between commas right after the cue, when «that» or a quote follows it."""
    for k in range(comma + 1, min(limit, comma + 16)):
        if tokens[k].kind == "quote":
            return None
        if tokens[k].text == ",":
            follows = tokens[k + 1] if k + 1 < limit else None
            if follows is not None and (follows.low == "that" or follows.kind == "quote"):
                return k + 1
            opens = tokens[comma + 1].low in PREPOSITIONS
            return k + 1 if opens else None
    return None


def _holds_to_verb(tokens: Sequence[Token], index: int, limit: int) -> bool:
    return any(t.low in {"to", "not"} for t in tokens[index : min(limit, index + 12)])


def _first_quote(tokens: Sequence[Token], index: int, limit: int) -> int | None:
    return next((k for k in range(index, limit) if tokens[k].kind == "quote"), None)
