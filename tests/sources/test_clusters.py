"""Copies and near-copies share a cluster, whoever comes first and however many at once."""

import itertools
import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from sources import jobs
from sources.by_hand import accept_text
from sources.clusters import copies_of, join_copies
from sources.copies import sketch
from sources.models import Article, Job, Snapshot
from tests.evaluation.desk import bulletin
from tests.factories import ArticleFactory, SnapshotFactory, SourceFactory
from tests.sources.test_copies import DISPATCH, OTHER, numbered

PARAGRAPHS = DISPATCH.splitlines(True)
# The middle one is like both others, which have too little in common with each other.
CHAIN = (
    "".join(PARAGRAPHS[:3]),
    "".join(PARAGRAPHS[1:]),
    "".join(PARAGRAPHS[2:]) + OTHER.splitlines(True)[0],
)


@transaction.atomic
def printed(text: str, article: Article | None = None) -> Article:
    """An article whose text was just read."""
    snapshot = SnapshotFactory(
        article=article or ArticleFactory(), text=text, sketch=sketch(text)
    )
    join_copies(snapshot)
    return Article.objects.get(pk=snapshot.article_id)


def clusters() -> set[int | None]:
    return set(Article.objects.values_list("cluster", flat=True))


@pytest.mark.django_db
def test_near_copies_share_a_cluster_and_stay_articles() -> None:
    first = printed(DISPATCH)
    printed("What we know so far\n" + PARAGRAPHS[0] + PARAGRAPHS[2])
    other = printed(OTHER)

    assert Article.objects.count() == Snapshot.objects.count() == 3
    assert Article.objects.filter(cluster=first.pk).count() == 2
    assert other.cluster is None


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_three_in_any_order_get_one_number(order: tuple[int, ...]) -> None:
    articles = [ArticleFactory() for _ in CHAIN]
    for number in order:
        printed(CHAIN[number], articles[number])

    assert clusters() == {articles[0].pk}


@pytest.mark.django_db
def test_an_article_like_two_clusters_makes_them_one() -> None:
    ends = [printed(CHAIN[0]), printed(CHAIN[0]), printed(CHAIN[2]), printed(CHAIN[2])]
    assert clusters() == {ends[0].pk, ends[2].pk}

    printed(CHAIN[1])

    assert clusters() == {ends[0].pk}


@pytest.mark.django_db
def test_texts_too_short_to_sketch_are_copies_when_they_are_the_same() -> None:
    first = printed("Talks broke off.\n")
    printed("Talks broke off.\n")
    printed("Talks broke up.\n")

    assert Article.objects.filter(cluster=first.pk).count() == 2


@pytest.mark.django_db
def test_versions_of_one_article_are_no_copies() -> None:
    article = printed(DISPATCH)

    assert printed(DISPATCH + OTHER, article).cluster is None


@pytest.mark.django_db
def test_an_article_whose_text_has_changed_stays_and_says_how_much_it_shares() -> None:
    first = printed(DISPATCH)
    second = printed(DISPATCH)

    printed(OTHER, second)

    [copy] = copies_of(Article.objects.get(pk=first.pk))
    assert (copy.article.pk, copy.same_text, copy.percent) == (second.pk, False, 0)


@pytest.mark.django_db
def test_copies_say_what_they_share_with_the_newest_text() -> None:
    whole = printed(DISPATCH)
    same = printed(DISPATCH)
    cut = printed(PARAGRAPHS[0] + PARAGRAPHS[1])

    found = {copy.article: copy for copy in copies_of(Article.objects.get(pk=whole.pk))}

    assert found.keys() == {same, cut}
    assert found[same].same_text
    assert not found[cut].same_text
    assert found[cut].percent == 100


@pytest.mark.django_db
def test_short_articles_under_one_long_footer_make_no_chain() -> None:
    outlet = SourceFactory()
    for number in range(12):
        brief = f"{numbered(20).replace('word', f'w{number}x')}\n{DISPATCH}"
        printed(brief, ArticleFactory(source=outlet))

    # The first ones are taken for copies: nobody knows yet that it is a footer.
    assert Article.objects.exclude(cluster=None).count() == 3


@pytest.mark.django_db
def test_an_outlets_bulletins_of_one_form_make_no_chain() -> None:
    outlet, chance = SourceFactory(), random.Random(1)
    for _ in range(12):
        printed(bulletin(chance), ArticleFactory(source=outlet))

    assert Article.objects.exclude(cluster=None).count() == 3


@pytest.mark.django_db
def test_an_outlet_that_prints_a_text_often_still_copies_others() -> None:
    first = printed(DISPATCH)
    outlet = SourceFactory()
    for number in range(6):
        printed(f"{DISPATCH}Update {number} of the desk\n", ArticleFactory(source=outlet))

    assert clusters() == {first.pk}


@pytest.mark.django_db
def test_a_footer_that_every_article_carries_hides_no_copy() -> None:
    footer = "Thank you for reading the invented Courier, which lives from its readers alone.\n"
    for number in range(300):
        text = f"{numbered(40).replace('word', f'w{number}x')}\n{footer}"
        SnapshotFactory(text=text, sketch=sketch(text))

    first = printed(DISPATCH + footer)
    second = printed("".join(PARAGRAPHS[:2]) + footer)

    second.refresh_from_db()
    assert second.cluster == first.pk
    assert Article.objects.exclude(cluster=None).count() == 2


@pytest.mark.django_db
def test_reading_a_text_sketches_and_joins_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(jobs._HANDLERS, Job.Kind.ATTRIBUTE, raising=False)
    for text in (DISPATCH, "".join(PARAGRAPHS[:3])):
        accepted = accept_text(text.encode(), "text/plain", source=SourceFactory())
        assert accepted.job is not None
        jobs.run(accepted.job.pk)

    assert all(Snapshot.objects.values_list("sketch", flat=True))
    assert clusters() == {Article.objects.earliest("pk").pk}


@pytest.mark.django_db(transaction=True)
def test_sixteen_copies_read_at_once_make_one_cluster() -> None:
    articles = [ArticleFactory() for _ in range(16)]
    together = threading.Barrier(16)

    def work(number: int) -> None:
        try:
            with transaction.atomic():
                text = DISPATCH + PARAGRAPHS[number % 4]
                snapshot = SnapshotFactory(
                    article=articles[number], text=text, sketch=sketch(text)
                )
                together.wait(timeout=30)
                join_copies(snapshot)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))

    assert clusters() == {articles[0].pk}
    assert Article.objects.count() == 16


@pytest.mark.django_db
def test_texts_kept_before_sketches_are_sketched_and_joined(
    capsys: pytest.CaptureFixture[str],
) -> None:
    old = SnapshotFactory(text=DISPATCH)
    SnapshotFactory(text="".join(PARAGRAPHS[:2]))
    unread = SnapshotFactory(text="", text_sha256="", read_at=None)

    call_command("sketch_texts")

    assert "2 texts sketched; 2 articles have copies." in capsys.readouterr().out
    assert Article.objects.filter(cluster=old.article_id).count() == 2
    unread.refresh_from_db()
    assert unread.sketch == []
    call_command("sketch_texts")
    assert "0 texts sketched" in capsys.readouterr().out
    call_command("sketch_texts", "--all")
    assert "2 texts sketched" in capsys.readouterr().out
