"""A host that speaks TLS with a certificate of the test's own making."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import SHUT_RDWR, create_server, socket

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Certified:
    """What a server shows, and the file by which a client would trust it."""

    context: ssl.SSLContext
    certificate: Path


def certified(folder: Path, name: str = "localhost", days: int = 2) -> Certified:
    """A certificate for a name, signed by itself; with negative `days` it has run out."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    ends = datetime.now(UTC) + timedelta(days=days)
    signed = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(ends - timedelta(days=5))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    pem = folder / f"{name}{days}.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(signed.public_bytes(Encoding.PEM) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return Certified(context, pem)


@contextmanager
def serving(
    context: ssl.SSLContext | None, answer: Callable[[socket, bytes], None]
) -> Iterator[int]:
    """Answer each request by this function, and yield the port.

    Without a context nothing is ever said: a host that takes the connection and stays silent.
    """
    listener = create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def talk(plain: socket) -> None:
        try:
            if context is None:
                stopped.wait(10)
                return
            with context.wrap_socket(plain, server_side=True) as connection:
                answer(connection, connection.recv(4096))
        except OSError:
            return  # the gate hung up, as it should
        finally:
            plain.close()

    def listen() -> None:
        while not stopped.is_set():
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(plain,), daemon=True).start()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stopped.set()
        listener.shutdown(SHUT_RDWR)
        listener.close()
        thread.join(5)
