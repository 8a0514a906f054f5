"""The timeline: what the address says is what the list shows."""

from datetime import date
from functools import partial
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from sources.models import Reference, Snapshot
from statements.models import Actor, Membership, Statement
from statements.owners import owner_name
from statements.register_files import read_files
from statements.timeline.facets import BY_KEY
from statements.timeline.form import TimelineForm
from statements.timeline.paging import in_order, page_of
from statements.timeline.values import listed
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    GivenSnapshotFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
)

pytestmark = pytest.mark.django_db

in_rows = partial(in_order, rows=lambda rows: rows)


def texts(query: str) -> list[str]:
    page = page_of(TimelineForm(QueryDict(query)), in_rows)
    return [statement.text for statement in page.statements]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("treaties", "The treaty enters into force."),
        ('"enters into force"', "The treaty enters into force."),
        ("договоры", "Договор вступает в силу."),
        ("조약", "새로운 조약은 유효하다."),
        ("制裁", "国連安保理の制裁決議に違反する。"),
        ("制裁決議", "国連安保理の制裁決議に違反する。"),
    ],
)
def test_words_in_any_script_narrow_the_timeline(words: str, text: str) -> None:
    for row in (
        "The treaty enters into force.",
        "Договор вступает в силу.",
        "새로운 조약은 유효하다.",
        "国連安保理の制裁決議に違反する。",
        "Grain exports rose.",
    ):
        StatementFactory(text=row)

    assert texts(f"q={words}") == [text]


def test_names_and_translations_are_searched_too() -> None:
    speaker = SpeakerFactory(name="Ada Example")
    speaker.names.create(text="에이다", kind="native", language="ko")
    statement = StatementFactory(text="Да.", translation="Yes.", translation_language="en")
    PartyFactory(statement=statement, speaker=speaker, name="Ada Example")

    assert texts("q=yes") == texts("q=example") == texts("q=에이다") == ["Да."]


def test_a_name_corrected_in_the_register_is_found_in_what_was_said_before() -> None:
    actor = ActorFactory(name="Ruritania")
    office = OfficeFactory(actor=actor, title="Envoy")
    spelling = office.speaker.names.create(text="Exampelsky", kind="alias", language="en")
    PartyFactory(
        speaker=office.speaker, office=office, actor=actor, name="The envoy", printed_office=""
    )

    actor.name = "Graustark"
    actor.save()
    office.title = "Ambassador"
    office.save()
    spelling.text = "Exampleski"
    spelling.save()
    office.speaker.names.create(text="에이다", kind="native", language="ko")

    for query, found in {
        "Ruritania": 0, "Graustark": 1, "ambassador": 1, "Exampelsky": 0, "Exampleski": 1, "에이다": 1,
    }.items():  # fmt: skip
        assert len(texts(f"q={query}")) == found, query
    spelling.delete()
    assert texts("q=Exampleski") == []


def test_a_party_that_leaves_is_no_longer_found() -> None:
    party = PartyFactory(name="Bo Sample")
    assert len(texts("q=sample")) == 1

    party.delete()

    assert texts("q=sample") == []


def test_repeated_values_widen_and_different_keys_narrow() -> None:
    one, two = ActorFactory(code="AAA"), ActorFactory(code="BBB")
    PartyFactory(actor=one, statement__text="From A.")
    PartyFactory(actor=two, statement__text="From B.")
    PartyFactory(actor=two, statement__text="From B in Korean.", statement__language="ko")

    assert set(texts("actor=AAA&actor=BBB")) == {"From A.", "From B.", "From B in Korean."}
    assert texts("actor=BBB&lang=ko") == ["From B in Korean."]


def test_an_organ_speaks_for_its_state() -> None:
    state = ActorFactory(code="AAA")
    PartyFactory(
        actor=ActorFactory(code="AA-MFA", parent=state), statement__text="From the organ."
    )

    assert texts("actor=AAA") == ["From the organ."]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from=2024-06-19&to=2024-06-19", ["19 June"]),
        ("from=2024-06&to=2024-06", ["30 June", "19 June"]),
        ("from=2024&to=2024", ["1 July", "30 June", "19 June"]),
        ("to=2023", []),
    ],
)
def test_days_months_and_years_are_inclusive(query: str, found: list[str]) -> None:
    for day, text in ((19, "19 June"), (30, "30 June")):
        StatementFactory(said_on=date(2024, 6, day), text=text)
    StatementFactory(said_on=date(2024, 7, 1), text="1 July")

    assert texts(query) == found


def test_articles_of_the_main_treaty_need_only_their_number() -> None:
    main = TreatyFactory(slug="ru-kp-2024")
    provision = ProvisionFactory(treaty=main, number="4")
    PositionFactory(statement__text="On Article 4.", treaty=main, provision=provision)
    StatementFactory(text="On grain.")

    assert texts("article=4") == ["On Article 4."]
    assert texts("article=ru-kp-2024.4") == ["On Article 4."]


def test_an_address_has_one_form(client: Client) -> None:
    ActorFactory(code="AAA")

    response = client.get("/statements/?to=&q=+peace+&actor=AAA&size=25")

    assert response.status_code == 302
    assert urlsplit(response["Location"]).query == "actor=AAA&q=peace"
    assert client.get(response["Location"]).status_code == 200


def test_unknown_values_are_named_and_the_rest_is_applied(client: Client) -> None:
    StatementFactory(text="On peace.")

    response = client.get("/statements/?actor=ZZZ&nonsense=1&q=peace", follow=True)

    assertContains(response, "«ZZZ»")
    assertContains(response, "«1»")
    assertContains(response, "On <mark")


def test_a_bad_date_is_explained_beside_its_field(client: Client) -> None:
    StatementFactory(text="On peace.")

    response = client.get("/statements/?from=yesterday")

    error = '<p class="field-error" id="from-error">Write a date as 2024, 2024-06 or 2024-06-19.</p>'
    assertContains(response, error, count=1)
    of_from, of_to = response.content.decode().split('name="from"')[1].split('name="to"')
    assert "from-error" in of_from
    assert "error" not in of_to.split("</fieldset>")[0]
    filters = response.content.decode().split('<details class="filters"')[1]
    assert filters.split(">")[0].strip() == "open"  # on a phone they are folded else
    assertNotContains(response, "On peace.")


def test_proposed_statements_say_so_and_verified_hides_them(client: Client) -> None:
    StatementFactory(text="By machine.", status=Statement.Status.PROPOSED, published_at=None)
    StatementFactory(text="Rejected.", status=Statement.Status.REJECTED)

    assertContains(client.get("/"), "found by machine, not yet checked")
    assertNotContains(client.get("/"), "Rejected.")
    assertNotContains(client.get("/statements/?review=verified"), "By machine.")


def test_a_public_site_may_show_verified_ones_only(client: Client, settings: object) -> None:
    settings.PUBLIC_REVIEW = True  # type: ignore[attr-defined]
    StatementFactory(text="By machine.", status=Statement.Status.PROPOSED, published_at=None)

    assertNotContains(client.get("/"), "By machine.")
    assertContains(client.get("/statements/?review=all"), "By machine.")


def test_a_full_page_takes_few_queries(client: Client) -> None:
    for _ in range(25):
        statement = StatementFactory()
        PartyFactory(statement=statement)
        PositionFactory(statement=statement)
        AttestationFactory(statement=statement)

    # At the second time it is known what the values mean.
    for most in (11, 9):
        with CaptureQueriesContext(connection) as queries:
            client.get("/statements/")

        asked = [
            q
            for q in queries.captured_queries
            if q["sql"].lstrip().startswith(("SELECT", "COPY"))
        ]
        assert len(asked) <= most, [q["sql"][:80] for q in asked]
    assert any(q["sql"].startswith("COPY") for q in asked)


@pytest.mark.parametrize(
    "query",
    [
        "q=%27%3B+DROP+TABLE+x%3B--", "q=%22", "q=-", "q=a+OR+OR+b", "q=%E2%80%9C", "q=-a+-b+-c+-d+-e",
        "actor=%00", "from=9999-99-99", "after=x.y", "after=2024-01-01.1", "size=0", "size=x",
        "before=undated.5", "q=" + "a+" * 40, "article=ru-kp-2024.", "lang=%3Cscript%3E",
    ],
)  # fmt: skip
def test_no_address_breaks_the_page(client: Client, query: str) -> None:
    StatementFactory()

    assert client.get(f"/statements/?{query}", follow=True).status_code == 200


def test_the_words_looked_for_are_marked_and_escaped(client: Client) -> None:
    StatementFactory(text="<script>alert(1)</script> the treaties hold")

    response = client.get("/statements/?q=treaty")

    assertContains(response, "<mark>treaties</mark>", html=False)
    assertNotContains(response, "<script>alert")


def test_the_histogram_shows_the_newest_months_or_those_asked_for(client: Client) -> None:
    for year in (2018, 2019, 2025):
        StatementFactory(said_on=date(year, 3, 9))
    StatementFactory(said_on=None, said_on_basis="none", said_on_precision="unknown")

    def bars(query: str) -> list[tuple[str, int, bool]]:
        shown = client.get(f"/statements/{query}").context["histogram"].bars
        return [(bar.label, bar.count, bar.chosen) for bar in shown]

    newest = bars("")
    assert (newest[0][0], newest[-1]) == ("April 2022", ("March 2025", 1, False))
    assert [count for _, count, _ in newest] == [0] * 35 + [1]
    histogram = client.get("/statements/").context["histogram"]
    assert (histogram.elsewhere, histogram.undated) == (2, 1)
    assert bars("?from=2018-12")[0] == ("December 2018", 0, True)
    assert bars("?from=2018-12")[-1] == ("November 2021", 0, True)
    upto = bars("?to=2021-12")
    assert (upto[0], upto[-1]) == (("January 2019", 0, True), ("December 2021", 0, True))
    assert bars("?to=2018-04") == [("March 2018", 1, True), ("April 2018", 0, True)]
    before_all = bars("?to=2017")
    assert (before_all[0], before_all[-1][0]) == (("March 2018", 1, False), "February 2021")
    assertContains(client.get("/statements/?from=2019&to=2019"), 'aria-current="true"', count=1)


def test_the_histogram_paints_what_is_asked_for_and_offers_nothing_that_does_not_fit(
    client: Client,
) -> None:
    for month in (5, 6):
        StatementFactory(said_on=date(2024, month, 9))
    StatementFactory(said_on=None, said_on_basis="none", said_on_precision="unknown")

    def painted(query: str) -> list[tuple[bool, bool]]:
        shown = client.get(f"/statements/{query}").context["histogram"].bars
        return [(bar.chosen, bar.partly) for bar in shown]

    assert painted("") == [(False, False)] * 2
    assert painted("?to=2024-06-18") == [(True, False), (False, True)]
    assert painted("?from=2024-06-01&to=2024-06-30") == [(False, False), (True, False)]
    assert painted("?from=2024-05-31") == [(False, True), (True, False)]
    assertContains(client.get("/statements/"), "1 without a month")
    for days in ("from=2024", "to=2024-06-18"):
        response = client.get(f"/statements/?{days}")
        assertNotContains(response, "without a month")
    assertContains(response, "June 2024 (asked for in part): 1")


def test_values_are_written_in_one_case_and_in_words(client: Client) -> None:
    report = AttestationFactory(
        statement__form="press_conference",
        snapshot__article__source__ownership_group="state:ru",
    )
    PositionFactory(statement=report.statement, stance="calls-for-restraint")
    party = PartyFactory(statement=report.statement)
    party.office = OfficeFactory(speaker=party.speaker, title_kind="president-sac")
    party.save()

    page = client.get("/statements/")
    for label in (
        "Press conference", "Calls for restraint", "State of Russia",
        "President of the State Affairs Commission",
    ):  # fmt: skip
        assertContains(page, f"<span>{label}</span>")
    narrowed = client.get("/statements/?form=press_conference&not_stance=calls-for-restraint")
    assertContains(narrowed, "Press conference <span")
    assertContains(narrowed, "not calls for restraint <span")


def test_every_owner_of_the_register_is_named_in_words() -> None:
    groups = {row["ownership_group"] for row in read_files().sources.values()} - {""}

    assert groups
    assert not [name for name in map(owner_name, groups) if ":" in name or "(" in name]


def test_what_is_left_out_is_told_from_what_is_kept(client: Client) -> None:
    for code in ("AAA", "BBB", "BBB"):
        actor, _ = Actor.objects.get_or_create(code=code, name=code, kind=Actor.Kind.STATE)
        PartyFactory(actor=actor)

    page = client.get("/statements/?not_actor=BBB")

    assertContains(page, '<span>not BBB</span></label><span class="count">2 left out</span>')
    assertContains(page, "<span>AAA</span>")
    assertContains(page, '<span class="count">1</span>')


def test_the_first_stop_of_the_keyboard_leads_to_the_results(client: Client) -> None:
    body = client.get("/statements/").content.decode().split("<body>")[1]
    assert body.split("<a ")[1].startswith('class="skip" href="#results">Skip to the results')
    assert '<h2 id="results" tabindex="-1">' in body
    other = client.get("/actors/").content.decode().split("<body>")[1]
    assert other.split("<a ")[1].startswith('class="skip" href="#content">')


def test_a_list_on_one_page_has_no_links_to_pages(client: Client) -> None:
    for _ in range(2):
        StatementFactory()

    assertNotContains(client.get("/statements/"), 'aria-label="Pages"')
    assertContains(client.get("/statements/?size=1"), 'aria-label="Pages"', count=1)
    assertNotContains(client.get("/statements/by/lang/"), 'aria-label="Pages"')


def test_the_best_are_not_offered_where_there_are_none(client: Client) -> None:
    StatementFactory(text="Grain.")

    assertContains(client.get("/statements/?q=grain"), "best first")
    assertNotContains(client.get("/statements/?q=meadow"), "best first")


def test_the_best_are_not_offered_where_all_words_are_too_common(client: Client) -> None:
    StatementFactory(text="The grain.")

    assertContains(client.get("/statements/?q=grain"), "best first")
    common = client.get("/statements/?q=the")
    assertContains(common, "1 statement")
    assertNotContains(common, "best first")


def test_names_stay_as_they_are_written(client: Client) -> None:
    party = PartyFactory(actor=ActorFactory(name="al-Zenda"), speaker__name="de Example")
    PositionFactory(statement=party.statement, stance="condemns")

    for path in ("/statements/", "/statements/by/actor/", "/statements/by/speaker/"):
        assertNotContains(client.get(path), "Al-Zenda")
        assertNotContains(client.get(path), "De Example")
    assertContains(client.get("/statements/by/actor/"), ">al-Zenda</a>")
    assertContains(client.get("/statements/"), "<span>Condemns</span>")


def test_what_is_to_be_known_of_groups_and_months_stands_where_they_are(client: Client) -> None:
    member = PartyFactory(actor=ActorFactory(code="AAA")).actor
    group = "A group counts with those who were its members on the day said."
    assertNotContains(client.get("/statements/"), group)
    assertContains(client.get("/statements/"), "counts in each month of it", count=1)

    bloc = ActorFactory(code="BLOC")
    Membership.objects.create(member=member, group=bloc)

    assertContains(client.get("/statements/"), group, count=1)
    within = client.get(f"/statements/?actor={bloc.code}")
    # As on the page of the group; below, the filter says the first half of it again.
    own = f"{group} What a member says for itself is not the word of the group."
    assertContains(within, own, count=1)
    assertContains(within, group, count=2)
    assertContains(within, f"{bloc.name}</a> and its members on the day")
    assertContains(client.get(bloc.get_absolute_url()), own, count=1)
    assertNotContains(client.get(f"/statements/?actor={member.code}"), own)


def test_groups_are_offered_where_nobody_else_speaks(client: Client) -> None:
    group = ActorFactory(code="ZZ-BLOC", name="Zenda Bloc")
    group.members.create(member=ActorFactory(code="ZZA"))
    PartyFactory(actor=group, statement__text="We keep to the pact.")

    response = client.get("/statements/?q=pact")

    (offered,) = [one for one in response.context["facets"] if one.facet.key == "actor"]
    assert [one.value.address for one in offered.groups] == ["ZZ-BLOC"]
    assertContains(response, 'name="actor" value="ZZ-BLOC"')


@pytest.mark.parametrize("query", ["", "q=meadow"])
def test_values_of_a_list_stay_where_nothing_has_them(client: Client, query: str) -> None:
    PositionFactory(statement=StatementFactory(text="Grain."), stance="condemns")

    response = client.get(f"/statements/?{query}")

    facets = {one.facet.key: one for one in response.context["facets"]}
    assert {"stance", "review", "legal", "form", "differs"} <= facets.keys()
    for key in ("stance", "form"):
        values = [one.value for one in facets[key].first]
        assert {*values} == {*listed(BY_KEY[key].kind)}
    counts = {one.value.address: one.count for one in facets["stance"].first}
    assert counts == dict.fromkeys(counts, 0) | {"condemns": 0 if query else 1}
    assertContains(
        response, '<input type="checkbox" name="stance" value="supports">', html=True
    )


def test_words_found_in_names_are_told_to_those_who_do_not_see_marks(client: Client) -> None:
    PartyFactory(speaker__name="Ada Example", statement__text="On examples.")

    response = client.get("/statements/?q=example")

    assertContains(response, "words found: examples, example</span>")


def test_a_card_without_a_mark_shows_the_report_by_which_it_was_found(client: Client) -> None:
    words = "He <b>said</b> grain ships would sail."
    statement = StatementFactory(text="We keep to the pact.")
    for name, text in (("Quiet & Co", "Nothing of it."), ("Echo & Sons", words)):
        AttestationFactory(
            statement=statement,
            snapshot__article__source__name=name,
            snapshot__text=text,
            start=0,
            end=len(text),
            words=text,
            language="en",
        )

    response = client.get("/statements/?q=ships")

    assertContains(response, "In Echo &amp; Sons:</span>", count=1)
    assertContains(response, "He &lt;b&gt;said&lt;/b&gt; grain <mark>ships</mark> would sail.")
    assertContains(response, "words found: ships</span>")
    assertNotContains(response, "In Quiet")
    for other in ("q=pact", "q=pact+OR+ships", "q=pact+OR+barley", "q=pact+-barley", ""):
        assertNotContains(client.get(f"/statements/?{other}"), "In Echo")
    # The card shows one of two words, and another report the other.
    for both in ("q=pact+ships", "q=pact+ships+OR+barley", "q=pact+%22ships+would%22"):
        assertContains(client.get(f"/statements/?{both}"), "In Echo")


def test_a_mark_in_a_name_does_not_hide_the_report_that_prints_the_words(
    client: Client,
) -> None:
    party = PartyFactory(speaker__name="Ada Grain", statement__text="We keep to the pact.")
    for name, text in (("Short & Co", "Grain."), ("Echo & Sons", "Ships, grain and ships.")):
        AttestationFactory(
            statement=party.statement,
            snapshot__article__source__name=name,
            snapshot__text=text,
            start=0,
            end=len(text),
            words=text,
            language="en",
        )

    response = client.get("/statements/?q=grain+ships")

    assertContains(response, "Ada <mark>Grain</mark>")
    assertContains(response, "In Echo &amp; Sons:</span>", count=1)
    assertContains(response, "<mark>Ships</mark>, <mark>grain</mark> and <mark>ships</mark>.")
    assertContains(client.get("/statements/?q=grain"), "In Short &amp; Co:</span>", count=1)


def test_fragments_of_a_summary_that_is_not_shown_explain_a_card_too(client: Client) -> None:
    statement = StatementFactory(text="We keep to the pact.")
    snapshot = GivenSnapshotFactory(
        text="She promised much. grain ships", origin=Snapshot.Origin.REFERENCE
    )
    Reference.objects.create(
        snapshot=snapshot, summary="She promised much.", fragments=["grain ships"]
    )
    AttestationFactory(
        statement=statement, snapshot=snapshot, mode="summary", start=0, end=30,
        words=snapshot.text, spans=[[19, 30]], language="en",
    )  # fmt: skip

    response = client.get("/statements/?q=ships")

    assertContains(response, ">grain <mark>ships</mark></span>")
    assertNotContains(response, "promised")
