"""The pages of the newsroom: the same coverage in the shapes that publishers and aggregators use.

The Courier's live page is an AMP live list with tombstones; the Herald's states JSON-LD beside markup that
shows the whole blog; the aggregator's copies lose order, clocks and paragraphs as real copies do.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

from newsroom.script import Article, Copy, Coverage, Post, Story, Timeline, everything, seen_by_readers

ZONE = ZoneInfo("Europe/London")
ADVERT = (
    "Wake up to the best local reporting on this coast. Try The Harbour Courier free for 1 month with unlimited "
    "access to our award-winning website, exclusive app and more."
)


def iso(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def render(page: Story | Article | Copy, coverage: Coverage, timeline: Timeline, instant: datetime, base: str) -> str:
    """Render whatever has an address of its own, as it stands at an instant."""
    match page:
        case Story():
            return live_page(page, timeline, instant, base)
        case Article():
            return article_page(page, timeline, base)
        case Copy():
            return copy_page(coverage, page, timeline, base)


def live_page(story: Story, timeline: Timeline, instant: datetime, base: str) -> str:
    """Render a live blog in its publisher's shape."""
    posts = everything(story, timeline, instant)
    shape = amp_live_list if story.path == "courier" else whole_page
    return _document(
        story.title, story.publisher, base + story.address, shape(story, posts, base), _ld(story, posts, base)
    )


def amp_live_list(story: Story, posts: Iterable[Post], base: str) -> str:
    """An AMP live list: sort times in milliseconds, adverts between in seconds, tombstones for what is gone."""
    return (
        f'<h1>{escape(story.title)}</h1><p class="standfirst">{escape(story.standfirst)}</p>'
        '<amp-live-list id="live" data-max-items-per-page="200" data-poll-interval="60000">'
        '<button update on="tap:live.update">Show the latest</button><div items>'
        + "".join(_amp_item(one, story.author) for one in posts)
        + "</div></amp-live-list>"
    )


def _amp_item(post: Post, author: str) -> str:
    sort_time = int(post.published.timestamp() * 1000)
    update_time = int(post.modified.timestamp() * 1000)
    opening = f'<div id="post-{post.anchor}" data-sort-time="{sort_time}" data-update-time="{update_time}"'
    if post.is_deleted:
        return f"{opening} data-tombstone></div>"
    marks = (' class="key-event"' if post.is_key_event else "") + (" data-pinned" if post.is_pinned else "")
    headline = f"<h3>{escape(post.headline)}</h3>" if post.headline else ""
    shown_day = post.published.astimezone(ZONE).strftime("%-d %B %Y %H:%M")
    advert = f'<div id="ad-{post.anchor}" data-sort-time="{sort_time // 1000}">Advertisement</div>'
    return (
        f'{opening}{marks}><a href="#post-{post.anchor}"><amp-timeago layout="fixed-height" height="20" '
        f'datetime="{iso(post.published)}">{iso(post.published)}</amp-timeago></a>'
        f"<div>{headline}{_paragraphs(post.text)}{_embed(post)}</div>"
        f"<div><span>{escape(author)}</span><span>{shown_day}</span></div></div>"
        + (advert if post.anchor.endswith("5") else "")
    )


def whole_page(story: Story, posts: Iterable[Post], base: str) -> str:
    """A page that shows the whole live blog, each post in a block of its own under a local clock."""
    body = "".join(_live_post(one) for one in posts if not one.is_deleted)
    return (
        f"<h1>{escape(story.title)}</h1><p>{escape(story.standfirst)}</p>"
        f'<article class="live-stream" itemprop="articleBody">{body}</article>'
    )


def _live_post(post: Post) -> str:
    clock = post.published.astimezone(ZONE).strftime("%-I:%M%p")
    marks = " live-post--pinned" if post.is_pinned else ""
    headline = f'<h3 class="live-post__title">{escape(post.headline)}</h3>' if post.headline else ""
    return (
        f'<div class="live-post js-live-post{marks}" data-js="live-post">'
        f'<a class="live-post__wrapper-body-timestamp" id="{post.anchor}">'
        f'<time class="live-post__wrapper-body-timestamp-full" datetime="{iso(post.published)}">{clock}</time></a>'
        f"{headline}{_paragraphs(post.text)}{_embed(post)}</div>"
    )


def _ld(story: Story, posts: Iterable[Post], base: str) -> dict[str, object]:
    shown = [one for one in posts if not one.is_deleted]
    return {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "url": base + story.address,
        "headline": story.title,
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": story.publisher},
        "datePublished": iso(min(one.published for one in posts)) if shown else None,
        "dateModified": iso(max(one.modified for one in posts)) if shown else None,
        "liveBlogUpdate": [
            {
                "@type": "BlogPosting",
                "url": f"{base}{story.address}#post-{one.anchor}"
                if story.path == "courier"
                else f"{base}{story.address}#{one.anchor}",
                "headline": one.headline or "",
                "datePublished": iso(one.published),
                "dateModified": iso(one.modified),
                "author": {"@type": "Person", "name": story.author},
                "articleBody": one.text.replace("\n", " "),
            }
            for one in shown
        ],
    }


def article_page(article: Article, timeline: Timeline, base: str) -> str:
    """Render an article with its JSON-LD, a navigation and a footer around it."""
    published = iso(timeline.instant(article.at))
    ld = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "url": base + article.address,
        "headline": article.title,
        "datePublished": published,
        "dateModified": published,
        "author": {"@type": "Person", "name": article.author},
        "publisher": {"@type": "Organization", "name": article.publisher},
        "articleSection": article.category,
    }
    byline = f'<p class="byline">By {escape(article.author)}</p>'
    body = f"<article><h1>{escape(article.title)}</h1>{byline}{_paragraphs(article.text)}</article>"
    return _document(article.title, article.publisher, base + article.address, body, ld)


def feed(coverage: Coverage, path: str, timeline: Timeline, instant: datetime, base: str) -> str:
    """Render one publisher's RSS: live blogs under one guid each, whose date moves with every update."""
    items = [_story_item(one, timeline, instant, base) for one in coverage.stories if one.path == path]
    items += [_article_item(one, timeline, base) for one in coverage.articles if one.path == path]
    rows = "".join(row for at, row in sorted(items, reverse=True) if at <= instant)
    publisher = next(one.publisher for one in coverage.originals if one.path == path)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{escape(publisher)}</title><link>{base}/{path}</link><language>en</language><ttl>1</ttl>{rows}</channel></rss>"
    )


def _story_item(story: Story, timeline: Timeline, instant: datetime, base: str) -> tuple[datetime, str]:
    posts = seen_by_readers(story, timeline, instant)
    if not posts:
        return timeline.instant(story.opens), ""
    at = max(one.modified for one in posts)
    latest = max(posts, key=lambda one: one.published)
    return at, _item(at, story, f"{story.standfirst} {latest.text}", base)


def _article_item(article: Article, timeline: Timeline, base: str) -> tuple[datetime, str]:
    at = timeline.instant(article.at)
    return at, _item(at, article, article.text.split("\n", maxsplit=1)[0], base)


def _item(at: datetime, page: Story | Article, text: str, base: str) -> str:
    return (
        f"<item><title>{escape(page.title)}</title><link>{base}{page.address}</link><guid>{base}{page.address}</guid>"
        f"<pubDate>{format_datetime(at)}</pubDate><category>{escape(page.category)}</category>"
        f"<description>{escape(text)}</description></item>"
    )


def topic_page(coverage: Coverage, tag: str, timeline: Timeline, instant: datetime) -> str:
    """Render a hashtag page as text: carrier, date, category, carrier, title, body in one paragraph; newest first."""
    items = [
        (
            timeline.instant(one.at),
            one.carrier,
            coverage.original(one.of),
            copy_text(coverage, one, timeline, "flattened"),
        )
        for one in coverage.copies
    ]
    items += [(timeline.instant(one.at), one.publisher, one, one.text.replace("\n", " ")) for one in coverage.articles]
    lines = [f"Latest news with #{tag}"]
    for at, carrier, page, body in sorted(items, key=lambda item: item[0], reverse=True):
        if at <= instant and page.tag == tag:
            lines += [carrier, at.strftime("%d-%m-%Y"), f"- {page.category}", f"- {carrier}", page.title, body]
    return "\n".join(lines) + "\n"


def copy_page(coverage: Coverage, copy: Copy, timeline: Timeline, base: str) -> str:
    """Render the aggregator's page of a copy."""
    original = coverage.original(copy.of)
    ld = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "url": base + copy.address,
        "headline": original.title,
        "datePublished": iso(timeline.instant(copy.at)),
        "author": {"@type": "Person", "name": original.author},
        "publisher": {"@type": "Organization", "name": copy.carrier},
        "provider": {"@type": "Organization", "name": original.publisher},
    }
    text = copy_text(coverage, copy, timeline, copy.style)
    body = f"<article><h1>{escape(original.title)}</h1>{_paragraphs(text)}</article>"
    return _document(original.title, copy.carrier, base + copy.address, body, ld)


def copy_text(coverage: Coverage, copy: Copy, timeline: Timeline, style: str) -> str:
    """Flatten an original as an aggregator does, as it stood when the copy was taken."""
    original = coverage.original(copy.of)
    if isinstance(original, Article):
        text = original.text.replace("\n", " ") if style == "flattened" else original.text
    else:
        posts = seen_by_readers(original, timeline, timeline.instant(copy.at))
        text = _flattened(original, posts) if style == "flattened" else _clocked(posts)
    return f"{text} {ADVERT}" if original.path == "courier" else text


def _flattened(story: Story, posts: Iterable[Post]) -> str:
    """One paragraph, no clocks, no headlines, the standfirst in front."""
    return " ".join([story.standfirst, *(one.text.replace("\n", " ") for one in posts)])


def _clocked(posts: Iterable[Post]) -> str:
    """A clock line, a headline line, the paragraphs."""
    blocks = []
    for one in posts:
        clock = one.published.astimezone(ZONE).strftime("%I:%M %p %Z")
        blocks.append("\n".join(part for part in (clock, one.headline, one.text) if part))
    return "\n".join(blocks)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line)


def _embed(post: Post) -> str:
    if not post.embed:
        return ""
    caption = escape(post.embed["text"])
    return f'<figure><img src="{escape(post.embed["url"])}" alt="{caption}"><figcaption>{caption}</figcaption></figure>'


def _document(title: str, publisher: str, url: str, body: str, ld: dict[str, object]) -> str:
    stated = json.dumps(ld, ensure_ascii=False).replace("</", "<\\/")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<link rel="canonical" href="{escape(url)}"><meta property="og:site_name" content="{escape(publisher)}">'
        f'<script type="application/ld+json">{stated}</script></head>'
        f'<body><nav><a href="/">Home</a> <a href="/weather">Weather</a> <a href="/politics">Politics</a></nav>'
        f"<main>{body}</main><footer>An invented newspaper. Nothing here happened.</footer></body></html>"
    )
