"""What jobs are about: the feed, article or snapshot of each, found together."""

from collections.abc import Collection

from sources.models import Article, Feed, Job, Snapshot

Subject = Feed | Article | Snapshot


def subjects_of(jobs: Collection[Job]) -> dict[int, Subject]:
    """Return the row that each job is about, by the job's primary key, in three queries.

    Rows come with their source, snapshots without their text. A job whose row is gone is left
    out.
    """
    of_kind = {kind: [job for job in jobs if job.kind == kind] for kind in Job.Kind}
    polls, captures = of_kind[Job.Kind.POLL], of_kind[Job.Kind.CAPTURE]
    later = of_kind[Job.Kind.READ] + of_kind[Job.Kind.ATTRIBUTE]
    feeds = Feed.objects.with_source().in_bulk(_subjects(polls))
    articles = Article.objects.for_page().in_bulk(_subjects(captures))
    snapshots = Snapshot.objects.with_article().defer("text").in_bulk(_subjects(later))
    return {
        **{job.pk: feeds[job.subject] for job in polls if job.subject in feeds},
        **{job.pk: articles[job.subject] for job in captures if job.subject in articles},
        **{job.pk: snapshots[job.subject] for job in later if job.subject in snapshots},
    }


def _subjects(jobs: Collection[Job]) -> set[int]:
    return {job.subject for job in jobs}
