"""Nobody sees a view that does not say for whom it is, nor one that is not for them."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from sources.models import Heartbeat, Job
from statements.access import Audience, audience_of
from statements.models import Dispute
from tests.factories import (
    AttestationFactory,
    FeedFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    UserFactory,
)

READERS = ["anonymous", "viewer", "analyst", "editor", "admin"]


def views() -> Iterator[tuple[str, Callable[..., Any], bool]]:
    """Every view of the site: its route, the view, and whether it is the admin site's."""

    def walk(patterns: list[Any], prefix: str, admin: bool) -> Iterator[Any]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(
                    pattern.url_patterns, route, admin or pattern.app_name == "admin"
                )
            elif isinstance(pattern, URLPattern):
                yield route, pattern.callback, admin

    yield from walk(get_resolver().url_patterns, "", False)


def test_every_view_declares_its_audience() -> None:
    undeclared = [
        route for route, view, admin in views() if not admin and audience_of(view) is None
    ]

    assert undeclared == []


@pytest.mark.django_db
def test_a_view_without_an_audience_is_refused(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.statements.undeclared_urls"

    assert client.get("/undeclared/").status_code == 403


@pytest.fixture
def rows(db: None) -> dict[str, object]:
    """One row of each kind that an address may name."""
    party = PartyFactory()
    Heartbeat.objects.create(name="beat", beat_at=timezone.now())
    report = AttestationFactory(statement=party.statement)
    position = PositionFactory(statement=party.statement)
    note = Dispute.objects.create(
        statement=party.statement, treaty=position.treaty, disputed="Neutral", text="A note."
    )
    return {
        "position": position.pk,
        "note": note.public_id,
        "public_id": party.statement.public_id,
        "article": report.snapshot.article_id,
        "sha256": report.snapshot.sha256,
        "source": report.snapshot.article.source.slug,
        "speaker": party.speaker.slug,
        "actor": party.actor.code,
        "provision": ProvisionFactory(treaty__slug="pact", number="1").pk,
        "job": Job.objects.create(kind="poll", key="poll:1", subject=1).pk,
        "feed": FeedFactory().pk,
    }


def signed_in(reader: str) -> Client:
    client = Client()
    if reader != "anonymous":
        user: User = UserFactory()
        user.groups.add(Group.objects.get(name=reader))
        client.force_login(user)
    return client


# What each reader is answered: anonymous, viewer, analyst, editor, admin. A route that is
# missing here fails the test below.
PUBLIC = [200] * 5
ANALYSTS = [302, 403, 200, 200, 200]
MATRIX: dict[str, list[int]] = {
    "GET /": PUBLIC,
    "GET /statements/": PUBLIC,
    "GET /statements.json": PUBLIC,
    "GET /statements.csv": PUBLIC,
    "GET /statements.ndjson": PUBLIC,
    "GET /statements/by/actor/": PUBLIC,
    "GET /statements.atom": PUBLIC,
    "GET /healthz": PUBLIC,
    "GET /s/{public_id}.json": PUBLIC,
    "GET /s/{public_id}/": PUBLIC,
    "GET /s/{public_id}/history/": PUBLIC,
    "GET /s/{public_id}/v/1/": PUBLIC,
    "GET /s/{public_id}/v/1.json": PUBLIC,
    "GET /changes/": PUBLIC,
    "GET /changes.json": PUBLIC,
    "GET /changes.atom": PUBLIC,
    "GET /history/": [302, 403, 403, 200, 200],
    "GET /articles/{article}/": PUBLIC,
    "GET /articles/{article}/enter/": ANALYSTS,
    "POST /articles/{article}/enter/": [302, 403, 422, 422, 422],
    # Allowed readers get 404, as the store of this test holds no bytes.
    "GET /snapshots/{sha256}.bin": [302, 403, 404, 404, 404],
    "GET /speakers/": PUBLIC,
    "GET /speakers/{speaker}/": PUBLIC,
    "GET /speakers/{speaker}.json": PUBLIC,
    "GET /speakers/{speaker}/merge/": [302, 403, 403, 200, 200],
    "POST /speakers/{speaker}/merge/": [302, 403, 403, 422, 422],
    "GET /speakers/{speaker}/split/": [302, 403, 403, 200, 200],
    "POST /speakers/{speaker}/split/": [302, 403, 403, 422, 422],
    "POST /speakers/{speaker}/withdraw/": [302, 403, 403, 422, 422],
    "GET /actors/{actor}/merge/": [302, 403, 403, 200, 200],
    "GET /actors/{actor}/withdraw/": [302, 403, 403, 200, 200],
    "GET /actors/{actor}.json": PUBLIC,
    "POST /register/undo/": [302, 403, 403, 302, 302],
    "GET /actors/": PUBLIC,
    "GET /actors/{actor}/": PUBLIC,
    "GET /treaties/": PUBLIC,
    "GET /treaties/pact/": PUBLIC,
    "GET /treaties/pact/articles/1/": PUBLIC,
    "GET /sources/": PUBLIC,
    "GET /sources/{source}/": PUBLIC,
    "GET /register/checks/": [302, 403, 403, 200, 200],
    "GET /review/": [302, 200, 200, 200, 200],
    "GET /review/names/": [302, 200, 200, 200, 200],
    "POST /review/names/": [302, 403, 403, 422, 422],
    "GET /review/log/": [302, 403, 403, 200, 200],
    "GET /review/{public_id}/": [302, 200, 200, 200, 200],
    "POST /review/{public_id}/decide/": [302, 403, 403, 422, 422],
    "POST /review/undo/": [302, 403, 403, 302, 302],
    "GET /review/known/speaker/": [302, 403, 403, 200, 200],
    "GET /keys/": [302] * 5,
    "GET /review/{public_id}/split/": [302, 403, 403, 200, 200],
    "POST /review/{public_id}/split/": [302, 403, 403, 422, 422],
    "GET /s/{public_id}/dispute/{position}/": PUBLIC,
    "GET /disputes/{note}/": PUBLIC,
    "GET /review/disputes/": [302, 403, 403, 200, 200],
    "GET /review/disputes/{note}/": [302, 403, 403, 200, 200],
    "POST /review/disputes/{note}/answer/": [302, 403, 403, 422, 422],
    "GET /add/": ANALYSTS,
    "POST /add/": [302, 403, 422, 422, 422],
    "GET /add/document/": ANALYSTS,
    "POST /add/document/": [302, 403, 422, 422, 422],
    "GET /status/": PUBLIC,
    "GET /ingest/": ANALYSTS,
    "GET /ingest/why/": ANALYSTS,
    # An analyst may touch the work of articles added by the same hand, and this is a poll.
    "POST /ingest/jobs/{job}/retry/": [302, 403, 403, 302, 302],
    "POST /ingest/jobs/{job}/cancel/": [302, 403, 403, 302, 302],
    "POST /ingest/feeds/{feed}/poll/": [302, 403, 403, 302, 302],
    "POST /ingest/feeds/{feed}/move/": [302, 403, 403, 302, 302],
    "GET /theme/": [302] * 5,
    "GET /help/": PUBLIC,
    "GET /method/": PUBLIC,
    "GET /login/": [200, 302, 302, 302, 302],
    "POST /logout/": [302] * 5,
}


@pytest.mark.parametrize("request_line", MATRIX)
def test_each_reader_is_answered_as_the_matrix_says(
    request_line: str, rows: dict[str, object]
) -> None:
    method, path = request_line.format(**rows).split()

    answers = [
        getattr(signed_in(reader), method.lower())(path).status_code for reader in READERS
    ]

    assert answers == MATRIX[request_line]


def test_the_matrix_has_every_route(rows: dict[str, object]) -> None:
    resolver = get_resolver()
    reached = {resolver.resolve(line.format(**rows).split()[1]).func for line in MATRIX}

    missing = [route for route, view, admin in views() if not admin and view not in reached]

    assert missing == []


@pytest.mark.django_db
def test_refused_readers_are_led_to_the_login_and_back(client: Client) -> None:
    response = client.get("/add/?url=x")

    assert response.headers["Location"] == "/login/?next=/add/%3Furl%3Dx"


@pytest.mark.django_db
def test_groups_grow_and_none_of_them_changes_the_log_of_reviews() -> None:
    held = [
        set(Group.objects.get(name=a.group).permissions.values_list("codename", flat=True))
        for a in Audience
        if a is not Audience.PUBLIC
    ]

    assert all(smaller < larger for smaller, larger in pairwise(held))
    assert not held[-1] & {"change_review", "delete_review", "change_snapshot"}
    assert "add_user" in held[3] - held[2]
    assert "add_review" in held[2] - held[1]


def test_pages_for_somebody_signed_in_stay_out_of_caches(rows: dict[str, object]) -> None:
    assert "private" in signed_in("viewer").get("/method/").headers["Cache-Control"]


@pytest.mark.parametrize(
    "line", [line for line, answers in MATRIX.items() if answers == PUBLIC]
)
def test_public_pages_carry_the_security_headers(line: str, rows: dict[str, object]) -> None:
    headers = Client().get(line.format(**rows).split()[1]).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin"


@pytest.mark.django_db
def test_a_post_without_the_token_of_the_form_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/login/", {"username": "ada", "password": "x"}).status_code == 403


@pytest.mark.django_db
def test_the_way_back_after_the_login_stays_on_this_site() -> None:
    user: User = UserFactory(username="ada")
    user.set_password("a long invented phrase")
    user.save()
    login = {"username": "ada", "password": "a long invented phrase"}

    for away in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"):
        response = Client().post("/login/", {**login, "next": away})
        assert response.headers["Location"] == "/", away


@pytest.mark.django_db
def test_five_wrong_passwords_lock_the_name_for_a_while(client: Client) -> None:
    wrong = {"username": "ada", "password": "wrong"}

    answers = [client.post("/login/", wrong) for _ in range(6)]

    assert answers[0].status_code == 200
    assert "do not fit together" in answers[0].content.decode()
    assert answers[-1].status_code == 429
    assert "Try again in a quarter of an hour" in answers[-1].content.decode()


def test_production_settings_pass_the_deployment_check(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "DEMARCHE_HOME": str(tmp_path),
        "DEMARCHE_PRODUCTION": "1",
        "DEMARCHE_SECRET_KEY": secrets.token_urlsafe(50),
        "DEMARCHE_ALLOWED_HOSTS": "demarche.example",
        "DEMARCHE_SITE_URL": "https://demarche.example",
        "DATABASE_URL": "postgresql://demarche:x@127.0.0.1/demarche",
        "REDIS_URL": "redis://127.0.0.1/0",
    }

    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr
