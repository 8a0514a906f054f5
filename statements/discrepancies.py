"""In what the reports of one statement differ, field by field. Pure: values in, findings out.

What a report does not tell is not different, nor is what says less than another, such as a
title left out or a shortened quotation. Words, numbers and negations are compared where they
stand at the same place of two wordings of one language; across languages only what can be
counted is.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import combinations

import regex

from statements.comparing.people import Named, other_speakers, same_person, same_speaker
from statements.comparing.posts import other_post
from statements.comparing.wording import Change, Verdict, Wording, bare_words, quoted, wording
from statements.wordings.citations import provisions
from statements.wordings.negations import Polarity, polarity
from statements.wordings.numbers import counted, ungrouped
from statements.wordings.sentences import clauses

# Words on either side of a change in which a number or negation is looked for; longer ones are
# other sentences, of which one may count or deny what the other never touched.
_SHORT_CHANGE = 6
_ONE_SENTENCE = 25  # words
_FIGURES = 4  # words that a number may take
_ELIDED = regex.compile(r"…|\.\.\.|\[")


class Field(StrEnum):
    """What reports are compared by. The values stand in addresses and in the database."""

    SPEAKER = "speaker"
    OFFICE = "office"
    DATE = "date"
    NUMBERS = "numbers"
    NEGATION = "negation"
    PROVISION = "provision"
    WORDS = "words"


LABELS = {
    Field.SPEAKER: "Speaker",
    Field.OFFICE: "Office",
    Field.DATE: "Day of saying",
    Field.NUMBERS: "Numbers",
    Field.NEGATION: "Negation",
    Field.PROVISION: "Provision",
    Field.WORDS: "Quoted words",
}


def in_order(fields: Iterable[str]) -> list[Field]:
    """Fields by their values, in the order in which they are shown."""
    found = set(fields)
    return [one for one in Field if one.value in found]


@dataclass(frozen=True)
class Telling:
    """What one report tells, as far as it can be compared.

    `said` are the statement's words as printed, without the outlet's own words between the
    pieces of a split quotation; `quoted_whole`: all of them are quoted. `fragments`: no
    more of them is told than stands beside an editor's summary. `paragraph` is where they stand. `day` is null where the report tells none, `precision` day, month or year.
    """

    key: int
    outlet: str
    language: str
    said: str
    quoted_whole: bool = True
    voices: tuple[Named, ...] = ()
    day: date | None = None
    precision: str = "day"
    paragraph: str = ""
    translated: bool = False
    fragments: bool = False

    @property
    def quotation(self) -> str:
        """The quoted words alone; '' in a paraphrase."""
        return quoted(self.said, whole=self.quoted_whole)


@dataclass(frozen=True)
class Value:
    """One value of a field and which reports say so; `text` is '' for «not told»."""

    text: str
    reports: tuple[int, ...]


@dataclass(frozen=True)
class Discrepancy:
    """A field in which reports differ: the values that disagree, each with its reports."""

    field: Field
    values: tuple[Value, ...]

    @property
    def label(self) -> str:
        return LABELS[self.field]


@dataclass(frozen=True)
class Comparison:
    """The reports of a statement side by side.

    `told` has each report's value of each field in words, '' where it tells none; `wordings`
    each report's verdict against the `fullest` one.
    """

    fullest: int | None = None
    discrepancies: tuple[Discrepancy, ...] = ()
    told: dict[Field, dict[int, str]] = field(default_factory=dict)
    wordings: dict[int, Wording] = field(default_factory=dict)

    @property
    def fields(self) -> list[Field]:
        """The fields in which reports differ, in their order."""
        return in_order(one.field for one in self.discrepancies)


def compare(tellings: Sequence[Telling], language: str = "") -> Comparison:
    """Compare the reports of one statement, which is worded in `language`.

    >>> ten = Telling(1, "Courier", "en", "We sent ten men.")
    >>> two = Telling(2, "Herald", "en", "We sent two men.")
    >>> [(one.field.value, [v.text for v in one.values]) for one in compare([ten, two]).discrepancies]
    [('numbers', ['10', '2']), ('words', ['We sent ten men.', 'We sent two men.'])]
    """
    if not tellings:
        return Comparison()
    full = fullest(tellings, language)
    wordings = {one.key: _wording(full, one) for one in tellings}
    told = {name: {one.key: tell(one) for one in tellings} for name, tell in _TELL.items()}
    told[Field.WORDS] = {one.key: one.quotation for one in tellings}
    found = []
    for name in Field:
        pairs = _DIFFERENT[name](tellings, full)
        if pairs:
            alike = {one.key: _alike(name, one) or told[name][one.key] for one in tellings}
            found.append(Discrepancy(name, _values(told[name], alike, pairs)))
    return Comparison(full.key, tuple(found), told, wordings)


def fullest(tellings: Sequence[Telling], language: str = "") -> Telling:
    """The report with the most words in the statement's language; fragments go behind all else, a
    quotation goes before a paraphrase, and what is not said to be a translation before what is."""
    fitting = [one for one in tellings if one.language == language] or tellings
    return max(
        fitting,
        key=lambda one: (
            not one.fragments,
            bool(one.quotation),
            not one.translated,
            len(one.said),
        ),
    )


def compared_words(full: Telling, one: Telling) -> tuple[str, str]:
    """The words of two reports by which their wording is judged: quoted ones if both quote."""
    if full.quotation and one.quotation:
        return full.quotation, one.quotation
    return full.said, one.said


def _wording(full: Telling, one: Telling) -> Wording:
    if not one.said:
        return Wording(Verdict.UNTOLD)
    if one.key == full.key:
        return Wording(Verdict.FULLEST)
    if one.language != full.language:
        return Wording(Verdict.TRANSLATED)
    found = wording(*compared_words(full, one))
    if found.verdict == Verdict.REWORDED and one.translated != full.translated:
        return Wording(Verdict.TRANSLATED)
    return found


_Pairs = list[tuple[int, int]]


def _values(
    told: dict[int, str], alike: dict[int, Hashable], pairs: _Pairs
) -> tuple[Value, ...]:
    """The values that disagree, in the order of the reports and in the words of the first that
    has each; `alike` is the same for reports that tell the same in other words."""
    differing = {alike[key] for pair in pairs for key in pair}
    reports: dict[Hashable, list[int]] = {}
    for key in told:
        if alike[key] in differing:
            reports.setdefault(alike[key], []).append(key)
    return tuple(Value(told[some[0]], tuple(some)) for some in reports.values())


def _alike(name: Field, one: Telling) -> Hashable:
    """What is the same where reports name the same speakers in another way or order."""
    return frozenset(voice.key for voice in one.voices) if name == Field.SPEAKER else ""


# ------------------------------------------------------------------------ what is told


def _names(one: Telling) -> str:
    return ", ".join(dict.fromkeys(voice.name for voice in one.voices if voice.name))


def _offices(one: Telling) -> str:
    printed = (
        " ".join(
            filter(None, [voice.office.words, voice.office.state and f"({voice.office.state})"])
        )
        for voice in one.voices
        if voice.office.words
    )
    return ", ".join(dict.fromkeys(printed))


def _day(one: Telling) -> str:
    if one.day is None:
        return ""
    return {"month": f"{one.day:%B %Y}", "year": f"{one.day:%Y}"}.get(
        one.precision, f"{one.day.day} {one.day:%B %Y}"
    )


def _provisions(one: Telling) -> frozenset[str]:
    """What the words cite, or else what their paragraph does if it cites one alone."""
    near = provisions(one.paragraph)
    return provisions(one.said) or (near if len(near) == 1 else frozenset())


_TELL: dict[Field, Callable[[Telling], str]] = {
    Field.SPEAKER: _names,
    Field.OFFICE: _offices,
    Field.DATE: _day,
    Field.NUMBERS: lambda one: ", ".join(
        sorted(counted(one.said, one.language), key=lambda n: (len(n), n))
    ),
    Field.NEGATION: lambda one: str(polarity(one.said, one.language)),
    Field.PROVISION: lambda one: ", ".join(sorted(_provisions(one))),
}


# ------------------------------------------------------------------------ what differs


def _each_pair(
    different: Callable[[Telling, Telling], bool],
) -> Callable[[Sequence[Telling], Telling], _Pairs]:
    def pairs(tellings: Sequence[Telling], _: Telling) -> _Pairs:
        return [(a.key, b.key) for a, b in combinations(tellings, 2) if different(a, b)]

    return pairs


def _to_fullest(
    different: Callable[[Telling, Telling], bool],
) -> Callable[[Sequence[Telling], Telling], _Pairs]:
    """Each report against the fullest of its language, and those against the fullest of all."""

    def pairs(tellings: Sequence[Telling], full: Telling) -> _Pairs:
        of_language = {
            language: full if language == full.language else fullest(tellings, language)
            for language in dict.fromkeys(one.language for one in tellings)
        }
        found = []
        for one in tellings:
            own = of_language[one.language]
            other = full if one is own else own
            if other is not one and different(other, one):
                found.append((other.key, one.key))
        return found

    return pairs


def _other_speakers(tellings: Sequence[Telling], _: Telling) -> _Pairs:
    """Reports that name other speakers, unless a third names those of both together."""
    together = [one for one in tellings if len(one.voices) > 1]
    return [
        (a.key, b.key)
        for a, b in combinations(tellings, 2)
        if other_speakers(a.voices, b.voices)
        and not any(_names_both(c, a, b) for c in together)
    ]


def _names_both(one: Telling, *others: Telling) -> bool:
    """Whether one report names all speakers of two others; for people of two states, states do."""
    states = [{voice.country for voice in other.voices} for other in others]
    apart = not set.intersection(*states)
    return all(
        any(
            same_speaker(voice, named) or (apart and _speaks_for(voice, named))
            for named in one.voices
        )
        for other in others
        for voice in other.voices
    )


def _speaks_for(voice: Named, body: Named) -> bool:
    return body.is_body and bool(voice.country) and voice.country == body.country


def _other_offices(a: Telling, b: Telling) -> bool:
    """Whether one person has two posts; a report of several voices is compared by their names."""
    alone = len(a.voices) == len(b.voices) == 1
    return any(
        other_post(one.office, two.office)
        for one in a.voices
        for two in b.voices
        if (one.is_person and two.is_person and same_person(one, two)) or alone
    )


def _other_days(a: Telling, b: Telling) -> bool:
    if a.day is None or b.day is None:
        return False
    if "year" in {a.precision, b.precision}:
        return a.day.year != b.day.year
    if "month" in {a.precision, b.precision}:
        return (a.day.year, a.day.month) != (b.day.year, b.day.month)
    return a.day != b.day


def _other_provisions(a: Telling, b: Telling) -> bool:
    one, two = _provisions(a), _provisions(b)
    return bool(one and two) and not one & two


def _other_numbers(a: Telling, b: Telling) -> bool:
    one, two = counted(a.said, a.language), counted(b.said, b.language)
    if not one or not two or one <= two or two <= one:
        return False
    if a.language != b.language:
        return len(one) == len(two) and not one & two
    found = wording(ungrouped(a.said), ungrouped(b.said))
    changes = (_numbers_of(change, a.language) for change in found.changes if _is_short(change))
    return any(gone and come and gone != come for gone, come in changes)


def _is_short(change: Change) -> bool:
    return max(len(change.gone), len(change.come)) <= _SHORT_CHANGE


def _numbers_of(change: Change, language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers that one wording has at a place, and those that the other has instead."""
    gone, come = (counted(" ".join(words), language) for words in (change.gone, change.come))
    return gone, come


def _other_polarity(a: Telling, b: Telling) -> bool:
    if a.language != b.language:
        return _other_sentences(a, b)
    gap = "" if a.language in {"ja", "zh"} else " "
    for change in wording(a.said, b.said).changes:
        if not change.inside or not _is_short(change):
            continue
        one, two = (
            polarity(gap.join(words), a.language) if words else Polarity.PLAIN
            for words in (change.gone, change.come)
        )
        if {one, two} == {Polarity.NEGATED, Polarity.PLAIN}:
            return True
    return False


def _other_sentences(a: Telling, b: Telling) -> bool:
    """Whether of two single short sentences in two languages one denies and one does not."""
    return {polarity(a.said, a.language), polarity(b.said, b.language)} == {
        Polarity.NEGATED,
        Polarity.PLAIN,
    } and all(
        clauses(one.said) == 1 and len(bare_words(one.said)) <= _ONE_SENTENCE for one in (a, b)
    )


def _other_words(a: Telling, b: Telling) -> bool:
    """Whether two quotations in one language have other words at one place.

    A shorter quotation has not, and two translations may. Fragments of a sentence are compared
    between words that both have; whole quotations to their ends.
    """
    if a.language != b.language or not a.quotation or not b.quotation:
        return False
    if a.translated or b.translated:
        return False
    whole = a.quoted_whole and b.quoted_whole
    changes = wording(a.quotation, b.quotation).changes
    return any(
        (change.inside or whole)
        and bool(change.come)
        and (bool(change.gone) or (whole and change.inside and not _ELIDED.search(a.said)))
        and not _same_numbers(change, a.language)
        for change in changes
    )


def _same_numbers(change: Change, language: str) -> bool:
    """«10,000» for «ten thousand»: other figures, no other words."""
    one, two = _numbers_of(change, language)
    return bool(one) and one == two and max(len(change.gone), len(change.come)) <= _FIGURES


_DIFFERENT: dict[Field, Callable[[Sequence[Telling], Telling], _Pairs]] = {
    Field.SPEAKER: _other_speakers,
    Field.OFFICE: _each_pair(_other_offices),
    Field.DATE: _each_pair(_other_days),
    Field.NUMBERS: _to_fullest(_other_numbers),
    Field.NEGATION: _to_fullest(_other_polarity),
    Field.PROVISION: _each_pair(_other_provisions),
    Field.WORDS: _to_fullest(_other_words),
}
