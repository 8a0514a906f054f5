"""Whatever editors decide in whatever order, undoing it newest first leads back to the start."""

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import connection

from history.models import Change
from statements import merging, review
from statements.models import Actor, Match, Party, Speaker, Statement, Treaty
from statements.register_merging import merge_entries
from statements.register_splitting import parts_of, split_entry
from statements.register_withdrawing import withdraw_entry
from statements.review import ReviewError
from statements.separating import separate
from statements.splitting import split
from statements.undoing import undo
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    EventFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

# What editors decide about; what an act made and left behind is told by its status.
TABLES = [
    *["party", "attestation", "position", "eventmention", "speakername", "office"],
    *["actorname", "membership", "event_speakers", "event_actors", "treaty_parties"],
    *["match", "flag"],
]
LASTING = ["statement", "speaker", "actor"]


def rows(table: str) -> dict[int, str]:
    """Every row of a table as text, by key, without versions and times."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, (to_jsonb(t) - '{{version,changed_at}}'::text[])::text "
            f"FROM statements_{table} t"
        )
        return dict(cursor.fetchall())


class Desk:
    """A small register with statements, and editors who decide at random."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.editors = [UserFactory() for _ in range(2)]
        actors = [ActorFactory() for _ in range(3)]
        actors.append(ActorFactory(parent=actors[0]))
        treaty, event = TreatyFactory(), EventFactory()
        treaty.parties.set(actors[:2])
        event.actors.set(actors[1:3])
        speakers = [SpeakerFactory() for _ in range(4)]
        for speaker in speakers:
            speaker.names.create(text=f"Alias of {speaker}")
            OfficeFactory(speaker=speaker, actor=self.random.choice(actors), title="Envoy")
        event.speakers.set(speakers[:2])
        for _ in range(5):
            statement = StatementFactory(status="proposed", published_at=None)
            for _ in range(self.random.randint(1, 3)):
                report = AttestationFactory(statement=statement)
            PositionFactory(
                statement=statement, treaty=treaty, snapshot=report.snapshot, spans=[[2, 5]]
            )
            speaker = self.random.choice(speakers)
            PartyFactory(
                statement=statement,
                speaker=speaker,
                office=speaker.offices.first(),
                actor=self.random.choice(actors),
            )
            if self.random.random() < 0.4:
                other = self.random.choice(speakers)
                PartyFactory(statement=statement, speaker=other, role="co_issuer", order=1)
            statement.event_mentions.create(event=event, where="words", printed="text")
        first, second, *_ = Statement.objects.order_by("pk")
        Match.objects.create(statement=first, other=second, verdict="perhaps", score=60)

    def decide(self) -> str:
        """Make one decision, chosen at random, and return its name; '' when it was refused."""
        decisions: list[Callable[[User], object]] = [
            self.publish, self.reject, self.withdraw, self.edit, self.name, self.code, self.merge,
            self.split, self.merge_speakers, self.merge_actors, self.withdraw_entry,
            self.split_speaker, self.split_actor, self.separate, self.flag, self.unflag,
        ]  # fmt: skip
        decision = self.random.choice(decisions)
        try:
            decision(self.random.choice(self.editors))
        except ReviewError:
            return ""
        return decision.__name__

    def statement(self) -> Statement:
        return self.random.choice(list(Statement.objects.order_by("pk")))

    def speaker(self) -> Speaker:
        return self.random.choice(list(Speaker.objects.order_by("pk")))

    def actor(self) -> Actor:
        return self.random.choice(list(Actor.objects.order_by("pk")))

    def publish(self, by: User) -> None:
        review.publish(self.statement(), by)

    def reject(self, by: User) -> None:
        review.reject(self.statement(), by, "No statement.")

    def withdraw(self, by: User) -> None:
        review.withdraw(self.statement(), by, "Retracted.")

    def edit(self, by: User) -> None:
        place = self.random.choice(["Strelsau", "Zenda", "Hentzau"])
        text = self.random.choice(["We keep to the text", "keep to the text", "the text alone"])
        review.edit(self.statement(), by, place=place, text=text)

    def name(self, by: User) -> None:
        statement, speaker = self.statement(), self.speaker()
        party = statement.parties.first()
        taking = review.Taking(party, Party.Role.SPEAKER, speaker.name, speaker)
        review.name_parties(statement, [taking], by)

    def code(self, by: User) -> None:
        stance = self.random.choice(["condemns", "supports", "neutral"])
        treaty = self.random.choice([Treaty.objects.get(), None])
        about = self.random.choice(["troops", "dialogue"])
        review.code(self.statement(), treaty, stance, by, about=about)

    def merge(self, by: User) -> None:
        merging.merge(self.statement(), self.statement(), by, "Same words.")

    def split(self, by: User) -> None:
        statement = self.statement()
        split(statement, statement.attestations.all()[:1], by, "Other words.")

    def separate(self, by: User) -> None:
        separate(self.statement(), self.statement(), by, "Another day.")

    def flag(self, by: User) -> None:
        review.flag(self.statement(), by, self.random.choice(["Which bridge?", "Who?"]))

    def unflag(self, by: User) -> None:
        review.unflag(self.statement(), by)

    def merge_speakers(self, by: User) -> None:
        merge_entries(self.speaker(), self.speaker(), by, "One person.")

    def merge_actors(self, by: User) -> None:
        merge_entries(self.actor(), self.actor(), by, "One state.")

    def withdraw_entry(self, by: User) -> None:
        successor = self.speaker() if self.random.random() < 0.5 else None
        withdraw_entry(self.speaker(), by, "A ship.", successor)

    def split_speaker(self, by: User) -> None:
        speaker, number = self.speaker(), Speaker.objects.count()
        new = Speaker(slug=f"other-{number}", name=f"Other {number}")
        chosen = [*speaker.offices.all()[:1], *speaker.parties.all()[:1]]
        split_entry(speaker, new, by, "Two people.", chosen)

    def split_actor(self, by: User) -> None:
        actor, number = self.actor(), Actor.objects.count()
        new = Actor(code=f"X-OTHER-{number}", name=f"Other {number}", kind="state")
        rows = [row for part in parts_of(actor) for row in part.rows]
        chosen = self.random.sample(rows, len(rows) // 2)
        split_entry(actor, new, by, "Two states.", [*chosen, *actor.parties.all()[:1]])


def acts() -> list[UUID]:
    """The acts so far, newest first."""
    found = (
        Change.objects.filter(act__isnull=False).order_by("-pk").values_list("act", flat=True)
    )
    return list(dict.fromkeys(act for act in found if act))


@pytest.mark.parametrize("four_eyes", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_undoing_newest_first_leads_back(seed: int, four_eyes: bool, settings: Any) -> None:
    settings.REVIEW_FOUR_EYES = four_eyes
    desk = Desk(seed)
    tables = [*TABLES, *LASTING]
    before = {table: rows(table) for table in tables}
    versions = dict(Statement.objects.values_list("pk", "version"))
    states: list[dict[str, dict[int, str]]] = []
    made: list[str] = []
    while len(made) < 12:
        states.append({table: rows(table) for table in TABLES})
        if decision := desk.decide():
            made.append(decision)
        else:
            states.pop()
    decided, third = acts(), UserFactory()
    after = {table: rows(table) for table in tables}
    assert len(decided) == len(made)

    for act, decision, state in zip(decided, reversed(made), reversed(states), strict=True):
        undo(act, third)
        assert {table: rows(table) for table in TABLES} == state, decision

    for table in LASTING:
        now = rows(table)
        assert {key: now[key] for key in before[table]} == before[table]
    standing = Statement.objects.exclude(pk__in=before["statement"])
    assert not standing.on_timeline().exists()
    assert not Speaker.objects.standing().exclude(pk__in=before["speaker"]).exists()
    assert not Actor.objects.standing().exclude(pk__in=before["actor"]).exists()
    for key, version in Statement.objects.values_list("pk", "version"):
        assert version >= versions.get(key, 1)

    # And all of it again, by undoing every undo.
    for act in acts()[: len(made)]:
        undo(act, third)
    assert {table: rows(table) for table in tables} == after
