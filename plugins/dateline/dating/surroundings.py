"""The frame and the limits of a document: its own words, its address, its source, its capture.

The zone of clocks that state none is, in this order, the one that the page states, the one that the source
declares, the publisher's, and what the address or the language leaves possible. How the page writes 11-12-2026
shows from a day above twelve in any of its dates, else from its zone: United States clocks put the month first,
European ones the day.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from urllib.parse import urlsplit

from dateline.dating.frame import NEWEST, OLDEST, Frame
from dateline.dating.grammar import parse
from dateline.dating.headings import Heading
from dateline.dating.places import zones_of_country, zones_of_place
from dateline.dating.rollover import Limits
from dateline.dating.spans import days_of, plain
from dateline.dating.stated import Ago, Stated, Unit
from dateline.dating.words import listed
from dateline.dating.zones import zone_named
from dateline.errors import DatingError
from dateline.model import Dating, Document, Precision, Reject, Window
from dateline.publishers import PublisherRole, publisher_named, publisher_of

_DAY_IN_PATH = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2]|[a-z]{3})[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)", re.IGNORECASE
)
_MONTHS = listed("jan feb mar apr may jun jul aug sep oct nov dec")


def frame_of(document: Document, captured_at: datetime | None, zone: str | None, page: Document | None = None) -> Frame:
    """Gather what a document lends to its clocks; ``page`` is the feed or topic page that it is an item of.

    The page prints its items' times: its zone and its way of writing days count, not those of an item's own house.
    """
    zones, is_stated = _zones((document, page or document), zone)
    among = page.items if page is not None else ()
    frame = Frame(captured_at=captured_at, zones=zones, is_zone_stated=is_stated)
    stated = list(_readable(document, among))
    return Frame(
        captured_at=captured_at,
        zones=zones,
        is_zone_stated=is_stated,
        day_first=_day_first(stated, zones),
        days=_days(document, stated, frame),
        midnight_is_day=not document.blocks,
    )


def limits_of(document: Document, published: Dating, modified: Dating, frame: Frame) -> Limits:
    """Gather what the page says of its own time."""
    return Limits(
        published=_instant(published),
        published_day=_day(published) or day_in_address(document.url) or day_in_address(document.canonical_url),
        modified=_instant(modified),
        modified_day=_day(modified),
        captured=frame.captured_at,
        shows_latest=_shows_latest(document.window),
    )


def _shows_latest(window: Window) -> bool:
    """Say whether a page is the newest of several: its oldest entry is then not the first of all."""
    is_first_page = window.page == 1 and (window.pages or 1) > 1
    return not window.is_complete and (window.shows == "latest" or is_first_page)


def headings_of(document: Document, frame: Frame) -> tuple[list[Heading], list[Reject]]:
    """Read the date headings of a page, in page order; one that names no day becomes a reject."""
    headings: list[Heading] = []
    rejects: list[Reject] = []
    for one in sorted(document.headings, key=lambda heading: heading.position):
        try:
            days = _heading_days(parse(one.stated), frame)
        except DatingError as error:
            rejects.append(Reject(where=f"heading before entry {one.position}", why=str(error)))
            continue
        if len(days) == 1:
            headings.append(Heading(position=one.position, day=days[0]))
    return headings, rejects


def day_in_address(url: str | None) -> date | None:
    """Return the day that an address files its page under: ``/2024/mar/02/``, ``/2024-03-02/``."""
    try:
        match = _DAY_IN_PATH.search(urlsplit(url).path) if url else None
        if match is None:
            return None
        month = _MONTHS.index(match[2].lower()) + 1 if match[2].isalpha() else int(match[2])
        return date(int(match[1]), month, int(match[3]))
    except ValueError:
        return None


def _heading_days(stated: Stated, frame: Frame) -> Sequence[date]:
    if stated.ago is not None and stated.ago.unit is Unit.DAY:
        return _days_ago(stated.ago, frame)
    return days_of(stated, frame)


def _days_ago(ago: Ago, frame: Frame) -> Sequence[date]:
    if frame.captured_at is None or frame.zone is None:
        return ()
    return (date.fromordinal(frame.captured_at.astimezone(frame.zone).date().toordinal() - ago.count),)


def _zones(documents: tuple[Document, Document], declared: str | None) -> tuple[tuple[tzinfo, ...], bool]:
    """Return the zones a clock may be in, and whether somebody stated them: an item, its page or the source."""
    item, page = documents
    for name in (item.zone, page.zone, declared):
        found = zone_named(name) if name else None
        if found is not None:
            return (found,), True
    return _inferred_zones(page), False


def _inferred_zones(document: Document) -> tuple[tzinfo, ...]:
    """Infer from the publisher, the address and the language; an aggregator's address says nothing of its authors."""
    url = document.url or document.canonical_url
    carrier = publisher_of(url) or publisher_named(document.carrier)
    if carrier is None:
        return zones_of_place(url, document.language)
    if carrier.role is PublisherRole.PUBLISHER:
        zone = zone_named(carrier.zone)
        return (zone,) if zone is not None else ()
    return zones_of_place(None, document.language)


def _readable(document: Document, among: Sequence[Document]) -> Iterable[Stated]:
    texts = [clock.stated for one in (document, *among) for clock in one.clocks]
    for text in (*texts, *(heading.stated for heading in document.headings)):
        try:
            yield parse(text)
        except DatingError:
            continue


def _day_first(stated: Iterable[Stated], zones: Sequence[tzinfo]) -> bool | None:
    shown = {one.day_first for one in stated if one.day_first is not None}
    if shown:
        return shown.pop() if len(shown) == 1 else None
    names = {str(zone) for zone in zones}
    if names and names <= {str(zone) for zone in zones_of_country("US")}:
        return False
    return True if names and all(name.startswith("Europe/") for name in names) else None


def _days(document: Document, stated: Iterable[Stated], frame: Frame) -> tuple[date, ...]:
    """Return the days that a page states whole: they tell the year of those that have none."""
    days = {one.day for one in stated if one.day is not None and one.swapped is None}
    instants = [one.instant for one in stated if one.instant is not None and OLDEST <= one.instant < NEWEST]
    days |= {instant.astimezone(frame.zone).date() for instant in instants}
    filed = day_in_address(document.url)
    within = (OLDEST.date(), NEWEST.date())
    return tuple(sorted(day for day in days | ({filed} if filed else set()) if within[0] <= day < within[1]))


def _instant(dating: Dating) -> datetime | None:
    if dating.at is None or dating.precision not in {Precision.SECOND, Precision.MINUTE}:
        return None
    return plain(dating.at)


def _day(dating: Dating) -> date | None:
    """Return the day of a dating to the day: the one that most of its span lies on."""
    if dating.precision is not Precision.DAY or dating.earliest is None or dating.latest is None:
        return None
    middle = dating.earliest + (dating.latest - dating.earliest) / 2
    return middle.date()
