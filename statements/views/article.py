"""One article as it was kept: its text, the statements marked in it, its versions."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sources import store
from sources.clusters import copies_of
from sources.models import Article, Job, Snapshot, Visit
from sources.reasons import REASONS, Reason
from sources.verdicts import is_last_try
from statements.access import Audience, audience
from statements.context_marks import Mark, paragraphs
from statements.models import Attestation, Statement
from statements.templatetags.marked import Anchor
from statements.views.versions import compare_versions, listed

_VISITS = 100
_VISITS_OPEN = 5


@dataclass(frozen=True)
class Work:
    """A job of the article that is not done, or did not end well, and what to do about it."""

    job: Job
    reason: Reason | None

    @property
    def last_try(self) -> bool:
        """Whether it waits to be tried just once more."""
        return is_last_try(self.job)


@dataclass(frozen=True)
class Looks:
    """The looks at an article's page: how many, since when, and the newest, newest first."""

    count: int
    first_at: datetime
    newest: list[Visit]

    @property
    def last(self) -> Visit:
        return self.newest[0]

    @property
    def open(self) -> list[Visit]:
        """Those that are shown at once."""
        return self.newest[:_VISITS_OPEN]

    @property
    def earlier(self) -> int:
        """How many there are before those that are listed."""
        return self.count - len(self.newest)

    @property
    def folded(self) -> list[Visit]:
        """Those that are shown when asked for."""
        return self.newest[_VISITS_OPEN:]


@audience(Audience.PUBLIC)
@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored text of an article, in its newest version or in the one that `v` names.

    With `against`, what changed from that version to `v`.
    """
    row = get_object_or_404(Article.objects.for_page(), pk=pk)
    versions = list(row.snapshots.defer("text", "headers", "sketch"))
    readable = [version for version in versions if version.read_at]
    if "against" in request.GET:
        return compare_versions(request, row, readable)
    shown = _chosen(request.GET.get("v", ""), readable)
    work = _work(row, versions)
    context: dict[str, object] = {
        "article": row,
        "versions": listed(readable),
        "readable": {version.pk for version in readable},
        "looks": _looks(row),
        "work": work,
        "awaited": shown is None and any(one.job.state in Job.OPEN for one in work),
        "copies": copies_of(row),
    }
    if shown is not None:
        context |= {
            "shown": shown,
            "archived": _archived(shown),
            "held": REASONS.get(shown.held),
            "newest": _newest_text(readable),
            **_marked_text(shown),
        }
    return render(request, "statements/article.html", context)


@audience(Audience.ANALYST)
@require_safe
def snapshot_bytes(request: HttpRequest, sha256: str) -> HttpResponse:
    """The bytes as they came, as a download that no browser runs or shows on our origin."""
    if not Snapshot.objects.filter(sha256=sha256).exists():
        raise Http404
    try:
        body = store.load(sha256)
    except store.SnapshotDamaged as damage:
        raise Http404(f"The stored bytes are missing or damaged: {damage}") from damage
    except OSError:
        sentence = "The snapshot store cannot be read at the moment. Try again later."
        return HttpResponse(sentence, content_type="text/plain", status=503)
    return HttpResponse(
        body,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{sha256[:16]}.bin"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def _chosen(wanted: str, readable: list[Snapshot]) -> Snapshot | None:
    """The version asked for, or the newest; None when nothing has been read yet."""
    if not wanted:
        return Snapshot.objects.get(pk=_newest_text(readable).pk) if readable else None
    for version in readable:
        if str(version.pk) == wanted:
            return Snapshot.objects.get(pk=version.pk)
    raise Http404("The article has no such version.")


def _archived(shown: Snapshot) -> dict[str, object] | None:
    """The web archive file that a given text came from, and when that says it was captured."""
    if "warc-file" not in shown.headers:
        return None
    at = datetime.fromisoformat(shown.headers["warc-date"])
    return {"file": shown.headers["warc-file"], "at": at}


def _newest_text(readable: list[Snapshot]) -> Snapshot:
    """The version that first printed the newest text: its statements are recorded there."""
    return [v for v in readable if v.text_sha256 == readable[0].text_sha256][-1]


def _marked_text(shown: Snapshot) -> dict[str, object]:
    """The paragraphs of a snapshot with its statements marked, and those not located."""
    visible = [Statement.Status.PROPOSED, Statement.Status.PUBLISHED]
    reports = list(
        shown.attestations.filter(statement__status__in=visible)
        .select_related("statement")
        .prefetch_related(
            "statement__parties__speaker",
            "statement__parties__actor",
            "statement__positions__treaty",
            "statement__positions__provision",
        )
        .order_by("start", "end")
    )
    marks: list[Mark] = []
    anchors: dict[str, Anchor] = {}
    located: list[Attestation] = []
    seen: set[str] = set()
    for report in reports:
        if shown.text[report.start : report.end] != report.words:
            continue
        statement, key = report.statement, str(report.pk)
        anchor = "" if statement.public_id in seen else f"q-{statement.public_id}"
        seen.add(statement.public_id)
        anchors[key] = Anchor(statement.get_absolute_url(), anchor)
        marks.append(Mark(report.start, report.end, key))
        located.append(report)
    return {
        "paragraphs": paragraphs(shown.text, marks),
        "anchors": anchors,
        "reports": located,
        "lost": [report for report in reports if report not in located],
    }


def _looks(row: Article) -> Looks | None:
    newest = list(row.visits.all()[:_VISITS])
    if not newest:
        return None
    every = row.visits.aggregate(count=Count("pk"), first=Min("at"))
    return Looks(every["count"], every["first"], newest)


def _work(row: Article, versions: list[Snapshot]) -> list[Work]:
    """The newest job of each kind, unless it is done."""
    newest: dict[str, Job] = {}
    for job in Job.objects.on_the_way_of(row).order_by("pk"):
        newest[job.kind] = job
    return [
        Work(job, REASONS.get(job.reason_code))
        for job in newest.values()
        if job.state != Job.State.DONE and not _is_recheck(job, versions)
    ]


def _is_recheck(job: Job, versions: list[Snapshot]) -> bool:
    """Whether the job only looks again, later, at a page that was captured already."""
    waiting = job.state in {Job.State.QUEUED, Job.State.WAITING} and not job.reason_code
    return job.kind == Job.Kind.CAPTURE and waiting and bool(versions)
