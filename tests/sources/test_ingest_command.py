"""`manage.py ingest` says what became of what it was given, and ends with a code that tells."""

import io
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from sources import jobs
from sources.management.commands.ingest import work_on
from sources.models import Article, Job, Source
from tests.sources.pages import Site

TEXT = (
    "Minister Ada Example said on Thursday that the invented pact would be kept by Ruritania."
)


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.SNAPSHOT_FOLDER = tmp_path / "snapshots"


def ingest(*arguments: str) -> tuple[str, str, int]:
    """Run the command; return what it printed, what it complained of, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("ingest", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), error.returncode
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def note(tmp_path: Path) -> str:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://127.0.0.1/a", "private or reserved network"),
        ("http://ada:secret@news.example/", "not an address that can be fetched"),
    ],
)
def test_an_address_that_is_never_fetched_is_refused(address: str, sentence: str) -> None:
    _, complaint, code = ingest(address)

    assert sentence in complaint
    assert code == 2
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_a_page_that_holds_no_article_ends_with_a_code(site: Site) -> None:
    address = site.html("/empty", "Nothing", "")

    _, complaint, code = ingest(address)

    assert "No article text was found on the page." in complaint
    assert "paste it by hand" in complaint
    assert code == 2


@pytest.mark.django_db
def test_the_same_file_is_here_already_unless_another_outlet_is_named(note: str) -> None:
    first, _, _ = ingest(note, "--source", "Invented Courier")
    again, _, _ = ingest(note)
    other, _, _ = ingest(note, "--source", "Another Courier")

    assert "1 new statement" in first
    assert "already here" in again
    assert "already here" not in other
    assert Article.objects.count() == 2


@pytest.mark.django_db
def test_a_text_of_nobody_is_refused(note: str) -> None:
    _, complaint, code = ingest(note)

    assert "nobody has said who published it. Name them with --source" in complaint
    assert code == 2
    assert not Source.objects.exists()
    assert not list(settings.SNAPSHOT_FOLDER.rglob("*.*"))


@pytest.mark.django_db
def test_a_text_may_say_itself_where_it_was_printed(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text(f"---\nsource_url: https://news.example/pact\n---\n\n{TEXT}\n", "utf-8")

    _, complaint, code = ingest(str(path))

    assert (complaint, code) == ("", 0)
    assert Article.objects.get().url == "https://news.example/pact"


@pytest.mark.django_db(transaction=True)
def test_work_that_a_worker_has_begun_is_waited_for(note: str) -> None:
    ingest(note, "--queue", "--source", "Invented Courier")
    job = Job.objects.get(kind=Job.Kind.READ)
    begun = jobs.claim(job.pk)
    assert begun is not None

    def work() -> None:
        threading.Event().wait(0.5)
        Job.objects.filter(pk=job.pk).update(
            state=Job.State.QUEUED, lease_token=None, lease_until=None
        )
        jobs.run(job.pk)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()

    still_open = work_on(Article.objects.get())
    worker.join()

    assert not still_open
    assert Job.objects.get(kind=Job.Kind.ATTRIBUTE).state == Job.State.DONE
