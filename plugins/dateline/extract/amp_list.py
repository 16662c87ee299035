"""The posts of an ``<amp-live-list>``: what its specification says of every publisher's list.

The children of ``[items]`` are the posts; ``id`` must never change; ``data-sort-time`` orders them,
``data-update-time`` says when a post changed, ``data-tombstone`` that it is gone. Times are epoch numbers,
in seconds or milliseconds as the publisher likes: posts carry ``data-update-time`` or words, adverts often
only a sort time, in another unit than the posts'.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from selectolax.lexbor import LexborNode

from dateline.extract.page import Page
from dateline.model import Basis, Clock, Role, Window

NO_POST = re.compile(
    r"(?:^|[^a-z])(?:ads?|advert\w*|promo\w*|sponsor\w*|newsletter|taboola|outbrain)(?:[^a-z]|$)", re.IGNORECASE
)
"""An id or class that marks a slot between posts."""


def lists_of(page: Page) -> list[LexborNode]:
    """Return the page's lists."""
    return page.html.css("amp-live-list")


def items_of(lists: Iterable[LexborNode]) -> list[LexborNode]:
    """Return the children of every list's ``[items]`` that are posts or tombstones."""
    children = (child for one in lists for child in one.css("[items] > [id]"))
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
    shown = item.css_first("amp-timeago[datetime], time[datetime]")
    if shown is not None and (stated := shown.attributes.get("datetime")):
        yield Clock(role=Role.SHOWN, stated=stated[:64], basis=Basis.DOM)


def window_of(lists: Sequence[LexborNode]) -> Window:
    """Say which part the lists show: the newest n, or, where they hold fewer and no pages, unknown."""
    pages = (link for one in lists for link in one.css("[pagination] a[href]"))
    following = tuple(dict.fromkeys(href for one in pages if (href := one.attributes.get("href"))))
    most = lists[0].attributes.get("data-max-items-per-page") if lists else None
    return Window(shows="latest" if most else None, next_urls=following)


def state_of(lists: Iterable[LexborNode]) -> dict[str, str]:
    """Return the state that a list's ``disabled`` attribute declares, as a part of the coverage."""
    return {"state": "over"} if any("disabled" in one.attributes for one in lists) else {}
