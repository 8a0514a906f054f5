"""Of a long text what stands around the words found is shown, and nothing is changed in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.search.snippets import pieces, snippet

LONG = (
    "Nothing is said here. " * 60
    + "Then the treaty is named. "
    + "And more of it follows. " * 60
)


def shown(text: str, found: list[tuple[int, int]], longest: int = 600) -> str:
    """The text of a snippet."""
    return "".join(piece.text for piece in snippet(text, found, longest))


def test_a_short_text_is_shown_whole() -> None:
    assert shown("Short words.", [(0, 5)]) == "Short words."
    assert [piece.text for piece in pieces("Short words.", [(0, 5)]) if piece.found] == [
        "Short"
    ]


def test_a_long_text_without_words_found_is_shown_from_its_beginning() -> None:
    text = shown(LONG, [])

    assert LONG.startswith(text.removesuffix("…"))
    assert 500 < len(text) <= 601
    assert text.endswith("here.…")


def test_what_stands_around_the_word_found_is_shown() -> None:
    at = LONG.index("treaty")

    text = shown(LONG, [(at, at + 6)])

    assert "Then the treaty is named." in text
    assert text.startswith("…Nothing")
    assert text.endswith("…")
    assert len(text) <= 602


def test_two_places_far_apart_are_both_shown() -> None:
    first, last = LONG.index("Nothing"), LONG.rindex("follows")

    text = shown(LONG, [(first, first + 7), (last, last + 7)])

    assert text.startswith("Nothing")
    assert " … " in text
    assert text.endswith("follows. ")


@pytest.mark.parametrize("longest", [20, 100, 600])
@given(st.data())
def test_a_snippet_is_made_of_the_text(longest: int, data: st.DataObject) -> None:
    text = data.draw(st.text("ab .。条\n", max_size=900))
    ends = data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True).map(sorted))
    found = [
        (a, b) for a, b in zip(ends[::2], ends[1::2], strict=False) if b - a <= longest // 4
    ]

    whole = snippet(text, found, longest)

    parts = "".join(piece.text for piece in whole if piece.text != "…").split(" … ")
    at = 0
    for part in parts:
        at = text.index(part, at) + len(part)
    assert sum(map(len, parts)) <= max(longest, len(text) if len(text) <= longest else 0)
    if found:
        marked = [piece.text for piece in whole if piece.found]
        assert marked[0] == text[slice(*found[0])]
