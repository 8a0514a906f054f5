"""A statement from a document that no page holds."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.asserts import assertContains

from sources import store
from sources.models import Reference, Snapshot, Source
from statements.models import Statement
from statements.verification import verify
from tests.factories import SourceFactory, SpeakerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def snapshot_store(settings: Any, tmp_path: Path) -> None:
    settings.SNAPSHOT_FOLDER = tmp_path


@pytest.fixture
def analyst() -> Client:
    user = UserFactory(username="ann")
    user.groups.add(Group.objects.get(name="analyst"))
    client = Client()
    client.force_login(user)
    return client


def described(**more: Any) -> dict[str, Any]:
    return {
        "source": SourceFactory().pk,
        "title": "Yearbook of Exampleland",
        "dated": "spring 1999",
        "pages": "12–14",
        "summary": "Holds that the text is enough.",
        "fragments": "the text is enough\nno more\n",
        "language": "en",
        **more,
    }


@pytest.mark.usefixtures("guarded_history")
def test_a_summary_with_fragments_becomes_a_statement(analyst: Client) -> None:
    SpeakerFactory(name="Ada Example")
    to = analyst.post("/add/document/", described()).headers["Location"]
    page = analyst.get(to)
    assertContains(page, "Summary by an editor")

    form = page.context["form"]
    analyst.post(
        to,
        {
            "start": form.initial["start"],
            "end": form.initial["end"],
            "mode": form.initial["mode"],
            "who": "Ada Example",
        },
    )

    row = Statement.objects.get()
    report = row.attestations.get()
    assert row.summarised
    assert (row.text, report.mode) == ("Holds that the text is enough.", "summary")
    assert report.pieces == ["the text is enough", "no more"]
    assert not verify().findings
    assertContains(analyst.get(row.get_absolute_url()), "ummary by an editor")


def test_fragments_alone_are_a_quotation(analyst: Client) -> None:
    SpeakerFactory(name="Ada Example")
    to = analyst.post("/add/document/", described(summary="")).headers["Location"]
    form = analyst.get(to).context["form"]
    analyst.post(to, {**form.initial, "who": "Ada Example"})

    row = Statement.objects.get()
    assert not row.summarised
    assert row.attestations.get().mode == "quoted"


def test_who_published_it_need_not_be_listed(analyst: Client) -> None:
    unlisted = {"source": "", "outlet": "Strelsau Gazette"}

    refused = analyst.post("/add/document/", described(**unlisted, summary="", fragments=""))
    assert refused.status_code == 422
    assert not Source.objects.filter(name="Strelsau Gazette").exists()
    for _ in range(2):
        answer = analyst.post("/add/document/", described(**unlisted))
        assert answer.status_code == 302

    assert Snapshot.objects.get().article.source.name == "Strelsau Gazette"
    nobody = analyst.post("/add/document/", described(source=""))
    assertContains(nobody, "Choose who published it, or name them below.", status_code=422)


def test_a_file_is_kept_with_it(analyst: Client) -> None:
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.7 invented", "application/pdf")
    analyst.post("/add/document/", described(file=scan))

    snapshot = Snapshot.objects.get()
    assert store.load(snapshot.sha256) == b"%PDF-1.7 invented"
    assert Reference.objects.get().file_name == "scan.pdf"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": ""}, "required"),
        ({"summary": "", "fragments": " "}, "Give words that the document prints"),
        ({"published_on": "2999-01-01"}, "a day to come"),
        ({"published_on": "spring"}, "year-month-day"),
    ],
)
def test_bad_input_is_explained_and_kept(
    analyst: Client, values: dict[str, str], sentence: str
) -> None:
    page = analyst.post("/add/document/", described(**values))
    assertContains(page, sentence, status_code=422)
    assertContains(page, "12–14", status_code=422)
    assert not Snapshot.objects.exists()
