"""Passwords that origins ask for, encrypted where they lie.

The key is made from the site's secret key and the origin, so there is nothing more to
configure, and a secret that is moved to another origin cannot be read there.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes


class CredentialUnreadable(Exception):
    """The secret was encrypted with another secret key, or for another origin."""


def encrypt(password: str, origin: str) -> bytes:
    """Encrypt a password for one origin, `https://host[:port]`."""
    return _cipher(origin).encrypt(password.encode())


def decrypt(secret: bytes, origin: str) -> str:
    """The password of this origin. Raises `CredentialUnreadable`."""
    try:
        return _cipher(origin).decrypt(secret).decode()
    except InvalidToken as error:
        raise CredentialUnreadable(origin) from error


def _cipher(origin: str) -> MultiFernet:
    """The first key encrypts, all of them decrypt: `SECRET_KEY_FALLBACKS` stay readable."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(force_bytes(key), origin)) for key in keys])


def _key(secret_key: bytes, origin: str) -> bytes:
    info = f"demarche credential {origin}".encode()
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=info)
    return base64.urlsafe_b64encode(derived.derive(secret_key))
