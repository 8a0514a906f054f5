"""A noun phrase that names a speaker, taken apart into title, name and state."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from statements.attribution.gazetteer import METONYM, STATES, Gazetteer
from statements.attribution.mentions import is_nominal
from statements.attribution.names import joins_states, person_in, serves
from statements.attribution.offices import Title
from statements.attribution.register import RegisterActor
from statements.attribution.titles import read_title
from statements.attribution.tokens import Token
from statements.attribution.words import (
    DETERMINERS,
    GENDERED,
    INSTITUTION_WORDS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    TITLE_HEADS,
)

# A capital's name before one of these is the name of a paper, a school or a firm.
_TOWN_WORDS = frozenset(
    ["post", "times", "university", "institute", "school", "college", "daily", "news", "airport",
     "marathon", "stock", "exchange", "bank", "review", "journal", "tribune", "examiner", "globe"]
)  # fmt: skip
_RELATIVES = frozenset(["who", "which", "whose", "whom"])
_LEADING = frozenset(
    ["leader", "chair", "chairman", "chairwoman", "head", "member", "director"]
)
# Kinds of actors whose name before a body's says whose it is.
_OWNING = STATES | {"historical", "territory", "region", "city"}

# «those around him», «one in five»: a determiner that carries the phrase.
_SPEAKING = {"those", "one", "some", "many", "most", "others", "few", "all", "both", "another"}


@dataclass(frozen=True)
class Mention:
    """A phrase that names somebody. `kind` is pronoun, name or description.

    `name` is a person's name without titles (kind name), else the phrase without its article.
    `title` is the office it prints, `owner` the state or body for which that is held, as far as
    the phrase says. `actors` are the states and bodies named in it, in order, with the kind of
    name used. `own` are the words of a description without the state in front: «ministry» of
    «Ruritania's ministry», and nothing of «Ruritania»; `possessor` is who stands before «'s».
    """

    start: int
    end: int
    printed: str
    kind: str
    name: str
    title: Title | None = None
    head: str = ""
    gender: str = ""
    plural: bool = False
    owner: RegisterActor | None = None
    own: str = ""
    possessor: str = ""
    actors: tuple[tuple[RegisterActor, str], ...] = field(default=())

    @property
    def office(self) -> str:
        """The office in its normal form, or empty."""
        return self.title.office if self.title else ""


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
    actors = _actors(tokens, places)
    gender = next((GENDERED[t.low] for t in tokens if t.low in GENDERED), "")
    parts = _parts(tokens) or [list(tokens)]
    # «Speaking to a paper, the minister …»: a part that begins so holds the speaker last.
    for number in sorted(range(len(parts)), key=lambda n: _is_adjunct(parts[n])):
        part = parts[number]
        found = person_in(part, places)
        if found is not None:
            first, last = found
            title, owner = _title_beside(text, parts, number, found, places)
            return Mention(
                start, end, printed, "name", _joined(text, part[first:last]), title=title,
                head=_head(tokens), gender=gender, owner=owner, actors=actors,
            )  # fmt: skip
    body = list(_proper_part(parts) or tokens)
    while (
        len(body) > 1
        and body[0].low in DETERMINERS
        and (body[0].low not in _SPEAKING or body[1].low not in PREPOSITIONS)
        and body[0].low not in {"two", "three", "several"}
    ):
        body = body[1:]
    body = _without_owner(_without_verb(_first_part(body)) or list(tokens))
    title = next((t for part in parts if (t := read_title(text, part, places))), None)
    head = _head(tokens)
    if title is not None and _heads_no_title(parts[0], head):
        title = None  # «the fiancée of a Ruritanian journalist» is no journalist
    owner = title.owner if title else _owner_of(parts[0], places) if actors else None
    return Mention(
        start, end, printed, "description", _joined(text, body), title=title,
        head=head, gender=gender, plural=_plural(tokens), owner=owner, actors=actors,
        own=_own_words(text, body, places), possessor=_possessor(tokens),
    )  # fmt: skip


def _heads_no_title(part: Sequence[Token], head: str) -> bool:
    """Whether the titles of a phrase stand behind «of» and its first noun is another."""
    link = next((i for i, t in enumerate(part) if t.low == "of"), len(part))
    titled = any(t.low in TITLE_HEADS for t in part[:link])
    return link < len(part) and not titled and head not in TITLE_HEADS


def _owner_of(part: Sequence[Token], places: Gazetteer) -> RegisterActor | None:
    """Whose a body is: the state in front of its noun, or just behind «of»."""
    link = next((i for i, t in enumerate(part) if t.low in PREPOSITIONS), len(part))
    for actor, _, first, _ in places.within(part):
        before = [t for t in part[link + 1 : first] if t.low not in DETERMINERS]
        if first < link or not before or part[link].low in {"in", "at"}:
            return actor
    return None


def _proper_part(parts: list[list[Token]]) -> list[Token]:
    """The proper name behind a common noun: «one of these groups, the Harbour Front»."""
    if len(parts) < 2 or any(t.capital for t in parts[0][1:]):
        return []
    if parts[0][0].low not in {"these", "one", "another", "a", "an"}:
        return []
    named = [t for t in parts[1] if t.low not in DETERMINERS]
    return parts[1] if len(named) > 1 and all(t.capital for t in named) else []


def _possessor(tokens: Sequence[Token]) -> str:
    owner = next((i for i, t in enumerate(tokens) if t.low == "'s"), 0)
    return tokens[owner - 1].text if owner and tokens[owner - 1].capital else ""


def _own_words(text: str, body: Sequence[Token], places: Gazetteer) -> str:
    """A description without the states and organisations that stand in front."""
    first = 0
    while first < len(body):
        place = places.at(body, first)
        if place is not None and (place[0].kind in _OWNING or first + place[2] == len(body)):
            first += place[2]
        elif body[first].low == "'s" or body[first].low in DETERMINERS:
            first += 1
        else:
            break
    return _joined(text, body[first:])


def _is_adjunct(part: Sequence[Token]) -> bool:
    first = part[0].low
    return len(part) > 1 and (first.endswith("ing") or first in PREPOSITIONS)


def _actors(
    tokens: Sequence[Token], places: Gazetteer
) -> tuple[tuple[RegisterActor, str], ...]:
    """The states and bodies named. «The Ruritania-Graustark alliance» names neither alone, and
    «the Strelsau Times» is no government."""
    if any(joins_states(token, places) for token in tokens):
        return ()
    found = []
    for actor, kind, first, used in places.within(tokens):
        after = tokens[first + used] if first + used < len(tokens) else None
        if kind == METONYM and after is not None and after.capital and after.low in _TOWN_WORDS:
            continue
        found.append((actor, kind))
    return tuple(found)


def served_by(title: Title | None, tokens: Sequence[Token]) -> Sequence[Token]:
    """The phrase that names whom an office serves: «President Bo Sample» behind «aide to»."""
    if title is None:
        return ()
    heads = [i for i, t in enumerate(tokens) if t.low in TITLE_HEADS and serves(tokens, i)]
    return tokens[heads[0] :] if heads else ()


def _title_beside(
    text: str,
    parts: list[list[Token]],
    number: int,
    name: tuple[int, int],
    places: Gazetteer,
) -> tuple[Title | None, RegisterActor | None]:
    """The title of the person named in a part of a phrase, and for whom it is held."""
    part = parts[number]
    before, behind = part[: name[0]], part[name[1] :]
    title = read_title(text, before, places)
    owner = title.owner if title else _last_actor(before, places)
    for other in [*parts[number + 1 :], *parts[:number]]:
        if title is not None and owner is not None:
            break
        beside = read_title(text, other, places)
        title = title or beside
        owner = owner or (beside.owner if beside else None)
    if behind and behind[0].low in {"of", "from"}:
        owner = _owner_behind(behind, places) or owner
        body = body_title(text, behind, places)
        if title is None:
            title = body
        elif body is not None:
            title = with_body(title, body)
    return title, owner


def with_body(title: Title, body: Title) -> Title:
    """«leader» and «of the Harbour Party» together, where the one needs the other."""
    if title.head not in _LEADING or " of " in title.office:
        return title
    return replace(title, office=f"{title.office} of {body.office}")


def _last_actor(tokens: Sequence[Token], places: Gazetteer) -> RegisterActor | None:
    """The state just before a name without a title: «the Ruritanian Bo Sample»."""
    last = None
    for actor, _, first, used in places.within(tokens):
        near = all(t.kind == "word" and is_nominal(t) for t in tokens[first + used :])
        last = actor if near else last
    return last


def _owner_behind(tokens: Sequence[Token], places: Gazetteer) -> RegisterActor | None:
    """The state in «President Bo Sample of Ruritania», and in «of the Board of Ruritania»."""
    return next((actor for actor, _, _, _ in places.within(tokens)), None)


def body_title(text: str, behind: Sequence[Token], places: Gazetteer) -> Title | None:
    """«of the Harbour Board» behind a name: whose body is named instead of a post."""
    body = [t for t in _first_part(behind[1:]) if t.kind == "word" or t.low == "'s"]
    while body and (body[0].low in DETERMINERS or not (body[0].capital or body[0].low == "'s")):
        if len(body) > 1 and body[1].low == "'s":
            body = body[1:]
        body = body[1:]
    run = [t for t in body if t.capital or t is body[-1]]
    known = next((actor for actor, _, _, _ in places.within(body)), None)
    named = known is not None and known.kind in {"party", "armed", "organ", "organisation"}
    if not named and (len(run) < 2 or not any(t.low in INSTITUTION_WORDS for t in run)):
        return None
    name = _joined(text, body)
    return Title(name, name, "", known)


def _without_verb(body: list[Token]) -> list[Token]:
    """A phrase without a verb left at its end: «the embassy declined»."""
    last = body[-1] if len(body) > 1 else None
    if last is not None and last.low.endswith("ed") and not last.capital and len(last.low) > 5:
        return body[:-1]
    return body


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
        relative = token.low in _RELATIVES and not token.text.isupper()  # the WHO is none
        if token.text in {",", "(", ")", "—", "–"} or relative:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _first_part(tokens: Sequence[Token]) -> list[Token]:
    parts = _parts(tokens)
    return parts[0] if parts else []


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
