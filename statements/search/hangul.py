"""Korean compounds, which are written with a blank between their parts and without. Pure.

무기지원 and 무기 지원 are one. The index holds pairs, and of each run its last character alone, so each
character takes one place whether a blank stands behind it or not: only which lexeme stands there
differs.
"""

from collections.abc import Sequence

import regex

from statements.search.cutting import CJK
from statements.search.lexed import Step

_HANGUL = r"\uAC00-\uD7A3"
_IS_HANGUL = regex.compile(f"[{_HANGUL}]")
_RUN = regex.compile(
    rf"[^\p{{L}}\p{{N}}]*(?=[^{_HANGUL}]*[{_HANGUL}])[{CJK}]{{3,}}[^\p{{L}}\p{{N}}]*"
)


def is_run(text: str) -> bool:
    """Whether a text is a single Korean run that may be a compound.

    >>> is_run("무기지원"), is_run("무기 지원"), is_run("조약"), is_run("首脳会談")
    (True, False, False, False)
    """
    return _RUN.fullmatch(text) is not None


def over_blanks(steps: Sequence[Step]) -> list[Step]:
    """The steps of a phrase, of which Korean pairs may have a blank between their characters.

    A pair that no other follows is the last one of its run: what stands behind a blank within it
    cannot be told from the beginning of any other word.

    >>> over_blanks([Step(("무기",)), Step(("기지",)), Step(("지원",)), Step(())])[1]
    Step(lexemes=('기', '기지'), prefix=False, besides=())
    """
    following = [*steps[1:], Step(())]
    # Of a word that is none in the index there are no steps.
    return [
        Step(_parted(step.lexemes)) if other.lexemes and not step.prefix else step
        for step, other in zip(steps, following, strict=False)
    ]


def _parted(lexemes: Sequence[str]) -> tuple[str, ...]:
    pairs = [one for one in lexemes if len(one) == 2 and _IS_HANGUL.search(one)]
    return tuple(sorted({*lexemes, *(one[0] for one in pairs)}))
