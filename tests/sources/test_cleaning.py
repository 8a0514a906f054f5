"""Whatever comes in, clean text can be stored, and cleaning it again changes nothing."""

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.cleaning import clean_line, clean_text

# Any code point, lone surrogates and non-characters among them, and many marks.
ANYTHING = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.characters(categories=["Mn", "Mc", "Cf", "Cs", "Cc"]),
        st.sampled_from(
            "\r\n\x00\u0344\u0301\u200d\u200c\ufeff\ufffe\u202e\U0001fffe\u1100\u1161"
        ),
    )
)


@given(ANYTHING)
def test_clean_text_can_be_stored_and_is_clean(text: str) -> None:
    cleaned = clean_text(text)

    assert cleaned.encode("utf-8") is not None  # no lone surrogate
    assert "\x00" not in cleaned
    assert not any(unicodedata.category(letter) == "Cs" for letter in cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean_text(cleaned) == cleaned


@given(ANYTHING, st.integers(1, 20))
def test_a_clean_line_is_one_line_of_its_length(text: str, longest: int) -> None:
    line = clean_line(text, longest)

    assert "\n" not in line
    assert len(line) <= longest
    assert line == line.strip()


@pytest.mark.parametrize("unwanted", ["\x00", "\x1b", "\x85"[:0] + "\x9f", "\ud800", "\ufdd0", "\uffff",
                                      "\U0010fffe", "\u202e", "\u2066", "\ufeff"])  # fmt: skip
def test_what_a_database_or_a_page_chokes_on_goes(unwanted: str) -> None:
    assert clean_text(f"a{unwanted}b") == "ab"


@pytest.mark.parametrize(
    "text",
    [
        "क्षत्रिय हिन्दी", "ที่นี่ น้ำ", "בְּרֵאשִׁ֖ית", "Tiếng Việt ườ", "대한민국", "ཧྐྵྨླྺྼྻྂ", "نصٌّ عربيٌّ",
        "👩‍❤️‍💋‍👨 👨🏽‍🚀 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 1️⃣", "می‌خواهم", "tab\there",
    ],
)  # fmt: skip
def test_real_scripts_are_not_harmed(text: str) -> None:
    assert clean_text(text) == unicodedata.normalize("NFC", text)
    assert clean_text(unicodedata.normalize("NFD", text)) == unicodedata.normalize("NFC", text)


def test_marks_do_not_pile_up() -> None:
    began = time.process_time()

    piled = clean_text("a" + "\u0301\u0316\u200d" * 100_000 + "b")

    assert len(piled) < 30
    assert (piled[0], piled[-1]) == ("á", "b")
    assert time.process_time() - began < 2


def test_official_texts_stay_as_they_are(shared: Path) -> None:
    for path in (shared / "corpora" / "whitehouse").glob("2*.md"):
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        assert clean_text(text) == text.replace("\u2028", "\n").replace("\ufeff", ""), path.name
