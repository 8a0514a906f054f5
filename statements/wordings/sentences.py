"""Where sentences end, told by their marks alone, in all scripts. Pure."""

import regex

# Not behind «U.S.» and «Mr.», and not before a small letter.
_END = regex.compile(
    r"(?:(?<!\b\p{L}|\b(?:Mr|Mrs|Ms|Dr|St|No(?=\.\s*\d)|vs|Gen|Sen|Rep|Prof))\.|[!?…]|\.{2,})+[\"'”’»“)\]]*\s+(?=\P{Ll})"
    r"|[。！？]+[」』”）]*|\n+"
)
_CLAUSE = regex.compile(r"[;:；]\s*(?=\S)|,\s+(?:and|but|which|while|that)\b")


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, marks and all.

    >>> split_sentences("The U.S. said “No.” We wait. 우리는 간다? 行く。帰る")
    ['The U.S. said “No.”', 'We wait.', '우리는 간다?', '行く。', '帰る']
    """
    ends = [match.end() for match in _END.finditer(text)]
    pieces = [text[a:b].strip() for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]
    return [piece for piece in pieces if piece]


def clauses(text: str) -> int:
    """About how many sentences and clauses words have; one alone may be compared as a whole."""
    return sum(1 + len(_CLAUSE.findall(sentence)) for sentence in split_sentences(text)) or 1
