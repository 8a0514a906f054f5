"""Official transcripts: turns that name their speaker («MR. KIRBY:  …», «Q    …»)."""

from datetime import date

import regex

from statements.attribution.gazetteer import Gazetteer
from statements.attribution.headings import heading
from statements.attribution.values import Attribution, Voice

# A turn begins a line with a label in capitals and a colon, or with a lone Q.
_TURN = regex.compile(
    r"^[ \t]*(?:\*\*)?(?:(?P<label>(?:THE|MR|MS|MRS|DR|GEN|ADM|SEN|GOV|REP|COL|AMB|SECRETARY|PRESIDENT|"
    r"VICE|PRIME|CHANCELLOR|MINISTER|SENIOR|MODERATOR|OPERATOR|ADMIRAL|GENERAL|AMBASSADOR|[\p{Lu}’'-]+)"
    r"(?:[.]?[ \t]+[\p{Lu}’'.-]+){0,6}|MODERATOR|OPERATOR)(?:[ \t]*\([^)\n]{1,60}\))?[ \t]*:(?:\*\*)?"
    r"|(?P<question>Q)(?=[ \t]{2,}|:[ \t]|[ \t]+\())[ \t]*",
    regex.MULTILINE,
)
_FEWEST_TURNS = 4
_UNNAMED = regex.compile(
    r"^(?:Q|QUESTION|MODERATOR|OPERATOR|PARTICIPANT|AUDIENCE(?: MEMBER)?|ALL|CROWD|INTERPRETER)$"
)
_SHORT = {
    "MR",
    "MS",
    "MRS",
    "DR",
    "GEN",
    "ADM",
    "SEN",
    "GOV",
    "REP",
    "COL",
    "AMB",
    "MR.",
    "MS.",
    "MRS.",
    "DR.",
}
_STAGE = regex.compile(r"\s*\((?:[Ll]aughter|[Aa]pplause|[Cc]ross-?talk|[Ii]naudible)\.?\)\s*$")


def is_transcript(text: str) -> bool:
    """Whether the text consists of labelled turns."""
    turns = _TURN.findall(text[:200_000])
    return len(turns) >= _FEWEST_TURNS and len(turns) * 3000 > min(len(text), 200_000)


def attribute_transcript(
    text: str, places: Gazetteer, published_on: date | None
) -> list[Attribution]:
    """Return one direct statement for each turn; questions of unnamed people have no name."""
    turns = list(_TURN.finditer(text))
    head = text[: max(4000, turns[0].start() if turns else 0)]
    day, occasion = heading(text, turns[0].start() if turns else 0, published_on)
    known: dict[str, Voice] = {}
    found: list[Attribution] = []
    for turn, following in zip(turns, [*turns[1:], None], strict=True):
        start, end = turn.end(), following.start() if following else len(text)
        start, end = _trimmed(text, start, end)
        if start >= end:
            continue
        label = (turn["label"] or "Q").strip()
        if label not in known:
            known[label] = _speaker(label, text, head, places, published_on)
        named = known[label]
        voice = Voice(
            name=named.name, printed=label, start=turn.start(), end=turn.start() + len(turn.group().rstrip()),
            speaker_id=named.speaker_id, office=named.office, office_id=named.office_id,
            country=named.country, actor_id=named.actor_id, reason=named.reason,
        )  # fmt: skip
        found.append(
            Attribution(
                start=start, end=end, kind="direct",
                voices=(voice,) if named.name else (), rule="transcript turn", spans=((start, end),),
                cue=":", said_on=day.said_on, precision=day.precision, said_on_basis=day.basis,
                day_start=day.start, day_end=day.end, occasion=occasion,
                confidence="confident" if named.name else "doubtful",
            )
        )  # fmt: skip
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    body = _STAGE.sub("", text[start:end].rstrip())
    return start, start + len(body)


def _speaker(
    label: str, text: str, head: str, places: Gazetteer, published_on: date | None
) -> Voice:
    """Who a label means: the full name that the text or the register gives to it."""
    if _UNNAMED.match(label):
        return Voice(name="", reason="an unnamed voice of the transcript")
    words = [word for word in regex.split(r"[ \t]+", label) if word]
    names = [word for word in words if word.strip(".") not in _SHORT]
    if not names:
        return Voice(name=label.title(), reason="label of the turn")
    office_only = {
        "THE",
        "PRESIDENT",
        "VICE",
        "SENIOR",
        "ADMINISTRATION",
        "OFFICIAL",
        "PRIME",
        "MINISTER",
        "SECRETARY",
    }
    if set(names) <= office_only:
        return _by_office(" ".join(names), places, published_on)
    family = names[-1]
    people = [
        s for s in places.families(family) if any(o.held_on(published_on) for o in s.offices)
    ]
    spelled = "|".join(map(regex.escape, {family, _title_case(family)}))
    full = regex.search(rf"\b((?:\p{{Lu}}[\p{{L}}’'.-]+[ \u00a0]){{1,3}})(?:{spelled})\b", head)
    american = [s for s in people if any(o.actor.lower() in {"us", "usa"} for o in s.offices)]
    if len(people) == 1 or len(american) == 1:
        speaker = (people if len(people) == 1 else american)[0]
        office = next((o for o in speaker.offices if o.held_on(published_on)), None)
        actor = places.actors.get(office.actor) if office else None
        return Voice(
            name=speaker.name, speaker_id=speaker.id, office=office.title if office else "",
            office_id=office.id if office else None, country=actor.code if actor else "",
            actor_id=actor.id if actor else None, reason="family name of the label in the register",
        )  # fmt: skip
    if full is not None and full.group().upper() != label:
        return Voice(
            name=_without_titles(full.group()), reason="full name at the head of the text"
        )
    return Voice(name=" ".join(map(_title_case, names)), reason="label of the turn")


def _by_office(label: str, places: Gazetteer, published_on: date | None) -> Voice:
    """«THE PRESIDENT», «SENIOR ADMINISTRATION OFFICIAL»: the office of the house that speaks."""
    if "PRESIDENT" in label:
        wanted = "vice president" if "VICE" in label else "president"
        for speaker in places.speakers.values():
            for office in speaker.offices:
                if (
                    office.kind == wanted.replace(" ", "-")
                    and office.actor.lower() in {"us", "usa"}
                    and office.held_on(published_on)
                ):
                    actor = places.actors[office.actor]
                    return Voice(
                        name=speaker.name, speaker_id=speaker.id, office=office.title, office_id=office.id,
                        country=actor.code, actor_id=actor.id, reason="office of the label in the register",
                    )  # fmt: skip
    us = next((a for a in places.actors.values() if a.code == "US" and a.kind == "state"), None)
    return Voice(
        name=label.capitalize(), office=label.capitalize(), country="US" if us else "",
        actor_id=us.id if us else None, reason="label of the turn",
    )  # fmt: skip


def _title_case(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))


def _without_titles(name: str) -> str:
    return " ".join(
        word
        for word in name.split()
        if word.lower().strip(".")
        not in {
            "president",
            "secretary",
            "advisor",
            "adviser",
            "admiral",
            "general",
            "senator",
            "minister",
            "and",
            "by",
        }
    )
