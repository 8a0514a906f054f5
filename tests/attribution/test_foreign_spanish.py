"""Spanish: both kinds of marks, dashes, «que» clauses, según, silent subjects, channels."""

import pytest

from tests.attribution.invented import found, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "«No reconocemos este documento», afirmó la ministra Ada Example.",
            [("Ada Example", "«No reconocemos este documento»")],
        ),
        (
            '"Nos preocupa el tratado", dijo el embajador de Ruritania, Juan Modelo.',
            [("Juan Modelo", '"Nos preocupa el tratado"')],
        ),
        (
            "El ministro de Exteriores de Ruritania, Juan Modelo, respondió: «Estamos dispuestos».",
            [("Juan Modelo", "«Estamos dispuestos»")],
        ),
        (
            "—Es una provocación —dijo el embajador Juan Modelo—. Responderemos pronto.",
            [("Juan Modelo", "Es una provocación / Responderemos pronto")],
        ),
        (
            "«El acuerdo, señaló Juan Modelo, es nulo y no tiene valor».",
            [("Juan Modelo", "«El acuerdo / es nulo y no tiene valor»")],
        ),
        (
            "El embajador Juan Modelo dijo este martes que el tratado viola la Carta.",
            [("Juan Modelo", "el tratado viola la Carta")],
        ),
        (
            "Juan Modelo dijo que está preocupado y añadió que seguirá atento a todo.",
            [("Juan Modelo", "está preocupado"), ("Juan Modelo", "seguirá atento a todo")],
        ),
        (
            "Según el embajador Juan Modelo, las consultas seguirán en julio.",
            [("Juan Modelo", "las consultas seguirán en julio")],
        ),
        (
            "La visita fue cancelada por la lluvia, informó el portavoz Juan Modelo.",
            [("Juan Modelo", "La visita fue cancelada por la lluvia")],
        ),
        (
            "Ayer dijo el embajador Juan Modelo que el tratado es nulo y vacío.",
            [("Juan Modelo", "el tratado es nulo y vacío")],
        ),
        (
            "El tratado, añadió Juan Modelo, es nulo y no tiene valor alguno.",
            [("Juan Modelo", "El tratado / es nulo y no tiene valor alguno")],
        ),
        (
            "Un alto funcionario confirmó que la visita fue cancelada.",
            [("alto funcionario", "la visita fue cancelada")],
        ),
    ],
)
def test_who_says_what(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_later_mentions_and_verbs_without_a_subject() -> None:
    text = (
        "La ministra de Exteriores de Ruritania, Juana Modelo, declaró que el tratado es nulo.\n"
        "«Contradice la Carta», añadió. Según Modelo, las consultas siguen abiertas.\n"
        "La ministra recordó que no hay nada firmado. Asimismo, indicó que espera una respuesta."
    )

    assert [s.voices[0].name for s in found(text)] == ["Juana Modelo"] * 5


def test_the_land_and_the_office_come_from_the_title() -> None:
    (statement,) = found(
        "«Esperamos una respuesta», dijo el embajador estadounidense Juan Modelo."
    )

    voice = statement.voices[0]
    assert (voice.country, voice.office) == ("US", "Ambassador")


def test_a_medium_passes_the_words_on() -> None:
    (statement,) = found(
        "El portavoz Juan Modelo aseguró que la visita fue cancelada, según la agencia EFE."
    )

    assert (statement.voices[0].name, statement.via) == ("Juan Modelo", "EFE")


def test_what_was_not_said_is_marked() -> None:
    (statement,) = found("El embajador Juan Modelo no dijo que las tropas se retirarían.")

    assert statement.modality == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "El tratado «sobre asociación integral» se firmó en junio en la capital.",
        "El restaurante «El Palacio» cerró en mayo por obras en la calle.",
        "La reunión será el jueves en la capital, con todos los ministros de la región.",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert found(text) == []
