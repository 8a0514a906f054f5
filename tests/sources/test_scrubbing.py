"""Scrub finds what is damaged, says what to do, heals, and removes what is nobody's."""

import hashlib
import io
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sources import jobs, scrubbing, store
from sources.by_hand import accept_text
from sources.models import Heartbeat, Job, Snapshot
from sources.tasks import scrub as scrub_task
from tests.factories import ArticleFactory, SnapshotFactory, SourceFactory, UserFactory
from tests.sources.pages import Site
from tests.sources.stores import path_of

pytestmark = pytest.mark.django_db

BODY = b"<p>Ada Example said the invented pact would hold.</p>"


def kept(body: bytes = BODY, **values: Any) -> Snapshot:
    return SnapshotFactory(sha256=store.keep(body), size=len(body), **values)


def scrub(*arguments: str) -> tuple[str, str, int]:
    """Run the command; return what it printed, what it complained of, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("scrub", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}", error.returncode
    return out.getvalue(), err.getvalue(), 0


def flip(snapshot: Snapshot) -> None:
    body = bytearray(path_of(snapshot.sha256).read_bytes())
    body[len(body) // 2] ^= 1
    path_of(snapshot.sha256).write_bytes(body)


def tear(snapshot: Snapshot) -> None:
    os.truncate(path_of(snapshot.sha256), 10)


def lose(snapshot: Snapshot) -> None:
    path_of(snapshot.sha256).unlink()


def test_a_store_that_is_well_has_no_findings() -> None:
    kept()
    kept(b"other")

    out, complaint, code = scrub()

    assert out.startswith("2 snapshots re-read")
    assert (complaint, code) == ("", 0)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [(flip, "is not what was stored"), (tear, "shorter or longer"), (lose, "is missing")],
)
def test_damage_is_found_marked_and_unmarked(
    damage: Callable[[Snapshot], None], sentence: str
) -> None:
    well, hurt = kept(b"well"), kept()
    damage(hurt)

    out, complaint, code = scrub()

    assert (code, "1 findings" in out) == (1, True)
    assert f"snapshot {hurt.pk}" in complaint
    assert sentence in complaint
    assert "scrub --refetch" in complaint
    assert list(Snapshot.objects.filter(damaged_at__isnull=False)) == [hurt]
    assert well.damaged_at is None

    store.keep(BODY)
    out, _, code = scrub()

    assert (code, "0 findings, 1 healed" in out) == (0, True)
    assert not Snapshot.objects.filter(damaged_at__isnull=False).exists()


def test_every_flipped_bit_is_found() -> None:
    snapshots = [kept(f"text number {n}".encode()) for n in range(100)]
    for snapshot in snapshots:
        flip(snapshot)

    assert len(scrubbing.scrub().findings) == 100


def test_a_text_that_is_not_what_was_read_is_found() -> None:
    snapshot = kept(text_sha256=hashlib.sha256(b"What was read.").hexdigest())

    _, complaint, code = scrub()

    assert code == 1
    assert f"snapshot {snapshot.pk}: its text is not what was read. Restore" in complaint
    assert not Snapshot.objects.filter(damaged_at__isnull=False).exists()


def test_a_page_that_still_has_the_bytes_heals_the_file(site: Site) -> None:
    article = ArticleFactory(url=site.html("/a", "Headline", "Ada Example spoke. " * 20))
    body = site.pages["/a"].body
    hurt = kept(body, article=article)
    flip(hurt)

    _, complaint, _ = scrub("--refetch")
    scrub("--refetch")

    assert "It is captured again." in complaint
    job = Job.objects.get(kind=Job.Kind.CAPTURE)  # once for one damage
    jobs.run(job.pk)
    assert store.load(hurt.sha256) == body
    assert scrub()[2] == 0


def test_a_text_given_again_heals_its_file() -> None:
    source = SourceFactory()
    accepted = accept_text(b"Ada Example said so.", "text/plain", source=source)
    given = accepted.article.snapshots.get()
    lose(given)

    _, complaint, _ = scrub("--refetch")
    accept_text(b"Ada Example said so.", "text/plain")

    assert "Give the same text again" in complaint
    assert not Job.objects.filter(kind=Job.Kind.CAPTURE).exists()
    assert scrub()[2] == 0


def test_a_scrub_goes_on_where_it_was_told(settings: Any) -> None:
    first, second = kept(b"one"), kept(b"two")

    done = scrubbing.scrub(seconds=0)
    rest = scrubbing.scrub(done.last or 0)

    assert (done.snapshots, done.last) == (1, first.pk)
    assert (rest.snapshots, rest.last) == (1, None)
    assert second.pk > first.pk


def test_a_nights_round_goes_through_all_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.tasks._SCRUB_SECONDS", 0.0)
    snapshots = [kept(f"text {n}".encode()) for n in range(3)]
    for snapshot in snapshots:
        flip(snapshot)
    asked: list[int] = []
    monkeypatch.setattr(scrub_task, "delay", asked.append)

    scrub_task()
    while asked:
        scrub_task(asked.pop())

    assert Snapshot.objects.filter(damaged_at__isnull=False).count() == 3
    assert not Heartbeat.objects.filter(name="scrub").exists()


def test_a_second_round_leaves_the_work_to_the_first() -> None:
    flip(kept())
    Heartbeat.objects.create(name="scrub", beat_at=timezone.now())

    assert scrubbing.scrub_slice(0, 1.0) is None
    assert not Snapshot.objects.filter(damaged_at__isnull=False).exists()

    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(hours=2))
    scrubbing.scrub_slice(0, 1.0)
    assert Snapshot.objects.filter(damaged_at__isnull=False).exists()


def test_a_store_that_cannot_be_read_damages_nobody(settings: Any, tmp_path: Path) -> None:
    kept()
    settings.SNAPSHOT_FOLDER = tmp_path / "file" / "snapshots"
    (tmp_path / "file").touch()

    _, complaint, code = scrub()

    assert code == 2
    assert "The snapshot store cannot be used" in complaint
    assert not Snapshot.objects.filter(damaged_at__isnull=False).exists()


def test_a_bucket_is_scrubbed_like_a_folder(bucket: Any) -> None:
    well, lost, flipped = kept(b"well"), kept(b"lost"), kept(b"flip")
    bucket.Object(f"snapshots/{store.name_of(lost.sha256)}").delete()
    bucket.Object(f"snapshots/{store.name_of(flipped.sha256)}").put(Body=b"flap")

    findings = scrubbing.scrub().findings

    assert [finding.snapshot for finding in findings] == [lost, flipped]
    assert well not in Snapshot.objects.filter(damaged_at__isnull=False)


# ------------------------------------------------------------------ files that are nobody's


def old(path: Path) -> Path:
    yesterday = (timezone.now() - timedelta(hours=25)).timestamp()
    os.utime(path, (yesterday, yesterday))
    return path


def test_only_old_files_that_nothing_names_are_removed_and_only_when_told() -> None:
    named = old(path_of(kept().sha256))
    orphan = old(path_of(store.keep(b"orphan")))
    young = path_of(store.keep(b"young orphan"))
    (part := orphan.with_name(".part-x1")).write_bytes(b"torn wri")
    (earlier := orphan.with_name("tmpabc_de")).write_bytes(b"torn wri")
    (stranger := Path(settings.SNAPSHOT_FOLDER) / "notes.txt").write_text("mine")
    for path in (part, earlier, stranger):
        old(path)
    (young_part := orphan.with_name(".part-x2")).write_bytes(b"being wri")

    listed, _, _ = scrub("--orphans")
    assert "3 files that no snapshot names, 0 removed; --remove removes them" in listed
    assert all(path.exists() for path in (orphan, part, earlier))

    removed, _, code = scrub("--orphans", "--remove")

    assert ("3 removed" in removed, code) == (True, 0)
    assert [p.exists() for p in (orphan, part, earlier)] == [False] * 3
    assert [p.exists() for p in (named, young, young_part, stranger)] == [True] * 4


def test_an_orphan_that_is_stored_again_meanwhile_stays() -> None:
    orphan = old(path_of(store.keep(b"orphan")))
    (found,) = scrubbing.orphans()

    store.keep(b"orphan")

    assert not store.remove(found)
    assert orphan.exists()


def test_young_objects_of_a_bucket_stay(bucket: Any) -> None:
    store.keep(b"orphan")

    assert scrub("--orphans", "--remove")[0].startswith("0 files")
    assert len(list(bucket.objects.all())) == 1


def test_old_objects_of_a_bucket_are_removed(
    bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept()
    store.keep(b"orphan")
    bucket.Object("snapshots/notes.txt").put(Body=b"mine")
    # An object's age cannot be set from outside, so a day is made short.
    monkeypatch.setattr(store, "ORPHAN_AGE", timedelta(seconds=-2))

    scrub("--orphans", "--remove")

    assert sorted(o.key for o in bucket.objects.all()) == sorted(
        [f"snapshots/{store.name_of(s.sha256)}" for s in Snapshot.objects.all()]
        + ["snapshots/notes.txt"]
    )


# ------------------------------------------------------------------ what readers see


def test_readers_and_staff_are_told(client: Client) -> None:
    hurt = kept()
    flip(hurt)
    page = f"/articles/{hurt.article_id}/"
    assert "Snapshot damaged" not in client.get(page).content.decode()

    scrub()

    assert "Snapshot damaged" in client.get(page).content.decode()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    staff = client.get("/ingest/").content.decode()
    assert "1 snapshot damaged" in staff
    assert f'href="{page}"' in staff
    assert client.get(reverse("snapshot-bytes", args=[hurt.sha256])).status_code == 404


def test_a_download_says_when_the_store_cannot_be_read(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    address = reverse("snapshot-bytes", args=[kept().sha256])
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert client.get(address).content == BODY

    settings.SNAPSHOT_FOLDER = tmp_path / "file" / "snapshots"
    (tmp_path / "file").touch()

    response = client.get(address)
    assert (response.status_code, b"Try again later" in response.content) == (503, True)
