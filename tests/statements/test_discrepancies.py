"""In what reports differ, and in what they do not: values in, findings out."""

from dataclasses import replace
from datetime import date

import pytest

from statements.comparing.people import Named
from statements.comparing.posts import Printed
from statements.discrepancies import Field, Telling, compare
from statements.wordings.numbers import counted

WORDS = "We shall send ten thousand men to the harbour by spring and no more."


def by(name: str, title: str = "", state: str = "", **more: object) -> Named:
    return Named(name, Printed(title, title, state, frozenset()), **more)  # type: ignore[arg-type]


def told(key: int = 1, said: str = WORDS, **more: object) -> Telling:
    values: dict[str, object] = {
        "outlet": f"Invented Courier {key}",
        "language": "en",
        "voices": (by("Ada Example"),),
    }
    return Telling(key=key, said=said, **(values | more))  # type: ignore[arg-type]


def fields(*tellings: Telling) -> list[str]:
    return [field.value for field in compare(tellings).fields]


def test_reports_that_agree_differ_in_nothing() -> None:
    assert fields(told(1), told(2, f"“{WORDS}”"), told(3, WORDS.upper())) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (by("Ada Example", "foreign minister"), by("Example")),
        (
            by("Ada Example", "foreign minister"),
            by("Ada Example", "Minister of Foreign Affairs"),
        ),
        (by("Ada Example", "foreign minister", "RR"), by("Ada Example", "minister")),
        (by("Ada Example", "defence minister"), by("Ada Example", "Secretary of Defense")),
        (by("Ada Example", "envoy"), by("Ada Example", "Permanent Representative")),
        (by("Ada Example", "keeper of the harbour"), by("Ada Example", "foreign minister")),
        (by("Ada Example", "министр иностранных дел"), by("Ada Example", "foreign minister")),
        (by("Ada Example", "외교부 장관"), by("Ada Example", "foreign minister")),
        (by("Ada Example"), by("the ministry", country="RR")),
        (by("Ada Example", slug="ada"), by("Ada Exampel", slug="ada")),
        (by("Ada Example"), by("Ада Экзампл")),
        (by("Ada Example"), by("A. Example")),
    ],
)
def test_what_says_less_or_the_same_is_not_different(one: Named, two: Named) -> None:
    assert fields(told(1, voices=(one,)), told(2, voices=(two,))) == []


@pytest.mark.parametrize(
    ("one", "two", "field"),
    [
        (
            by("Ada Example", "foreign minister"),
            by("Ada Example", "defence minister"),
            "office",
        ),
        (
            by("Ada Example", "foreign minister"),
            by("Example", "deputy foreign minister"),
            "office",
        ),
        (by("Ada Example", "health minister"), by("Ada Example", "finance minister"), "office"),
        (
            by("Ada Example", "unification minister", "RR"),
            by("Ada Example", "unification minister", "GK"),
            "office",
        ),
        (by("Ada Example", "외교부 장관"), by("Ada Example", "defence minister"), "office"),
        (by("Ada Example"), by("Bo Sample"), "speaker"),
        (by("Ada Example", slug="ada"), by("Ada Exampel", slug="other"), "speaker"),
        (by("the ministry", country="RR"), by("officials", country="GK"), "speaker"),
    ],
)
def test_another_post_or_person_is_a_finding(one: Named, two: Named, field: str) -> None:
    assert fields(told(1, voices=(one,)), told(2, voices=(two,))) == [field]


def test_two_posts_that_the_register_has_somebody_hold_are_no_finding() -> None:
    held = frozenset({"prime-minister", "foreign-minister"})
    one, two = (
        Named("Ada Example", Printed(title, title, "", held))
        for title in ("prime minister", "foreign minister")
    )

    assert fields(told(1, voices=(one,)), told(2, voices=(two,))) == []


def test_a_report_that_names_fewer_of_those_who_speak_together_agrees() -> None:
    both = (by("Ada Example", "foreign minister"), by("Bo Sample", "defence minister"))

    assert fields(told(1, voices=both), told(2, voices=both[:1])) == []
    assert fields(told(1, voices=both), told(2, voices=(both[0], by("Cy Pattern")))) == [
        "speaker"
    ]


def states(*names: str) -> tuple[Named, ...]:
    codes = {"US": "US", "United States": "US", "Ruritania": "RR", "Graustark": "GK"}
    return tuple(by(name, country=codes[name], is_body=True) for name in names)


def test_the_issuers_of_a_joint_statement_are_one_in_any_order_and_form() -> None:
    reports = [
        told(number, voices=states(*names))
        for number, names in enumerate(
            [
                ("United States", "Ruritania", "Graustark"),
                ("Graustark", "US", "Ruritania"),
                ("US", "Graustark", "Ruritania"),
                ("Ruritania", "Graustark"),
                ("United States",),
                ("Ruritania",),
            ]
        )
    ]

    assert fields(*reports) == []
    assert fields(*reports[3:5]) == ["speaker"]


def test_who_speak_together_are_known_by_initials_and_by_their_states() -> None:
    ada, bo = by("Ada Example", country="RU"), by("Bo Sample", country="BO")
    initials = told(1, voices=(by("A. Example", country="RU"),))
    other, all_of_them = told(2, voices=(bo,)), told(3, voices=(ada, bo))
    bodies = told(3, voices=tuple(
        by(name, country=name[:2].upper(), is_body=True) for name in ("Ruritania", "Borduria")
    ))  # fmt: skip

    assert fields(initials, other, all_of_them) == []
    assert fields(initials, other, bodies) == []
    # Two people of one state are not both its voice because the state is named.
    stranger = told(2, voices=(by("Cy Third", country="RU"),))
    assert fields(initials, stranger, bodies) == ["speaker"]


def test_bodies_are_one_under_the_names_that_the_register_has() -> None:
    short, long = (
        by(name, actor="X-HRB", is_body=True) for name in ("HC", "Commission of the Harbours")
    )
    other = by("Fishing Council", actor="X-FSH", is_body=True)

    assert fields(told(1, voices=(short,)), told(2, voices=(long,))) == []
    assert fields(told(1, voices=(short,)), told(2, voices=(other,))) == ["speaker"]


def test_bodies_that_the_register_has_not_are_compared_by_their_names() -> None:
    council, initials, union = (
        by(name, is_body=True)
        for name in ("Harbour Council of Strelsau", "HCS", "Fishermen Union")
    )

    assert fields(told(1, voices=(council,)), told(2, voices=(initials,))) == []
    assert fields(told(1, voices=(council,)), told(2, voices=(union,))) == ["speaker"]


def test_a_finding_shows_each_speaker_once() -> None:
    reports = [
        told(number, voices=states(*names))
        for number, names in enumerate(
            [("US", "Ruritania"), ("Ruritania", "United States"), ("Graustark",)]
        )
    ]

    (found,) = compare(reports).discrepancies

    assert [(value.text, value.reports) for value in found.values] == [
        ("US, Ruritania", (0, 1)),
        ("Graustark", (2,)),
    ]


@pytest.mark.parametrize(
    ("one", "two", "different"),
    [
        ((date(2025, 1, 2), "day"), (date(2025, 1, 3), "day"), True),
        ((date(2025, 1, 2), "day"), (date(2025, 1, 1), "month"), False),
        ((date(2025, 2, 2), "day"), (date(2025, 1, 1), "month"), True),
        ((date(2025, 2, 2), "day"), (date(2025, 1, 1), "year"), False),
        ((date(2025, 2, 2), "day"), (None, "unknown"), False),
    ],
)
def test_days_differ_as_far_as_they_are_told(
    one: tuple[date | None, str], two: tuple[date | None, str], different: bool
) -> None:
    first, second = (
        told(key, day=day, precision=precision)
        for key, (day, precision) in enumerate([one, two])
    )

    assert fields(first, second) == (["date"] if different else [])


@pytest.mark.parametrize(
    "same",
    ["10,000", "10 000", "10.000", "ten thousand", "1만", "一万", "10 тысяч", "10 тыс.", "1万"],
)
def test_a_number_is_one_however_it_is_written(same: str) -> None:
    assert counted(f"({same})") == {"10000"}


def test_another_number_at_the_same_place_is_a_finding() -> None:
    twelve = told(2, WORDS.replace("ten", "twelve"))

    found = compare([told(1), twelve]).discrepancies

    assert [one.field for one in found] == [Field.NUMBERS, Field.WORDS]
    assert [(value.text, value.reports) for value in found[0].values] == [
        ("10000", (1,)),
        ("12000", (2,)),
    ]
    assert fields(told(1), told(2, WORDS.replace("ten thousand", "10,000"))) == []


def test_a_number_with_a_group_more_is_another() -> None:
    one, two = (
        told(n, f"The ship sailed {n} miles and came to the port.") for n in (700, 1700)
    )
    grouped = replace(two, said=two.said.replace("1700", "1,700"))

    assert "numbers" in fields(one, grouped)
    assert fields(two, replace(grouped, key=3)) == []


def test_numbers_of_other_sentences_are_not_compared() -> None:
    one = told(1, "The three countries of the river condemn it in the strongest terms.")
    two = told(
        2, "The council of the river has asked for an answer within ten days from now on."
    )

    assert "numbers" not in fields(one, two)


def test_numbers_are_compared_across_languages() -> None:
    korean = told(2, "우리는 봄까지 항구에 1만 명을 보낼 것이며 더는 아니다.", language="ko")

    assert fields(told(1), korean) == []
    assert fields(told(1), replace(korean, said=korean.said.replace("1만", "2만"))) == [
        "numbers"
    ]


@pytest.mark.parametrize(
    ("one", "two", "different"),
    [
        ("The pact will harm anybody at all.", "The pact will not harm anybody at all.", True),
        (
            "The pact won't harm anybody at all.",
            "The pact will not harm anybody at all.",
            False,
        ),
        ("We reject the pact of last year.", "We do not accept the pact of last year.", False),
        ("We stay with it. We do not leave the pact.", "We stay with it.", False),
        ("We cannot accept this pact.", "We will not accept this pact.", False),
        ("Договор не касается третьих стран.", "Договор касается третьих стран.", True),
    ],
)
def test_a_negation_more_is_a_finding(one: str, two: str, different: bool) -> None:
    language = "ru" if "Договор" in one else "en"
    first, second = (told(key, said, language=language) for key, said in enumerate([one, two]))

    assert ("negation" in fields(first, second)) == different


def test_a_negation_lost_in_translation_is_a_finding() -> None:
    english = told(1, "The harbour will not be closed.")

    assert fields(english, told(2, "Порт не будет закрыт.", language="ru")) == []
    assert fields(english, told(2, "Порт будет закрыт.", language="ru")) == ["negation"]
    assert fields(english, told(2, "항구는 폐쇄되지 않을 것이다.", language="ko")) == []


def test_another_article_is_a_finding_and_none_is_not() -> None:
    four, three = (told(n, f"Article {n} of the pact binds us.") for n in (4, 3))

    assert "provision" in fields(four, three)
    assert "provision" not in fields(four, told(1, "The pact binds us."))
    assert "provision" in fields(
        four, told(1, "It binds us.", paragraph="«It binds us», of Article 3")
    )
    assert fields(four, told(9, "제4조는 우리를 구속한다.", language="ko")) == []


@pytest.mark.parametrize(
    ("said", "verdict", "finding"),
    [
        (WORDS, "exact", False),
        (WORDS.replace("harbour", "harbor"), "exact", False),
        ("We shall send ten thousand men", "shortened to 43 %", False),
        (WORDS.replace("send", "lend"), "reworded, 93 % in common", True),
    ],
)
def test_wording_is_judged_against_the_fullest_report(
    said: str, verdict: str, finding: bool
) -> None:
    found = compare([told(1, WORDS + " That is all."), told(2, WORDS), told(3, said)])

    assert str(compare([told(1), told(2, said)]).wordings[2]) == verdict
    assert (Field.WORDS in found.fields) == finding


def test_words_around_a_quotation_are_the_outlets_own() -> None:
    one = told(1, "that they “keep to the text” of it", quoted_whole=False)
    two = told(2, "her state would “keep to the text” for ever", quoted_whole=False)

    found = compare([one, two])

    assert found.fields == []
    assert {str(found.wordings[key]) for key in (1, 2)} == {"fullest", "exact"}


def test_two_translations_may_be_worded_otherwise() -> None:
    other = told(2, WORDS.replace("send", "dispatch"), translated=True)

    found = compare([told(1), other])

    assert found.fields == []
    assert str(found.wordings[2]) == "translated"
    assert str(compare([told(1), told(2, "Мы.", language="ru")]).wordings[2]) == "translated"


def test_a_paraphrase_is_reworded_and_no_finding() -> None:
    paraphrase = told(2, "that they would lend soldiers", quoted_whole=False)

    found = compare([told(1), paraphrase])

    assert found.fields == []
    assert str(found.wordings[2]).startswith("reworded")
