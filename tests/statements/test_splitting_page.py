"""On the review page an editor takes reports off that are of another statement."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from statements import review
from statements.models import Statement
from tests.factories import AttestationFactory, UserFactory
from tests.statements.test_reviewing import signed_in
from tests.statements.test_splitting import joined

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return signed_in("editor")


def test_a_statement_of_several_reports_offers_it(editor: Client) -> None:
    statement, _, others = joined()

    assertContains(editor.get(f"/review/{statement.public_id}/"), "Are these two statements?")
    page = editor.get(f"/review/{statement.public_id}/split/")
    assertContains(page, f'action="/review/{statement.public_id}/split/"')
    box = f'<input type="checkbox" name="reports" value="{others.pk}">'
    assertContains(page, box, html=True)


def test_one_report_is_not_split(editor: Client) -> None:
    statement = AttestationFactory().statement

    assertNotContains(editor.get(f"/review/{statement.public_id}/"), "two statements?")
    page = editor.get(f"/review/{statement.public_id}/split/")
    assertContains(page, "there is nothing to split off")


def test_what_was_split_off_is_reviewed_next(editor: Client) -> None:
    statement, _, others = joined()
    url = f"/review/{statement.public_id}/split/"

    answer = editor.post(url, {"version": 1, "reports": [others.pk], "why": "Two people."})

    new = Statement.objects.exclude(pk=statement.pk).get()
    assert answer["Location"] == f"/review/{new.public_id}/"
    assert new.reviews.get().why.endswith("Two people.")
    assertContains(editor.get(answer["Location"]), f"Split {new.public_id} off")


def test_nothing_chosen_and_all_chosen_are_refused(editor: Client) -> None:
    statement, own, others = joined()
    url = f"/review/{statement.public_id}/split/"

    nothing = editor.post(url, {"version": 1, "why": "Two people."})
    assertContains(nothing, "Choose at least one report.", status_code=422)
    assertContains(nothing, "Two people.", status_code=422)
    everything = editor.post(url, {"version": 1, "reports": [own.pk, others.pk]})
    assertContains(everything, "At least one report must stay", status_code=409)
    assert Statement.objects.count() == 1


def test_a_stale_page_is_refused_and_keeps_the_choice(editor: Client) -> None:
    statement, _, others = joined()
    review.edit(statement, UserFactory(), place="Strelsau")

    answer = editor.post(
        f"/review/{statement.public_id}/split/", {"version": 1, "reports": [others.pk]}
    )

    assertContains(answer, "It was changed meanwhile.", status_code=409)
    assertContains(answer, 'name="version" value="2"', status_code=409)
    assertContains(answer, "checked", status_code=409)


def test_viewers_and_analysts_do_not_split() -> None:
    statement, _, others = joined()
    for group in ("viewer", "analyst"):
        client = signed_in(group)
        url = f"/review/{statement.public_id}/"
        assertNotContains(client.get(url), "two statements?")
        answer = client.post(f"{url}split/", {"version": 1, "reports": [others.pk]})
        assert answer.status_code == 403
