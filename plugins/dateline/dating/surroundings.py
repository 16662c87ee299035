"""The frame of a document: from its own words, its page's zone, the source's declaration and the moment of capture."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo

from dateline.dating.frame import Frame
from dateline.dating.grammar import parse
from dateline.dating.stated import Stated
from dateline.dating.zones import zone_named
from dateline.errors import DatingError
from dateline.model import Document, Kind


def frame_of(
    document: Document, captured_at: datetime | None, zone: str | None, among: Sequence[Document] = ()
) -> Frame:
    """Gather what a document lends to its clocks; ``among`` are the items that it stands with."""
    stated = list(_readable(document, among))
    return Frame(
        captured_at=captured_at,
        zones=_zones(document, zone),
        day_first=_day_first(stated),
        days=_days(document),
        midnight_is_day=document.kind is Kind.ARTICLE or not document.blocks,
    )


def _zones(document: Document, declared: str | None) -> tuple[tzinfo, ...]:
    for name in (document.zone, declared):
        found = zone_named(name) if name else None
        if found is not None:
            return (found,)
    return ()


def _readable(document: Document, among: Sequence[Document]) -> Iterable[Stated]:
    texts = [clock.stated for one in (document, *among) for clock in one.clocks]
    texts += [heading.stated for heading in document.headings]
    for text in texts:
        try:
            yield parse(text)
        except DatingError:
            continue


def _day_first(stated: Iterable[Stated]) -> bool | None:
    return None


def _days(document: Document) -> tuple[date, ...]:
    return ()
