"""Independent live pages, in AMP style: ``amp-live-list div#post-N``, the latest ten.

Adverts stand between the posts as ``div#ad-N`` with a sort time in seconds, where posts use
milliseconds. ``data-sort-time`` is when a post was published; ``amp-timeago`` shows the time that readers
see, which an editor may move. A post on top although its sort time is older than the next one's is
pinned there. Class names are hashes of a build, so the parts of a post are told by their structure: its
first ``h3`` is the headline, its last box holds the author and the shown time, a box of a picture and a
linked ``h3`` is the card of another article: an embed, not text.
"""

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, Rank
from dateline.extract.amp_list import clocks_of, is_tombstone, items_of, lists_of, state_of, window_of
from dateline.extract.anchors import anchor
from dateline.extract.embeds import CAPTIONS, embeds_of, quotes_in_amp
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.text import line, paragraphs
from dateline.model import Block, Document, Embed
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML
MARKS = ()

_CARD = "div:has(> h3 > a[href])"
_POST_HEADLINE = "h3, h2"


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read an Independent live page, or return None where its list holds no ``post-N``."""
    lists = lists_of(page)
    posts = [one for one in items_of(lists) if (one.id or "").startswith("post-")]
    if not posts:
        return None
    pinned = _pinned(posts)
    in_amp = any(map(quotes_in_amp, lists))
    return facts_of(page).live_blog(
        "independent",
        [_block(post, is_pinned=post is pinned, in_amp=in_amp) for post in posts],
        window=window_of(lists),
        coverage=state_of(lists),
    )


def _pinned(posts: list[LexborNode]) -> LexborNode | None:
    """Return the first post if the page's own sort times would not have it there."""
    times = [one.attributes.get("data-sort-time") or "" for one in posts[:2]]
    if len(times) == 2 and all(one.isdecimal() for one in times) and int(times[0]) < int(times[1]):
        return posts[0]
    return None


def _block(post: LexborNode, *, is_pinned: bool, in_amp: bool) -> Block:
    footer = _footer(post)
    cards = post.css(_CARD)
    headline = next((one for one in post.css(_POST_HEADLINE) if one.css_first("a") is None), None)
    parts = [one for one in (headline, footer, post.css_first("a[href^='#post']"), *cards) if one is not None]
    return Block(
        where=f"div#{post.id}",
        anchor=anchor(post.id),
        headline=line(paragraphs(headline)) if headline else None,
        text=paragraphs(post, CAPTIONS, parts),
        author=_author(footer),
        clocks=tuple(clocks_of(post)),
        embeds=(*embeds_of(post, in_amp=in_amp), *(_card(one) for one in cards)),
        is_pinned=is_pinned,
        is_deleted=is_tombstone(post),
    )


def _footer(post: LexborNode) -> LexborNode | None:
    boxes = [one for one in post.iter() if one.tag == "div"]
    last = boxes[-1] if len(boxes) > 1 else None
    return last if last is not None and last.css_first("span") is not None and last.css_first("p") is None else None


def _author(footer: LexborNode | None) -> str | None:
    name = footer.css_first("span") if footer is not None else None
    words = line(name.text()) if name else None
    return words if words and not any(one.isdigit() for one in words) else None


def _card(card: LexborNode) -> Embed:
    link = card.css_first("h3 > a[href]")
    return Embed(
        kind="link", url=link.attributes.get("href") if link else None, text=line(link.text()) if link else None
    )
