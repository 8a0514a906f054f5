"""An id that another statement has is drawn again, by whatever way the new one comes."""

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from statements.attribution import Attribution, Voice
from statements.models import Statement
from statements.proposals import record
from statements.public_ids import ALPHABET, LENGTH, give_free_ids
from tests.factories import SnapshotFactory, StatementFactory

pytestmark = pytest.mark.django_db

WORDS = "no comment"


@pytest.fixture
def taken() -> Statement:
    one: Statement = StatementFactory(public_id="AAAAAAA")
    return one


@pytest.fixture
def unlucky(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called, who draws has the taken id twice, and another one then."""

    def begin() -> None:
        choice: Callable[[str], str] = secrets.choice
        drawn = iter("A" * 2 * LENGTH)
        monkeypatch.setattr(
            "secrets.choice",
            lambda letters: (letters is ALPHABET and next(drawn, "")) or choice(letters),
        )

    return begin


def test_a_run_that_draws_taken_ids_records_what_it_found(
    taken: Statement, unlucky: Callable[[], None]
) -> None:
    snapshot = SnapshotFactory(text="First no comment, then no comment.", language="en")
    said: list[Attribution] = []
    for name in ("Ada", "Bo"):
        start = snapshot.text.index(WORDS, said[-1].end if said else 0)
        voices = (Voice(name=name, printed=name, start=0, end=1, speaker_id=None),)
        said.append(
            Attribution(
                start=start, end=start + len(WORDS), kind="direct", voices=voices, rule="x",
                said_on=date(2025, 1, 10), precision="day", said_on_basis="publication",
            )
        )  # fmt: skip

    unlucky()
    record(snapshot, said)

    assert Statement.objects.count() == 3
    assert Statement.objects.get(public_id="AAAAAAA") == taken


def test_who_enters_a_statement_in_the_admin_is_not_told_of_a_taken_id(
    taken: Statement, admin_client: Client, unlucky: Callable[[], None]
) -> None:
    address = reverse("admin:statements_statement_add")
    page = admin_client.get(address)
    sent = {"text": "Grain.", "language": "en", "said_on_precision": "unknown"}
    sent |= {"said_on_basis": "none"}
    for inline in page.context["inline_admin_formsets"]:
        prefix = inline.formset.prefix
        sent |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}

    unlucky()

    answer = admin_client.post(address, sent)

    assert answer.context is None, answer.context["adminform"].form.errors
    assert answer.status_code == 302
    assert Statement.objects.exclude(pk=taken.pk).get().text == "Grain."


def test_two_new_ones_do_not_share_an_id_that_is_free(unlucky: Callable[[], None]) -> None:
    unlucky()
    rows: list[Any] = [Statement(text="One."), Statement(text="Other.")]
    assert {row.public_id for row in rows} == {"AAAAAAA"}

    give_free_ids(rows)

    assert rows[0].public_id == "AAAAAAA" != rows[1].public_id
