"""Which network addresses may be talked to.

The list is our own: `ipaddress` of Python 3.11 calls several special ranges global
(CVE-2024-4032). Source: the IANA special-purpose address registries, with the deprecated
site-local, 6to4-relay and documentation ranges.
"""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_REFUSED_4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
# Only 2000::/3 is given out as global unicast, and these parts of it are not public hosts,
# Teredo and 6to4 among them. Mapped, compatible and NAT64 addresses lie outside.
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_6 = [
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
]


def is_public(address: str) -> bool:
    """Whether this numeric address is plainly a public host.

    An IPv4 address that is wrapped in IPv6 (mapped, compatible, NAT64, 6to4, Teredo) is not
    public: nobody needs it to reach a public host, and it is a way around the list. Raises
    `ValueError` when it is no address.

    >>> is_public("1.1.1.1"), is_public("127.0.0.1"), is_public("::ffff:1.1.1.1")
    (True, False, False)
    """
    parsed = ipaddress.ip_address(address.split("%")[0])
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in network for network in _REFUSED_4)
    return parsed in _GLOBAL_6 and not any(parsed in network for network in _REFUSED_6)
