"""How to cite: the words as a source printed them, and the record of this site."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as format_date

from sources.models import Snapshot
from statements.models import Attestation, Party, Statement

# What a citation quotes of long words, in characters.
LONGEST = 160
_CAME = {
    Snapshot.Origin.FETCHED: "Captured",
    Snapshot.Origin.GIVEN: "Text given by hand",
    Snapshot.Origin.REFERENCE: "Reference entered by hand",
}
_MARKS = [
    ('"', '"'),
    ("“", "”"),
    ("„", "“"),
    ("«", "»"),
    ("「", "」"),
    ("『", "』"),
    ("《", "》"),
]


def cite_words(statement: Statement, parties: Iterable[Party], report: Attestation) -> str:
    """A citation of the words by their speaker, in the report that printed them.

    Unknown parts are left out; nothing is made up for them. A text that a person gave is not
    passed off as one that was captured at its address, and a paraphrase not as words that the
    speaker used: it stands without marks, behind the report's cue («denied»). An editor's summary
    is called that.
    """
    voices = [party for party in parties if party.role in Party.VOICES]
    who = "; ".join(_voice(party) for party in voices)
    snapshot = report.snapshot
    reference = snapshot.reference if snapshot.described else None
    container = [
        f"In “{snapshot.title}”" if snapshot.title else "",
        snapshot.byline if reference else "",
        snapshot.article.source.name,
    ]
    if snapshot.published_on:
        container.append(_day(snapshot.published_on))
    elif reference:
        container.append(reference.dated)
    if reference:
        container += [reference.pages, reference.kept_at]
    came = _CAME[Snapshot.Origin(snapshot.origin)]
    parts = [
        who,
        _words(report),
        ", ".join(filter(None, container)),
        snapshot.address,
        f"{came} {_day(snapshot.fetched_at)}, sha256 {snapshot.sha256[:16]}",
    ]
    return ". ".join(part for part in parts if part) + "."


def cite_record(statement: Statement) -> str:
    """A citation of this site's record of the statement in one version, by its own address."""
    address = reverse("statement-version", args=[statement.public_id, statement.version])
    return (
        f"Demarche, statement {statement.public_id}, version {statement.version}, "
        f"{_day(statement.changed_at)}. {settings.SITE_URL}{address}"
    )


def _voice(party: Party) -> str:
    office = party.office.title if party.office else party.printed_office
    return f"{party.name} ({office})" if office else party.name


def _words(report: Attestation) -> str:
    """What the report prints of them: what it puts between the pieces is not of the speaker."""
    pieces = report.pieces
    if report.is_summary:
        printed = ", ".join(f"“{_shortened(piece)}”" for piece in pieces)
        summary = f"Summary by an editor: {report.summary}"
        return f"{summary.rstrip('.')}; printed: {printed}" if printed else summary.rstrip(".")
    if report.mode == Attestation.Mode.QUOTED and len(pieces) < 2:
        return f"“{_shortened(report.words)}”"
    words = _shortened(" […] ".join(pieces) if pieces else report.words)
    if report.mode == Attestation.Mode.QUOTED:
        return words
    cue = f" («{report.cue}»)" if report.cue else ""
    return f"{report.get_mode_display().capitalize()}{cue}: {words.rstrip(',')}"


def _shortened(words: str) -> str:
    """The words on one line, without the quotation marks that enclose all of them."""
    words = " ".join(words.split())
    for opening, closing in _MARKS:
        inner = words[1:-1]
        if words[:1] == opening and words[-1:] == closing and closing not in inner:
            words = inner.rstrip(",")
            break
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"


def _day(moment: object) -> str:
    return format_date(moment, "j F Y")  # type: ignore[arg-type]
