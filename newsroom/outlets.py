"""Who publishes in the newsroom, in which encoding and layout, and where new articles are listed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Listing:
    """Where an outlet lists its articles: path below the outlet, kind, selector of a page's links."""

    path: str
    kind: str
    selector: str = ""


@dataclass(frozen=True)
class Outlet:
    """One invented outlet. `kind` and `country` are codes of the register's sources."""

    slug: str
    name: str
    kind: str
    language: str
    listing: Listing
    layout: str
    encoding: str = "utf-8"
    country: str = ""


OUTLETS = {
    outlet.slug: outlet
    for outlet in (
        Outlet("meridian", "Meridian Wire (sample)", "news_agency", "en", Listing("rss.xml", "rss"), "semantic"),
        Outlet("harbourpost", "The Harbour Post (sample)", "newspaper", "en", Listing("atom.xml", "atom"), "sidebar"),
        Outlet("eastdesk", "East Desk (sample)", "news_site", "en", Listing("sitemap.xml", "sitemap"), "json_ld"),
        Outlet(
            "noonradio", "Noon Radio (sample)", "broadcaster", "en",
            Listing("latest.html", "page_list", "table.programme td.item a"), "table",
        ),
        Outlet("severny", "Северный курьер (sample)", "newspaper", "ru", Listing("rss.xml", "rss"), "semantic", "windows-1251"),
        Outlet("hangang", "한강데일리 (sample)", "newspaper", "ko", Listing("rss.xml", "rss"), "sidebar", "euc-kr"),
        Outlet("minato", "みなと通信 (sample)", "news_agency", "ja", Listing("atom.xml", "atom"), "json_ld", "shift_jis"),
    )
}  # fmt: skip
