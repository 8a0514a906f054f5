"""Editors see every recorded change with whole values, on its page and in the admin."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from history.acting import acting
from history.models import Change
from history.telling import audited_tables
from sources.models import Article, Credential, Feed, Source
from statements.models import (
    Actor,
    ActorName,
    Event,
    Membership,
    Office,
    Party,
    Position,
    Provision,
    SettledName,
    Speaker,
    SpeakerName,
    Statement,
    Treaty,
    TreatyAction,
)
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    EventFactory,
    FeedFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    SpeakerFactory,
    UserFactory,
)
from tests.statements.test_access import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root-of-tests", "", "an odd pass phrase"))
    return client


# The page of all changes


def test_changes_are_narrowed_by_table_row_person_act_and_day() -> None:
    grace = UserFactory(username="grace")
    first, second = SpeakerFactory(name="Ada Exampel"), SpeakerFactory(name="Bob Example")
    with acting(grace, "A spelling."):
        Speaker.objects.filter(pk=first.pk).update(name="Ada Example")
    act = Change.objects.latest("pk").act
    client = signed_in("editor")

    def keys(query: str) -> list[str]:
        return [one.change.key for one in client.get(f"/history/?{query}").context["changes"]]

    rows = [str(second.pk), str(first.pk)]
    assert keys("table=statements_speaker") == [str(first.pk), *rows]
    assert keys(f"table=statements_speaker&row={second.pk}") == [str(second.pk)]
    assert keys("who=grace") == keys(f"act={act}") == [str(first.pk)]
    assert keys("since=2999-01-01") == []
    page = client.get("/history/?who=grace")
    assertContains(page, "was: </span>Ada Exampel")
    assertContains(page, "is now: </span>Ada Example")
    assertContains(page, "A spelling.")
    assertContains(client.get("/history/?act=x"), "An act is written as 36 characters")


def test_what_came_past_the_program_is_marked_and_found() -> None:
    SpeakerFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET application_name = 'psql'")
        cursor.execute("UPDATE statements_speaker SET note = 'x'")
        cursor.execute("SET application_name = 'demarche'")

    page = signed_in("editor").get("/history/?past=on")

    assert len(page.context["changes"]) == 1
    assertContains(page, "Past the program:")
    assertContains(page, "«psql»")


def test_the_changes_go_on_in_pages() -> None:
    for _ in range(60):
        SpeakerFactory()
    client = signed_in("editor")

    page = client.get("/history/?table=statements_speaker")
    rest = client.get(f"/history/?{page.context['older']}")

    assert (len(page.context["changes"]), len(rest.context["changes"])) == (50, 10)
    assertNotContains(rest, "Older ›")


def test_editors_see_no_changes_of_accounts_and_admins_do() -> None:
    UserFactory(username="of-interest")

    assertNotContains(signed_in("editor").get("/history/"), "of-interest")
    assertContains(signed_in("admin").get("/history/"), "of-interest")


# The admin


def _row(model: type[models.Model]) -> Any:
    """A row of a model that the admin lets be edited."""
    statement = PartyFactory().statement
    match model._meta.model_name:
        case "actor":
            return ActorFactory()
        case "actorname":
            return ActorName.objects.create(actor=ActorFactory(), text="Example")
        case "membership":
            return Membership.objects.create(member=ActorFactory(), group=ActorFactory())
        case "speaker":
            return SpeakerFactory()
        case "speakername":
            return SpeakerName.objects.create(speaker=SpeakerFactory(), text="Ada")
        case "office":
            return OfficeFactory()
        case "treaty":
            return ProvisionFactory().treaty
        case "provision":
            return ProvisionFactory()
        case "treatyaction":
            return TreatyAction.objects.create(
                treaty=ProvisionFactory().treaty, kind="sign", precision="unknown"
            )
        case "event":
            return EventFactory()
        case "statement":
            return statement
        case "party":
            return statement.parties.get()
        case "position":
            return PositionFactory(statement=statement)
        case "source" | "feed":
            feed = FeedFactory()
            return feed if model is Feed else feed.source
        case "article":
            return ArticleFactory()
        case "credential":
            return Credential.objects.create(
                origin="https://news.example", username="ada", secret=b"x"
            )
        case "settledname":
            return SettledName.objects.create(
                name="a diplomat", why="No one.", by=UserFactory()
            )
        case "group":
            return Group.objects.get(name="viewer")
        case "user":
            return UserFactory(username="ada")
    raise AssertionError(model)


# One field that a person may change, and its new value as the form sends it.
EDITS: dict[type[models.Model], tuple[str, str]] = {
    Actor: ("official_name", "The Republic of Examples"),
    ActorName: ("text", "Exampleland"),
    Membership: ("start", "2024-01-01"),
    Speaker: ("note", "Checked."),
    SpeakerName: ("text", "Adela"),
    Office: ("title", "Minister of Texts"),
    Treaty: ("summary", "In own words."),
    Provision: ("heading", "Assistance"),
    TreatyAction: ("detail", "In own words."),
    Event: ("place", "Zenda"),
    Statement: ("place", "Zenda"),
    Party: ("name", "Eve Example"),
    Position: ("stance", "rejects"),
    SettledName: ("why", "Nobody in particular."),
    Source: ("note", "Checked."),
    Feed: ("note", "Checked."),
    Article: ("stated_title", "Invented headline"),
    Credential: ("username", "eve"),
    Group: ("name", "watchers"),
    User: ("first_name", "Ada"),
}
EDITED = sorted(
    (
        model
        for model, options in admin.site._registry.items()
        if hasattr(options, "save_model")
    ),
    key=lambda model: str(model._meta.label),
)


def test_every_table_that_the_admin_lets_people_edit_is_audited(superuser: Client) -> None:
    request = superuser.get("/").wsgi_request
    editable = set()
    for model, options in admin.site._registry.items():
        rights = [options.has_add_permission(request), options.has_change_permission(request)]
        if any([*rights, options.has_delete_permission(request)]):
            editable.add(model._meta.db_table)
        for inline in options.get_inline_instances(request):
            if inline.has_add_permission(request, None) or inline.has_change_permission(
                request
            ):
                editable.add(inline.model._meta.db_table)

    assert {one for one in editable if not one.startswith("axes_")} <= {*audited_tables()}


@pytest.mark.parametrize("model", EDITED, ids=lambda model: str(model._meta.label))
def test_every_edit_in_the_admin_is_recorded_with_who(
    superuser: Client, model: type[models.Model]
) -> None:
    options: Any = admin.site._registry[model]
    request = superuser.get("/").wsgi_request
    if model._meta.db_table not in audited_tables() or not options.has_change_permission(
        request
    ):
        assert model not in EDITS
        return
    row = _row(model)
    url = reverse(
        f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk]
    )
    page = superuser.get(url)
    field, value = EDITS[model]
    before = Change.objects.count()

    response = superuser.post(url, {**_filled(page), field: value})

    assert response.status_code == 302, response.context["errors"]
    made = Change.objects.filter(table=model._meta.db_table, key=str(row.pk)).order_by("-pk")[0]
    assert Change.objects.count() > before
    assert (made.operation, made.who) == ("update", "root-of-tests")
    assert made.after is not None
    assert str(made.after[field]) == value
    past = superuser.get(url.replace("/change/", "/history/"))
    assertContains(past, "root-of-tests")
    assertContains(past, "all changes of this row")


def _filled(page: Any) -> dict[str, Any]:
    """What a browser would send of an admin form that nobody touched."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    sent: dict[str, Any] = {}
    for form in forms:
        for bound in form:
            if bound.field.disabled:
                continue
            data = bound.value()
            widget = bound.field.widget
            for name, one in _values(bound.html_name, widget, data).items():
                if one not in (None, False, ""):
                    sent[name] = one
    return sent


def _values(name: str, widget: Any, data: Any) -> dict[str, Any]:
    widget = getattr(widget, "widget", widget)  # the admin wraps those of related rows
    if hasattr(widget, "widgets"):
        pieces = widget.decompress(data) if data else []
        return {f"{name}_{i}": piece for i, piece in enumerate(pieces)}
    if isinstance(data, list) and data and isinstance(data[0], models.Model):
        data = [one.pk for one in data]
    formatted = widget.format_value(data)
    many = isinstance(data, list) and getattr(widget, "allow_multiple_selected", False)
    if isinstance(formatted, list) and not many:
        formatted = formatted[0] if formatted else None
    if hasattr(widget, "input_type") and widget.input_type == "checkbox" and not many:
        return {name: "on" if data else None}
    return {name: formatted}


def test_the_admin_shows_what_belongs_to_a_row_too(superuser: Client) -> None:
    speaker = SpeakerFactory()
    speaker.names.create(text="Ada the Example")

    page = superuser.get(f"/admin/statements/speaker/{speaker.pk}/history/")

    assertContains(page, "Ada the Example")
    assertContains(page, f"/history/?table=statements_speaker&amp;row={speaker.pk}")
