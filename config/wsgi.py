"""The web process's entry point."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from sources import schema

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Before an upgrade can replace the files under the running process.
schema.known_here()


def load_what_is_searched() -> None:
    """Begin to; until it is there, the database answers searches. Only web processes do: to a
    worker or a shell its answers are as good."""
    from statements.search.cutting import Words
    from statements.search.side.holding import HOLDER

    # The views, too: whatever is there when that is done is spared the garbage collector's looks.
    get_resolver().url_patterns  # noqa: B018
    # The form of words in all scripts takes 50 ms to make.
    list(Words("é").following())
    HOLDER.begin()


load_what_is_searched()
