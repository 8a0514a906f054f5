"""What a card tells of a statement, in words where it has words for it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from statements.discrepancies import LABELS, in_order
from statements.independence import Independence, Printing, independence
from statements.models.statements import Attestation, Fragment, Statement, entered_by_hand
from statements.paths import path_of


@dataclass(frozen=True)
class Voice:
    """Who speaks, and for whom; '' for what is not known. `slug` is of the speaker's page."""

    name: str
    slug: str
    office: str
    code: str
    actor: str

    @property
    def path(self) -> str:
        """The path of the speaker's page."""
        return path_of("speaker", self.slug)


@dataclass(frozen=True)
class Code:
    """How a statement was coded: the values of a `Position`."""

    stance: str
    legal: str
    object: str


@dataclass(frozen=True)
class Report:
    """One report: how it prints the words, and whether those are what the card shows."""

    mode: str
    cue: str
    shown: bool
    attributed_by: str
    fragments: tuple[Fragment, ...]
    printing: Printing


@dataclass(frozen=True)
class Elsewhere:
    """Words that a report prints and the card of its statement does not show; `outlet` is the
    name of the source, `language` '' when it is not known."""

    outlet: str
    words: str
    language: str


@dataclass(frozen=True)
class Card:
    """A statement in a list. `said_on` and what stands beside it are those of the statement;
    `code` is the first by a person, or by the machine where no person coded. `elsewhere` is what
    a reader searched for and the rest of the card does not show."""

    pk: int
    public_id: str
    status: str
    awaits_second: bool
    said_on: date | None
    said_on_to: date | None
    said_on_precision: str
    text: str
    language: str
    translation: str
    translation_language: str
    summarised: bool
    differs: Sequence[str]
    voices: tuple[Voice, ...]
    code: Code | None
    reports: tuple[Report, ...]
    elsewhere: Elsewhere | None = None

    @property
    def path(self) -> str:
        """The path of the statement's page."""
        return path_of("statement", self.public_id)

    @property
    def fragments(self) -> list[Fragment]:
        """The printed words that stand beside summaries of it, each once."""
        return list(dict.fromkeys(each for one in self.reports for each in one.fragments))

    @property
    def is_printed_otherwise(self) -> bool:
        """Whether a report prints other words than the card shows."""
        return any(
            not one.shown and not (self.summarised and one.mode == Attestation.Mode.SUMMARY)
            for one in self.reports
        )

    @property
    def paraphrase(self) -> str:
        """How the words shown are printed, when they are not quoted alone; else ''."""
        shown = self._shown
        return str(Attestation.Mode(shown.mode).label).lower() if shown else ""

    @property
    def cue(self) -> str:
        """The verb that introduces the words where they are a paraphrase."""
        return self._shown.cue if self._shown else ""

    @property
    def _shown(self) -> Report | None:
        """The report whose words the card shows, when they are not quoted alone."""
        if self.summarised:
            return None
        report = next((one for one in self.reports if one.shown), None)
        return report if report and report.mode != Attestation.Mode.QUOTED else None

    @property
    def facts(self) -> list[str]:
        """Who had it first, in what the reports of it differ, and who stands behind it."""
        facts = [self._checked]
        if self.differs:
            fields = ", ".join(LABELS[field].lower() for field in in_order(self.differs))
            facts.insert(0, f"reports differ in {fields}")
        if self.reports:
            facts.insert(0, reporting(independence([one.printing for one in self.reports])))
        return facts

    @property
    def _checked(self) -> str:
        if self.status != Statement.Status.PROPOSED:
            return "checked by an editor"
        if self.awaits_second:
            return "changed by an editor, not yet confirmed"
        entered = entered_by_hand(one.attributed_by for one in self.reports)
        return f"{'entered by hand' if entered else 'found by machine'}, not yet checked"


def reporting(found: Independence) -> str:
    """Who printed a statement first, and how many others did.

    >>> from datetime import datetime
    >>> at = datetime(2025, 1, 2)
    >>> first, other = Printing(1, "Courier", "courier", 1, at), Printing(2, "Echo", "echo", 2, at)
    >>> reporting(independence([first, other]))
    'first seen Courier, +1 source, 2 independent'
    """
    words = f"first seen {found.first.outlet}"
    if others := len(found.outlets) - 1:
        plural = "" if others == 1 else "s"
        words += f", +{others} source{plural}, {len(found.lines)} independent"
    if found.articles > len(found.outlets):
        words += f", {found.articles} articles"
    return words
