"""Everything is loaded before the door is shut: modules, data files, codecs, first uses.

What a library opens only when it meets some page would be missing later, so pages and feeds
of each kind are taken apart once.
"""

import contextlib
import encodings
import importlib
import itertools
import pkgutil

from sources.decoding import decode
from sources.feeds import FeedError, parse_feed
from sources.rules import leave_for
from sources.text import PageError, read_page

# No day stands in them, or no other would be looked for; the second has no name to look up.
_ADDRESSES = ["http://www.warm.example/story", "http://127.0.0.1:8000/story"]
_SENTENCE = (
    "Ada Example said on Thursday that the invented treaty — «договор», 조약 — would hold. "
)
_FACTS = (
    '<meta property="og:title" content="A headline | Warm"><meta name="author" content="Ada Example">'
    '<link rel="canonical" href="/2024/06/20/story"><script type="application/ld+json">'
    '{"@context":"http://schema.org","@type":"NewsArticle","headline":"A headline","author":'
    '{"@type":"Person","name":"Ada Example"},"datePublished":"2024-06-20T10:00:00+09:00"}</script>'
)
_STATED = (
    f'<html lang="en"><head>{_FACTS}</head><body><article><h1>A headline</h1>'
    f"<p>{_SENTENCE * 3}</p><table><tr><td><p>{_SENTENCE}</p></td></tr></table>"
    "<p>\U0001f600</p></article></body></html>"
)
# No facts, and untidy: trafilatura tries both of its other ways.
_UNTIDY = (
    f"<html><head><title>A headline</title></head><body><nav>Home</nav>"
    f"<aside>More</aside><div>{_SENTENCE * 3}<br><br>{_SENTENCE}<aside>More</aside></div>"
    "<footer>2024</footer></body></html>"
)
_SHORT = "<html><head><title>Short</title></head><body><p>Short.</p></body></html>"
_DEEP = f"<html><body>{'<div>' * 300}<p>{_SENTENCE * 3}</p></body></html>"
_PLAIN = f"---\ntitle: A headline\ndate: 2024-06-20\n---\n\n{_SENTENCE}\n"
_ITEM = (
    "<title>A &amp;lt;b&gt;headline&lt;/b&gt; \U0001f600</title><link>/a</link><guid>g</guid>"
    "<pubDate>Thu, 20 Jun 2024 23:30:00 +0900</pubDate><description>&lt;p&gt;d</description>"
)
_RSS = f'<rss version="2.0"><channel><title>t</title><item>{_ITEM}</item></channel></rss>'
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title type="html">'
    '&lt;b&gt;A&lt;/b&gt;</title><id>i</id><link href="/b"/><published>2024-06-20T00:00:00Z'
    '</published><updated>2024-06-20T00:00:00Z</updated><content type="xhtml">'
    '<div xmlns="http://www.w3.org/1999/xhtml"><p>c</p></div></content></entry></feed>'
)
_FEEDS = [
    ("rss", _RSS, ""),
    ("rss", _RSS[:-20], ""),  # malformed: the loose parser
    ("atom", _ATOM, ""),
    ("json", '{"items": [{"url": "/c", "date_published": "2024-06-20"}]}', ""),
    ("sitemap", "<urlset><url><loc>http://www.warm.example/d</loc></url></urlset>", ""),
    ("page_list", '<ul><li class="x"><a href="/e">E</a></li></ul>', "li.x > a:first-child"),
]


def warm_up() -> None:
    """Take one of each apart. Raises what the first use of a library raises."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with contextlib.suppress(ImportError):  # those of other systems
            importlib.import_module(f"encodings.{module.name}")
    decode("Ключевые слова договора".encode("koi8-r") * 9, "")
    for page, address in itertools.product(
        [_STATED, _UNTIDY, _SHORT, _DEEP, _PLAIN], _ADDRESSES
    ):
        with contextlib.suppress(PageError):
            kind = "text/html" if page.startswith("<") else "text/markdown"
            read_page(page.encode(), kind, address)
    for kind, body, selector in _FEEDS:
        with contextlib.suppress(FeedError):
            parse_feed(body.encode(), kind, _ADDRESSES[0], selector)
    leave_for("User-agent: *\nDisallow: /a*%20b$\nCrawl-delay: 1", _ADDRESSES[0])
