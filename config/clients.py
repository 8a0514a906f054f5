"""From which address a request comes, for the lock of the login form and notes of readers."""

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

# Some proxies write the port as well: 203.0.113.7:4711, [2001:db8::7]:4711.
_WITH_PORT = re.compile(r"\[(?P<v6>[^\]]+)\](?::\d+)?|(?P<v4>[\d.]+):\d+")


def client_address(request: HttpRequest) -> str | None:
    """The address of the client behind `settings.PROXIES` proxies of our own.

    Each proxy adds the address that it was asked from at the right end of X-Forwarded-For;
    whatever stands further left is the client's own claim. Without proxies the header is not
    looked at.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    said = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.PROXIES else ""
    chain = [*filter(None, (part.strip() for part in said.split(","))), peer]
    # A shorter chain came past some of the proxies; its left end was written by ours still.
    client = chain[-min(settings.PROXIES + 1, len(chain))]
    return _address(client) or _address(peer)


def _address(text: str) -> str | None:
    if found := _WITH_PORT.fullmatch(text):
        text = found["v6"] or found["v4"]
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None
