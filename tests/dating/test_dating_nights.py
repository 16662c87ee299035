"""Clocks without a day, generated over zones and nights: what is claimed is true, or honestly bounded."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import DateTime

from dateline.dating import date
from dateline.model import Basis, Block, Clock, DateHeading, Document, Entry, Kind, Order, Precision, Role

ZONES = """
    Europe/London Europe/Dublin Europe/Lisbon Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome
    Europe/Warsaw Europe/Athens Europe/Kyiv Europe/Istanbul Europe/Moscow America/New_York America/Chicago
    America/Denver America/Los_Angeles America/Anchorage America/St_Johns America/Halifax America/Mexico_City
    America/Bogota America/Sao_Paulo America/Santiago America/Asuncion Asia/Kolkata Asia/Kathmandu Asia/Tehran
    Asia/Jerusalem Asia/Beirut Asia/Tokyo Asia/Shanghai Asia/Manila Australia/Sydney Australia/Adelaide
    Australia/Lord_Howe Australia/Perth Pacific/Auckland Pacific/Chatham Pacific/Apia Pacific/Honolulu
    Africa/Cairo Africa/Johannesburg Africa/Casablanca Atlantic/Azores
""".split()  # noqa: SIM905 - a list of names is read as names


def _changes(zone: str) -> list[datetime]:
    """Find the last half hour before each change of a zone's offset in ten years."""
    place = ZoneInfo(zone)
    days = [datetime(2015, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(365 * 10)]
    found = []
    for one, after in pairwise(days):
        if _offset(one, place) != _offset(after, place):
            halves = [one + timedelta(minutes=30 * n) for n in range(49)]
            found += [a for a, b in pairwise(halves) if _offset(a, place) != _offset(b, place)]
    return found


def _offset(at: datetime, zone: ZoneInfo) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


CHANGES = {zone: _changes(zone) for zone in ZONES}


@dataclass(frozen=True)
class Story:
    """Entries in order of time, to the minute, in a zone."""

    zone: str
    instants: tuple[datetime, ...]


@st.composite
def stories(draw, longest_gap: int = 600) -> Story:
    """Draw a story of a few days; half of them pass a night on which clocks change."""
    zone = draw(st.sampled_from(ZONES))
    near = draw(st.sampled_from(CHANGES[zone])) if CHANGES[zone] and draw(st.booleans()) else None
    if near is not None:
        start = near - timedelta(minutes=draw(st.integers(0, 600)))
    else:
        start = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 60 * 24 * 365 * 10)))
    gaps = draw(st.lists(st.one_of(st.integers(0, 40), st.integers(0, longest_gap)), min_size=1, max_size=14))
    instants = [start]
    for gap in gaps:
        instants.append(instants[-1] + timedelta(minutes=gap))
    return Story(zone, tuple(instants))


def page(story: Story, *, newest_first: bool, headings: str, order: Order, clocks: tuple[Clock, ...] = ()) -> Document:
    """Render a story as clocks without a day, with date headings above or below each day's entries, or none."""
    place = ZoneInfo(story.zone)
    shown = list(reversed(story.instants)) if newest_first else list(story.instants)
    local = [one.astimezone(place) for one in shown]
    blocks = tuple(
        Block(where=f"p[{n}]", clocks=(Clock(role=Role.PUBLISHED, stated=f"{one:%H:%M}", basis=Basis.TEXT_CLOCK),))
        for n, one in enumerate(local)
    )
    stated = tuple(_headings([one.strftime("%d %B %Y") for one in local], headings))
    return Document(
        format="text_clocks", kind=Kind.LIVE_BLOG, blocks=blocks, headings=stated, order=order, clocks=clocks
    )


def _headings(days: list[str], where: str):
    runs = [0, *(n for n in range(1, len(days)) if days[n] != days[n - 1]), len(days)]
    for first, end in pairwise(runs):
        if where == "above":
            yield DateHeading(position=first, stated=days[first])
        elif where == "below":
            yield DateHeading(position=end, stated=days[first])


def entries_by_time(document: Document, captured_at: datetime | None, zone: str, *, newest_first: bool) -> list[Entry]:
    captured = DateTime.fromtimestamp(captured_at.timestamp(), UTC) if captured_at else None
    entries = list(date(document, captured_at=captured, zone=zone)[0].entries)
    return entries[::-1] if newest_first else entries


def holds(entry: Entry, true: datetime) -> bool:
    """Say whether what is claimed of an entry is true of it."""
    found = entry.published
    if found.precision is Precision.UNKNOWN:
        return found.at is None and found.earliest is None and found.latest is None
    if found.at is not None and found.at != true:
        return False
    return (found.earliest is None or found.earliest <= true) and (found.latest is None or true <= found.latest)


def is_repeated(at: datetime, zone: str) -> bool:
    """Say whether a wall clock named two instants at this one."""
    place = ZoneInfo(zone)
    local = at.astimezone(place).replace(tzinfo=None)
    return local.replace(tzinfo=place, fold=0).utcoffset() != local.replace(tzinfo=place, fold=1).utcoffset()


@settings(max_examples=250, deadline=None)
@given(
    story=stories(),
    newest_first=st.booleans(),
    headings=st.sampled_from(["none", "above", "below"]),
    says_order=st.booleans(),
    after=st.one_of(st.none(), st.integers(0, 300)),
)
def test_no_claim_is_wrong(story: Story, newest_first, headings, says_order, after):
    order = (Order.NEWEST_FIRST if newest_first else Order.OLDEST_FIRST) if says_order else Order.UNKNOWN
    document = page(story, newest_first=newest_first, headings=headings, order=order)
    captured = story.instants[-1] + timedelta(minutes=after) if after is not None else None
    entries = entries_by_time(document, captured, story.zone, newest_first=newest_first)
    wrong = [
        (true, entry.published) for entry, true in zip(entries, story.instants, strict=True) if not holds(entry, true)
    ]
    assert not wrong


def clocks_are_believable(story: Story) -> bool:
    """Say whether no clock repeats so often that it is refused: all the same, or three at midnight."""
    local = [one.astimezone(ZoneInfo(story.zone)) for one in story.instants]
    return len(set(story.instants)) > 1 and sum(f"{one:%H:%M}" == "00:00" for one in local) < 3


@settings(max_examples=100, deadline=None)
@given(story=stories().filter(clocks_are_believable), newest_first=st.booleans(), after=st.integers(0, 300))
def test_a_capture_dates_every_clock_that_is_shown_once(story: Story, newest_first, after):
    order = Order.NEWEST_FIRST if newest_first else Order.OLDEST_FIRST
    document = page(story, newest_first=newest_first, headings="none", order=order)
    captured = story.instants[-1] + timedelta(minutes=after)
    entries = entries_by_time(document, captured, story.zone, newest_first=newest_first)
    for entry, true in zip(entries, story.instants, strict=True):
        assert entry.published.at == true or is_repeated(true, story.zone)


@settings(max_examples=100, deadline=None)
@given(
    story=stories(longest_gap=4000).filter(clocks_are_believable),
    newest_first=st.booleans(),
    where=st.sampled_from(["above", "below"]),
)
def test_date_headings_date_every_clock_whatever_the_silences(story: Story, newest_first, where):
    order = Order.NEWEST_FIRST if newest_first else Order.OLDEST_FIRST
    document = page(story, newest_first=newest_first, headings=where, order=order)
    entries = entries_by_time(document, None, story.zone, newest_first=newest_first)
    for entry, true in zip(entries, story.instants, strict=True):
        assert entry.published.at == true or is_repeated(true, story.zone)


@settings(max_examples=60, deadline=None)
@given(story=stories(), newest_first=st.booleans(), headings=st.sampled_from(["none", "above"]))
def test_a_zone_that_nobody_states_leaves_bounds_that_hold_the_truth(story: Story, newest_first, headings):
    order = Order.NEWEST_FIRST if newest_first else Order.OLDEST_FIRST
    document = page(story, newest_first=newest_first, headings=headings, order=order)
    captured = DateTime.fromtimestamp((story.instants[-1] + timedelta(minutes=5)).timestamp(), UTC)
    found = list(date(document, captured_at=captured)[0].entries)
    for entry, true in zip(found[::-1] if newest_first else found, story.instants, strict=True):
        assert holds(entry, true)
        assert entry.published.at is None


@settings(max_examples=60, deadline=None)
@given(story=stories(), newest_first=st.booleans(), late=st.integers(0, 20_000), early=st.integers(0, 60))
def test_page_dates_and_a_late_capture_claim_nothing_wrong(story: Story, newest_first, late, early):
    order = Order.NEWEST_FIRST if newest_first else Order.OLDEST_FIRST
    clocks = (
        Clock(
            role=Role.PUBLISHED, stated=f"{story.instants[0] - timedelta(minutes=early):%FT%TZ}", basis=Basis.JSON_LD
        ),
        Clock(role=Role.MODIFIED, stated=f"{story.instants[-1]:%FT%TZ}", basis=Basis.JSON_LD),
    )
    document = page(story, newest_first=newest_first, headings="none", order=order, clocks=clocks)
    captured = story.instants[-1] + timedelta(minutes=late)
    entries = entries_by_time(document, captured, story.zone, newest_first=newest_first)
    for entry, true in zip(entries, story.instants, strict=True):
        assert holds(entry, true)


@pytest.mark.parametrize("zone", ZONES)
def test_an_hour_that_a_night_repeats_is_told_by_the_order_of_its_entries(zone: str):
    place = ZoneInfo(zone)
    backward = [one for one in CHANGES[zone] if _offset(one, place) > _offset(one + timedelta(minutes=40), place)]
    if not backward:
        assert not any(_offset(one, place) > _offset(one + timedelta(hours=2), place) for one in CHANGES[zone])
        return
    turn = backward[-1] + timedelta(minutes=30)  # CHANGES hold the last half hour before
    instants = tuple(turn + timedelta(minutes=n) for n in (-120, -25, -5, 5, 25, 120))
    document = page(Story(zone, instants), newest_first=True, headings="none", order=Order.NEWEST_FIRST)
    entries = entries_by_time(document, instants[-1], zone, newest_first=True)
    for entry, true in zip(entries, instants, strict=True):
        assert holds(entry, true)
    assert entries[0].published.at == instants[0]
    assert entries[-1].published.at == instants[-1]


def test_a_night_that_springs_forward_in_a_zone_between_the_tried_ones_is_held_too():
    """In Tehran 20:00 UTC was 23:30, and half an hour later it was one o'clock: summer time had begun."""
    instants = (datetime(2015, 3, 21, 20, tzinfo=UTC), datetime(2015, 3, 21, 20, 30, tzinfo=UTC))
    document = page(Story("Asia/Tehran", instants), newest_first=False, headings="none", order=Order.OLDEST_FIRST)
    captured = DateTime(2015, 3, 21, 20, 35, tzinfo=UTC)
    for entry, true in zip(date(document, captured_at=captured)[0].entries, instants, strict=True):
        assert holds(entry, true)
