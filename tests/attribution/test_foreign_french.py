"""French: guillemets, inversion, «que» clauses, selon, channels."""

import pytest

from tests.attribution.invented import found, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "« Nous ne reconnaissons pas ce document », a déclaré la ministre Ada Example.",
            [("Ada Example", "« Nous ne reconnaissons pas ce document »")],
        ),
        (
            "« Nous verrons bien », répond l’ambassadeur de Ruritanie, Jean Modèle.",
            [("Jean Modèle", "« Nous verrons bien »")],
        ),
        (
            "Le ministre des Affaires étrangères de Ruritanie, Jean Modèle, a répondu : « Nous sommes prêts. »",
            [("Jean Modèle", "« Nous sommes prêts. »")],
        ),
        (
            "« Le traité nous inquiète, a souligné Jean Modèle. Nous saisirons le Conseil. »",
            [("Jean Modèle", "« Le traité nous inquiète / Nous saisirons le Conseil. »")],
        ),
        (
            "L’ambassadeur Jean Modèle a affirmé jeudi que le traité violait la Charte.",
            [("Jean Modèle", "le traité violait la Charte")],
        ),
        (
            "Jean Modèle a estimé que l’accord était dangereux et a ajouté que son pays restait vigilant.",
            [
                ("Jean Modèle", "l’accord était dangereux"),
                ("Jean Modèle", "son pays restait vigilant"),
            ],
        ),
        (
            "Selon l’ambassadeur Jean Modèle, les consultations se poursuivront en juillet.",
            [("Jean Modèle", "les consultations se poursuivront en juillet")],
        ),
        (
            "La visite est annulée, a indiqué le porte-parole Jean Modèle.",
            [("Jean Modèle", "La visite est annulée")],
        ),
        (
            "« Le traité est nul », a dit Jean Modèle. « Il contredit la Charte. »",
            [("Jean Modèle", "« Le traité est nul » / « Il contredit la Charte. »")],
        ),
        ("Jean Modèle : « Le traité est nul »", [("Jean Modèle", "« Le traité est nul »")]),
    ],
)
def test_who_says_what(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_later_mentions_and_pronouns() -> None:
    text = (
        "La ministre ruritaine des Affaires étrangères, Jeanne Modèle, a déclaré que le traité était nul.\n"
        "« Il contredit la Charte », a-t-elle ajouté. Selon elle, les négociations continuent.\n"
        "« Nous verrons », conclut Mme Modèle. La ministre a précisé que rien n’était signé."
    )

    assert [s.voices[0].name for s in found(text)] == ["Jeanne Modèle"] * 5


def test_the_land_and_the_office_come_from_the_title() -> None:
    (statement,) = found("« Nous attendons », a déclaré l’ambassadeur japonais Jean Modèle.")

    voice = statement.voices[0]
    assert (voice.country, voice.office) == ("JP", "Ambassador")


def test_a_medium_passes_the_words_on() -> None:
    (statement,) = found(
        "Le porte-parole Jean Modèle a affirmé que la visite était annulée, selon l’agence Tass."
    )

    assert (statement.voices[0].name, statement.via) == ("Jean Modèle", "Tass")


def test_what_was_not_said_is_marked() -> None:
    (statement,) = found("L’ambassadeur Jean Modèle n’a pas dit que les troupes partiraient.")

    assert statement.modality == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "Le traité « sur le partenariat global » a été signé en juin par les deux pays.",
        "Le restaurant « Le Palais » est fermé depuis le mois de mai pour des travaux.",
        "La réunion aura lieu jeudi dans la capitale, avec tous les ministres de la région.",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert found(text) == []
