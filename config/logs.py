"""What the log says of a request that found no database: one line, and no traceback."""

import logging

from sources.away import is_away


class DatabaseAway(logging.Filter):
    """Shortens what `django.request` says of a database that is away to one line a request.

    Such a request may fail twice, in its view and when its session is asked for on the way out.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written; of a database that is away it loses its traceback."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None or not is_away(error):
            return True
        request = getattr(record, "request", None)
        told = getattr(request, "told_database_away", False)
        if request is not None:
            request.told_database_away = True
        what = str(error).partition("\n")[0] or type(error).__name__
        record.msg = f"{record.getMessage()}: the database does not answer: {what}"
        record.args = record.exc_info = None
        return not told
