"""Addresses: what may be fetched, and which addresses are one page. Pure."""

import ipaddress
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

import regex

LONGEST = 2000  # characters
_LONGEST_HOST = 245  # characters; HostState keeps it with its port
PORTS = {"http": 80, "https": 443}
_FORBIDDEN = regex.compile(r"[\x00-\x20\x7f-\x9f\\]")
_NOT_ASCII = regex.compile(r"[^\x00-\x7f]+")
# One host, in brackets if it is an IPv6 address, and at most one port; no user name.
_NETLOC = regex.compile(r"(?:\[[0-9a-fA-F:.]+\]|[^\[\]:@]+)(?::[0-9]*)?")
_NAME = regex.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
# A name that ends so is read as a number by browsers and by the C library.
_NUMBER = regex.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
# IDNA 2003 and 2008 make different hosts of these, so nobody knows which one is meant.
_AMBIGUOUS = regex.compile(r"[ßẞς\u200c\u200d]")
# Parameters that say where a reader came from; none that could say which page it is, as
# `ref`, `from` or `id` do on some site.
_TRACKING = regex.compile(
    r"^(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|igshid|mc_[ce]id|"
    r"at_(?:medium|campaign)|ns_(?:mchannel|source|campaign|linkname|fee))$",
    regex.IGNORECASE,
)


class BadUrl(ValueError):
    """The address cannot be fetched; the message says why."""


def parse_url(url: str) -> SplitResult:
    """Return the parts of an absolute http(s) address in ASCII, its host lower-case.

    Each host has one spelling: no dot at its end, a numeric address in its usual form.
    Raises `BadUrl` for other schemes, user names, back-slashes, control characters, missing
    or malformed hosts and ports, numbers in disguise, and more than 2,000 characters.

    >>> parse_url("HTTPS://Bücher.example/ä?b#c").geturl()
    'https://xn--bcher-kva.example/%C3%A4?b'
    """
    url = url.strip()
    if len(url) > LONGEST:
        raise BadUrl(f"longer than {LONGEST} characters")
    if _FORBIDDEN.search(url):
        raise BadUrl("it holds a space, a control character or a backslash")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError as error:
        raise BadUrl(str(error)) from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise BadUrl("it does not start with http:// or https://")
    if "@" in parts.netloc:
        raise BadUrl("it holds a user name")
    if not host:
        raise BadUrl("it names no host")
    if not _NETLOC.fullmatch(parts.netloc) or port == 0:
        raise BadUrl("its host or port is malformed")
    netloc = _ascii_host(host)
    if port is not None and port != PORTS[scheme]:
        netloc = f"{netloc}:{port}"
    path, query = _ascii(parts.path) or "/", _ascii(parts.query)
    if len(scheme) + len(netloc) + len(path) + len(query) > LONGEST - 4:  # "://" and "?"
        raise BadUrl(f"longer than {LONGEST} characters once it is encoded")
    return SplitResult(scheme, netloc, path, query, "")


def _ascii(part: str) -> str:
    """The path or query with all but ASCII percent-encoded; what is encoded stays so."""
    try:
        return str(_NOT_ASCII.sub(lambda found: quote(found[0]), part))
    except UnicodeEncodeError as error:
        raise BadUrl("it holds half a character") from error


def _ascii_host(host: str) -> str:
    if ":" in host:
        return f"[{_numeric(host, ipaddress.IPv6Address)}]"
    if _AMBIGUOUS.search(host):
        raise BadUrl("its host has a letter that is read in two ways; write it as xn--…")
    try:
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise BadUrl("its host is not a valid name") from error
    if not _NAME.fullmatch(name):
        raise BadUrl("its host is not a valid name")
    if _NUMBER.fullmatch(name):
        return _numeric(host, ipaddress.IPv4Address)
    if len(name) > _LONGEST_HOST:
        raise BadUrl(f"its host is longer than {_LONGEST_HOST} characters")
    return name


def _numeric(host: str, kind: type[ipaddress.IPv4Address | ipaddress.IPv6Address]) -> str:
    """The address in its usual form. Octal, hexadecimal, short and other digits are refused."""
    try:
        return str(kind(host))
    except ValueError as error:
        raise BadUrl("its host is a number that is no address") from error


def canonical_url(url: str) -> str:
    """Return the address by which a page is known: no fragment, no tracking parameters.

    Raises `BadUrl`.

    >>> canonical_url("HTTP://News.example:80/a?utm_source=x&id=7&fbclid=y#top")
    'http://news.example/a?id=7'
    """
    parts = parse_url(url)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(name)
    ]
    # An untouched query keeps its own spelling.
    changed = len(kept) != len(parse_qsl(parts.query, keep_blank_values=True))
    query = urlencode(kept) if changed else parts.query
    return urlunsplit(parts._replace(query=query))


def absolute_url(base: str, link: str) -> str | None:
    """Resolve a link found on the page `base`; None when it cannot be fetched.

    >>> absolute_url("http://a.example/b/", "../c")
    'http://a.example/c'
    >>> absolute_url("http://a.example/", "javascript:alert(1)") is None
    True
    """
    try:
        return urlunsplit(parse_url(urljoin(base, link.strip())))
    except ValueError:
        return None


def host_of(url: str) -> str:
    """Return `host` or, when the port is not the scheme's own, `host:port`. Raises `BadUrl`."""
    return parse_url(url).netloc


def same_site(first: str, second: str) -> bool:
    """Whether two addresses are on one site: one host is the other or lies below it.

    >>> same_site("http://www.a.example/x", "https://a.example/y")
    True
    """
    one, other = (host_of(url).removeprefix("www.") for url in (first, second))
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
