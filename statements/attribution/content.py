"""What a reporting word reports: where the content begins behind it, and by which rule."""

from collections.abc import Sequence

import regex

from statements.attribution.cues import Cue
from statements.attribution.mentions import is_nominal
from statements.attribution.noun_phrases import noun_phrase_after, subject_before
from statements.attribution.tags import FINITE_CLASSES, NOMINAL, Tag
from statements.attribution.tokens import Token
from statements.attribution.words import (
    CUE_FORMS,
    DETERMINERS,
    MEDIA_HEADS,
    MONTHS,
    OBJECT_TO,
    OCCASIONS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    TITLE_HEADS,
    TO_OBJECT_PHRASES,
    WEEKDAYS,
)

_LENGTH = regex.compile(r"\d{1,2}(?::\d{2}){1,2}")
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
    "agree": {"on", "with"}, "comment": {"on"}, "refer": {"to"}, "boast": {"of", "about"},
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
_SMALL = {"the", "a", "an", "of", "with", "and", "in", "for", "to", "on"}
_WORKS = {
    "show",
    "programme",
    "program",
    "podcast",
    "series",
    "book",
    "film",
    "column",
    "op-ed",
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
_SHORT_QUOTATION = 3  # words


def quotation_end(tokens: Sequence[Token], index: int, limit: int) -> int | None:
    """The token behind a quotation that is all that was said, from `index` on; None if it is not.

    «said “…” and “…”», «said “…,” while speaking in Tokyo».
    """
    k = index
    while k < limit and tokens[k].kind == "quote":
        after = k + 1
        if after >= content_end(tokens, limit):
            return after
        following = tokens[after + 1] if after + 1 < limit else None
        if (
            (tokens[after].text == "," or tokens[after].low in {"and", "but"})
            and following is not None
            and following.kind == "quote"
        ):
            k = after + 1
            continue
        if len(tokens[k].text.split()) <= _SHORT_QUOTATION:
            return None
        closed = tokens[k].text[:-1].rstrip()[-1:] in {",", ".", "!", "?"}
        adjunct = tokens[after].text == "," or tokens[after].low in {
            "while", "during", "in", "at", "on", "when", "after", "before", "as", "to",
        }  # fmt: skip
        return after if closed or (adjunct and tokens[after].text == ",") else None
    return None


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


def content_after(tokens: Sequence[Token], cue: Cue, limit: int) -> tuple[int, str] | None:
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
        index = _skip_addressee(tokens, index, limit)
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
        return _that_ahead(tokens, index + 1, limit)
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
    if token.tag in {Tag.PREPOSITION, Tag.CONJUNCTION}:
        return None
    if word.bare and has_verb(tokens, index, limit):
        loose = word.lemma == "say" or token.tag in {Tag.RELATIVE, Tag.SUBORDINATOR, Tag.GERUND}
        if loose or main_clause_at(tokens, index, limit):
            return (index, "S C clause")
    if word.tell and index > cue.end and has_verb(tokens, index, limit):
        return (index, "S C clause")
    direct = not any(t.text == "," for t in tokens[cue.end : index])
    if word.noun_phrase and direct and is_content_phrase(tokens, index):
        return (index, "S C NP")
    if (
        word.that
        and _first_quote(tokens, index, limit) is not None
        and has_verb(tokens, index, limit)
    ):
        return (index, "S C clause with Q")
    return None


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
    if tokens[index].low == "not":
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


def is_title(tokens: Sequence[Token], index: int) -> bool:
    """Whether the quotation is the name of a programme or a work: «on Example's “Today Live”»."""
    words = tokens[index].text.strip("“”\"'‘’ ").split()
    names = all(word[:1].isupper() or word.lower() in _SMALL for word in words)
    before = tokens[index - 1] if index else None
    return (
        before is not None
        and 0 < len(words) <= 6
        and names
        and (before.tag in {Tag.POSSESSIVE, Tag.PREPOSITION} or before.low in _WORKS)
    )


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


def main_clause_at(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Whether a subject and its finite verb begin at `index`."""
    start = index
    while start < limit and tokens[start].tag == Tag.ADVERB:
        start += 1
    relative = False
    for k in range(start, min(limit, start + 30)):
        token = tokens[k]
        if token.tag in {Tag.RELATIVE, Tag.THAT} and k > start:
            relative = True
        elif token.tag in FINITE_CLASSES and k > start:
            subject_end = k
            while subject_end > start and tokens[subject_end - 1].tag == Tag.ADVERB:
                subject_end -= 1
            if relative and tokens[subject_end - 1].tag in {Tag.RELATIVE, Tag.THAT}:
                continue
            first = subject_before(tokens, subject_end, start)
            if first is not None and first <= start:
                return True
            if not relative:
                return False
        elif token.text in {";", ":"}:
            return False
    return False


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


def has_verb(tokens: Sequence[Token], start: int, limit: int) -> bool:
    """Whether a finite verb stands in the stretch, so that it is a clause."""
    return any(
        token.tag in FINITE_CLASSES or (token.kind == "quote" and len(token.text.split()) > 2)
        for token in tokens[start:limit]
    )


def addressee(tokens: Sequence[Token], cue: Cue, index: int) -> tuple[int, int] | None:
    """To whom it was told, at `index` behind the cue or the speaker: «told Interfax»."""
    word = CUE_FORMS.get(cue.word)
    if word is None or not word.tell:
        return None
    last = _skip_addressee(tokens, index, len(tokens))
    return (index, last) if last > index else None


def _skip_addressee(tokens: Sequence[Token], index: int, limit: int) -> int:
    """Behind whom it was told: «told Interfax», «told a regular press briefing in Tokyo»."""
    if (
        index >= limit
        or tokens[index].tag == Tag.PREPOSITION
        or tokens[index].low in {"that", ":", ","}
        or tokens[index].kind == "quote"
    ):
        return index
    if tokens[index].low in PRONOUNS | {"him", "them", "us", "me", "her"}:
        nxt = tokens[index + 1] if index + 1 < limit else None
        if tokens[index].low not in {"her", "it"} or (nxt is not None and not is_nominal(nxt)):
            return index + 1
    last = index
    while last < limit and tokens[last].low in DETERMINERS | {"'s"}:
        last += 1
    begun = last
    while last < limit and (is_nominal(tokens[last]) or tokens[last].low in {"and", "of"}):
        if (
            last > begun
            and tokens[last].capital
            and not tokens[last - 1].capital
            and (tokens[last - 1].low not in {"of", "and", "'s"})
        ):
            named = _name_of_addressee(tokens, last, limit)
            if named is None:
                break
            last = named
            continue
        if tokens[last].low in {"and", "of"} and not (
            last + 1 < limit
            and (is_nominal(tokens[last + 1]) or tokens[last + 1].low in DETERMINERS)
        ):
            break
        last += 1
        while (
            last < limit
            and tokens[last - 1].low in {"of", "and"}
            and tokens[last].low in DETERMINERS
        ):
            last += 1
    return last


def _name_of_addressee(tokens: Sequence[Token], index: int, limit: int) -> int | None:
    """Behind the name in «told the newspaper Daily Sample that»; None in «told reporters Tokyo
    would», where the clause begins."""
    if tokens[index - 1].low not in MEDIA_HEADS | TITLE_HEADS | {"agency"}:
        return None
    last = index
    while last < limit and tokens[last].capital and tokens[last].low not in WEEKDAYS:
        last += 1
    follows = tokens[last] if last < limit else None
    ends = follows is None or follows.kind == "quote" or follows.text in {",", ":", "."}
    known = ends or (follows is not None and follows.low in {"that", "in", "on"} | WEEKDAYS)
    return last if known else None


_PLACE_PREPOSITIONS = {
    "on",
    "in",
    "at",
    "during",
    "after",
    "before",
    "to",
    "via",
    "from",
    "through",
    "by",
    "late",
    "early",
    "earlier",
    "ahead",
    "outside",
    "following",
    "last",
    "this",
    "over",
    "under",
    "with",
    "for",
}


_UNITS = {"day", "week", "month", "year", "hour", "decade"}


def skip_adjuncts(tokens: Sequence[Token], index: int, limit: int) -> int:
    """Behind times, places and occasions right after the cue; at most four of them."""
    for _ in range(4):
        after = _one_adjunct(tokens, index, limit)
        if after is None:
            return index
        index = after
    return index


def _one_adjunct(tokens: Sequence[Token], index: int, limit: int) -> int | None:
    if index >= limit:
        return None
    token = tokens[index]
    if (behind := _relative_time(tokens, index, limit)) is not None:
        return behind
    if token.low in {
        "yesterday",
        "today",
        "tomorrow",
        "tonight",
        "later",
        "earlier",
        "again",
        "also",
        "publicly",
        "separately",
        "afterwards",
    }:
        after = index + 1
        while (
            after < limit
            and tokens[after].low
            in {
                "morning",
                "afternoon",
                "evening",
                "night",
                "on",
                "in",
                "this",
                "week",
                "month",
                "year",
            }
            | WEEKDAYS
            and tokens[after].low not in {"on", "in", "this"}
        ):
            after += 1
        return after
    if token.low in WEEKDAYS:
        after = index + 1
        if after < limit and tokens[after].low == "'s":
            return None
        while after < limit and tokens[after].low in {
            "morning",
            "afternoon",
            "evening",
            "night",
        }:
            after += 1
        return after
    if (
        token.low in {"last", "this", "late", "early"}
        and index + 1 < limit
        and tokens[index + 1].low in TIMES | {"on"}
    ):
        return index + 2
    if index + 1 < limit and tokens[index + 1].tag == Tag.GERUND:
        return None  # «before attending a meeting»
    if token.low not in _PLACE_PREPOSITIONS or token.low in {"for", "this", "last"}:
        return None
    k = index + 1
    while k < limit and tokens[k].low in DETERMINERS | {"'s", "separate", "joint"}:
        k += 1
    first = k
    fits = False
    while k < limit:
        current = tokens[k]
        if current.low in WEEKDAYS | MONTHS | OCCASIONS or current.kind == "number":
            fits = True
        elif current.capital and first == k:
            fits = token.low in {"in", "at", "from", "to", "on", "via", "outside"}
        if current.low in WEEKDAYS:
            k += 1
            while k < limit and tokens[k].low in {"morning", "afternoon", "evening", "night"}:
                k += 1
            break
        if not (is_nominal(current) or (current.capital and current.low in MONTHS)):
            break
        if (
            k > first
            and current.capital
            and not tokens[k - 1].capital
            and tokens[k - 1].kind != "number"
            and tokens[k - 1].low != "'s"
        ):
            break
        k += 1
        if (
            current.kind == "number"
            and k < limit
            and tokens[k].text == ","
            and k + 1 < limit
            and tokens[k + 1].kind == "number"
        ):
            k += 2
    if not fits or k == first:
        return None
    # «in an interview with Reuters», «on the sidelines of the summit», «at a meeting in Tokyo»
    while (
        k < limit
        and tokens[k].low in {"of", "with", "in", "for", "to", "by", "about", "at"}
        and k + 1 < limit
    ):
        if tokens[k].low in {"in", "at"}:
            break
        m = k + 1
        while m < limit and tokens[m].low in DETERMINERS | {"'s"}:
            m += 1
        begun = m
        while (
            m < limit
            and is_nominal(tokens[m])
            and not (m > begun and tokens[m].capital and not tokens[m - 1].capital)
        ):
            m += 1
        if m == begun:
            break
        k = m
    return k


def _relative_time(tokens: Sequence[Token], index: int, limit: int) -> int | None:
    """Behind «two days ago», «the same day», «the day before yesterday», if they stand here."""
    words = [token.low for token in tokens[index : min(index + 4, limit)]]
    if words == ["the", "day", "before", "yesterday"]:
        return index + 4
    if words[:1] in (["the"], ["that"]) and words[1:3] in (
        ["same", "day"], ["next", "day"], ["previous", "day"], ["following", "day"],
    ):  # fmt: skip
        return index + 3
    ways = {"ago", "earlier", "later", "before"}
    if len(words) > 2 and words[1].rstrip("s") in _UNITS and words[2] in ways:
        return index + 3
    return None


def content_end(tokens: Sequence[Token], limit: int) -> int:
    """The end of the content: without the sentence's last stop.

    The length of a video, which pages print right behind a title («…'01:25»), is no part either.
    """
    end = limit
    if end > 1 and tokens[end - 1].start == tokens[end - 2].end:
        end -= _LENGTH.fullmatch(tokens[end - 1].text) is not None
    while (
        end > 0
        and tokens[end - 1].kind == "mark"
        and tokens[end - 1].text in {".", ",", ";", "!", "?", "—", "–", ":"}
    ):
        end -= 1
    return end


def without_occasion(tokens: Sequence[Token], start: int, end: int) -> int:
    """The content without a last «, during a press conference in Tokyo on Thursday»."""
    for k in range(end - 1, start + 2, -1):
        if tokens[k].kind == "quote":
            break
        if tokens[k].text == ",":
            tail = tokens[k + 1 : end]
            if not tail or tail[0].low not in {"during", "at", "in", "on", "speaking"}:
                break
            named = [t for t in tail if t.low in OCCASIONS - {"time", "moment", "council"}]
            if named and len(tail) <= 14:
                return k
            break
    return end
