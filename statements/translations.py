"""Whether a report says that the words it prints are a translation. Pure."""

import regex

_SAYS_SO = regex.compile(
    r"""
    \b(?:(?:in|a|an|the|own|unofficial|official|english|russian|korean|japanese|chinese)\s+
        translation\ (?:of|from|by|provided|carried|published)
      | (?:in|unofficial|english|russian|korean|japanese|chinese)\s+translation\b
      | translated\ (?:from|by|into\ (?:english|russian|korean|japanese|chinese))
      | translated\ (?:remarks|comments|statement|text)
      | (?:through|via|with)\ (?:an?|his|her|their)\ (?:interpreter|translator)
    )
    | \bв\s+переводе\s+(?:с|на)\b | \bперевод\s+с\b | \bчерез\s+переводчика\b
    | 번역(?:문|본|하|해|됐|된) | 통역(?:사를|을)\s | 通訳を(?:介|通) | (?:日本語|英語)訳 | 翻訳
    """,
    regex.IGNORECASE | regex.VERBOSE,
)


def says_translated(text: str, start: int, end: int) -> bool:
    """Whether the paragraph around `text[start:end]` says that it prints a translation.

    Only what is printed counts: that somebody speaks another language is no proof.

    >>> says_translated("She said it would hold, in a translation from the Russian.", 4, 10)
    True
    """
    begins = text.rfind("\n", 0, start) + 1
    ends = text.find("\n", end)
    return bool(_SAYS_SO.search(text, begins, ends if ends >= 0 else len(text)))
