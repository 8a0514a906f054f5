"""Which treaties, clauses and resolutions invented texts are about, and where they are named."""

from dataclasses import replace

import pytest

from statements.name_forms import NameForms
from statements.topics import Context, Instrument, Topic, TopicFinder

RURITANIA = frozenset(["Ruritania", "Руритания", "루리타니아", "루", "ルリタニア", "瑠"])
GRAUSTARK = frozenset(
    ["Graustark", "Граустарк", "그라우스타르크", "그", "グラウスターク", "具"]
)
PACT = Instrument(
    pk=1,
    titles=("Invented Treaty on Comprehensive Friendship",),
    press=(
        "the pact",
        "mutual defence pact",
        "договор о всеобъемлющей дружбе",
        "루그 조약",
        "瑠具条約",
    ),
    states=(RURITANIA, GRAUSTARK),
    years=frozenset(["2024"]),
    provisions=(("4", 14), ("8", 18)),
    clauses=(("mutual defence clause", 14),),
)
NUMBERED = Instrument(
    pk=2,
    resolution=True,
    number="9718",
    titles=("Invented resolution 9718",),
    states=(GRAUSTARK,),
)
FAMILY = Instrument(
    pk=3, resolution=True, press=("Security Council resolutions",), states=(GRAUSTARK,)
)
FINDER = TopicFinder([PACT, NUMBERED, FAMILY], ["Borduria", "Bordurian", "Zenda"])
BOTH = "Ruritania and Graustark"


def topics(words: str, **around: str) -> list[Topic]:
    context = Context(words=words, paragraph=around.get("paragraph", words), article=BOTH)
    return FINDER.topics(replace(context, **around))


def about(words: str, **around: str) -> list[tuple[int, int | None, str]]:
    return [(t.treaty, t.provision, t.where) for t in topics(words, **around)]


@pytest.mark.parametrize(
    "words",
    [
        "They read the pact twice.",
        "The mutual-defence pact harms nobody.",
        "Статья договора о всеобъемлющей дружбе",
        "О Договоре о всеобъемлющей дружбе говорили долго.",
        "새 루-그 조약에 대해",
        "루·그조약이 발효됐다",
        "新しい瑠具条約は",
    ],
)
def test_press_names_are_found_in_every_inflection(words: str) -> None:
    assert about(words) == [(1, None, "words")]


def test_a_press_name_needs_its_states_and_a_title_does_not() -> None:
    assert about("They read the pact.", article="Ruritania alone") == []
    title = "The Invented Treaty on Comprehensive Friendship is short."
    assert about(title, article="Nobody is named.") == [(1, None, "words")]


@pytest.mark.parametrize(
    "words",
    [
        "The Borduria–Zenda mutual defence pact is old.",
        "The Bordurian mutual defence pact is old.",
        "The 1961 mutual defence pact is old.",
    ],
)
def test_the_pact_of_others_or_of_another_year_is_another(words: str) -> None:
    assert about(words) == []


@pytest.mark.parametrize(
    ("words", "provisions"),
    [
        ("Article 4 of the pact", [14]),
        ("Articles 4 and 8 of the pact", [14, 18]),
        ("The mutual-defence clause", [14]),
        ("Статья 4 договора о всеобъемлющей дружбе", [14]),
        ("루그 조약 제4조", [14]),
        ("瑠具条約第4条", [14]),
        ("Article 9 of the pact", [None]),
        ("Article 4 of the NATO treaty and the pact", [None]),
    ],
)
def test_articles_and_clauses_belong_to_the_treaty(
    words: str, provisions: list[int | None]
) -> None:
    assert [t.provision for t in topics(words)] == provisions


def test_it_is_said_where_a_treaty_is_named() -> None:
    assert about("It is short.", paragraph="The pact: it is short.") == [(1, None, "paragraph")]
    assert about("It is short.", before="They read the pact.") == [(1, None, "before")]
    assert about("It is short.", title="The pact is short") == [(1, None, "title")]
    (topic,) = topics("Article 4 is short.", before="They read the pact.")
    assert (topic.where, topic.evidence) == ("words", "Article 4")


def test_resolutions_stand_beside_the_treaty_and_a_number_before_the_family() -> None:
    words = "The pact of Ruritania and Graustark breaks Security Council resolutions"

    assert about(words) == [(1, None, "words"), (3, None, "words")]
    assert about(f"{words} 9718 and 9999 (2017).") == [(1, None, "words"), (2, None, "words")]
    assert about("It breaks them.", before=f"{words}.") == [
        (1, None, "before"),
        (3, None, "before"),
    ]


def test_resolutions_on_others_are_others() -> None:
    assert about("It breaks Security Council resolutions on Borduria.") == []


def test_names_that_overlap_count_once() -> None:
    forms = NameForms(["the pact", "pact", "the new pact"])

    assert [name for *_, name in forms.find("the new pact and the pact")] == [
        "the new pact",
        "the pact",
    ]
