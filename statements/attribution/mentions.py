"""Noun phrases that may name a speaker, taken apart into title, name and state."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from statements.attribution.gazetteer import DEMONYM, METONYM, NAME, Gazetteer
from statements.attribution.register import RegisterActor
from statements.attribution.tokens import Token
from statements.attribution.words import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    CUE_FORMS,
    DETERMINERS,
    FINITE,
    GENDERED,
    HONORIFICS,
    INSTITUTION_WORDS,
    MONTHS,
    NAME_PARTICLES,
    NEGATIONS,
    OBJECT_PRONOUNS,
    PLACES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    TITLE_HEADS,
    WEEKDAYS,
)

_ATTACHING = {
    "of",
    "for",
    "in",
    "at",
    "from",
    "to",
    "with",
    "on",
    "near",
    "against",
    "under",
    "within",
    "by",
}
_NOT_NOMINAL = (
    PRONOUNS | AUXILIARIES | ADVERBS | CONJUNCTIONS | PREPOSITIONS | RELATIVES | NEGATIONS
)
NOT_NAMES = INSTITUTION_WORDS | PLACES
_PARTICIPLES = {form for form, cue in CUE_FORMS.items() if cue.form == "ing"} | {"quoting"}
_CAPITAL_NON_NAMES = _PARTICIPLES | WEEKDAYS | MONTHS | _NOT_NOMINAL | DETERMINERS


@dataclass(frozen=True)
class Mention:
    """A phrase that names somebody. `kind` is pronoun, name or description.

    `name` is a person's name without titles (kind name), else the phrase without its article.
    `actors` are the states and bodies named in it, in order, with the kind of name used.
    """

    start: int
    end: int
    printed: str
    kind: str
    name: str
    office: str = ""
    head: str = ""
    gender: str = ""
    plural: bool = False
    actors: tuple[tuple[RegisterActor, str], ...] = field(default=())
    former: bool = False


# Nouns, and adjectives of nouns, that end like an adverb.
_LY_NOUNS = {
    "daily", "weekly", "monthly", "family", "assembly", "supply", "anomaly", "monopoly", "early",
}  # fmt: skip


def is_nominal(token: Token) -> bool:
    """Whether the token may stand inside a noun phrase."""
    if token.kind == "number":
        return True
    if token.kind != "word":
        return token.text in {"&", "-", "/"}
    if token.low in _NOT_NOMINAL or token.low in DETERMINERS:
        return False
    if token.capital:
        return token.low not in WEEKDAYS
    if token.low == "'s":
        return True
    if token.low in FINITE:
        return False
    return not (token.low.endswith("ly") and len(token.low) > 4) or token.low in _LY_NOUNS


def phrase_before(tokens: Sequence[Token], end: int) -> int | None:
    """The first token of the noun phrase that ends just before `end`; None when there is none.

    A pronoun is a phrase of its own. Phrases with «of», «for» … before them belong to it, and
    so do the earlier parts of a list of names.
    """
    first = _one_phrase_before(tokens, end)
    joined = first is not None and any(t.low == "and" for t in tokens[first:end])
    while first is not None and first >= 2:
        gap = first - 1
        if tokens[gap].low == "and":
            joined = True
            gap -= 1 if gap > 0 and tokens[gap - 1].text == "," else 0
        elif tokens[gap].text != "," or not joined:
            break
        before = _one_phrase_before(tokens, gap)
        if before is None or not (_named(tokens[before:gap]) and _named(tokens[first:end])):
            break
        first = before
    return first


def _named(tokens: Sequence[Token]) -> bool:
    """Whether a part of a list names somebody: it holds a capital besides its first word."""
    return any(t.capital and t.low not in WEEKDAYS | MONTHS for t in tokens) and not any(
        t.kind == "quote" for t in tokens
    )


def _one_phrase_before(tokens: Sequence[Token], end: int) -> int | None:
    if end <= 0:
        return None
    if tokens[end - 1].low in PRONOUNS and tokens[end - 1].kind == "word":
        return end - 1
    index = end
    while index > 0:
        token, right = tokens[index - 1], tokens[index] if index < end else None
        if is_nominal(token) and not _is_verb(tokens, index - 1, end):
            index -= 1
            continue
        if token.low in DETERMINERS and token.kind == "word" and right is not None:
            index -= 1
            if (
                index > 0
                and tokens[index - 1].low in _ATTACHING
                and _nominal_before(tokens, index - 1)
            ):
                index -= 1
                continue
            if (
                index > 1
                and tokens[index - 1].low == "and"
                and _joins_names(tokens, index - 1, end)
            ):
                index -= 1
                continue
            # «all the», «both the», «his own»
            if index > 0 and tokens[index - 1].low in DETERMINERS:
                index -= 1
            break
        if token.low in _ATTACHING and right is not None and _nominal_before(tokens, index - 1):
            index -= 1
            continue
        if (
            token.low in {"and", ","}
            and right is not None
            and _joins_names(tokens, index - 1, end)
        ):
            index -= 1
            continue
        break
    return index if index < end else None


def phrase_after(tokens: Sequence[Token], start: int) -> int | None:
    """The token after the noun phrase that begins at `start`; None when there is none.

    Appositions and relative clauses after an inverted attribution belong to it.
    """
    if start >= len(tokens):
        return None
    if tokens[start].low in PRONOUNS:
        return start + 1
    index = start
    while index < len(tokens) and tokens[index].low in DETERMINERS:
        index += 1
    first = index
    while index < len(tokens):
        token = tokens[index]
        if is_nominal(token) and not (
            token.low in CUE_FORMS
            and not token.capital
            and index > first
            and CUE_FORMS[token.low].form in {"ing"}
        ):
            index += 1
            continue
        if (
            token.low in {"of", "for", "to", "at", "in", "from", "de"}
            and index > first
            and index + 1 < len(tokens)
            and (
                is_nominal(tokens[index + 1])
                or tokens[index + 1].low in {"the", "a", "an", "its", "his", "her", "their"}
            )
            and tokens[index + 1].low not in WEEKDAYS
            and (token.low in {"of", "for", "de"} or _title_in(tokens[start:index]))
        ):
            index += 1
            while index < len(tokens) and tokens[index].low in DETERMINERS:
                index += 1
            continue
        if token.low == "and" and _joins_names_after(tokens, index):
            index += 1
            while index < len(tokens) and tokens[index].low in DETERMINERS:
                index += 1
            continue
        if (
            token.low == ","
            and index > first
            and (
                _apposition_after(tokens, index)
                or (_title_in(tokens[start:index]) and _name_after(tokens, index))
            )
        ):
            index += 1
            while index < len(tokens) and tokens[index].low in DETERMINERS | {"former"}:
                index += 1
            continue
        break
    return index if index > first else None


def _name_after(tokens: Sequence[Token], comma: int) -> bool:
    """Whether a name of two capitals or more follows, as in «the minister, Ada Example»."""
    following = tokens[comma + 1 : comma + 3]
    return len(following) == 2 and all(
        t.capital and t.low not in _CAPITAL_NON_NAMES and t.low not in NOT_NAMES
        for t in following
    )


def _apposition_after(tokens: Sequence[Token], comma: int) -> bool:
    """Whether «, the TITLE …» follows, which belongs to the name before it."""
    following = tokens[comma + 1 : comma + 6]
    if not following:
        return False
    words = [t.low for t in following]
    starts = (
        following[0].low in DETERMINERS
        or following[0].low in {"former"}
        or following[0].low in TITLE_HEADS
    )
    following_title = any(word in TITLE_HEADS for word in words)
    return (starts or following[0].capital) and following_title


def _title_in(tokens: Sequence[Token]) -> bool:
    return any(token.low in TITLE_HEADS for token in tokens)


def _nominal_before(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun stands before the preposition at `index`, so that it attaches to it."""
    if index == 0:
        return False
    before = tokens[index - 1]
    return (
        before.kind == "word" and is_nominal(before) and not _is_verb(tokens, index - 1, index)
    )


def _is_verb(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether a lower-case word inside a would-be phrase is a verb rather than a noun."""
    token = tokens[index]
    if token.capital or token.kind != "word" or token.low == "'s":
        return False
    cue = CUE_FORMS.get(token.low)
    if cue is not None:
        if cue.form in {"past", "ing"}:
            return token.low not in TITLE_HEADS
        # «claims», «report»: a noun after a determiner, an adjective or a possessive
        before = tokens[index - 1] if index else None
        return before is None or not (
            before.low in DETERMINERS
            or before.low == "'s"
            or (is_nominal(before) and not before.capital)
        )
    if token.low.endswith("ed") and len(token.low) > 4 and index + 1 < end:
        following = tokens[index + 1]
        # «the deceased seaman» but «met envoys»
        return following.low in DETERMINERS or following.low in PREPOSITIONS
    return False


def _joins_names(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether «and» (or a comma of a list) joins two names: capitals on both sides."""
    if index == 0 or index + 1 >= end:
        return False
    left, right = tokens[index - 1], tokens[index + 1]
    if tokens[index].low == ",":
        rest = [token.low for token in tokens[index + 1 : end]]
        return left.capital and right.capital and "and" in rest and rest[0] not in TITLE_HEADS
    if right.low in DETERMINERS and index + 2 < end:
        right = tokens[index + 2]
        return left.capital and right.capital
    titled = right.low in TITLE_HEADS or right.low in {"incoming", "former", "acting"}
    return left.capital and (right.capital or titled)


def _joins_names_after(tokens: Sequence[Token], index: int) -> bool:
    following = [t for t in tokens[index + 1 : index + 3] if t.low not in DETERMINERS]
    before = tokens[index - 1]
    return bool(following) and before.capital and following[0].capital


def parse_mention(text: str, tokens: Sequence[Token], places: Gazetteer) -> Mention:
    """Take a noun phrase apart. `tokens` are those of the phrase, appositions included."""
    while len(tokens) > 1 and tokens[0].kind == "mark":
        tokens = tokens[1:]
    start, end = tokens[0].start, tokens[-1].end
    printed = text[start:end]
    low = OBJECT_PRONOUNS.get(tokens[0].low, tokens[0].low)
    if len(tokens) == 1 and low in PRONOUNS:
        gender = {"he": "m", "she": "f"}.get(low, "")
        return Mention(
            start, end, printed, "pronoun", printed, gender=gender, plural=low in {"they", "we"}
        )
    actors = tuple((actor, kind) for actor, kind, _, _ in places.within(tokens))
    if any(_joins_states(token, places) for token in tokens):
        actors = ()  # «the Ruritania-Graustark alliance» speaks for neither alone
    gender = next((GENDERED[t.low] for t in tokens if t.low in GENDERED), "")
    former = any(t.low in {"former", "then", "ex"} for t in tokens)
    for part in _parts(tokens):
        found = _person_in(part, places)
        if found is not None:
            first, last = found
            name = _joined(text, part[first:last])
            return Mention(
                start, end, printed, "name", name, office=_office(text, tokens, name, places),
                head=_head(tokens), gender=gender, actors=actors, former=former,
            )  # fmt: skip
    body = list(tokens)
    while (
        body and body[0].low in DETERMINERS and body[0].low not in {"two", "three", "several"}
    ):
        body = body[1:]
    body = _without_owner(_first_part(body) or list(tokens))
    return Mention(
        start, end, printed, "description", _joined(text, body), office=_office(text, tokens, "", places),
        head=_head(tokens), gender=gender, plural=_plural(tokens), actors=actors, former=former,
    )  # fmt: skip


def _without_owner(body: list[Token]) -> list[Token]:
    """«Brazil's National Institute» is the National Institute; «Brazil's police» stays."""
    owner = next((i for i, token in enumerate(body[:4]) if token.low == "'s"), None)
    rest = body[owner + 1 :] if owner is not None else []
    proper = len(rest) > 1 and rest[0].capital and rest[-1].capital
    return rest if proper and all(t.low not in TITLE_HEADS for t in rest) else body


def _parts(tokens: Sequence[Token]) -> list[list[Token]]:
    """The phrase cut at commas, brackets and relative pronouns."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in {",", "(", ")", "—", "–"} or token.low in {
            "who",
            "which",
            "whose",
            "whom",
        }:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _first_part(tokens: Sequence[Token]) -> list[Token]:
    parts = _parts(tokens)
    return parts[0] if parts else []


def _person_in(part: Sequence[Token], places: Gazetteer) -> tuple[int, int] | None:
    """Where a person's name stands in a part of a phrase: first token and the one after."""
    index = 0
    best: tuple[int, int] | None = None
    after_title = False
    while index < len(part):
        token = part[index]
        place = places.at(part, index)
        if (
            place is not None
            and place[1] in {NAME, DEMONYM, METONYM}
            and not _known_person(part, index, places)
        ):
            index += place[2]
            continue
        ends_name = token.capital and best is not None and best[1] == index
        titles = token.capital or index + 1 < len(part)
        if token.low in TITLE_HEADS and titles and not ends_name:
            after_title = True
            index += 1
            continue
        if _joins_states(token, places):
            index = _name_end(part, index, places) + (token.low in NOT_NAMES)
            continue
        if token.capital and token.low not in _CAPITAL_NON_NAMES and token.low not in NOT_NAMES:
            last = _name_end(part, index, places)
            length = sum(1 for t in part[index:last] if t.capital)
            follows = part[last] if last < len(part) else None
            possessed = follows is not None and follows.low == "'s"
            if not possessed and (length >= 2 or after_title) and not _institution(part, last):
                candidate = (index, last)
                if best is None or after_title:
                    return candidate
            index = last
            continue
        if token.low not in {"of", "for", "to", "and", "&", "the"} and not token.capital:
            after_title = after_title and token.low in {"elect", "designate"}
        index += 1
    return best


def _known_person(part: Sequence[Token], index: int, places: Gazetteer) -> bool:
    """Whether a place's name begins a person's name that the register knows, such as Jordan."""
    name = " ".join(token.text for token in part[index : index + 2])
    return bool(places.people(name))


def _name_end(part: Sequence[Token], index: int, places: Gazetteer) -> int:
    last = index
    while last < len(part):
        token = part[last]
        if token.capital and token.low not in NOT_NAMES and token.low not in _CAPITAL_NON_NAMES:
            if (
                token.low in TITLE_HEADS
                and last > index
                and token.low
                not in {
                    "chair",
                    "king",
                    "prince",
                    "judge",
                    "major",
                    "bishop",
                    "pope",
                    "speaker",
                    "marshal",
                }
            ):
                break
            last += 1
        elif (
            token.low in NAME_PARTICLES
            and last + 1 < len(part)
            and (part[last + 1].capital or part[last + 1].low in NAME_PARTICLES)
            and last > index
        ):
            last += 1
        else:
            break
    return last


def _joins_states(token: Token, places: Gazetteer) -> bool:
    """Whether a word is a state and more, as in «US-South Korea» and «Ruritania-Graustark»."""
    first, hyphen, second = token.text.partition("-")
    return bool(hyphen) and second[:1].isupper() and places.named(first)


def _institution(part: Sequence[Token], last: int) -> bool:
    """Whether the capital run goes on with a word of an institution: it is no person."""
    return last < len(part) and part[last].capital and part[last].low in NOT_NAMES


def _office(text: str, tokens: Sequence[Token], name: str, places: Gazetteer) -> str:
    """The title as printed, without the state in front of it and without the name."""
    for part in _parts(tokens):
        words = list(part)
        heads = [
            i for i, t in enumerate(words) if t.low in TITLE_HEADS and t.low not in HONORIFICS
        ]
        if not heads:
            continue
        first = 0
        while first < heads[-1]:
            place = places.at(words, first)
            if place is not None:
                first += place[2]
            elif words[first].low in DETERMINERS or words[first].low == "'s":
                first += 1
            else:
                break
        last = heads[-1] + 1
        while last < len(words) and words[last].low in {"of", "for", "to", "in"}:
            stop = last + 1
            while (
                stop < len(words)
                and (words[stop].low in DETERMINERS or is_nominal(words[stop]))
                and not (name and text[words[stop].start : words[stop].end] == name.split()[0])
            ):
                stop += 1
            last = stop
        title = _joined(text, words[first:last])
        if name and name in title:
            title = title.split(name)[0].strip()
        if title:
            return title
    return ""


def _head(tokens: Sequence[Token]) -> str:
    """The last noun of the phrase before its first preposition."""
    head = ""
    for token in tokens:
        if token.low in PREPOSITIONS or token.text == "," or token.low in RELATIVES:
            if head:
                break
            continue
        if token.kind == "word" and token.low not in DETERMINERS and token.low != "'s":
            head = token.low
    return head


def _plural(tokens: Sequence[Token]) -> bool:
    head = _head(tokens)
    return (head.endswith("s") and not head.endswith("ss")) or head == "police"


def _joined(text: str, tokens: Sequence[Token]) -> str:
    return text[tokens[0].start : tokens[-1].end] if tokens else ""
