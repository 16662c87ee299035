"""Anchors: the publisher's own id of a post, in one form for all the channels that state it.

The rule. An anchor is what stands behind the ``#`` of the post's address, or its id in the markup or
the API. Channels of one publisher dress one number in different words (``post-1550004`` in the
markup, ``#liveblogPost1550004`` in the JSON-LD): where letters and dashes stand before a number of
five digits or more, and nothing behind it, the number alone is the anchor. An ObjectId (24 hex digits)
without a word before it is written ``block-<id>``, as the one publisher that drops the word writes it
elsewhere. A UUID is its own anchor, whatever words it is dressed in (``asset:…``, ``#post-asset:…``). Any other
id stays as it is: ``live-1924698-qq0im``. Case counts. An address may name its post in a parameter
(``?post=…``, ``?page=with:block-…``) rather than behind the ``#``.

An id that is a *position* is no anchor: ``post1``, ``post2`` … down the page names another post as soon
as one is added on top. Where the ids of a page count up from 0 or 1 down the page, all are dropped; on a page of
eight posts or more also with gaps, for slots between posts may be counted, too.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from dateline.model import Block

MAX_ANCHOR = 200

_DRESSED_NUMBER = re.compile(r"[A-Za-z][A-Za-z_-]*?[-_:]?(\d{5,})")
_UUID = re.compile(r"(?:[A-Za-z]+[-_:])*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_POST_PARAMETERS = ("post", "post-id", "post_id", "postid", "page")
_BARE_OBJECT_ID = re.compile(r"[0-9a-f]{24}")
_NUMBERED = re.compile(r"\D*?(\d{1,4})")


def anchor(stated: str | int | None) -> str | None:
    """Return the one form of an id, an address with a fragment, or None where nothing identifies."""
    if stated is None or isinstance(stated, bool):
        return None
    name = str(stated).strip().rpartition("#")[2].strip()
    if not name or len(name) > MAX_ANCHOR or len(name.split()) > 1:
        return None
    if _BARE_OBJECT_ID.fullmatch(name):
        return f"block-{name}"
    if identified := _UUID.fullmatch(name):
        return identified[1]
    dressed = _DRESSED_NUMBER.fullmatch(name)
    return dressed[1] if dressed else name


def anchor_of_url(url: str | None, page_url: str | None = None) -> str | None:
    """Return the anchor that an address ends in, or the last part of a path below the page's own.

    A post may have a page of its own (``…/blog/card/x``); an address equal to the page's names no post.
    """
    if not url:
        return None
    if named := _named_by_parameter(url):
        return named
    if "#" in url:
        return anchor(url)
    if not page_url or _path(url) == _path(page_url):
        return None
    return anchor(_path(url).rpartition("/")[2])


def _named_by_parameter(url: str) -> str | None:
    """Return the id that ``?post=`` or ``?page=with:block-`` states; a page number names no post."""
    if "?" not in url:
        return None
    query = parse_qs(url.partition("?")[2].partition("#")[0])
    for key in _POST_PARAMETERS:
        for stated in query.get(key, ()):
            if not stated.isdecimal():
                return anchor(stated.removeprefix("with:"))
    return None


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return url


def without_positions(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Drop the anchors of a page whose ids only count the posts from the top."""
    if not _count_from_the_top([one.anchor for one in blocks]):
        return tuple(blocks)
    return tuple(replace(one, anchor=None) for one in blocks)


def _count_from_the_top(anchors: Sequence[str | None]) -> bool:
    numbers = [int(found[1]) for one in anchors if one and (found := _NUMBERED.fullmatch(one))]
    if len(numbers) < 2 or len(numbers) != len(anchors):
        return False
    if numbers[0] not in {0, 1}:
        return False
    steps = [later - former for former, later in itertools.pairwise(numbers)]
    has_gaps = len(numbers) >= 8 and min(steps) > 0 and numbers[-1] <= 2 * len(numbers)
    return has_gaps or all(step == 1 for step in steps)
