"""Bytes are read as what they are, whatever they are said to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.decoding import decode

RUSSIAN = "Министр Ада Пример сообщила, что придуманный договор скоро вступит в силу. " * 4
KOREAN = "장관은 꾸며낸 조약이 곧 발효된다고 말했다. " * 6
JAPANESE = "大臣は架空の条約がまもなく発効すると述べた。" * 6
GERMAN = (
    "Die Ministerin erklärte, der erfundene Vertrag über die Brücke trete früh in Kraft. " * 4
)


def page(text: str, *, meta: str = "", lang: str = "") -> str:
    attribute = f' lang="{lang}"' if lang else ""
    return (
        f"<html{attribute}><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>"
    )


def test_a_byte_order_mark_goes_before_all_else() -> None:
    for codec in ("utf-8-sig", "utf-16"):
        body = page(RUSSIAN, meta="<meta charset=koi8-r>").encode(codec)
        assert RUSSIAN in decode(body, "text/html; charset=windows-1252").text


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("KOI8-R", "koi8-r", RUSSIAN), ("koi8-ru", "koi8-u", RUSSIAN), ("cp866", "cp866", RUSSIAN),
        ("iso_8859-5:1988", "iso8859-5", RUSSIAN), ("x-mac-cyrillic", "mac-cyrillic", RUSSIAN),
        ("ks_c_5601-1987", "cp949", KOREAN), ("windows-31j", "cp932", JAPANESE),
        ("x-euc-jp", "euc_jp", JAPANESE), ("iso-2022-jp", "iso2022_jp", JAPANESE),
        ("big5-hkscs", "big5hkscs", "部長說條約很快就會生效。" * 6), ("gb2312", "gbk", "部长说条约很快生效。" * 6),
        ("latin1", "windows-1252", GERMAN + "“–”"), ("iso-8859-9", "windows-1254", "Bakan İşık söyledi. " * 6),
        ("tis-620", "cp874", "รัฐมนตรีกล่าวว่า" * 6), ("utf-16le", "utf-16-le", RUSSIAN),
    ],
)  # fmt: skip
def test_labels_are_those_of_browsers(label: str, codec: str, text: str) -> None:
    body = page(text).encode(codec)

    assert text in decode(body, f"text/html; charset={label}").text


@pytest.mark.parametrize(
    "label",
    ["utf-7", "hz-gb-2312", "iso-2022-kr", "rot13", "idna", "hex", "unicode_escape", "x" * 500],
)
def test_what_browsers_refuse_is_no_label(label: str) -> None:
    found = decode(page("+ADw-script+AD4- ~{<:Ky~}").encode(), f"text/html; charset={label}")

    assert found.charset == "utf-8"
    assert "+ADw-script+AD4-" in found.text


def test_the_header_goes_before_the_meta() -> None:
    body = page(RUSSIAN, meta="<meta charset=windows-1251>").encode("koi8-r")

    assert RUSSIAN in decode(body, "text/html; charset=koi8-r").text


@pytest.mark.parametrize(
    ("codec", "header", "meta"),
    [
        ("utf-8", "; charset=iso-8859-1", ""),
        ("utf-8", "; charset=windows-1251", "<meta charset=utf-8>"),
        ("utf-8", "", "<meta charset=windows-1251>"),
        ("utf-8", "; charset=utf-16", ""),
        ("windows-1251", "; charset=utf-8", "<meta charset=windows-1251>"),
        ("windows-1251", "; charset=iso-8859-1", "<meta charset=windows-1251>"),
        ("windows-1251", "; charset=utf-8", ""),
        ("koi8-r", "", ""),
    ],
)
def test_a_header_or_meta_that_lies_is_put_right(codec: str, header: str, meta: str) -> None:
    body = page(RUSSIAN, meta=meta, lang="ru").encode(codec)

    found = decode(body, f"text/html{header}")

    assert RUSSIAN in found.text
    assert found.warnings or header == "; charset=utf-16"


def test_a_label_in_a_comment_is_none() -> None:
    body = page(RUSSIAN, meta="<!-- <meta charset=koi8-r> --><meta charset=windows-1251>")

    assert RUSSIAN in decode(body.encode("windows-1251"), "text/html").text


@pytest.mark.parametrize(
    ("codec", "lang", "text"),
    [
        ("cp932", "ja", JAPANESE), ("euc_jp", "ja", JAPANESE), ("cp949", "ko", KOREAN),
        ("windows-1251", "", RUSSIAN), ("koi8-r", "ru", RUSSIAN), ("windows-1252", "de", GERMAN),
        ("windows-1252", "", GERMAN), ("iso8859-2", "pl", "Minister powiedziała, że traktat wejdzie w życie wiosną. Źle. " * 4),
    ],
)  # fmt: skip
def test_without_a_label_the_bytes_and_the_language_tell(
    codec: str, lang: str, text: str
) -> None:
    found = decode(page(text, lang=lang).encode(codec), "text/html")

    assert text in found.text
    assert "nothing true says" in found.warnings[0]


def test_pasted_quotation_marks_are_read_and_damage_is_flagged() -> None:
    body = page(RUSSIAN).encode() + b"<p>\x93The treaty\x94 \x96 caf\xe9</p>"

    found = decode(body, "text/html; charset=utf-8")

    assert "“The treaty” – caf\ufffd" in found.text
    assert RUSSIAN in found.text
    assert found.warnings == ("some bytes are not valid utf-8",)


def test_a_page_cut_in_the_middle_of_a_character_is_still_read() -> None:
    found = decode(page(RUSSIAN).encode()[:201], "text/html; charset=utf-8")

    assert found.charset == "utf-8"
    assert found.warnings


@given(
    st.binary(max_size=400),
    st.sampled_from(
        ["", "; charset=utf-8", "; charset=euc-kr", "; charset=utf-16", "; charset=iso-2022-jp"]
    ),
)
def test_any_bytes_become_characters(body: bytes, header: str) -> None:
    found = decode(body, f"text/html{header}")

    assert isinstance(found.text, str)
    assert len(found.charset) <= 40
