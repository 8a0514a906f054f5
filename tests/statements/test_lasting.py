"""What readers have seen is not deleted, and an address that changed leads on."""

import pytest
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from sources.models import Source
from statements.models import Actor, Event, Provision, Speaker, Treaty
from statements.register_merging import merge_entries
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    EventFactory,
    PositionFactory,
    ProvisionFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root-of-tests", "", "an odd pass phrase"))
    return client


def address(row: Model, page: str) -> str:
    return reverse(f"admin:statements_{row._meta.model_name}_{page}", args=[row.pk])


def test_speakers_and_actors_are_merged_or_withdrawn_instead(superuser: Client) -> None:
    for row in (SpeakerFactory(), ActorFactory()):
        assert superuser.post(address(row, "delete"), {"post": "yes"}).status_code == 403
        page = superuser.get(address(row, "change"))
        assertContains(page, f"{row.get_absolute_url()}merge/")
        assertContains(page, f"{row.get_absolute_url()}withdraw/")
        listed = superuser.get(reverse(f"admin:statements_{row._meta.model_name}_changelist"))
        assert "delete_selected" not in listed.content.decode()


def test_what_is_named_stays(superuser: Client) -> None:
    provision, event = ProvisionFactory(), EventFactory()
    PositionFactory(treaty=provision.treaty, provision=provision)
    StatementFactory(event=event)
    of_files = TreatyFactory(register_id="invented")
    for row in (provision, provision.treaty, event, of_files):
        assert superuser.post(address(row, "delete"), {"post": "yes"}).status_code == 403
        assertContains(superuser.get(address(row, "change")), "It is not deleted")


def test_several_are_not_deleted_where_one_is_named(superuser: Client) -> None:
    named, slip = TreatyFactory(), TreatyFactory()
    PositionFactory(treaty=named)
    given = {
        "action": "delete_selected",
        "_selected_action": [named.pk, slip.pk],
        "post": "yes",
    }

    superuser.post(reverse("admin:statements_treaty_changelist"), given)

    assert Treaty.objects.count() == 2


def test_a_slip_that_nothing_names_goes(superuser: Client) -> None:
    provision, event = ProvisionFactory(), EventFactory()
    for row in (event, provision.treaty):
        assert superuser.post(address(row, "delete"), {"post": "yes"}).status_code == 302
    assert not Event.objects.exists()
    assert not Provision.objects.exists()


@pytest.mark.parametrize("ending", ["/", ".json"])
def test_a_former_address_leads_on(client: Client, ending: str) -> None:
    speaker, actor = SpeakerFactory(slug="ada-exampel"), ActorFactory(code="RURI")
    speaker.slug, actor.code = "ada-example", "RUR"
    speaker.save()
    actor.save()

    for old, new in (
        ("/speakers/ada-exampel", "/speakers/ada-example"),
        ("/actors/ruri", "/actors/RUR"),
    ):
        assertRedirects(client.get(f"{old}{ending}"), f"{new}{ending}", status_code=301)
    assert client.get(f"/speakers/nobody{ending}").status_code == 404


def test_a_renamed_treaty_and_its_articles_too(client: Client) -> None:
    provision = ProvisionFactory(number="4", treaty__slug="pcat")
    Treaty.objects.update(slug="pact")

    assertRedirects(client.get("/treaties/pcat/"), "/treaties/pact/", status_code=301)
    article = f"articles/{provision.number}/"
    assertRedirects(
        client.get(f"/treaties/pcat/{article}"), f"/treaties/pact/{article}", status_code=301
    )
    assert client.get("/treaties/pact/articles/9/").status_code == 404


def test_an_article_that_was_numbered_anew_is_found_by_its_former_number(
    client: Client,
) -> None:
    moved = ProvisionFactory(number="4", treaty__slug="pact")
    elsewhere = ProvisionFactory(number="4", treaty__slug="charter")
    for provision, number in ((moved, "4 bis"), (moved, "5"), (elsewhere, "9")):
        provision.number = number.replace(" ", "-")
        provision.save()

    for former in ("4", "4-bis"):
        assertRedirects(
            client.get(f"/treaties/pact/articles/{former}/"),
            "/treaties/pact/articles/5/",
            status_code=301,
        )
    assert client.get("/treaties/charter/articles/4-bis/").status_code == 404
    Treaty.objects.filter(slug="pact").update(slug="accord")
    assertRedirects(
        client.get("/treaties/pact/articles/4/", follow=True),
        "/treaties/accord/articles/5/",
        301,
    )


def test_a_renamed_source_and_a_renumbered_article_too(client: Client) -> None:
    SourceFactory(slug="curier")
    Source.objects.update(slug="courier")
    provision = ProvisionFactory(number="IV", treaty__slug="pcat")
    ProvisionFactory(number="IV")
    Provision.objects.filter(pk=provision.pk).update(number="4")

    assertRedirects(client.get("/sources/curier/"), "/sources/courier/", status_code=301)
    old, new = "/treaties/pcat/articles/IV/", "/treaties/pcat/articles/4/"
    assertRedirects(client.get(old), new, status_code=301)
    Treaty.objects.filter(pk=provision.treaty_id).update(slug="pact")
    assertRedirects(client.get(old, follow=True), "/treaties/pact/articles/4/", 301)


@pytest.mark.parametrize("ending", ["/", ".json", ".csv", ".atom"])
def test_a_filter_by_a_former_name_goes_on(client: Client, ending: str) -> None:
    speaker, actor = SpeakerFactory(slug="ada-exampel"), ActorFactory(code="RURI")
    event = EventFactory(slug="sumit")
    provision = ProvisionFactory(number="IV", treaty__slug="pcat")
    statement = StatementFactory(
        text="They keep to it.", event=event, party={"speaker": speaker, "actor": actor}
    )
    report = AttestationFactory(statement=statement, snapshot__article__source__slug="curier")
    PositionFactory(statement=statement, treaty=provision.treaty, provision=provision)
    StatementFactory(text="Another's words.", party={})
    Speaker.objects.filter(pk=speaker.pk).update(slug="ada-example")
    Actor.objects.filter(pk=actor.pk).update(code="RUR")
    Event.objects.update(slug="summit")
    Treaty.objects.update(slug="pact")
    Provision.objects.update(number="4")
    Source.objects.filter(pk=report.snapshot.article.source_id).update(slug="courier")

    for query in (
        "speaker=ada-exampel",
        "actor=RURI",
        "event=sumit",
        "treaty=pcat",
        "article=pcat.IV",
        "source=curier",
    ):
        # The page leads to the name of today.
        answer = client.get(f"/statements{ending}?{query}", follow=True)
        body = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200, query
        assert b"They keep to it." in body, query
        assert b"Another" not in body, query


def test_a_chain_of_merges_is_followed_in_filters(client: Client) -> None:
    ada, twin, other = (SpeakerFactory(slug=slug) for slug in ("ada", "twin", "other"))
    StatementFactory(text="They keep to it.", party={"speaker": ada})
    editor = UserFactory()
    merge_entries(twin, other, editor, "One person.")
    other.refresh_from_db()
    merge_entries(other, ada, editor, "One person.")

    for slug in ("twin", "other", "ada"):
        assertContains(
            client.get(f"/statements/?speaker={slug}", follow=True), "They keep to it."
        )


def test_an_address_that_somebody_has_today_is_theirs(client: Client) -> None:
    first = SpeakerFactory(slug="ada", name="Ada Example")
    first.slug = "ada-example"
    first.save()
    SpeakerFactory(slug="ada", name="Ada Another")

    assertContains(client.get("/speakers/ada/"), "Ada Another")
