"""How each outlet lists its released articles: RSS, Atom, a sitemap, a page of links."""

from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from html import escape

from newsroom.layouts import NOTICE
from newsroom.outlets import Outlet
from newsroom.stories import Clock, Story


def listing(outlet: Outlet, stories: list[Story], clock: Clock, base: str) -> tuple[str, str]:
    """The listing's text and its content type; the article released last stands first."""
    return _KINDS[outlet.listing.kind](outlet, stories, clock, base)


def _rss(outlet: Outlet, stories: list[Story], clock: Clock, base: str) -> tuple[str, str]:
    items = "\n".join(
        f"<item><title>{escape(s.title)}</title><link>{base}/{s.key}.html</link>"
        f'<guid isPermaLink="false">{s.key}</guid>'
        f"<pubDate>{_rfc_day(s)}</pubDate></item>"
        for s in stories
    )
    feed = (
        f'<?xml version="1.0" encoding="{outlet.encoding}"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(outlet.name)}</title><link>{base}/{outlet.slug}/</link>"
        f"<description>{escape(NOTICE)}</description><language>{outlet.language}</language>\n"
        f"{items}\n</channel></rss>\n"
    )
    return feed, "application/rss+xml"


def _day(story: Story) -> str:
    return f"{story.published}T09:00:00Z"


def _rfc_day(story: Story) -> str:
    return format_datetime(datetime.fromisoformat(_day(story)))


def _atom(outlet: Outlet, stories: list[Story], clock: Clock, base: str) -> tuple[str, str]:
    now = clock.seconds()
    entries = "\n".join(
        f"<entry><title>{escape(s.title)}</title><id>tag:newsroom.example,2024:{s.key}</id>"
        f'<link href="{base}/{s.key}.html"/><published>{_day(s)}</published>'
        f"<updated>{clock.moment(s.revised_at(now)).isoformat()}</updated></entry>"
        for s in stories
    )
    feed = (
        f'<?xml version="1.0" encoding="{outlet.encoding}"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">'
        f"<title>{escape(outlet.name)}</title><id>tag:newsroom.example,2024:{outlet.slug}</id>"
        f"<subtitle>{escape(NOTICE)}</subtitle><updated>{clock.moment(now).isoformat()}</updated>\n"
        f"{entries}\n</feed>\n"
    )
    return feed, "application/atom+xml"


def _sitemap(outlet: Outlet, stories: list[Story], clock: Clock, base: str) -> tuple[str, str]:
    now = clock.seconds()
    urls = "\n".join(
        f"<url><loc>{base}/{s.key}.html</loc>"
        f"<lastmod>{clock.moment(s.revised_at(now)).isoformat()}</lastmod></url>"
        for s in stories
    )
    return (
        (
            f'<?xml version="1.0" encoding="{outlet.encoding}"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>\n'
        ),
        "application/xml",
    )


def _page(outlet: Outlet, stories: list[Story], clock: Clock, base: str) -> tuple[str, str]:
    rows = "\n".join(
        f'<tr><td>{s.published}</td><td class="item"><a href="/{s.key}.html">{escape(s.title)}</a></td></tr>'
        for s in stories
    )
    return (
        (
            f'<!doctype html><html lang="{outlet.language}"><head><meta charset="{outlet.encoding}">'
            f"<title>{escape(outlet.name)}</title></head><body><p>{escape(NOTICE)}</p>"
            f'<ul><li><a href="/">Home</a></li></ul><table class="programme">{rows}</table></body></html>\n'
        ),
        "text/html",
    )


_KINDS: dict[str, Callable[[Outlet, list[Story], Clock, str], tuple[str, str]]] = {
    "rss": _rss,
    "atom": _atom,
    "sitemap": _sitemap,
    "page_list": _page,
}
