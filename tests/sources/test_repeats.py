"""What a page shows twice is read once; what is said twice stays."""

import time
from pathlib import Path

from sources.repeats import without_repeats
from sources.text import decode_page, read

LONG = [
    f"Minister Ada Example said on day {number} that the invented treaty would enter into force, "
    "once both invented parliaments had voted on it."
    for number in range(4)
]


def lines(*parts: str) -> str:
    return "\n".join(parts) + "\n"


def test_a_paragraph_shown_three_times_is_read_once() -> None:
    assert without_repeats(lines(LONG[0], LONG[0], LONG[1], LONG[0])) == lines(LONG[0], LONG[1])


def test_an_article_printed_twice_is_read_once_with_its_short_lines() -> None:
    body = [LONG[0], "What comes next", LONG[1], "«No.»", LONG[2], "Thank you."]

    assert without_repeats(lines(*body, *body)) == lines(*body)
    assert without_repeats(lines(*body, *body, *body)) == lines(*body)


def test_short_lines_that_are_said_again_stay() -> None:
    talk = lines(
        "Thank you.",
        LONG[0],
        "Thank you.",
        "Q  Thank you.",
        "Thank you.",
        LONG[1],
        "Thank you.",
    )

    assert without_repeats(talk) == talk


def test_a_teaser_that_breaks_off_goes_and_the_paragraph_stays() -> None:
    teaser = LONG[0][:90] + " …"

    assert without_repeats(lines(teaser, LONG[1], LONG[0])) == lines(LONG[1], LONG[0])
    assert without_repeats(lines(teaser, LONG[1])) == lines(teaser, LONG[1])


def test_korean_paragraphs_weigh_double() -> None:
    paragraph = "장관은 목요일 꾸며낸 조약이 두 의회의 표결을 거쳐 올봄 안에 발효될 것이라고 기자들에게 말했으며 날짜는 밝히지 않았다."

    assert without_repeats(lines(paragraph, paragraph)) == lines(paragraph)


def test_official_transcripts_stay_as_they_are(shared: Path) -> None:
    for path in (shared / "corpora" / "whitehouse").glob("2*.md"):
        text = path.read_text(encoding="utf-8")
        assert without_repeats(text) == text, path.name


def test_many_repeats_cost_no_more_than_their_length() -> None:
    began = time.process_time()

    assert without_repeats(lines(*[LONG[0], "a"] * 30_000)) == lines(LONG[0], "a")
    assert time.process_time() - began < 3


def test_a_page_for_paper_and_phones_is_read_once() -> None:
    body = "".join(f"<p>{line}</p>" for line in LONG)
    html = f"<html><body><article><div>{body}</div><div class='print'>{body}</div></article></body></html>"

    text = read(decode_page(html.encode(), "text/html"), "http://news.example/a").text

    assert [text.count(line) for line in LONG] == [1] * 4
