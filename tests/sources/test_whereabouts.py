"""Whatever address is asked for, what is known about it is said, and no network is asked."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from sources.models import Article, ArticleAlias, Feed, HostState, Job
from sources.reasons import REASONS
from sources.whereabouts import Finding, Kind, whereabouts
from tests.factories import (
    ArticleFactory,
    FeedFactory,
    GivenSnapshotFactory,
    SnapshotFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

URL = "http://news.example/pact"
THEN = datetime(2026, 6, 3, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_name_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only numeric addresses may be parsed: a name would have to be asked for."""
    parse = socket.getaddrinfo

    def numeric_only(*args: Any, **options: Any) -> Any:
        if not options.get("flags", 0) & socket.AI_NUMERICHOST:
            raise AssertionError(f"a name was looked up: {args}")
        return parse(*args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", numeric_only)


def kinds(url: str = URL) -> list[Kind]:
    return [finding.kind for finding in whereabouts(url)]


def the(kind: Kind, url: str = URL) -> Finding:
    [finding] = [one for one in whereabouts(url) if one.kind == kind]
    return finding


def job(article: Article, **values: Any) -> Job:
    return Job.objects.create(
        **{
            "kind": Job.Kind.CAPTURE,
            "key": f"capture:{Job.objects.count()}",
            "subject": article.pk,
            "created_at": THEN,
            **values,
        }
    )


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://news.example/", "does not start with http"),
        ("news.example/pact", "does not start with http"),
        ("http://", "names no host"),
        ("http://ada:secret@news.example/", "holds a user name"),
        ("http://news.example/a b", "a space"),
    ],
)
def test_what_is_no_address_says_why(url: str, why: str) -> None:
    [finding] = whereabouts(url)

    assert finding.kind == Kind.NOT_AN_ADDRESS
    assert why in finding.sentence
    assert finding.next_step


@pytest.mark.parametrize("url", ["http://127.0.0.1/x", "http://localhost/"])
def test_an_address_that_is_never_fetched_says_so(url: str) -> None:
    assert "private or reserved network" in the(Kind.NEVER_FETCHED, url).sentence
    assert "another port" in the(Kind.NEVER_FETCHED, "http://news.example:8080/").sentence


def test_a_host_of_nobody_is_said_to_be_nobodys() -> None:
    assert kinds() == [Kind.UNKNOWN, Kind.SOURCE]
    assert "No source here has its pages on news.example" in the(Kind.SOURCE).sentence


def test_an_unseen_address_names_the_source_and_its_feeds() -> None:
    source = SourceFactory(name="Invented Courier", homepage="https://www.news.example/")
    FeedFactory(source=source, url="http://a.example/1.xml", succeeded_at=THEN)
    FeedFactory(source=source, url="http://a.example/2.xml")
    FeedFactory(source=source, url="http://a.example/3.xml", enabled=False)

    found = whereabouts(URL)

    assert [one.kind for one in found] == [Kind.UNKNOWN, Kind.SOURCE, Kind.FEED, Kind.FEED]
    assert found[1].source == source
    assert found[2].sentence == (
        "Its feed http://a.example/1.xml (RSS) was last read well on 3 June 2026, 10:00 UTC."
    )
    assert found[3].sentence == "Its feed http://a.example/2.xml (RSS) was never read well."


def test_a_source_is_known_by_the_host_of_its_feed_too() -> None:
    feed = FeedFactory(url="http://news.example/feed.xml")

    assert the(Kind.SOURCE).source == feed.source


def test_a_failing_feed_says_why_and_what_to_do() -> None:
    FeedFactory(
        url="http://news.example/feed.xml",
        failures=3,
        error_code="not-found",
        error_text="Away.",
    )

    finding = the(Kind.FEED)

    assert finding.sentence.endswith("Away.")
    assert finding.next_step == REASONS["not-found"].next_step


def test_a_source_whose_feeds_are_off_says_so() -> None:
    FeedFactory(url="http://news.example/feed.xml", enabled=False)

    assert "None of its 1 feeds is switched on" in the(Kind.FEED).sentence


def test_a_source_without_a_feed_says_so() -> None:
    source = SourceFactory(homepage="http://news.example/")
    Feed.objects.create(source=source, url="by-hand:1", kind=Feed.Kind.BY_HAND)

    assert "It has no feed" in the(Kind.FEED).sentence


def test_a_captured_article_says_where_it_was_seen() -> None:
    feed = FeedFactory(url="http://a.example/1.xml", source__name="Invented Courier")
    article = ArticleFactory(url=URL, feed=feed, source=feed.source, found_at=THEN)
    SnapshotFactory(article=article, fetched_at=THEN)

    found = whereabouts(URL + "?utm_source=mail#top")

    assert [one.kind for one in found] == [Kind.SEEN, Kind.CAPTURED]
    assert found[0].article == article
    assert found[0].sentence == (
        "Seen in the feed http://a.example/1.xml of Invented Courier on 3 June 2026, 10:00 UTC."
    )
    assert found[1].sentence == "Its page was captured on 3 June 2026, 10:00 UTC and read."


@pytest.mark.parametrize(
    ("values", "how"),
    [
        (
            lambda: {"added_by": UserFactory(username="grace")},
            "Added for Invented Courier by grace",
        ),
        (lambda: {"by_hand": True}, "Added for Invented Courier by hand"),
        (dict, "Seen in a feed of Invented Courier that is not here any more"),
    ],
)
def test_how_an_article_came_here_is_said(
    values: Callable[[], dict[str, object]], how: str
) -> None:
    ArticleFactory(url=URL, source__name="Invented Courier", **values())

    assert the(Kind.SEEN).sentence.startswith(how)


def test_a_capture_that_is_not_read_yet_says_so() -> None:
    SnapshotFactory(article=ArticleFactory(url=URL), text="", read_at=None)

    assert "not read yet" in the(Kind.CAPTURED).sentence


def test_a_text_given_by_hand_is_said_to_be() -> None:
    GivenSnapshotFactory(article=ArticleFactory(url=URL))

    assert the(Kind.CAPTURED).sentence.startswith("The text was given by hand on ")


@pytest.mark.parametrize(
    ("asked", "kind", "value"),
    [
        ("http://news.example/old", "url", "http://news.example/old"),
        ("http://news.example/?p=7", "guid", "http://news.example/?p=7"),
        ("http://news.example/x?utm_id=1", "url", "http://news.example/x?utm_id=1"),
    ],
)
def test_another_name_leads_to_its_article(asked: str, kind: str, value: str) -> None:
    article = ArticleFactory(url=URL)
    ArticleAlias.objects.create(article=article, source=article.source, kind=kind, value=value)

    finding = the(Kind.ALIAS, asked)

    assert finding.article == article
    assert URL in finding.sentence


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("http://www.news.example/pact", URL),
        ("https://news.example/pact?utm_source=mail", URL),
        (URL, "https://www.news.example/pact"),
    ],
)
def test_an_address_that_differs_in_www_or_scheme_only_leads_to_its_article(
    asked: str, known: str
) -> None:
    article = ArticleFactory(url=known)
    ArticleFactory(url="http://news.example/pact-else")

    found = whereabouts(asked)

    assert [one.kind for one in found] == [Kind.ALIKE, Kind.SEEN, Kind.FORGOTTEN]
    assert known in found[0].sentence
    assert {one.article for one in found} == {article}


def test_of_two_spellings_that_are_known_the_very_one_is_told() -> None:
    ArticleFactory(url="https://www.news.example/pact")
    article = ArticleFactory(url=URL)

    assert kinds() == [Kind.SEEN, Kind.FORGOTTEN]
    assert the(Kind.SEEN).article == article


@pytest.mark.parametrize(
    ("state", "words"), [("gone", "The page is gone"), ("walled", "The page is behind a wall")]
)
def test_a_page_that_is_away_says_since_when(state: str, words: str) -> None:
    SnapshotFactory(article=ArticleFactory(url=URL, state=state, state_since=THEN))

    finding = the(Kind.AWAY)

    assert finding.sentence == f"{words} since 3 June 2026, 10:00 UTC."
    assert finding.next_step


def test_an_article_without_work_is_said_to_be_forgotten() -> None:
    ArticleFactory(url=URL)

    assert kinds() == [Kind.SEEN, Kind.FORGOTTEN]


def test_due_work_says_since_when_it_waits() -> None:
    job(ArticleFactory(url=URL))

    assert the(Kind.WAITING).sentence == (
        "The work of fetching its page waits since 3 June 2026, 10:00 UTC. "
        "It is due: the next free worker takes it up."
    )


def test_work_that_is_tried_again_says_why_and_when() -> None:
    waiting = job(
        ArticleFactory(url=URL),
        state=Job.State.WAITING,
        reason_code="robots-unknown",
        reason_text="The site's robots.txt could not be read. (news.example)",
        not_before=datetime(2126, 6, 3, 12, tzinfo=UTC),
    )

    finding = the(Kind.WAITING)

    assert waiting.reason_text in finding.sentence
    assert finding.sentence.endswith("It is taken up after 3 June 2126, 12:00 UTC.")
    assert finding.next_step == REASONS["robots-unknown"].next_step


def test_a_page_that_is_missing_is_said_to_be_tried_just_once_more() -> None:
    job(
        ArticleFactory(url=URL),
        state=Job.State.WAITING,
        reason_code="not-found",
        not_before=datetime(2126, 6, 3, 12, tzinfo=UTC),
    )

    assert the(Kind.WAITING).sentence.endswith(
        "The page is not there. It is tried once more after 3 June 2126, 12:00 UTC."
    )


def test_work_waits_for_the_turn_of_its_host() -> None:
    job(ArticleFactory(url=URL))
    host = HostState.objects.create(
        host="news.example", next_allowed_at=datetime(2126, 6, 3, tzinfo=UTC)
    )
    assert "news.example is left alone until 3 June 2126" in the(Kind.WAITING).sentence

    host.next_allowed_at = THEN
    host.token_until = timezone.now() + timedelta(minutes=1)
    host.save()
    assert "Another request has its turn" in the(Kind.WAITING).sentence


def test_work_in_hand_says_so() -> None:
    job(
        ArticleFactory(url=URL),
        state=Job.State.LEASED,
        lease_token="00000000-0000-0000-0000-000000000001",
        lease_until=timezone.now(),
    )

    assert the(Kind.WORKED_ON).sentence == "A worker is fetching its page now."


def test_a_further_look_is_planned_and_nothing_is_wrong() -> None:
    snapshot = SnapshotFactory(article=ArticleFactory(url=URL))
    job(snapshot.article, not_before=datetime(2126, 6, 3, tzinfo=UTC))

    assert kinds() == [Kind.SEEN, Kind.CAPTURED, Kind.PLANNED]
    assert "looked at again after 3 June 2126" in the(Kind.PLANNED).sentence


@pytest.mark.parametrize("state", ["blocked", "rejected", "dead", "cancelled"])
def test_work_that_ended_badly_says_why_and_what_to_do(state: str) -> None:
    ended = job(ArticleFactory(url=URL), state=state, reason_code="not-found", finished_at=THEN)

    finding = the(Kind.ENDED_BADLY)

    assert finding.job == ended
    assert finding.sentence == (
        "The work of fetching its page ended badly on 3 June 2026, 10:00 UTC. "
        "The page is not there."
    )
    assert finding.next_step == REASONS["not-found"].next_step


def test_only_the_newest_work_of_a_kind_counts() -> None:
    article = ArticleFactory(url=URL)
    job(article, state=Job.State.DEAD, reason_code="not-found")
    job(article, state=Job.State.DONE)
    snapshot = SnapshotFactory(article=article)
    job(snapshot, kind=Job.Kind.READ, state=Job.State.REJECTED, reason_code="wall")

    assert kinds() == [Kind.SEEN, Kind.CAPTURED, Kind.ENDED_BADLY]
    assert "reading its text" in the(Kind.ENDED_BADLY).sentence


def test_the_last_known_rules_of_the_host_are_told() -> None:
    host = HostState.objects.create(
        host="news.example", robots="User-agent: *\nDisallow: /pact", robots_status=200
    )
    assert the(Kind.FORBIDDEN).next_step == REASONS["robots"].next_step
    assert Kind.FORBIDDEN not in kinds("http://news.example/else")

    host.robots_status = 503
    host.save()
    assert the(Kind.RULES_UNKNOWN).sentence == REASONS["robots-unknown"].sentence

    host.robots_status = 404
    host.save()
    assert set(kinds()) == {Kind.UNKNOWN, Kind.SOURCE}
