"""Who made a recorded change, as readers are told: the names of editors are for editors."""

from django.contrib.auth.models import User
from django.db.models import Q

from history.models import Change
from statements.access import Reader

AN_EDITOR = "an editor"


def doer_of(change: Change, reader: Reader, read_by: str = "") -> str:
    """Who made a change, as this reader is told: names are for editors."""
    if change.is_past_the_program:
        return "somebody past the program" + (
            f", as database user {change.role} through «{change.through or 'no name'}»"
            if reader.publishes
            else ""
        )
    if change.who:
        return change.who if reader.publishes else AN_EDITOR
    return f"the machine, version {read_by}" if read_by else "the program"


def translator(told: str) -> str:
    """Who translated words, as readers are told.

    What was recorded may be an account's name, of today or of earlier: readers learn that it
    was an editor. Asks the database where somebody else is named.
    """
    if not told or told == AN_EDITOR:
        return told
    named = Q(before__username=told) | Q(after__username=told)
    account = Change.objects.filter(named, table=User._meta.db_table)
    return AN_EDITOR if account.exists() else told
