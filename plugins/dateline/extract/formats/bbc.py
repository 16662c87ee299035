"""BBC live pages since 2023, and the API behind them: posts with ``urn`` and three dates.

The page shows ``article[data-testid=content-post]`` with "published at 23:46 Greenwich Mean Time 2 March": no
year, and the curated date, which an editor may move. The same posts stand as data in the page
(``window.__INITIAL_DATA__``, a JSON text in a string, or ``__NEXT_DATA__``) or are the whole body of an API answer:
``results[]`` with ``dates.firstPublished``, ``lastPublished``, ``curated`` and content in nested blocks. Both are read
and merged. A post without a headline is headed "Post" on the page: that is not its headline.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborNode

from dateline.errors import ExtractError
from dateline.extract import HTML, JSON, Rank
from dateline.extract.anchors import anchor
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.merge import merge
from dateline.extract.optimo import contributor_of, embeds_in, headed, text_of
from dateline.extract.page import Page
from dateline.extract.scripts import assigned, objects_of, tolerant_json
from dateline.extract.text import line, paragraphs
from dateline.model import Basis, Block, Clock, Document, Order, Reject, Role, Window
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML | JSON
SELECTOR = 'article[data-testid="content-post"], script#__NEXT_DATA__'
MARKS = ()

_POST = 'article[data-testid="content-post"]'
_STAMP = '[data-testid="accessible-timestamp"]'
_ANY_STAMP = f'{_STAMP}, [data-testid="timestamp"], time'
_HEADING = "h2, h3"
_AUTHOR = '[class*="Contributor"] strong, [class*="ContributorName"], [data-testid*="contributor-name"]'
_NOT_TEXT = (
    f"header, {_HEADING}, {_ANY_STAMP}, [class*=Contributor], [class*=ShareButton], [data-testid*=share], {CAPTIONS}"
)
_URN = re.compile(r"asset(?::|%3A)([0-9a-f]{8}-[0-9a-f-]{27})")
_UNTITLED = frozenset({"Post", "Post update"})
_DATES = (("firstPublished", Role.PUBLISHED), ("lastPublished", Role.MODIFIED), ("curated", Role.SHOWN))
_SUMMARY = '[data-testid*="summary"] li, [class*="SummaryPoints"] li, [id*="summary"] li'


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a BBC live page or API answer, or return None where it holds no post."""
    stated = _from_data(page)
    shown = _from_markup(page) if page.looks_like == "html" else None
    if shown is None or stated is None:
        return shown or stated
    shown = replace(shown, blocks=tuple(_only_shown(one) for one in shown.blocks))
    merged = merge(shown, stated)
    return replace(merged, window=stated.window, coverage=stated.coverage or merged.coverage)


def _only_shown(block: Block) -> Block:
    """Beside the data, the time on the page is the curated one."""
    return replace(block, clocks=tuple(replace(one, role=Role.SHOWN) for one in block.clocks))


def _from_markup(page: Page) -> Document | None:
    posts = page.html.css(_POST)
    if not posts:
        return None
    summary = [line(paragraphs(one)) for one in page.html.css(_SUMMARY)]
    return facts_of(page).live_blog(
        "bbc",
        [_shown(one) for one in posts],
        order=Order.NEWEST_FIRST,
        lead="\n".join(dict.fromkeys(one for one in summary if one)),
    )


def _shown(post: LexborNode) -> Block:
    heading = post.css_first(_HEADING)
    author = post.css_first(_AUTHOR)
    return Block(
        where=f"article#{post.id or ''}",
        anchor=_anchor(post),
        headline=_headline(heading),
        text=paragraphs(post, _NOT_TEXT),
        author=line(paragraphs(author)) if author else None,
        clocks=tuple(_shown_clocks(post)),
        embeds=embeds_of(post),
        is_pinned=post.css_first('[data-testid*="pinned"], [class*="Pinned"]') is not None,
    )


def _headline(heading: LexborNode | None) -> str | None:
    if heading is None:
        return None
    words = line(paragraphs(heading, f"{_ANY_STAMP}, [class*=isually]"))
    words = words.strip(" ,") if words else None
    return None if not words or words in _UNTITLED else words


def _anchor(post: LexborNode) -> str | None:
    named = post.css_first('[id^="asset:"]')
    stated = post.id or (named.id if named else None)
    if not stated and post.parent is not None:
        stated = post.parent.id
    if found := _URN.search(stated or "") or _URN.search(post.html or ""):
        return found[1]
    return anchor(stated)


def _shown_clocks(post: LexborNode) -> Iterator[Clock]:
    node = post.css_first(_STAMP) or post.css_first(_ANY_STAMP)
    if node is None:
        return
    exact = node.attributes.get("datetime")
    words = (line(node.text()) or "").strip(" ,")
    words = re.sub(r"^published at\s+", "", words, flags=re.IGNORECASE)
    if exact or words:
        yield Clock(role=Role.PUBLISHED, stated=(exact or words)[:64], basis=Basis.DOM)


def _from_data(page: Page) -> Document | None:
    if not page.holds("firstPublished"):
        return None
    try:
        value = _data(page)
    except ExtractError as error:
        page.rejects.append(Reject(where="data of the page", why=str(error)))
        return None
    stream = next((one for one in objects_of(value) if _is_stream(one)), None)
    if stream is None:
        return None
    about = next((one for one in objects_of(value) if "summaryPoints" in one or "liveTextStream" in one), {})
    return _document(page, stream, about)


def _data(page: Page) -> Any:
    if page.looks_like == "json":
        return page.json
    if page.holds("__INITIAL_DATA__"):
        return assigned(page.text, "__INITIAL_DATA__")
    script = page.html.css_first("script#__NEXT_DATA__") if page.holds("__NEXT_DATA__") else None
    return tolerant_json(script.text()) if script else None


def _is_stream(value: Mapping[str, Any]) -> bool:
    results = value.get("results")
    return isinstance(results, list) and any(
        isinstance(one, dict) and "urn" in one and "dates" in one for one in results
    )


def _document(page: Page, stream: Mapping[str, Any], about: Mapping[str, Any]) -> Document:
    facts = facts_of(page)
    posts = [one for one in stream["results"] if isinstance(one, dict) and "urn" in one]
    points = about.get("summaryPoints")
    document = facts.live_blog(
        "bbc",
        [_stated(one) for one in posts],
        order=Order.NEWEST_FIRST,
        window=_window(stream.get("page"), facts.canonical_url or facts.url),
        coverage=_coverage(about),
        lead=text_of(points.get("content")) if isinstance(points, dict) else "",
    )
    title = about.get("title")
    return replace(document, title=document.title or (line(title) if isinstance(title, str) else None))


def _coverage(about: Mapping[str, Any]) -> dict[str, str]:
    pairs = [(name, about.get(key)) for key, name in (("startDateTime", "start"), ("endDateTime", "end"))]
    if isinstance(about.get("isLive"), bool):
        pairs.append(("state", "live" if about["isLive"] else "over"))
    return {name: stated for name, stated in pairs if isinstance(stated, str)}


def _window(stated: Any, url: str | None) -> Window:
    if not isinstance(stated, dict) or not isinstance(stated.get("total"), int):
        return Window()
    index, pages = stated.get("index"), stated["total"]
    others = [number for number in range(1, min(pages, 100) + 1) if number != index]
    base = (url or "").partition("?")[0]
    return Window(
        is_complete=pages == 1,
        page=index,
        pages=pages,
        shows="all" if pages == 1 else "page",
        next_urls=tuple(f"{base}?page={number}" for number in others),
    )


def _stated(post: Mapping[str, Any]) -> Block:
    header, content = post.get("header"), post.get("content")
    dates = post["dates"] if isinstance(post.get("dates"), dict) else {}
    options = post["options"] if isinstance(post.get("options"), dict) else {}
    headline = headed(header, "headline")
    below = headed(header, "subheadline")
    text = text_of(content)
    return Block(
        where=f"results[{post['urn']}]",
        anchor=anchor(str(post["urn"]).removeprefix("urn:bbc:live:")),
        headline=headline,
        text="\n".join(one for one in (below, text) if one),
        author=contributor_of(header),
        clocks=tuple(_stated_clocks(dates)),
        embeds=embeds_in(content),
        is_pinned=options.get("isPinned") is True or post.get("pinned") is True,
    )


def _stated_clocks(dates: Mapping[str, Any]) -> Iterator[Clock]:
    for key, role in _DATES:
        if isinstance(dates.get(key), str):
            yield Clock(role=role, stated=dates[key][:64], basis=Basis.API)
