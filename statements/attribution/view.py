"""A text as the stages read it: of the same length, every kind of space within a line plain."""

from dataclasses import replace

from statements.attribution.values import Attribution

# No-break, figure, thin, hair and the other fixed spaces of Unicode's category Zs.
_SPACES = str.maketrans(dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F], " "))


def as_read(text: str) -> str:
    """The text with plain spaces; each character keeps its offset."""
    return text.translate(_SPACES)


def as_printed(attribution: Attribution, text: str) -> Attribution:
    """The attribution with the words of voices and cue as `text` itself has them."""
    voices = tuple(
        voice if voice.start is None else replace(voice, printed=text[voice.start : voice.end])
        for voice in attribution.voices
    )
    if attribution.cue_start is None:
        return replace(attribution, voices=voices)
    cue = text[attribution.cue_start : attribution.cue_end]
    return replace(attribution, voices=voices, cue=cue)
