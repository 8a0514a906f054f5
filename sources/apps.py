"""The room where words come from."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "sources"

    def ready(self) -> None:
        """Let the stories take their arrows."""
        from sources import ingest, jobs
        from sources.models import Job

        jobs.handles(Job.Kind.POLL)(ingest.poll)
        jobs.handles(Job.Kind.CAPTURE)(ingest.capture)
        jobs.handles(Job.Kind.READ)(ingest.read)
