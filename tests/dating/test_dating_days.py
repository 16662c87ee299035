"""A day that a page names keeps its name: the UTC date of ``at`` is that day, whatever its zone."""

from datetime import date, timedelta
from zoneinfo import available_timezones

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.dating import date as date_document
from dateline.model import Basis, Clock, Document, Kind, Precision, Role

ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc", "posix", "right")))


def dated(stated: str, zone: str | None):
    clock = Clock(role=Role.PUBLISHED, stated=stated, basis=Basis.PAGE_DATE)
    document = Document(format="article", kind=Kind.ARTICLE, title="A day", text="Words.", clocks=(clock,))
    return date_document(document, captured_at=pendulum.datetime(2030, 1, 1, tz="UTC"), zone=zone)[0].published


@given(day=st.dates(date(1995, 1, 1), date(2029, 12, 30)), zone=st.sampled_from([*ZONES, None]))
def test_the_day_that_is_named_is_the_day_that_is_given(day, zone):
    dating = dated(f"{day.day} {day:%B %Y}", zone)
    assert dating.precision is Precision.DAY
    assert dating.at.date() == day
    assert dating.earliest <= dating.at <= dating.latest


@pytest.mark.parametrize(("zone", "hours"), [("Europe/London", 24), (None, 50)])
def test_the_bounds_are_the_day_in_its_zone_or_anywhere(zone, hours):
    dating = dated("21 May 2025", zone)
    assert dating.latest - dating.earliest == timedelta(hours=hours) - timedelta(microseconds=1)
