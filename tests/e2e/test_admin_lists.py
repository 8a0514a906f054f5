"""The lists of the admin site fit a window of 1280, whatever long words their rows hold."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from sources.models import ArticleAlias, Credential, HostState, Job
from tests.e2e.conftest import Opened, sign_in
from tests.factories import (
    ArticleFactory,
    AttestationFactory,
    EventFactory,
    FeedFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    SnapshotFactory,
    SourceFactory,
    UserFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "an invented long phrase"
OURS = [m for m in admin.site._registry if m._meta.app_label in {"sources", "statements"}]
LONG = "a-very-long-word-of-an-address-" * 6
HEADLINE = (
    "The invented republic says that it keeps to the text of the invented pact alone " * 2
)


@pytest.fixture
def admin_user() -> User:
    user: User = UserFactory(username="grace", is_superuser=True, is_staff=True)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def _long_rows() -> None:
    """In each table that has long words a row with some."""
    source = SourceFactory(
        name="The Invented Courier and Gazette of the Republic of Example", kind="newspaper"
    )
    feed = FeedFactory(
        source=source,
        url=f"https://feeds.example/{LONG}.xml",
        succeeded_at=timezone.now(),
        failures=3,
        error_code="credential-unreadable",
    )
    article = ArticleFactory(
        source=source,
        feed=feed,
        url=f"https://news.example/{LONG}",
        state="walled",
        added_by=UserFactory(username="ada.of.the.long.name"),
    )
    snapshot = SnapshotFactory(article=article, title=HEADLINE, published_basis="stated")
    VisitFactory(snapshot=snapshot, outcome="failed", reason_code="credential-unreadable")
    ArticleAlias.objects.create(
        article=article, source=source, kind="url", value=f"https://news.example/{LONG}?old"
    )
    for kind, subject in (("poll", feed), ("capture", article), ("read", snapshot)):
        Job.objects.create(
            kind=kind,
            key=kind,
            subject=subject.pk,
            state="waiting",
            reason_code="credential-unreadable",
            result="12 new, 3 revised; the feed is malformed or very long, entries may be missing",
        )
    HostState.objects.create(
        host=f"{LONG[:60]}.example", answered_at=timezone.now(), unreachable_at=timezone.now()
    )
    Credential.objects.create(origin=f"https://{LONG[:60]}.example", username="ada", secret=b"")
    statement = AttestationFactory(snapshot=SnapshotFactory(title=HEADLINE)).statement
    statement.text = HEADLINE * 2
    statement.save()
    PartyFactory(statement=statement, printed="Ada Example")
    PositionFactory(statement=statement, provision=ProvisionFactory(heading=HEADLINE))
    OfficeFactory(title="Minister of Examples and of the Affairs of Invented Republics")
    EventFactory(title=HEADLINE)


@pytest.mark.usefixtures("_long_rows")
def test_lists_fit_the_window(opened: Opened, admin_user: User) -> None:
    page = opened("/login/", viewport={"width": 1280, "height": 900})
    sign_in(page, "grace", PASSWORD)

    wider = {}
    for model in OURS:
        opened(_list_of(model), page)
        wider[model.__name__] = page.evaluate(
            """Math.max(...[document.documentElement, ...document.querySelectorAll('.results')]
               .map(part => part.scrollWidth - part.clientWidth))"""
        )

    assert {name: pixels for name, pixels in wider.items() if pixels > 0} == {}


def _list_of(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
