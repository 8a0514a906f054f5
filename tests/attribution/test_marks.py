"""Which passages stand between marks, whatever kind the marks are of."""

import pytest

from statements.attribution.marks import find_quotes, uses_single_marks


def quoted(text: str) -> list[str]:
    """The passages without their marks; one that never closes ends with «…»."""
    quotes = find_quotes(text, 0, len(text), single=uses_single_marks(text))
    return [text[q.inner_start : q.inner_end] + ("…" if q.open_ended else "") for q in quotes]


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("“We stay,\" said Ada Example. \"We wait.”", ["We stay,", "We wait."]),
        ("''We stay,'' she said. ''We wait.''", ["We stay,", "We wait."]),
        ("``We stay,'' she said.", ["We stay,"]),
        ("''Since the '90s we wait,'' she said.", ["Since the '90s we wait,"]),
        ("'''Long Table,''' he said. ''It's 'The Table' again.''", ["'Long Table,'", "It's 'The Table' again."]),
        ("“So do the envoys!“ she said.", ["So do the envoys!"]),
        ("”So do the envoys!” she said.", ["So do the envoys!"]),
        ("„Wir bleiben“, sagte sie.", ["Wir bleiben"]),
        ("“We stay. “ Then she left.", ["We stay. "]),
        ("“We stay”, she said. “We wait”.", ["We stay", "We wait"]),
        ("\"We stay\" she said \"and wait.\"", ["We stay", "and wait."]),
        ("She said\" We stay,\" and left.", [" We stay,"]),
        ("She said:\"We stay\".", ["We stay"]),
        ("“They [the envoys] stay (“for now”),” she said.", ["They [the envoys] stay (“for now”),"]),
        ("\"It is \"fine\" now,\" she said.", ["It is \"fine\" now,"]),
        ("“She told me, ‘No,’ and I left,” he said.", ["She told me, ‘No,’ and I left,"]),
        ("The 6'2\" envoy said \"no\" to the 5'9\" one.", ["no"]),
        ("(“We stay,” she said.)", ["We stay,"]),
        ("« Nous restons », a-t-elle dit.", [" Nous restons "]),
    ],
)  # fmt: skip
def test_a_mark_closes_what_another_kind_opened(text: str, passages: list[str]) -> None:
    assert quoted(text) == passages


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("“We stay, she said. “We wait.”", ["We wait."]),
        ("“I said “no” and left. It was late.", ["I said “no” and left. It was late.…"]),
        ("“We stay. We wait.’ She had come by “Night Ferry.”", ["We stay. We wait.", "Night Ferry."]),
        ("“We stay. We wait.", ["We stay. We wait.…"]),
        ("We stay,” she said. “We wait.”", ["We wait."]),
    ],
)  # fmt: skip
def test_a_mark_without_its_partner_spoils_nothing_else(text: str, passages: list[str]) -> None:
    assert quoted(text) == passages


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        (
            "'The envoys' note is long,' she said, 'isn't it, as in the '90s?'",
            ["The envoys' note is long,", "isn't it, as in the '90s?"],
        ),
        (
            "‘The envoys’ note is rather long,’ she said. ‘He called it “brief”.’",
            ["The envoys’ note is rather long,", "He called it “brief”."],
        ),
        ("The envoys' note isn't Ada's, she said in the '90s.", []),
    ],
)
def test_single_marks_quote_where_they_are_the_texts_own(
    text: str, passages: list[str]
) -> None:
    assert quoted(text) == passages


def test_a_quotation_left_open_may_close_without_opening_again() -> None:
    text = "It is long,” she said. “We wait.”"

    quotes = find_quotes(text, 0, len(text), begun=True)

    assert [text[q.inner_start : q.inner_end] for q in quotes] == ["It is long,", "We wait."]


def test_thousands_of_marks_are_read_in_one_pass() -> None:
    for marks in ("“", '"', "“ ", "“a”", '"a ', "'' ", "«", "“a “b” "):
        text = marks * 20_000
        assert all(0 <= q.start < q.end <= len(text) for q in find_quotes(text, 0, len(text)))
