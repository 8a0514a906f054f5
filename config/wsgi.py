"""The web process's entry point."""

import os

from django.core.wsgi import get_wsgi_application

from sources import schema

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Before an upgrade can replace the files under the running process.
schema.known_here()
