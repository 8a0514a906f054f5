"""A first proposal of a stance, by the typical words of the codebook. Pure.

The codes are those of `statements/data/stance-codebook.md`, section 2. Where two words of
different codes stand in one statement, the highest register wins (rule a); words that the
codebook does not name leave the stance unclear.
"""

from dataclasses import dataclass

import regex

VERSION = "1"


@dataclass(frozen=True)
class StanceProposal:
    """A code of the codebook, the rule that gave it, and the word that shows it."""

    stance: str
    rule: str
    evidence: str


UNCLEAR = StanceProposal("unclear", "no word of the codebook", "")

# Highest register first. The second column has inflected forms of the codebook's typical
# words; verbs of outlets (slam, hit back, refute) never decide the stance (rule d).
_WORDS = {
    "condemns": r"condemn(?:s|ed|ing|ation)?|deplor(?:e|es|ed|ing)|denounc(?:e|es|ed|ing)|egregious",
    "rejects": r"unacceptable|cannot accept|reject(?:s|ed|ing)?",
    "warns": r"(?:will|would) have to face (?:the )?consequences|would be a (?:big |grave )?mistake",
    "criticises": r"irresponsible|reckless|undermin(?:e|es|ed|ing)|violat(?:e|es|ed|ing|ion)",
    "concerned": r"concern(?:s|ed|ing)?|worr(?:y|ies|ied|ying)|alarm(?:ed|ing)",
    "calls-for-restraint": r"call(?:s|ed|ing)? (?:up)?on|urg(?:e|es|ed|ing)|must abide|should cease|cease",
    "denies": r"groundless|fabricated|baseless|false accusations?",
    "endorses": r"new era|prosperity|unbreakable|breakthrough",
    "defends": r"legitimate|defensive|not (?:directed|aimed) (?:at|against)",
    "supports": r"welcom(?:e|es|ed|ing)|understandable",
    "commits": r"will strengthen|reaffirm(?:s|ed|ing)?|(?:strengthen|deepen)(?:s|ed|ing)? .{0,40}coordination",
}
_PATTERNS = {
    stance: regex.compile(rf"\b(?:{words})\b", regex.IGNORECASE)
    for stance, words in _WORDS.items()
}


def propose_stance(words: str, cue: str = "") -> StanceProposal:
    """Return the stance that the typical words in `words`, or the cue before them, stand for.

    >>> propose_stance("We are seriously concerned about the new pact").stance
    'concerned'
    >>> propose_stance("the arms transfers", cue="condemned").evidence
    'condemned'
    >>> propose_stance("The meeting lasted two hours").stance
    'unclear'
    """
    for stance, pattern in _PATTERNS.items():
        for text, place in ((words, "words"), (cue, "cue")):
            if found := pattern.search(text):
                return StanceProposal(stance, f"typical word in the {place}", found.group())
    return UNCLEAR
