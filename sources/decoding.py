"""Bytes to characters: byte order mark, header, meta, strict UTF-8, detector. Pure."""

import codecs

import regex
from charset_normalizer import from_bytes

# Labels that the WHATWG Encoding Standard reads as a larger set than their name says.
_LABELS = {
    "ascii": "windows-1252", "us-ascii": "windows-1252", "latin1": "windows-1252",
    "latin-1": "windows-1252", "iso-8859-1": "windows-1252", "iso8859-1": "windows-1252",
    "iso-8859-9": "windows-1254", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932",
    "sjis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "cp1251": "windows-1251", "win-1251": "windows-1251", "unicode": "utf-16-le",
    "utf8": "utf-8", "x-cp1251": "windows-1251",
}  # fmt: skip
_REFUSED = {
    "utf-7",
    "utf7",
    "base64",
    "hex",
    "rot13",
    "rot_13",
    "idna",
    "punycode",
    "zlib",
    "bz2",
}
_BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_HEADER = regex.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", regex.IGNORECASE)
_META = regex.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", regex.IGNORECASE)
_XML = regex.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", regex.IGNORECASE)


def decode(body: bytes, content_type: str) -> tuple[str, str, bool]:
    """Return the text, the charset used, and whether every byte fitted it.

    >>> decode("Привет".encode("windows-1251"), "text/html; charset=cp1251")
    ('Привет', 'windows-1251', True)
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], charset)
    declared = [label.group(1) for label in [_HEADER.search(content_type)] if label]
    start = body[:4096]
    declared += [
        found.group(1).decode("ascii", "ignore")
        for found in (_XML.search(start), _META.search(start))
        if found
    ]
    for charset in filter(None, map(_known, declared)):
        text, _, fits = _decoded(body, charset)
        if fits:
            return text, charset, True
    text, _, fits = _decoded(body, "utf-8")
    if fits:
        return text, "utf-8", True
    guess = from_bytes(body[: 256 * 1024]).best()
    fallback = next(filter(None, map(_known, declared)), None)
    return _decoded(body, fallback or (guess.encoding if guess else "windows-1252"))


def _known(label: str) -> str | None:
    name = label.strip().lower()
    if name in _REFUSED:
        return None
    name = _LABELS.get(name, name)
    try:
        codecs.lookup(name)
        b"a".decode(name)
    except (LookupError, UnicodeError):
        return None
    return name


def _decoded(body: bytes, charset: str) -> tuple[str, str, bool]:
    try:
        return body.decode(charset), charset, True
    except UnicodeDecodeError:
        return body.decode(charset, "replace"), charset, False
