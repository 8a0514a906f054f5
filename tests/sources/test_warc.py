"""What is kept leaves as WARC 1.1 and comes back; what others wrote does no harm."""

import contextlib
import gzip
import io
import os
import random
import tracemalloc
import zlib
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sources import jobs, store
from sources.by_hand import Stated, accept_text
from sources.capturing import accept_capture
from sources.models import Article, ArticleAlias, Job, Snapshot, Source, Visit
from sources.warc import Imported, import_warc
from sources.warc.framing import RawRecord, each_record
from sources.warc.pages import ArchivedPage, NoPage, parse
from tests.factories import ArticleFactory, SnapshotFactory, SourceFactory
from tests.sources.pages import Page, Site
from tests.sources.stores import path_of

pytestmark = pytest.mark.django_db

TEXT = "Minister Ada Example said on Thursday that the invented pact would be kept. "
PAGE = (
    f"<html><head><title>Headline</title></head><body><p>{TEXT * 9}</p></body></html>".encode()
)


def run(*command: str) -> tuple[str, str, int]:
    """Run a command; return what it printed, what it complained of, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*command, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}", error.returncode
    return out.getvalue(), err.getvalue(), 0


def do_all(kind: Job.Kind) -> None:
    for job in Job.objects.open().filter(kind=kind, state=Job.State.QUEUED):
        jobs.run(job.pk)


def records(path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    """Of each record its type, its headers and its payload."""
    with path.open("rb") as file:
        return [
            (r.rec_type, dict(r.rec_headers.headers), r.content_stream().read())
            for r in ArchiveIterator(file, check_digests="raise")
        ]


@pytest.fixture
def archive(site: Site) -> Source:
    """Two versions of a page, a later look at it, and two texts given by hand."""
    source = SourceFactory(
        slug="invented-courier", homepage=site.url("/"), country="XX", official=True
    )
    url = site.html("/a", "Headline", TEXT * 5)
    site.pages["/a"].headers = {"ETag": '"1"', "Server": "Invented"}
    site.pages["/old"] = Page(status=301, headers={"Location": url})
    article = ArticleFactory(
        source=source, url=site.url("/old"), stated_title="As the feed says"
    )
    for occasion in ("first", "again", "third"):
        if occasion == "third":
            site.html("/a", "Another headline", TEXT * 6)
        accept_capture(article, occasion)
        do_all(Job.Kind.CAPTURE)
    accept_text(b"Ada Example spoke. " * 9, "text/plain", source=source,
                stated=Stated("Spoken", date(2025, 1, 2), "en"))  # fmt: skip
    accept_text(PAGE, "text/html", source=source, url=site.url("/walled"))
    do_all(Job.Kind.READ)
    # A later look comes later.
    again = Visit.objects.get(outcome=Visit.Outcome.UNCHANGED)
    Visit.objects.filter(pk=again.pk).update(at=again.at + timedelta(hours=1))
    return source


FACTS = (
    "article__url", "article__stated_title", "article__stated_published_on", "article__by_hand",
    "article__source__slug", "article__source__name", "article__source__official",
    "sha256", "size", "content_type", "origin", "final_url", "redirects", "status", "headers",
    "fetched_at", "text", "text_sha256", "title", "published_on", "language",
)  # fmt: skip


def facts() -> list[tuple[Any, ...]]:
    return list(Snapshot.objects.order_by("article__url", "fetched_at").values_list(*FACTS))


def empty(settings: Any, tmp_path: Path) -> None:
    for model in (Job, Visit, Snapshot, ArticleAlias, Article, Source):
        model.objects.all().delete()
    settings.SNAPSHOT_FOLDER = tmp_path / "another store"


def test_what_leaves_comes_back(archive: Source, settings: Any, tmp_path: Path) -> None:
    file = str(tmp_path / "all.warc.gz")
    before, looks = facts(), set(Visit.objects.values_list("at", "snapshot__sha256"))
    number = str(archive.pk)
    assert run("export_warc", file)[2] == 0
    empty(settings, tmp_path)

    out, complaint, code = run("import_warc", file, "--trust")
    do_all(Job.Kind.READ)

    assert (complaint, code) == ("", 0)
    assert out.startswith("4 pages taken, 0 already here, 1 later looks")
    after = facts()
    given_url = f"text:{Source.objects.get(slug='invented-courier').pk}:"
    assert [(str(f[0]).replace(f"text:{number}:", given_url), *f[1:]) for f in before] == after
    assert len(after) == 4
    taken = set(Visit.objects.values_list("at", "snapshot__sha256"))
    assert {sha256 for _, sha256 in taken} == {sha256 for _, sha256 in looks}
    assert len(taken) == 3
    for sha256 in Snapshot.objects.values_list("sha256", flat=True):
        store.load(sha256)

    again, _, _ = run("import_warc", file, "--trust")
    assert again.startswith("0 pages taken, 4 already here, 0 later looks")


def test_an_export_is_valid_and_says_what_it_is(archive: Source, tmp_path: Path) -> None:
    path = tmp_path / "all.warc.gz"
    out, _, _ = run("export_warc", str(path))

    assert Checker(Namespace(inputs=[str(path)], verbose=False)).process_all() == 0
    found = records(path)
    assert [kind for kind, _, _ in found] == [
        "warcinfo", "response", "conversion", "revisit", "response", "conversion",
        "resource", "conversion", "resource", "conversion",
    ]  # fmt: skip
    assert out.endswith("4 conversion, 2 resource, 2 response, 1 revisit, 1 warcinfo\n")
    assert gzip.decompress(path.read_bytes()).startswith(b"WARC/1.1\r\n")
    first = Snapshot.objects.order_by("fetched_at")[0]
    _, response, body = found[1]
    assert b"content coding and transfer coding removed" in found[0][2]
    assert body == store.load(first.sha256)
    assert response["WARC-Payload-Digest"] == f"sha256:{first.sha256}"
    assert response["WARC-Target-URI"] == first.final_url
    assert datetime.fromisoformat(response["WARC-Date"]) == first.fetched_at
    _, conversion, text = found[2]
    assert (text.decode(), conversion["WARC-Refers-To"]) == (
        first.text,
        response["WARC-Record-ID"],
    )
    _, revisit, nothing = found[3]
    assert revisit["WARC-Refers-To"] == response["WARC-Record-ID"]
    assert revisit["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert (revisit["WARC-Refers-To-Date"], nothing) == (response["WARC-Date"], b"")
    with path.open("rb") as file:
        raw = list(ArchiveIterator(file))
        assert (raw[1].http_headers.statusline, raw[1].http_headers.protocol) == (
            "200 OK",
            "HTTP/1.1",
        )
        assert raw[1].http_headers.get_header("etag") == '"1"'


def test_two_exports_differ_in_nothing_but_their_first_record(
    archive: Source, tmp_path: Path
) -> None:
    one, other = tmp_path / "1.warc", tmp_path / "2.warc"
    run("export_warc", str(one))
    run("export_warc", str(other))

    assert records(one)[1:] == records(other)[1:]


def test_an_export_may_be_of_one_source_and_of_late(archive: Source, tmp_path: Path) -> None:
    SnapshotFactory(article=ArticleFactory(source=SourceFactory(slug="other")))
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    none, mine = tmp_path / "none.warc.gz", tmp_path / "mine.warc.gz"
    Visit.objects.filter(outcome="unchanged").update(at=datetime.now(UTC) + timedelta(days=2))

    run("export_warc", str(none), "--since", tomorrow.isoformat())
    _, complaint, code = run("export_warc", str(mine), "--source", archive.slug)

    assert [kind for kind, _, _ in records(none)] == ["warcinfo", "revisit"]
    assert (complaint, code) == ("", 0)
    assert len(records(mine)) == 10
    assert run("export_warc", str(mine))[2] == 2  # never over another file
    assert run("export_warc", str(tmp_path / "x.warc"), "--source", "nobody")[2] == 2
    assert sorted(p.name for p in tmp_path.glob("*.warc*")) == ["mine.warc.gz", "none.warc.gz"]


def test_a_damaged_snapshot_is_left_out_and_named(archive: Source, tmp_path: Path) -> None:
    hurt = Snapshot.objects.filter(origin="fetched").order_by("fetched_at")[0]
    path_of(hurt.sha256).write_bytes(b"other")
    path = tmp_path / "all.warc.gz"

    _, complaint, code = run("export_warc", str(path))

    assert code == 1
    assert f"snapshot {hurt.pk}: " in complaint
    assert [kind for kind, _, _ in records(path)].count("response") == 1


# ------------------------------------------------------------------ files of others


def foreign(*parts: bytes) -> io.BytesIO:
    return io.BytesIO(b"".join(parts))


def record(
    body: bytes = PAGE,
    url: str = "http://news.example/a",
    status: str = "200 OK",
    kind: str = "response",
    content_type: str = "text/html",
    day: str = "2024-06-19T14:03:22Z",
    packed: bool = True,
    **headers: str,
) -> bytes:
    """A record as another crawler's writer makes it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    answer = {"Content-Type": content_type} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    http = StatusAndHeaders(status, list(answer.items()), protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=http if kind == "response" else None,
            warc_content_type="" if kind == "response" else content_type,
            warc_headers_dict={"WARC-Date": day},
        )
    )
    return out.getvalue()


def taken(*parts: bytes, trust: bool = True) -> Imported:
    return import_warc(foreign(*parts), "crawl.warc.gz", trust=trust)


GOOD = "http://news.example/good"


def flipped() -> bytes:
    data = bytearray(record(os.urandom(50_000), content_type="text/plain"))
    data[25_000] ^= 255
    return bytes(data)


def wrong_length(length: bytes) -> bytes:
    plain = record(packed=False).replace(b"Content-Length: ", b"Content-Length: " + length, 1)
    return gzip.compress(plain)


BROKEN = [
    (flipped, "packed bytes are damaged"),
    (lambda: record()[:-200], "packed bytes are damaged"),
    # Packed without being made smaller, so it goes on into the next record without a fault.
    (
        lambda: gzip.compress(record(b"." * 60_000, packed=False), 0)[:400],
        "the file ends within packed bytes",
    ),
    (lambda: b"no gzip at all, but something else", "packed bytes are damaged"),
    (lambda: gzip.compress(b"no record " * 1000), "no WARC record"),
    (lambda: gzip.compress(record(packed=False).replace(b"kept", b"torn", 1)), "digest"),
    (lambda: wrong_length(b"9999999999"), "too large"),
    (lambda: wrong_length(b"x"), "does not say how long"),
    (lambda: gzip.compress(b"WARC/1.0\r\n" + b"A: b\r\n" * 20_000), "headers are too long"),
    (lambda: gzip.compress(b"WARC/1.0\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"), "record"),
    (lambda: record(day="yesterday"), "date cannot be read"),
    (lambda: record(day="2999-01-01T00:00:00Z"), "date cannot be"),
    (lambda: record(gzip.compress(PAGE)[:-30], Content_Encoding="gzip"), "has no end"),
    (lambda: record(b"\x1f\x8bnothing", Content_Encoding="gzip"), "packed body is damaged"),
    (lambda: gzip.compress(bytes(b"." * 12_000_000)), "no WARC record"),
]


@pytest.mark.parametrize(("broken", "why"), BROKEN)
def test_a_broken_record_is_told_and_the_next_one_taken(
    broken: Callable[[], bytes], why: str
) -> None:
    done = taken(record(), broken(), record(url=GOOD))

    told = "; ".join([*done.sentences, *done.passed])
    assert why in told
    assert done.new == 2, told
    assert Article.objects.filter(url=GOOD).exists()


@pytest.mark.parametrize(
    ("passed", "why"),
    [
        (lambda: record(status="404 Not Found"), "status 404"),
        (lambda: record(content_type="image/png"), "neither HTML nor text"),
        (lambda: record(kind="request", body=b"GET / HTTP/1.1\r\n\r\n"), "request record"),
        (lambda: record(kind="resource", url="urn:pageinfo:x"), "not the address of a page"),
        (lambda: record(url="http://ada:secret@news.example/"), "cannot be fetched"),
        (lambda: record(b""), "empty page"),
        (lambda: record(b"\x0b\x02\x80", Content_Encoding="br"), "packed as br"),
        (lambda: record(b" " * (10 * 1024 * 1024 + 1)), "larger than"),
    ],
)
def test_what_is_no_page_is_passed_over_and_counted(
    passed: Callable[[], bytes], why: str
) -> None:
    done = taken(passed(), record(url=GOOD))

    assert [why in reason for reason in done.passed] == [True], done
    assert (done.new, done.broken) == (1, 0)


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunked(PAGE), {"Transfer_Encoding": "chunked"}),
        (gzip.compress(PAGE), {"Content_Encoding": "gzip"}),
        (chunked(gzip.compress(PAGE)),
         {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (zlib.compress(PAGE), {"Content_Encoding": "deflate"}),
        (PAGE, {"Content_Encoding": "gzip"}),  # undone already, its header left
    ],
)  # fmt: skip
def test_coded_bodies_are_decoded(body: bytes, headers: dict[str, Any]) -> None:
    done = taken(record(body, **headers))

    assert done.new == 1, done
    assert store.load(Snapshot.objects.get().sha256) == PAGE


@pytest.mark.parametrize("coding", ["gzip", "chunked gzip", "record"])
def test_a_bomb_is_passed_over_within_bounded_memory(coding: str) -> None:
    zeros = b"\0" * 400_000_000
    bomb = gzip.compress(zeros, 1)
    if coding == "record":
        length = b"Content-Length: %d" % len(zeros)
        data = gzip.compress(b"WARC/1.0\r\n" + length + b"\r\n\r\n" + zeros, 1)
    elif coding == "gzip":
        data = record(bomb, Content_Encoding="gzip")
    else:
        data = record(chunked(bomb), Transfer_Encoding="chunked", Content_Encoding="gzip")
    del zeros
    tracemalloc.start()

    done = taken(data, record(url=GOOD))

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert done.new == 1, done
    assert "large" in "; ".join([*done.sentences, *done.passed])
    assert most < 60_000_000  # bytes


def test_plain_files_and_files_packed_as_a_whole_are_read_too() -> None:
    plain = record(packed=False) + record(url=GOOD, packed=False)

    assert taken(plain).new == 2
    assert taken(gzip.compress(plain)).here == 2


def test_whatever_the_bytes_are_nothing_breaks() -> None:
    parts = [
        record(packed=False),
        record(chunked(PAGE), packed=False, Transfer_Encoding="chunked"),
        record(gzip.compress(PAGE), packed=False, Content_Encoding="gzip"),
        record(kind="resource", packed=False),
    ]
    chance = random.Random(7)
    kept = 0
    for _ in range(1500):
        packed = chance.random() < 0.5
        data = bytearray(b"".join(gzip.compress(part) if packed else part for part in parts))
        for _ in range(chance.randint(1, 5)):
            place, length = chance.randrange(len(data)), chance.randint(0, 30)
            data[place : place + length] = chance.randbytes(chance.choice([1, length]))
        for raw in each_record(io.BytesIO(data)):
            if isinstance(raw, RawRecord):
                with contextlib.suppress(NoPage):
                    kept += isinstance(parse(raw), ArchivedPage)
    assert 1500 < kept < 6000  # most of the others are found behind the hurt one


# ------------------------------------------------------------------ what is believed


def test_a_file_that_is_not_trusted_gives_texts_by_hand(client: Client) -> None:
    done = taken(record(), trust=False)
    do_all(Job.Kind.READ)

    snapshot = Snapshot.objects.get()
    assert done.new == 1
    assert (snapshot.origin, snapshot.final_url, snapshot.status) == ("given", "", None)
    assert snapshot.fetched_at > datetime.now(UTC) - timedelta(minutes=5)
    assert snapshot.article.url == "http://news.example/a"
    assert not Visit.objects.exists()
    page = client.get(f"/articles/{snapshot.article_id}/").content.decode()
    assert "given by hand" in page
    assert (
        "It comes from the web archive file crawl.warc.gz, which dates it 19 June 2024." in page
    )


def test_a_trusted_file_gives_pages_as_fetched_then() -> None:
    taken(record(ETag='"7"'))

    snapshot = Snapshot.objects.get()
    assert (snapshot.origin, snapshot.final_url) == ("fetched", "http://news.example/a")
    assert snapshot.fetched_at == datetime(2024, 6, 19, 14, 3, 22, tzinfo=UTC)
    assert snapshot.headers == {"etag": '"7"', "content-type": "text/html"}
    assert Visit.objects.get().outcome == Visit.Outcome.NEW
    assert Job.objects.get(kind=Job.Kind.READ).subject == snapshot.pk


def test_an_old_capture_does_not_bring_a_lost_page_back() -> None:
    lost = ArticleFactory(url="http://news.example/a")
    Visit.objects.create(article=lost, outcome=Visit.Outcome.GONE)
    lost.set_state(Article.State.GONE)

    taken(record(), record(url=GOOD))
    do_all(Job.Kind.READ)

    lost.refresh_from_db()
    assert lost.snapshots.get().read_at is not None
    assert (lost.state, Article.objects.get(url=GOOD).state) == ("gone", "present")


def test_a_file_that_is_not_trusted_names_no_source_of_ours(
    archive: Source, settings: Any, tmp_path: Path
) -> None:
    run("export_warc", str(tmp_path / "all.warc.gz"))
    empty(settings, tmp_path)
    SourceFactory(slug="invented-courier", official=True)

    out, _, _ = run("import_warc", str(tmp_path / "all.warc.gz"))

    assert out.startswith("3 pages taken")
    assert not Snapshot.objects.filter(article__source__official=True).exists()
    assert not Snapshot.objects.filter(origin="fetched").exists()


def test_the_same_file_twice_is_here_already_and_a_dry_run_changes_nothing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(record() + record() + record(url=GOOD) + record(status="500 Oh"))

    dry, _, _ = run("import_warc", str(path), "--dry-run")
    for model in (Article, Source, Job, Snapshot):
        assert not model.objects.exists()
    first, _, _ = run("import_warc", str(path))
    again, _, _ = run("import_warc", str(path))

    assert dry.startswith("2 pages would be taken, 1 already here")
    assert first.startswith("2 pages taken, 1 already here")
    assert "1 passed over: status 500" in first
    assert again.startswith("0 pages taken, 3 already here")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (lambda: b"", "is empty"),
        (lambda: b"\n\n", "holds no WARC record"),
        (lambda: gzip.compress(b""), "holds no WARC record"),
        (lambda: b"A text that is no WARC.\n", "what stands there is no WARC record"),
        (lambda: gzip.compress(b"A packed text.\n"), "what stands there is no WARC record"),
        (lambda: b"\x1f\x8b\x08 and then nothing of the kind", "packed bytes are damaged"),
        (lambda: record()[:-40], "the file ends within packed bytes"),
        (lambda: record(packed=False)[:-40], "shorter than it says"),
    ],
)
def test_a_file_without_a_whole_record_says_why_and_what_to_do(
    tmp_path: Path, body: Callable[[], bytes], why: str
) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(body())

    told, complaint, code = run("import_warc", str(path))

    assert (told, code) == ("", 2)
    assert str(path) in complaint
    assert why in complaint
    assert "nothing was taken. Give a file that ends in .warc" in complaint
    assert not Article.objects.exists()


@pytest.mark.parametrize("packed", [True, False])
def test_of_a_file_that_is_cut_off_the_whole_records_are_taken(
    tmp_path: Path, packed: bool
) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes((record(packed=packed) + record(url=GOOD, packed=packed))[:-40])

    told, complaint, code = run("import_warc", str(path))

    assert told.startswith("1 pages taken")
    assert "1 record is broken and was left out; the others count." in complaint
    assert "ask for the file again" in complaint
    assert code == 1
    assert Article.objects.count() == 1


def test_lies_in_a_trusted_files_metadata_break_nothing() -> None:
    lies = ['{"source": {"slug": "a b", "name": 7}}', '{"source": []}', "[1]", "{", "[" * 99_999,
            '{"stated": {"published_on": "soon"}}', '{"redirects": "x", "article": 9}',
            '{"source": {"slug": "x", "name": "X", "languages": 5, "country": "EUROPE"}}']  # fmt: skip
    for number, lie in enumerate(lies):
        plain = record(url=f"http://news.example/{number}", packed=False)
        taken(plain.replace(b"\r\n", b"\r\nWARC-JSON-Metadata: " + lie.encode() + b"\r\n", 1))

    assert Source.objects.filter(slug="news-example").exists()
    assert not Source.objects.filter(slug__in=["x", "a b"]).exists()


def test_a_store_that_is_full_ends_the_import_with_a_sentence(
    settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(record())
    (tmp_path / "file").touch()
    settings.SNAPSHOT_FOLDER = tmp_path / "file" / "snapshots"

    _, complaint, code = run("import_warc", str(tmp_path / "crawl.warc.gz"))

    assert code == 2
    assert "run it again" in complaint
    assert not Article.objects.exists()
