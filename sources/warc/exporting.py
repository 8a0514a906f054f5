"""Rows -> WARC 1.1 (ISO 28500): what was kept, in the format that archives exchange.

docs/decisions/0012-warc.md says which record stands for what.
"""

import io
import json
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from itertools import groupby
from typing import Any, BinaryIO

from django.conf import settings
from django.db.models import Prefetch, Q
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from sources import store
from sources.models import Article, Snapshot, Source, Visit
from sources.warc.pages import URN

# Of a source, what another archive needs to know it again.
_SOURCE_FIELDS = (
    "slug", "name", "kind", "country", "languages", "homepage", "official", "speaks_for",
    "ownership_group", "sample",
)  # fmt: skip
_DESCRIPTION = (
    "Bodies are as fetched, with content coding and transfer coding removed. Of the headers "
    "those are kept that say what was fetched and when. The protocol's version was not kept: "
    "HTTP/1.1 stands in its place. WARC-JSON-Metadata holds what else the archive knows."
)
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_RECORDS = uuid.UUID("6f0c5c1e-6a51-5b52-9d5a-0d8f6c1c2f7e")
# The look that brought a snapshot is written with it, a moment later than its bytes.
_SAME_LOOK = timedelta(seconds=10)


@dataclass
class Exported:
    """How many records of each type were written, and a sentence for each snapshot left out."""

    records: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)


class _Writer(WARCWriter):  # type: ignore[misc]  # it has no types
    """warcio's writer with sha256, by which everything here is known, as its digest."""

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


def export(
    file: BinaryIO,
    *,
    packed: bool = True,
    source: Source | None = None,
    since: datetime | None = None,
) -> Exported:
    """Write what was kept of one source or of all, since a moment or ever, to a WARC file.

    The order is that of articles and then of time, and a record's id is the same in every
    export. References are left out: what an archive holds are documents. Raises `OSError` when the store cannot be read or the file cannot be written.
    """
    writer = _Writer(file, gzip=packed, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record("", _info()))
    done = Exported(Counter(warcinfo=1))
    for _, snapshots in groupby(_snapshots(source, since), lambda s: s.article_id):
        first_of: dict[tuple[str, str], Snapshot] = {}
        for snapshot in snapshots:
            first = first_of.setdefault((snapshot.sha256, snapshot.origin), snapshot)
            for record in _records(writer, snapshot, first, since, done.left_out):
                writer.write_record(record)
                done.records[record.rec_type] += 1
    return done


def _info() -> dict[str, str]:
    return {
        "software": "Demarche",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": settings.SITE_URL,
        "http-header-user-agent": settings.USER_AGENT,
        "robots": "obey",
        "description": _DESCRIPTION,
    }


def _snapshots(source: Source | None, since: datetime | None) -> Iterator[Snapshot]:
    visits = Visit.objects.order_by("at", "pk")
    found = Snapshot.objects.exclude(origin=Snapshot.Origin.REFERENCE).with_article()
    found = found.prefetch_related(Prefetch("visits", visits))
    if source is not None:
        found = found.filter(article__source=source)
    if since is not None:
        lately = Visit.objects.filter(at__gte=since).values("snapshot")
        found = found.filter(Q(fetched_at__gte=since) | Q(pk__in=lately))
    return found.order_by("article_id", "fetched_at", "pk").iterator(chunk_size=100)


def _records(
    writer: _Writer,
    snapshot: Snapshot,
    first: Snapshot,
    since: datetime | None,
    left_out: list[str],
) -> Iterator[Any]:
    """The records of one snapshot; `first` is the first of its article with the same bytes."""
    if since is None or snapshot.fetched_at >= since:
        if snapshot is first:
            make = _resource if snapshot.given else _response
            try:
                yield make(writer, snapshot, store.load(snapshot.sha256))
            except store.SnapshotDamaged as damage:
                left_out.append(f"snapshot {snapshot.pk}: {damage}")
        elif not snapshot.given:
            yield _revisit(writer, first, snapshot.fetched_at)
        if snapshot.text:
            yield _conversion(writer, snapshot, first)
    for visit in snapshot.visits.all():
        again = visit.at > snapshot.fetched_at + _SAME_LOOK
        if again and not snapshot.given and (since is None or visit.at >= since):
            yield _revisit(writer, first, visit.at)


def _response(writer: _Writer, snapshot: Snapshot, body: bytes) -> Any:
    status = f"{snapshot.status} {_PHRASES.get(snapshot.status or 0, '')}"
    headers = dict(snapshot.headers)
    if snapshot.content_type:
        headers.setdefault("content-type", snapshot.content_type)
    return writer.create_warc_record(
        snapshot.final_url,
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders(
            status.strip(), list(headers.items()), protocol="HTTP/1.1"
        ),
        warc_headers_dict=_headers(snapshot),
    )


def _resource(writer: _Writer, snapshot: Snapshot, body: bytes) -> Any:
    return writer.create_warc_record(
        _uri(snapshot),
        "resource",
        payload=io.BytesIO(body),
        length=len(body),
        warc_content_type=snapshot.content_type or "application/octet-stream",
        warc_headers_dict=_headers(snapshot),
    )


def _revisit(writer: _Writer, first: Snapshot, at: datetime) -> Any:
    """A later look that found the bytes of `first` once more."""
    return writer.create_revisit_record(
        first.final_url,
        f"sha256:{first.sha256}",
        first.final_url,
        _date(first.fetched_at),
        warc_headers_dict={
            "WARC-Record-ID": _id("revisit", first, at.isoformat()),
            "WARC-Date": _date(at),
            "WARC-Refers-To": _id("bytes", first),
        },
    )


def _conversion(writer: _Writer, snapshot: Snapshot, first: Snapshot) -> Any:
    text = snapshot.text.encode()
    return writer.create_warc_record(
        _uri(snapshot),
        "conversion",
        payload=io.BytesIO(text),
        length=len(text),
        warc_content_type="text/plain; charset=utf-8",
        warc_headers_dict={
            "WARC-Record-ID": _id("text", snapshot, snapshot.reader),
            "WARC-Date": _date(snapshot.read_at or snapshot.fetched_at),
            "WARC-Refers-To": _id("bytes", first),
            "WARC-JSON-Metadata": json.dumps({"reader": snapshot.reader}),
        },
    )


def _headers(snapshot: Snapshot) -> dict[str, str]:
    """What the WARC headers say about the bytes of a snapshot."""
    return {
        "WARC-Record-ID": _id("bytes", snapshot),
        "WARC-Date": _date(snapshot.fetched_at),
        "WARC-Payload-Digest": f"sha256:{snapshot.sha256}",
        "WARC-JSON-Metadata": json.dumps(_told(snapshot)),
    }


def _told(snapshot: Snapshot) -> dict[str, Any]:
    article: Article = snapshot.article
    day = article.stated_published_on
    return {
        "article": article.address,
        "source": {name: getattr(article.source, name) for name in _SOURCE_FIELDS},
        "stated": {
            "title": article.stated_title,
            "published_on": day.isoformat() if day else None,
            "language": article.stated_language,
            "by_hand": article.by_hand,
        },
        "redirects": snapshot.redirects,
    }


def _uri(snapshot: Snapshot) -> str:
    return snapshot.address or f"{URN}{snapshot.sha256}"


def _id(what: str, snapshot: Snapshot, more: str = "") -> str:
    """A name that is the same whenever the same thing is exported."""
    parts = (what, snapshot.article.url, snapshot.sha256, _date(snapshot.fetched_at), more)
    return f"<urn:uuid:{uuid.uuid5(_RECORDS, ' '.join(parts))}>"


def _date(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
