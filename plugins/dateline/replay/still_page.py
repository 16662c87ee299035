"""A live blog at one instant as one HTML page that needs nothing else and runs nothing."""

import html
from collections.abc import Iterator, Sequence

from pendulum import DateTime

from dateline.replay.as_of import Axis
from dateline.replay.player_page import NOTHING_ELSE, digest, part
from dateline.replay.posts import EntrySeen


def still_page(title: str | None, posts: Sequence[EntrySeen], at: DateTime, axis: Axis = Axis.SEEN) -> str:
    """Write the posts as they stood at an instant."""
    css = part("player.css")
    name = html.escape(title or "Live blog")
    whose = "As readers saw it" if axis is Axis.SEEN else "As the publisher dates it"
    shown = (
        "\n".join("".join(_article(one)) for one in posts) or '<p class="empty">Nothing had been seen of it yet.</p>'
    )
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {digest(css)}; {NOTHING_ELSE}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>{name}</title><style>{css}</style></head><body>
<header><h1 dir="auto">{name}</h1><p class="asof">{whose} {_clock(at, "dddd D MMMM YYYY, HH:mm:ss [UTC]")}</p></header>
<div class="columns"><main>
{shown}
</main></div></body></html>
"""


def _article(post: EntrySeen) -> Iterator[str]:
    yield f'<article class="post{" pinned" * post.is_pinned}"><p class="meta">'
    yield _clock(post.published.at, "ddd D MMM, HH:mm") if post.published.at else "<span>time unknown</span>"
    tags = (
        ("pin", "Pinned", post.is_pinned),
        ("key", "Key event", post.is_key_event),
        ("", "Summary", post.is_summary),
    )
    yield from (f'<span class="tag {name}">{words}</span>' for name, words, is_so in tags if is_so)
    yield "" if post.is_on_page else "<span>further down, not on the first page</span>"
    yield "</p>"
    if post.headline:
        yield f'<h2 dir="auto">{html.escape(post.headline)}</h2>'
    yield f'<p class="text" dir="auto">{html.escape(post.text)}</p>'
    if post.author:
        yield f'<p class="byline" dir="auto">{html.escape(post.author)}</p>'
    yield "</article>"


def _clock(at: DateTime, words: str) -> str:
    return f'<time datetime="{at.to_iso8601_string()}">{at.format(words)}</time>'
