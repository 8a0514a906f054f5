"""When most hosts are silent at once, none of them is blamed for it."""

import socket
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sources import jobs
from sources.fetching import HostBusy, NetworkDown, fetch, network_is_down
from sources.models import Feed, HostState, Job
from sources.polling import poll_now
from sources.reasons import REASONS
from tests.factories import FeedFactory
from tests.sources.fetching.wire import code_of
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def silent(site: Site, settings: Any) -> list[str]:
    """Addresses of this machine at which nobody listens, and which may be fetched."""
    ports = []
    for _ in range(6):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            ports.append(listener.getsockname()[1])
    hosts = [f"127.0.0.1:{port}" for port in ports]
    settings.FETCH_ALLOWED_PRIVATE = [site.address, *hosts]
    return [f"http://{host}/a" for host in hosts]


def asked(host: str, minutes: float, *, answered: bool, **values: Any) -> None:
    """A host that was asked so many minutes ago."""
    moment = timezone.now() - timedelta(minutes=minutes)
    name = "answered_at" if answered else "unreachable_at"
    HostState.objects.create(host=host, **{name: moment}, **values)


def test_each_answer_and_each_silence_is_noted(site: Site, silent: list[str]) -> None:
    site.pages["/a"] = Page(status=500)
    assert code_of(site.url("/a")) == "server-error"
    assert code_of(silent[0]) == "connection-failed"

    answering = HostState.objects.get(host=site.address)
    assert answering.answered_at is not None
    assert answering.unreachable_at is None
    lost = HostState.objects.get(host=silent[0].split("/")[2])
    assert lost.answered_at is None
    assert lost.unreachable_at is not None


def test_the_fourth_silent_host_is_not_to_blame(silent: list[str]) -> None:
    assert [code_of(url) for url in silent[:3]] == ["connection-failed"] * 3
    assert not network_is_down()

    with pytest.raises(NetworkDown) as caught:
        fetch(silent[3])

    assert caught.value.code == "network-down"
    assert caught.value.retry_after == 60
    assert network_is_down()
    assert isinstance(caught.value, HostBusy)  # so that no attempt is counted
    assert REASONS["network-down"].next_step


def test_a_name_that_is_not_found_is_a_silence_too(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*args: Any, **options: Any) -> Any:
        raise socket.gaierror(socket.EAI_AGAIN, "temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)

    codes = [code_of(f"http://{name}.example/") for name in "abcde"]
    assert codes == ["name-not-found"] * 3 + ["network-down"] * 2


def test_it_closes_by_itself(site: Site, silent: list[str], settings: Any) -> None:
    site.html("/a", "One", "text")
    for url in silent[:4]:
        code_of(url)
    assert network_is_down()

    assert fetch(site.url("/a")).status == 200  # each ask is made, and what answers is told
    assert network_is_down()  # four of five
    HostState.objects.filter(host=silent[0].split("/")[2]).update(answered_at=timezone.now())
    assert not network_is_down()


@pytest.mark.parametrize(
    ("silences", "answers", "down"),
    [(4, 0, True), (4, 3, True), (4, 4, False), (3, 0, False), (5, 4, True), (9, 9, False)],
)
def test_more_than_half_and_at_least_four(silences: int, answers: int, down: bool) -> None:
    for number in range(silences):
        asked(f"{number}.silent.example", 1, answered=False)
    for number in range(answers):
        asked(f"{number}.well.example", 2, answered=True)

    assert network_is_down() == down


def test_only_the_last_five_minutes_count() -> None:
    for number in range(9):
        asked(f"{number}.silent.example", 6, answered=False)

    assert not network_is_down()


def test_hosts_that_are_down_for_long_do_not_speak_against_the_network() -> None:
    long_ago = timezone.now() - timedelta(hours=2)
    for number in range(3):
        asked(f"{number}.silent.example", 1, answered=False, answered_at=long_ago)
        asked(f"{number}.never.example", 1, answered=False, robots_failing_since=long_ago)
    assert network_is_down()  # nobody answers at all

    asked("well.example", 1, answered=True)
    assert not network_is_down()


def test_a_feed_is_not_failing_while_the_network_is_down(silent: list[str]) -> None:
    for url in silent[:3]:
        code_of(url)
    feed: Feed = FeedFactory(url=silent[4])

    job = jobs.run(poll_now(feed).pk)

    assert job is not None
    assert (job.state, job.attempts) == (Job.State.WAITING, 0)
    assert job.reason_code == "network-down"
    assert "our own network" in job.reason_text
    assert job.not_before > timezone.now() + timedelta(seconds=50)
    feed.refresh_from_db()
    assert (feed.failures, feed.error_code, feed.failing_since) == (0, "", None)


def test_faults_of_tls_and_of_http_are_no_silence(site: Site) -> None:
    assert code_of(f"https://{site.address}/a") == "tls-failed"

    row = HostState.objects.get(host=site.address)
    assert row.answered_at is not None
    assert row.unreachable_at is None
