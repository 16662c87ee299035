"""From what feedparser found to documents: the feed, and each item as a document of its own.

Ids. An item without an id is known by its address; without one, by its title and text. Both stay the
same when the feed is re-ordered. Where several items of a feed share one address (a feed of comments, of
the posts of one live blog), the address names none of them: it is kept as the credit ``link``.

Kind. An item is an article, and a live blog only where its category, a segment of its address or the end
of its title says so; its text is then the standfirst and the newest posts, and stays text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from dateline.extract.feed_dates import clock_in_address, clocks_of
from dateline.extract.text import line, plain, plain_line
from dateline.model import Document, Kind, Reject, Window, digest_of, normal_url

MAX_ITEMS = 5_000
MAX_TITLE = 1_000
MAX_GUID = 2_000

_LIVE_SEGMENTS = frozenset({"live", "liveblog", "live-blog", "livestory", "live-story", "live-news", "live-updates"})
_LIVE_CATEGORIES = frozenset({"live", "liveblog", "live blog", "minute by minute", "minutebyminute", "liveticker"})
_LIVE_TITLE = re.compile(
    r"(?:^live\s*[:|]|[:|–—-]\s*(?:live(?: (?:updates|blog|coverage))?|as it happened)\s*$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFrame:
    """What is known of a feed before it is read: its address, and who publishes it."""

    url: str | None
    publisher: str | None


def document_of_feed(found: Mapping[str, Any], frame: FeedFrame) -> Document:
    """Turn feedparser's result into a document of kind feed with its items in page order."""
    feed = found["feed"]
    entries = found["entries"]
    url = frame.url or _link(feed, "self")
    version = found.get("version") or ""
    items = tuple(_item(entry, feed, frame, version) for entry in entries[:MAX_ITEMS])
    return Document(
        format="feed",
        kind=Kind.FEED,
        url=url,
        title=_title(feed),
        carrier=frame.publisher or line(feed.get("publisher")),
        language=line(feed.get("language")),
        categories=_categories(feed),
        clocks=clocks_of(feed, "atom"),  # lastBuildDate is when the feed changed, in RSS too
        coverage={"ttl": minutes} if (minutes := line(feed.get("ttl"))) else {},
        window=Window(shows="latest", next_urls=_older_pages(feed, url)),
        items=with_distinct_addresses(items, line(feed.get("link")), line(feed.get("title"))),
        rejects=tuple(_rejects_of(found, len(entries))),
    )


def with_distinct_addresses(items: tuple[Document, ...], home: str | None, feed: str | None) -> tuple[Document, ...]:
    """Take the address from items that share it with another item, or with the feed's own home page.

    An id that is itself an address takes its place; the shared one stays as the credit ``link``. Two
    items with one address *and* one id are one item twice.
    """
    ids: dict[str, set[str]] = {}
    for item in items:
        ids.setdefault(normal_url(item.url or ""), set()).add(item.guid or "")
    shared = {address for address, guids in ids.items() if len(guids) > 1}
    shared |= {normal_url(home)} if home else set()
    return tuple(_named_by_id(item, feed) if normal_url(item.url or "") in shared else item for item in items)


def _named_by_id(item: Document, feed: str | None) -> Document:
    own = item.guid if item.guid and item.guid != item.url and _is_web(item.guid) else None
    credited = dict(item.credits) | ({"link": item.url} if item.url else {})
    return replace(item, url=own, credits=credited, carrier=item.carrier or (None if own else feed))


def _item(entry: Mapping[str, Any], feed: Mapping[str, Any], frame: FeedFrame, version: str) -> Document:
    url = _address(entry, frame.url)
    title = _title(entry)
    summary, text = _bodies(entry)
    categories = _categories(entry)
    return Document(
        format="feed",
        kind=Kind.LIVE_BLOG if says_live(url, title, categories) else Kind.ARTICLE,
        url=url,
        title=title,
        carrier=_source_title(entry) or frame.publisher or line(feed.get("publisher")),
        language=_language(entry) or line(feed.get("language")),
        categories=categories,
        credits=_credits(entry),
        clocks=clocks_of(entry, version) or clock_in_address(url),
        lead=summary,
        text=text,
        guid=made_id(entry.get("id"), url, title, text or summary),
    )


def made_id(stated: str | None, url: str | None, title: str | None, text: str) -> str:
    """Return an item's own id; where it has none, its address, else a name made from what it says."""
    if stated and stated.strip():
        return stated.strip() if len(stated) <= MAX_GUID else digest_of("guid", stated)
    return url or digest_of("item", title or "", text)


def says_live(url: str | None, title: str | None, categories: Iterable[str]) -> bool:
    """Say whether an item calls itself a live blog: by category, by a whole segment of its address, by title.

    Whole segments only: "liverpool" and "delivery" hold the letters, not the claim.
    """
    if any(one.lower() in _LIVE_CATEGORIES for one in categories):
        return True
    try:
        segments = urlsplit(url or "").path.lower().split("/")
    except ValueError:
        segments = []
    return not _LIVE_SEGMENTS.isdisjoint(segments[:-1]) or bool(title and _LIVE_TITLE.search(title))


def _rejects_of(found: Mapping[str, Any], count: int) -> Iterator[Reject]:
    if found.get("bozo"):
        why = str(found.get("bozo_exception"))[:200]
        yield Reject(where="feed", why=f"not well-formed, so read loosely: {why}")
    if count > MAX_ITEMS:
        yield Reject(where=f"item[{MAX_ITEMS}]", why=f"{count:,} items: more than {MAX_ITEMS:,} are not read")


def _title(part: Mapping[str, Any]) -> str | None:
    title = plain_line(part.get("title") or "")
    return title[:MAX_TITLE] if title else None


def _bodies(entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return the summary and the text; an item with a summary only has that as its text."""
    summary = plain(entry.get("summary") or "")
    contents = [plain(one.get("value") or "") for one in entry.get("content") or ()]
    text = max(contents, key=len, default="")
    if not text or text == summary:
        return "", summary or text
    return summary, text


def _address(entry: Mapping[str, Any], base: str | None) -> str | None:
    """Return the item's own web address; a tracker's detour is passed over where the item names the goal."""
    stated = line(entry.get("feedburner_origlink") or entry.get("link"))
    if not stated:
        return None
    try:
        address = urljoin(base or "", stated)
    except ValueError:
        return None
    return address if _is_web(address) else None


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _link(part: Mapping[str, Any], relation: str) -> str | None:
    return next(
        (one["href"] for one in part.get("links") or () if one.get("rel") == relation and one.get("href")), None
    )


def _older_pages(feed: Mapping[str, Any], base: str | None) -> tuple[str, ...]:
    older = [_link(feed, "next"), _link(feed, "prev-archive")]
    return tuple(urljoin(base or "", one) for one in older if one)


def _source_title(entry: Mapping[str, Any]) -> str | None:
    return line((entry.get("source") or {}).get("title"))


def _language(entry: Mapping[str, Any]) -> str | None:
    details = [entry.get("title_detail"), *(entry.get("content") or ()), entry.get("summary_detail")]
    return next((one["language"] for one in details if one and one.get("language")), None)


def _categories(part: Mapping[str, Any]) -> tuple[str, ...]:
    stated = (plain_line(tag.get("label") or tag.get("term") or "") for tag in part.get("tags") or ())
    return tuple(dict.fromkeys(one[:200] for one in stated if one))


def _credits(entry: Mapping[str, Any]) -> dict[str, str]:
    names = [plain_line(one.get("name") or one.get("email") or "") for one in entry.get("authors") or ()]
    author = ", ".join(dict.fromkeys(name for name in names if name)) or plain_line(entry.get("author") or "")
    return {"author": author[:500]} if author else {}
