"""The room that knows what was said, by whom and about what."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "statements"
