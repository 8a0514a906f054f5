"""Random statements of invented people and words, over a small register."""

from datetime import date, timedelta
from random import Random
from typing import Any

from statements.models import Difference, Statement
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    EventFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    SnapshotFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
)

WORDS = ("grain", "harbour", "lantern", "meadow", "orchard", "pebble")
STATES = ("AAA", "BBB", "CCC")
STANCES = ("condemns", "concerned", "supports", "unclear")
FIELDS = ("date", "words")
_OFFICES = ("president", "envoy", "")
_DAYS = (date(2023, 11, 20), 500)  # the first, and how many follow


class RandomStatements:
    """A register, and rows that take from it at random; each method writes one row."""

    def __init__(self, random: Random, words: tuple[str, ...] = WORDS) -> None:
        self.random = random
        self._words = words
        states = [ActorFactory(code=code) for code in STATES]
        organs = [
            ActorFactory(code=f"{one.code}-MFA", kind="state_organ", parent=one)
            for one in states
        ]
        group = ActorFactory(code="X-GROUP", kind="bloc")
        group.members.create(member=states[0], end=date(2024, 6, 30))
        group.members.create(member=states[1])
        self.actors = [*states, *organs, group]
        self.offices = [
            OfficeFactory(actor=one, title_kind=kind, speaker=SpeakerFactory(slug=f"ada-{n}"))
            for n, (one, kind) in enumerate(zip(states, _OFFICES, strict=True))
        ]
        self.speakers = [one.speaker for one in self.offices]
        self._main = TreatyFactory(slug="ru-kp-2024")
        self._provisions = [
            *(ProvisionFactory(treaty=self._main, number=number) for number in ("3", "4")),
            ProvisionFactory(treaty__slug="other-pact", number="1"),
        ]
        owners = ("Invented Group", "")
        self.sources = [
            SourceFactory(slug=f"courier-{n}", ownership_group=owners[n % 2]) for n in range(4)
        ]
        self.events = [EventFactory(slug="invented-summit"), None, None]

    def words(self) -> str:
        return " ".join(self.random.choices(self._words, k=self.random.randint(2, 4)))

    def day(self) -> date:
        return _DAYS[0] + timedelta(days=self.random.randrange(_DAYS[1]))

    def when(self) -> dict[str, Any]:
        """A day of any exactness, as the fields of a statement have it."""
        exactness = self.random.choice(
            ["day", "day", "day", "month", "year", "range", "unknown"]
        )
        if exactness == "unknown":
            return {
                "said_on": None, "said_on_to": None, "said_on_precision": exactness,
                "said_on_basis": "none",
            }  # fmt: skip
        day = self.day()
        if exactness in {"month", "year"}:
            day = day.replace(day=1, month=1 if exactness == "year" else day.month)
        last = day + timedelta(days=self.random.randint(1, 89))
        return {
            "said_on": day, "said_on_to": last if exactness == "range" else None,
            "said_on_precision": exactness, "said_on_basis": "publication",
        }  # fmt: skip

    def statement(self) -> Statement:
        """One that is published, proposed, changed by an editor and not yet confirmed, or gone."""
        status = self.random.choice(
            ["published", "proposed", "second", "rejected", "withdrawn"]
        )
        never = status in {"proposed", "rejected"}
        published: dict[str, Any] = {"published_at": None} if never else {}
        made: Statement = StatementFactory(
            text=self.words(), status="proposed" if status == "second" else status,
            language=self.random.choice(["en", "ko", "zh-hans", ""]),
            form=self.random.choice(["", "speech", "interview"]),
            event=self.random.choice(self.events), **self.when(), **published,
        )  # fmt: skip
        return made

    def party(self, statement: int, order: int) -> None:
        PartyFactory(
            statement_id=statement, order=order, name="Ada Example",
            actor=self.random.choice([*self.actors, None]),
            speaker=self.random.choice([*self.speakers, None]),
            office=self.random.choice([*self.offices, None]),
            role=self.random.choice(["speaker", "speaker", "co_issuer", "addressee", "target"]),
        )  # fmt: skip

    def position(self, statement: int) -> None:
        provision = self.random.choice([*self._provisions, None])
        PositionFactory(
            statement_id=statement, treaty=provision.treaty if provision else self._main,
            provision=provision, stance=self.random.choice(STANCES),
            legal=self.random.choice(["none", "compatible"]),
            rule=f"test {self.random.random()}",
        )  # fmt: skip

    def report(self, statement: int) -> None:
        snapshot = SnapshotFactory(article__source=self.random.choice(self.sources))
        AttestationFactory(statement_id=statement, snapshot=snapshot)

    def difference(self, statement: int) -> None:
        field = self.random.choice(FIELDS)
        Difference.objects.get_or_create(statement_id=statement, field=field)


def make_statements(random: Random, number: int) -> None:
    """Write a small register and so many statements, each with up to two rows of each kind."""
    rows = RandomStatements(random)
    for _ in range(number):
        statement = rows.statement().pk
        for order in range(random.randint(0, 2)):
            rows.party(statement, order)
        for write in (rows.position, rows.report, rows.difference):
            for _ in range(random.randint(0, 2)):
                write(statement)
