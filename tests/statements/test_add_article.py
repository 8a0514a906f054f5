"""An article given by hand is accepted once, and bad input loses nothing of what was typed."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains

from sources import store
from sources.models import Article, Job, Snapshot, Source
from tests.factories import SourceFactory, UserFactory

pytestmark = pytest.mark.django_db

TEXT = "“We keep to the text,” said Minister Ada Example of Exampleland."


@pytest.fixture(autouse=True)
def snapshot_store(settings: Any, tmp_path: Path) -> None:
    settings.SNAPSHOT_FOLDER = tmp_path


@pytest.fixture
def analyst() -> Client:
    user = UserFactory(username="ada")
    user.groups.add(Group.objects.get(name="analyst"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def source() -> Source:
    made: Source = SourceFactory()
    return made


def test_a_pasted_text_is_kept_and_waits_to_be_read(analyst: Client, source: Source) -> None:
    response = analyst.post(
        "/add/",
        {
            "text": TEXT,
            "source": source.pk,
            "title": "On texts",
            "published_on": "2024-06-20",
            "language": "en",
        },
    )

    article = Article.objects.get()
    snapshot = Snapshot.objects.get()
    assert response.headers["Location"] == f"/articles/{article.pk}/"
    assert store.load(snapshot.sha256).decode().strip() == TEXT
    assert article.stated_title == "On texts"
    assert article.added_by is not None
    assert Job.objects.get().kind == Job.Kind.READ


def test_an_address_is_accepted_and_waits_to_be_fetched(analyst: Client) -> None:
    response = analyst.post("/add/", {"url": "https://news.example/one?utm_source=mail"})

    article = Article.objects.get()
    assert response.headers["Location"] == f"/articles/{article.pk}/"
    assert article.url == "https://news.example/one"
    assert article.source.name == "news.example"
    assert Job.objects.get().kind == Job.Kind.CAPTURE
    assertContains(analyst.get(f"/articles/{article.pk}/"), "The page is being fetched.")


def test_a_file_is_kept_byte_for_byte(analyst: Client, source: Source) -> None:
    body = f"<html><body><p>{TEXT}</p></body></html>".encode()

    analyst.post(
        "/add/", {"file": SimpleUploadedFile("../../a.HTML", body), "source": source.pk}
    )

    snapshot = Snapshot.objects.get()
    assert store.load(snapshot.sha256) == body
    assert snapshot.content_type == "text/html"


def test_the_same_text_twice_is_already_here(analyst: Client, source: Source) -> None:
    given = {"text": TEXT, "source": source.pk}
    first = analyst.post("/add/", given)

    second = analyst.post("/add/", {**given, "text": f"{TEXT}\r\n"}, follow=True)

    assert Article.objects.count() == 1
    assert second.redirect_chain == [(first.headers["Location"], 302)]
    assertContains(second, "Already here")


def test_an_address_that_is_known_is_already_here(analyst: Client) -> None:
    analyst.post("/add/", {"url": "https://news.example/one"})

    response = analyst.post("/add/", {"url": "https://news.example/one#part"}, follow=True)

    assertContains(response, "Already here")
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Give an address, a text or a file."),
        ({"url": "javascript:alert(1)"}, "This is not an address that can be fetched."),
        ({"url": "http://user:secret@news.example/"}, "holds no password"),
        ({"url": "http://127.0.0.1/a"}, "private or reserved network"),
        ({"url": "https://news.example:8443/a"}, "names another port"),
        ({"text": TEXT}, "Choose who published the text."),
        ({"url": "https://news.example/a", "published_on": "20/06/2024"}, "year-month-day"),
        ({"url": "https://news.example/a", "published_on": "1890-01-01"}, "before 1990"),
        ({"url": "https://news.example/a", "published_on": "2999-01-01"}, "in the future"),
        ({"url": "https://news.example/a", "language": "tlh"}, "Select a valid choice"),
        ({"url": "https://news.example/a", "source": "999999"}, "Select a valid choice"),
    ],
)
def test_bad_input_gets_a_sentence_and_adds_nothing(
    analyst: Client, given: dict[str, str], sentence: str
) -> None:
    response = analyst.post("/add/", {"title": "A title typed with care", **given})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "A title typed with care" in response.content.decode()
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("paper.pdf", b"%PDF-1.7", "Only .txt, .md and .html files"),
        ("picture.svg", b"<svg onload=alert(1)>", "Only .txt, .md and .html files"),
        ("paper.txt", b"%PDF-1.7 and more", "the file is not a text"),
        ("archive.html", b"PK\x03\x04 and more", "the file is not a text"),
        ("binary.md", b"a\x00b", "the file is not a text"),
        ("long.txt", b"a" * (10 * 1024 * 1024 + 1), "larger than 10 MiB"),
        ("empty.txt", b"", "empty"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_what_to_do(
    analyst: Client, source: Source, name: str, body: bytes, sentence: str
) -> None:
    response = analyst.post(
        "/add/", {"file": SimpleUploadedFile(name, body), "source": source.pk}
    )

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Article.objects.exists()


def test_text_and_file_together_are_refused(analyst: Client, source: Source) -> None:
    response = analyst.post(
        "/add/",
        {"text": TEXT, "file": SimpleUploadedFile("a.txt", b"b"), "source": source.pk},
    )

    assert "Give the text or the file, not both." in response.content.decode()
    assert TEXT in response.content.decode()


def test_a_text_of_an_outlet_that_is_not_listed_is_known_by_title_and_day(
    analyst: Client,
) -> None:
    given = {"text": TEXT, "outlet": "Strelsau Gazette"}

    refused = analyst.post("/add/", given)
    assertContains(refused, "Say what it is called", status_code=422)
    assertContains(refused, "Say its day", status_code=422)
    assert not Source.objects.filter(name="Strelsau Gazette").exists()
    given |= {"title": "On texts", "published_on": "1999-06-20"}
    accepted = analyst.post("/add/", given, follow=True)

    article = Article.objects.get()
    assert (article.source.name, article.source.slug) == (
        "Strelsau Gazette",
        "strelsau-gazette",
    )
    assert (article.address, article.stated_title) == ("", "On texts")
    assertContains(accepted, "Strelsau Gazette")
    again = analyst.post("/add/", {**given, "outlet": "strelsau gazette"}, follow=True)
    assertContains(again, "Already here")
    assert Source.objects.filter(name__iexact="Strelsau Gazette").count() == 1


@pytest.mark.parametrize("beside", ["url", "source"])
def test_an_outlet_is_named_once(analyst: Client, source: Source, beside: str) -> None:
    given = {"url": "https://news.example/a", "source": source.pk}[beside]

    answer = analyst.post("/add/", {"text": TEXT, "outlet": "Gazette", beside: given})

    assertContains(answer, 'id="id_outlet_helptext"', status_code=422)
    assert not Article.objects.exists()


def test_a_text_with_an_address_needs_no_source(analyst: Client) -> None:
    analyst.post("/add/", {"text": TEXT, "url": "https://news.example/walled"})

    assert Article.objects.get().url == "https://news.example/walled"
    assert Article.objects.get().source.name == "news.example"


def test_an_upload_far_beyond_the_limit_is_stopped_by_its_length(analyst: Client) -> None:
    huge = SimpleUploadedFile("huge.txt", b"a" * (21 * 1024 * 1024))

    response = analyst.post("/add/", {"file": huge})

    assert response.status_code == 400
    assert "at most 10 MiB" in response.content.decode()


def test_a_store_that_cannot_be_written_says_so(
    analyst: Client, source: Source, settings: Any, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    settings.SNAPSHOT_FOLDER = blocked

    response = analyst.post("/add/", {"text": TEXT, "source": source.pk})

    assert "The snapshot store cannot be written." in response.content.decode()
    assert TEXT in response.content.decode()
    assert not Article.objects.exists()


def test_today_is_not_the_future(analyst: Client) -> None:
    day = timezone.localdate().isoformat()

    response = analyst.post("/add/", {"url": "https://news.example/a", "published_on": day})

    assert response.status_code == 302
