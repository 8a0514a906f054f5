"""`manage.py ingest`: give an address, a file or standard input to the pipeline by hand."""

import sys
import time
from argparse import ArgumentParser
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models.functions import Now
from django.utils.text import slugify

from sources import jobs
from sources.apart import read_page
from sources.by_hand import Accepted, SourceMissing, Stated, accept_text, accept_url
from sources.fetching import NotAllowed
from sources.models import Article, Job, Source
from sources.reasons import REASONS
from sources.text import PageError
from sources.urls import BadUrl

_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
}
_LARGEST = 10 * 1024 * 1024  # bytes
_PATIENCE = 20.0  # seconds to wait for work that a worker has begun


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
        parser.add_argument(
            "--source",
            default="",
            help="slug or name of who published it; a text needs it, unless it says itself "
            "where it was printed",
        )
        parser.add_argument("--title", default="")
        parser.add_argument("--date", default="", help="day of publication, as 2024-06-20")
        parser.add_argument("--language", default="", help="such as en, ko, ru")
        parser.add_argument(
            "--queue", action="store_true", help="only accept; leave the work to the workers"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stated = Stated(options["title"], _day(options["date"]), options["language"])
        failures = 0
        for what in options["what"]:
            try:
                accepted = self._accept(what, options["source"], stated)
            except BadUrl as error:
                failures += 1
                bad = REASONS["bad-url"]
                self.stderr.write(f"{what}: {bad.sentence} ({error}) {bad.next_step}")
            except NotAllowed as error:
                failures += 1
                self.stderr.write(f"{what}: {error} {REASONS[error.code].next_step}")
            except SourceMissing:
                failures += 1
                self.stderr.write(
                    f"{what}: nobody has said who published it. Name them with --source; "
                    "a name that is not listed yet becomes a new source."
                )
            except (CommandError, PageError, OSError) as error:
                failures += 1
                self.stderr.write(f"{what}: {error}")
            else:
                failures += self._answer(what, accepted, wait=not options["queue"])
        if failures:
            raise CommandError(
                f"{failures} of {len(options['what'])} not accepted or not read.", returncode=2
            )

    def _accept(self, what: str, name: str, stated: Stated) -> Accepted:
        source = _source(name)
        if what.startswith(("http://", "https://")):
            return accept_url(what, source=source, stated=stated)
        body, content_type = _bytes(what)
        url = ""
        if content_type != "text/html":
            # A text's own front matter may say where it was printed and when.
            found = read_page(body, content_type, "")
            url = found.canonical_url
            stated = replace(
                stated,
                title=stated.title or found.title,
                published_on=stated.published_on or found.published_on,
            )
        return accept_text(body, content_type, source=source, url=url, stated=stated)

    def _answer(self, what: str, accepted: Accepted, *, wait: bool) -> bool:
        """Say what became of it, and where it is; return whether it ended badly."""
        place = f"/articles/{accepted.article.pk}/"
        if accepted.job is None:
            self.stdout.write(f"{what}: already here: {place}")
            return False
        if not accepted.created:
            self.stdout.write(f"{what}: one more version of an article that is here: {place}")
        open_still = work_on(accepted.article) if wait else False
        mine = Job.objects.on_the_way_of(accepted.article)
        told = mine.filter(state__in=[*Job.EXPLAINED, Job.State.WAITING])
        for job in told:
            next_step = REASONS[job.reason_code].next_step
            self.stderr.write(f"{what}: {job.reason_text} {next_step} ({place})")
        if not told:
            results = mine.filter(kind=Job.Kind.ATTRIBUTE).values_list("result", flat=True)
            self.stdout.write(f"{what}: {place} {'; '.join(filter(None, results))}".rstrip())
        if open_still:
            self.stdout.write(f"{what}: it is still being worked on; look at its page.")
        return bool(mine.filter(state__in=Job.EXPLAINED))


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
        raise CommandError(
            "--source needs a name in Latin letters; any other is made in the admin first.",
            returncode=2,
        )
    return Source.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def work_on(article: Article) -> bool:
    """Do the article's due work here, through the same functions as the workers.

    A worker may be quicker, or another page of the host have its turn first: both are waited
    for, a while. Returns whether there is work open still that could be done within it.
    """
    ends = time.monotonic() + _PATIENCE
    while True:
        left = max(ends - time.monotonic(), 0)
        soon = Job.objects.on_the_way_of(article).open()
        soon = soon.filter(not_before__lte=Now() + timedelta(seconds=left))
        if not soon.exists() or not left:
            return soon.exists()
        done = [jobs.run(pk) for pk in soon.due().values_list("pk", flat=True)]
        if not any(done):
            time.sleep(0.2)
