"""`manage.py ingest`: give an address, a file or standard input to the pipeline by hand."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from sources import jobs
from sources.articles import Accepted, accept_text, accept_url, source_for
from sources.models import Job, Source
from sources.reasons import REASONS
from sources.text import PageError, read_plain
from sources.urls import BadUrl

_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
}
_LARGEST = 10 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Put articles through the pipeline by hand: an address, .txt, .md or .html files, or - "
        "for standard input. Answers with the page of each article; the same text twice is "
        "already here."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what", nargs="+", help="an address, a file, or - for standard input"
        )
        parser.add_argument("--source", default="", help="slug or name of who published it")
        parser.add_argument("--title", default="")
        parser.add_argument("--date", default="", help="day of publication, as 2024-06-20")
        parser.add_argument("--language", default="", help="such as en, ko, ru")
        parser.add_argument(
            "--queue", action="store_true", help="only accept; leave the work to the workers"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        day = _day(options["date"])
        failures = 0
        for what in options["what"]:
            try:
                accepted = self._accept(what, day, options)
            except (CommandError, BadUrl, PageError, OSError) as error:
                failures += 1
                self.stderr.write(f"{what}: {error}")
                continue
            if not options["queue"]:
                _work(accepted)
            self._answer(what, accepted)
        if failures:
            raise CommandError(
                f"{failures} of {len(options['what'])} not accepted.", returncode=2
            )

    def _accept(self, what: str, day: date | None, options: dict[str, Any]) -> Accepted:
        stated = {
            "title": options["title"],
            "published_on": day,
            "language": options["language"],
        }
        source = _source(options["source"])
        if what.startswith(("http://", "https://")):
            return accept_url(what, source=source, **stated)
        body, content_type = _bytes(what)
        url = ""
        if content_type != "text/html":
            # A text's own front matter may say where it was printed and when.
            found = read_plain(body, content_type)
            url = found.canonical_url
            stated["title"] = stated["title"] or found.title
            stated["published_on"] = day or found.published_on
        source = source or (source_for(url) if url else _unnamed())
        return accept_text(body, content_type, source=source, url=url, **stated)

    def _answer(self, what: str, accepted: Accepted) -> None:
        place = f"/articles/{accepted.article.pk}/"
        if not accepted.created:
            self.stdout.write(f"{what}: already here: {place}")
            return
        unfinished = Job.objects.filter(
            subject=accepted.article.pk, kind=Job.Kind.CAPTURE
        ) | Job.objects.filter(
            subject__in=accepted.article.snapshots.values("pk"),
            kind__in=[Job.Kind.READ, Job.Kind.ATTRIBUTE],
        )
        for job in unfinished.filter(state__in=[*Job.EXPLAINED, Job.State.WAITING]):
            self.stdout.write(f"{what}: {job.reason_text} {REASONS[job.reason_code].next_step}")
        results = Job.objects.filter(
            kind=Job.Kind.ATTRIBUTE, subject__in=accepted.article.snapshots.values("pk")
        ).values_list("result", flat=True)
        self.stdout.write(f"{what}: {place} {'; '.join(filter(None, results))}".rstrip())


def _bytes(what: str) -> tuple[bytes, str]:
    """The bytes of a file or of standard input, and their type."""
    if what == "-":
        body = sys.stdin.buffer.read(_LARGEST + 1)
        html = body.lstrip()[:1] == b"<"
        content_type = "text/html" if html else "text/plain"
    else:
        path = Path(what)
        if path.suffix.lower() not in _TYPES:
            raise CommandError(
                "give an address, a .txt, .md or .html file, or - for standard input"
            )
        if not path.is_file():
            raise CommandError("there is no such file")
        body, content_type = path.read_bytes(), _TYPES[path.suffix.lower()]
    if len(body) > _LARGEST:
        raise CommandError("larger than 10 MiB; cut out the part that matters")
    if not body.strip():
        raise CommandError("it is empty")
    return body, content_type


def _day(value: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise CommandError("--date must look like 2024-06-20.", returncode=2) from error


def _source(name: str) -> Source | None:
    """The source with this slug or name; made when there is none yet."""
    if not name:
        return None
    found = Source.objects.filter(slug=name).first() or Source.objects.filter(name=name).first()
    if found is not None:
        return found
    slug = slugify(name)[:80]
    if not slug:
        raise CommandError("--source needs a name with letters.", returncode=2)
    return Source.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def _unnamed() -> Source:
    """The source of texts that nobody named one for."""
    return Source.objects.get_or_create(
        slug="by-hand", defaults={"name": "Given by hand, source not named"}
    )[0]


def _work(accepted: Accepted) -> None:
    """Do the article's due work here and now, through the same functions as the workers."""
    article = accepted.article
    for _ in range(4):  # capture, read, attribute; and a look again
        snapshots = list(article.snapshots.values_list("pk", flat=True))
        mine = Job.objects.due().filter(kind=Job.Kind.CAPTURE, subject=article.pk)
        mine |= Job.objects.due().filter(
            kind__in=[Job.Kind.READ, Job.Kind.ATTRIBUTE], subject__in=snapshots
        )
        for job in list(mine):
            jobs.run(job.pk)
