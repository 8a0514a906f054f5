"""Every table can be looked at, searched and filtered in the admin; the record is read-only."""

from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from pytest_django.asserts import assertContains

from sources.models import Heartbeat, Job, Reference, Snapshot, Visit
from statements.models import (
    Attestation,
    CuratedEntry,
    Difference,
    FacetValue,
    Party,
    Position,
    RegisterImport,
    Review,
    SearchBase,
    SearchEntry,
    Statement,
)
from tests.admin_site import address, member, superuser
from tests.factories import (
    AttestationFactory,
    FeedFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

OURS = sorted(
    (
        model
        for model in admin.site._registry
        if model._meta.app_label in {"sources", "statements"}
    ),
    key=lambda model: model._meta.label,
)
KEPT = {
    Attestation,
    CuratedEntry,
    Difference,
    FacetValue,
    RegisterImport,
    Review,
    SearchBase,
    SearchEntry,
    Snapshot,
    Reference,
    Visit,
    Job,
    Heartbeat,
}


@pytest.fixture(name="superuser")
def _superuser() -> Client:
    return superuser()


@pytest.fixture(autouse=True)
def _rows() -> None:
    statement = AttestationFactory().statement
    PartyFactory(statement=statement)
    PositionFactory(statement=statement, provision=ProvisionFactory())
    OfficeFactory()
    FeedFactory()


def test_every_table_of_ours_is_in_the_admin() -> None:
    from django.apps import apps

    wanted = {
        m
        for label in ("sources", "statements")
        for m in apps.get_app_config(label).get_models()
    }
    assert wanted == set(OURS)


@pytest.mark.parametrize("model", OURS, ids=lambda model: str(model._meta.label))
def test_lists_can_be_searched_and_filtered(superuser: Client, model: type[Model]) -> None:
    options: Any = admin.site._registry[model]
    assert options.search_fields
    assert options.list_filter

    assert superuser.get(address(model, "changelist"), {"q": "example"}).status_code == 200


@pytest.mark.parametrize("model", OURS, ids=lambda model: str(model._meta.label))
def test_every_row_can_be_opened(superuser: Client, model: type[Model]) -> None:
    options: Any = admin.site._registry[model]
    links = {f.name for f in model._meta.get_fields() if f.is_relation and f.concrete}
    if options.has_change_permission(superuser.get("/").wsgi_request):
        assert links <= {*options.raw_id_fields, *options.readonly_fields}
    row = model._default_manager.first()
    if row is not None:
        assert superuser.get(address(model, "change", row.pk)).status_code == 200
    added = superuser.get(address(model, "add")).status_code
    assert added in {200, 403}


@pytest.mark.parametrize("model", sorted(KEPT, key=str))
def test_the_record_is_neither_added_nor_changed_nor_deleted(
    superuser: Client, model: type[Model]
) -> None:
    assert superuser.get(address(model, "add")).status_code == 403
    row = model._default_manager.first()
    if row is not None:
        assert superuser.post(address(model, "change", row.pk), {}).status_code == 403
        assert (
            superuser.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
        )


def test_publishing_in_the_admin_goes_through_the_review(superuser: Client) -> None:
    statement = StatementFactory(status=Statement.Status.PROPOSED, published_at=None)
    AttestationFactory(statement=statement)

    superuser.post(
        address(Statement, "changelist"),
        {"action": "publish", "_selected_action": [statement.pk]},
    )

    statement.refresh_from_db()
    assert statement.status == Statement.Status.PUBLISHED
    assert Review.objects.get().by.username == "root-of-tests"


def _filled(page: Any) -> dict[str, Any]:
    """What a browser would post from the admin's page with nothing changed."""
    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for inline in page.context["inline_admin_formsets"]:
        formset = inline.formset
        for part in [formset.management_form, *formset.forms]:
            data |= {part.add_prefix(name): part[name].value() for name in part.fields}
    return {name: "" if value is None else value for name, value in data.items()}


def test_a_speaker_corrected_in_the_admin_is_logged(superuser: Client) -> None:
    party = Party.objects.get()
    page = address(Statement, "change", party.statement_id)

    data = _filled(superuser.get(page)) | {"parties-0-name": "Bo Sample"}
    answer = superuser.post(page, data)

    assert answer.status_code == 302, answer.context["errors"]
    decision = Review.objects.get(statement=party.statement)
    assert decision.after["voices"] == ["Bo Sample"]
    assert decision.before["voices"] == [party.name]


def test_a_page_saved_without_a_change_is_no_decision(superuser: Client) -> None:
    page = address(Statement, "change", Statement.objects.get().pk)

    answer = superuser.post(page, _filled(superuser.get(page)))

    assert answer.status_code == 302, answer.context["errors"]
    assert not Review.objects.exists()


def test_several_days_without_the_last_one_are_refused_beside_the_field(
    superuser: Client,
) -> None:
    page = address(Statement, "change", Party.objects.get().statement_id)

    days = {"said_on_precision": "range", "said_on_to": ""}
    answer = superuser.post(page, _filled(superuser.get(page)) | days)

    assert "the first and the last of the days" in answer.content.decode()


def test_words_that_no_report_prints_are_refused_beside_the_field(superuser: Client) -> None:
    statement = Statement.objects.get()
    page = address(Statement, "change", statement.pk)
    shown = _filled(superuser.get(page))

    refused = superuser.post(page, shown | {"text": "We keep to the platypus."})
    assertContains(refused, "No report of it prints these words.")
    summed_up = superuser.post(page, shown | {"text": "Whatever.", "summarised": "on"})
    assertContains(summed_up, "No report of it prints these words.")
    assert not Review.objects.exists()

    answer = superuser.post(page, shown | {"text": "We keep to\r\nthe text"})

    assert answer.status_code == 302, answer.context["errors"]
    statement.refresh_from_db()
    assert statement.text == "We keep to\nthe text"


def test_a_day_after_the_words_were_printed_is_refused_beside_the_field(
    superuser: Client,
) -> None:
    page = address(Statement, "change", Statement.objects.get().pk)

    late = _filled(superuser.get(page)) | {"said_on": "2025-01-15"}

    assertContains(superuser.post(page, late), "It was printed on 2 January 2025 already")
    assert not Review.objects.exists()


def test_a_code_is_that_of_whoever_gives_it(superuser: Client) -> None:
    position = Position.objects.get()
    other = UserFactory(username="other")
    given = {
        "statement": position.statement_id,
        "treaty": position.treaty_id,
        "provision": position.provision_id,
        "stance": "rejects",
        "legal": "none",
        "coder": other.pk,
    }

    superuser.post(address(Position, "add"), given)
    coded = Position.objects.get(stance="rejects")
    assert coded.coder is not None
    assert coded.coder != other

    Position.objects.filter(pk=coded.pk).update(coder=other)
    page = superuser.post(address(Position, "change", coded.pk), {**given, "stance": "warns"})
    assert page.status_code == 403
    coded.refresh_from_db()
    assert (coded.coder, coded.stance) == (other, "rejects")


def test_a_position_deleted_in_the_admin_is_logged(superuser: Client) -> None:
    position = Position.objects.get()

    superuser.post(address(Position, "delete", position.pk), {"post": "yes"})

    assert not Position.objects.exists()
    assert Review.objects.get().statement == position.statement


def test_a_decision_that_does_not_fit_says_why(superuser: Client) -> None:
    statement = StatementFactory(status=Statement.Status.PROPOSED, published_at=None)

    response = superuser.post(
        address(Statement, "changelist"),
        {"action": "publish", "_selected_action": [statement.pk]},
        follow=True,
    )

    assertContains(response, "No report of it is left")


@pytest.mark.parametrize(
    ("group", "status"),
    [("viewer", "proposed"), ("analyst", "proposed"), ("editor", "published")],
)
def test_only_editors_decide_in_the_admin(group: str, status: str) -> None:
    waiting = StatementFactory(status=Statement.Status.PROPOSED, published_at=None)
    AttestationFactory(statement=waiting)

    chosen = {"action": "publish", "_selected_action": [waiting.pk]}
    member(group).post(address(Statement, "changelist"), chosen)

    waiting.refresh_from_db()
    assert waiting.status == status


@pytest.mark.parametrize(
    ("group", "answer"), [("viewer", 403), ("analyst", 403), ("editor", 200)]
)
def test_only_editors_correct_statements_in_the_admin(group: str, answer: int) -> None:
    page = address(Statement, "change", Statement.objects.get().pk)

    assert member(group).post(page, {}).status_code == answer
