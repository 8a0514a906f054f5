"""The sample newsroom behaves like a live site, and its words are honest."""

import re
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from newsroom.outlets import OUTLETS
from newsroom.server import make_server
from newsroom.stories import Clock, kept_clock, stories
from sources.feeds import parse_feed
from sources.text import PageError, decode_page, read


@pytest.fixture
def serve() -> Iterator[object]:
    """Serve the newsroom so many seconds after its clock started; gives the address."""
    servers = []

    def start(seconds: float) -> str:
        clock = Clock(datetime.now(UTC) - timedelta(seconds=seconds))
        server = make_server("127.0.0.1", 0, clock)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def get(url: str, etag: str = "") -> tuple[int, str, bytes, str]:
    request = urllib.request.Request(url, headers={"If-None-Match": etag} if etag else {})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return (
                answer.status,
                answer.headers["Content-Type"],
                answer.read(),
                answer.headers["ETag"],
            )
    except urllib.error.HTTPError as error:
        return error.code, "", b"", ""


def listed(base: str) -> set[str]:
    """Every address that the outlets list."""
    found = set()
    for outlet in OUTLETS.values():
        address = f"{base}/{outlet.slug}/{outlet.listing.path}"
        _, _, body, _ = get(address)
        entries = parse_feed(
            body, outlet.listing.kind, address, outlet.listing.selector
        ).entries
        found |= {entry.url for entry in entries}
    return found


def test_there_are_enough_articles_outlets_languages_and_ways_to_list_them() -> None:
    assert len(stories()) >= 24
    assert len({story.outlet for story in stories()}) >= 6
    assert {outlet.language for outlet in OUTLETS.values()} == {"en", "ru", "ko", "ja"}
    assert {o.listing.kind for o in OUTLETS.values()} == {"rss", "atom", "sitemap", "page_list"}
    assert len({o.layout for o in OUTLETS.values()}) == 4


def test_articles_appear_as_the_clock_runs(serve: object) -> None:
    numbers = [len(listed(serve(seconds))) for seconds in (1, 100, 1000)]  # type: ignore[operator]

    assert 5 < numbers[0] < numbers[1] < numbers[2] == len(stories())


def test_an_article_is_missing_before_its_release(serve: object) -> None:
    late = max(stories(), key=lambda story: story.release)

    assert get(f"{serve(1)}/{late.key}.html")[0] == 404  # type: ignore[operator]
    assert get(f"{serve(1000)}/{late.key}.html")[0] == 200  # type: ignore[operator]


def test_a_listing_is_not_read_as_an_article(serve: object) -> None:
    address = f"{serve(1000)}/noonradio/latest.html"  # type: ignore[operator]
    _, content_type, body, _ = get(address)

    with pytest.raises(PageError) as refused:
        read(decode_page(body, content_type), address)

    assert refused.value.code == "boilerplate"


def test_an_unchanged_listing_answers_304(serve: object) -> None:
    address = f"{serve(1000)}/meridian/rss.xml"  # type: ignore[operator]
    _, _, _, etag = get(address)

    assert get(address, etag)[0] == 304


def test_the_clock_goes_on_after_a_restart(tmp_path: Path) -> None:
    first = kept_clock(tmp_path / "clock")

    assert kept_clock(tmp_path / "clock").started == first.started


def test_every_page_is_read_with_its_words_title_and_day(serve: object) -> None:
    base = serve(1000)  # type: ignore[operator]
    for story in stories():
        url = f"{base}/{story.key}.html"
        _, kind, body, _ = get(url)
        if story.wall:
            with pytest.raises(PageError):
                read(decode_page(body, kind), url)
            continue
        found = read(decode_page(body, kind), url)
        for paragraph in story.text_at(1000):
            assert paragraph in found.text, story.key
        assert found.title == story.title, story.key
        day = None if story.undated else story.published
        assert (found.published_on.isoformat() if found.published_on else None) == day, (
            story.key
        )
        assert found.language == OUTLETS[story.outlet].language, story.key


def test_a_silent_edit_changes_the_page(serve: object) -> None:
    edited = next(story for story in stories() if story.edited)
    bases = [serve(seconds) for seconds in (edited.release + 1, 1000)]  # type: ignore[operator]
    before, after = (get(f"{base}/{edited.key}.html")[2] for base in bases)

    assert before != after


# ------------------------------------------------------------------ honest words

QUOTED = re.compile(r"[\"“«「]([^\"”»」]+)[\"”»」]")


def test_every_quoted_fragment_stands_in_the_data(shared: Path) -> None:
    """No invented words in anybody's mouth: what is quoted was said, or is the treaty's text."""
    data = shared / "data"
    seed = yaml.safe_load((data / "statements-seed.yaml").read_text(encoding="utf-8"))
    fragments = [
        q for s in seed["statements"] for r in s["reports"] for q in r.get("quotes", [])
    ]
    known = " ".join(
        [*fragments, (data / "treaties.yaml").read_text(encoding="utf-8")]
    ).casefold()
    for story in stories():
        for text in (story.title, *story.paragraphs, *story.edited):
            for quoted in QUOTED.findall(text):
                assert quoted.rstrip(",.").casefold() in known, (story.key, quoted)


def test_no_sentence_comes_from_the_test_material(shared: Path) -> None:
    def shingles(text: str) -> set[str]:
        words = re.findall(r"\w+", text.lower())
        return {" ".join(words[i : i + 12]) for i in range(len(words) - 11)}

    material = set()
    corpus = shared / "corpora" / "quotes-dev"
    for path in [*(shared / "seeds").glob("*.txt"), *corpus.glob("wikinews*docs.jsonl")]:
        material |= shingles(path.read_text(encoding="utf-8"))
    for story in stories():
        assert not shingles(" ".join(story.paragraphs)) & material, story.key
