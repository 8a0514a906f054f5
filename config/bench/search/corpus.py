"""Invented statements as a site has them: reported, coded and partly verified, in any number."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from django.utils import timezone

from config.bench.search import vocabulary
from config.bench.search.calendar import Burst, Calendar, calendar
from config.bench.search.judgements import positions, write_beside
from config.bench.search.register import FIRST_DAY, Register
from config.bench.search.reports import Page, capture, reports
from config.bench.search.rows import Insert, write_rows
from statements.models import Office, Party, Statement
from statements.public_ids import give_free_ids
from statements.sameness import fingerprint
from statements.search.entries import deferred

AT_ONCE = 1000  # statements in a transaction
_SEED = 20260603
_FORMS = [form for form in Statement.Form if form]


def fill(register: Register, count: int, say: Callable[[str], object]) -> float:
    """Write so many statements in the order of their days; return how many a second.

    Goes on where a run that was cut short ended. Memory stays that of one batch however many
    there are.
    """
    plan = calendar()
    done = Statement.objects.count()
    if done % AT_ONCE or done >= count:
        raise ValueError(f"Here are {done} statements already; give an empty folder.")
    began = told = time.perf_counter()
    for first in range(done, count, AT_ONCE):
        size = min(AT_ONCE, count - first)
        chance = np.random.default_rng([_SEED, first])
        days = plan.days(first / count, (first + size) / count, size)
        with deferred():
            write(register, plan, days, chance)
        if time.perf_counter() - told > 60:
            told = time.perf_counter()
            rate = (first + size - done) / (told - began)
            say(f"{first + size} statements, {rate:.0f} a second")
    return (count - done) / (time.perf_counter() - began)


def write(
    register: Register, plan: Calendar, days: list[int], chance: np.random.Generator
) -> list[Statement]:
    """Write one statement for each day of the corpus, with all that hangs on it."""
    return record(draft(register, plan, days, chance), register, chance)


@dataclass(frozen=True)
class Draft:
    """Statements that are not written yet, and the bursts that they belong to."""

    statements: list[Statement]
    bursts: list[Burst | None]


def draft(
    register: Register, plan: Calendar, days: list[int], chance: np.random.Generator
) -> Draft:
    """One statement for each day of the corpus."""
    bursts = [
        burst if burst and chance.random() < 1 - 1 / burst.weight else None
        for burst in (plan.burst_of[day] for day in days)
    ]
    rows = list(_statements(register, days, bursts, chance))
    give_free_ids(rows)
    return Draft(rows, bursts)


def record(
    draft: Draft,
    register: Register,
    chance: np.random.Generator,
    insert: Insert = write_rows,
    pages: list[Page] | None = None,
) -> list[Statement]:
    """Write the statements of a draft and all that hangs on them; `insert` writes new rows.

    The articles are captured as well, unless their `pages` are there.
    """
    rows: list[Statement] = insert(draft.statements)
    voices = insert(_voices(rows, register, draft.bursts, chance))
    if pages is None:
        pages = capture(rows, register, chance, insert)
    insert(reports(pages))
    insert(positions(rows, voices, register, draft.bursts, chance))
    write_beside(rows, register, chance, insert)
    return rows


# ------------------------------------------------------------------ what is said, and when


def _statements(
    register: Register,
    days: list[int],
    bursts: list[Burst | None],
    chance: np.random.Generator,
) -> Iterator[Statement]:
    languages = _languages(len(days), chance)
    words, translations = _words(languages, bursts, chance)
    draws = chance.random((len(days), 5))
    now = timezone.now()
    for row, (day, language) in enumerate(zip(days, languages, strict=True)):
        state, exactness, place, form, event = draws[row].tolist()
        translation = translations.get(row, "")
        yield Statement(
            text=words[row],
            language=language,
            translation=translation,
            translation_language="en" if translation else "",
            place=f"Zendastadt {int(place * 5000) % 90}" if place < 0.4 else "",
            form=_FORMS[int(form * len(_FORMS))],
            event=register.events[int(event * 1000) % len(register.events)]
            if event < 0.12
            else None,
            fingerprint=fingerprint(words[row]),
            # Said here and not left to the database: rows of plain values travel as arrays.
            proposed_at=now,
            changed_at=now,
            **_said_on(day, exactness),
            **_status(state, now),
        )


def _languages(count: int, chance: np.random.Generator) -> list[str]:
    names, shares = zip(*vocabulary.LANGUAGES.items(), strict=True)
    return [names[i] for i in chance.choice(len(names), size=count, p=shares)]


def _words(
    languages: list[str], bursts: list[Burst | None], chance: np.random.Generator
) -> tuple[list[str], dict[int, str]]:
    """The words of each statement, and of most that are not English a translation, by row."""
    words = [""] * len(languages)
    for language in vocabulary.LANGUAGES:
        rows = [row for row, own in enumerate(languages) if own == language]
        topics = [_topic(bursts[row], language) for row in rows]
        for row, text in zip(rows, vocabulary.texts(language, topics, chance), strict=True):
            words[row] = text
    translated = [
        row
        for row, language in enumerate(languages)
        if language != "en" and chance.random() < 0.7
    ]
    english = vocabulary.texts("en", [_topic(bursts[row], "en") for row in translated], chance)
    return words, dict(zip(translated, english, strict=True))


def _topic(burst: Burst | None, language: str) -> str | None:
    terms = list(vocabulary.TERMS[language])
    return terms[burst.topic % len(terms)] if burst else None


def _said_on(day: int, exactness: float) -> dict[str, object]:
    """A day for most; a month, a year, one of several days or nothing for some."""
    said_on, basis = FIRST_DAY + timedelta(days=day), Statement.DateBasis.EXPRESSION
    if exactness < 0.015:
        return {}
    if exactness < 0.035:
        exact = {"said_on": said_on.replace(day=1), "said_on_precision": "month"}
    elif exactness < 0.038:
        exact = {"said_on": said_on.replace(month=1, day=1), "said_on_precision": "year"}
    elif exactness < 0.048:
        last = said_on + timedelta(days=3)
        exact = {"said_on": said_on, "said_on_to": last, "said_on_precision": "range"}
    else:
        exact = {"said_on": said_on, "said_on_precision": "day"}
    return {**exact, "said_on_basis": basis}


def _status(state: float, now: object) -> dict[str, object]:
    """A quarter is verified; a few are changed since, rejected or withdrawn."""
    status = Statement.Status
    if state < 0.25:
        return {"status": status.PUBLISHED, "published_at": now}
    if state < 0.27:
        return {"status": status.PROPOSED, "published_at": now}
    if state < 0.29:
        return {"status": status.REJECTED, "status_reason": "Nobody said that."}
    if state < 0.30:
        return {"status": status.WITHDRAWN, "status_reason": "Nobody said that."}
    return {"status": status.PROPOSED}


# ------------------------------------------------------------------ by whom


def _voices(
    rows: list[Statement],
    register: Register,
    bursts: list[Burst | None],
    chance: np.random.Generator,
) -> Iterator[Party]:
    """One voice mostly, two to four of joint statements, and whom some are meant for."""
    draws = chance.random((len(rows), 6)).tolist()
    for row, burst, draw in zip(rows, bursts, draws, strict=True):
        joint, known, *who, heard = draw
        count = 2 + int(joint * 75) if joint < 0.04 else 1
        if count > 1:
            row.form = Statement.Form.JOINT_STATEMENT
        for order in range(count):
            role = Party.Role.CO_ISSUER if order else Party.Role.SPEAKER
            office = _office(register, burst, (who[order % 3] + order / 7) % 1, joint, order)
            yield _party(row, office, role, order, known >= 0.08)
        if heard < 0.1:
            whom = register.actors[int(heard * 10 * len(register.actors))]
            yield Party(statement=row, role=Party.Role.TARGET, actor=whom, name=whom.name)


def _office(
    register: Register, burst: Burst | None, who: float, other: float, order: int
) -> Office:
    """Who speaks: of a burst one of its states, else a state the oftener the earlier it stands."""
    if burst and who < 0.7:
        actor = burst.actors[int(who / 0.7 * len(burst.actors))]
    else:
        actor = int(len(register.actors) * who**2.2)
    held = register.offices[actor]
    return held[int(len(held) * ((who * 977 + other * 31 + order * 0.37) % 1) ** 2)]


def _party(row: Statement, office: Office, role: str, order: int, known: bool) -> Party:
    """A voice of the register, or one of the same body whose name the register does not know."""
    if not known:
        name = f"Envoy Zenda {row.pk % 400}"
        return Party(statement=row, role=role, order=order, actor_id=office.actor_id, name=name)
    return Party(
        statement=row,
        role=role,
        order=order,
        speaker_id=office.speaker_id,
        office=office,
        actor_id=office.actor_id,
        name=office.speaker.name,
        printed=f"{office.title_kind} {office.speaker.name}",
    )
