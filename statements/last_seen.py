"""Whether reported words still stand on their page, as far as it has been looked at again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sources.models import Snapshot, Visit
from statements.models import Attestation, Statement


@dataclass(frozen=True)
class Page:
    """What an article's page showed when a text was last seen there: that snapshot, and when."""

    seen_at: datetime
    snapshot: int
    captured_at: datetime
    sha256: str
    text_sha256: str


@dataclass(frozen=True)
class Seen:
    """How a report stands to what its page showed last.

    `words_gone`: the site changed the page, and the words are no longer in its text.
    `changed`: its text is another, whether the words are in it or not.
    """

    page: Page
    changed: bool
    words_gone: bool


def last_pages(articles: Iterable[int]) -> dict[int, Page]:
    """The last page seen of each article, by the article's primary key; in two queries.

    A look that found the page gone or walled saw no text. Articles whose looks were not
    recorded are as they were captured last; texts given by hand were never seen on a page.
    """
    wanted = set(articles)
    columns = ("pk", "fetched_at", "sha256", "text_sha256")
    looks = (
        Visit.objects.filter(article__in=wanted, snapshot__read_at__isnull=False)
        .order_by("article_id", "-at", "-pk")
        .distinct("article_id")
        .values_list("article_id", "at", *(f"snapshot__{name}" for name in columns))
    )
    pages = {article: Page(*row) for article, *row in looks}
    captures = (
        Snapshot.objects.read()
        .filter(article__in=wanted - pages.keys(), origin=Snapshot.Origin.FETCHED)
        .order_by("article_id", "-fetched_at", "-pk")
        .distinct("article_id")
        .values_list("article_id", "fetched_at", *columns)
    )
    return pages | {article: Page(*row) for article, *row in captures}


def last_pages_of(statements: Iterable[Statement]) -> dict[int, Page]:
    """The last page seen of each article that reports one of the statements."""
    return last_pages(
        report.snapshot.article_id
        for statement in statements
        for report in statement.attestations.all()
    )


def seen_of(reports: Sequence[Attestation]) -> dict[int, Seen]:
    """How each report stands to its page, by the report's primary key; in three queries.

    A report is missing whose page nobody has seen.
    """
    pages = last_pages(report.snapshot.article_id for report in reports)
    texts = _texts(
        page.snapshot
        for report in reports
        if (page := pages.get(report.snapshot.article_id)) and _differs(report, page)
    )
    return {
        report.pk: _seen(report, pages[report.snapshot.article_id], texts)
        for report in reports
        if report.snapshot.article_id in pages
    }


def _differs(report: Attestation, page: Page) -> bool:
    """Whether the site shows another text. The same bytes, read anew, are no change of its."""
    snapshot = report.snapshot
    return page.text_sha256 != snapshot.text_sha256 and page.sha256 != snapshot.sha256


def _texts(snapshots: Iterable[int]) -> dict[int, str]:
    found = Snapshot.objects.filter(pk__in=set(snapshots))
    return dict(found.values_list("pk", "text"))


def _seen(report: Attestation, page: Page, texts: Mapping[int, str]) -> Seen:
    changed = _differs(report, page)
    gone = changed and _bare(report.words) not in _bare(texts[page.snapshot])
    return Seen(page, changed, gone)


def _bare(text: str) -> str:
    """The text with all white space alike: a new paragraph is no new wording."""
    return " ".join(text.split())
