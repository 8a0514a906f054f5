"""A24: a source's password is encrypted where it lies, shown to nobody, told to its origin only."""

import base64
import logging
from pathlib import Path
from socket import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.urls import reverse

from sources import jobs
from sources.by_hand import accept_url
from sources.credentials import CredentialUnreadable, decrypt, encrypt
from sources.fetching import FetchError, NotAllowed, Purpose, fetch, origin_of
from sources.fetching.authorization import authorization
from sources.models import Credential, HostState, Job, Snapshot
from sources.reasons import REASONS
from sources.urls import BadUrl
from tests.factories import UserFactory
from tests.sources.fetching.canaries import Canaries
from tests.sources.fetching.tls import certified, serving
from tests.sources.fetching.wire import HEAD, code_of
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db

SECRET = "pass phrase of the canary: ü"
TOLD = "Basic " + base64.b64encode(f"ada:{SECRET}".encode()).decode()


def keep(origin: str) -> Credential:
    return Credential.objects.create(
        origin=origin, username="ada", secret=encrypt(SECRET, origin)
    )


# ------------------------------------------------------------------ where it lies


def test_what_is_kept_is_not_what_was_written() -> None:
    origin = "https://a.example"
    first, second = encrypt(SECRET, origin), encrypt(SECRET, origin)

    assert decrypt(first, origin) == decrypt(second, origin) == SECRET
    assert first != second
    assert SECRET.encode() not in first


def test_a_secret_serves_its_own_origin_only() -> None:
    secret = encrypt(SECRET, "https://a.example")

    for other in ("https://b.example", "https://a.example:8443", "http://a.example"):
        with pytest.raises(CredentialUnreadable):
            decrypt(secret, other)


def test_an_old_key_stays_readable_and_a_lost_one_is_explained(
    site: Site, settings: Any
) -> None:
    keep(site.url(""))
    site.html("/a", "One", "text")
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key", [old]
    fetch(site.url("/a"))
    assert site.seen_headers[-1]["authorization"] == TOLD

    settings.SECRET_KEY_FALLBACKS = []
    job = accept_url(site.url("/a")).job
    assert job is not None
    ended = jobs.run(job.pk)
    assert ended is not None
    assert ended.reason_code == "credential-unreadable"
    assert "Enter it again" in REASONS[ended.reason_code].next_step
    assert len(site.asked) == 2  # nothing is asked without it


@pytest.mark.parametrize("damage", [b"", b"banana", b"gAAAAA" + b"x" * 100])
def test_a_damaged_secret_is_explained(site: Site, damage: bytes) -> None:
    Credential.objects.create(origin=site.url(""), username="ada", secret=damage)

    assert code_of(site.url("/a")) == "credential-unreadable"


# ------------------------------------------------------------------ who is told


def test_it_goes_to_its_own_origin_over_https(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(host.certificate))
    asked: list[bytes] = []

    def answer(wire: socket, request: bytes) -> None:
        asked.append(request)
        wire.sendall(HEAD + b"Content-Length: 2\r\n\r\nhi")

    with serving(host.context, answer) as port:
        settings.FETCH_ALLOWED_PRIVATE = [f"localhost:{port}"]
        keep(f"https://localhost:{port}")
        response = fetch(f"https://localhost:{port}/a")

    assert all(f"Authorization: {TOLD}".encode() in request for request in asked)
    assert TOLD not in repr(response)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_each_hop_is_judged_anew(
    site: Site, settings: Any, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There and back: the origin is told, the other one is not, and then the origin again."""
    host = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(host.certificate))
    elsewhere: list[bytes] = []

    def back(wire: socket, request: bytes) -> None:
        elsewhere.append(request)
        to = f"HTTP/1.1 {status} Moved\r\nLocation: {site.url('/c')}\r\n\r\n"
        wire.sendall(b"HTTP/1.1 404 None\r\n\r\n" if b"robots" in request else to.encode())

    site.html("/c", "There", "text")
    with serving(host.context, back) as port:
        settings.FETCH_ALLOWED_PRIVATE = [site.address, f"localhost:{port}"]
        keep(site.url(""))
        site.pages["/a"] = Page(
            status=status, headers={"Location": f"https://localhost:{port}/b"}
        )
        fetch(site.url("/a"))

    assert len(elsewhere) == 2  # robots.txt and the page
    assert not any(b"uthorization" in request for request in elsewhere)
    assert [seen.get("authorization") for seen in site.seen_headers] == [TOLD] * 3


@pytest.mark.parametrize(
    "origin",
    [
        "https://{address}", "http://127.0.0.1", "http://localhost:{port}", "http://127.0.0.1:1",
        "http://{address}.", "http://{address}/", "HTTP://{address}", "http://www.{address}",
    ],
)  # fmt: skip
def test_no_other_origin_is_near_enough(site: Site, origin: str) -> None:
    site.html("/a", "One", "text")
    keep(origin.format(address=site.address, port=site.address.split(":")[1]))

    fetch(site.url("/a"))

    assert all("authorization" not in seen for seen in site.seen_headers)


def test_plain_http_is_not_told_it_but_where_settings_exempt_the_host(
    site: Site, settings: Any
) -> None:
    keep("http://a.example")
    keep(site.url(""))
    assert authorization(urlsplit("http://a.example/x")) == {}
    assert authorization(urlsplit(site.url("/x"))) == {"Authorization": TOLD}
    settings.FETCH_ALLOWED_PRIVATE = []
    assert authorization(urlsplit(site.url("/x"))) == {}


# ------------------------------------------------------------------ where it must not appear


def test_it_stands_nowhere_but_in_the_request(
    site: Site, canaries: Canaries, caplog: pytest.LogCaptureFixture
) -> None:
    keep(site.url(""))
    caplog.set_level(logging.DEBUG)
    text = ["Ada Example said that the invented bridge would be opened soon."] * 9
    site.html("/a", "The bridge", *text)
    site.pages["/b"] = Page(
        status=302, headers={"Location": f"http://127.0.0.2:{canaries.ports[0]}/"}
    )
    site.pages["/c"] = Page(status=401, headers={"WWW-Authenticate": "Basic"})
    seen = []
    for path in ("/a", "/b", "/c"):
        job = accept_url(site.url(path)).job
        assert job is not None
        seen.append(repr(jobs.run(job.pk)))
        try:
            response = fetch(site.url(path), purpose=Purpose.FEED)
            seen += [repr(response), str(response.headers)]
        except FetchError as error:
            seen += [repr(error), str(error), error.detail]

    assert all(seen.get("authorization") == TOLD for seen in site.seen_headers)
    assert canaries.visitors == []
    seen += [caplog.text, repr(Credential.objects.get()), _everything_kept()]
    for text_seen in seen:
        for form in (SECRET, TOLD, TOLD.split()[1], SECRET.encode().hex()):
            assert form not in text_seen
    assert {job.reason_code for job in Job.objects.filter(kind="capture")} > {"forbidden"}
    assert Snapshot.objects.exists()
    assert HostState.objects.exists()


def _everything_kept() -> str:
    """All rows of all tables, as the database writes them."""
    with connection.cursor() as cursor:
        return "".join(
            str(cursor.execute(f'SELECT t::text FROM "{table}" t') or cursor.fetchall())
            for table in connection.introspection.table_names(cursor)
        )


# ------------------------------------------------------------------ the admin


@pytest.fixture
def editor() -> Client:
    return member("editor")


def member(group: str) -> Client:
    user: User = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


ADD = "admin:sources_credential_add"


def given(origin: str, password: str = SECRET, **values: str) -> dict[str, str]:
    return {"origin": origin, "username": "ada", "password": password, "note": "", **values}


def test_an_editor_writes_a_password_and_never_reads_it(editor: Client) -> None:
    answer = editor.post(reverse(ADD), given("https://A.example:443/"))
    assert answer.status_code == 302, answer.context["errors"]
    kept = Credential.objects.get()
    assert kept.origin == "https://a.example"
    assert decrypt(bytes(kept.secret), kept.origin) == SECRET
    page = reverse("admin:sources_credential_change", args=[kept.pk])

    # Empty keeps it.
    answer = editor.post(page, given(kept.origin, "", note="asked for on Tuesday"))
    assert answer.status_code == 302, answer.context["errors"]
    unchanged = Credential.objects.get()
    assert bytes(unchanged.secret) == bytes(kept.secret)
    assert unchanged.changed_at == kept.changed_at
    # A new one goes in its place.
    editor.post(page, given(kept.origin, "another-canary"))
    changed = Credential.objects.get()
    assert decrypt(bytes(changed.secret), kept.origin) == "another-canary"
    assert changed.changed_at > kept.changed_at

    history = reverse("admin:sources_credential_history", args=[kept.pk])
    pages = [page, history, reverse("admin:sources_credential_changelist")]
    texts = [editor.get(address).content.decode() for address in pages]
    texts += [entry.change_message + entry.object_repr for entry in LogEntry.objects.all()]
    assert any("password" in text.lower() for text in texts[3:])
    token = bytes(changed.secret).decode()
    for text in texts:
        assert not any(word in text for word in (SECRET, "another-canary", token, token[:20]))


def test_a_password_does_not_follow_to_another_origin(editor: Client) -> None:
    kept = keep("https://a.example")
    page = reverse("admin:sources_credential_change", args=[kept.pk])

    answer = editor.post(page, given("https://thief.example", ""))
    assert answer.status_code == 200
    assert "its own origin" in answer.content.decode()
    assert Credential.objects.get().origin == "https://a.example"


def test_a_refused_form_does_not_give_the_password_back(editor: Client) -> None:
    answer = editor.post(reverse(ADD), given("not an origin"))

    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()
    assert not Credential.objects.exists()


@pytest.mark.parametrize(
    "origin",
    [
        "http://a.example", "https://a.example/path", "https://a.example/?q", "https://a.example/#x",
        "https://u:p@a.example", "https://127.0.0.1", "https://localhost", "https://a.example:8443",
        "ftp://a.example", "a.example", "https://", "https://0x7f.1", "https://[::1]",
    ],
)  # fmt: skip
def test_what_is_no_origin_is_refused(editor: Client, origin: str) -> None:
    with pytest.raises((BadUrl, NotAllowed)):
        origin_of(origin)
    assert editor.post(reverse(ADD), given(origin)).status_code == 200
    assert not Credential.objects.exists()


@pytest.mark.parametrize("values", [{"password": ""}, {"username": "a:b"}, {"username": ""}])
def test_what_cannot_be_sent_is_refused(editor: Client, values: dict[str, str]) -> None:
    answer = editor.post(reverse(ADD), given("https://a.example") | values)

    assert answer.status_code == 200
    assert not Credential.objects.exists()


@pytest.mark.parametrize(
    ("group", "allowed"),
    [("viewer", False), ("analyst", False), ("editor", True), ("admin", True)],
)
def test_editors_look_after_passwords(group: str, allowed: bool) -> None:
    kept = keep("https://a.example")
    client = member(group)
    status = 200 if allowed else 403

    for name, *args in (("add",), ("changelist",), ("change", kept.pk), ("delete", kept.pk)):
        assert (
            client.get(reverse(f"admin:sources_credential_{name}", args=args)).status_code
            == status
        )
