"""Whether a fault says that the database is away."""

from django.db import InterfaceError, OperationalError

# Classes of SQLSTATE, PostgreSQL's appendix A: «connection exception», and of «operator
# intervention» those that end the connection. Its 57014 only cancels a query.
_OF_THE_CONNECTION = ("08", "57P")


def is_away(error: BaseException | None) -> bool:
    """Whether the connection to the database failed, or there was none.

    A deadlock, a timeout and a full disk are `OperationalError` too: with these the server
    itself has answered, and said by its code what is wrong.
    """
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    code = getattr(error.__cause__, "sqlstate", None)
    return code is None or code.startswith(_OF_THE_CONNECTION)
