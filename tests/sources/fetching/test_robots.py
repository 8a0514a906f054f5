"""S19: what robots.txt says is obeyed, whatever state it is in (RFC 9309)."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sources import apart
from sources.apart.limits import Limits
from sources.fetching import FetchError, NotAllowed, Purpose, fetch
from sources.fetching.robots import LARGEST
from sources.models import HostState
from sources.rules import Leave, leave_for
from tests.sources.fetching.wire import code_of, raw
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_page(site: Site) -> None:
    site.html("/a", "One", "text")


def state(site: Site) -> HostState:
    return HostState.objects.get(host=site.address)


def later(site: Site, **passed: float) -> None:
    """Let so much time pass for what is kept of robots.txt."""
    row = state(site)
    for name in ("robots_until", "robots_failing_since", "next_allowed_at"):
        moment = getattr(row, name)
        if moment is not None:
            setattr(row, name, moment - timedelta(**passed))
    row.save()


def test_robots_are_asked_once_and_obeyed(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: Demarche\nDisallow: /no", "text/plain")

    fetch(site.url("/a"))
    with pytest.raises(NotAllowed):
        fetch(site.url("/no/page"))

    assert site.asked.count("/robots.txt") == 1
    assert "/no/page" not in site.asked


def test_a_redirect_is_held_to_the_rules_of_where_it_leads(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /no", "text/plain")
    site.pages["/moved"] = Page(status=302, headers={"Location": "/no"})

    assert code_of(site.url("/moved")) == "robots"
    assert "/no" not in site.asked


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_missing_file_allows_everything(site: Site, status: int) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /", status=status)

    assert fetch(site.url("/a")).status == 200


@pytest.mark.parametrize("status", [500, 502, 503, 429, 206])
def test_a_broken_file_allows_nothing_for_half_an_hour(site: Site, status: int) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nAllow: /", status=status)

    with pytest.raises(FetchError) as caught:
        fetch(site.url("/a"))
    assert caught.value.code == "robots-unknown"
    assert caught.value.retry_after == 1800
    assert code_of(site.url("/a")) == "robots-unknown"
    assert site.asked == ["/robots.txt"]

    site.pages["/robots.txt"] = Page(b"", "text/plain")
    later(site, days=1)
    assert fetch(site.url("/a")).status == 200
    assert state(site).robots_failing_since is None


def test_a_file_that_hangs_allows_nothing_for_now(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sources.fetching import gate
    from sources.fetching.exchange import Limits

    monkeypatch.setitem(gate._LIMITS, Purpose.ROBOTS, Limits(total=0.5, first_byte=0.3))
    raw(site, "/robots.txt", b"", pause=2)

    began = time.monotonic()
    assert code_of(site.url("/a")) == "robots-unknown"
    assert time.monotonic() - began < 2
    assert site.asked == ["/robots.txt"]


def test_after_thirty_days_of_faults_the_file_counts_as_absent(site: Site) -> None:
    site.pages["/robots.txt"] = Page(status=500)
    assert code_of(site.url("/a")) == "robots-unknown"
    since = state(site).robots_failing_since

    later(site, days=29)
    assert code_of(site.url("/a")) == "robots-unknown"
    assert since is not None
    assert state(site).robots_failing_since == since - timedelta(days=29)
    later(site, days=2)
    assert fetch(site.url("/a")).status == 200
    # And it is asked for again, half an hour later.
    later(site, minutes=31)
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /", "text/plain")
    assert code_of(site.url("/a")) == "robots"


def test_a_file_is_kept_for_a_day(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nAllow: /", "text/plain")
    fetch(site.url("/a"))
    kept = state(site).robots_until
    assert kept is not None
    assert timedelta(hours=23) < kept - timezone.now() <= timedelta(hours=24)

    later(site, hours=23)
    fetch(site.url("/a"))
    assert site.asked.count("/robots.txt") == 1
    later(site, hours=2)
    fetch(site.url("/a"))
    assert site.asked.count("/robots.txt") == 2


def test_of_a_huge_file_the_beginning_counts(site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /first\n"
    filling = b"# nothing\n" * ((LARGEST - len(rules)) // 10)
    cut = b"Disallow: /" + b"x" * 100 + b"\nDisallow: /beyond\n"
    body = rules + filling + cut + b"# nothing\n" * 200_000
    site.pages["/robots.txt"] = Page(body, "text/plain")
    for path in ("/beyond", "/x", "/first"):
        site.html(path, "One", "text")

    assert code_of(site.url("/first")) == "robots"
    # What is cut in its middle is no rule, or half a path would forbid everything.
    assert fetch(site.url("/x")).status == 200
    assert fetch(site.url("/beyond")).status == 200
    assert len(state(site).robots) <= LARGEST


def test_a_file_without_end_is_read_as_far_as_it_counts(site: Site) -> None:
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nDisallow: /first\n"
    )
    raw(site, "/robots.txt", head, forever=b"# nothing\n" * 1000)

    assert code_of(site.url("/first")) == "robots"
    assert fetch(site.url("/a")).status == 200


def test_five_redirects_are_followed_and_a_loop_counts_as_no_file(site: Site) -> None:
    for hop in range(5):
        path = f"/r{hop}" if hop else "/robots.txt"
        site.pages[path] = Page(status=302, headers={"Location": f"/r{hop + 1}"})
    site.pages["/r5"] = Page(b"User-agent: *\nDisallow: /", "text/plain")
    assert code_of(site.url("/a")) == "robots"

    site.pages["/r5"] = Page(status=302, headers={"Location": "/robots.txt"})
    later(site, days=2)
    assert fetch(site.url("/a")).status == 200


def test_a_page_in_its_place_holds_no_rules(site: Site) -> None:
    site.html("/robots.txt", "Welcome", "<p>Disallow nothing</p>")

    assert fetch(site.url("/a")).status == 200


@pytest.mark.parametrize(
    "body", [b"\x00\xff\xfe" * 5000, b"User-agent: *\nDisallow: " + b"*" * 9000]
)
def test_no_bytes_in_it_are_too_odd(site: Site, body: bytes) -> None:
    site.pages["/robots.txt"] = Page(body, "text/plain")

    began = time.monotonic()
    try:
        fetch(site.url("/a"))
    except NotAllowed:
        assert body.startswith(b"User")
    assert time.monotonic() - began < 2


def test_a_host_that_cannot_be_talked_with_is_called_that(site: Site) -> None:
    raw(site, "/robots.txt", b"")  # it hangs up

    assert code_of(site.url("/a")) == "connection-failed"
    assert state(site).robots_failing_since is not None
    # Such a fault is over as soon as the host answers.
    site.pages.pop("/robots.txt")
    assert fetch(site.url("/a")).status == 200


RULES = """
User-agent: demarche
User-agent: somebody
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /search*q=
Disallow: /tie
Allow: /tie
Disallow: /caf%C3%A9
Disallow: /ex$
Crawl-delay: 7

User-agent: *
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True), ("/private", False), ("/private/x", False), ("/private/open/x", True),
        ("/privately", False), ("/Private", True), ("/a.pdf", False), ("/a.pdf?x", True),
        ("/a.pdf/b", True), ("/search?q=x", False), ("/search/all?x=1&q=2", False),
        ("/search?x=1", True), ("/tie", True), ("/caf%C3%A9", False), ("/caf%c3%a9/x", False),
        ("/ex", False), ("/exact", True), ("/robots.txt", True),
    ],
)  # fmt: skip
def test_the_longest_rule_wins(path: str, allowed: bool) -> None:
    assert leave_for(RULES, f"http://a.example{path}") == Leave(allowed, 7.0)


@pytest.mark.parametrize("delay", ["nan", "inf", "-1", "soon", "1e400", "", "0"])
def test_no_crawl_delay_is_too_odd(delay: str) -> None:
    asked = f"User-agent: *\nCrawl-delay: {delay}"

    assert leave_for(asked, "http://a.example/").crawl_delay == 0


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A moment for each file of rules."""
    apart.CHILD.end()
    monkeypatch.setattr(apart.CHILD, "limits", Limits(seconds=0.5))
    yield
    apart.CHILD.end()


# Each rule is kept once for each agent.
BOMB = ("".join(f"User-agent: {n}\n" for n in range(9000)) + "Allow: /\n" * 30_000).encode()


@pytest.mark.usefixtures("hurried")
def test_rules_that_would_fill_the_memory_are_given_up_once_for_all_pages(site: Site) -> None:
    site.pages["/robots.txt"] = Page(BOMB, "text/plain")

    assert code_of(site.url("/a")) == "robots-unknown"
    fresh = apart.CHILD.pid
    assert code_of(site.url("/a")) == "robots-unknown"
    assert apart.CHILD.pid == fresh  # nobody has tried it again
    assert site.asked == ["/robots.txt"]

    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /no", "text/plain")
    later(site, minutes=31)
    fetch(site.url("/a"))
    assert state(site).robots_failing_since is None


@pytest.mark.usefixtures("hurried")
def test_after_thirty_days_of_rules_that_take_too_much_they_count_as_absent(site: Site) -> None:
    site.pages["/robots.txt"] = Page(BOMB, "text/plain")
    assert code_of(site.url("/a")) == "robots-unknown"
    since = state(site).robots_failing_since

    later(site, days=29)
    assert code_of(site.url("/a")) == "robots-unknown"
    assert since is not None
    assert state(site).robots_failing_since == since - timedelta(days=29)
    later(site, days=2)
    assert fetch(site.url("/a")).status == 200
    assert fetch(site.url("/a")).status == 200
    assert site.asked.count("/robots.txt") == 3


def test_half_a_megabyte_of_rules_is_no_burden(site: Site, settings: Any) -> None:
    rules = "User-agent: *\n" + "".join(f"Disallow: /*x*{n}*y$\n" for n in range(20_000))
    site.pages["/robots.txt"] = Page(rules.encode(), "text/plain")
    site.html("/" + "xy" * 500, "One", "text")

    began = time.process_time()
    fetch(site.url("/" + "xy" * 500))
    assert time.process_time() - began < 5
