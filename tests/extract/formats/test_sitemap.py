import pytest

from dateline.extract.formats import sitemap
from dateline.extract.page import Page
from dateline.model import Basis, Clock, Kind, Role, Snapshot
from dateline.source import ANY_SOURCE

HEAD = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
)
NEWS = """<url><loc>https://gullnews.example/live/harbour</loc>
<image:image><image:loc>https://gullnews.example/p.jpg</image:loc><image:title>A picture</image:title></image:image>
<news:news><news:publication><news:name>Gull News</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-11-24T09:41:00Z</news:publication_date>
<news:title>Harbour fire: fish &amp; chips</news:title>
<news:keywords>Harbour, Fire</news:keywords></news:news></url>"""


def read(body):
    return sitemap.extract(Page(Snapshot(body=body.encode())), ANY_SOURCE)


def test_a_news_sitemap_states_title_date_and_publication():
    (found,) = read(f'<?xml version="1.0" encoding="UTF-8"?>{HEAD}{NEWS}</urlset>').items
    assert (found.title, found.carrier, found.language) == ("Harbour fire: fish & chips", "Gull News", "en")
    assert (found.kind, found.categories) == (Kind.LIVE_BLOG, ("Harbour", "Fire"))
    assert found.clocks == (Clock(role=Role.PUBLISHED, stated="2026-11-24T09:41:00Z", basis=Basis.FEED),)


def test_a_plain_sitemap_states_addresses_and_changes():
    found = read(f"{HEAD}<url><loc>https://gullnews.example/a</loc><lastmod>2026-11-24</lastmod></url><url/></urlset>")
    assert [(one.url, one.clocks[0].role) for one in found.items] == [("https://gullnews.example/a", Role.MODIFIED)]
    assert found.rejects[0].where == "url[1]"


def test_an_index_names_the_sitemaps_to_follow():
    body = "<sitemapindex><sitemap><loc>https://gullnews.example/s1.xml</loc></sitemap></sitemapindex>"
    assert read(body).window.next_urls == ("https://gullnews.example/s1.xml",)


def test_a_cut_sitemap_gives_what_is_there():
    assert len(read(f"{HEAD}{NEWS}<url><loc>https://gull").items) >= 1


@pytest.mark.parametrize("body", ["<rss><channel/></rss>", "<html><body>urlset</body></html>", "<urlset"])
def test_what_is_no_sitemap_is_left_alone(body):
    assert read(body) is None or not read(body).items
