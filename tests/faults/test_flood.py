"""F13: one source brings thousands of articles; the others do not wait for them."""

import pytest

from sources import polling
from sources.models import Article, Job
from tests.faults.load import Load, wait_for
from tests.faults.workers import worker

FLOOD = 2000
OTHERS = 20


@pytest.mark.django_db(transaction=True)
def test_a_flood_from_one_source_holds_up_no_other(load: Load) -> None:
    flooding = load.feed(articles=FLOOD, site=load.sites[0])
    # A second between two requests to a host: less than any real one is given.
    with worker(DEMARCHE_PRIVATE_GAP_SECONDS="1"):
        polling.tick()
        flood = Article.objects.filter(source=flooding.source)
        took = wait_for("the flood is taken", lambda: flood.count() == FLOOD, 90)
        others = [
            load.feed(articles=2, site=load.sites[1 + number % 7]) for number in range(OTHERS)
        ]
        polling.tick()
        sources = [feed.source_id for feed in others]

        def read() -> bool:
            articles = Article.objects.filter(source__in=sources)
            return articles.filter(
                snapshots__attestations__isnull=False
            ).distinct().count() == (2 * OTHERS)

        waited = wait_for("the other sources are done", read, 110)
    waiting = Job.objects.open().filter(kind=Job.Kind.CAPTURE, subject__in=flood.values("pk"))
    left = waiting.exclude(key__contains=":recheck:").count()
    print(f"the flood was taken in {took:.1f} s; the others were done after {waited:.1f} s")
    assert left > FLOOD * 0.8, "the flood was done first"
