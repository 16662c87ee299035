"""Read one snapshot: bytes in, judged documents out. Live polls and replays both run this function."""

from dataclasses import replace

from dateline.dating import date
from dateline.extract.page import Page
from dateline.extract.recognise import read_page
from dateline.model import Document, Reading, Snapshot
from dateline.source import ANY_SOURCE, Source
from dateline.split import split
from dateline.split.bounds import bound
from dateline.syndication import attribute


def read(snapshot: Snapshot, source: Source = ANY_SOURCE, format: str | None = None) -> list[Reading]:  # noqa: A002 - the word its users type
    """Read a snapshot: what its page states, split, dated and attributed; items follow their page.

    Pure: the same snapshot and source give the same readings, whenever and wherever they are read. Whoever names the
    format ``copy`` knows that the text is one: it is cut even where it reads like an article.
    Raises :class:`~dateline.errors.ExtractError` where nothing can be read; lesser faults are rejects.
    """
    page = Page(snapshot)
    stated = read_page(page, source, format)
    document = _split_all(_told_by_source(stated, source), is_forced=format == "copy")
    readings = date(document, captured_at=snapshot.captured_at, zone=source.zone)
    return [replace(bound(one), origin=attribute(one.document)) for one in readings]


def _told_by_source(document: Document, source: Source) -> Document:
    """Fill what the page left unsaid from what the source's owner declared."""
    return replace(
        document,
        carrier=document.carrier or source.publisher,
        language=document.language or source.language,
    )


def _split_all(document: Document, *, is_forced: bool) -> Document:
    return replace(split(document, is_forced=is_forced), items=tuple(split(item) for item in document.items))
