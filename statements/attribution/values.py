"""What the attribution says: frozen values over offsets into the text it was given."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Voice:
    """One speaker of a statement.

    `printed` are the words that carry the attribution («he», «the minister»), at `start` to
    `end`, or empty with None when nothing is printed. `name` is the resolved clean name: no
    title, no apposition. `speaker_id`, `office_id` and `actor_id` are ids of the register.
    `office` is its normal form without state and tense, `office_printed` the words of the text,
    `office_tense` empty, former or acting. `country` is ISO 3166 alpha-2 of the state spoken for, or an organisation's short name.
    `state_printed` is the state or organisation that the article itself gives with the office,
    written as `country` is. `is_body`: no person is named, but a state, a body or some of its
    people. `posts` are the offices (ids of `titles.csv`) that the register has
    the person hold on that day. `reason` says how the words led to this voice.
    """

    name: str
    printed: str = ""
    start: int | None = None
    end: int | None = None
    speaker_id: str | None = None
    office: str = ""
    office_printed: str = ""
    office_tense: str = ""
    office_id: str | None = None
    country: str = ""
    actor_id: str | None = None
    state_printed: str = ""
    posts: tuple[str, ...] = ()
    is_body: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Occasion:
    """Where and in which form something was said, as the text prints it at `start` to `end`.

    `form` is a value of `Statement.Form` or empty, `place` the name of a place or empty.
    `carried` says that the phrase stands with an earlier sentence of the same speaker.
    """

    form: str = ""
    place: str = ""
    start: int | None = None
    end: int | None = None
    carried: bool = False


@dataclass(frozen=True)
class Attribution:
    """One statement found in a text: `text[start:end]` are its words, never rewritten.

    `spans` are the unbroken pieces of a split quotation. `kind` is direct, mixed or indirect;
    `confidence` confident, likely or doubtful; `rule` the frame that found it. `via` names the
    medium that the text credits, `modality` is empty for what was plainly said.

    `said_on` is the first day of what is known of the date, `precision` day, month, year or
    unknown; `said_on_basis` is weekday, expression, occasion (a day named with an earlier
    sentence of the same speaker), publication or none. `day_start` to `day_end` print it.
    """

    start: int
    end: int
    kind: str
    voices: tuple[Voice, ...]
    rule: str
    spans: tuple[tuple[int, int], ...] = ()
    cue: str = ""
    cue_start: int | None = None
    cue_end: int | None = None
    said_on: date | None = None
    precision: str = "unknown"
    said_on_basis: str = "none"
    day_start: int | None = None
    day_end: int | None = None
    occasion: Occasion | None = None
    confidence: str = "likely"
    warnings: tuple[str, ...] = field(default=())
    via: str = ""
    modality: str = ""
