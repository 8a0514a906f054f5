"""A page costs a fixed number of queries, however much it shows."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sources.models import Job
from statements.disputes import leave_note
from statements.models import Statement
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    FeedFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

BUDGET = 12  # queries, of a page that a guest reads
MOST = 20  # queries, the session's and the reader's own among them


def asked(client: Client, path: str) -> list[str]:
    """The queries that a page asks. What begins, ends and limits a transaction asks nothing."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    every = [without_settings(query["sql"]) for query in captured.captured_queries]
    return [sql for sql in every if sql and not sql.startswith(("SAVEPOINT", "RELEASE"))]


def without_settings(sql: str) -> str:
    """The query that settings of its transaction may stand before; '' when there is none."""
    sql = sql.lstrip()
    while sql.startswith("SET "):
        sql = sql.partition(";")[2].lstrip()
    return sql


@pytest.fixture
def many() -> dict[str, object]:
    """A dozen statements by a dozen speakers of one actor, in one article and in others."""
    actor = ActorFactory(code="EXA")
    provision = ProvisionFactory(number="1", treaty__slug="pact")
    text = "".join(f"“Invented words number {n:02}.”\n" for n in range(12))
    shared = SnapshotFactory(text=text)
    for number in range(12):
        party = PartyFactory(
            actor=actor,
            statement__text=f"What number {number} shows.",
            statement__status="proposed",
            statement__published_at=None,
        )
        OfficeFactory(speaker=party.speaker, actor=actor)
        start = text.index(f"Invented words number {number:02}.")
        AttestationFactory(
            statement=party.statement,
            snapshot=shared,
            start=start,
            end=start + 25,
            words=text[start : start + 25],
        )
        AttestationFactory(statement=party.statement)
        matter = {"treaty": provision.treaty, "provision": provision, "stance": "condemns"}
        PositionFactory(statement=party.statement, **matter)
        coder = UserFactory()
        coded = PositionFactory(statement=party.statement, **matter, coder=coder, rule="")
        note = leave_note(coded, "No.", by=coder, address=None)
        FeedFactory(source=shared.article.source)
        Job.objects.create(kind="read", key=f"read:{number}", subject=shared.pk)
    for number in range(12):
        report = AttestationFactory(statement=party.statement)
        later = SnapshotFactory(article=report.snapshot.article, text=f"Version {number}.\n")
        VisitFactory(snapshot=later, outcome="changed")
        VisitFactory(snapshot=SnapshotFactory(article=shared.article, text=f"{number}. {text}"))
        SpeakerFactory()
    for number in range(12):
        Statement.objects.filter(pk=party.statement.pk).update(place=f"Zenda {number}")
    return {
        "statement": party.statement.public_id,
        "article": shared.article_id,
        "source": shared.article.source.slug,
        "position": coded.pk,
        "note": note.public_id,
        "speaker": party.speaker.slug,
    }


@pytest.mark.parametrize(
    "path",
    [
        "/s/{statement}/",
        "/s/{statement}.json",
        "/s/{statement}/history/",
        "/s/{statement}/history/?from=1&to=3",
        "/s/{statement}/v/3/",
        "/s/{statement}/v/3.json",
        "/changes/",
        "/history/",
        "/articles/{article}/",
        "/speakers/",
        "/speakers/{speaker}/",
        "/actors/",
        "/actors/EXA/",
        "/treaties/",
        "/treaties/pact/",
        "/treaties/pact/articles/1/",
        "/sources/",
        "/sources/{source}/",
        "/status/",
        "/ingest/",
        "/review/",
        "/review/{statement}/",
        "/review/names/",
        "/s/{statement}/dispute/{position}/",
        "/disputes/{note}/",
        "/review/disputes/",
        "/review/disputes/{note}/",
        "/method/",
    ],
)
def test_no_page_asks_once_for_each_row(path: str, many: dict[str, object]) -> None:
    editor = UserFactory()
    editor.groups.add(Group.objects.get(name="editor"))
    client = Client()
    client.force_login(editor)
    # What a process keeps as long as the register does not change is not of the page.
    client.get(path.format(**many))

    # What a process keeps of the register is there from its first page on.
    assert client.get(path.format(**many)).status_code == 200

    queries = asked(client, path.format(**many))
    assert len(queries) <= MOST, [sql[:80] for sql in queries]


@pytest.mark.parametrize(
    "path",
    [
        "/s/{statement}/",
        "/s/{statement}/history/",
        "/s/{statement}/history/?from=1&to=3",
        "/s/{statement}/v/3/",
        "/changes/",
        "/speakers/{speaker}/",
        "/treaties/pact/",
        "/treaties/pact/articles/1/",
        "/method/",
    ],
)
def test_a_page_of_the_ledger_keeps_to_its_budget(path: str, many: dict[str, object]) -> None:
    """As `./run bench ledger` holds it, for a reader whom nobody needs to look up."""
    client = Client()
    client.get(path.format(**many))

    # Of pages that nobody has seen, and of those whose text is another now, it asks once each.
    more = 2 if path == "/s/{statement}/" else 0
    queries = asked(client, path.format(**many))
    assert len(queries) <= BUDGET + more, [sql[:80] for sql in queries]


@pytest.mark.parametrize("query", ["q=keep", "q=invented", "q=keep+OR+invented"])
def test_cards_found_by_other_reports_keep_to_the_budget(
    query: str, many: dict[str, object]
) -> None:
    client = Client()
    assert b">In Invented Courier" in client.get(f"/statements/?{query}").content

    queries = asked(client, f"/statements/?{query}")

    assert len(queries) <= BUDGET, [sql[:80] for sql in queries]
