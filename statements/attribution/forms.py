"""In which form and where something was said, by the phrases of its occasion.

The nouns and the form that each stands for are `lexicon/occasions.csv`.
"""

from functools import cache

import regex

from statements.attribution.clauses import BLANK, SAID, Saying, belongs
from statements.attribution.gazetteer import METONYM, NAME, Gazetteer
from statements.attribution.values import Occasion
from statements.attribution.words import read_table

_ROWS = read_table("occasions.csv")
# Where a paper and a place to say something are named together, the more telling one counts.
_TELLING = [
    "joint_statement", "readout", "un_meeting", "press_conference", "interview", "speech", "post",
    "call", "hearing", "written_statement", "meeting", "remarks",
]  # fmt: skip
_NAME = r"\p{Lu}(?:[\p{L}\p{M}’'-]|\.(?=\p{L}|\s\p{Lu}))*"
_PLACE = (
    rf"(?:the\s+)?(?P<place>{_NAME}(?:\s+(?:(?:of|de|del|al|la|el|les)\s+)?{_NAME}){{0,3}})"
)
_CITY_OF = r"(?:(?:the|its)\s+(?:\p{L}[\p{L}’'-]*\s+){0,3}(?:capital|city|town|port|resort|village|island)(?:\s+of)?,?\s+)?"
_IN = regex.compile(rf"\bin\s+{_CITY_OF}{_PLACE}")
_VENUE = regex.compile(
    r"\b(?:at|from|outside|inside|in)\s+(?:the\s+)?"
    r"(?P<place>White House|Pentagon|Kremlin|State Department|Foreign Ministry|Blue House|Oval Office|"
    r"(?:(?:UN|U\.N\.|United Nations|NATO|EU)\s+headquarters)"
    r"|(?:\p{Lu}[\p{L}’'-]*\s+){1,4}(?:House|Palace|Hall|Hotel|University|Airport|Stadium|Embassy|Center|Centre|"
    r"Base|Academy|Institute|Club|Square|Church|Cathedral|Castle|Headquarters|headquarters)|Camp\s+\p{Lu}\p{L}+)\b"
)
_STATE_BEHIND = regex.compile(rf",\s+(?P<state>{_NAME}(?:\s+{_NAME})?)(?=[,.]|\s*$)")
_ATTRIBUTE = regex.compile(
    r"\s+(?!on|in|at|after|before|during|that|with|by|for|to|and|as|when|while|where|late|early|last|"
    r"this|earlier|yesterday|today|about|over|said|says|told|following|from|who|which|or|but|next|"
    r"amid|via|ahead|because|since|until|without|against|alongside)\p{Ll}"
)
_NAMED = regex.compile(r"(?:\p{Ll}+\s)?\p{Lu}\p{Ll}+\s+\p{Lu}")
# Kinds of actors whose names are those of places.
_PLACES = {"state", "observer", "territory", "region", "city", "other"}
_TAIL = 90  # characters behind an occasion in which its place is named
_DATES = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|"
    "Saturday|Sunday"
)
_EDGE = regex.compile(r"[,;:—–(]")
_DATE_BEHIND = regex.compile(rf"\s+(?:{_DATES})\b")
_NO_PLACE = regex.compile(
    rf"(?:{_DATES}|English|French|Spanish|German|Russian|Arabic|Chinese|Congress|Parliament|Senate|"
    r"House of|Court|Twitter|Facebook|Telegram|X|Instagram|I|He|She|It|They|Islam|Christianity)\b"
)


@cache
def _nouns(language: str, use: str) -> dict[str, str]:
    """Each form of the nouns of a use, folded, with the form of saying that it stands for."""
    return {
        form.strip().casefold(): row["form"]
        for row in _ROWS
        if row["lang"] == language and row["use"] == use
        for form in [row["phrase"], *row["forms"].split(";")]
        if form.strip()
    }


def _any(language: str, use: str) -> str:
    return "|".join(map(regex.escape, sorted(_nouns(language, use), key=len, reverse=True)))


_NO_ATTRIBUTE = (
    r"(?!(?:an?|the|of|to|in|on|at|with|for|from|by|and|or|but|he|she|it|they|who|that|which|as|was|"
    r"is|were|has|had|sent|gave|his|her|their)\b)"
)
_FEW_WORDS = rf"(?:{_NO_ATTRIBUTE}[\p{{L}}\d][\p{{L}}\d.’'-]*\s+){{0,5}}?"
_ARTICLE = (
    r"(?:a|an|the|his|her|its|their|this|that|another|one|recent|\p{Lu}\p{Ll}+(?:day)?[’']s)\s+"
)
_EN_NOUN = regex.compile(
    rf"\b(?:(?:in|at|during|throughout|via|through|by|according\s+to|to|on|from)\s+(?:{_ARTICLE})?{_FEW_WORDS}"
    rf"|(?:held|gave|gives|giving|hosted|delivered|delivering|addressed|addressing|issued|released|published|holding|issuing)\s+{_ARTICLE}{_FEW_WORDS})"
    rf"(?P<noun>{_any('en', 'noun')})\b(?![’']s?\s+\p{{L}}|-)",
    regex.I,
)  # fmt: skip
_EN_X = regex.compile(r"\b(?:on|via)\s+X\b(?!\s+\p{Lu}|-)")
_EN_TOLD = regex.compile(
    rf"\s*(?:{_ARTICLE})?(?:(?:the|a)\s+)?{_FEW_WORDS}(?P<noun>{_any('en', 'told')})\b", regex.I
)
_EN_SPEAKING = regex.compile(
    rf"\b(?:(?:speaking|spoke|remarks|comments|speech|appearing|appearance)\s+(?:\p{{L}}+\s+)?"
    rf"(?:at|to|before|during|with)|addressing|addressed|told|at|during|in)\s+(?:{_ARTICLE})?"
    rf"(?:[\p{{L}}\d][\p{{L}}\d.’'-]*\s+){{0,6}}?(?P<noun>{_any('en', 'speaking')}|{_any('en', 'told')})\b",
    regex.I,
)
_TELL = regex.compile(
    r"(?:tell|tells|told|telling|briefed|informed|assured|warned|reminded|address\w*)$", regex.I
)
_POSTING = regex.compile(r"(?:re)?tweet(?:s|ed|ing)?$|post(?:s|ed|ing)?$", regex.I)
_NETWORK = {
    "twitter", "facebook", "telegram", "instagram", "truth social", "weibo", "wechat", "vkontakte",
    "youtube", "tiktok", "bluesky", "linkedin", "social media", "telegram channel",
}  # fmt: skip
_BEHIND_HEAD = regex.compile(
    r",|\b(?:of|by|from|on|with|between|to|after|issued|released)\b", regex.I
)
_PAPERS = [
    noun
    for noun, form in _nouns("en", "noun").items()
    if form in {"joint_statement", "written_statement", "readout", "post"}
    and noun not in _NETWORK
]
_PAPER = regex.compile(
    rf"(?:^|\s)(?P<noun>{'|'.join(sorted(map(regex.escape, _PAPERS), key=len, reverse=True))})\s*$",
    regex.I,
)
_ONLY_ADDRESS = regex.compile(r"\b(?:an?|the|his|her)\s+(?:\p{L}+\s+){0,3}address$", regex.I)
_ONLY_ONLINE = regex.compile(r"\b(?:on|via|through)\b", regex.I)


def english_occasion(sentence: str, saying: Saying, places: Gazetteer) -> Occasion | None:
    """Return the form and the place of a saying, or None where neither is told.

    `sentence` has what was said blanked out; offsets count within it. The subject may tell the
    form by itself: «the joint statement said».
    """
    cue = saying.cue
    forms = [*_phrases(sentence, saying), *_addressees(sentence, cue)]
    if saying.subject is not None and (paper := _paper(sentence, saying.subject)):
        forms.append(paper)
    if _POSTING.match(sentence[cue[0] : cue[1]]):
        forms.append(Occasion("post", "", *cue))
    best = min(forms, key=lambda one: _TELLING.index(one.form), default=None)
    place = _place(sentence, saying, best, places)
    if best is None or place is None:
        return best or place
    start, end = best.start, best.end
    assert start is not None
    assert end is not None
    assert place.start is not None
    if place.start >= end and BLANK not in sentence[end : place.start]:
        end = place.end
    return Occasion(best.form, place.place, start, end)


def held_before(sentence: str, places: Gazetteer) -> Occasion | None:
    """The occasion that a sentence before the statement tells of: «She held a briefing in X.»"""
    for match in _EN_NOUN.finditer(sentence):
        form = _form_of(match)
        if form in {"press_conference", "interview", "speech", "joint_statement", "readout"}:
            found = Occasion(form, "", *match.span())
            place = _place_behind(sentence, match.end(), places)
            if place is None:
                return found
            return Occasion(form, place.place, match.start(), place.end)
    return None


def _phrases(sentence: str, saying: Saying) -> list[Occasion]:
    cue = saying.cue
    found = [
        Occasion(form, "", *match.span())
        for match in _EN_NOUN.finditer(sentence)
        if BLANK not in match.group()
        and (form := _form_of(match, cue))
        and (
            cue[0] < match.start() < cue[1]
            or belongs(sentence, match.span(), saying, loose=True)
        )
    ]
    found += [
        Occasion("post", "", *match.span())
        for match in _EN_X.finditer(sentence)
        if belongs(sentence, match.span(), saying, loose=True)
    ]
    for match in _EN_SPEAKING.finditer(sentence):
        at = match.span()
        told = at[0] == cue[0]
        if BLANK not in match.group() and (
            told or belongs(sentence, at, saying, loose=True) or at[0] < cue[0] < at[1]
        ):
            noun = _fold(match["noun"])
            form = _nouns("en", "speaking").get(noun) or _nouns("en", "told")[noun]
            if noun == "event" and match.group().casefold().startswith("in "):
                continue  # «in the event of an attack»
            if noun != "council" or "security council" in sentence.casefold():
                found.append(Occasion(form, "", *at))
    return found


def _form_of(match: "regex.Match[str]", cue: tuple[int, int] | None = None) -> str:
    noun, phrase = _fold(match["noun"]), match.group()
    if noun == "address" and not _ONLY_ADDRESS.search(phrase):
        return ""
    first = phrase.split()[0].casefold()
    if noun in _NETWORK:
        return "post" if _ONLY_ONLINE.search(phrase) else ""
    if first == "on" and noun != "sidelines":
        return ""  # «comments on the talks»
    of_cue = cue is not None and match.start() < cue[1]  # «according to a statement»
    if (
        first in {"to", "from", "by"}
        and not of_cue
        and noun not in {"press conference", "news conference"}
    ):
        return ""
    if noun == "sidelines" and first != "on":
        return ""
    return _nouns("en", "noun")[noun]


def _addressees(sentence: str, cue: tuple[int, int]) -> list[Occasion]:
    """«told the Security Council», «told reporters»."""
    if not _TELL.match(sentence[cue[0] : cue[1]].split(" ")[0]):
        return []
    match = _EN_TOLD.match(sentence, cue[1])
    if match is None or BLANK in match.group():
        return []
    noun = _fold(match["noun"])
    if noun == "council" and "security council" not in sentence.casefold():
        return []
    return [Occasion(_nouns("en", "told")[noun], "", cue[0], match.end())]


def _paper(sentence: str, subject: tuple[int, int]) -> Occasion | None:
    """The statement, readout or letter that is itself the subject of the cue."""
    phrase = sentence[subject[0] : subject[1]]
    head = _BEHIND_HEAD.split(phrase, maxsplit=1)[0]
    found = _PAPER.search(head)
    return Occasion(_nouns("en", "noun")[_fold(found["noun"])], "", *subject) if found else None


def _place(
    sentence: str, saying: Saying, occasion: Occasion | None, places: Gazetteer
) -> Occasion | None:
    """The place behind the occasion, or else beside the cue or at the head of the sentence."""
    if occasion is not None and occasion.end is not None:
        behind = _place_behind(sentence, occasion.end, places)
        if behind is not None and belongs(
            sentence, (behind.start or 0, behind.end or 0), saying, loose=True
        ):
            return behind
    for match in [*_VENUE.finditer(sentence), *_IN.finditer(sentence)]:
        at = match.span()
        if BLANK in match.group() or not _beside(sentence, at, saying):
            continue
        name = _named(sentence, match, places, city=at[0] < saying.cue[0])
        if name:
            return Occasion("", name, *at)
    return None


def _beside(sentence: str, at: tuple[int, int], saying: Saying) -> bool:
    """Whether a place stands right behind the cue and its addressee, or opens the sentence."""
    cue, subject = saying.cue, saying.subject
    if at[0] >= cue[1]:
        if (
            subject is not None
            and subject[0] >= cue[1]
            and not _NAMED.match(sentence, subject[0])
        ):
            return False  # «according to the police in Strelsau»
        between = sentence[cue[1] : at[0]]
        return (
            not regex.search(rf"[,;:{BLANK}{SAID}]", between)
            and len(between.split()) <= 5
            and belongs(sentence, at, saying, loose=False)
        )
    if regex.match(
        r"(?:\W*(?:[Ss]peaking|[Aa]rriving)\s+(?:\p{L}+\s+){0,4})$", _chunk(sentence, at[0])
    ):
        return True
    opens = not sentence[: at[0]].strip()
    return (
        opens
        and sentence[at[1] : at[1] + 1] == ","
        and belongs(sentence, at, saying, loose=True)
    )


def _chunk(sentence: str, end: int) -> str:
    """What stands before `end` in its part of the sentence."""
    chunk: str = _EDGE.split(sentence[:end])[-1]
    return chunk


def _place_behind(sentence: str, start: int, places: Gazetteer) -> Occasion | None:
    stop = regex.search(rf"[,;:{BLANK}{SAID}()]", sentence[start : start + _TAIL])
    end = start + (stop.start() if stop else _TAIL)
    for pattern in (_VENUE, _IN):
        for match in pattern.finditer(sentence, start, end):
            name = _named(sentence, match, places, city=False)
            if name:
                return Occasion("", name, *match.span())
    return None


def _named(sentence: str, match: "regex.Match[str]", places: Gazetteer, *, city: bool) -> str:
    """The name of the place, unless it is that of a month, a body, a person or a medium."""
    name: str = _DATE_BEHIND.split(match["place"])[0].rstrip(".,’'")
    if _NO_PLACE.match(name) or sentence[match.end() : match.end() + 2] in {"'s", "’s"}:
        return ""
    if match.re is _VENUE:
        return name  # a house that may also be an actor: «at the White House»
    if not _is_place(name, places, city=city) or _ATTRIBUTE.match(sentence, match.end()):
        return ""
    if of := _STATE_BEHIND.match(sentence, match.end()):
        within = places.called(of["state"])
        if within is not None and within[1] == NAME and within[0].kind in _PLACES:
            return f"{name}, {of['state']}"
    return name


def _is_place(name: str, places: Gazetteer, *, city: bool) -> bool:
    """Whether a name may be of a place; with `city` no state, which somebody is of or goes to."""
    known = places.called(name)
    if known is not None and known[1] != METONYM:
        return known[1] == NAME and known[0].kind in (_PLACES - {"state"} if city else _PLACES)
    invented = name.isupper() or name.startswith("The ")  # «LIVE», «The Daily Sample»
    return not invented and not places.people(name) and not places.families(name)


def _fold(words: str) -> str:
    folded: str = regex.sub(r"\s+", " ", words).casefold()
    return folded
