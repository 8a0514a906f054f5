"""German: its marks, the verb before the subject, «dass» clauses, laut, so and zufolge."""

import pytest

from tests.attribution.invented import found, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "„Wir erkennen dieses Dokument nicht an“, sagte die Ministerin Ada Example.",
            [("Ada Example", "„Wir erkennen dieses Dokument nicht an“")],
        ),
        (
            "Außenminister Hans Muster antwortete: „Wir sind zum Dialog bereit.“",
            [("Hans Muster", "„Wir sind zum Dialog bereit.“")],
        ),
        (
            "»Das ist eine Provokation«, betonte der Botschafter Hans Muster.",
            [("Hans Muster", "»Das ist eine Provokation«")],
        ),
        (
            "Botschafter Hans Muster sagte am Dienstag, dass der Vertrag nichtig sei.",
            [("Hans Muster", "der Vertrag nichtig sei")],
        ),
        (
            "Am Dienstag sagte der Botschafter Hans Muster, dass der Vertrag nichtig sei.",
            [("Hans Muster", "der Vertrag nichtig sei")],
        ),
        (
            "Botschafter Hans Muster erklärte, der Vertrag sei mit der Charta nicht vereinbar.",
            [("Hans Muster", "der Vertrag sei mit der Charta nicht vereinbar")],
        ),
        (
            "„Das ist eine Provokation“, so der Botschafter Hans Muster.",
            [("Hans Muster", "„Das ist eine Provokation“")],
        ),
        (
            "„Der Vertrag ist nichtig“, sagte Botschafter Hans Muster. „Er widerspricht der Charta.“",
            [("Hans Muster", "„Der Vertrag ist nichtig“ / „Er widerspricht der Charta.“")],
        ),
    ],
)
def test_who_says_what(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_later_mentions_and_pronouns() -> None:
    text = (
        "Die japanische Außenministerin Hanna Muster sagte, dass der Vertrag nichtig sei.\n"
        "„Er widerspricht der Charta“, fügte sie hinzu. Laut Muster gehen die Beratungen weiter.\n"
        "„Wir warten ab“, sagte Muster."
    )

    assert [s.voices[0].name for s in found(text)] == ["Hanna Muster"] * 4
    assert {s.voices[0].country for s in found(text)} == {"JP"}


def test_what_was_not_said_is_marked() -> None:
    (statement,) = found("Botschafter Hans Muster sagte nicht, dass die Truppen abziehen.")

    assert statement.modality == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "Der Vertrag „über umfassende Partnerschaft“ wurde im Juni von den Ländern unterzeichnet.",
        "Das Gasthaus „Zum Palast“ ist seit dem Mai wegen der Bauarbeiten geschlossen.",
        "Die Sitzung findet am Donnerstag in der Hauptstadt mit allen Ministern statt.",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert found(text) == []
