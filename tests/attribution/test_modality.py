"""What was not said, or may not have been said, is marked and never reported as said."""

import pytest

from statements.attribution import attribute


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Ada Example did not say that the treaty was void.", "denied"),
        ("Nobody in Ruritania said that the treaty was void.", "denied"),
        ("No minister said that the treaty was void.", "denied"),
        ("None of the ministers said that the treaty was void.", "denied"),
        ("Neither Ada Example nor Bob Muster said that the treaty was void.", "denied"),
        ("Nor did Ada Example say that the treaty was void.", "denied"),
        ("It was not Ada Example who said that the treaty was void.", "denied"),
        ("Ada Example denied saying that the treaty was void.", "denied"),
        ("Ada Example denied telling reporters that the treaty was void.", "denied"),
        ("Ada Example denied that she had said the treaty was void.", "denied"),
        ("Ada Example may say that the treaty is void.", "future"),
        ("If Ada Example says that the treaty is void, she will leave.", "open"),
        ("It is unclear whether Ada Example said that the treaty was void.", "open"),
        ("There is no evidence that Ada Example said the treaty was void.", "open"),
        ("It is not true that Ada Example said the treaty was void.", "open"),
        ("Had Ada Example said that the treaty was void, war would follow.", "open"),
        ("Did Ada Example say that the treaty was void?", "open"),
        ("Ada Example allegedly said that the treaty was void.", "open"),
        ("Not only did Ada Example say that the treaty was void, she left.", ""),
        ("It is true that Ada Example said the treaty was void.", ""),
        ("Even if it rains, Ada Example said the talks would go on.", ""),
        ("Ada Example denied that Ruritania had shipped shells.", ""),
        ("Ada Example denied that she was told of the treaty.", ""),
        ("“Nobody wants a treaty,” Ada Example said.", ""),
    ],
)
def test_modality_is_marked(text: str, modality: str) -> None:
    (statement,) = attribute(text)

    assert statement.modality == modality
    assert not modality or statement.confidence == "doubtful"


@pytest.mark.parametrize(
    "text",
    [
        "The North Atlantic Treaty says that an attack on one is an attack on all.",
        "“The parties shall help each other,” the Mutual Defence Treaty says.",
        "According to the Strategic Partnership Treaty, an attack on one is an attack on all.",
        "Resolution 9999 says that “all states shall prevent the supply of arms.”",
    ],
)
def test_the_text_of_a_treaty_is_nobodys_statement(text: str) -> None:
    assert attribute(text) == []
