"""The reading pages show what is stored, mark only what stands there, and escape all of it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from sources.copies import sketch
from sources.models import Job
from statements import merging, review
from statements.evaluation import evaluation
from statements.models import Attestation, Membership, Statement
from statements.search import limits, packed
from statements.timeline.facets import FACETS
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    AttestationFactory,
    FeedFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    SnapshotFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TEXT = "Before it rained.\n“We keep to the text,” said Minister Ada Example.\nAfter it shone.\n"
WORDS = "We keep to the text,"


def reported(**values: Any) -> Attestation:
    """A published statement with a speaker, reported in the middle paragraph of a text."""
    party = PartyFactory(statement__text=WORDS, printed_office="minister for texts")
    start = TEXT.index(WORDS)
    return AttestationFactory(
        statement=party.statement,
        snapshot=SnapshotFactory(text=TEXT),
        start=start,
        end=start + len(WORDS),
        words=WORDS,
        **values,
    )


def misplace(report: Attestation) -> None:
    """Let the stored words differ from the text, as only damage below the triggers can."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE statements_attestation DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE statements_attestation SET words = 'We keep a secret,' WHERE id = %s",
            [report.pk],
        )
        cursor.execute("ALTER TABLE statements_attestation ENABLE TRIGGER USER")


def of_group(name: str) -> Client:
    user = UserFactory()
    user.groups.add(Group.objects.get(name=name))
    client = Client()
    client.force_login(user)
    return client


# One statement


def test_a_statement_is_shown_in_its_context(client: Client) -> None:
    report = reported(warnings=["printed with another office"], cue="said", rule="direct")

    response = client.get(f"/s/{report.statement.public_id}/")

    assertContains(response, f"<mark>{WORDS}</mark>")
    assertContains(response, "quote starts")
    assertContains(response, "Before it rained.")
    assertContains(response, "After it shone.")
    assertContains(response, "Located: exact match")
    assertContains(response, report.snapshot.sha256[:12])
    assertContains(response, "Printed with another office")
    assertContains(response, "minister for texts")
    assertContains(
        response,
        f'href="/articles/{report.snapshot.article_id}/#q-{report.statement.public_id}"',
    )
    assertContains(response, 'rel="noopener noreferrer nofollow"')


def test_words_that_do_not_stand_in_the_text_are_not_highlighted(client: Client) -> None:
    report = reported()
    misplace(report)

    response = client.get(f"/s/{report.statement.public_id}/")

    assertContains(response, "Not located")
    assertContains(response, "We keep a secret,")
    assertNotContains(response, "<mark>")


def test_a_split_quotation_is_marked_in_its_pieces(client: Client) -> None:
    text = "“We stay,” she said, “and we speak.”\n"
    report = AttestationFactory(
        snapshot=SnapshotFactory(text=text),
        start=1,
        end=34,
        words=text[1:34],
        spans=[[1, 9], [22, 34]],
    )

    response = client.get(f"/s/{report.statement.public_id}/")

    assertContains(response, "<mark>We stay,</mark>")
    assertContains(response, "<mark>and we speak</mark>")


def test_a_report_in_an_older_version_leads_to_that_version(client: Client) -> None:
    report = reported()
    SnapshotFactory(article=report.snapshot.article, text="Nothing any more.\n")

    response = client.get(f"/s/{report.statement.public_id}/")

    assertContains(
        response, f"/articles/{report.snapshot.article_id}/?v={report.snapshot_id}#q-"
    )


def test_a_stance_names_its_coder(client: Client) -> None:
    treaty = TreatyFactory()
    by_machine = PositionFactory(treaty=treaty, stance="concerned", rule="typical word")
    PositionFactory(
        statement=by_machine.statement,
        treaty=treaty,
        stance="condemns",
        coder=UserFactory(),
        rule="",
    )

    response = client.get(f"/s/{by_machine.statement.public_id}/")

    assertContains(response, "Coded by machine: typical word")
    assertContains(response, "<strong>An editor</strong>")
    assertContains(response, "with codebook 1")


def test_what_a_stance_rests_on_is_marked_in_its_report(client: Client) -> None:
    snapshot = SnapshotFactory(text="“We condemn the pact,” said Ada Example.\n")
    report = AttestationFactory(snapshot=snapshot)
    PositionFactory(
        statement=report.statement,
        stance="condemns",
        snapshot=snapshot,
        spans=[[4, 11]],
        evidence="condemn",
    )

    response = client.get(f"/s/{report.statement.public_id}/")

    assertContains(response, '<span class="evidence">condemn</span>')
    assertContains(response, "stance coded by machine")


def test_a_persons_code_stands_for_the_statement_before_the_machines(client: Client) -> None:
    machine = PositionFactory(stance="condemns")
    statement = machine.statement
    PositionFactory(statement=statement, stance="concerned", rule="", coder=UserFactory())

    page = client.get(f"/s/{statement.public_id}/").content.decode()
    card = client.get("/").content.decode()

    assert page.index("</span> Concerned</span>") < page.index("</span> Condemns</span>")
    assert "</span> Concerned</span>" in card
    assert "</span> Condemns</span>" not in card


def test_a_stance_on_another_object_says_so_beside_its_word(client: Client) -> None:
    position = PositionFactory(stance="rejects", object="sanctions")

    response = client.get(f"/s/{position.statement.public_id}/")

    assertContains(response, "Rejects: sanctions, their review or monitoring")


def test_an_unknown_day_is_said_to_be_unknown(client: Client) -> None:
    statement = StatementFactory(
        said_on=None, said_on_precision="unknown", said_on_basis="none"
    )

    assertContains(client.get(f"/s/{statement.public_id}/"), "Day of saying not known")


def test_a_month_is_not_shown_as_a_day(client: Client) -> None:
    statement = StatementFactory(said_on=date(2024, 6, 1), said_on_precision="month")

    response = client.get(f"/s/{statement.public_id}/")

    assertContains(response, "June 2024")
    assertNotContains(response, "1 June 2024")


def test_a_proposed_statement_says_that_nobody_checked_it(client: Client) -> None:
    statement = StatementFactory(status="proposed", published_at=None)

    assertContains(
        client.get(f"/s/{statement.public_id}/"), "Found by machine, not yet checked"
    )


def test_a_merged_statement_leads_to_the_other(client: Client) -> None:
    first, second = StatementFactory(), StatementFactory()
    merging.merge(first, second, by=UserFactory())

    response = client.get(f"/s/{first.public_id}/")

    assertRedirects(response, f"/s/{second.public_id}/", status_code=301)


def test_a_withdrawn_statement_keeps_its_address_and_says_why(client: Client) -> None:
    statement = StatementFactory(text="Words that were taken back.")
    review.withdraw(statement, by=UserFactory(), why="The outlet retracted its report.")

    page = client.get(f"/s/{statement.public_id}/")
    record = client.get(f"/s/{statement.public_id}.json")

    assertContains(page, "The outlet retracted its report.")
    assertNotContains(page, "Words that were taken back.")
    assert record.status_code == 410
    assert record.json()["reason"] == "The outlet retracted its report."


@pytest.mark.parametrize("page", ["", "history/", "v/1/"])
def test_a_rejected_statement_keeps_its_address_and_says_so(client: Client, page: str) -> None:
    statement = StatementFactory(
        text="Words that nobody said.", status="proposed", published_at=None
    )
    review.reject(statement, by=UserFactory(username="grace"), why="A note among editors.")
    address = f"/s/{statement.public_id}/{page}"

    answer = client.get(address)

    assertContains(answer, f"Statement {statement.public_id} was rejected")
    for hidden in ("Words that nobody said.", "A note among editors.", "grace"):
        assertNotContains(answer, hidden)
    assertNotContains(of_group("viewer").get(address), "was rejected</h1>")


@pytest.mark.parametrize("record", [".json", "/v/1.json"])
def test_the_record_of_a_rejected_statement_answers_410(client: Client, record: str) -> None:
    statement = StatementFactory(
        text="Words that nobody said.", status="rejected", status_reason="A note."
    )

    answer = client.get(f"/s/{statement.public_id}{record}")

    assert answer.status_code == 410
    assert answer.json()["status"] == "rejected"
    assert "A note." not in answer.content.decode()
    assert "Words" not in answer.content.decode()


def test_an_id_in_small_letters_leads_to_the_statement(client: Client) -> None:
    StatementFactory(public_id="7F3K2QA")

    assert client.get("/s/7f3k2qa/").headers["Location"] == "/s/7F3K2QA/"


def test_the_history_shows_what_changed_and_names_editors_to_editors_only(
    client: Client,
) -> None:
    statement = StatementFactory(place="")
    review.edit(
        statement, by=UserFactory(username="grace"), why="named in the text", place="Seoul"
    )

    page = client.get(f"/s/{statement.public_id}/")

    assertContains(page, "named in the text")
    assertContains(page, "Seoul</ins>")
    assertNotContains(page, "grace")
    assertContains(of_group("editor").get(f"/s/{statement.public_id}/"), "grace")


def test_the_record_in_json_has_the_exact_offsets(client: Client) -> None:
    report = reported()

    record = client.get(f"/s/{report.statement.public_id}.json").json()

    assert record["reports"][0]["start"] == report.start
    assert record["reports"][0]["words"] == WORDS
    assert record["parties"][0]["printed_office"] == "minister for texts"


def test_citations_name_speaker_source_day_and_record(client: Client) -> None:
    report = reported()

    response = client.get(f"/s/{report.statement.public_id}/")

    assertContains(response, f"{report.snapshot.article.source.name}, 2 January 2025")
    assertContains(response, f"statement {report.statement.public_id}, version 1")


def test_a_paraphrase_is_shown_and_cited_with_its_verb_and_without_marks(
    client: Client,
) -> None:
    report = reported(mode=Attestation.Mode.PARAPHRASED, cue="denied")

    page = client.get(f"/s/{report.statement.public_id}/")

    assertContains(page, f"Paraphrased («denied»): {WORDS.rstrip(',')}.")
    assertNotContains(page, f"“{WORDS}”. ")
    for shown in (page, client.get("/")):
        assertContains(shown, '«<span lang="en" dir="auto">denied</span>»')


def test_a_citation_leaves_out_what_stands_between_the_pieces(client: Client) -> None:
    first = TEXT.index(WORDS)
    cut = first + WORDS.index(" ")
    report = reported(spans=[[first, cut], [cut + 1, first + len(WORDS)]])

    page = client.get(f"/s/{report.statement.public_id}/")

    assertContains(page, WORDS.replace(" ", " […] ", 1))


# One article


def test_an_article_marks_its_statements_in_order_and_links_them(client: Client) -> None:
    report = reported()

    response = client.get(f"/articles/{report.snapshot.article_id}/")

    public_id = report.statement.public_id
    assertContains(response, f'<span id="q-{public_id}" class="anchor"></span>')
    assertContains(response, f'<mark><a href="/s/{public_id}/">{WORDS}</a></mark>')
    assertContains(response, "1 statement in this text")
    assertContains(response, report.snapshot.sha256)


def test_an_article_does_not_mark_what_does_not_stand_there(client: Client) -> None:
    report = reported()
    misplace(report)

    response = client.get(f"/articles/{report.snapshot.article_id}/")

    assertContains(response, "Not located in this text")
    assertNotContains(response, "<mark>")


def test_rejected_statements_are_not_marked(client: Client) -> None:
    report = reported()
    Statement.objects.update(status="rejected")

    assertNotContains(client.get(f"/articles/{report.snapshot.article_id}/"), "<mark>")


def test_older_versions_stay_readable(client: Client) -> None:
    old = SnapshotFactory(text="The first wording.\n")
    SnapshotFactory(article=old.article, text="The second wording.\n")
    address = f"/articles/{old.article_id}/"

    assertContains(client.get(address), "The second wording.")
    assertContains(client.get(address, {"v": old.pk}), "The first wording.")
    assertContains(client.get(address, {"v": old.pk}), "This is an earlier version.")
    assert client.get(address, {"v": "x"}).status_code == 404


def test_an_article_that_could_not_be_fetched_says_why(client: Client) -> None:
    article = ArticleFactory()
    Job.objects.create(
        kind="capture", key="c", subject=article.pk, state="blocked", reason_code="robots"
    )
    address = f"/articles/{article.pk}/"

    assertContains(client.get(address), "robots.txt does not allow")
    assertNotContains(client.get(address), "paste the text by hand")
    assertContains(of_group("analyst").get(address), "paste the text by hand")


def test_an_article_on_its_way_says_so(client: Client) -> None:
    article = ArticleFactory()
    Job.objects.create(kind="capture", key="c", subject=article.pk)

    assertContains(client.get(f"/articles/{article.pk}/"), "The page is being fetched.")


@pytest.mark.parametrize(
    ("code", "what_comes"),
    [
        ("not-found", "It is tried once more, after 3 June 2126, 12:00 UTC."),
        ("server-error", "It is tried again on its own."),
    ],
)
def test_an_article_that_is_tried_again_says_how_often(
    client: Client, code: str, what_comes: str
) -> None:
    article = ArticleFactory()
    Job.objects.create(
        kind="capture",
        key="c",
        subject=article.pk,
        state="waiting",
        reason_code=code,
        not_before=datetime(2126, 6, 3, 12, tzinfo=UTC),
    )

    page = client.get(f"/articles/{article.pk}/")
    assertContains(page, what_comes)
    assertNotContains(page, "is being fetched")


def test_copies_of_a_text_are_listed(client: Client) -> None:
    one, other = ArticleFactory(cluster=7), ArticleFactory(cluster=7)

    assertContains(client.get(f"/articles/{one.pk}/"), other.source.name, count=0)
    SnapshotFactory(article=one)
    assertContains(client.get(f"/articles/{one.pk}/"), other.source.name)


def test_copies_say_whether_the_text_is_the_same_or_how_much_is_shared(client: Client) -> None:
    text = "The invented harbour will be closed from the spring, the invented ministry said.\n"
    more = "Fishermen welcomed the step, and shops along the quay feared for their trade.\n"
    article, same, longer, unsketched = (ArticleFactory(cluster=7) for _ in range(4))
    for one, printed in ((article, text), (same, text), (longer, text + more)):
        SnapshotFactory(article=one, text=printed, sketch=sketch(printed))
    SnapshotFactory(article=unsketched, text=more)

    page = client.get(f"/articles/{article.pk}/")

    assertContains(page, "Copies and near-copies elsewhere")
    assertContains(page, ", same text</span>", count=1)
    assertContains(page, ", shares about 100&nbsp;% of the shorter text</span>", count=1)
    assertContains(page, f'<a href="/articles/{unsketched.pk}/">', count=1)


def test_many_copies_cost_no_more_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    articles = [ArticleFactory(cluster=7) for _ in range(20)]
    for article in articles:
        SnapshotFactory(article=article, sketch=sketch("we keep to the text alone"))

    with django_assert_max_num_queries(20):
        assertContains(client.get(f"/articles/{articles[0].pk}/"), "same text", count=19)


def test_stored_bytes_are_a_download_that_nothing_runs(settings: Any, tmp_path: Any) -> None:
    settings.SNAPSHOT_FOLDER = tmp_path
    from sources import store

    digest = store.keep(b"<script>alert(1)</script>")
    SnapshotFactory(sha256=digest)

    response = of_group("analyst").get(f"/snapshots/{digest}.bin")

    assert response.content == b"<script>alert(1)</script>"
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


# The register


def test_a_speaker_shows_offices_with_what_is_known_of_their_days(client: Client) -> None:
    speaker = SpeakerFactory(name="Ada Example")
    OfficeFactory(
        speaker=speaker,
        title="Minister of Examples",
        start=date(2024, 1, 1),
        start_precision="year",
        verified_to=date(2025, 2, 3),
    )
    PartyFactory(speaker=speaker, statement__text="Invented words of Ada.")

    response = client.get(f"/speakers/{speaker.slug}/")

    assertContains(response, "Minister of Examples")
    assertContains(response, '<td data-label="From">2024</td>', html=True)
    assertContains(response, "still seen on 3 February 2025")
    assertContains(response, "Invented words of Ada.")


def test_the_words_of_members_are_not_said_to_be_those_of_their_group(client: Client) -> None:
    member = PartyFactory(actor=ActorFactory(code="EXA", name="Example")).actor
    group = ActorFactory(code="X-BLOC", name="Grain Bloc")
    Membership.objects.create(member=member, group=group)

    response = client.get("/actors/X-BLOC/")

    assertContains(response, "1 statement by its members on the day or for it")
    assertContains(response, "Within the words of Grain Bloc and its members on the day")
    assertContains(response, "Latest statements by its members on the day or for it")
    assertNotContains(response, "Words said by or for")
    assertContains(response, "What a member says for itself is not the word of the group.")
    assertContains(client.get("/actors/EXA/"), "Words said by or for Example")
    assertNotContains(client.get("/actors/EXA/"), "its members")


def test_merged_speakers_and_actors_lead_on(client: Client) -> None:
    speaker = SpeakerFactory(merged_into=SpeakerFactory(slug="the-one"))
    actor = ActorFactory(merged_into=ActorFactory(code="X-ONE"))

    assertRedirects(client.get(f"/speakers/{speaker.slug}/"), "/speakers/the-one/", 301)
    assertRedirects(client.get(f"/actors/{actor.code}/"), "/actors/X-ONE/", 301)


def test_speakers_are_found_by_any_spelling(client: Client) -> None:
    speaker = SpeakerFactory(name="Ada Example")
    speaker.names.create(text="에이다", kind="native", language="ko")
    SpeakerFactory(name="Grace Other")

    response = client.get("/speakers/", {"q": "에이다"})

    assertContains(response, "Ada Example")
    assertNotContains(response, "Grace Other")


def test_words_for_an_organ_count_for_its_state(client: Client) -> None:
    state = ActorFactory(code="EXA", name="Exampleland")
    organ = ActorFactory(code="EX-MOFA", parent=state, kind="state_organ")
    PartyFactory(actor=organ, statement__text="Invented words of the ministry.")

    assertContains(client.get("/actors/"), '<a href="/?actor=EXA">1</a>', html=True)
    assertContains(client.get("/actors/EXA/"), "Invented words of the ministry.")


def test_a_treatys_days_are_shown_as_far_as_they_are_known(client: Client) -> None:
    TreatyFactory(
        slug="pact",
        signed_on=date(1961, 1, 1),
        signed_on_precision="year",
        in_force_on=date(1962, 7, 1),
        in_force_on_precision="month",
    )

    for address, signed in (("/treaties/pact/", "signed 1961<"), ("/treaties/", ">1961<")):
        response = client.get(address)
        assertContains(response, signed)
        assertContains(response, "July 1962<")
        assertNotContains(response, "January")
        assertNotContains(response, "1 July")


def test_a_treaty_counts_statements_on_the_side_they_stand(client: Client) -> None:
    provision = ProvisionFactory(number="4", treaty__slug="pact")
    for stance in ("condemns", "concerned", "endorses"):
        coded = PositionFactory(treaty=provision.treaty, provision=provision, stance=stance)
    again = {"statement": coded.statement, "treaty": coded.treaty, "provision": provision}
    PositionFactory(**again, stance="supports", coder=UserFactory())
    PositionFactory(**again, stance="condemns", object="sanctions", rule="test 2")

    response = client.get("/treaties/pact/")

    [(cited, said)] = response.context["cited"]
    assert [cited.against, cited.between, cited.behind, cited.unclear] == [2, 0, 1, 1]
    assert said == 3
    assertContains(response, "/?treaty=pact&amp;article=pact.4")
    assertContains(client.get("/?treaty=pact&article=4", follow=True), "3 statements")

    coded.statement.positions.all().delete()
    response = client.get("/treaties/pact/")
    [(cited, said)] = response.context["cited"]
    assert (cited.behind, cited.unclear, said) == (0, 0, 2)
    assert response.context["statement_count"] == 2
    assert [one.stance for one in response.context["stances"]] == ["condemns", "concerned"]


def test_a_summary_that_nobody_compared_is_not_shown(client: Client) -> None:
    ProvisionFactory(
        number="9", treaty__slug="pact", summary="An invented summary.", verified="none"
    )

    response = client.get("/treaties/pact/articles/9/")

    assertNotContains(response, "An invented summary.")
    assertContains(response, "not been compared")


# Method


def test_the_method_shows_the_figures_with_what_they_mean(client: Client) -> None:
    page = client.get("/method/")

    for one in evaluation():
        assertContains(page, f"{one.figures.f1}&nbsp;%")
        assertContains(page, f"{one.figures.confident_right}&nbsp;%")
        assertContains(page, f"version «{one.figures.version}» of the rules")
    assertContains(page, 'id="confidence"')
    assertContains(page, "agree to 88.2&nbsp;%")


# Hostile texts


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "{{ 7|add:7 }}<b>bold</b>",
    "</mark><iframe src=//evil.example>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_any_text_field_comes_out_as_text(client: Client, payload: str) -> None:
    source = SourceFactory(
        name=payload, ownership_group=payload, homepage="javascript:alert(1)", languages=["en"]
    )
    article = ArticleFactory(source=source, stated_title=payload)
    text = f"{payload} before.\n“{payload},” said Ada {payload}.\n{payload} after.\n"
    start = text.index("“") + 1
    snapshot = SnapshotFactory(
        article=article,
        text=text,
        title=payload,
        byline=payload,
        final_url="javascript:alert(1)",
        warnings=[payload],
    )
    speaker = SpeakerFactory(name=payload, note=payload)
    speaker.names.create(text=payload)
    actor = ActorFactory(name=payload, official_name=payload, note=payload)
    office = OfficeFactory(speaker=speaker, actor=actor, title=payload)
    party = PartyFactory(
        speaker=speaker,
        actor=actor,
        office=office,
        name=payload,
        printed=payload,
        printed_office=payload,
        reason=payload,
        statement__text=payload,
        statement__translation=payload,
        statement__translation_language="en",
        statement__place=payload,
    )
    statement = party.statement
    AttestationFactory(
        statement=statement,
        snapshot=snapshot,
        start=start,
        end=start + len(payload),
        words=payload,
        cue=payload,
        via=payload,
        rule=payload,
        warnings=[payload],
        voices=[dict.fromkeys(("name", "printed", "office", "country", "reason"), payload)],
    )
    treaty = TreatyFactory(
        slug="pact", short_name=payload, titles={"en": [payload]}, summary=payload
    )
    provision = ProvisionFactory(
        treaty=treaty, number="1", heading=payload, summary=payload, texts={"en": payload}
    )
    PositionFactory(
        statement=statement, treaty=treaty, provision=provision, rule=payload, evidence=payload
    )
    review.edit(statement, by=UserFactory(), why=payload, place=f"{payload}!")
    FeedFactory(
        source=source, failures=1, error_text=payload, url=f"http://x.example/{payload}"
    )
    Job.objects.create(
        kind="capture",
        key="c",
        subject=article.pk,
        state="dead",
        reason_code="not-found",
        reason_text=payload,
    )
    editor = of_group("editor")

    for path in (
        "/",
        f"/s/{statement.public_id}/",
        f"/articles/{article.pk}/",
        "/speakers/",
        f"/speakers/?q={payload}",
        f"/speakers/{speaker.slug}/",
        "/actors/",
        f"/actors/{actor.code}/",
        "/treaties/",
        "/treaties/pact/",
        "/treaties/pact/articles/1/",
        "/sources/",
        f"/sources/{source.slug}/",
        "/status/",
        "/ingest/",
        "/add/",
    ):
        page = editor.get(path).content.decode()
        assert payload not in page, path
        assert 'href="javascript:' not in page, path


# When there is no page


def test_an_unknown_address_offers_a_search(client: Client) -> None:
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/s/%00/",
        "/s/A%00.json",
        "/speakers/?q=%00",
        "/speakers/?q=%ED%A0%80",
        "/actors/?q=%00a",
        "/treaties/pact/articles/%00/",
        "/review/?language=%00&source=%00&page=%00",
        "/login/?next=%00",
        "/?q=%00&actor=%00&from=%00&page=%00",
    ],
)
def test_odd_characters_in_an_address_are_no_fault(path: str) -> None:
    assert of_group("viewer").get(path, follow=True).status_code in {200, 404}


def test_a_database_that_is_away_gives_a_503_and_not_a_fault(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(packed, "answer", away)
    client.raise_request_exception = False

    response = client.get("/")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "The database does not answer" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/statements.json", 503), ("/statements.atom", 503)]
)
def test_a_search_that_takes_too_long_says_what_to_do(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str, status: int
) -> None:
    def slow(*args: object, **kwargs: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(20)")

    monkeypatch.setattr(limits, "SECONDS", 0.1)
    monkeypatch.setattr(packed, "answer", slow)

    response = client.get(path)

    assertContains(response, "This search is too broad: add a word", status_code=status)


def test_a_page_with_too_much_to_count_says_what_to_do(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*args: object, **kwargs: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(20)")

    monkeypatch.setattr(limits, "SECONDS", 0.1)
    monkeypatch.setattr(packed, "answer", slow)
    client.raise_request_exception = False

    response = client.get("/speakers/")

    assert response.headers["Retry-After"] == "30"
    assertContains(response, "search the timeline for a part of it", status_code=503)
    assertNotContains(response, "does not answer", status_code=503)


@pytest.mark.parametrize("code", ["40P01", "55P03"])
def test_who_met_somebody_else_on_the_way_is_told_to_send_it_again(
    client: Client, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def failing(*args: object, **kwargs: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DO $$ BEGIN RAISE 'told' USING ERRCODE = '{code}'; END $$")

    monkeypatch.setattr(packed, "answer", failing)
    client.raise_request_exception = False

    response = client.get("/")

    assert response.headers["Retry-After"] == "30"
    assertContains(response, "Nothing of yours was saved. Go back", status_code=503)
    assertNotContains(response, "does not answer", status_code=503)


# A server that is going; then a query's time, and a full disk.
@pytest.mark.parametrize(
    ("code", "status"),
    [("57P01", 503), ("57014", 500), ("53100", 500)],
)
def test_only_a_database_that_is_away_is_said_to_be(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    code: str,
    status: int,
) -> None:
    def failing(*args: object, **kwargs: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DO $$ BEGIN RAISE 'told' USING ERRCODE = '{code}'; END $$")

    monkeypatch.setattr(packed, "answer", failing)
    client.raise_request_exception = False

    response = client.get("/")

    assert response.status_code == status
    away = status == 503
    assert ("The database does not answer" in response.content.decode()) is away
    [record] = [one for one in caplog.records if one.name == "django.request"]
    assert ("the database does not answer" in record.getMessage()) is away
    assert (record.exc_info is None) is away


def test_a_page_fetched_again_with_the_same_text_keeps_its_marks(client: Client) -> None:
    report = reported()
    SnapshotFactory(article=report.snapshot.article, text=TEXT, sha256="ab" * 32)

    response = client.get(f"/articles/{report.snapshot.article_id}/")

    assertContains(response, "<mark>")
    assertNotContains(response, "This is an earlier version")


def test_a_theme_is_kept_in_a_cookie_and_led_back_from(client: Client) -> None:
    response = client.get("/theme/?theme=dark&next=/help/")

    assert response["Location"] == "/help/"
    assertContains(client.get("/help/"), 'data-theme="dark"')
    client.get("/theme/?theme=")
    assertNotContains(client.get("/help/"), "data-theme")


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\\\evil"]
)
def test_a_theme_leads_to_nowhere_else(client: Client, target: str) -> None:
    assert client.get("/theme/", {"theme": "dark", "next": target})["Location"] == "/"


def test_help_names_the_filters_that_are_there(client: Client) -> None:
    page = " ".join(client.get("/help/").content.decode().split())
    named = page.split("narrows them by day, ")[1].split(". Values of one")[0]

    filters = {facet.label.lower() for facet in FACETS}
    assert set(named.replace(" and ", ", ").split(", ")) == filters


def test_help_says_what_is_searched_and_what_is_not(client: Client) -> None:
    report = AttestationFactory(
        snapshot__title="Dispatches",
        snapshot__text="“We keep to the pact,” she said at the quay.",
    )
    Statement.objects.update(place="Strelsau")

    page = " ".join(client.get("/help/").content.decode().split())
    assert "Titles of articles and the rest of their texts are not searched" in page
    assert "and the place" in page
    for word, found in (("pact", 1), ("strelsau", 1), ("dispatches", 0), ("quay", 0)):
        assert client.get(f"/statements.json?q={word}").json()["count"] == found, report.words


@pytest.mark.parametrize("path", ["/", "/admin/", "/admin/statements/statement/", "/nowhere/"])
def test_every_page_names_the_icon(admin_client: Client, path: str) -> None:
    icon = '<link rel="icon" href="/static/icon.svg" type="image/svg+xml">'

    assertContains(
        admin_client.get(path), icon, status_code=404 if path == "/nowhere/" else 200, html=True
    )


@pytest.mark.parametrize("code", [400, 500, 503])
def test_static_error_pages_name_the_icon(code: int) -> None:
    assert 'href="/static/icon.svg"' in render_to_string(f"{code}.html")


def test_an_edited_article_counts_once(client: Client) -> None:
    snapshot = SnapshotFactory()
    statement = PartyFactory().statement
    edited = SnapshotFactory(article=snapshot.article, text=f"{snapshot.text}Edited.\n")
    for version in (snapshot, edited, SnapshotFactory()):
        AttestationFactory(statement=statement, snapshot=version)

    assertContains(client.get(statement.get_absolute_url()), "2 articles, 3 reports")
    assertContains(client.get("/statements/"), "+1 source, 2 independent")
