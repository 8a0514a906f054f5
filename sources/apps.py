"""The room where words come from."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "sources"

    def ready(self) -> None:
        """Let the stories take their arrows."""
        from sources.capturing import capture
        from sources.jobs import handles
        from sources.models import Job
        from sources.polling import poll
        from sources.reading import read

        handles(Job.Kind.POLL)(poll)
        handles(Job.Kind.CAPTURE)(capture)
        handles(Job.Kind.READ)(read)
