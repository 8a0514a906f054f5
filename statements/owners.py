"""Owners of sources, as the register groups them, in words. Pure."""

from django.utils.text import capfirst

_STATES = {
    "cn": "China", "de": "Germany", "fr": "France", "gb": "the United Kingdom", "jp": "Japan",
    "kp": "North Korea", "kr": "South Korea", "ru": "Russia", "ua": "Ukraine",
    "us": "the United States",
}  # fmt: skip
_ORGANISATIONS = {
    "eu": "European Union",
    "msmt": "Multilateral Sanctions Monitoring Team",
    "nato": "NATO",
    "un": "United Nations",
}
# Names that are no words with a capital at the beginning.
_NAMES = {
    "ap": "AP", "atlanticcouncil": "Atlantic Council", "bbc": "BBC", "csis": "CSIS",
    "dailynk": "Daily NK", "donga": "Dong-A", "dw": "DW", "fmm": "France Médias Monde",
    "japantimes": "Japan Times", "japantoday": "Japan Today", "joongang": "JoongAng",
    "kyivindependent": "Kyiv Independent", "moscowtimes": "Moscow Times", "nhk": "NHK",
    "nknews": "NK News", "online-ua": "Online.ua", "pravda-ua": "Ukrainska Pravda",
    "scmp": "SCMP", "scr": "Security Council Report", "thediplomat": "The Diplomat",
    "unian": "UNIAN", "usagm": "USAGM",
}  # fmt: skip


def owner_name(group: str) -> str:
    """Name an owner by the register's `ownership_group`: a state by `state:` and its alpha-2 code,
    an organisation of states by `igo:`; what has no name here is made readable.

    >>> owner_name("state:ru"), owner_name("igo:un"), owner_name("global-media")
    ('State of Russia', 'United Nations', 'Global media')
    >>> owner_name("state:zz"), owner_name("igo:zz-bloc"), owner_name("")
    ('State (ZZ)', 'Zz bloc', '')
    """
    kind, colon, code = group.partition(":")
    if not colon:
        return _NAMES.get(group, _readable(group))
    if kind == "state":
        return f"State of {_STATES[code]}" if code in _STATES else f"State ({code.upper()})"
    return _ORGANISATIONS.get(code, _readable(code))


def _readable(code: str) -> str:
    return str(capfirst(code.replace("-", " ").replace("_", " ").strip()))
