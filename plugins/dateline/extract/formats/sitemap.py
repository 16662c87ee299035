"""Sitemaps, above all Google News sitemaps: title, date and publication of each new article.

A plain sitemap states addresses and last changes only; its items have no title and no text. A sitemap
index holds no items: the sitemaps that it names are the follow-up addresses of its window.
"""

from collections.abc import Iterator

from lxml import etree

from dateline.errors import ExtractError
from dateline.extract import Rank
from dateline.extract.confined import confined
from dateline.extract.feed_items import MAX_ITEMS, MAX_TITLE, made_id, says_live
from dateline.extract.page import Page
from dateline.extract.text import plain_line
from dateline.model import Basis, Clock, Document, Kind, Reject, Role, Window
from dateline.source import Source

RANK = Rank.FEED
SYNTAX = frozenset({"xml"})
MARKS = ("<urlset", "<sitemapindex", ":urlset", ":sitemapindex")
MAX_STATED_DATE = 64
MAX_NEXT = 1_000


def extract(page: Page, source: Source) -> Document | None:
    """Read a sitemap or sitemap index; None for anything else. Raises :class:`ExtractError` if it is broken."""
    if page.looks_like not in {"xml", "html"} or not any(mark in page.text[:20_000] for mark in MARKS):
        return None
    return confined(_read, page.text, page.snapshot.url, source.publisher)


def _read(text: str, url: str | None, publisher: str | None) -> Document | None:
    """Parse and convert: runs in the child. Nothing that the document names is opened."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.strip().encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ExtractError(f"not readable as XML: {error}") from error
    if root is None or _name(root) not in {"urlset", "sitemapindex"}:
        return None
    urls = [one for one in root if _name(one) == "url"]
    return Document(
        format="sitemap",
        kind=Kind.FEED,
        url=url,
        carrier=publisher,
        window=Window(shows="latest", next_urls=tuple(_sitemaps(root))[:MAX_NEXT]),
        items=tuple(item for one in urls[:MAX_ITEMS] if (item := _item(one, publisher)) is not None),
        rejects=tuple(_rejects(urls)),
    )


def _item(url: etree._Element, publisher: str | None) -> Document | None:
    address = _text(url, "loc")
    if address is None:
        return None
    title = plain_line(_text(url, "title") or "")
    keywords = (_text(url, "keywords") or _text(url, "genres") or "").split(",")
    categories = tuple(word.strip() for word in keywords if word.strip())
    return Document(
        format="sitemap",
        kind=Kind.LIVE_BLOG if says_live(address, title, categories) else Kind.ARTICLE,
        url=address,
        title=title[:MAX_TITLE] if title else None,
        carrier=publisher or _text(url, "name"),
        language=_text(url, "language"),
        categories=categories,
        clocks=tuple(_clocks(url)),
        guid=made_id(None, address, title, ""),
    )


def _clocks(url: etree._Element) -> Iterator[Clock]:
    for name, role in (("publication_date", Role.PUBLISHED), ("lastmod", Role.MODIFIED)):
        stated = _text(url, name)
        if stated and len(stated) <= MAX_STATED_DATE:
            yield Clock(role=role, stated=stated, basis=Basis.FEED)


def _sitemaps(root: etree._Element) -> Iterator[str]:
    for one in root:
        if _name(one) == "sitemap" and (address := _text(one, "loc")):
            yield address


def _rejects(urls: list[etree._Element]) -> Iterator[Reject]:
    for number, one in enumerate(urls[:MAX_ITEMS]):
        if _text(one, "loc") is None:
            yield Reject(where=f"url[{number}]", why="no loc: the address is missing")
    if len(urls) > MAX_ITEMS:
        yield Reject(where=f"url[{MAX_ITEMS}]", why=f"{len(urls):,} addresses: more than {MAX_ITEMS:,} are not read")


def _name(element: etree._Element) -> str:
    """Return the name without its namespace; comments and processing instructions have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: etree._Element, name: str) -> str | None:
    """Return the text of the first descendant of this name that is no picture's or video's."""
    for one in element.iter():
        if _name(one) == name and not _is_media(one):
            return (one.text or "").strip() or None
    return None


def _is_media(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and ("/sitemap-image/" in element.tag or "/sitemap-video/" in element.tag)
