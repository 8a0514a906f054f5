"""Who speaks, in which office and for whom, in short invented reports."""

from datetime import date

import pytest

from statements.attribution import Attribution, Voice, attribute
from statements.attribution.register import (
    Register,
    RegisterActor,
    RegisterOffice,
    RegisterSpeaker,
)
from tests.attribution.test_statements import found

HOME = "Ruritania held its harbour fair on Monday.\n"


def last(text: str) -> Attribution:
    return found(text)[-1]


def voice(text: str) -> Voice:
    """The only voice of the last statement."""
    (one,) = last(text).voices
    return one


def who(text: str) -> tuple[str, str, str]:
    one = voice(text)
    return one.name, one.office, one.country


# --------------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("speaker", "name", "office", "country"),
    [
        ("Ruritanian Foreign Minister Bo Sample", "Bo Sample", "Foreign Minister", "RR"),
        ("Ruritania's minister of foreign affairs, Bo Sample,", "Bo Sample", "Foreign Minister", "RR"),
        ("Bo Sample, the foreign minister of Ruritania,", "Bo Sample", "Foreign Minister", "RR"),
        ("Foreign Minister Bo Sample of Ruritania", "Bo Sample", "Foreign Minister", "RR"),
        ("Chief Cabinet Secretary of Ruritania Bo Sample", "Bo Sample", "Chief Cabinet Secretary", "RR"),
        ("Bo Sample, who took over as Ruritania's finance minister in May,", "Bo Sample", "Finance Minister", "RR"),
        ("Deputy Prime Minister for Trade of Ruritania Bo Sample", "Bo Sample", "Deputy Prime Minister for Trade", "RR"),
        ("Ruritania's ambassador to Graustark, Bo Sample,", "Bo Sample", "Ambassador to Graustark", "RR"),
        ("Ruritania's ambassador to Edelweiss, Bo Sample,", "Bo Sample", "Ambassador to Graustark", "RR"),
        ("Ruritanian defense minister Bo Sample", "Bo Sample", "Defence Minister", "RR"),
        ("the senior Ruritanian archbishop Bo Sample", "Bo Sample", "Archbishop", "RR"),
        ("Ruritanian Foreign Minister Prince Bo bin Cy al-Muster", "Bo bin Cy al-Muster", "Foreign Minister", "RR"),
        ("Ruritanian President Bo Sample's spokesman, Cy Instance,", "Cy Instance", "Spokesman", "RR"),
        ("UN chairperson President Bo Sample of Ruritania", "Bo Sample", "President", "RR"),
        ("Ruritanian leader Bo Sample of the Harbour Party", "Bo Sample", "Leader of Harbour Party", "RR"),
        ("Bo Sample, Minister for Europe and Foreign Affairs of Ruritania,", "Bo Sample", "Minister for Europe and Foreign Affairs", "RR"),
        ("The spokesperson of Ruritania's Foreign Ministry, Bo Sample,", "Bo Sample", "Spokesperson of Foreign Ministry", "RR"),
        ("The mayor of Strelsau, Bo Sample,", "Bo Sample", "Mayor of Strelsau", "RR"),
        ("Secretary of State Bo Sample of Ruritania", "Bo Sample", "Secretary of State", "RR"),
        ("WHO Director-General Bo Sample", "Bo Sample", "WHO Director-General", "WHO"),
        ("Sen. Bo Sample (R-Texas)", "Bo Sample", "Senator", ""),
        ("Bo Sample of the army's Eastern Command", "Bo Sample", "Eastern Command", ""),
        ("Foreign Ministry spokesman Bo Sample of Ruritania", "Bo Sample", "Foreign Ministry spokesman", "RR"),
    ],
)  # fmt: skip
def test_titles_are_taken_apart(speaker: str, name: str, office: str, country: str) -> None:
    assert who(f"{speaker[:1].upper()}{speaker[1:]} said the harbour was open.") == (
        name,
        office,
        country,
    )


def test_the_printed_title_is_kept_beside_its_normal_form() -> None:
    one = voice(
        "Bo Sample, Ruritania's minister of foreign affairs, said the harbour was open."
    )

    assert (one.office, one.office_printed) == (
        "Foreign Minister",
        "minister of foreign affairs",
    )


@pytest.mark.parametrize(
    ("title", "tense", "office"),
    [
        ("former", "former", "Ambassador to Graustark"),
        ("acting", "acting", "Ambassador to Graustark"),
        ("then", "former", "Ambassador to Graustark"),
    ],
)
def test_former_and_acting_are_no_part_of_the_office(
    title: str, tense: str, office: str
) -> None:
    one = voice(
        f"Bo Sample, a {title} Ruritanian ambassador to Graustark, said the harbour was open."
    )

    assert (one.office, one.office_tense, one.country) == (office, tense, "RR")
    assert f"{tense} {office}" in one.reason
    assert (one.actor_id is None) == (tense == "former")


# --------------------------------------------------------------------- states from elsewhere


def test_the_first_full_mention_decides_for_the_family_name() -> None:
    text = (
        "Bo Sample, the finance minister of Graustark, met Ruritanian Envoy Cy Instance.\n"
        "Sample said the harbour was open."
    )

    assert who(text) == ("Bo Sample", "Finance Minister", "GK")


def test_a_later_mention_may_say_more_of_the_same_office() -> None:
    text = HOME + (
        "Minister Bo Sample was late. Bo Sample, the finance minister, said the harbour was open."
    )

    assert who(text) == ("Bo Sample", "Finance Minister", "RR")


def test_a_title_without_a_state_is_of_the_state_of_the_article() -> None:
    one = voice(HOME + "Interior Minister Bo Sample said the harbour was open.")

    assert (one.country, one.actor_id) == ("RR", "ruritania")
    assert "state of the article" in one.reason


@pytest.mark.parametrize(
    ("speaker", "office"),
    [
        ("Police", "Police"),
        ("The government", "Government"),
        ("The coast guard", "Coast guard"),
    ],
)
def test_bodies_without_a_state_are_of_the_state_of_the_article(
    speaker: str, office: str
) -> None:
    one = voice(HOME + f"{speaker} said the harbour was open.")

    assert (one.office, one.country) == (office, "RR")
    assert "state of the article" in one.reason


def test_people_of_no_office_get_no_state_from_the_article() -> None:
    assert who(HOME + "Professor Bo Sample said the harbour was open.")[2] == ""
    assert (
        who(HOME + "Bo Sample, the president of the Harbour Bank, said it was open.")[2] == ""
    )


def test_what_only_the_subject_tells_links_no_state_to_a_president() -> None:
    one = voice(HOME + "Vice President Bo Sample said the harbour was open.")

    assert (one.country, one.actor_id) == ("RR", None)


def test_residents_are_of_the_place_and_hold_no_office() -> None:
    one = voice(HOME + "Residents said the harbour was open.")

    assert (one.office, one.country, one.actor_id) == ("", "RR", None)


def test_a_national_is_of_the_state() -> None:
    text = "Bo Sample is a Graustarkian national living in Strelsau.\nSample said it was open."

    assert who(text)[2] == "GK"


def test_officials_are_those_named_with_their_state() -> None:
    text = (
        "Graustark and Graustarkian towns were flooded. Ruritanian officials came by train.\n"
        "Officials said the harbour was open."
    )
    one = voice(text)

    assert (one.name, one.country) == ("Ruritanian officials", "RR")
    assert one.reason == "the Ruritanian officials named before"


def test_an_unnamed_official_speaks_for_the_state() -> None:
    assert who("A senior Ruritanian official said the harbour was open.") == (
        "senior Ruritanian official",
        "Official",
        "RR",
    )


def test_a_state_is_a_government_and_its_body_is_itself() -> None:
    assert who("Ruritania said the harbour was open.")[1] == "Government"
    assert who("Strelsau said the harbour was open.")[1:] == ("Government", "RR")
    assert who("Ruritania's foreign ministry said it was open.")[1] == "Foreign ministry"
    assert who("The Ruritanian military said the harbour was open.")[1] == "Military"


def test_a_paper_named_after_a_capital_is_no_government() -> None:
    assert who("The Strelsau Times said the harbour was open.")[1:] == ("", "")


# --------------------------------------------------------------------- who is meant


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Mrs Sample said it was open.", "Fay Sample"),
        ("Mr Sample said it was open.", "Bo Sample"),
        ("Minister Sample said it was open.", "Bo Sample"),
        ("Fay Sample was pleased. Sample said it was open.", "Fay Sample"),
        ("Bo Sample was pleased. Sample said it was open.", "Bo Sample"),
    ],
)
def test_of_two_with_one_name_title_gender_or_the_last_decides(said: str, name: str) -> None:
    text = "Minister Bo Sample met Mr Bo Sample's cousin. Mrs Fay Sample, a baker, came too.\n"

    assert voice(text + said).name == name


def test_namesakes_are_never_sure() -> None:
    text = "Minister Bo Sample met Mayor Fay Sample.\nSample said the harbour was open."

    assert last(text).confidence == "likely"
    assert "one of 2 of this name" in voice(text).reason


@pytest.mark.parametrize("spelling", ["Muster", "Mustre", "Mustar"])
def test_one_letter_may_be_spelled_in_two_ways(spelling: str) -> None:
    text = f"Envoy Bo Mustér of Ruritania came.\n{spelling} said the harbour was open."
    one = voice(text)

    assert one.name == ("Bo Mustér" if spelling != "Mustre" else "Mustre")


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Kim Bo-ki", "Kim"),
        ("Bo-ki Kim", "Kim"),
        ("Wang Musterli", "Wang"),
        ("Nguyen Van Muster", "Muster"),
        ("Bo Sample Muster", "Sample Muster"),
        ("Bo Sergeyevich Musterov", "Musterov"),
        ("Bo al-Muster", "al-Muster"),
        ("Bo de la Muster", "De la Muster"),
        ("Musterino", "Musterino"),
    ],
)
def test_the_order_of_names_does_not_matter(full: str, short: str) -> None:
    text = f"Ruritanian envoy {full} arrived on Monday.\n{short} said the harbour was open."

    assert voice(text).name == full


def test_two_with_one_family_name_in_front_are_two() -> None:
    text = "Envoy Kim Bo-ki and Mayor Kim Fay-mi came.\nKim said the harbour was open."

    assert "one of 2 of this name" in voice(text).reason


def test_who_backs_a_speaker_does_not_speak() -> None:
    text = "Bo Sample, backed by Cy Instance, said the harbour was open."

    assert voice(text).name == "Bo Sample"


def test_two_who_speak_together_are_two_voices() -> None:
    statement = last(
        "Ruritanian President Bo Sample and Graustarkian Chancellor Cy Instance said it was open."
    )

    assert [(v.name, v.office, v.country) for v in statement.voices] == [
        ("Bo Sample", "President", "RR"),
        ("Cy Instance", "Chancellor", "GK"),
    ]


def test_a_pronoun_of_the_first_sentence_may_look_ahead() -> None:
    statement = last("Before he said the harbour was open, Bo Sample wept.")

    assert [v.name for v in statement.voices] == ["Bo Sample"]
    assert statement.confidence == "likely"


def test_his_counterpart_has_the_same_office_for_another_state() -> None:
    text = (
        "Ruritanian Foreign Minister Bo Sample came, but his Graustarkian counterpart "
        "Cy Instance said the harbour was closed."
    )

    assert who(text) == ("Cy Instance", "Foreign Minister", "GK")


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        ("Former President Bill Sample", "Bill Sample"),
        ("Envoy Fay May", "Fay May"),
        ("Mr Sample's former campaign manager, Cy Instance,", "Cy Instance"),
        ("Former Ada B. Muster speechwriter Cy Instance", "Cy Instance"),
        ("Harbour Business moderator Cy Instance", "Cy Instance"),
        ("Mayor of Hentzau Cy Instance", "Cy Instance"),
    ],
)
def test_names_are_told_from_the_words_around_them(speaker: str, name: str) -> None:
    assert voice(f"{speaker} said the harbour was open.").name == name


def test_a_spokesman_for_somebody_is_not_somebody() -> None:
    text = "A spokesman for President Bo Sample of Ruritania said the harbour was open."

    assert voice(text).name.startswith("spokesman for")


def test_an_envoy_speaks_for_the_state_of_whose_he_is() -> None:
    text = (
        "Graustark and Edelweiss waited. Ruritanian President Bo Sample wrote.\n"
        "Cy Instance, Sample's special envoy, said the harbour was open."
    )

    assert who(text) == ("Cy Instance", "Special Envoy", "RR")


def test_a_headline_names_the_office_and_the_text_who_holds_it() -> None:
    text = (
        "Ruritanian leader says harbour is open\n"
        "President Bo Sample of Ruritania spoke on Monday.\n"
    )

    assert [v.name for v in found(text)[0].voices] == ["Bo Sample"]


def test_verbs_of_a_headline_are_no_part_of_a_name() -> None:
    text = "Bo Sample Hammers Harbour Pilots After Storm\nSample said the harbour was closed."

    assert voice(text).name == "Bo Sample"


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        ("The Association of Harbour Pilots", "Association of Harbour Pilots"),
        ("The International Harbour Fund", "International Harbour Fund"),
        ("The embassy", "embassy"),
        ("Mr King", "King"),
    ],
)
def test_bodies_are_no_people_and_kings_are(speaker: str, name: str) -> None:
    assert voice(f"{speaker} said the harbour was open.").name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ruritania's foreign ministry issued a note on Thursday. “It is open,” the statement read.", "Ruritania's foreign ministry"),
        ("The court's summary said the harbour was open.", "court"),
        ("According to a statement released by Ruritania's ministry, the harbour was open.", "Ruritania's ministry"),
        ("The Harbour Agency wrote on Monday.\nThe agency said it was open.", "Harbour Agency"),
    ],
)  # fmt: skip
def test_papers_and_bodies_are_taken_up_again(text: str, name: str) -> None:
    assert voice(text).name == name


def test_speaking_to_a_paper_is_not_being_it() -> None:
    text = (
        "Speaking to Harbour Press, the president of the Graustarkian League, Bo Sample, "
        "said it was open."
    )

    assert voice(text).name == "Bo Sample"


# --------------------------------------------------------------------- against the register


def test_a_wrong_state_is_a_warning_and_the_words_stay() -> None:
    statement = last("Graustarkian Foreign Minister Ada Example said the harbour was open.")
    (one,) = statement.voices

    assert (one.speaker_id, one.country) == ("ada-example", "RR")
    assert one.office_printed == "Foreign Minister"
    assert statement.warnings == (
        "printed as Foreign Minister of Graustark; the register has Ada Example for Ruritania",
    )


def test_a_wrong_office_is_a_warning() -> None:
    statement = last("Ruritanian Defence Minister Ada Example said the harbour was open.")

    assert statement.voices[0].office == "Defence Minister"
    assert statement.warnings == (
        "printed as Defence Minister; the register has Ada Example as Foreign Minister",
    )


def test_one_called_former_while_in_office_is_a_warning() -> None:
    statement = last("Former Ruritanian foreign minister Ada Example said it was open.")

    assert statement.warnings == (
        "printed as former Foreign Minister; the register has it held",
    )


def test_a_he_that_is_a_woman_stays_the_woman() -> None:
    text = "Ruritanian Foreign Minister Ada Example spoke. He said the harbour was open."
    one = voice(text)

    assert one.speaker_id == "ada-example"
    assert "another gender" in one.reason


def test_one_office_of_two_names_is_no_conflict() -> None:
    office = RegisterOffice("o", "Secretary of Defense", "secretary-of-defense", "us")
    register = Register(
        actors=(RegisterActor("us", "state", "US", "United States", names=("United States",)),),
        speakers=(
            RegisterSpeaker("ada", "Ada Example", offices=(office,), names=("Ada Example",)),
        ),
    )
    text = "United States Defence Secretary Ada Example said the harbour was open."

    (statement,) = attribute(text, register=register)

    assert statement.voices[0].speaker_id == "ada"
    assert statement.warnings == ()


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2024, 6, 20), "Ada Example"), (date(2025, 6, 20), "Ruritanian president")],
)
def test_an_office_of_the_register_names_whom_the_article_has_named(
    day: date, name: str
) -> None:
    office = RegisterOffice(
        "o", "President", "president", "rur", start=date(2020, 1, 1), end=date(2024, 12, 31)
    )
    ruritania = RegisterActor(
        "rur", "state", "RR", "Ruritania", names=("Ruritania",), adjectives=("Ruritanian",)
    )
    speaker = RegisterSpeaker("ada", "Ada Example", offices=(office,), names=("Ada Example",))
    text = "Ada Example signed the pact.\nThe Ruritanian president said the pact was new."

    (statement,) = attribute(
        text, register=Register(actors=(ruritania,), speakers=(speaker,)), published_on=day
    )

    assert statement.voices[0].name == name
