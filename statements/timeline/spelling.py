"""A search for a name that was misspelt -> the search for the name that was meant."""

from statements.search.finding import how_many
from statements.search.names import corrected
from statements.timeline.form import TimelineForm


def as_meant(form: TimelineForm, total: int | None = None) -> TimelineForm | None:
    """The same form with misspelt names put right; None when there is nothing to put right, when
    the address asks for its words as typed, or when no statement fits what would be asked then.

    `total` is how many statements fit the form, if that is known. Raises `TooBroad`.
    """
    meant = put_right(form, total)
    return meant if meant is not None and how_many(meant.query) else None


def put_right(form: TimelineForm, total: int | None = None) -> TimelineForm | None:
    """The same, also where no statement fits what would be asked."""
    words = form.understood.words
    if words is None or form.cleaned_data.get("spell"):
        return None
    # Where one of several words is enough, others may be misspelt though something was found.
    if len(words.groups) < 2 and (how_many(form.query) if total is None else total):
        return None
    line = corrected(form.words, form.moment)
    if line is None:
        return None
    meant = form.at(form.address(q=[line]))
    # A name that is longer than what was typed for it may be too much to look for.
    return None if "q" in meant.errors else meant
