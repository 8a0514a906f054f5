"""How fast articles come in, against the bare loop that does nothing but fetch and read."""

import gzip
import io
import json
import os
import resource
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import urllib3
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, F, Max, Min

from config.bench.site import Plan, host
from sources.models import Article, Feed, Job, Snapshot, Source
from statements.models import Statement

Say = Callable[[str], object]
_LEAST = 0.7  # of the bare loop's articles a second, for each core
_HOSTS = 100


@dataclass
class Memory:
    """The resident memory of the worker and all its children over time, in MiB."""

    samples: list[float] = field(default_factory=list)

    def sample(self, pid: int) -> None:
        """Add the present sum over a process and all below it."""
        pages = sum(_resident(child) for child in [pid, *_below(pid)])
        self.samples.append(pages * resource.getpagesize() / 2**20)

    def __str__(self) -> str:
        third = max(len(self.samples) // 3, 1)
        early, late = self.samples[third : 2 * third], self.samples[-third:]
        return (
            f"median {statistics.median(early or late):.0f} MiB in the second third, "
            f"{statistics.median(late):.0f} MiB in the last, peak {max(self.samples):.0f} MiB"
        )


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0  # it has ended


def _below(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path("/proc").glob(f"{pid}/task/*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *_below(child)]
    return found


@contextmanager
def served(plan: Plan) -> Iterator[tuple[int, Callable[[], dict[str, int]]]]:
    """Run a site; give its port, and a function that ends it and returns its counts."""
    process = subprocess.Popen(
        [sys.executable, "-m", "config.bench.site"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(asdict(plan)))
    process.stdin.close()
    lines = process.stdout

    def end() -> dict[str, int]:
        process.send_signal(signal.SIGTERM)
        counts: dict[str, int] = json.loads(lines.readline())
        return counts

    try:
        yield int(lines.readline()), end
    finally:
        process.kill()
        process.wait()


@contextmanager
def workers(port: int, hosts: int, **environment: str) -> Iterator[int]:
    """Run a real worker with two processes, and beat; give the worker's process id."""
    allowed = ",".join(f"{host(number)}:{port}" for number in range(hosts))
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "config"]
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "ERROR"]
    worker += ["--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "ERROR", "--pidfile", ""]
    beat += ["--schedule", str(settings.HOME / "bench-schedule")]
    variables = {
        **os.environ,
        "DEMARCHE_FETCH_ALLOWED_PRIVATE": allowed,
        "DEMARCHE_LOG_LEVEL": "ERROR",
        **environment,
    }
    running = [
        subprocess.Popen(argv, env=variables, start_new_session=True) for argv in (worker, beat)
    ]
    try:
        yield running[0].pid
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def pages_to_serve() -> tuple[str, ...]:
    """Files with real pages where the shared material is, else the sample newsroom's stories."""
    shared = os.environ.get("DEMARCHE_SHARED") or str(settings.BASE_DIR.parent / "shared")
    folder = Path(shared) / "corpora" / "pages-dev"
    kept = settings.HOME / "pages"
    kept.mkdir(parents=True, exist_ok=True)
    contents = _real_pages(folder) if folder.is_dir() else _sample_pages()
    for number, body in enumerate(contents):
        (kept / f"{number}.html").write_bytes(body)
    return tuple(str(path) for path in sorted(kept.glob("*.html")))


def _real_pages(folder: Path) -> list[bytes]:
    gold = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    bodies = [
        gzip.decompress((folder / json.loads(line)["file"]).read_bytes()) for line in gold
    ]
    return [
        body for body in bodies if (b"</body>" in body and body.isascii()) or _is_utf8(body)
    ]


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return b"</body>" in body


def _sample_pages() -> list[bytes]:
    from newsroom.stories import stories

    return [
        "<html><body><article>{}</article></body></html>".format(
            "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
        ).encode()
        for story in stories()
    ]


def measure(say: Say, articles: int) -> None:
    """Articles a second of the bare loop and of the whole pipeline, in one run."""
    plan = Plan(hosts=_HOSTS, articles=articles, pages=pages_to_serve())
    say(f"{articles} articles on {plan.hosts} hosts, {len(plan.pages)} different pages")
    with served(plan) as (port, end):
        bare = _bare_loop(plan, port)
        say(f"bare loop, one process: {bare:.1f} articles/s")
        rate, memory = _pipeline(plan, port)
        counts = end()
    ratio = rate / (bare * (os.cpu_count() or 1))
    say(
        f"pipeline, two workers: {rate:.1f} articles/s, {ratio:.2f} of the bare loop on each of "
        f"{os.cpu_count()} cores (wanted: at least {_LEAST})"
    )
    say(f"memory of the worker and its children: {memory}")
    ends = Job.objects.exclude(state=Job.State.DONE).exclude(key__contains=":recheck:")
    say(
        f"{Snapshot.objects.read().count()} read, {Statement.objects.count()} statements, "
        f"{ends.count()} jobs not done, {counts['breaches']} breaches of politeness "
        f"in {counts['requests']} requests"
    )
    for job in ends.values("kind", "state", "reason_code").annotate(n=Count("pk")):
        say(f"  {job['n']} {job['kind']} {job['state']} {job['reason_code']}")
    scored = subprocess.run(
        [sys.executable, "-m", "tests.evaluation", "pages"],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip
    say(scored.stdout or scored.stderr)


def _bare_loop(plan: Plan, port: int) -> float:
    """GET and trafilatura.extract, one after the other: articles a second."""
    import trafilatura

    pool = urllib3.PoolManager()
    number = min(plan.articles, 4 * len(plan.pages))
    trafilatura.extract(Path(plan.pages[0]).read_text("utf-8"))
    began = time.perf_counter()
    for n in range(number):
        answer = pool.request("GET", f"http://{host(n % plan.hosts)}:{port}/{n}")
        trafilatura.extract(answer.data.decode())
    return number / (time.perf_counter() - began)


def _pipeline(plan: Plan, port: int) -> tuple[float, Memory]:
    """Articles a second from the poll to the statements' rows, and the memory it took."""
    # Whom the attribution looks for; none of its feeds is enabled.
    call_command("load_register", stdout=io.StringIO())
    for number in range(plan.hosts):
        source = Source.objects.create(slug=f"bench-{number}", name=f"Bench {number}")
        Feed.objects.create(
            source=source,
            url=f"http://{host(number)}:{port}/feed",
            enabled=True,
            interval=86_400,
        )
    connection.close()
    memory = Memory()
    with workers(port, plan.hosts) as pid:
        while not _ended(plan.articles):
            memory.sample(pid)
            time.sleep(0.5)
    way = Job.objects.filter(kind__in=[Job.Kind.CAPTURE, Job.Kind.READ, Job.Kind.ATTRIBUTE])
    way = way.exclude(key__contains=":recheck:")
    span = way.aggregate(first=Min("created_at"), last=Max("finished_at"))
    return plan.articles / (span["last"] - span["first"]).total_seconds(), memory


def _ended(articles: int) -> bool:
    """Whether every article's way has come to its end."""
    if Article.objects.count() < articles:
        return False
    jobs = Job.objects.exclude(key__contains=":recheck:")
    return (
        not jobs.open().exclude(state=Job.State.WAITING).exists()
        and not jobs.filter(state=Job.State.WAITING, not_before__lt=F("created_at")).exists()
    )
