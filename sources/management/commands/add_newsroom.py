"""`manage.py add_newsroom ADDRESS`: register the sample newsroom's outlets and their feeds."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models.functions import Now

from newsroom import OUTLETS
from sources.models import Article, Feed, Source

_INTERVAL = 10  # seconds; it is on this machine


class Command(BaseCommand):
    help = "Register the sample newsroom at an address such as http://127.0.0.1:8090."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        base = options["address"].rstrip("/")
        self._follow(base)
        for outlet in OUTLETS.values():
            source, _ = Source.objects.update_or_create(
                slug=f"sample-{outlet.slug}",
                defaults={
                    "name": outlet.name,
                    "kind": outlet.kind,
                    "languages": [outlet.language],
                    "homepage": f"{base}/",
                    "sample": True,
                },
            )
            Feed.objects.update_or_create(
                url=f"{base}/{outlet.slug}/{outlet.listing.path}",
                defaults={
                    "source": source,
                    "kind": outlet.listing.kind,
                    "selector": outlet.listing.selector,
                    "interval": _INTERVAL,
                    "enabled": True,
                    "next_poll_at": Now(),
                },
            )
        self.stdout.write(f"newsroom: {len(OUTLETS)} sample outlets at {base}")

    def _follow(self, base: str) -> None:
        """Let what was registered at another port follow to this one."""
        for feed in Feed.objects.filter(source__sample=True).exclude(
            url__startswith=f"{base}/"
        ):
            path = feed.url.split("/", 3)[3]
            feed.url = f"{base}/{path}"
            feed.save(update_fields=["url"])
        printed = Article.objects.filter(source__sample=True, url__startswith="http://")
        for article in printed.exclude(url__startswith=f"{base}/"):
            article.url = f"{base}/{article.url.split('/', 3)[3]}"
            article.save(update_fields=["url"])
