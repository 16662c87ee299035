"""The hub that a feed offers, and what a hub sends: WebSub (https://www.w3.org/TR/websub/).

A feed names its hub and its own address in ``Link`` headers, or in ``link`` elements before its first item; a JSON
Feed in ``hubs`` and ``feed_url`` (https://www.jsonfeed.org/version/1.1/). Links inside an item are a guest's words
and never count. What a hub sends counts only where it is signed with the secret
of that one subscription.
"""

import hmac
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx2
import orjson
from lxml import etree

from dateline.errors import FetchError
from dateline.fetch.client import checked_url
from dateline.model import Snapshot

PUSHED = "#pushed"
"""Ends the address under which what a hub sent is archived: the address itself never answered it."""

_HEAD_BYTES = 64_000
_ATOM = "http://www.w3.org/2005/Atom"
_METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})
_CHUNK = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """Where a feed's news can be asked for (``url``), and the feed's own address (``topic``), as it states both."""

    url: str
    topic: str


def hub_in(snapshot: Snapshot) -> Hub | None:
    """Return the hub that a feed offers; None where it offers none, or does not state its own address."""
    is_json = snapshot.body.removeprefix(BOM_UTF8).lstrip().startswith(b"{")
    stated = _in_json(snapshot.body) if is_json else dict(_in_head(snapshot.body[:_HEAD_BYTES]))
    links = {**stated, **_in_headers(snapshot)}
    if not {"hub", "self"} <= links.keys():
        return None
    hub = Hub(url=urljoin(snapshot.url or "", links["hub"]), topic=urljoin(snapshot.url or "", links["self"]))
    return hub if _may_be_asked(hub.url) and _may_be_asked(hub.topic) else None


def is_signed(body: bytes, stated: str | None, secret: str) -> bool:
    """Say whether an ``X-Hub-Signature`` (``sha256=…``) is that of the body under the secret."""
    method, _, digest = (stated or "").partition("=")
    if method.strip().lower() not in _METHODS:
        return False
    right = hmac.new(secret.encode(), body, method.strip().lower()).hexdigest()
    return hmac.compare_digest(right.encode(), digest.strip().lower().encode())


def _in_headers(snapshot: Snapshot) -> dict[str, str]:
    stated = [value for name, value in snapshot.headers if name.lower() == "link"]
    if not stated:
        return {}
    links = httpx2.Response(200, headers={"Link": ", ".join(stated)}).links
    return {str(rel).lower(): one["url"] for rel, one in links.items() if one.get("url")}


def _in_json(body: bytes) -> dict[str, str]:
    """Return the first WebSub hub and the own address of a JSON Feed; its hubs may stand behind its items."""
    try:
        feed = orjson.loads(body.removeprefix(BOM_UTF8))
    except orjson.JSONDecodeError:
        return {}
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in str(feed.get("version")):
        return {}
    offered = feed.get("hubs")
    hubs = [one for one in offered if isinstance(one, dict)] if isinstance(offered, list) else []
    urls = [one.get("url") for one in hubs if str(one.get("type")).lower() == "websub"]
    links = {"hub": next(iter(urls), None), "self": feed.get("feed_url")}
    return {rel: url for rel, url in links.items() if isinstance(url, str)}


def _in_head(head: bytes) -> Iterator[tuple[str, str]]:
    """Yield the links of a feed's head, in Atom's own element, wherever its namespace is bound."""
    parser = etree.XMLPullParser(
        ("start",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    seen: set[str] = set()
    for start in range(0, len(head), _CHUNK):
        try:
            parser.feed(head[start : start + _CHUNK])
        except etree.XMLSyntaxError:
            return
        for _, started in parser.read_events():
            element: Any = started
            name = etree.QName(element)
            if name.localname in {"item", "entry"}:
                return
            if (name.namespace, name.localname) == (_ATOM, "link"):
                rels = set((element.get("rel") or "").lower().split()) - seen
                yield from ((rel, element.get("href") or "") for rel in sorted(rels))
                seen |= rels


def _may_be_asked(url: str) -> bool:
    try:
        checked_url(url)
    except FetchError:
        return False
    return True
