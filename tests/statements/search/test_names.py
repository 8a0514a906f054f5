"""A line in which no statement has a word is read as the name that was meant."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from history.moments import moment
from statements.models import Actor, Speaker, SpeakerName, Statement
from statements.search import names
from statements.search.register_names import register_names
from tests.factories import ActorFactory, OfficeFactory, PartyFactory, SpeakerFactory

pytestmark = pytest.mark.django_db


def corrected(line: str) -> str | None:
    """A line as it is read now."""
    return names.corrected(line, moment())


def said(text: str, name: str, slug: str = "") -> Statement:
    """A statement by somebody of this name."""
    speaker: Speaker = SpeakerFactory(name=name, **({"slug": slug} if slug else {}))
    statement: Statement = PartyFactory(speaker=speaker, statement__text=text).statement
    return statement


@pytest.fixture
def spoken() -> None:
    """Two people who have said something, in two scripts, and a state."""
    said("We keep to the pact.", "Zoran Kvistović")
    speaker = Speaker.objects.get()
    SpeakerName.objects.create(speaker=speaker, text="Зоран Квистович", language="ru")
    said("Grain exports rose.", "Brina Oltanova")
    ActorFactory(code="RUR", name="Ruritania", kind=Actor.Kind.STATE)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("kvistovci", "Kvistović"),
        ("kvistovich", "Kvistović"),
        ("Квистовчи", "Квистович"),
        ("oltanva grain", "Oltanova grain"),
        ('"brina oltnaova"', '"brina Oltanova"'),
        ("kvistovci OR oltanva", "Kvistović OR Oltanova"),
        ("grain -kvistovci oltanva", "grain -kvistovci Oltanova"),
        ("kvistovci NOT grain", "Kvistović NOT grain"),
        ("grain NOT kvistovci oltanva kvistovci", "grain NOT kvistovci Oltanova Kvistović"),
        ("Oltanowa", "Oltanova"),
    ],
)
def test_a_misspelt_name_is_put_right(spoken: None, line: str, meant: str) -> None:
    assert corrected(line) == meant


@pytest.mark.parametrize(
    "line",
    [
        "kvistović",
        "grain",  # a word that statements have
        "grian",  # a word that is no name
        "kvis*",
        "-kvistovci",
        "ruritanya",  # near to a name, but of nobody who said anything
        "the",
        "1961",
        "…",
    ],
)
def test_other_words_are_left_alone(spoken: None, line: str) -> None:
    assert corrected(line) is None


def test_a_word_that_a_statement_has_is_right_however_near_a_name_is() -> None:
    said("The harbor is closed.", "Ada Harbar")

    assert corrected("harbor") is None
    assert corrected("harbur") == "Harbar"


def test_of_names_as_near_the_one_that_more_statements_have_is_taken() -> None:
    said("One.", "Ada Polvat")
    said("Two.", "Bea Pelvat")
    said("Three.", "Bea Pelvat", "another-pelvat")

    assert corrected("pulvat") == "Pelvat"


@pytest.mark.django_db(transaction=True)  # the register is read anew when others changed it
def test_a_name_that_was_corrected_or_withdrawn_is_no_longer_near(spoken: None) -> None:
    speaker = Speaker.objects.get(name="Brina Oltanova")
    assert corrected("oltanva") == "Oltanova"

    Speaker.objects.filter(pk=speaker.pk).update(name="Brina Zemlovic", family_name="")

    assert corrected("oltanva") is None
    assert corrected("zemlovci") == "Zemlovic"


@pytest.fixture
def transcribed() -> None:
    """People whose names are written syllable by syllable, who have said something; and one who
    has not."""
    for name, native, language in (
        ("Pyo Do-reum", "표도름", "ko"),
        ("Tsuchiro Fujishima", "藤島土郎", "ja"),
    ):
        said(f"{name} keeps to it.", name).parties.get()
        speaker = Speaker.objects.get(name=name)
        speaker.names.create(text=native, kind="native", language=language)
    silent = SpeakerFactory(name="Ku Nyong Sik")
    silent.names.create(text="구녕식", kind="native", language="ko")


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Пхё До Рым", "Pyo Do-reum"),
        ("grain Phyo To Rum -pact", "grain Pyo Do-reum -pact"),
        ("«Пхё Дорым»", "«Pyo Do-reum»"),
        ("Do-reum Pyo OR Фудзисима", "Pyo Do-reum OR Fujishima"),
        ("Фудзисима|oltanva", "Fujishima|oltanva"),
    ],
)
def test_a_whole_name_is_read_in_any_system(transcribed: None, line: str, meant: str) -> None:
    assert corrected(line) == meant


@pytest.mark.parametrize(
    "line",
    [
        "Pyo Do-reum",
        "-Фудзисима",
        "Пхё NOT До Рым",
        "Пхё -До Рым",
        "Пхё OR Рым",
        "Фудзисима*",
        "Ку Нёнсик",  # of nobody who said anything
    ],
)
def test_other_lines_are_no_whole_names(transcribed: None, line: str) -> None:
    assert corrected(line) is None


def test_a_line_names_speakers_in_any_spelling_also_who_said_nothing(
    spoken: None, transcribed: None
) -> None:
    called = register_names(moment()).speakers
    names = dict(Speaker.objects.values_list("pk", "name"))

    def who(line: str) -> list[str]:
        return [names[key] for key in called(line)]

    assert who("ov") == ["Brina Oltanova", "Zoran Kvistović"]
    assert who("do reum") == who("표도") == who("Пхё Дорым") == ["Pyo Do-reum"]
    assert who("Gu Nyeong-sik") == ["Ku Nyong Sik"]
    assert (
        who("kvistovic") == who("Kvistowitsch") == who("zoran kvistovci") == ["Zoran Kvistović"]
    )
    assert who("brina kvistovci") == who("grain") == who("…") == who("") == []


def test_a_name_is_shown_as_it_stands_in_the_register(spoken: None) -> None:
    said("We keep to it.", "Maro Zakhvarova")
    speaker = Speaker.objects.get(name="Maro Zakhvarova")
    for text, language in (("Maro Zachwarova", "de"), ("Маро Захварова", "ru")):
        SpeakerName.objects.create(speaker=speaker, text=text, language=language)

    assert corrected("Sachwarova") == "Zakhvarova"
    assert corrected("Zahvarowa") == "Zakhvarova"
    assert corrected("Захврова") == "Захварова"  # readers keep their script


def test_a_spelling_is_kept_that_more_statements_hold_than_the_registers_name() -> None:
    said("Maro Zachwarova spoke.", "Maro Zakhvarova")
    speaker = Speaker.objects.get()
    SpeakerName.objects.create(speaker=speaker, text="Maro Zachwarova", language="de")
    said("Again Zachwarova was heard.", "Ada Example")

    assert corrected("Zachwarowa") == "Zachwarova"


def test_titles_are_names_too() -> None:
    statement = said("We keep to it.", "Ada Example")
    party = statement.parties.get()
    party.office = OfficeFactory(speaker=party.speaker, title="Plenipotentiary")
    party.save()

    assert corrected("plenipotentiayr") == "Plenipotentiary"


def test_names_are_read_once_and_a_line_costs_a_few_look_ups(spoken: None) -> None:
    corrected("oltanva")

    with CaptureQueriesContext(connection) as queries:
        corrected("oltanva")

    assert not [query for query in queries if "statements_speakername" in query["sql"]]
