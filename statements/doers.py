"""Who made a recorded change, as readers are told: the names of editors are for editors."""

from history.models import Change
from statements.access import Reader


def doer_of(change: Change, reader: Reader, read_by: str = "") -> str:
    """Who made a change, as this reader is told: names are for editors."""
    if change.is_past_the_program:
        return "somebody past the program" + (
            f", as database user {change.role} through «{change.through or 'no name'}»"
            if reader.publishes
            else ""
        )
    if change.who:
        return change.who if reader.publishes else "an editor"
    return f"the machine, version {read_by}" if read_by else "the program"
