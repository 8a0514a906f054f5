"""When, where and in which form short invented reports say that something was said."""

from datetime import date

import pytest

from statements.attribution import Attribution, attribute
from statements.attribution.days import day_said
from statements.attribution.values import Occasion
from tests.attribution.test_statements import REGISTER

FRIDAY = date(2024, 6, 21)
HURRY = "that the pact was signed in a hurry."


def found(text: str, published_on: date | None = FRIDAY) -> list[Attribution]:
    statements = attribute(text, published_on=published_on, register=REGISTER)
    for one in statements:
        told = one.occasion or Occasion()
        for start, end in ((one.day_start, one.day_end), (told.start, told.end)):
            assert (start is None) == (end is None)
            assert start is None or end is None or text[start:end].strip()
    return statements


def day(text: str, published_on: date | None = FRIDAY) -> tuple[str, str, str]:
    """The day, its precision and its basis of the last statement."""
    last = found(text, published_on)[-1]
    return str(last.said_on), last.precision, last.said_on_basis


def occasion(text: str) -> Occasion:
    """The occasion of the last statement, whatever it is."""
    return found(text)[-1].occasion or Occasion()


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("on Tuesday", ("2024-06-18", "day", "weekday")),
        ("on Friday", ("2024-06-21", "day", "weekday")),
        ("last Friday", ("2024-06-14", "day", "weekday")),
        ("yesterday", ("2024-06-20", "day", "expression")),
        ("the day before yesterday", ("2024-06-19", "day", "expression")),
        ("on June 18", ("2024-06-18", "day", "expression")),
        ("on 18 June 2023", ("2023-06-18", "day", "expression")),
        ("on the 3rd of June", ("2024-06-03", "day", "expression")),
        ("two days ago", ("2024-06-19", "day", "expression")),
        ("earlier this week", ("2024-06-01", "month", "expression")),
        ("last month", ("2024-05-01", "month", "expression")),
        ("in May", ("2024-05-01", "month", "expression")),
        ("in July", ("2023-07-01", "month", "expression")),
        ("in 2022", ("2022-01-01", "year", "expression")),
        ("last year", ("2023-01-01", "year", "expression")),
        ("in a hall", ("2024-06-21", "day", "publication")),
    ],
)
def test_an_expression_beside_the_cue_gives_the_day(
    when: str, expected: tuple[str, str, str]
) -> None:
    assert day(f"Bo Sample said {when} {HURRY}") == expected


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday, Bo Sample said the pact was signed in a hurry.",
        "On Tuesday, Bo Sample, who was minister of examples, said the pact was signed in a hurry.",
        "“The pact was signed in a hurry,” Bo Sample said late Tuesday.",
        "Bo Sample on Tuesday also said the pact was signed in a hurry.",
        "Bo Sample met the envoys on Tuesday, saying that the pact was signed in a hurry.",
        "At Tuesday’s briefing, Bo Sample said the pact was signed in a hurry.",
        "In a hall in Strelsau, Ruritania, on Tuesday, Bo Sample said the pact was signed in a hurry.",
        "A June 18 letter from Bo Sample said the pact was signed in a hurry.",
    ],
)
def test_a_weekday_may_stand_before_or_behind_its_cue(text: str) -> None:
    assert day(text)[:2] == ("2024-06-18", "day")


@pytest.mark.parametrize(
    ("occasion", "expected"),
    [
        ("In a December interview", ("2023-12-01", "month", "expression")),
        ("In a 2022 interview", ("2022-01-01", "year", "expression")),
        ("At the February meeting", ("2024-02-01", "month", "expression")),
    ],
)
def test_a_month_may_describe_the_occasion(
    occasion: str, expected: tuple[str, str, str]
) -> None:
    assert day(f"{occasion}, Bo Sample said the pact was signed in a hurry.") == expected


@pytest.mark.parametrize(
    "text",
    [
        "In an interview on Tuesday, Bo Sample clarified Ada Example’s claim that the pact was signed.",
        "Bo Sample, who met the envoys on Tuesday, said the pact was signed in a hurry.",
        "Bo Sample said the pact signed on Tuesday “harms nobody” at all.",
        "Bo Sample said ahead of Tuesday’s vote that the pact was signed in a hurry.",
        "Bo Sample said before the Tuesday deadline that the pact was signed in a hurry.",
        "The envoys chosen on Tuesday said the pact was signed in a hurry.",
        "STRELSAU, June 18 (RNA) -- Bo Sample said the pact was signed in a hurry.",
    ],
)
def test_a_day_of_something_else_is_not_the_day_of_saying(text: str) -> None:
    assert day(text) == ("2024-06-21", "day", "publication")


def test_a_day_in_the_words_before_is_not_the_day_of_the_next_saying() -> None:
    text = (
        'Bo Sample highlighted concerns over the "pact" signed at a meeting in Strelsau on '
        "June 19, emphasizing its threat to peace in the region.\n"
    )
    assert [one.said_on_basis for one in found(text)] == ["publication", "publication"]


def test_nothing_that_was_said_is_said_after_its_publication() -> None:
    assert day(f"Bo Sample said on June 30 {HURRY}") == ("2024-06-21", "day", "publication")


def test_what_is_still_to_be_said_lies_ahead() -> None:
    assert day(f"Bo Sample will say on Monday {HURRY}") == (
        "2024-06-24", "day", "weekday",
    )  # fmt: skip


def test_without_a_publication_date_only_full_dates_are_known() -> None:
    assert day(f"Bo Sample said on Tuesday {HURRY}", None) == ("None", "unknown", "none")
    assert day(f"Bo Sample said on 18 June 2024 {HURRY}", None)[:2] == ("2024-06-18", "day")


def test_what_was_said_at_some_earlier_time_has_no_day() -> None:
    assert day(f"Bo Sample previously said {HURRY}") == ("None", "unknown", "none")


def test_days_are_counted_from_the_day_named_before() -> None:
    before = "The envoys came to Strelsau on Monday. "

    assert day(before + f"Two days later, Bo Sample said {HURRY}")[0] == "2024-06-19"
    assert day(before + f"Bo Sample said the same day {HURRY}")[0] == "2024-06-17"
    assert day(f"Two days earlier, Bo Sample said {HURRY}") == ("None", "unknown", "none")


def test_the_speaker_goes_on_at_the_same_occasion() -> None:
    text = (
        "At a press conference in Strelsau on Tuesday, Bo Sample said the pact harms nobody. "
        "He added that the text was short."
    )

    assert day(text) == ("2024-06-18", "day", "occasion")
    told = occasion(text)
    assert (told.form, told.place, told.carried) == ("press_conference", "Strelsau", True)
    assert text[told.start : told.end] == "At a press conference in Strelsau"


def test_a_month_goes_on_with_its_occasion_only() -> None:
    rest = "Bo Sample said the pact harms nobody. He added that the text was short."

    assert day(f"At a rally last month, {rest}") == ("2024-05-01", "month", "occasion")
    assert day(f"Last month, {rest}") == ("2024-06-21", "day", "publication")


def test_another_speaker_or_another_day_is_another_occasion() -> None:
    text = "At a press conference on Tuesday, Bo Sample said the pact harms nobody. "

    other = text + "Ada Example said the text was short."
    assert (day(other)[2], occasion(other)) == ("publication", Occasion())
    assert day(text + "Bo Sample later said the text was short.")[2] == "publication"
    later = text + "On Wednesday, Bo Sample said the text was short."
    assert (day(later)[0], occasion(later)) == ("2024-06-19", Occasion())


def test_an_occasion_told_in_the_sentence_before_is_that_of_the_saying() -> None:
    text = f"Bo Sample held a press conference in Strelsau on Tuesday. He said {HURRY}"

    assert day(text) == ("2024-06-18", "day", "occasion")
    assert (occasion(text).form, occasion(text).place) == ("press_conference", "Strelsau")


@pytest.mark.parametrize(
    ("where", "form", "place"),
    [
        ("at a joint press conference in Strelsau", "press_conference", "Strelsau"),
        ("in a phone call with his counterpart", "call", ""),
        ("in an interview with the Daily Sample", "interview", ""),
        ("in a statement", "written_statement", ""),
        ("in a joint statement", "joint_statement", ""),
        ("in a speech at the Sample Forum in Strelsau, Ruritania,", "speech", "Strelsau, Ruritania"),
        ("on the sidelines of the summit in Strelsau", "meeting", "Strelsau"),
        ("at a daily briefing", "press_conference", ""),
        ("on Telegram", "post", ""),
        ("on X", "post", ""),
        ("in Strelsau", "", "Strelsau"),
        ("in Ruritanian", "", ""),
        ("in June", "", ""),
        ("at the White House", "", "White House"),
        ("at a Security Council meeting", "un_meeting", ""),
    ],
)  # fmt: skip
def test_a_phrase_beside_the_cue_gives_form_and_place(
    where: str, form: str, place: str
) -> None:
    told = occasion(f"Bo Sample said {where} {HURRY}")

    assert (told.form, told.place) == (form, place)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“We keep to the text alone,” Bo Sample told the Security Council.", "un_meeting"),
        ("“We keep to the text alone,” Bo Sample told reporters in Strelsau.", "remarks"),
        ("“We keep to the text alone,” Bo Sample told a news conference.", "press_conference"),
        ("“We keep to the text alone,” Bo Sample tweeted.", "post"),
        ("The joint statement said the pact was signed in a hurry.", "joint_statement"),
        (
            "According to a readout of the call, Bo Sample said the pact was signed in a hurry.",
            "readout",
        ),
        (
            "Bo Sample, who gave a press conference on Monday, said the pact was signed in a hurry.",
            "",
        ),
    ],
)
def test_addressees_and_papers_tell_the_form(text: str, form: str) -> None:
    assert occasion(text).form == form


@pytest.mark.parametrize(
    ("text", "said_on", "form", "place"),
    [
        (
            "На пресс-конференции в Стрельсау в среду Ада Пример заявила, что договор никому не вредит.",
            "2024-06-19", "press_conference", "Стрельсау",
        ),
        (
            "«Мы держимся текста договора», — сказала Ада Пример в интервью газете 19 июня.",
            "2024-06-19", "interview", "",
        ),
        (
            "에이다 외무장관은 19일 스트렐소에서 열린 기자회견에서 “우리는 조약의 본문을 그대로 지킨다”라고 말했다.",
            "2024-06-19", "press_conference", "스트렐소",
        ),
        (
            "エイダ外相は19日の記者会見で「われわれは条約の本文を守る」と述べた。",
            "2024-06-19", "press_conference", "",
        ),
    ],
)  # fmt: skip
def test_other_languages_name_days_and_occasions(
    text: str, said_on: str, form: str, place: str
) -> None:
    told = occasion(text)

    assert (day(text)[0], told.form, told.place) == (said_on, form, place)


@pytest.mark.parametrize(
    "text",
    [
        (
            "На пресс-конференции в среду Ада Пример заявила, что договор никому не вредит.\n"
            "Ада Пример добавила, что его текст короток и ясен."
        ),
        (
            "에이다 외무장관은 19일 기자회견에서 “우리는 조약의 본문을 그대로 지킨다”라고 말했다.\n"
            "에이다 외무장관은 “본문은 아주 짧고 분명하다”라고 강조했다."
        ),
    ],
)
def test_speakers_of_other_languages_go_on_too(text: str) -> None:
    told = occasion(text)

    assert day(text) == ("2024-06-19", "day", "occasion")
    assert (told.form, told.carried) == ("press_conference", True)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("в прошлую пятницу", "ru", ("2024-06-14", "day")),
        ("на прошлой неделе", "ru", ("2024-06-01", "month")),
        ("지난달 28일", "ko", ("2024-05-28", "day")),
        ("지난해", "ko", ("2023-01-01", "year")),
        ("先月28日", "ja", ("2024-05-28", "day")),
        ("昨年", "ja", ("2023-01-01", "year")),
    ],
)
def test_expressions_of_other_languages(
    text: str, language: str, expected: tuple[str, str]
) -> None:
    said = day_said(text, [(0, len(text))], FRIDAY, language)

    assert (str(said.said_on), said.precision) == expected


@pytest.mark.parametrize("space", [" ", "\u00a0"])
@pytest.mark.parametrize("apostrophe", ["’", "'"])
def test_spaces_and_marks_change_nothing(space: str, apostrophe: str) -> None:
    text = "At Tuesday’s press conference in Strelsau, Bo Sample said the pact harms nobody."
    printed = text.replace("’", apostrophe).replace(" ", space)

    assert day(printed) == ("2024-06-18", "day", "weekday")
    assert (occasion(printed).form, occasion(printed).place) == ("press_conference", "Strelsau")


def test_in_the_event_of_is_no_event_somebody_speaks_at() -> None:
    text = (
        "Bo Sample claimed there was nothing new in the pact but said it renewed old ties, with "
        "each side giving aid in the event of any attack."
    )

    assert [one.occasion for one in found(text)] == [None, None]
    assert occasion("Bo Sample said at an event that the pact harms nobody.").form == "speech"


def test_the_head_of_a_transcript_names_day_form_and_room() -> None:
    turns = "".join(
        f"MS. EXAMPLE: We keep to the text number {n} alone.\nQ  Why?\n" for n in range(5)
    )
    text = f"Press Briefing by Ada Example\nJune 20, 2024\nSample Briefing Room\n{turns}"

    last = found(text)[-2]
    assert (str(last.said_on), last.said_on_basis) == ("2024-06-20", "expression")
    assert last.occasion is not None
    assert (last.occasion.form, last.occasion.place) == (
        "press_conference",
        "Sample Briefing Room",
    )
