"""The room where words come from."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "sources"
