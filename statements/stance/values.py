"""What the rules are given and what they answer: frozen values over offsets into one text."""

from dataclasses import dataclass

# The version of `statements/data/stance-codebook.md` by which people and rules code.
CODEBOOK = "1"
# The object of a judgement that is none of the codebook's, such as another state's drills.
OTHER = "other"


@dataclass(frozen=True, order=True)
class Span:
    """Characters [start:end) of the text that was given."""

    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """The words of a statement in their text: `text[start:end]`, said with `cue`.

    `language` is that of the text, empty when unknown. `by` are the codes of those spoken for
    and `parties` those of the states whose treaty it is about, both empty when unknown; `own`
    are names of those spoken for, `party_names` of those states. `medium` says that a state's medium speaks.
    """

    text: str
    start: int
    end: int
    cue: Span | None = None
    language: str = ""
    by: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    party_names: frozenset[str] = frozenset()
    medium: bool = False

    @property
    def by_a_party(self) -> bool:
        """Whether all that are spoken for are states whose treaty it is."""
        return bool(self.by) and self.by <= self.parties


@dataclass(frozen=True)
class Judgement:
    """A code of one axis, the name of the rule that gave it, and the characters that show it."""

    code: str
    rule: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A judgement on each axis. `about` is the object judged: a code of the codebook's section 1,
    `OTHER` for something else, empty when the words do not say."""

    stance: Judgement
    legal: Judgement
    about: str = ""

    @property
    def rule(self) -> str:
        """The rules of both axes in one line."""
        legal = f"; {self.legal.rule}" if self.legal.code != "none" else ""
        return f"{self.stance.rule}{legal}"

    @property
    def evidence(self) -> tuple[Span, ...]:
        """All that shows the codes, in reading order, each piece once and none within another."""
        pieces: list[Span] = []
        for span in sorted({*self.stance.evidence, *self.legal.evidence}):
            if pieces and span.start < pieces[-1].end:
                pieces[-1] = Span(pieces[-1].start, max(pieces[-1].end, span.end))
            else:
                pieces.append(span)
        return tuple(pieces)
