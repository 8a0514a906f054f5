"""Whether the database is that of this program: an upgrade changes both, one after the other."""

from functools import cache

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

BEHIND = (
    "The database is older than this program. Run `python manage.py migrate`, then start it again; "
    "`./run` does both."
)
AHEAD = (
    "The database was brought up to date for a newer Demarche. Start that in place of this one; "
    "accepted work waits for it."
)

Name = tuple[str, str]


def difference() -> str:
    """What is wrong, and what to do, when program and database differ; empty when they agree.

    Raises `OperationalError` when the database is away.
    """
    known = known_here()  # first, also while the database is away
    applied = {
        name for name in MigrationRecorder(connection).applied_migrations() if _is_ours(name)
    }
    if applied - known:
        return AHEAD
    return BEHIND if known - applied else ""


@cache
def known_here() -> frozenset[Name]:
    """Our migrations as they were when first asked for: later files are another program's.

    So a program asks as it starts.
    """
    loader = MigrationLoader(None, ignore_no_migrations=True)
    assert loader.disk_migrations is not None
    return frozenset(filter(_is_ours, loader.disk_migrations))


def _is_ours(name: Name) -> bool:
    """The migrations of libraries are theirs to judge: they drop old ones now and then."""
    return name[0] in settings.OWN_APPS
