"""Clocks that state no day: dated by headings, by the page, by better clocks of the same entry, in the page's zone."""

from datetime import UTC, datetime

import pendulum
import pytest

from dateline.model import Basis, Order, Precision, Window


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def rows_of(*clocks: str) -> list[dict[str, str]]:
    return [{"published": clock} for clock in clocks]


def ats(reading) -> list[datetime | None]:
    return [one.published.at for one in reading.entries]


def test_the_capture_dates_the_newest_clock_and_midnight_the_rest(read):
    reading = read(
        rows_of("00:20", "23:50", "22:10"), captured_at=pendulum.datetime(2026, 1, 6, 0, 30), zone="Europe/London"
    )
    assert ats(reading) == [utc(2026, 1, 6, 0, 20), utc(2026, 1, 5, 23, 50), utc(2026, 1, 5, 22, 10)]
    assert reading.order is Order.NEWEST_FIRST


def test_nothing_dates_a_clock_where_no_day_is_given(read):
    reading = read(rows_of("00:20", "23:50", "22:10"), zone="Europe/London")
    assert {one.published.precision for one in reading.entries} == {Precision.UNKNOWN}
    assert reading.order is Order.NEWEST_FIRST, "which way a page runs shows without a date"


def test_a_heading_below_its_entries_dates_them(read):
    headings = {2: "Dienstag, 27. August 2024", 4: "Montag, 26. August 2024"}
    reading = read(rows_of("12.31 Uhr", "11.39 Uhr", "22.40 Uhr", "21.15 Uhr"), headings=headings, zone="Europe/Berlin")
    assert ats(reading) == [
        utc(2024, 8, 27, 10, 31),
        utc(2024, 8, 27, 9, 39),
        utc(2024, 8, 26, 20, 40),
        utc(2024, 8, 26, 19, 15),
    ]


def test_a_heading_above_its_entries_dates_them(read):
    headings = {0: "27 August 2024", 2: "26 August 2024"}
    reading = read(rows_of("12:31", "11:39", "22:40", "21:15"), headings=headings, zone="Europe/London")
    assert ats(reading)[2] == utc(2024, 8, 26, 21, 40)
    assert ats(reading)[0] == utc(2024, 8, 27, 11, 31)


def test_the_capture_tells_which_way_a_lone_heading_is_meant(read):
    rows, headings = rows_of("09:10", "08:30", "22:40", "21:15"), {2: "27 August 2024"}
    same_day = read(rows, headings=headings, zone="Europe/London", captured_at=pendulum.datetime(2024, 8, 27, 8, 30))
    assert ats(same_day)[:2] == [utc(2024, 8, 27, 8, 10), utc(2024, 8, 27, 7, 30)]
    nobody_knows = read(rows, headings=headings, zone="Europe/London")
    assert ats(nobody_knows) == [None] * 4
    assert nobody_knows.entries[0].published.earliest == utc(2024, 8, 27, 8, 10)


def test_a_midnight_that_no_heading_marks_is_seen(read):
    reading = read(rows_of("00:30", "00:10", "23:40"), headings={0: "27 August 2024"}, zone="Europe/London")
    assert ats(reading)[-1] == utc(2024, 8, 26, 22, 40)


def test_an_entry_that_an_editor_moved_is_no_midnight(read):
    reading = read(
        rows_of("12:40", "12:31", "12:35", "11:39"), captured_at=pendulum.datetime(2024, 1, 9, 13), zone="Europe/London"
    )
    assert ats(reading)[2] == utc(2024, 1, 9, 12, 35)


def test_page_dates_that_agree_date_every_clock(read):
    own = {"published json-ld": "2014-12-30T08:00:00Z", "modified json-ld": "2014-12-31T17:05:00Z"}
    reading = read(rows_of("17.00", "09.30", "22.15", "08.20"), own=own, zone="Europe/London")
    assert ats(reading) == [
        utc(2014, 12, 31, 17),
        utc(2014, 12, 31, 9, 30),
        utc(2014, 12, 30, 22, 15),
        utc(2014, 12, 30, 8, 20),
    ]


def test_page_dates_that_cannot_both_hold_leave_bounds(read):
    own = {"published json-ld": "2014-12-31", "modified json-ld": "2014-12-31"}
    reading = read(rows_of("17.00", "09.30", "22.15"), own=own, zone="Europe/London")
    assert ats(reading) == [None] * 3
    newest = reading.entries[0].published
    assert (newest.earliest, newest.latest.replace(second=0, microsecond=0)) == (
        utc(2014, 12, 31, 17),
        utc(2015, 1, 1, 17),
    )


def test_a_blog_changed_days_after_its_publication_is_bounded_by_both(read):
    own = {"published json-ld": "2014-12-28T08:00:00Z", "modified json-ld": "2014-12-31T17:05:00Z"}
    newest = read(rows_of("17.00", "09.30", "08.30"), own=own, zone="Europe/London").entries[0].published
    assert (newest.at, newest.earliest) == (None, utc(2014, 12, 28, 17))
    assert newest.latest.replace(second=0, microsecond=0) == utc(2014, 12, 31, 17)


def test_a_publication_just_after_the_newest_clock_is_the_last_one(read):
    own = {"published json-ld": "2014-12-31T17:02:37Z"}
    late = read(
        rows_of("17.00", "09.30", "22.15"), own=own, zone="Europe/London", captured_at=pendulum.datetime(2020, 1, 1)
    )
    assert ats(late) == [utc(2014, 12, 31, 17), utc(2014, 12, 31, 9, 30), utc(2014, 12, 30, 22, 15)]


def test_a_publication_just_before_the_oldest_clock_is_the_first_one(read):
    own = {"published json-ld": "2014-12-30T22:10:37Z"}
    late = read(
        rows_of("17.00", "09.30", "22.15"), own=own, zone="Europe/London", captured_at=pendulum.datetime(2020, 1, 1)
    )
    assert ats(late) == [utc(2014, 12, 31, 17), utc(2014, 12, 31, 9, 30), utc(2014, 12, 30, 22, 15)]


def test_a_first_entry_just_after_midnight_follows_a_publication_just_before_it(read):
    reading = read(rows_of("00:30", "00:01"), own={"published json-ld": "2014-12-31T23:58:00Z"}, zone="Europe/London")
    assert ats(reading) == [utc(2015, 1, 1, 0, 30), utc(2015, 1, 1, 0, 1)]


def test_clocks_long_before_the_only_publication_may_be_of_its_day_or_of_the_next(read):
    reading = read(rows_of("11:30", "06:01"), own={"published json-ld": "2014-12-31T23:00:00Z"}, zone="Europe/London")
    newest = reading.entries[0].published
    assert (newest.at, newest.earliest) == (None, utc(2014, 12, 31, 11, 30))
    assert newest.latest.replace(second=0, microsecond=0) == utc(2015, 1, 1, 11, 30)


def test_a_page_of_the_latest_entries_is_dated_by_its_end(read):
    own = {"published json-ld": "2014-12-28T08:00:00Z", "modified json-ld": "2014-12-31T17:05:00Z"}
    reading = read(rows_of("17.00", "09.30"), own=own, zone="Europe/London", window=Window(shows="latest"))
    assert ats(reading)[0] == utc(2014, 12, 31, 17)


def test_the_day_in_an_address_dates_a_page_of_one_day(read):
    reading = read(rows_of("17.00", "09.30", "08.30"), url="https://www.example.co.uk/live/2014/dec/31/strike")
    assert ats(reading)[0] == utc(2014, 12, 31, 17)


@pytest.mark.parametrize(
    ("document", "offset"),
    [
        ({"url": "https://www.example.de/ticker"}, 2),
        ({"url": "https://www.example.co.uk/ticker"}, 1),
        ({"language": "da"}, 2),
        ({"zone": "Asia/Kolkata", "url": "https://www.example.de/ticker"}, 5.5),
    ],
)
def test_the_zone_comes_from_the_page_its_address_or_its_language(read, document, offset):
    reading = read(rows_of("17.00", "16.30"), captured_at=pendulum.datetime(2024, 7, 1, 16), **document)
    midnight = pendulum.datetime(2024, 7, 1, tz="UTC")
    assert ats(reading)[0] in {midnight.add(hours=17 - offset), midnight.subtract(hours=7 + offset)}


@pytest.mark.parametrize("document", [{}, {"url": "https://www.example.tv/live"}, {"language": "en"}])
def test_no_zone_is_made_up_for_a_page_that_may_be_anywhere(read, document):
    found = (
        read(rows_of("17.00", "16.30"), captured_at=pendulum.datetime(2024, 7, 1, 18), **document).entries[0].published
    )
    assert (found.at, found.precision) == (None, Precision.BOUNDED)
    assert found.latest <= pendulum.datetime(2024, 7, 1, 18)


def test_zones_that_clocks_state_may_differ_in_one_blog(read):
    rows = rows_of("5.10pm BST", "4.02pm GMT", "4.40pm BST")
    reading = read(rows, captured_at=pendulum.datetime(2024, 10, 27, 17))
    assert ats(reading) == [utc(2024, 10, 27, 16, 10), utc(2024, 10, 27, 16, 2), utc(2024, 10, 27, 15, 40)]


def test_better_clocks_of_the_same_entries_lend_the_day_and_show_the_zone(read):
    rows = [{"published dom": f"2020-10-06T{hour}:22:53.212Z", "shown": f"{hour + 1}:22"} for hour in (20, 19, 17, 14)]
    reading = read(rows, captured_at=pendulum.datetime(2021, 1, 1))
    assert [one.shown.at for one in reading.entries] == [utc(2020, 10, 6, hour, 22) for hour in (20, 19, 17, 14)]


def test_ids_refute_the_zone_that_a_page_claims(read):
    born = [utc(2020, 7, 6, 18, 40), utc(2020, 7, 6, 18, 11), utc(2020, 7, 6, 17, 30), utc(2020, 7, 6, 16, 58)]
    rows = [{"id": f"post_{int(at.timestamp()):08x}8f08e408b758af95", "published": f"{at:%H:%M}"} for at in born]
    reading = read(rows, zone="Europe/London", captured_at=pendulum.datetime(2020, 7, 6, 19))
    assert ats(reading) == born
    assert [one.about for one in reading.conflicts] == ["zone"]


def test_a_clock_later_than_its_id_is_of_the_same_evening_or_of_the_next_morning(read):
    born = utc(2020, 1, 6, 23, 58)
    rows = [{"id": f"post_{int(born.timestamp()):08x}8f08e408b758af95", "published": "00:03"}]
    found = read(rows, zone="Europe/London", captured_at=pendulum.datetime(2020, 1, 8, 19)).entries[0].published
    assert (found.at, found.basis) == (utc(2020, 1, 7, 0, 3), Basis.TEXT_CLOCK)


def test_a_shown_clock_stands_in_for_a_publication_that_is_not_stated(read):
    rows = [{"shown": "12:40"}, {"shown": "12:31"}]
    reading = read(rows, zone="Europe/London", captured_at=pendulum.datetime(2024, 1, 9, 13))
    assert ats(reading) == [utc(2024, 1, 9, 12, 40), utc(2024, 1, 9, 12, 31)]


def test_a_row_with_its_date_holds_the_walk(read):
    rows = rows_of("08:15", "20:11", "3. März 2024, 19:40 Uhr", "18:05")
    reading = read(rows, zone="Europe/Berlin", captured_at=pendulum.datetime(2024, 3, 4, 8))
    assert ats(reading) == [
        utc(2024, 3, 4, 7, 15),
        utc(2024, 3, 3, 19, 11),
        utc(2024, 3, 3, 18, 40),
        utc(2024, 3, 3, 17, 5),
    ]


def test_older_entries_that_state_their_day_put_those_that_do_not_after_them(read):
    rows = rows_of("20:11 Uhr", "19:40 Uhr", "01.03.2031, 23:58 Uhr")
    reading = read(rows, zone="Europe/Berlin", captured_at=pendulum.datetime(2031, 3, 2, 19, 30))
    assert ats(reading) == [utc(2031, 3, 2, 19, 11), utc(2031, 3, 2, 18, 40), utc(2031, 3, 1, 22, 58)]


def test_a_zone_that_ids_refute_is_refuted_for_clocks_with_a_day_too(read):
    born = [utc(2031, 6, 25, 18, 41), utc(2031, 6, 25, 18, 20), utc(2031, 6, 25, 17, 58), utc(2031, 6, 24, 22, 10)]
    stated = ["18:43", "18:21", "17:59", "22:12 24 Jun"]
    rows = [
        {"id": f"post_{int(at.timestamp()):08x}0cf2ad8a1b2c3d4e", "published dom": clock}
        for at, clock in zip(born, stated, strict=True)
    ]
    reading = read(rows, zone="Europe/London", captured_at=pendulum.datetime(2031, 6, 25, 18, 50))
    assert ats(reading)[-1] == utc(2031, 6, 24, 22, 12)
