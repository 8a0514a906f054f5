"""A feed whose address leads permanently to another takes that one, once it is accepted."""

from django.db import IntegrityError, transaction

from sources.fetching import NotAllowed, check_address
from sources.models import Feed
from sources.urls import BadUrl


class MoveRefused(Exception):
    """The feed keeps its address; the message says why."""


def accept_move(feed: Feed) -> None:
    """Let a feed have the address that its own leads to; the old one stays on record.

    What the old address said of its last answer does not hold for the new one, so the next
    poll asks for everything. Raises `MoveRefused`, and nothing is changed then.
    """
    with transaction.atomic():
        row = Feed.objects.select_for_update().get(pk=feed.pk)
        if not row.moved_to:
            raise MoveRefused("The feed's address leads nowhere else.")
        try:
            check_address(row.moved_to)
        except (BadUrl, NotAllowed) as error:
            raise MoveRefused(f"The new address may not be fetched: {error}") from error
        former = [*row.former_urls, row.url]
        row.former_urls = [url for url in dict.fromkeys(former) if url != row.moved_to]
        row.url = row.moved_to
        row.moved_to, row.moved_since, row.moved_polls = "", None, 0
        row.etag = row.last_modified = row.body_sha256 = ""
        try:
            with transaction.atomic():
                row.save(
                    update_fields=[
                        "url", "former_urls", "moved_to", "moved_since", "moved_polls", "etag",
                        "last_modified", "body_sha256",
                    ]
                )  # fmt: skip
        except IntegrityError as error:
            raise MoveRefused(
                f"Another feed has the address {row.url} already: switch one of them off."
            ) from error
    feed.refresh_from_db()
