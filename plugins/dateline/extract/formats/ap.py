"""Associated Press live pages: ``<bsp-liveblog-post>`` elements that carry their id and time of posting.

The JSON-LD's ids do not always match the markup's; the merge pairs the posts by their text.
"""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, Rank
from dateline.extract.anchors import anchor
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.text import line, paragraphs
from dateline.extract.time_evidence import role_of
from dateline.model import Basis, Block, Clock, Document, Role, Window
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML
SELECTOR = "bsp-liveblog-post"
MARKS = ("<bsp-liveblog-post",)

_HEADLINE = ".LiveBlogPost-headline, h2, h3"
_AUTHORS = "[class*=LiveBlogPost-author], [class*=byline], [rel=author]"
_NOT_TEXT = (
    f"bsp-timestamp, [class*=timestamp], [class*=share], [class*=actions], bsp-copy-link, {_AUTHORS}, {CAPTIONS}"
)


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read an AP live page, or return None where no post stands in it."""
    posts = page.html.css("bsp-liveblog-post") if page.looks_like == "html" else []
    if not posts:
        return None
    more = page.html.css("bsp-liveblog [class*=nextPage] a[href], [class*=loadMore] a[href], a[class*=loadMore][href]")
    following = tuple(dict.fromkeys(href for one in more if (href := one.attributes.get("href"))))
    window = Window(shows="latest" if following else None, next_urls=following)
    return facts_of(page).live_blog("ap", [_block(one) for one in posts], window=window)


def _block(post: LexborNode) -> Block:
    headline = post.css_first(_HEADLINE)
    body = post.css_first(".LiveBlogPost-body") or post
    author = post.css_first(_AUTHORS)
    return Block(
        where=f"bsp-liveblog-post[{post.attributes.get('data-post-id')}]",
        anchor=anchor(post.attributes.get("data-post-id") or post.id),
        headline=line(paragraphs(headline)) if headline else None,
        text=paragraphs(body, _NOT_TEXT, (headline,) if headline else ()),
        author=_name(author),
        clocks=tuple(_clocks(post)),
        embeds=embeds_of(post),
        is_pinned=_is_pinned(post),
    )


def _name(author: LexborNode | None) -> str | None:
    stated = line(paragraphs(author)) if author is not None else None
    return stated.removeprefix("By ").removeprefix("BY ").strip() or None if stated else None


def _is_pinned(post: LexborNode) -> bool:
    above = post.parent
    words = f"{post.attributes.get('class') or ''} {(above.attributes.get('class') or '') if above is not None else ''}"
    return "pinned" in words.lower()


def _clocks(post: LexborNode) -> Iterator[Clock]:
    """Yield the time of posting, and any other time that the element's attributes name."""
    for name, stated in post.attributes.items():
        if name.endswith("timestamp") and stated and stated.strip().isdigit():
            role = Role.PUBLISHED if "posted" in name else role_of(name)
            yield Clock(role=role, stated=stated.strip()[:64], basis=Basis.DOM)
