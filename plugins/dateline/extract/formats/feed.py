"""RSS, Atom and RDF feeds, through feedparser in a child that can be killed.

feedparser is given an open stream and nothing else: bytes or a string it would take for a path or an
address, and open it.
"""

import io
import re

import feedparser

from dateline.errors import ExtractError
from dateline.extract import Rank
from dateline.extract.confined import confined
from dateline.extract.feed_items import FeedFrame, document_of_feed
from dateline.extract.feed_scrub import scrubbed
from dateline.extract.page import Page
from dateline.model import Document
from dateline.source import Source

RANK = Rank.FEED
SYNTAX = frozenset({"xml", "text", "html"})
MARKS = ("<rss", "<RSS", "<feed", "<rdf:RDF", "<RDF", "<channel", "2005/Atom", "purl.org/rss", "purl.org/atom")
HTML_MARKS = ()

_FIRST_TAG = re.compile(r"<(?:[a-zA-Z_][\w.-]*:)?([a-zA-Z_][\w.-]*)[\s/>]")
_NOT_YET = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_WRAPPED_ROOT = "feed[xmlns], rss[version]"  # a feed that a server wrapped into an empty HTML page
_WRAPPED = re.compile(r"<feed\s[^>]{0,200}w3\.org/2005/Atom|<rss\s[^>]{0,200}version\s*=", re.IGNORECASE)
_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel)[\s/>]", re.IGNORECASE)
_UTF_8 = {"content-type": "application/xml; charset=utf-8"}


def extract(page: Page, source: Source) -> Document | None:
    """Read a feed; None where the outermost element is not one of a feed.

    Raises :class:`ExtractError` where feedparser cannot read it, or not within its limits.
    """
    if page.looks_like == "html" and not (_ROOT.search(page.opening) and page.html.css_first(_WRAPPED_ROOT)):
        return None
    if not is_feed(page.opening):
        return None
    frame = FeedFrame(url=page.snapshot.url, publisher=source.publisher)
    return confined(_read, page.text, frame)


def is_feed(opening: str) -> bool:
    """Say whether the first element of a body, after prolog, comments and document type, is a feed's.

    Some servers wrap a feed into an empty HTML page; then its root with its namespace comes soon after.
    """
    head = _NOT_YET.sub("", opening)
    first = _FIRST_TAG.search(head)
    if first is None:
        return False
    return first[1].lower() in _ROOTS or (first[1].lower() == "html" and _WRAPPED.search(head[:2_000]) is not None)


def _read(text: str, frame: FeedFrame) -> Document:
    """Parse and convert: runs in the child, where whatever feedparser does is bounded."""
    stream = io.BytesIO(scrubbed(text))
    found = feedparser.parse(stream, response_headers=_UTF_8, sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version") and not found["entries"]:
        raise ExtractError(f"no feed: {found.get('bozo_exception') or 'no element of a feed in it'}")
    return document_of_feed(found, frame)
