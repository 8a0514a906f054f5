"""Addresses that came from outside."""

from django import template

register = template.Library()


@register.filter
def web_address(url: str) -> str:
    """The address when it may stand in a link; '' for a pasted text or any other scheme.

    >>> web_address("javascript:alert(1)"), web_address("https://a.example/")
    ('', 'https://a.example/')
    """
    return url if url.startswith(("http://", "https://")) else ""
