"""No text raises; what is found lies inside of it, in order, and is found again."""

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from statements.attribution import attribute
from tests.attribution.texts import real_texts, reports

_ALPHABET = "ab AB.,:;!?\r\n\t“”„‟\"'`’‘«»‹›「」『』《》()[]—–-…1 0\u00a0\u0301\u200bé한我は日Д\U0001f54a"


def check(text: str) -> None:
    found = attribute(text)
    assert attribute(text) == found
    for statement in found:
        assert 0 <= statement.start < statement.end <= len(text)
        assert statement.spans
        assert text[statement.start : statement.end].strip()
        places = [place for span in statement.spans for place in span]
        assert places == sorted(places)
        assert all(first < last for first, last in statement.spans)
        assert (places[0], places[-1]) == (statement.start, statement.end)
        for voice in statement.voices:
            if voice.start is not None:
                assert text[voice.start : voice.end] == voice.printed
        if statement.cue_start is not None:
            assert text[statement.cue_start : statement.cue_end] == statement.cue
    assert [s.start for s in found] == sorted(s.start for s in found)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(_ALPHABET, max_size=400), st.text(max_size=200), reports))
@example("”")
@example("''''")
@example("Q:\nA:\nQ:\nA:\n")
@example("Ada Example Said It Will Stay, As Reported.")
def test_no_text_raises(text: str) -> None:
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["utf-8", "latin-1", "utf-16", "cp1251"]))
def test_no_bytes_raise_however_they_are_decoded(data: bytes, encoding: str) -> None:
    check(data.decode(encoding, errors="replace"))


@settings(max_examples=60, deadline=None)
@given(reports, st.text(max_size=20), st.integers(0, 400))
def test_what_stands_in_the_middle_of_a_report_does_not_raise(
    text: str, other: str, at: int
) -> None:
    check(text[:at] + other + text[at:])


def test_no_real_text_raises(shared: Path) -> None:
    for text in real_texts(shared):
        check(text)
