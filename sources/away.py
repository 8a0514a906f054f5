"""Whether a fault says that the database is away, or that somebody else was in the way."""

from django.db import InterfaceError, OperationalError

# Classes of SQLSTATE, PostgreSQL's appendix A: «connection exception», and of «operator
# intervention» those that end the connection. Its 57014 only cancels a query.
_OF_THE_CONNECTION = ("08", "57P")
# «lock not available», after the time that a lock is waited for, and «deadlock detected».
_OF_LOCKS = ("55P03", "40P01")


def is_away(error: BaseException | None) -> bool:
    """Whether the connection to the database failed, or there was none.

    A deadlock, a timeout and a full disk are `OperationalError` too: with these the server
    itself has answered, and said by its code what is wrong.
    """
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    code = getattr(error.__cause__, "sqlstate", None)
    return code is None or code.startswith(_OF_THE_CONNECTION)


def is_in_the_way(error: BaseException | None) -> bool:
    """Whether others were changing the same things for so long that the database broke it off.

    Nothing was written then, and the same can be done in a moment.
    """
    code = getattr(error.__cause__, "sqlstate", None) if error else None
    return isinstance(error, OperationalError) and code in _OF_LOCKS
