"""What the invented statements are about, who says so, and what else hangs on them."""

from collections.abc import Iterator

import numpy as np
from django.contrib.auth.models import User

from config.bench.search.calendar import Burst
from config.bench.search.register import Register
from config.bench.search.rows import Insert
from statements.models import Difference, EventMention, Party, Position, Review, Statement

_STANCES = [stance for stance in Position.Stance if stance != Position.Stance.UNCLEAR]
_LEGALS = list(Position.Legal)


def positions(
    rows: list[Statement],
    voices: list[Party],
    register: Register,
    bursts: list[Burst | None],
    chance: np.random.Generator,
) -> Iterator[Position]:
    """The machine codes most, a seventh of them on two treaties, and people what is verified."""
    speaks = {voice.statement_id: voice.actor_id for voice in voices if voice.actor_id}
    draws = chance.random((len(rows), 6)).tolist()
    for row, burst, draw in zip(rows, bursts, draws, strict=True):
        which, article, stance, legal, second, coded = draw
        if which < 0.15:
            continue
        place = (speaks.get(row.pk, 0) * 7) % len(_STANCES)
        usual = _STANCES[int(place if stance < 0.6 else stance * 1000) % len(_STANCES)]
        treaty = burst.treaty if burst and article < 0.8 else int(40 * (which - 0.15) ** 2)
        for add in range(2 if second < 0.14 else 1):
            about = (treaty + add * 3) % len(register.treaties)
            held = register.provisions[about]
            yield from _codes(
                Position(
                    statement=row,
                    treaty=register.treaties[about],
                    provision=held[int(article * 7919) % len(held)] if article < 0.35 else None,
                    object=Position.Object.TREATY,
                    stance=usual,
                    legal=_LEGALS[int(legal * 80) % 7] if legal < 0.2 else Position.Legal.NONE,
                    rule="bench",
                    version="1",
                    coded_at=row.changed_at,
                ),
                register.coder if row.published_at and coded < 0.4 else None,
            )


def _codes(by_rule: Position, coder: User | None) -> Iterator[Position]:
    """The machine's code, and of some the same by a person."""
    yield by_rule
    if coder:
        yield Position(
            statement=by_rule.statement,
            treaty=by_rule.treaty,
            provision=by_rule.provision,
            object=by_rule.object,
            stance=by_rule.stance,
            legal=by_rule.legal,
            coder=coder,
            coded_at=by_rule.coded_at,
        )


def write_beside(
    rows: list[Statement], register: Register, chance: np.random.Generator, insert: Insert
) -> None:
    """What else hangs on statements: events, in what reports differ, who verified them."""
    draws = chance.random(len(rows)).tolist()
    insert(
        EventMention(
            statement=row,
            event=register.events[row.pk % len(register.events)],
            where=Position.Where.WORDS,
            printed="the summit",
            version="bench",
        )
        for row, draw in zip(rows, draws, strict=True)
        if draw < 0.1
    )
    insert(
        Difference(statement=row, field="date")
        for row, draw in zip(rows, draws, strict=True)
        if draw > 0.98
    )
    insert(
        Review(
            statement=row,
            decision=Review.Decision.PUBLISH,
            by=register.editor,
            before={"status": "proposed", "version": 1},
            after={"status": "published", "version": 1},
            at=row.changed_at,
        )
        for row in rows
        if row.published_at
    )
