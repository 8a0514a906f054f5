"""Texts in all scripts, with what parts words and what does not."""

from hypothesis import strategies as st

_WORDS = [
    "treaty",
    "the",
    "Jong-un",
    "don't",
    "O’Neill",
    "Orbán",
    "naïve",
    "Übergröße",
    "Straße",
    "1961",
    "3.5",
    "a.b@c.example",
    "war's",
    "договор",
    "договорённость",
    "ещё",
    "йод",
    "об'єкт",
    "об’єкт",
    "Київ",
    "санкціями",
    "їжак",
    "首脳会談",
    "首脑",
    "平壤",
    "の",
    "カタカナ",
    "ガス",
    "ｶﾞｽ",
    "김정은",
    "북한의",
    "조약을",
    "2024年",
    "第4条",
    "4조",
    "ＡＢＣ",
    "ﬁnal",
    "x²",
    "№5",
    "coop\xaderation",
    "zero\u200bwidth",
    "éte",
    "http://a.example/x?y=1",
    "U.S.",
    "u.n",
    "s.",
    "D.P.R.K.",
    "C++",
    "A/B",
    "_under_",
    "œuvre",
    "𠮷野",
    "々",
    "ー",
    "。",
    "、",
    "·",
    "—",
    "…",
    "\xa0",
    "\t",
    "\n",
]


def texts(*, strange: bool) -> st.SearchStrategy[str]:
    """Some words beside or upon each other, and where `strange` any characters that the database
    keeps."""
    pieces = st.sampled_from(_WORDS)
    if strange:
        # Of numbers that Unicode gave to no sign nobody knows whether they are letters.
        anything = st.characters(
            exclude_categories=["Cs", "Cn"], exclude_characters="\0", max_codepoint=0xFFFF
        )
        pieces |= st.text(anything, max_size=3)
    return st.lists(pieces, max_size=12).flatmap(
        lambda some: st.sampled_from(["", " "]).map(lambda between: between.join(some))
    )
