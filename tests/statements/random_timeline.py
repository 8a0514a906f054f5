"""Random statements and random addresses of the timeline, of invented people and words."""

from datetime import date, timedelta
from random import Random
from typing import Any

from statements.models import Difference, Event, Statement
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
_STATES = ("AAA", "BBB", "CCC")
_STANCES = ("condemns", "concerned", "supports", "unclear")
_FORMS = ("", "speech", "interview")
_DAYS = (date(2023, 11, 20), 500)  # the first, and how many follow


def make_statements(random: Random, number: int) -> None:
    """Write a small register and statements that take from it at random."""
    states = [ActorFactory(code=code) for code in _STATES]
    organs = [
        ActorFactory(code=f"{one.code}-MFA", kind="state_organ", parent=one) for one in states
    ]
    group = ActorFactory(code="X-GROUP", kind="bloc")
    group.members.create(member=states[0], end=date(2024, 6, 30))
    group.members.create(member=states[1])
    offices = [
        OfficeFactory(actor=one, title_kind=kind, speaker=SpeakerFactory(slug=f"ada-{n}"))
        for n, (one, kind) in enumerate(zip(states, ("president", "envoy", ""), strict=True))
    ]
    main = TreatyFactory(slug="ru-kp-2024")
    provisions = [
        *(ProvisionFactory(treaty=main, number=number) for number in ("3", "4")),
        ProvisionFactory(treaty__slug="other-pact", number="1"),
    ]
    owners = ("Invented Group", "")
    snapshots = [
        SnapshotFactory(
            article__source=SourceFactory(slug=f"courier-{n}", ownership_group=owners[n % 2])
        )
        for n in range(4)
    ]
    events = [EventFactory(slug="invented-summit"), None, None]
    for _ in range(number):
        statement = _statement(random, random.choice(events))
        for order in range(random.randint(0, 2)):
            office = random.choice([*offices, None])
            PartyFactory(
                statement=statement,
                actor=random.choice([*states, *organs, group, None]),
                speaker=office.speaker if office else None,
                office=office,
                name="Ada Example",
                role=random.choice(["speaker", "co_issuer", "addressee"]),
                order=order,
            )
        for provision in random.sample([*provisions, None], random.randint(0, 2)):
            PositionFactory(
                statement=statement,
                treaty=provision.treaty if provision else main,
                provision=provision,
                stance=random.choice(_STANCES),
                legal=random.choice(["none", "compatible"]),
            )
        for snapshot in random.sample(snapshots, random.randint(0, 2)):
            text = f"{snapshot.text}{statement.pk}\n"
            again = SnapshotFactory(article=snapshot.article, text=text)
            AttestationFactory(statement=statement, snapshot=again)
        for field in random.sample(["date", "words"], random.choice([0, 0, 1, 2])):
            Difference.objects.get_or_create(statement=statement, field=field)


def _statement(random: Random, event: Event | None) -> Statement:
    day = _DAYS[0] + timedelta(days=random.randrange(_DAYS[1]))
    precision = random.choice(["day", "day", "day", "month", "year", "range", "unknown"])
    status = random.choice(["published", "proposed", "second", "rejected"])
    known: dict[str, dict[str, Any]] = {
        "day": {"said_on": day},
        "month": {"said_on": day.replace(day=1)},
        "year": {"said_on": day.replace(month=1, day=1)},
        "range": {"said_on": day, "said_on_to": day + timedelta(days=random.randint(1, 40))},
        "unknown": {"said_on": None, "said_on_basis": "none"},
    }
    days = known[precision]
    if status in {"proposed", "rejected"}:
        days["published_at"] = None
    made: Statement = StatementFactory(
        text=" ".join(random.choices(WORDS, k=random.randint(2, 4))),
        language=random.choice(["en", "ko", "zh-hans"]),
        said_on_precision=precision,
        status="proposed" if status == "second" else status,
        form=random.choice(_FORMS),
        event=event,
        **days,
    )
    return made


_VALUES = {
    "actor": [*_STATES, *(f"{code}-MFA" for code in _STATES), "X-GROUP"],
    "speaker": ["ada-0", "ada-1", "ada-2"],
    "office": ["president", "envoy"],
    "stance": list(_STANCES),
    "legal": ["compatible"],
    "treaty": ["ru-kp-2024", "other-pact"],
    "article": ["3", "4", "other-pact.1"],
    "source": [f"courier-{n}" for n in range(4)],
    "owner": ["Invented Group"],
    "lang": ["en", "ko", "zh"],
    "form": ["speech", "interview"],
    "event": ["invented-summit"],
    "review": ["verified", "machine", "second"],
    "differs": ["date", "words"],
    "month": ["2024-01", "2024-06", "2025-02"],
}
_ENDS = ["2023", "2024", "2024-06", "2024-06-30", "2025-01", "2024-02-29"]


def random_params(random: Random) -> dict[str, list[str]]:
    """The parameters of an address that all are known."""
    params: dict[str, list[str]] = {}
    for key in random.sample(list(_VALUES), random.choice([0, 0, 1, 1, 2, 3])):
        values = random.sample(_VALUES[key], random.randint(1, min(2, len(_VALUES[key]))))
        params[random.choice([key, key, f"not_{key}"])] = values
    if "month" not in params and random.random() < 0.1:
        params[random.choice(["month", "not_month"])] = ["undated"]
    if random.random() < 0.3:
        first, last = sorted(random.sample(_ENDS, 2))
        ends = {"from": [first], "to": [last]}
        params |= random.choice([ends, {"from": [first]}, {"to": [last]}])
    if random.random() < 0.5:
        params["q"] = [_line(random)]
    return params


def _line(random: Random) -> str:
    one, two = random.sample(WORDS, 2)
    return random.choice([one, f"{one} {two}", f"{one} OR {two}", f"{one} -{two}", f"-{one}"])
