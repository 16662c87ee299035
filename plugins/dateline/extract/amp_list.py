"""The posts of an ``<amp-live-list>``: what its specification says of every publisher's list.

The children of ``[items]`` are the posts; ``id`` must never change; ``data-sort-time`` orders them,
``data-update-time`` says when a post changed, ``data-tombstone`` that it is gone. Times are epoch numbers,
in seconds or milliseconds as the publisher likes: posts carry ``data-update-time`` or words, adverts often
only a sort time, in another unit than the posts'.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from dateline.extract.page import Page
from dateline.model import Basis, Clock, Role, Window

NO_POST = re.compile(
    r"(?:^|[^a-z])(?:ads?|advert\w*|promo\w*|sponsor\w*|newsletter|taboola|outbrain)(?:[^a-z]|$)", re.IGNORECASE
)
"""An id or class that marks a slot between posts."""


def items_of(page: Page) -> list[LexborNode]:
    """Return the children of every list's ``[items]`` that are posts or tombstones."""
    children = page.html.css("amp-live-list [items] > [id]")
    return [one for one in children if is_tombstone(one) or not _is_slot(one)]


def _is_slot(item: LexborNode) -> bool:
    if NO_POST.search(item.id or ""):
        return True
    if item.attributes.get("data-update-time") is None and NO_POST.search(item.attributes.get("class") or ""):
        return True
    return not item.text(strip=True) and item.css_first("img, amp-img, iframe, amp-twitter, amp-video") is None


def is_tombstone(item: LexborNode) -> bool:
    """Say whether the publisher marks this post as deleted."""
    return "data-tombstone" in item.attributes


def clocks_of(item: LexborNode) -> Iterator[Clock]:
    """Yield the clocks of one item: its sort time, its update time, and the times that it shows."""
    for key, role in (("data-sort-time", Role.PUBLISHED), ("data-update-time", Role.MODIFIED)):
        if stated := item.attributes.get(key):
            yield Clock(role=role, stated=stated[:64], basis=Basis.DOM)
    for node in item.css("amp-timeago[datetime], time[datetime]")[:1]:
        if stated := node.attributes.get("datetime"):
            yield Clock(role=Role.SHOWN, stated=stated[:64], basis=Basis.DOM)


def window_of(page: Page) -> Window:
    """Say which part the list shows: the newest n, or, where it holds fewer and no pages, unknown."""
    lists = page.html.css("amp-live-list")
    pages = page.html.css("amp-live-list [pagination] a[href]")
    following = tuple(dict.fromkeys(href for one in pages if (href := one.attributes.get("href"))))
    most = lists[0].attributes.get("data-max-items-per-page") if lists else None
    return Window(shows="latest" if most else None, next_urls=following)


def state_of(page: Page) -> dict[str, str]:
    """Return the state that the list's ``disabled`` attribute declares, as a part of the coverage."""
    is_over = page.html.css_first("amp-live-list[disabled]") is not None
    return {"state": "over"} if is_over else {}
