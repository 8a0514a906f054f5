"""What a line seems to say and does not is told, and nothing else is."""

import pytest

from statements.search.advice import advice
from statements.search.qualifiers import split
from statements.search.words import parse


def told(line: str) -> tuple[str, ...]:
    words = split(line).words
    return advice(words, parse(words))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("(fog OR rain) drum", "read as «fog», or «rain» and «drum»."),
        ("（fog | rain) drum*", "read as «fog», or «rain» and «drum*»."),
        ("fog -(rain drum)", "read as «fog» and «drum» and not «rain»."),
        ("fog NOT (rain drum)", "read as «fog» and «drum» and not «rain»."),
        ("fog OR actor:KOR", "OR stands between words, and here it was left out"),
        ("actor:KOR or fog rain", "OR stands between words, and here it was left out"),
        ("fog OR actor:KOR rain", "OR stands between words, and here it was left out"),
        ("fog|", "OR stands between words, and here it was left out"),
        ("| fog", "OR stands between words, and here it was left out"),
        ("*rosperity", "«*rosperity» was searched as «rosperity»."),
        ("pro*ity", "«pro*ity» was searched as «pro ity»."),
        ("-", "There is no word in what was typed, so it narrows nothing."),
        ("%* []", "There is no word in what was typed"),
        ("\ufffd", "There is no word in what was typed"),
        ('-"war* games"', "«war* games» was searched as «war games»."),
    ],
)
def test_what_was_made_of_a_line_is_told(line: str, sentence: str) -> None:
    (one,) = told(line)

    assert sentence in one


@pytest.mark.parametrize(
    "line",
    ["", "fog OR rain", "fog (rain)", '"(fog OR rain)" OR drum', "prosper*", '"war gam*"',
     "首脳*", "fog or", "fog NOT rain", "fog AND rain", "fog actor:KOR", "* fog", "f(x) drum"],
)  # fmt: skip
def test_what_is_understood_is_not_explained(line: str) -> None:
    assert told(line) == ()
