"""What a frame found in a sentence, before it becomes an attribution."""

from dataclasses import dataclass, field

from statements.attribution.foreign.people import Heard

Span = tuple[int, int]


@dataclass(frozen=True)
class Finding:
    """One report: its pieces in offsets into the text, and who said it.

    `near` are stretches of text that may name the day, nearest the cue first. `sure` is
    whether the frame leaves no doubt of where the words begin and end.
    """

    pieces: tuple[Span, ...]
    kind: str
    rule: str
    heard: Heard
    cue: Span | None = None
    near: list[Span] = field(default_factory=list)
    via: str = ""
    modality: str = ""
    sure: bool = True

    def rule_in(self, language: str) -> str:
        """The rule's name with the language's code in front."""
        return f"{language}: {self.rule}"
