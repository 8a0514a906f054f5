"""How a statement stands, by rule, on the two axes of the codebook. Pure.

The codes are those of `statements/data/stance-codebook.md`, sections 1 to 3. Each proposal names
the rule that gave it and the characters that show it; where no rule fires, or rules speak
against each other, it is «unclear» rather than a guess.
"""

from statements.stance.proposing import VERSION, propose
from statements.stance.values import CODEBOOK, OTHER, Judgement, Passage, Proposal, Span

__all__ = [
    "CODEBOOK",
    "OTHER",
    "VERSION",
    "Judgement",
    "Passage",
    "Proposal",
    "Span",
    "propose",
]
