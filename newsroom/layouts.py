"""How each kind of outlet lays out an article: four quite different pages."""

import json
from collections.abc import Callable
from html import escape

from newsroom.outlets import Outlet
from newsroom.stories import Story

NOTICE = "Sample newsroom: this outlet is invented, and the article was written for Demarche about the public record."


def article_page(outlet: Outlet, story: Story, paragraphs: tuple[str, ...], url: str) -> str:
    """The HTML of an article in its outlet's layout."""
    return _LAYOUTS[outlet.layout](outlet, story, paragraphs, url)


def _paragraphs(paragraphs: tuple[str, ...], tag: str = "p") -> str:
    return "\n".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for text in paragraphs)


def _semantic(outlet: Outlet, story: Story, paragraphs: tuple[str, ...], url: str) -> str:
    """A clean page: article, header, time; the date as a property in the head."""
    return f"""<!doctype html>
<html lang="{outlet.language}">
<head>
<meta charset="{outlet.encoding}">
<title>{escape(story.title)} | {escape(outlet.name)}</title>
<meta property="og:title" content="{escape(story.title)}">
<meta property="og:site_name" content="{escape(outlet.name)}">
<meta property="article:published_time" content="{story.published}T09:00:00Z">
<link rel="canonical" href="{escape(url)}">
</head>
<body>
<nav><a href="../">{escape(outlet.name)}</a></nav>
<article>
<header><h1>{escape(story.title)}</h1>
<p class="byline">{escape(story.byline)}, <time datetime="{story.published}">{story.published}</time></p></header>
{_paragraphs(paragraphs)}
</article>
<footer><small>{NOTICE}</small></footer>
</body></html>
"""


def _sidebar(outlet: Outlet, story: Story, paragraphs: tuple[str, ...], url: str) -> str:
    """Boxes in boxes with a column of teasers beside the text; the date as a meta name."""
    return f"""<!doctype html>
<html lang="{outlet.language}">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={outlet.encoding}">
<title>{escape(story.title)}</title>
<meta name="author" content="{escape(story.byline)}">
<meta name="date" content="{story.published}">
</head>
<body>
<div id="page"><div class="top"><div class="logo">{escape(outlet.name)}</div></div>
<div class="columns">
<div class="sidebar"><div class="box"><h4>Most read</h4><ul>
<li><a href="#">Weather for the week</a></li><li><a href="#">Crossword no. 412</a></li>
<li><a href="#">Letters to the editor</a></li></ul></div></div>
<div class="main"><div class="story"><h1 class="headline">{escape(story.title)}</h1>
<div class="meta">{escape(story.byline)}</div>
<div class="body">
{_paragraphs(paragraphs)}
</div></div></div>
</div>
<div class="foot"><div class="legal">{NOTICE}</div></div></div>
</body></html>
"""


def _json_ld(outlet: Outlet, story: Story, paragraphs: tuple[str, ...], url: str) -> str:
    """A page whose facts stand in JSON-LD, with cards of other stories below."""
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": f"{story.published}T06:30:00+00:00",
        "author": {"@type": "Organization", "name": story.byline},
        "publisher": {"@type": "Organization", "name": outlet.name},
        "mainEntityOfPage": url,
    }
    stated = json.dumps(facts, ensure_ascii=False).replace("</", "<\\/")
    return f"""<!doctype html>
<html lang="{outlet.language}">
<head>
<meta charset="{outlet.encoding}">
<title>{escape(story.title)} - {escape(outlet.name)}</title>
<script type="application/ld+json">{stated}</script>
</head>
<body>
<header><strong>{escape(outlet.name)}</strong></header>
<main><section><h1>{escape(story.title)}</h1>
<section class="text">
{_paragraphs(paragraphs)}
</section></section>
<aside><div class="card"><a href="#">About this site</a></div></aside></main>
<footer><p>{NOTICE}</p></footer>
</body></html>
"""


def _table(outlet: Outlet, story: Story, paragraphs: tuple[str, ...], url: str) -> str:
    """An old page of tables behind a cookie notice; at most a printed date."""
    body = _paragraphs(paragraphs) * (2 if story.twice else 1)
    date = "" if story.undated else f'<meta name="pubdate" content="{story.published}">'
    wall = (
        "<div class='wall'>Subscribe to continue reading. Log in.</div>" if story.wall else ""
    )
    return f"""<!doctype html>
<html lang="{outlet.language}">
<head><meta charset="{outlet.encoding}"><title>{escape(story.title)}</title>{date}</head>
<body>
<div class="cookie-banner" role="dialog"><p>We use cookies to keep the radio playing.</p><a href="#">Accept</a></div>
<table width="100%"><tr><td class="head"><b>{escape(outlet.name)}</b></td></tr>
<tr><td><table><tr><td class="left">On air now</td>
<td class="content"><h1>{escape(story.title)}</h1>
{wall or body}
</td></tr></table></td></tr>
<tr><td class="end"><small>{NOTICE}</small></td></tr></table>
</body></html>
"""


_LAYOUTS: dict[str, Callable[[Outlet, Story, tuple[str, ...], str], str]] = {
    "semantic": _semantic,
    "sidebar": _sidebar,
    "json_ld": _json_ld,
    "table": _table,
}
