"""A first form of direct and reported speech in Russian, Korean and Japanese."""

from bisect import bisect_right
from datetime import date
from functools import lru_cache

import regex

from statements.attribution.days import day_said
from statements.attribution.gazetteer import Gazetteer
from statements.attribution.marks import Quote, find_quotes
from statements.attribution.occasions import near_verb, occasion, occasion_of
from statements.attribution.register import RegisterActor, RegisterSpeaker
from statements.attribution.values import Attribution, Voice
from statements.attribution.words import CUES

_SCRIPTS = {
    "ru": regex.compile(r"\p{Cyrillic}"),
    "ko": regex.compile(r"\p{Hangul}"),
    "ja": regex.compile(r"[\p{Hiragana}\p{Katakana}]"),
}
_LETTER = regex.compile(r"\p{L}")
_SENTENCE = regex.compile(
    r"[^\n]+?(?:[.!?…。！？]+[»”」』\"]?(?=\s|$|(?<=[。！？」]))|(?=\n)|$)"
)


def foreign_language(text: str) -> str:
    """Return ru, ko or ja when most letters are of its script, else the empty string."""
    sample = text[:5000]
    letters = len(_LETTER.findall(sample)) or 1
    for language, script in _SCRIPTS.items():
        share = len(script.findall(sample)) / letters
        # Less than half is enough: names of outlets and menus are often in Latin letters.
        if share > (0.25 if language == "ja" else 0.35):
            return language
    return ""


def _forms(language: str) -> "regex.Pattern[str]":
    forms = [
        form
        for row in CUES
        if row["lang"] == language and row["kind"] == "verb"
        for form in [row["lemma"], *row["forms"].split(";")]
        if form
    ]
    longest_first = sorted(set(forms), key=len, reverse=True)
    edge = r"\b" if language == "ru" else ""
    return regex.compile(edge + "(?:" + "|".join(map(regex.escape, longest_first)) + ")" + edge)


_CUE = {language: _forms(language) for language in _SCRIPTS}
_STOP = regex.compile(r"[.!?…]+(?=\s)|[。！？]")
_THAT = regex.compile(r",\s+что\s+")
_PARTICLE = {
    "ko": regex.compile(r"(?:다|라|자|냐)고\s"),
    "ja": regex.compile(r"と[^と。]{0,6}$"),
}
_TOPIC = {
    "ko": regex.compile(r"(?<=\p{Hangul}{2})(?:은|는|이|가)\s"),
    "ja": regex.compile(r"は、?"),
}
_TITLE = {
    "ru": r"(?:президент|министр|премьер|глава|представитель|посол|секретарь|лидер|советник|замминистра|официальный представитель)\w*",
    "ko": r"(?:대통령|총리|장관|차관|대변인|대사|국장|실장|위원장|보좌관|의원|수석)",
    "ja": r"(?:大統領|首相|外相|防衛相|官房長官|長官|報道官|大使|局長|総書記|大臣|次官|議長|氏|さん)",
}
_NAME = {
    "ru": regex.compile(r"\p{Lu}\p{Ll}+(?:-\p{L}+)?(?:\s+\p{Lu}\p{Ll}+(?:-\p{L}+)?){1,2}"),
    "ko": regex.compile(
        r"(?P<name>[\p{Hangul}]{2,4}(?:\s[\p{Hangul}]{2,4})?)\s(?:[\p{Hangul}]{0,12}\s?){0,3}?(?P<title>[\p{Hangul}]{0,8}"
        + _TITLE["ko"]
        + r")(?:은|는|이|가)?"
    ),
    "ja": regex.compile(
        r"(?P<name>[\p{Han}\p{Katakana}ー・=]{2,12}?)(?P<title>[\p{Han}]{0,6}"
        + _TITLE["ja"]
        + r")"
    ),
}


def attribute_foreign(
    text: str, places: Gazetteer, published_on: date | None
) -> list[Attribution]:
    """Return quotations with a reporting verb in their sentence, and clauses after «что»."""
    language = foreign_language(text)
    found: list[Attribution] = []
    last: Voice | None = None
    seen: set[str] = set()
    for sentence in _sentences(text):
        start, end = sentence
        printed = text[start:end]
        if printed in seen:
            continue
        seen.add(printed)
        for attribution in _sentence(text, start, end, language, places, published_on, last):
            found.append(attribution)
            last = attribution.voices[0] if attribution.voices else last
    return found


def _sentences(text: str) -> list[tuple[int, int]]:
    """Sentences by their stops outside of quotation marks, within lines."""
    spans: list[tuple[int, int]] = []
    position = 0
    for line in text.split("\n"):
        begin, end = position, position + len(line)
        position = end + 1
        inside = [(q.start, q.end) for q in find_quotes(text, begin, end)]
        start = begin
        for match in _STOP.finditer(text, begin, end):
            if _quoted(inside, match.start()):
                continue
            spans.append((start, match.end()))
            start = match.end()
        if text[start:end].strip():
            spans.append((start, end))
    return [_stripped(text, span) for span in spans if text[span[0] : span[1]].strip()]


def _quoted(inside: list[tuple[int, int]], position: int) -> bool:
    """Whether a place lies in one of the passages, which stand in reading order."""
    last = bisect_right(inside, position, key=lambda passage: passage[0]) - 1
    return last >= 0 and position < inside[last][1]


def _stripped(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _sentence(
    text: str, start: int, end: int, language: str, places: Gazetteer,
    published_on: date | None, last: Voice | None,
) -> list[Attribution]:  # fmt: skip
    quotes = [q for q in find_quotes(text, start, end) if q.inner_end - q.inner_start >= 6]
    inside = [(q.start, q.end) for q in quotes]
    cues = [
        m for m in _CUE[language].finditer(text, start, end) if not _quoted(inside, m.start())
    ]
    if not cues:
        return []
    cue = cues[-1] if language in {"ko", "ja"} else cues[0]
    outside = _outside(text, start, end, inside)
    # In Korean and Japanese the topic speaks; whoever else is named is spoken about.
    topic = _TOPIC[language].search(outside) if language in _TOPIC else None
    speaking = outside[: topic.end()] if topic else outside
    voice = _voice(speaking, start, cue, language, places, published_on) or last
    if voice is None:
        return []
    told = start + topic.end() if topic and start + topic.end() <= cue.start() else start
    told, when = occasion(text, told, end, language)
    pieces = inside
    kind = "direct"
    rule = f"{language}: Q with a cue"
    if not pieces or not _is_speech(text, quotes, language):
        clause = _clause(text, told, end, cue, language)
        if clause is None:
            return []
        pieces = [clause]
        kind = "mixed" if quotes else "indirect"
        rule = f"{language}: clause with a cue"
    told_at = occasion_of(text, (start, end), pieces, language)
    near = (
        near_verb(text, start, end, cue.span()) if language == "ru" else [when] if when else []
    )
    day = day_said(text, near, published_on, language)
    return [
        Attribution(
            start=pieces[0][0], end=pieces[-1][1], kind=kind, voices=(voice,), rule=rule,
            spans=tuple(pieces), cue=cue.group(), cue_start=cue.start(), cue_end=cue.end(),
            said_on=day.said_on, precision=day.precision, said_on_basis=day.basis,
            day_start=day.start, day_end=day.end, occasion=told_at,
            confidence="likely" if voice.speaker_id else "doubtful",
        )
    ]  # fmt: skip


def _outside(text: str, start: int, end: int, inside: list[tuple[int, int]]) -> str:
    printed = text[start:end]
    for a, b in inside:
        printed = printed[: a - start] + "\x00" * (b - a) + printed[b - start :]
    return printed


def _is_speech(text: str, quotes: list[Quote], language: str) -> bool:
    """Whether the quotes are whole sayings rather than single words or titles."""
    if language in {"ko", "ja"}:
        longest = max((q.inner_end - q.inner_start for q in quotes), default=0)
        return longest >= 8
    return max((len(text[q.inner_start : q.inner_end].split()) for q in quotes), default=0) >= 4


def _clause(
    text: str, start: int, end: int, cue: "regex.Match[str]", language: str
) -> tuple[int, int] | None:
    """The reported clause: behind «что» in Russian, else from `start` to the verb's particle."""
    if language == "ru":
        link = _THAT.search(text, cue.end(), end)
        if link is None or link.start() - cue.end() > 120:
            return None
        return link.end(), end - 1 if text[end - 1] in ".!?" else end
    before = text[start : cue.start()]
    link = _PARTICLE[language].search(before)
    if link is None:
        return None
    last = start + link.start() + (1 if language == "ko" else 0)
    return (start, last) if last - start >= 8 else None


def _voice(
    outside: str, start: int, cue: "regex.Match[str]", language: str, places: Gazetteer,
    published_on: date | None,
) -> Voice | None:  # fmt: skip
    """The speaker: a person of the register by native name, else a name with a title, else a state."""
    hits: list[tuple[int, str, RegisterSpeaker]] = []
    for form, speaker in _people(places, language):
        at = outside.find(form)
        if at >= 0 and _active(speaker, published_on):
            hits.append((at, form, speaker))
    if hits:
        at, form, speaker = _nearest(hits, cue.start() - start, language)
        office = next((o for o in speaker.offices if o.held_on(published_on)), None)
        actor = places.actors.get(office.actor) if office else None
        state = places.state_of(actor) if actor else None
        return Voice(
            name=speaker.name, printed=outside[at : at + len(form)], start=start + at,
            end=start + at + len(form), speaker_id=speaker.id,
            office=office.title if office else "", office_id=office.id if office else None,
            country=state.code if state else "", actor_id=state.id if state else None,
            reason="native name in the register",
        )  # fmt: skip
    match = _NAME[language].search(outside)
    state = _state(outside, places)
    if match:
        name = match["name"] if language != "ru" else match.group()
        return Voice(
            name=name, printed=match.group(), start=start + match.start(), end=start + match.end(),
            office=match["title"] if language != "ru" else "", country=state.code if state else "",
            actor_id=state.id if state else None, reason="name with a title",
        )  # fmt: skip
    if state is not None:
        return Voice(
            name=state.name, country=state.code, actor_id=state.id, reason="state named"
        )
    return None


@lru_cache(maxsize=8)
def _people(places: Gazetteer, language: str) -> list[tuple[str, RegisterSpeaker]]:
    """The people of the register by each of their names in a language's script."""
    script = _SCRIPTS[language]
    return [
        (form, speaker)
        for speaker in places.speakers.values()
        for name in speaker.names
        if (language == "ja" or script.search(name)) and not name.isascii()
        for form in _native_forms(name, language)
    ]


def _native_forms(name: str, language: str) -> list[str]:
    """The name, and in Russian its family name with the endings of the cases stripped."""
    if language == "ru":
        family = name.split()[-1]
        return [name, family] if len(family) >= 4 else [name]
    return [name]


def _nearest(
    hits: list[tuple[int, str, RegisterSpeaker]], cue: int, language: str
) -> tuple[int, str, RegisterSpeaker]:
    """In Russian the name next to the verb speaks; in Korean and Japanese the topic, first."""
    if language == "ru":
        return min(hits, key=lambda hit: (abs(hit[0] - cue), -len(hit[1])))
    return min(hits, key=lambda hit: (hit[0], -len(hit[1])))


def _active(speaker: RegisterSpeaker, published_on: date | None) -> bool:
    return any(o.held_on(published_on) for o in speaker.offices) or not speaker.offices


def _state(outside: str, places: Gazetteer) -> RegisterActor | None:
    best: tuple[int, RegisterActor] | None = None
    for stem, actor in _states(places):
        at = outside.find(stem)
        if at >= 0 and (best is None or at < best[0]):
            best = (at, actor)
    return best[1] if best else None


@lru_cache(maxsize=4)
def _states(places: Gazetteer) -> list[tuple[str, RegisterActor]]:
    """The states by their names in other scripts, Cyrillic ones without their ending."""
    return [
        (name[:-1] if _SCRIPTS["ru"].search(name) and len(name) > 4 else name, actor)
        for actor in places.actors.values()
        if actor.kind == "state"
        for name in actor.names
        if len(name) > 1 and not name.isascii()
    ]
