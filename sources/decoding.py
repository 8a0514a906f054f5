"""Bytes to characters: byte order mark, header, meta, strict UTF-8, detector. Pure."""

import codecs
from typing import NamedTuple

import regex
from charset_normalizer import from_bytes

# Labels of the WHATWG Encoding Standard (encoding.spec.whatwg.org, «Names and labels»), by the
# Python codec that reads the same bytes. What is not named here is no label: UTF-7, and all
# that browsers replace by an error (hz-gb-2312, iso-2022-kr, iso-2022-cn).
_LABELS_OF = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 "
    "iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 "
    "iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 "
    "iso_8859-4:1988 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 "
    "iso_8859-5 iso_8859-5:1988",
    "iso8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 "
    "iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 "
    "iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek",
    "iso8859-8": "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 "
    "iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "windows-1250": "cp1250 windows-1250 x-cp1250",
    "windows-1251": "cp1251 windows-1251 x-cp1251",
    "windows-1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 "
    "iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii "
    "windows-1252 x-cp1252",
    "windows-1253": "cp1253 windows-1253 x-cp1253",
    "windows-1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 "
    "iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254",
    "windows-1255": "cp1255 windows-1255 x-cp1255",
    "windows-1256": "cp1256 windows-1256 x-cp1256",
    "windows-1257": "cp1257 windows-1257 x-cp1257",
    "windows-1258": "cp1258 windows-1258 x-cp1258",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 "
    "x-gbk gb18030",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 "
    "ksc5601 ksc_5601 windows-949",
    "utf-16-be": "unicodefffe utf-16be",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
}
_CODECS = {label: codec for codec, labels in _LABELS_OF.items() for label in labels.split()}
_BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_WIDE = {"utf-16-le", "utf-16-be"}
_HEADER = regex.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", regex.IGNORECASE)
_COMMENT = regex.compile(rb"<!--.*?(?:-->|\Z)", regex.DOTALL)
_META = regex.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", regex.IGNORECASE)
_XML = regex.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", regex.IGNORECASE)
_START = 4096  # bytes in which a page must say how it is written; browsers look at 1024
_LANG = regex.compile(rb"<html[^>]{0,300}?\blang\s*=\s*[\"']?([A-Za-z]{2,3})", regex.IGNORECASE)
_LATIN_LETTER = regex.compile(rb"[A-Za-z]")
_HIGH = regex.compile(rb"[\x80-\xff]")
# In what pages in these languages have been written. Of several bytes a character each, the
# first that fits is right; the rest fit any bytes, and the detector has to choose.
_HABITS = {
    ("ja",): ("cp932", "euc_jp"), ("ko",): ("cp949",),
    ("be", "bg", "kk", "ky", "mk", "ru", "sr", "tg", "tt", "uk"):
        ("windows-1251", "koi8-u", "koi8-r", "iso8859-5", "cp866"),
    ("cs", "hr", "hu", "pl", "ro", "sk", "sl"): ("windows-1250", "iso8859-2"),
    ("da", "de", "en", "es", "fi", "fr", "is", "it", "nb", "nl", "no", "pt", "sv"):
        ("windows-1252",),
    ("el",): ("windows-1253", "iso8859-7"), ("tr",): ("windows-1254",),
    ("he",): ("windows-1255",), ("ar", "fa"): ("windows-1256",),
    ("et", "lt", "lv"): ("windows-1257",), ("vi",): ("windows-1258",), ("th",): ("cp874",),
}  # fmt: skip
_LONG_CHARACTERS = {"cp932", "euc_jp", "cp949"}
_SAMPLE = 256 * 1024  # bytes that the detector looks at
# Fewer characters of several bytes may fit UTF-8 by chance.
_ENOUGH = 3
_MANY_BYTES = regex.compile(r"[^\x00-\x7f]")
_LETTER = regex.compile(r"[^\W\d_]")
# What the letters of other alphabets turn into when they are read as windows-1252.
_ACCENTED = regex.compile(r"[\xc0-\xff]")
# Quotation marks and dashes that stand at the same bytes in all of windows-1250 to 1258. A
# paragraph pasted from a word processor brings them into a page of UTF-8.
_PASTED = {0x82: "‚", 0x84: "„", 0x85: "…", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”",
           0x95: "•", 0x96: "–", 0x97: "—"}  # fmt: skip


class Decoded(NamedTuple):
    """The characters, the charset that made them, and what was not as it should be."""

    text: str
    charset: str
    warnings: tuple[str, ...] = ()


def decode(body: bytes, content_type: str) -> Decoded:
    """Return the characters of a page, by what it says of itself where that can be true.

    >>> decode("Привет".encode("windows-1251"), "text/html; charset=cp1251").text
    'Привет'
    >>> decode("«Привет»".encode(), "text/html; charset=cp1251").charset
    'utf-8'
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], charset)
    declared = _declared(body, content_type)
    utf8 = _strictly(body, "utf-8")
    if utf8 is not None and _surely_utf8(utf8, declared):
        lie = declared and declared[0] != "utf-8"
        said = (f"the page is said to be {declared[0]}, but it is utf-8",) if lie else ()
        return Decoded(utf8, "utf-8", said)
    for charset in declared:
        text = _strictly(body, charset)
        if text is not None and not _another_alphabet(text, charset):
            wrong = charset != declared[0]
            said = (
                (f"the page is said to be {declared[0]}, but it is {charset}",) if wrong else ()
            )
            return Decoded(text, charset, said)
    if utf8 is not None:
        return Decoded(utf8, "utf-8")
    return _mended(body) or _guessed(body, declared)


def _declared(body: bytes, content_type: str) -> list[str]:
    """The codecs that the header, the XML declaration and the meta name, in this order."""
    labels = [found.group(1) for found in [_HEADER.search(content_type)] if found]
    start = body[:_START]
    for found in (_XML.search(start), _META.search(_COMMENT.sub(b"", start))):
        if found:
            labels.append(found.group(1).decode("ascii", "ignore"))
    declared = dict.fromkeys(filter(None, map(_known, labels)))
    # Whoever reads «utf-16» in a page of single bytes is not reading UTF-16.
    return [name for name in declared if name not in _WIDE or b"\x00" in start]


def _known(label: str) -> str | None:
    return _CODECS.get(label.strip().lower())


def _strictly(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except UnicodeDecodeError:
        return None


def _surely_utf8(text: str, declared: list[str]) -> bool:
    """Whether bytes that fit UTF-8 are UTF-8 whatever else was declared.

    Legacy text practically never fits by chance, but for a few characters.
    """
    if not declared or declared[0] == "utf-8":
        return True
    return declared[0] not in _WIDE and len(_MANY_BYTES.findall(text)) >= _ENOUGH


def _another_alphabet(text: str, charset: str) -> bool:
    """Whether most letters are accented: windows-1252 fits any bytes, but no language is so."""
    if charset != "windows-1252" or text.isascii():
        return False
    accented = len(_ACCENTED.findall(text))
    return accented > 20 and accented > len(_LETTER.findall(text)) / 2


def _mended(body: bytes) -> Decoded | None:
    """UTF-8 with damage or pasted pieces, if most of its longer characters are whole."""
    damaged = body.decode("utf-8", "replace").count("\ufffd")
    whole = len(_MANY_BYTES.findall(body.decode("utf-8", "ignore")))
    if whole < damaged:
        return None
    return Decoded(body.decode("utf-8", _PASTES), "utf-8", ("some bytes are not valid utf-8",))


def _paste(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return "".join(_PASTED.get(byte, "\ufffd") for byte in wrong), error.end


_PASTES = "demarche-paste"
codecs.register_error(_PASTES, _paste)


def _guessed(body: bytes, declared: list[str]) -> Decoded:
    """What the page's language, the rarity of other letters or the detector makes of it."""
    habit = _habit(body)
    charset = next(
        (name for name in habit if name in _LONG_CHARACTERS and _strictly(body, name)), None
    )
    if charset is None and len(habit) == 1 and _strictly(body, habit[0]):
        charset = habit[0]
    if charset is None:
        among = [name for name in habit if name not in _LONG_CHARACTERS] or list(_LABELS_OF)
        found = from_bytes(body[:_SAMPLE], cp_isolation=among).best()
        charset = found.encoding if found else next(iter(declared), "windows-1252")
    decoded = _decoded(body, _known(charset) or charset)
    said = f"nothing true says how the page is written; it was read as {decoded.charset}"
    return Decoded(decoded.text, decoded.charset, (*decoded.warnings, said))


def _habit(body: bytes) -> tuple[str, ...]:
    """The charsets of the page's language; without one, that of texts of few accents."""
    if found := _LANG.search(body[:_START]):
        language = found.group(1).decode("ascii").lower()
        return next((names for those, names in _HABITS.items() if language in those), ())
    rare = len(_HIGH.findall(body)) * 10 < len(_LATIN_LETTER.findall(body))
    return ("windows-1252",) if rare else ()


def _decoded(body: bytes, charset: str) -> Decoded:
    text = _strictly(body, charset)
    if text is not None:
        return Decoded(text, charset)
    said = (f"some bytes are not valid {charset}",)
    return Decoded(body.decode(charset, "replace"), charset, said)
