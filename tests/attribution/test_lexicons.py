"""The tables of the attribution agree with each other and with the register."""

from statements.attribution.bodies import BODIES
from statements.attribution.offices import OFFICES
from statements.attribution.register import read_register
from statements.attribution.words import TITLES

TERRITORIES = {"HK", "MO", "GL", "PR", "GI", "BM", "EH"}
ORGANISATIONS = {
    "AU", "IMF", "WHO", "OIC", "INTERPOL", "WB", "WTO", "OPEC", "OECD", "ECOWAS", "LAS", "GCC",
    "OAS", "MERCOSUR", "CW", "OPCW",
}  # fmt: skip


def test_every_code_is_of_the_register_or_a_known_addition() -> None:
    known = {actor.code for actor in read_register().actors} | TERRITORIES | ORGANISATIONS

    assert {code for body in BODIES for code in body.codes} <= known
    offices = [code for office in OFFICES.values() for code in (*office.codes, *office.without)]
    assert set(offices) <= known


def test_every_office_names_a_title_that_is_there() -> None:
    titles = {row["id"] for row in TITLES}

    assert {office.title for office in OFFICES.values() if office.title} <= titles


def test_no_name_stands_twice() -> None:
    names = [name for body in BODIES for name in (*body.names, *body.adjectives)]

    assert len(names) == len(set(names))
