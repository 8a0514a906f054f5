"""WARC -> rows: what an archive of ours or of somebody else's holds, through the usual machine.

docs/decisions/0012-warc.md says what is believed, and when.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO
from urllib.parse import urlunsplit

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from sources import store
from sources.articles import add_article, also_at, source_for
from sources.capturing import kept_headers
from sources.cleaning import clean_line
from sources.models import Article, Snapshot, Source, Visit
from sources.reading import accept_read
from sources.text import READER
from sources.urls import LONGEST, BadUrl, parse_url
from sources.warc.framing import BrokenRecord, each_record
from sources.warc.pages import URN, ArchivedPage, ArchivedVisit, NoPage, parse

_MOST_TOLD = 20
_SOURCE_TEXTS = ("slug", "name", "country", "homepage", "speaks_for", "ownership_group")


@dataclass
class Imported:
    """What became of the records: how many of each kind, and a sentence for the broken ones.

    `records` are those that stood whole in the file; without one it is hardly a WARC file.
    """

    records: int = 0
    new: int = 0
    here: int = 0
    looks: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    broken: int = 0
    sentences: list[str] = field(default_factory=list)

    def pass_over(self, number: int, why: str, *, broken: bool) -> None:
        """Count a record that was not taken."""
        if not broken:
            self.passed[why] += 1
            return
        self.broken += 1
        if self.broken <= _MOST_TOLD:
            self.sentences.append(f"record {number}: {why}")


def import_warc(
    file: BinaryIO, name: str, *, trust: bool = False, dry_run: bool = False
) -> Imported:
    """Make articles and snapshots of the pages in a WARC file, and accept that they be read.

    `trust`: the operator vouches for the file, so that its responses count as fetched when and
    where it says. Otherwise they are texts given by hand. The same bytes of an article are here
    already. A dry run finds out the same and changes nothing. Raises `OSError` when the store
    cannot be written; what was taken until then stays, and is here already the next time.
    """
    done = Imported()
    if not dry_run:
        _take_all(file, name, done, trust=trust, keep=True)
        return done
    with transaction.atomic():
        _take_all(file, name, done, trust=trust, keep=False)
        transaction.set_rollback(True)
    return done


def _take_all(file: BinaryIO, name: str, done: Imported, *, trust: bool, keep: bool) -> None:
    for number, raw in enumerate(each_record(file), start=1):
        if isinstance(raw, BrokenRecord):
            done.pass_over(number, raw.why, broken=True)
            continue
        done.records += 1
        try:
            found = parse(raw)
            with transaction.atomic():
                if isinstance(found, ArchivedVisit):
                    done.looks += _take_visit(found, trust=trust)
                elif _take(found, name, trust=trust, keep=keep):
                    done.new += 1
                else:
                    done.here += 1
        except NoPage as no:
            done.pass_over(number, str(no), broken=no.broken)
        except BadUrl as error:
            done.pass_over(number, f"an address that cannot be fetched: {error}", broken=False)
        except (ValidationError, DataError, IntegrityError, ValueError) as error:
            done.pass_over(number, f"it cannot be kept: {error}"[:300], broken=True)


def _take(page: ArchivedPage, name: str, *, trust: bool, keep: bool) -> bool:
    """Make the rows of a page; return whether they are new. Raises `NoPage` and `BadUrl`."""
    digest = hashlib.sha256(page.body).hexdigest()
    article = _article(page, digest, trust=trust)
    if keep:
        store.keep(page.body)
    if article.snapshots.filter(sha256=digest).exists():
        return False
    fetched = trust and page.status is not None
    values = _fetched(page, article) if fetched else _given(page, name, trust=trust)
    snapshot = Snapshot.objects.create(
        article=article,
        sha256=digest,
        reader=READER,
        size=len(page.body),
        content_type=clean_line(page.content_type, 100),
        **values,
    )
    if fetched:
        _note_look(snapshot, Visit.Outcome.NEW)
    accept_read(snapshot)
    return True


def _fetched(page: ArchivedPage, article: Article) -> dict[str, Any]:
    final_url = urlunsplit(parse_url(page.url))
    also_at(article, final_url)
    return {
        "origin": Snapshot.Origin.FETCHED,
        "final_url": final_url,
        "redirects": _texts(page.told.get("redirects"), LONGEST),
        "status": page.status,
        "headers": kept_headers(page.headers),
        "fetched_at": page.at,
    }


def _given(page: ArchivedPage, name: str, *, trust: bool) -> dict[str, Any]:
    """Nobody here has seen it on its page, so what the file says of it stands beside it."""
    said = {"warc-file": clean_line(name, 200), "warc-date": page.at.isoformat()}
    if trust and page.status is None:  # a text given by hand, as this archive kept it
        return {"origin": Snapshot.Origin.GIVEN, "fetched_at": page.at}
    return {"origin": Snapshot.Origin.GIVEN, "headers": {**kept_headers(page.headers), **said}}


def _article(page: ArchivedPage, digest: str, *, trust: bool) -> Article:
    told = page.told if trust else {}
    if page.url.startswith(URN):
        if not trust:
            raise NoPage("a text without an address; only a file that is trusted may name it")
        source = _source(told) or source_for(page.url)
        article, created = Article.objects.get_or_create(
            url=f"text:{source.pk}:{digest}", defaults={"source": source}
        )
    else:
        address = _text(told.get("article"), LONGEST) or page.url
        article, created = add_article(_source(told) or source_for(address), address)
    if created:
        _note_stated(article, told)
    return article


def _source(told: dict[str, Any]) -> Source | None:
    """The source that an export of ours names: the one here of that slug, or else made anew."""
    said = told.get("source")
    if not isinstance(said, dict):
        return None
    known = Source.objects.filter(slug=_text(said.get("slug"), 80)).first()
    if known is not None:
        return known
    source = Source(
        kind=_text(said.get("kind"), 80) or Source.Kind.OTHER,
        languages=_texts(said.get("languages"), 8),
        official=said.get("official") is True,
        sample=said.get("sample") is True,
        **{name: _text(said.get(name), 500) for name in _SOURCE_TEXTS},
    )
    source.full_clean()
    source.save()
    return source


def _note_stated(article: Article, told: dict[str, Any]) -> None:
    said = told.get("stated")
    if not isinstance(said, dict):
        return
    article.stated_title = _text(said.get("title"), 1000)
    article.stated_language = _text(said.get("language"), 8)
    article.by_hand = said.get("by_hand") is True
    day = _text(said.get("published_on"), 10)
    article.stated_published_on = date.fromisoformat(day) if day else None
    article.save()


def _take_visit(visit: ArchivedVisit, *, trust: bool) -> bool:
    """Note a later look at a page that is here; return whether it is new. Raises `NoPage`."""
    if not trust:
        raise NoPage("a later look, of a file that is not trusted")
    snapshot = Snapshot.objects.filter(sha256=visit.sha256, final_url=visit.url).first()
    if snapshot is None:
        raise NoPage("a later look at a page that is not here")
    return _note_look(snapshot, Visit.Outcome.UNCHANGED, visit)


def _note_look(
    snapshot: Snapshot, outcome: Visit.Outcome, visit: ArchivedVisit | None = None
) -> bool:
    """Record a look at the snapshot's page, unless one of that moment is recorded already."""
    if outcome == Visit.Outcome.NEW and snapshot.article.visits.exists():
        outcome = Visit.Outcome.CHANGED
    return Visit.objects.get_or_create(
        article=snapshot.article,
        snapshot=snapshot,
        at=visit.at if visit else snapshot.fetched_at,
        defaults={"outcome": outcome, "status": snapshot.status},
    )[1]


def _text(said: object, longest: int) -> str:
    return clean_line(said, longest) if isinstance(said, str) else ""


def _texts(said: object, longest: int) -> list[str]:
    """The texts of a list, if it is one."""
    if not isinstance(said, list):
        return []
    return list(_each_text(said, longest))


def _each_text(said: list[object], longest: int) -> Iterator[str]:
    for one in said[:20]:
        if text := _text(one, longest):
            yield text
