"""S7: a name is looked up once, all its answers are checked, and a checked one is dialled.

Only the look-up itself is not real here: no name server on loopback would be asked for these.
"""

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from sources.fetching import NotAllowed, TemporaryFetchError, dialing, fetch
from sources.fetching.dialing import check_address, dial, is_exempt
from tests.sources.fetching.canaries import Canaries
from tests.sources.fetching.wire import code_of
from tests.sources.pages import Site

PUBLIC = "93.184.215.14"


class Names:
    """What the look-up of a name answers, and how often it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.dialled: list[str] = []
        self.answer: Callable[[], list[str]] = list
        monkeypatch.setattr(socket, "getaddrinfo", self._look_up)
        monkeypatch.setattr(socket.socket, "connect", self._connect_of(socket.socket.connect))

    def _look_up(self, host: str, port: int, **options: Any) -> list[Any]:
        self.asked.append(host)
        family = {True: socket.AF_INET6, False: socket.AF_INET}
        return [
            (family[":" in address], socket.SOCK_STREAM, 6, "", (address, port))
            for address in self.answer()
        ]

    def _connect_of(self, connect: Any) -> Any:
        names = self

        def recorded(self: socket.socket, address: tuple[str, int]) -> None:
            if self.family in {socket.AF_INET, socket.AF_INET6}:
                names.dialled.append(address[0])
                if address[0] == PUBLIC:
                    raise ConnectionRefusedError("no real host is dialled in a test")
            connect(self, address)

        return recorded


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    return Names(monkeypatch)


INSIDE = [
    "127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "::ffff:127.0.0.1",
    "::ffff:93.184.215.14", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%lo", "0.0.0.0", "::",
    "fec0::1", "fd00::1", "::127.0.0.1", "2001:0:7f00:1::",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_s7_one_inside_answer_among_many_refuses_the_name(
    names: Names, canaries: Canaries, address: str
) -> None:
    for answers in ([address], [PUBLIC, address], [address, PUBLIC], [PUBLIC] * 9 + [address]):
        names.answer = lambda answers=answers: answers  # type: ignore[misc]
        with pytest.raises(NotAllowed):
            dial("a.example", canaries.ports[0], 2.0)
    assert names.dialled == []
    assert canaries.visitors == []


def test_s7_a_name_that_changes_its_mind_is_looked_up_once_for_each_dial(
    names: Names, canaries: Canaries
) -> None:
    """DNS rebinding: what was checked is what is dialled, so a second answer comes too late."""
    turns = iter([[PUBLIC], ["127.0.0.1"]] * 3)
    names.answer = lambda: next(turns)

    for _ in range(3):
        with pytest.raises(TemporaryFetchError):
            dial("a.example", canaries.ports[0], 2.0)
        with pytest.raises(NotAllowed):
            dial("a.example", canaries.ports[0], 2.0)

    assert len(names.asked) == 6
    assert names.dialled == [PUBLIC] * 3
    assert canaries.visitors == []


@pytest.mark.django_db
def test_s7_each_request_is_one_look_up(names: Names, site: Site, settings: Any) -> None:
    port = site.address.split(":")[1]
    settings.FETCH_ALLOWED_PRIVATE = [f"a.example:{port}"]
    site.html("/a", "One", "text")
    names.answer = lambda: ["127.0.0.1"]

    response = fetch(f"http://a.example:{port}/a")

    assert response.peer == "127.0.0.1"
    assert len(names.asked) == 2  # for robots.txt and for the page
    assert names.dialled == ["127.0.0.1"] * 2
    assert site.seen_headers[-1]["host"] == f"a.example:{port}"


def test_s7_the_next_checked_address_is_tried_but_not_without_end(names: Names) -> None:
    names.answer = lambda: [PUBLIC] + [f"93.184.215.{number}" for number in range(20, 40)]
    dialling = socket.socket.connect

    def refused(self: socket.socket, address: tuple[str, int]) -> None:
        names.dialled.append(address[0])
        raise ConnectionRefusedError("no real host is dialled in a test")

    socket.socket.connect = refused  # type: ignore[method-assign,assignment]
    try:
        with pytest.raises(TemporaryFetchError) as caught:
            dial("a.example", 80, 2.0)
    finally:
        socket.socket.connect = dialling  # type: ignore[method-assign]
    assert caught.value.code == "connection-failed"
    assert names.dialled == [PUBLIC, "93.184.215.20", "93.184.215.21"]


@pytest.mark.parametrize("answers", [["banana"], ["1.2.3"], [""], ["127.0.0.1\x00"]])
def test_s7_what_is_no_address_is_never_dialled(names: Names, answers: list[str]) -> None:
    names.answer = lambda: answers

    with pytest.raises(NotAllowed):
        dial("a.example", 80, 2.0)
    assert names.dialled == []


def test_s7_a_name_without_an_address_is_not_found(names: Names) -> None:
    with pytest.raises(TemporaryFetchError) as caught:
        dial("a.example", 80, 2.0)
    assert caught.value.code == "name-not-found"


def test_s7_look_ups_that_hang_hold_up_nobody(
    names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    freed = threading.Event()

    def hang() -> list[str]:
        freed.wait()
        return ["127.0.0.1"]

    names.answer = hang
    monkeypatch.setattr(dialing, "RESOLVE_SECONDS", 0.05)
    began = time.monotonic()
    for _ in range(8):  # as many as would have filled a pool of threads twice
        with pytest.raises(TemporaryFetchError) as caught:
            dial("a.example", 80, 2.0)
        assert caught.value.code == "name-not-found"
    assert time.monotonic() - began < 2
    names.answer = lambda: ["127.0.0.1"]
    with pytest.raises(NotAllowed):
        dial("b.example", 80, 2.0)

    # A name server that never answers does not cost a thread for each try without end.
    names.answer = hang
    for _ in range(40):
        with pytest.raises(TemporaryFetchError):
            dial("a.example", 80, 2.0)
    hanging = [thread for thread in threading.enumerate() if "a.example" in thread.name]
    assert len(hanging) <= 32
    assert all(thread.daemon for thread in hanging)
    freed.set()
    for thread in hanging:
        thread.join(2)
    names.answer = lambda: ["127.0.0.1"]
    with pytest.raises(NotAllowed):
        dial("b.example", 80, 2.0)


def test_s7_a_slow_look_up_takes_no_more_than_the_time_that_is_left(names: Names) -> None:
    freed = threading.Event()
    names.answer = lambda: [str(freed.wait(10))]

    began = time.monotonic()
    with pytest.raises(TemporaryFetchError):
        dial("a.example", 80, 0.2)
    assert time.monotonic() - began < 1
    freed.set()


def test_an_exempt_address_is_one_spelling_of_one_port(settings: Any) -> None:
    settings.FETCH_ALLOWED_PRIVATE = frozenset({"127.0.0.1:8000", "[::1]:8000"})

    assert is_exempt("127.0.0.1", 8000)
    assert is_exempt("::1", 8000)
    assert is_exempt("[::1]", 8000)
    assert not is_exempt("127.0.0.1", 8001)
    assert not is_exempt("localhost", 8000)
    check_address("http://127.0.0.1:8000/")
    for url in ("http://127.0.0.1/", "http://127.0.0.1:8001/", "http://localhost:8000/"):
        with pytest.raises(NotAllowed):
            check_address(url)


def test_five_thousand_exempt_addresses_cost_nothing(settings: Any) -> None:
    settings.FETCH_ALLOWED_PRIVATE = frozenset(
        f"127.0.0.1:{port}" for port in range(9000, 14_000)
    )

    began = time.monotonic()
    for _ in range(20_000):
        assert is_exempt("127.0.0.1", 13_999)
        assert not is_exempt("127.0.0.1", 14_000)
    assert time.monotonic() - began < 2


@pytest.mark.django_db
def test_no_environment_leads_a_request_elsewhere(
    canaries: Canaries, site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """No proxy, and no password from a netrc file."""
    proxy = f"http://127.0.0.2:{canaries.ports[0]}"
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, proxy)
        monkeypatch.setenv(name.upper(), proxy)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    (tmp_path / "netrc").write_text("default login ada password canary", encoding="utf-8")
    site.html("/a", "One", "text")

    assert fetch(site.url("/a")).status == 200
    assert code_of(f"http://127.0.0.2:{canaries.ports[0]}/") != "connection-failed"
    assert canaries.visitors == []
    assert all("authorization" not in seen for seen in site.seen_headers)
