"""Whether the history is whole: its chain, its guards, and the rows that it is the record of."""

from dataclasses import dataclass

from history.chain import breaks
from history.guards import faults
from history.models import Change, Seal
from history.records import contradictions


@dataclass(frozen=True)
class Checked:
    """How many changes were checked, one sentence for each thing wrong, and the newest seal."""

    changes: int
    findings: tuple[str, ...]
    newest: Seal | None


def verify_history(head: str = "") -> Checked:
    """Check the chain, the triggers and every row of the audited tables against its record.

    `head` is the hash of a seal noted earlier; it has to be in the chain still. Only that shows
    whether somebody made the whole chain anew, or cut off an end that no row tells of. Reads
    everything once and changes nothing.
    """
    findings = [*breaks(), *faults(), *contradictions()]
    if head and not Seal.objects.filter(hash=head).exists():
        findings.append(f"the seal with the hash {head} is not in the chain any more")
    return Checked(Change.objects.count(), tuple(findings), Seal.objects.last())


def newest_seal() -> Seal | None:
    """The newest seal with its change, to be noted; None before the first change."""
    return Seal.objects.select_related("change").last()
