"""What a stated time means on its page: spans, zones, missing years, relative times, the window of the possible."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dateline.dating.frame import Frame
from dateline.dating.grammar import parse
from dateline.dating.spans import resolve
from dateline.errors import DatingError
from dateline.model import Basis, Dating, Precision

CAPTURED = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
LONDON, KOLKATA, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata"), ZoneInfo("America/New_York")


def dated(stated: str, **surroundings) -> Dating:
    return resolve(parse(stated), Frame(**surroundings), Basis.DOM, stated)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_a_minute_spans_its_sixty_seconds():
    found = dated("2 March 2026 20:42", zones=(LONDON,))
    assert (found.at, found.earliest, found.precision) == (utc(2026, 3, 2, 20, 42), found.at, Precision.MINUTE)
    assert found.latest == utc(2026, 3, 2, 20, 42, 59, 999999)


def test_a_fraction_is_a_point():
    found = dated("2026-03-02T20:42:18.345Z")
    assert found.at == found.earliest == found.latest


def test_a_day_in_a_known_zone_is_that_zone_s_day():
    found = dated("2 March 2026", zones=(KOLKATA,))
    assert (found.at, found.earliest) == (utc(2026, 3, 2), utc(2026, 3, 1, 18, 30))
    assert found.latest == utc(2026, 3, 2, 18, 29, 59, 999999)


def test_a_day_in_no_zone_keeps_its_name_and_is_as_wide_as_it_is_anywhere():
    found = dated("02.03.2026")
    assert (found.at, found.precision) == (utc(2026, 3, 2), Precision.DAY)
    assert (found.earliest, found.latest) == (utc(2026, 3, 1, 10), utc(2026, 3, 3, 11, 59, 59, 999999))


def test_the_long_day_on_which_clocks_go_back_has_25_hours():
    found = dated("25 October 2026", zones=(LONDON,))
    assert found.latest - found.earliest == timedelta(hours=25) - timedelta(microseconds=1)


def test_a_stamp_without_a_zone_is_never_taken_for_utc():
    found = dated("2026-03-02 20:42:00")
    assert (found.at, found.precision) == (None, Precision.BOUNDED)
    assert (found.earliest, found.latest) == (utc(2026, 3, 2, 6, 42), utc(2026, 3, 3, 8, 42, 0, 999999))


def test_a_stamp_without_a_zone_is_read_in_the_zone_of_its_page():
    assert dated("2026-07-02 20:42:00", zones=(LONDON,)).at == utc(2026, 7, 2, 19, 42)


def test_several_possible_zones_that_agree_give_the_instant():
    berlin, vienna = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Vienna")
    assert dated("2026-07-02 20:42", zones=(berlin, vienna)).at == utc(2026, 7, 2, 18, 42)
    assert dated("2026-07-02 20:42", zones=(berlin, LONDON)).precision is Precision.BOUNDED


def test_an_hour_that_was_shown_twice_is_bounded_by_both():
    found = dated("25 October 2026 01:30", zones=(LONDON,))
    assert (found.at, found.earliest) == (None, utc(2026, 10, 25, 0, 30))
    assert found.latest == utc(2026, 10, 25, 1, 30, 59, 999999)


def test_an_hour_that_was_skipped_is_moved_on():
    assert dated("29 March 2026 01:30", zones=(LONDON,)).at == utc(2026, 3, 29, 1, 30)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (KOLKATA, utc(2026, 7, 2, 13, 30)),
        (ZoneInfo("Europe/Dublin"), utc(2026, 7, 2, 18, 0)),
        (ZoneInfo("Asia/Jerusalem"), utc(2026, 7, 2, 17, 0)),
    ],
)
def test_an_abbreviation_means_what_the_page_s_zone_means_by_it(zone, expected):
    assert dated("2 July 2026 19:00 IST", zones=(zone,)).at == expected


def test_an_abbreviation_of_many_places_is_not_guessed():
    assert dated("2 July 2026 19:00 IST").at is None


def test_australian_eastern_time_is_not_american():
    assert dated("2 July 2026 19:00 EST", zones=(ZoneInfo("Australia/Sydney"),)).at == utc(2026, 7, 2, 9, 0)
    assert dated("2 July 2026 19:00 EST", zones=(NEW_YORK,)).at == utc(2026, 7, 3, 0, 0)


def test_eastern_time_is_summer_or_winter_time_by_its_day():
    assert dated("2 July 2026 19:00 ET").at == utc(2026, 7, 2, 23, 0)
    assert dated("2 January 2026 19:00 ET").at == utc(2026, 1, 3, 0, 0)


@pytest.mark.parametrize(
    ("stated", "captured", "day"),
    [
        ("31 December", utc(2026, 1, 1, 8), date(2025, 12, 31)),
        ("1 January", utc(2025, 12, 31, 8), date(2026, 1, 1)),
        ("2 March", CAPTURED, date(2026, 3, 2)),
        ("29 February", utc(2025, 2, 20, 8), date(2024, 2, 29)),
    ],
)
def test_a_day_without_a_year_takes_the_nearest(stated: str, captured, day: date):
    found = dated(stated, captured_at=captured, zones=(LONDON,))
    assert found.at is not None
    assert found.at.date() == day


def test_a_day_without_a_year_is_unknown_where_nothing_tells_the_year():
    assert dated("2 March 10:45", zones=(LONDON,)).precision is Precision.UNKNOWN


def test_the_days_that_a_page_states_whole_tell_the_year_better_than_a_late_capture():
    found = dated("31 December 17:00", captured_at=CAPTURED, zones=(LONDON,), days=(date(2014, 12, 31),))
    assert found.at == utc(2014, 12, 31, 17)


def test_a_swapped_day_is_read_as_the_page_writes_its_days():
    assert dated("11-12-2025", day_first=True).at == utc(2025, 12, 11)
    assert dated("11-12-2025", day_first=False).at == utc(2025, 11, 12)
    found = dated("11-12-2025")
    assert (found.at, found.precision) == (None, Precision.BOUNDED)
    assert found.earliest < utc(2025, 11, 12) < utc(2025, 12, 11) < found.latest


def test_minutes_ago_lie_around_the_capture_less_the_minutes():
    found = dated("21 mins ago", captured_at=CAPTURED)
    assert (found.at, found.precision) == (utc(2026, 3, 5, 11, 39), Precision.MINUTE)
    assert (found.earliest, found.latest) == (utc(2026, 3, 5, 11, 38), utc(2026, 3, 5, 11, 39, 30))


def test_days_ago_may_be_calendar_days_or_spans():
    found = dated("6 days ago", captured_at=CAPTURED)
    assert found.precision is Precision.DAY
    assert (found.earliest, found.latest) == (utc(2026, 2, 26, 12), utc(2026, 2, 28, 12))


def test_weeks_ago_are_bounded():
    found = dated("2 weeks ago", captured_at=CAPTURED)
    assert (found.at, found.precision) == (None, Precision.BOUNDED)
    assert found.earliest < utc(2026, 2, 19, 12) < found.latest


def test_a_relative_time_means_nothing_without_a_capture():
    assert dated("6 days ago") == Dating(basis=Basis.DOM, stated="6 days ago")


def test_yesterday_is_a_day_of_the_page_s_zone():
    late = utc(2026, 3, 5, 23, 30)
    assert dated("Yesterday at 4:25 pm", captured_at=late, zones=(KOLKATA,)).at == utc(2026, 3, 5, 10, 55)
    assert dated("Yesterday at 4:25 pm", captured_at=late, zones=(LONDON,)).at == utc(2026, 3, 4, 16, 25)


def test_a_weekday_is_the_last_one_before_the_capture():
    assert dated("Sunday 10:45", captured_at=CAPTURED, zones=(LONDON,)).at == utc(2026, 3, 1, 10, 45)


@pytest.mark.parametrize(
    "stated",
    [
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "0000000001",
        "2100-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2026-03-07T00:01:00Z",
    ],
)
def test_times_outside_the_window_are_refused(stated: str):
    with pytest.raises(DatingError):
        dated(stated, captured_at=CAPTURED)


def test_a_midnight_stamp_of_an_article_is_a_day():
    found = dated("2026-03-02T00:00:00+01:00", midnight_is_day=True)
    assert (found.at, found.earliest, found.precision) == (utc(2026, 3, 2), utc(2026, 3, 1, 23), Precision.DAY)
    assert dated("2026-03-02T00:00:00+01:00").precision is Precision.SECOND
