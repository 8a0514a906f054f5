"""`manage.py remove_newsroom`: remove the sample newsroom with all that was found in it."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from sources.models import Article, Feed, Job, Snapshot, Source
from statements.models import Attestation, Statement
from statements.tellings import note_differences


class Command(BaseCommand):
    help = (
        "Remove the sample outlets, their articles and snapshots, and the statements that only "
        "they report. Statements that somebody has reviewed are kept. Start with "
        "DEMARCHE_SAMPLE=0 afterwards, or ./run brings the sample back."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        sources = Source.objects.filter(sample=True)
        articles = Article.objects.filter(source__in=sources)
        snapshots = Snapshot.objects.filter(article__in=articles)
        reports = Attestation.objects.filter(snapshot__in=snapshots)
        reviewed = Statement.objects.filter(attestations__in=reports, reviews__isnull=False)
        kept = list(reviewed.distinct().values_list("public_id", flat=True))
        if kept:
            self.stderr.write(
                f"{len(kept)} statements were reviewed and stay with their articles: "
                f"{', '.join(kept[:20])}"
            )
            snapshots = snapshots.exclude(attestations__statement__public_id__in=kept)
            reports = Attestation.objects.filter(snapshot__in=snapshots)
            articles = articles.exclude(snapshots__attestations__statement__public_id__in=kept)
        only_here = set(reports.values_list("statement", flat=True))
        reports.delete()
        gone = Statement.objects.filter(pk__in=only_here, attestations__isnull=True)
        statements = gone.count()
        gone.delete()
        note_differences(only_here)
        article_ids = list(articles.values_list("pk", flat=True))
        Job.objects.filter(kind=Job.Kind.CAPTURE, subject__in=article_ids).delete()
        snapshots.filter(article__in=article_ids).delete()
        Article.objects.filter(pk__in=article_ids).delete()
        feeds = Feed.objects.filter(source__in=sources)
        Job.objects.filter(kind=Job.Kind.POLL, subject__in=feeds.values("pk")).delete()
        feeds.delete()
        sources.filter(articles__isnull=True).delete()
        self.stdout.write(
            f"Removed {len(article_ids)} sample articles and {statements} statements. Start with "
            "DEMARCHE_SAMPLE=0 so that they stay away, and enable real feeds in the admin."
        )
