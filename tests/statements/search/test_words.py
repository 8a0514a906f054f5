"""What readers type is understood as PostgreSQL's web search does, and nothing breaks it."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statements.search.chunks import MARKS
from statements.search.words import Branch, Token, TooComplex, parse


def token(text: str, anywhere: bool = False, prefix: bool = False) -> Token:
    return Token(text, anywhere, prefix)


@pytest.mark.parametrize(
    ("line", "branches"),
    [
        ("", ()),
        ("  \n", ()),
        ("!? - -- «»", ()),
        ("treaty", (Branch((token("treaty"),)),)),
        ("treaty pact", (Branch((token("treaty"), token("pact"))),)),
        ('"mutual treaty"', (Branch((token("mutual treaty"),)),)),
        ("“mutual treaty”", (Branch((token("mutual treaty"),)),)),
        ("„mutual treaty“ «war games»", (Branch((token("mutual treaty"), token("war games"))),)),
        ('"mutual treaty', (Branch((token("mutual treaty"),)),)),
        ("treaty -war", (Branch((token("treaty"),), (token("war"),)),)),
        ('treaty -"war games"', (Branch((token("treaty"),), (token("war games"),)),)),
        ("-war", (Branch((), (token("war"),)),)),
        ("Kim - Putin", (Branch((token("Kim"), token("Putin"))),)),
        ("Jong-un", (Branch((token("Jong-un"),)),)),
        ("a b OR c", (Branch((token("a"), token("b"))), Branch((token("c"),)))),
        ("a or -b", (Branch((token("a"),)), Branch((), (token("b"),)))),
        ("or a", (Branch((token("or"), token("a"))),)),
        ("a or", (Branch((token("a"), token("or"))),)),
        ("a or or b", (Branch((token("a"),)), Branch((token("or"), token("b"))))),
        ('"or" a', (Branch((token("or"), token("a"))),)),
        ("a or ?", (Branch((token("a"),)),)),
        ("a NOT b", (Branch((token("a"),), (token("b"),)),)),
        ('a NOT "b c" d', (Branch((token("a"), token("d")), (token("b c"),)),)),
        ("a OR NOT tre*", (Branch((token("a"),)), Branch((), (token("tre", prefix=True),)))),
        ("a not b", (Branch((token("a"), token("not"), token("b"))),)),
        ("a NOT", (Branch((token("a"), token("NOT"))),)),
        ('a "NOT" b', (Branch((token("a"), token("NOT"), token("b"))),)),
        ("a NOT OR b", (Branch((token("a"), token("NOT"))), Branch((token("b"),)))),
        ("a AND b", (Branch((token("a"), token("b"))),)),
        ("a and b", (Branch((token("a"), token("and"), token("b"))),)),
        ("a | b || c", (Branch((token("a"),)), Branch((token("b"),)), Branch((token("c"),)))),
        ("a|tre*", (Branch((token("a"),)), Branch((token("tre", prefix=True),)))),
        ('-a|||"b|c"', (Branch((), (token("a"),)), Branch((token("b|c"),)))),
        ("|a| ?|", (Branch((token("a"),)),)),
        ("OR a", (Branch((token("a"),)),)),
        ("a OR", (Branch((token("a"),)),)),
        ("AND OR |", ()),
        ("treat*", (Branch((token("treat", prefix=True),)),)),
        ("-treat*", (Branch((), (token("treat", prefix=True),)),)),
        ('"mutual treat*"', (Branch((token("mutual treat", prefix=True),)),)),
        ("tre*ty", (Branch((token("tre*ty"),)),)),
        ("首脳会談", (Branch((token("首脳会談", anywhere=True),)),)),
        ("首脳*", (Branch((token("首脳*", anywhere=True),)),)),
        ("ｶﾞｽ", (Branch((token("ｶﾞｽ", anywhere=True),)),)),
        ("\u1112\u1161\u11ab*", (Branch((token("\u1112\u1161\u11ab*", anywhere=True),)),)),
        ('"首脳会談"', (Branch((token("首脳会談"),)),)),
        ("조약", (Branch((token("조약", anywhere=True),)),)),
        ("договор", (Branch((token("договор"),)),)),
        ('"one"two', (Branch((token("one"), token("two"))),)),
        ("nul\x00byte \ud800", (Branch((token("nul"), token("byte"))),)),
    ],
)  # fmt: skip
def test_a_line_is_understood(line: str, branches: tuple[Branch, ...]) -> None:
    assert parse(line) == branches


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("a" * 201, "Use at most 200 characters."),
        ("war " * 17, "Use at most 16 words."),
        ("-a -b OR -c -d -e", "Exclude at most 4 words."),
        ("tr*", "Write at least 3 characters before the star in “tr*”."),
        ("jong-u*", "Write at least 3 characters before the star in “jong-u*”."),
    ],
)
def test_too_much_is_said_in_a_sentence(line: str, sentence: str) -> None:
    with pytest.raises(TooComplex) as refused:
        parse(line)

    assert str(refused.value) == sentence


def test_what_is_just_allowed_is_understood() -> None:
    assert len(parse("war " * 16)[0].wanted) == 16
    assert len(parse("-a -b OR -c -d")) == 2
    assert parse("w" * 200)


PIECES = st.sampled_from(
    [
        *MARKS,
        " ",
        "-",
        "*",
        "or",
        "OR",
        "NOT",
        "AND",
        "|",
        "\\",
        "a",
        "tre",
        "首脳",
        "й",
        "\x00",
    ]
)


# The first text waits for the tables of all characters.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=60).map("".join))
def test_nothing_else_is_ever_raised(line: str) -> None:
    with contextlib.suppress(TooComplex):
        for branch in parse(line):
            assert branch.wanted or branch.unwanted
            for each in (*branch.wanted, *branch.unwanted):
                assert each.text.encode()
                assert "\x00" not in each.text
