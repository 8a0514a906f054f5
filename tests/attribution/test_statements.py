"""What is found in short invented reports."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from statements.attribution import Attribution, Register, attribute
from statements.attribution.register import RegisterActor, RegisterOffice, RegisterSpeaker

RURITANIA = RegisterActor(
    "ruritania",
    "state",
    "RR",
    "Ruritania",
    ("Ruritania",),
    (),
    ("Ruritanian",),
    (),
    ("Strelsau",),
)
GRAUSTARK = RegisterActor(
    "graustark",
    "state",
    "GK",
    "Graustark",
    ("Graustark",),
    (),
    ("Graustarkian",),
    (),
    ("Edelweiss",),
)
AGENCY = RegisterActor(
    "agency", "media", "", "RNA", ("RNA", "Ruritanian News Agency"), parent="ruritania"
)
EXAMPLE = RegisterSpeaker(
    "ada-example",
    "Ada Example",
    "Example",
    "f",
    ("Ada Example", "Ада Пример", "에이다", "エイダ"),
    (
        RegisterOffice(
            "o1", "Foreign Minister", "foreign-minister", "ruritania", start=date(2024, 1, 1)
        ),
    ),
)
REGISTER = Register((RURITANIA, GRAUSTARK, AGENCY), (EXAMPLE,))
FRIDAY = date(2024, 6, 21)


def found(text: str, published_on: date | None = FRIDAY) -> list[Attribution]:
    statements = attribute(text, published_on=published_on, register=REGISTER)
    for statement in statements:
        assert 0 <= statement.start < statement.end <= len(text)
        assert all(statement.start <= a < b <= statement.end for a, b in statement.spans)
    return statements


def one(text: str) -> tuple[str, str, str]:
    """The words, the kind and the speaker of the only statement."""
    (statement,) = found(text)
    words = text[statement.start : statement.end]
    return words, statement.kind, "; ".join(voice.name for voice in statement.voices)


@pytest.mark.parametrize(
    ("text", "words", "kind", "speaker"),
    [
        (
            "“We keep to the text alone,” said Ruritanian Foreign Minister Ada Example.",
            "“We keep to the text alone,”", "direct", "Ada Example",
        ),
        (
            "“The text,” Deputy Minister Bo Sample said, “stands as it is.”",
            "“The text,” Deputy Minister Bo Sample said, “stands as it is.”", "direct", "Bo Sample",
        ),
        (
            "Bo Sample told reporters on Friday that the pact was signed in a hurry.",
            "the pact was signed in a hurry", "indirect", "Bo Sample",
        ),
        (
            "Strelsau said the pact “harms nobody” and would stay.",
            "the pact “harms nobody” and would stay", "mixed", "Strelsau",
        ),
        (
            "According to the Ruritanian foreign ministry, the talks went on until midnight.",
            "the talks went on until midnight", "indirect", "Ruritanian foreign ministry",
        ),
        (
            "The talks will go on next week, Graustark's envoy Cy Instance said.",
            "The talks will go on next week", "indirect", "Cy Instance",
        ),
        (
            "The talks will go on next week, Ada Example told the envoys on Friday.",
            "The talks will go on next week", "indirect", "Ada Example",
        ),
        (
            "Ruritania and Graustark condemned the raid on the village.",
            "the raid on the village", "indirect", "Ruritania; Graustark",
        ),
    ],
)  # fmt: skip
def test_a_report_gives_its_words_and_speaker(
    text: str, words: str, kind: str, speaker: str
) -> None:
    assert one(text) == (words, kind, speaker)


def test_a_person_of_the_register_is_recognised_by_family_name_and_date() -> None:
    (statement,) = found("Ruritanian minister Example said the talks had failed.")

    voice = statement.voices[0]
    assert (voice.speaker_id, voice.country, voice.office_id) == ("ada-example", "RR", "o1")


def test_a_wrong_state_in_print_gives_the_right_person_and_a_warning() -> None:
    (statement,) = found("“It is worrying,” said Ada Example, Graustarkian Foreign Minister.")

    assert statement.voices[0].country == "RR"
    assert "Graustark" in statement.warnings[0]


def test_an_office_not_yet_held_is_a_warning() -> None:
    (statement,) = found("Ada Example said the talks had failed.", date(2023, 5, 1))

    assert statement.voices[0].speaker_id == "ada-example"
    assert "no office" in statement.warnings[0]


def test_a_translated_he_may_be_a_woman() -> None:
    text = (
        "President Bo Sample met the envoys in the morning. "
        "“We watch it,” said Foreign Minister Ada Example. “There is a risk,” he noted."
    )

    assert [s.voices[0].name for s in found(text)] == ["Ada Example", "Ada Example"]


def test_a_state_agency_speaks_for_itself_and_as_the_same_source() -> None:
    text = (
        "“The visit was a great success for all,” RNA stressed.\n"
        "“The guests were cheerful to the end,” the same source added."
    )

    assert [s.voices[0].actor_id for s in found(text)] == ["agency", "agency"]


def test_a_weekday_needs_a_publication_date() -> None:
    text = "Ada Example said on Thursday that the talks had failed."

    (dated,), (undated,) = found(text), found(text, None)

    assert (dated.said_on, dated.said_on_basis) == (date(2024, 6, 20), "weekday")
    assert (undated.said_on, undated.said_on_basis) == (None, "none")


def test_a_day_inside_of_a_noun_phrase_is_the_day_of_the_saying() -> None:
    text = "Ada Example expressed concern on Thursday about the raid."

    (statement,) = found(text)

    assert [text[a:b] for a, b in statement.spans] == ["concern", "about the raid"]
    assert statement.said_on == date(2024, 6, 20)


def test_a_body_printed_twice_gives_each_statement_once() -> None:
    paragraph = (
        "Minister Bo Sample said that the pact would enter into force in the spring of 2025.\n"
    )

    assert len(found(paragraph * 3)) == 1


def test_a_treaty_speaks_for_nobody() -> None:
    assert (
        found("According to Article 4 of the pact, “each side shall help the other at once.”")
        == []
    )


def test_what_was_not_said_is_not_reported_as_said() -> None:
    assert all(s.modality for s in found("Ada Example did not say that the pact was dead."))


def test_the_turns_of_a_transcript_name_their_speakers() -> None:
    text = (
        "BRIEFING BY BO SAMPLE\n\nMR. SAMPLE:  Good day to all of you.\n\nQ    Is the pact dead?\n\n"
        "MR. SAMPLE:  It is not.\n\nQ    Are you sure?\n\nMR. SAMPLE:  I am quite sure of it.\n"
    )

    statements = found(text)

    assert len(statements) == 5
    assert [bool(s.voices) for s in statements] == [True, False, True, False, True]


@pytest.mark.parametrize(
    "text",
    [
        "«Мы следим за событиями очень внимательно», — заявила министр Ада Пример.",
        "에이다 외무장관은 21일 “우리는 조약을 지킬 것이다”라고 말했다.",
        "エイダ外相は「我々は条約を守り続けるつもりだ」と述べた。",
    ],
)
def test_direct_speech_in_other_scripts(text: str) -> None:
    (statement,) = found(text)

    assert (statement.kind, statement.voices[0].speaker_id) == ("direct", "ada-example")
    assert statement.voices[0].country == "RR"


ALPHABET = "ab AB.,:;!?\n“”\"'’‘«»「」()—-1 0\u00a0\u0301é한я日\U0001f54a"


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(ALPHABET, max_size=300), st.text(max_size=200)))
def test_no_text_raises_and_all_offsets_lie_inside(text: str) -> None:
    found(text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Ada Example", "said", "that", ",", "“We keep it,”", "he", "told", "reporters",
                "on Friday", "the", "minister", ".", "\n", "according to", "and", "adding",
                "“", "”", "called for", "peace", "(", ")", "who", "was", "Strelsau", ":",
            ]
        ),
        max_size=40,
    ).map(" ".join)
)  # fmt: skip
@example("“We keep it,” Ada Example called for")  # a phrase at the very end
def test_no_order_of_reporting_words_raises(text: str) -> None:
    found(text)


@pytest.mark.parametrize(
    "text",
    [
        "エイダ外相は記者会見を開いた。\nエイダ外相は条約が守られていると述べた。\n外相はストレルサウ大統領が見直しに触れたことは受け入れられないと述べた。",
        "에이다 외무장관은 조약이 지켜지고 있다고 말했다.\n장관은 두 나라가 국제 규범을 지켜야 한다고 강조했다.",
    ],
)
def test_the_topic_speaks_and_not_whom_it_speaks_of(text: str) -> None:
    assert {s.voices[0].speaker_id for s in found(text)} == {"ada-example"}
    assert len(found(text)) == 2


@pytest.mark.parametrize(
    "closing",
    ["It was 'a long and careful step forward,' Ada Example said.", "“We will see,” she said."],
)
def test_the_length_of_a_video_is_no_part_of_its_title(closing: str) -> None:
    text = "Ruritania criticises the pact, claims it 'breaks all the old charters'01:25\nMore."

    words = [text[a.start : a.end] for a in attribute(f"{text}\n{closing}\n")]

    assert "it 'breaks all the old charters'" in words
