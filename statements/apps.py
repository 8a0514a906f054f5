"""The room that knows what was said, by whom and about what."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "statements"

    def ready(self) -> None:
        """Take over the arrow from a read text to proposed statements."""
        from sources.jobs import handles
        from sources.models import Job
        from statements.attribution import ATTRIBUTED_BY
        from statements.proposals import propose

        handles(Job.Kind.ATTRIBUTE, ATTRIBUTED_BY)(propose)
