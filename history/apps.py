"""The room of the history."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "history"
