"""Ordinary articles, through trafilatura in a child that can be killed.

trafilatura is never run on a live page: it would take the newest update for the article, and its
time grows with the square of the page. So a page that calls itself a live blog is none of ours,
scripts and drawings are dropped before, and what is then still larger than 2 MB is read without it:
the paragraphs of the page's main part.

What the page says of itself (:mod:`dateline.extract.facts`) wins over what trafilatura guesses. Its day is taken from
elements that are meant for one, never from any day that the text happens to mention: "opening hours: Mo–Fr 11–14" is
no publication, and to look for one there took two seconds.

A menu, a sign-in form or an error page holds words too, but no sentence. So a text counts only where one of its
lines is as long as a sentence, or where the page calls itself an article.
"""

from dataclasses import dataclass

import trafilatura
from selectolax.lexbor import LexborHTMLParser
from trafilatura.settings import Document as Extracted

from dateline.extract import HTML, Rank
from dateline.extract.confined import confined
from dateline.extract.facts import ARTICLE_TYPES, facts_of, types_of
from dateline.extract.page import Page
from dateline.extract.text import line, paragraphs, tidy
from dateline.model import Basis, Clock, Document, Kind, Role
from dateline.source import Source

RANK = Rank.ARTICLE
SYNTAX = HTML
MARKS = ()
MAX_BYTES = 2_000_000
MAX_STATED_DATE = 64
LATEST_DAY = "2099-12-31"
"""Until when a page of unknown capture may be dated: the day it is read on must not matter."""

SENTENCE = 40
"""Characters; a name in a menu is shorter, and so are the words of a form."""

_DEAD_WEIGHT = ["script", "style", "svg", "iframe", "noscript", "template", "object", "canvas", "source"]
_FURNITURE = "nav, header, footer, aside, form, figure, [role=navigation], [aria-hidden=true]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What trafilatura makes of a page."""

    text: str
    title: str | None = None
    author: str | None = None
    day: str | None = None
    publisher: str | None = None
    categories: tuple[str, ...] = ()


def extract(page: Page, source: Source) -> Document | None:
    """Read an article's text; None where the page is a live blog's or holds no text.

    Raises :class:`~dateline.errors.ExtractError` where trafilatura does not end within its limits.
    """
    if page.looks_like != "html" or any("LiveBlogPosting" in types_of(one) for one in page.json_ld):
        return None
    facts = facts_of(page)
    found = _read(page)
    if not found.text or not (_holds_a_sentence(found.text) or _calls_itself_an_article(page)):
        return None
    author = facts.author or found.author
    guessed = Clock(role=Role.PUBLISHED, stated=found.day, basis=Basis.PAGE_DATE) if found.day else None
    return Document(
        format="article",
        kind=Kind.ARTICLE,
        url=facts.url,
        canonical_url=facts.canonical_url,
        title=facts.title or found.title,
        carrier=source.publisher or facts.carrier or found.publisher,
        language=facts.language,
        categories=facts.categories or found.categories,
        credits={**facts.credits, **({"author": author} if author else {})},
        clocks=facts.clocks or ((guessed,) if guessed else ()),
        text=_without_title(found.text, facts.title or found.title),
    )


def _holds_a_sentence(text: str) -> bool:
    return any(len(one) >= SENTENCE for one in text.split("\n"))


def _is_a_notice(tree: LexborHTMLParser) -> bool:
    """Say whether all of a page is less than two short lines, as an error page's: no child need be started for it."""
    body = tree.body
    if body is None or len(body.text(separator=" ")) >= 2 * SENTENCE:
        return False
    return not _holds_a_sentence(paragraphs(body))


def _calls_itself_an_article(page: Page) -> bool:
    stated = any(types_of(one) & ARTICLE_TYPES for one in page.json_ld)
    return stated or page.head.metas.get("og:type") == "article"


def _without_title(text: str, title: str | None) -> str:
    first, _, rest = text.partition("\n")
    return rest if title and first == title else text


def _read(page: Page) -> _Found:
    tree = LexborHTMLParser(page.html.html or "")  # a copy: other readers still want the scripts
    tree.strip_tags(_DEAD_WEIGHT)
    markup = tree.html or ""
    if _is_a_notice(tree) and not _calls_itself_an_article(page):
        return _Found(text="")
    if len(markup) > MAX_BYTES:
        return _Found(text=_main_paragraphs(tree))
    captured = page.snapshot.captured_at
    latest = captured.date().isoformat() if captured else LATEST_DAY
    return confined(_with_trafilatura, markup.encode("utf-8", "replace").decode("utf-8"), page.snapshot.url, latest)


def _with_trafilatura(markup: str, url: str | None, latest: str) -> _Found:
    """Run trafilatura: in the child, where its time and memory are bounded; ``latest`` is the last possible day."""
    dates = {"original_date": True, "extensive_search": False, "max_date": latest}
    found = trafilatura.bare_extraction(
        markup, url=url, with_metadata=True, include_comments=False, date_extraction_params=dates
    )
    if not isinstance(found, Extracted):
        return _Found(text="")
    day = line(found.date)
    return _Found(
        text=tidy(found.text or ""),
        title=line(found.title),
        author=line(found.author),
        day=day if day and len(day) <= MAX_STATED_DATE else None,
        publisher=line(found.sitename),
        categories=tuple(one for one in found.categories or () if isinstance(one, str)),
    )


def _main_paragraphs(tree: LexborHTMLParser) -> str:
    root = tree.css_first("article") or tree.css_first("main") or tree.body
    return paragraphs(root, _FURNITURE) if root else ""
