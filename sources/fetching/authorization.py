"""Which request carries a password: one to the very origin that it is kept for."""

import base64
from urllib.parse import SplitResult

from sources.credentials import CredentialUnreadable, decrypt
from sources.fetching.dialing import check_address, is_exempt
from sources.fetching.errors import PermanentFetchError
from sources.models import Credential
from sources.urls import PORTS, BadUrl, parse_url


def authorization(at: SplitResult) -> dict[str, str]:
    """The header of a request to this address; empty unless its origin has a password.

    Nothing is told over plain HTTP but to a host that settings exempt. Raises
    `PermanentFetchError` when the password cannot be read.
    """
    origin = f"{at.scheme}://{at.netloc}"
    known = Credential.objects.filter(origin=origin).first() if _is_safe(at) else None
    if known is None:
        return {}
    try:
        password = decrypt(bytes(known.secret), origin)
    except CredentialUnreadable as error:
        raise PermanentFetchError("credential-unreadable", origin) from error
    pair = f"{known.username}:{password}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def origin_of(text: str) -> str:
    """The origin `https://host[:port]` that a person wrote, in its one form.

    Raises `BadUrl`, and `NotAllowed` for an origin that is never fetched.
    """
    check_address(text)
    at = parse_url(text)
    if at.path != "/" or at.query or "#" in text:
        raise BadUrl("an origin is https://host or https://host:port without a path")
    if not _is_safe(at):
        raise BadUrl("a password is sent over https only")
    return f"{at.scheme}://{at.netloc}"


def _is_safe(at: SplitResult) -> bool:
    return at.scheme == "https" or is_exempt(at.hostname or "", at.port or PORTS[at.scheme])
