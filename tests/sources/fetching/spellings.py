"""Thousands of ways to write an address that leads into the house, made by rule."""

import itertools
from collections.abc import Iterator
from urllib.parse import quote

# Loopback, the site's own machine, a private one, the cloud's metadata, and none at all.
TARGETS = ("127.0.0.1", "127.0.0.2", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0")
_FORMS = ("{}", "0{:o}", "0x{:x}", "000{:o}", "0X{:X}")
_DIGITS = (
    "０１２３４５６７８９", "⓪①②③④⑤⑥⑦⑧⑨", "٠١٢٣٤٥٦٧٨٩", "⁰¹²³⁴⁵⁶⁷⁸⁹", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "०१२३४५६७८९",
)  # fmt: skip
_DOTS = "。．｡․"
_NAMES = (
    "localhost", "LOCALHOST", "localhost.", "lOcAlHoSt", "a.localhost", "localhost.localdomain",
    "ip6-localhost", "ip6-loopback", "ｌｏｃａｌｈｏｓｔ", "loc\u00adalhost", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "local\u200bhost",
    "localhost%00.a.example", "localhost%2f.a.example", "a.example%00", "127.0.0.1.a.example",
)  # fmt: skip
_SIX = (
    "::1", "0:0:0:0:0:0:0:1", "0000:0000:0000:0000:0000:0000:0000:0001", "::0001", "0::1",
    "::ffff:127.0.0.1", "::ffff:7f00:1", "::FFFF:7F00:0001", "0:0:0:0:0:ffff:127.0.0.1",
    "::127.0.0.1", "::7f00:1", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:7f00:1::1", "2001:0:7f00:1::",
    "2001:0000:4136:e378:8000:63bf:80ff:fffe", "fe80::1", "fe80::1%25lo", "::1%25lo", "::1%lo",
    "::1%250", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::", "100::1", "2001:db8::1",
    "3fff::1", "5f00::1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "2620:4f:8000::1",
)  # fmt: skip
# `{h}` is the host and `{p}` a port. The host before it is one that anybody may ask.
_SHAPES = (
    "http://{h}:{p}/", "http://{h}/", "https://{h}:{p}/", "https://{h}/", "HTTP://{h}:{p}/x",
    "hTtP://{h}:{p}", " http://{h}:{p}/ ", "http://u@{h}:{p}/", "http://u:p@{h}:{p}/",
    "http://@{h}:{p}/", "http://a.example@{h}:{p}/", "http://a.example:80@{h}:{p}/",
    "http://a.example%40{h}:{p}/", "http://a.example\\@{h}:{p}/", "http://a.example#@{h}:{p}/",
    "http://a.example?@{h}:{p}/", "http://{h}:{p}\\a.example/", "http:\\\\{h}:{p}\\",
    "http:/{h}:{p}/", "http:///{h}:{p}/", "http:{h}:{p}/", "//{h}:{p}/", "///{h}:{p}/",
    "\\\\{h}:{p}/", "/\\{h}:{p}/", "http://\t{h}:{p}/", "http://{h}\n:{p}/", "ht\ntp://{h}:{p}/",
    "\x01http://{h}:{p}/", "http://{h}:0{p}/", "http://{h}:+{p}/", "http://{h}: {p}/",
    "http://{h}:{p}:80/", "http://{h}:{p}", "http://[{h}]:{p}/", "http://{h}.:{p}/",
    "http://{h}..:{p}/", "http://.{h}:{p}/", "http://{h}%20:{p}/", "http://{h}%2e:{p}/",
    "ftp://{h}:{p}/", "gopher://{h}:{p}/", "file://{h}/etc/passwd", "javascript://{h}:{p}/",
    "data:text/html,http://{h}:{p}/", "view-source:http://{h}:{p}/", "jar:http://{h}:{p}/!/",
    "http://{h}:{p}/..//{h}:{p}/", "http://{h}:{p}/%0d%0aHost:%20a.example",
)  # fmt: skip


def hosts() -> list[str]:
    """Each host in each spelling, brackets and all; the plain ones come first."""
    numeric = [spelling for target in TARGETS for spelling in _numbers(target)]
    bracketed = [f"[{address}]" for address in _SIX] + [f"[{target}]" for target in TARGETS]
    return list(dict.fromkeys([*TARGETS, *_NAMES, *bracketed, *_SIX, *numeric]))


def addresses(ports: list[int]) -> list[str]:
    """Each plain host in each shape at each port, and each spelling in some shape."""
    found: dict[str, None] = {}
    shapes, turns = itertools.cycle(_SHAPES), itertools.cycle(ports)
    first = len(TARGETS) + len(_NAMES) + len(_SIX)
    for number, host in enumerate(hosts()):
        if number < first:
            found |= dict.fromkeys(
                shape.format(h=host, p=port) for shape in _SHAPES for port in ports
            )
        for _ in range(4):
            found[next(shapes).format(h=host, p=next(turns))] = None
        found[f"http://{host}:{next(turns)}/"] = None
    digits = str.maketrans("0123456789", _DIGITS[0])
    for port in ports:
        found[f"http://127.0.0.1:{str(port).translate(digits)}/"] = None
    return list(found)


def _numbers(address: str) -> Iterator[str]:
    """The address with one to four parts, each part in each form, and in other digits."""
    octets = [int(octet) for octet in address.split(".")]
    for parts in (1, 2, 3, 4):
        last = int.from_bytes(bytes(octets[parts - 1 :]), "big")
        values = [*octets[: parts - 1], last]
        for forms in itertools.product(_FORMS, repeat=parts):
            yield ".".join(
                form.format(value) for form, value in zip(forms, values, strict=True)
            )
    whole = int.from_bytes(bytes(octets), "big")
    yield from (str(whole + 2**32), f"0x{whole + 2**32:x}", f"{address}.")
    yield ".".join(str(octet + 256) for octet in octets)
    for digits in _DIGITS:
        other = address.translate(str.maketrans("0123456789", digits))
        yield from (other, *(other.replace(".", dot) for dot in _DOTS))
    for dot in _DOTS:
        yield from (address.replace(".", dot), f"{address}{dot}")
    yield from (quote(address).replace(".", "%2e"), "".join(f"%{ord(c):02x}" for c in address))
