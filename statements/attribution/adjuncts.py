"""Times, places, occasions and addressees beside a verb of saying."""

from collections.abc import Sequence

from statements.attribution.cues import Cue
from statements.attribution.mentions import is_nominal
from statements.attribution.tags import Tag
from statements.attribution.tokens import Token
from statements.attribution.words import (
    CUE_FORMS,
    DETERMINERS,
    MEDIA_HEADS,
    MONTHS,
    OCCASIONS,
    PRONOUNS,
    TIMES,
    TITLE_HEADS,
    WEEKDAYS,
)


def addressee(tokens: Sequence[Token], cue: Cue, index: int) -> tuple[int, int] | None:
    """To whom it was told, at `index` behind the cue or the speaker: «told Interfax»."""
    word = CUE_FORMS.get(cue.word)
    if word is None or not word.tell:
        return None
    last = skip_addressee(tokens, index, len(tokens))
    return (index, last) if last > index else None


def skip_addressee(tokens: Sequence[Token], index: int, limit: int) -> int:
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
        if tokens[k].low in {"in", "at"} or tokens[k + 1].tag == Tag.INFINITIVE:
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
