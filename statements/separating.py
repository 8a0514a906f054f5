"""A person decides that two statements are two; nothing of either changes, so no version does."""

from django.contrib.auth.models import User
from django.db import transaction

from history.acting import acting
from statements.matches import keep_apart, kept_apart
from statements.models import Review, Statement
from statements.review import log, refuse
from statements.writing import write_alone


def separate(statement: Statement, other: Statement, by: User, why: str = "") -> None:
    """Keep two statements apart from now on, as one decision about both.

    Raises `ReviewError` where they are one and the same, or are kept apart already.
    """
    with transaction.atomic(), acting(by, why):
        write_alone()
        refuse(statement.pk == other.pk, "A statement is not kept apart from itself.")
        refuse(other.pk in kept_apart(statement), "They are kept apart already.")
        keep_apart(statement, other, by, why)
        for one, two in ((statement, other), (other, statement)):
            told = " ".join(filter(None, [f"Another than {two.public_id}.", why]))
            log(one, Review.Decision.APART, by, told)
