"""The paths of pages that a list links by the dozen."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=8192)
def path_of(page: str, name: str) -> str:
    """The path of the page of this kind for what has that name in addresses.

    As `reverse` finds it, which tries all addresses of the program each time.
    """
    return reverse(page, args=[name])
