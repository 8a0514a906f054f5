"""«A, B and C» taken apart into those who speak together."""

from statements.attribution.tokens import Token
from statements.attribution.words import INSTITUTION_WORDS

# A list that ends in one of these is the domain of one office: «Foreign Affairs and Defence».
_DOMAINS = frozenset(
    ["affairs", "security", "defence", "defense", "intelligence", "trade", "commerce"]
)


def joint_parts(tokens: list[Token]) -> list[list[Token]]:
    """«A, B, and C» taken apart into who speaks; a phrase of one speaker is one part."""
    joins = [i for i, t in enumerate(tokens) if t.low == "and" and 0 < i < len(tokens) - 1]
    if not joins:
        return [tokens]
    left, right = tokens[: joins[-1]], tokens[joins[-1] + 1 :]
    parts: list[list[Token]] = [[]]
    for token in left:
        if token.text == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    parts = [part for part in parts if part]
    if len(parts) > 6 or not all(_names_somebody(part) for part in [*parts, right]):
        return [tokens]
    return [*parts, right]


def _names_somebody(tokens: list[Token]) -> bool:
    """Whether a part of a list can be a speaker of its own: it ends in a capital."""
    if not tokens or any(t.low in {"from", "between"} for t in tokens):
        return False
    if tokens[-1].low in _DOMAINS:
        return False
    head = tokens[: next((i for i, t in enumerate(tokens) if t.low == "of"), len(tokens))]
    if head[-1:] and head[-1].low in _DOMAINS and all(t.low in INSTITUTION_WORDS for t in head):
        return False  # «Foreign Affairs of Ruritania», behind «Minister for Trade and»
    return tokens[-1].capital and tokens[0].low not in {"of", "for"}
