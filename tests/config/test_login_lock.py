"""The login form locks a name for the address that guesses, and for nobody else."""

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from config.clients import client_address
from tests.factories import UserFactory

PROXY, CLIENT, OTHER = "192.0.2.1", "203.0.113.7", "203.0.113.8"


def guess(peer: str, forwarded: str = "") -> int:
    """Try a wrong password; the status of the answer."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    given = {"username": "ada", "password": "wrong"}
    return Client(REMOTE_ADDR=peer, headers=headers).post("/login/", given).status_code


@pytest.mark.django_db
def test_without_proxies_a_made_up_header_does_not_evade_the_lock() -> None:
    UserFactory(username="ada")

    answers = [guess(CLIENT, f"198.51.100.{n}") for n in range(6)]

    assert answers == [200, 200, 200, 200, 429, 429]
    assert guess(OTHER) == 200


@pytest.mark.django_db
def test_behind_one_proxy_a_made_up_entry_does_not_evade_the_lock(
    settings: Settings,
) -> None:
    UserFactory(username="ada")
    settings.PROXIES = 1

    answers = [guess(PROXY, f"198.51.100.{n}, {CLIENT}") for n in range(6)]

    assert answers == [200, 200, 200, 200, 429, 429]
    assert guess(PROXY, OTHER) == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, CLIENT, PROXY),
        (1, CLIENT, CLIENT),
        (1, "", PROXY),
        (1, f"{OTHER}, {CLIENT}", CLIENT),
        (2, f"{OTHER}, {CLIENT}, 192.0.2.2", CLIENT),
        (2, CLIENT, CLIENT),
        (1, f"{CLIENT}:4711", CLIENT),
        (1, "[2001:db8::7]:4711", "2001:db8::7"),
        (1, "2001:DB8::7", "2001:db8::7"),
        (1, "unknown", PROXY),
    ],
)
def test_the_client_is_whom_the_outermost_proxy_of_ours_saw(
    settings: Settings, proxies: int, forwarded: str, client: str
) -> None:
    settings.PROXIES = proxies
    request = RequestFactory(REMOTE_ADDR=PROXY).get("/", headers={"X-Forwarded-For": forwarded})

    assert client_address(request) == client
