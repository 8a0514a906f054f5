"""Scrub: re-read what is kept, mark what is damaged, and find files that are nobody's."""

import hashlib
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from sources import store
from sources.capturing import accept_capture
from sources.folder import StoredFile
from sources.models import Heartbeat, Job, Snapshot

_HEARTBEAT = "scrub"
# A round that has not gone on for this long has ended, or its message was lost.
_SILENT = timedelta(hours=1)
_AT_ONCE = 5000
_OURS = re.compile(r"(..)/(..)/\1\2[0-9a-f]{60}")


@dataclass(frozen=True)
class Finding:
    """What does not stand about one snapshot, and what can be done about it.

    `text`: it is not its bytes but the text in its row that was changed.
    """

    snapshot: Snapshot
    sentence: str
    text: bool = False

    @property
    def next_step(self) -> str:
        """What a person does now."""
        if self.text:
            return "Restore its row from a backup of the database."
        if self.snapshot.given:
            return "Give the same text again, or restore the file from a backup."
        return "Capture the article again (scrub --refetch), or restore the file from a backup."

    def __str__(self) -> str:
        return f"snapshot {self.snapshot.pk}: {self.sentence}"


@dataclass
class Scrubbed:
    """What one scrub looked at. `last` is the primary key it came to, None at the end."""

    snapshots: int = 0
    size: int = 0  # bytes
    healed: int = 0
    findings: list[Finding] = field(default_factory=list)
    last: int | None = None


def findings_about(snapshot: Snapshot) -> Iterator[Finding]:
    """Re-read the stored bytes of a snapshot and compare its text with its hash.

    Changes nothing. Raises `OSError` when the store cannot be read just now.
    """
    try:
        store.check(snapshot.sha256, snapshot.size)
    except store.SnapshotDamaged as damage:
        yield Finding(snapshot, str(damage))
    if snapshot.read_at is not None:
        found = hashlib.sha256(snapshot.text.encode()).hexdigest()
        if found != snapshot.text_sha256:
            yield Finding(snapshot, "its text is not what was read", text=True)


def in_order(after: int = 0) -> QuerySet[Snapshot]:
    """The snapshots beyond a primary key, with what is needed to check them."""
    needed = ("sha256", "size", "origin", "read_at", "text", "text_sha256", "damaged_at")
    return Snapshot.objects.filter(pk__gt=after).order_by("pk").only("article", *needed)


def scrub(after: int = 0, seconds: float | None = None) -> Scrubbed:
    """Check the snapshots beyond `after`, those known to be damaged first, for so long at most.

    `damaged_at` is set where the bytes are found damaged, and emptied where they are well again.
    Raises `OSError` when the store cannot be read just now.
    """
    done = Scrubbed()
    ends = None if seconds is None else time.monotonic() + seconds
    if not after:
        for snapshot in in_order().filter(damaged_at__isnull=False).iterator(chunk_size=100):
            done.healed += _mark(snapshot, list(findings_about(snapshot)))
    for snapshot in in_order(after).iterator(chunk_size=100):
        found = list(findings_about(snapshot))
        done.healed += _mark(snapshot, found)
        done.findings += found
        done.snapshots += 1
        done.size += snapshot.size
        if ends is not None and time.monotonic() > ends:
            done.last = snapshot.pk
            break
    return done


def _mark(snapshot: Snapshot, found: list[Finding]) -> bool:
    """Write whether the bytes are damaged, if that has changed; return whether they healed."""
    damaged = any(not finding.text for finding in found)
    was_damaged = snapshot.damaged_at is not None
    if damaged != was_damaged:
        Snapshot.objects.filter(pk=snapshot.pk).update(damaged_at=Now() if damaged else None)
    return was_damaged and not damaged


def scrub_slice(after: int, seconds: float) -> int | None:
    """One slice of a round over all; return where the next one begins, None when it is through.

    A round that begins while another is under way leaves it to that one.
    """
    latest = Heartbeat.objects.filter(name=_HEARTBEAT).first()
    if not after and latest and latest.beat_at > timezone.now() - _SILENT:
        return None
    last = scrub(after, seconds).last
    if last is None:
        Heartbeat.objects.filter(name=_HEARTBEAT).delete()
    else:
        Heartbeat.objects.update_or_create(
            name=_HEARTBEAT, defaults={"beat_at": timezone.now()}
        )
    return last


def accept_recapture(snapshot: Snapshot) -> Job | None:
    """Accept that the article of a damaged snapshot be captured again, once for each damage.

    A page that still has the same bytes heals the file. None for what was given by hand, and
    for what is well.
    """
    snapshot.refresh_from_db(fields=["damaged_at"])
    if snapshot.given or snapshot.damaged_at is None:
        return None
    occasion = f"damaged: {snapshot.sha256} {snapshot.damaged_at.isoformat()}"
    return accept_capture(snapshot.article, occasion)[0]


def orphans() -> Iterator[StoredFile]:
    """Files of the store, a day old or older, that no snapshot names; and unfinished writes."""
    files = (file for file in store.old_files() if file.part or _OURS.fullmatch(file.name))
    while some := list(islice(files, _AT_ONCE)):
        yield from _unnamed(some)


def _unnamed(files: Iterable[StoredFile]) -> Iterator[StoredFile]:
    hashes = {file: file.name.rpartition("/")[2] for file in files}
    rows = Snapshot.objects.filter(
        sha256__in=[h for file, h in hashes.items() if not file.part]
    )
    named = set(rows.values_list("sha256", flat=True))
    return (file for file, sha256 in hashes.items() if file.part or sha256 not in named)
