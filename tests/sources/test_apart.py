"""Taking apart happens in a child that is shut in, limited, and replaced when it ends."""

import gzip
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db.models.functions import Now

from sources import apart, jobs, verdicts
from sources.apart import answers, leave_for, parse_feed, read_page
from sources.apart.frames import BadFrame, Frame, receive
from sources.apart.keeper import Exceeded, Keeper, NotStarted
from sources.apart.limits import Limits
from sources.apart.values import BadValue
from sources.by_hand import accept_text
from sources.feeds import FeedError, ParsedFeed
from sources.feeds import parse_feed as parse_feed_here
from sources.models import Job
from sources.reasons import REASONS
from sources.rules import Leave, RulesError
from sources.rules import leave_for as leave_for_here
from sources.text import PageError
from sources.text import read_page as read_page_here
from tests.factories import SourceFactory
from tests.sources import test_feeds as feeds

ROOT = Path(__file__).resolve().parents[2]
URL = "http://news.example/2024/06/20/story"
STORY = (
    "Minister Ada Example said on Thursday that the invented treaty would enter into force. "
)
# Each of the rules is for each of those it addresses.
MANY_TIMES_MANY = "".join(f"User-agent: {n}\n" for n in range(9000)) + "Allow: /\n" * 20_000
SLOW = "".join(f"<p>An invented line, number {n}.</p>" for n in range(50_000))


HTML = "text/html"


def page(body: str) -> bytes:
    return f"<html><body><article>{body}</article></body></html>".encode()


GOOD = page(f"<h1>A headline</h1><p>{STORY * 3}</p>")


OF_GOOD = answers.of_page(read_page_here(GOOD, HTML, URL))


@pytest.fixture(scope="module")
def child() -> Iterator[Keeper]:
    keeper = Keeper()
    yield keeper
    keeper.end()


@pytest.fixture
def limited() -> Iterator[Callable[[Limits], Keeper]]:
    """A child with limits of its own, ended with the test."""
    keepers: list[Keeper] = []

    def make(limits: Limits) -> Keeper:
        keepers.append(Keeper(limits))
        return keepers[-1]

    yield make
    for keeper in keepers:
        keeper.end()


def is_gone(pid: int, seconds: float = 4) -> bool:
    """Whether the process ends within the time; one that nobody has waited for has ended too."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def refusal(call: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises((PageError, FeedError)) as caught:
        call()
    error = caught.value
    assert isinstance(error, PageError | FeedError)
    return error.code, str(error)


# ------------------------------------------------------------------ the same results


def test_real_pages_are_read_as_they_are_in_process(child: Keeper, shared: Path) -> None:
    folder = shared / "corpora" / "pages-dev"
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        body = gzip.decompress((folder / gold["file"]).read_bytes())
        of_page = (body, gold["content_type"], f"http://127.0.0.1:8000{gold['url']}")

        assert read_page(*of_page, child) == read_page_here(*of_page), gold["file"]


@pytest.mark.parametrize(
    ("body", "kind", "selector"),
    [
        (feeds.RSS, "rss", ""),
        (feeds.RSS[:-40], "rss", ""),
        (feeds.ATOM, "atom", ""),
        (feeds.ATOM.decode().encode("utf-16"), "atom", ""),
        (feeds.JSON, "json", ""),
        (feeds.SITEMAP, "sitemap", ""),
        (feeds.INDEX, "sitemap", ""),
        (feeds.LISTING, "page_list", "div.list p.item"),
    ],
)
def test_feeds_are_parsed_as_they_are_in_process(
    child: Keeper, body: bytes, kind: str, selector: str
) -> None:
    here = parse_feed_here(body, kind, feeds.BASE, selector)

    assert here.entries or here.nested
    assert parse_feed(body, kind, feeds.BASE, selector, child) == here


def test_what_is_refused_in_process_is_refused_in_the_same_words(child: Keeper) -> None:
    wall = page("<p>Please enable JavaScript to read.</p>")
    here = refusal(lambda: read_page_here(wall, HTML, URL))

    assert here[0] == "script-wall"
    assert refusal(lambda: read_page(wall, HTML, URL, child)) == here
    here = refusal(lambda: parse_feed_here(feeds.LISTING, "page_list", URL, "div[["))
    assert here[0] == "bad-selector"
    assert refusal(lambda: parse_feed(feeds.LISTING, "page_list", URL, "div[[", child)) == here


def test_feeds_in_every_charset_are_read_with_no_file_to_be_opened(child: Keeper) -> None:
    words = {
        "windows-949": "조약", "euc-kr": "조약", "shift_jis": "条約", "gb18030": "条约", "big5": "條約",
        "koi8-r": "договор", "windows-1251": "договор", "iso-8859-5": "договор",
        "windows-1253": "συνθήκη", "tis-620": "สนธิสัญญา", "iso-2022-jp": "条約",
    }  # fmt: skip
    for charset, word in words.items():
        xml = (
            f'<?xml version="1.0" encoding="{charset}"?><rss version="2.0"><channel><title>t</title>'
            f"<item><title>{word}</title><link>/a</link></item></channel></rss>"
        )
        (entry,) = parse_feed(
            xml.encode(charset.replace("windows-949", "cp949")), "rss", URL, child=child
        ).entries

        assert entry.title == word, charset


@pytest.mark.parametrize(
    "declared", ["", "text/html", "text/plain", "text/html; charset=utf-8"]
)
def test_pages_in_every_charset_are_decoded_with_no_file_to_be_opened(
    child: Keeper, declared: str
) -> None:
    words = {
        "cp949": "이 조약은 지어낸 것이다. ", "cp932": "この条約は作り話である。", "gb18030": "这个条约是虚构的。",
        "big5": "這個條約是虛構的。", "koi8-r": "Этот договор выдуман. ", "cp866": "Этот договор выдуман. ",
        "windows-1251": "Цей договір вигаданий. ", "windows-1253": "Η συνθήκη είναι φανταστική. ",
        "windows-1255": "האמנה הזאת בדויה. ", "windows-1250": "Tato smlouva je vymyšlená. ",
        "tis-620": "สนธิสัญญานี้แต่งขึ้น ", "utf-16": "This treaty is invented. ", "euc_jp": "この条約は作り話である。",
    }  # fmt: skip
    for charset, word in words.items():
        start = "" if declared == "text/plain" else "<html><body><p>"
        of_page = ((start + word * 40).encode(charset), declared, URL)

        assert read_page(*of_page, child) == read_page_here(*of_page), charset


@pytest.mark.parametrize(
    "robots",
    [
        "User-agent: *\nDisallow: /2024", "User-agent: demarche\nAllow: /\nCrawl-delay: 7.5",
        "User-agent: *\nDisallow: /*%D0%B4*$", "<html>Not found</html>", "\ufffd: \u2028x", " ",
    ],
)  # fmt: skip
def test_rules_are_asked_as_they_are_in_process(child: Keeper, robots: str) -> None:
    assert leave_for(robots, URL, child) == leave_for_here(robots, URL)


def test_feeds_are_parsed_after_a_folder_of_modules_has_changed(
    monkeypatch: pytest.MonkeyPatch, limited: Callable[[Limits], Keeper], tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    keeper = limited(Limits())
    before = parse_feed(feeds.RSS, "rss", URL, child=keeper)

    (tmp_path / "another").touch()

    assert parse_feed(feeds.RSS, "rss", URL, child=keeper) == before


# ------------------------------------------------------------------ shut in


def test_the_child_can_open_nothing_and_holds_no_secret(
    monkeypatch: pytest.MonkeyPatch, limited: Callable[[Limits], Keeper]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://ada:canary@db.example/")
    monkeypatch.setenv("DEMARCHE_SECRET_KEY", "canary")
    with Path(os.devnull).open() as inherited:
        os.set_inheritable(inherited.fileno(), True)
        keeper = limited(Limits())
        read_page(GOOD, HTML, URL, keeper)
    process = Path(f"/proc/{keeper.pid}")

    limits, told = (process / "limits").read_text(), (process / "environ").read_bytes()
    held = {re.sub(r"\d+", "N", str(link.readlink())) for link in (process / "fd").iterdir()}

    assert re.search(r"Max open files\s+0\s+0\s", limits)
    assert re.search(rf"Max address space\s+{1 << 30}\s+{1 << 30}\s", limits)
    assert re.search(r"Max core file size\s+0\s+0\s", limits)
    assert re.search(r"NoNewPrivs:\s+1", (process / "status").read_text())
    assert held == {"pipe:[N]", "/dev/null", "/proc/N/status"}
    assert b"PYTHONPATH=" in told
    assert b"canary" not in told
    assert b"DJANGO" not in told


def test_the_child_imports_no_django() -> None:
    look = "import sources.apart.child, sys; print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"


# ------------------------------------------------------------------ limits


def test_what_takes_too_long_is_given_up(limited: Callable[[Limits], Keeper]) -> None:
    keeper = limited(Limits(seconds=0.5))
    read_page(GOOD, HTML, URL, keeper)
    first, began = keeper.pid, time.monotonic()
    assert first is not None

    code, told = refusal(lambda: read_page(page(SLOW), HTML, URL, keeper))

    assert (code, "(0.5 s)" in told) == ("parse-exceeded", True)
    assert time.monotonic() - began < 5
    assert is_gone(first)

    slow_feed = f"<rss><channel><item>{'<b>' * 200_000}".encode()
    with pytest.raises(FeedError) as caught:
        parse_feed(slow_feed, "rss", URL, child=keeper)
    assert caught.value.code == "parse-exceeded"


def test_a_page_that_computes_too_much_is_ended_by_the_system(
    limited: Callable[[Limits], Keeper],
) -> None:
    keeper = limited(Limits(computing=1))
    # The limit is for each task, not for all of them together.
    middling = page(SLOW[:100_000])
    for _ in range(10):
        read_page(middling, HTML, URL, keeper)

    code, told = refusal(lambda: read_page(page(SLOW), HTML, URL, keeper))

    assert (code, "1 s of computing" in told) == ("parse-exceeded", True)


def test_rules_that_take_too_much_are_given_up(limited: Callable[[Limits], Keeper]) -> None:
    keeper = limited(Limits(seconds=1))
    leave_for("User-agent: *\nDisallow: /no", URL, keeper)

    with pytest.raises(RulesError) as caught:
        leave_for(MANY_TIMES_MANY, URL, keeper)

    assert caught.value.code == "parse-exceeded"
    assert leave_for("User-agent: *\nDisallow: /2024", URL, keeper) == Leave(allowed=False)


def test_a_page_that_needs_too_much_memory_says_so(
    limited: Callable[[Limits], Keeper],
) -> None:
    keeper = limited(Limits(memory=300 << 20))
    read_page(GOOD, HTML, URL, keeper)

    code, told = refusal(
        lambda: read_page(page("<p>An invented line.</p>" * 90_000), HTML, URL, keeper)
    )

    assert (code, "300 MiB of memory" in told) == ("parse-exceeded", True)


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/python"])
def test_a_child_that_cannot_start_is_no_fault_of_the_page(
    monkeypatch: pytest.MonkeyPatch, limited: Callable[[Limits], Keeper], program: str
) -> None:
    keeper = limited(Limits())
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", program)
        with pytest.raises(NotStarted):
            read_page(GOOD, HTML, URL, keeper)


def test_a_child_killed_in_the_midst_is_explained_and_replaced(child: Keeper) -> None:
    read_page(GOOD, HTML, URL, child)
    killed = child.pid
    assert killed is not None
    timer = threading.Timer(0.5, os.kill, (killed, signal.SIGKILL))
    timer.start()

    code, told = refusal(lambda: read_page(page(SLOW), HTML, URL, child))

    assert (code, "SIGKILL" in told) == ("parse-exceeded", True)
    assert "Ada Example" in read_page(GOOD, HTML, URL, child).text
    assert child.pid != killed


def test_after_its_tasks_a_fresh_child_takes_over(limited: Callable[[Limits], Keeper]) -> None:
    keeper = limited(Limits(tasks=2))
    read_page(GOOD, HTML, URL, keeper)
    first = keeper.pid

    assert "Ada Example" in read_page(GOOD, HTML, URL, keeper).text
    assert keeper.pid not in {first, None}


def test_a_child_that_keeps_much_memory_is_replaced(
    limited: Callable[[Limits], Keeper],
) -> None:
    keeper = limited(Limits(resident=1))
    keeper.start()
    first = keeper.pid

    read_page(GOOD, HTML, URL, keeper)

    assert keeper.pid != first


def test_the_answer_of_an_interrupted_task_is_nobody_elses(child: Keeper) -> None:
    class Interrupt(BaseException):
        pass

    def interrupt(*_: object) -> None:
        raise Interrupt

    read_page(GOOD, HTML, URL, child)
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    with pytest.raises(Interrupt):
        read_page(page(SLOW), HTML, URL, child)
    signal.signal(signal.SIGALRM, before)

    assert "Ada Example" in read_page(GOOD, HTML, URL, child).text


# ------------------------------------------------------------------ processes and threads


def test_threads_take_turns_and_get_their_own_answers(child: Keeper) -> None:
    wrong: list[int] = []

    def ask(number: int) -> None:
        for _ in range(10):
            found = read_page(page(f"<p>{STORY * 2} Number {number}.</p>"), HTML, URL, child)
            if not found.text.endswith(f"Number {number}.\n"):
                wrong.append(number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert wrong == []


def test_a_forked_process_has_a_child_of_its_own(child: Keeper) -> None:
    read_page(GOOD, HTML, URL, child)
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe()

    def work() -> None:
        text = read_page(GOOD, HTML, URL, child).text
        theirs.send((child.pid, text))

    # Daemonic, as the processes of a Celery worker are.
    process = fork.Process(target=work, daemon=True)
    process.start()
    assert ours.poll(30)
    pid, text = ours.recv()
    process.join(timeout=10)

    assert "Ada Example" in text
    assert pid != child.pid
    assert is_gone(pid)
    assert "Ada Example" in read_page(GOOD, HTML, URL, child).text


_PARENT = """
import os, sys, time
from sources.apart import CHILD, read_page
slow = "".join(f"<p>An invented line, number {n}.</p>" for n in range(50_000))
read_page(b"Ada Example.", "text/plain", "")
if not os.fork():
    time.sleep(30)
print(CHILD.pid, flush=True)
if sys.argv[1] == "busy":
    read_page(f"<html>{slow}".encode(), "text/html", "")
time.sleep(30)
"""


@pytest.mark.parametrize("what", ["idle", "busy"])
def test_the_child_does_not_outlive_a_parent_that_is_killed(what: str) -> None:
    """Not even while it works, nor while a fork of the parent lives on."""
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, what],
        cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert parent.stdout is not None
    with parent.stdout:
        pid = int(parent.stdout.readline())
    time.sleep(0.3)
    alive = not is_gone(pid, 0.1)

    parent.kill()
    parent.wait()

    gone = is_gone(pid)
    with suppress(ProcessLookupError):
        os.killpg(parent.pid, signal.SIGKILL)  # the fork that lives on
    assert alive
    assert gone


# ------------------------------------------------------------------ what a taken-over child may say


@pytest.mark.parametrize(
    "answer",
    [
        Frame({"answer": "feed"}),
        Frame({"answer": "page"}, b"text"),
        Frame({**OF_GOOD.header, "title": 7}, b"text"),
        Frame({**OF_GOOD.header, "title": "x" * 5000}, b"text"),
        Frame({**OF_GOOD.header, "published_on": "soon"}, b"text"),
        Frame({**OF_GOOD.header, "warnings": [["x"]]}, b"text"),
        Frame({**OF_GOOD.header, "more": 1}, b"text"),
        Frame(OF_GOOD.header, b"\xff\xfe"),
        Frame(OF_GOOD.header, b"x" * 1_000_001),
        Frame({"answer": "refused", "code": "made-up", "detail": ""}),
        Frame({"answer": "refused", "code": ["gone"], "detail": ""}),
    ],
)
def test_an_answer_that_is_no_page_is_not_believed(answer: Frame) -> None:
    with pytest.raises(BadValue):
        answers.page_in(answer)


@pytest.mark.parametrize(
    ("header", "payload"),
    [
        ({"entries": 1, "partial": False}, b""),
        ({"entries": -1, "partial": False}, b""),
        ({"entries": True, "partial": False}, b"{}"),
        ({"entries": 0, "partial": "no"}, b""),
        ({"entries": 0, "partial": False}, b"[" * 50_000),
        ({"entries": 0, "partial": False}, b'"x"\n' * 9000 + b'"x"'),
        ({"entries": 1, "partial": False}, b'{"url": 1}'),
        ({"entries": 1, "partial": False}, b'"' + b"x" * 70_000 + b'"'),
    ],
)
def test_an_answer_that_is_no_feed_is_not_believed(
    header: dict[str, object], payload: bytes
) -> None:
    with pytest.raises(BadValue):
        answers.feed_in(Frame({"answer": "feed", **header}, payload))


@pytest.mark.parametrize(
    ("allowed", "delay"),
    [
        ("yes", 0.0),
        (True, -1.0),
        (True, float("nan")),
        (True, float("inf")),
        (True, "7"),
        (1, 0.0),
    ],
)
def test_an_answer_that_is_no_leave_is_not_believed(allowed: object, delay: object) -> None:
    header = {"answer": "leave", "allowed": allowed, "crawl_delay": delay}
    with pytest.raises(BadValue):
        answers.leave_in(Frame(header))


@pytest.mark.parametrize(
    "sent", [b"\xff" * 8, b"\0\0\0\2\0\0\0\0[]", b"\0\0\0\2\0\0\0\0xx", b"\0\0\0\0\0\0\0\0"]
)
def test_what_is_no_frame_is_refused(sent: bytes) -> None:
    left = bytearray(sent)

    def take(size: int) -> bytes:
        taken = bytes(left[:size])
        del left[:size]
        return taken

    with pytest.raises(BadFrame):
        receive(take)


def test_a_fault_of_ours_is_logged_and_explained(
    child: Keeper, caplog: pytest.LogCaptureFixture
) -> None:
    order = Frame({"task": "no such task"})

    code, told = refusal(lambda: child.ask(order, answers.page_in))

    assert (code, "no such task" in told) == ("unexpected", True)
    assert "Traceback" in caplog.text


def test_nonsense_ends_the_child(child: Keeper) -> None:
    read_page(GOOD, HTML, URL, child)
    before = child.pid

    with pytest.raises(Exceeded):
        child.ask(answers.page_order(GOOD, HTML, URL), answers.feed_in)

    assert child.pid != before
    assert isinstance(parse_feed(feeds.RSS, "rss", URL, child=child), ParsedFeed)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A moment for each page of this process."""
    apart.CHILD.end()
    monkeypatch.setattr(apart.CHILD, "limits", Limits(seconds=0.02))
    yield
    apart.CHILD.end()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("hurried")
def test_a_page_that_takes_too_long_ends_its_job_with_a_reason() -> None:
    body = f"<html><body><article><p>{STORY * 3}</p>{SLOW[:400_000]}</article></body></html>"
    accepted = accept_text(body.encode(), "text/html", source=SourceFactory())
    assert accepted.job is not None

    states = []
    for _ in range(verdicts.MOST_CRASHES):
        Job.objects.update(not_before=Now())
        ended = jobs.run(accepted.job.pk)
        assert ended is not None
        assert ended.reason_code == "parse-exceeded"
        states.append(ended.state)

    assert states == [Job.State.WAITING, Job.State.WAITING, Job.State.REJECTED]
    assert REASONS["parse-exceeded"].retryable
