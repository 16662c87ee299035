"""Which format a page is in, by what it holds; and the page read, its channels merged.

See :mod:`dateline.extract` for how a reader is chosen.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Protocol, cast

from dateline.errors import ExtractError
from dateline.extract import Rank
from dateline.extract import formats as folder
from dateline.extract.embeds import address_as_embed
from dateline.extract.facts import joined
from dateline.extract.folding import folded
from dateline.extract.merge import has_false_clocks, merge, without_false_clocks
from dateline.extract.page import Page
from dateline.extract.same_post import agree
from dateline.model import Basis, Document, Kind, Reject, Window, normal_url
from dateline.source import Source

ANY_SYNTAX = frozenset({"html", "json", "xml", "text", "binary", "empty"})
ODD_SHAPES = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What a reader raises where a page has its marks, and not its shape: a reject, and the next reader is asked."""

SCHEMA_ORG = ("schema_org", "microdata")
_WORD = re.compile(r"[a-z]+")


class FormatModule(Protocol):
    """What a file in ``extract/formats/`` offers."""

    MARKS: tuple[str, ...]
    RANK: Rank

    def extract(self, page: Page, source: Source) -> Document | None:
        """Read the page, or return None where it is not of this format."""
        ...


@cache
def formats() -> Mapping[str, FormatModule]:
    """Return every format by name, in the order in which they are tried."""
    names = sorted(one.name for one in pkgutil.iter_modules(folder.__path__) if not one.name.startswith("_"))
    modules = {name: cast("FormatModule", importlib.import_module(f"{folder.__name__}.{name}")) for name in names}
    modules = {name: module for name, module in modules.items() if hasattr(module, "extract")}
    return MappingProxyType(dict(sorted(modules.items(), key=lambda one: (one[1].RANK, bool(one[1].MARKS), one[0]))))


def read_page(page: Page, source: Source, format: str | None = None) -> Document:  # noqa: A002 - the interface's word
    """Read a page by the format named, else the source's, else by what the page holds.

    A format named here must read it. One that the source declares is tried first; where it finds
    nothing (a site changes its layout overnight) the page is recognised, with a reject that says so.
    Raises :class:`ExtractError` where no reader finds anything.
    """
    if format is not None:
        return _finished(page, _by_name(page, source, format))
    day = page.snapshot.captured_at
    declared = source.format_at(day.date() if day else None)
    if declared is not None:
        document = _by_declaration(page, source, declared)
        if document is not None:
            return _finished(page, document)
    return _finished(page, _recognised(page, source))


def _by_name(page: Page, source: Source, name: str) -> Document:
    try:
        document = _module(name).extract(page, source)
    except ODD_SHAPES as error:
        raise ExtractError(f"not what a page in the format {name} holds: {error!r}") from error
    if document is None:
        raise ExtractError(f"the page is not in the format {name}. Leave the format out to have it recognised.")
    return document


def _module(name: str) -> FormatModule:
    if name not in formats():
        raise ExtractError(f"no format is named {name!r}. Known: {', '.join(sorted(formats()))}.")
    return formats()[name]


def _by_declaration(page: Page, source: Source, name: str) -> Document | None:
    document = _tried(page, source, name, _module(name))
    if document is None or not _holds_anything(document):
        why = f"the source declares the format {name}, but it finds nothing here"
        page.rejects.append(Reject(where="source", why=why))
        return None
    return _merged(page, source, document)


def _recognised(page: Page, source: Source) -> Document:
    """Try the readers in order; a live blog that does not suffice is kept until one is found that agrees with it."""
    waiting: Document | None = None
    for document in _found(page, source, range(Rank.GENERIC + 1)):
        if document.kind is not Kind.LIVE_BLOG:
            return document
        if not _suffices(document):
            waiting = _better(waiting, document)
        elif waiting is None or agree(document, waiting):
            return _merged(page, source, document)
    if waiting is not None:
        return waiting
    for document in _found(page, source, range(Rank.GENERIC + 1, Rank.ARTICLE + 1)):
        return document
    raise ExtractError(_nothing_found(page))


def _found(page: Page, source: Source, ranks: range) -> Iterator[Document]:
    """Yield what the readers of these ranks find, each asked only when the one before did not settle it."""
    for name, module in _in_order(page.head.named("og:site_name")):
        if module.RANK in ranks and page.looks_like in _syntax(module) and _is_marked(page, module):
            document = _tried(page, source, name, module)
            if document is not None and _holds_anything(document):
                yield document


@lru_cache(maxsize=256)
def _in_order(site: str | None) -> Sequence[tuple[str, FormatModule]]:
    """Return the formats by rank; of one rank that first which is named after the site, as the page names its own."""
    words = frozenset(_WORD.findall((site or "").lower()))
    return sorted(formats().items(), key=lambda one: (one[1].RANK, one[0].partition("_")[0] not in words))


def _suffices(document: Document) -> bool:
    """Say whether the search may end here: posts, and of schema.org alone their own times and mostly words too."""
    if document.format not in SCHEMA_ORG or not document.blocks:
        return bool(document.blocks)
    wordless = sum(1 for one in document.blocks if not one.text)
    return wordless * 2 <= len(document.blocks) and not has_false_clocks(document)


def _better(waiting: Document | None, document: Document) -> Document:
    """Of two live blogs that do not suffice keep the first, with the addresses that the second would fetch."""
    if waiting is None:
        return document
    offers = waiting.window.next_urls or waiting.blocks
    return waiting if offers else replace(waiting, window=document.window)


def _syntax(module: FormatModule) -> frozenset[str]:
    """Return the outermost syntaxes that a reader is for."""
    stated: frozenset[str] = getattr(module, "SYNTAX", ANY_SYNTAX)
    return stated


def _is_marked(page: Page, module: FormatModule) -> bool:
    selector: str | None = getattr(module, "SELECTOR", None)
    if selector and page.looks_like == "html" and not _holds(page, selector):
        return False
    marks = getattr(module, "HTML_MARKS", module.MARKS) if page.looks_like == "html" else module.MARKS
    return not marks or any(map(page.holds, marks))


def _holds(page: Page, selector: str) -> bool:
    try:
        return page.html.css_first(selector) is not None
    except ExtractError:  # nested too deeply to be parsed: its JSON-LD may still be read
        return False


def _tried(page: Page, source: Source, name: str, module: FormatModule) -> Document | None:
    try:
        return module.extract(page, source)
    except ExtractError as error:
        page.rejects.append(Reject(where=name, why=str(error)))
    except ODD_SHAPES as error:
        page.rejects.append(Reject(where=name, why=f"not what this format holds: {error!r}"[:300]))
    return None


def _holds_anything(document: Document) -> bool:
    """Say whether there is something to keep; a live blog or a feed that is still empty is read all the same."""
    is_open = document.kind in {Kind.LIVE_BLOG, Kind.FEED}
    return is_open or bool(document.blocks or document.items or document.text)


def _merged(page: Page, source: Source, document: Document) -> Document:
    """Read the page's schema.org live blogs too and merge them in."""
    if document.format in SCHEMA_ORG or _is_from_json_ld(document):
        return document
    for name in SCHEMA_ORG:
        module = formats()[name]
        other = _tried(page, source, name, module) if page.looks_like in _syntax(module) else None
        if other is not None and other.blocks:
            document = merge(document, other)
    return document


def _is_from_json_ld(document: Document) -> bool:
    """Say whether a publisher's reader took the posts from the JSON-LD itself: then nothing is left to merge."""
    clocks = {clock.basis for block in document.blocks for clock in block.clocks}
    return clocks == {Basis.JSON_LD}


def _finished(page: Page, document: Document) -> Document:
    """Fold copies, add what the page itself had to refuse; half a page never counts as all of a live blog."""
    document = folded(without_false_clocks(document) if document.format in SCHEMA_ORG else document)
    blocks = tuple(address_as_embed(one) for one in document.blocks)
    window = _absolute(document.window, page.snapshot.url)
    if window.is_complete and not page.is_whole:
        window = replace(window, is_complete=False)
    rejects = dict.fromkeys((*page.rejects, *document.rejects))
    return replace(document, blocks=blocks, window=window, rejects=tuple(rejects))


def _absolute(window: Window, base: str | None) -> Window:
    """Complete the follow-up addresses; the page's own is none."""
    found = (joined(base, one) for one in window.next_urls)
    own = normal_url(base) if base else None
    return replace(window, next_urls=tuple(dict.fromkeys(one for one in found if one and normal_url(one) != own)))


def _nothing_found(page: Page) -> str:
    reasons = "; ".join(f"{one.where}: {one.why}" for one in page.rejects)
    found = f"{page.looks_like}, {len(page.snapshot.body):,} bytes"
    return f"no reader finds anything in this body ({found}){': ' + reasons if reasons else ''}"
