"""One stated time at a time: what each shape says, and what is refused."""

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.dating.grammar import parse
from dateline.dating.stated import Ago, Unit
from dateline.errors import DatingError
from dateline.model import Precision

INSTANTS = [
    ("2024-03-02T21:43:18.345Z", datetime(2024, 3, 2, 21, 43, 18, 345000, tzinfo=UTC)),
    ("2024-03-02T21:43:18.345678912+01:00", datetime(2024, 3, 2, 20, 43, 18, 345678, tzinfo=UTC)),
    ("2024-03-02 21:43:18+0530", datetime(2024, 3, 2, 16, 13, 18, tzinfo=UTC)),
    ("2024-03-02T21:43\u221205:00", datetime(2024, 3, 3, 2, 43, tzinfo=UTC)),
    ("20240302T214318Z", datetime(2024, 3, 2, 21, 43, 18, tzinfo=UTC)),
    ("2024-03-02T24:00:00Z", datetime(2024, 3, 3, tzinfo=UTC)),
    ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ("1709333411", datetime(2024, 3, 1, 22, 50, 11, tzinfo=UTC)),
    ("1709333411.5", datetime(2024, 3, 1, 22, 50, 11, 500000, tzinfo=UTC)),
    ("1709333411345", datetime(2024, 3, 1, 22, 50, 11, 345000, tzinfo=UTC)),
    ("1709333411345678", datetime(2024, 3, 1, 22, 50, 11, 345678, tzinfo=UTC)),
    ("Sat, 02 Mar 2024 21:43:18 GMT", datetime(2024, 3, 2, 21, 43, 18, tzinfo=UTC)),
    ("Sat, 2 Mar 24 21:43:18 +0100", datetime(2024, 3, 2, 20, 43, 18, tzinfo=UTC)),
    ("Sa, 02 Mär 2024 21:43:18 +0100", datetime(2024, 3, 2, 20, 43, 18, tzinfo=UTC)),
    ("sam, 2 mars 2024 21:43:18 +0100", datetime(2024, 3, 2, 20, 43, 18, tzinfo=UTC)),
    ("Sat Mar 02 2024 21:43:18 GMT+0100 (Mitteleuropäische Normalzeit)", datetime(2024, 3, 2, 20, 43, 18, tzinfo=UTC)),
    ("Sat Mar 2 21:43:18 UTC+0000 2024", datetime(2024, 3, 2, 21, 43, 18, tzinfo=UTC)),
    ("Wed 6 Mar 2024 06.56 GMT", datetime(2024, 3, 6, 6, 56, tzinfo=UTC)),
    ("2024-03-02T21:43:18-05:00 (EST)", datetime(2024, 3, 3, 2, 43, 18, tzinfo=UTC)),
]

CLOCKS = [
    ("20:42", time(20, 42), None),
    ("9:43PM", time(21, 43), None),
    ("9.43 p.m.", time(21, 43), None),
    ("12:05 am", time(0, 5), None),
    ("12:05 pm", time(12, 5), None),
    ("0:15 am", time(0, 15), None),
    ("12.31 Uhr", time(12, 31), None),
    ("18:40 น.", time(18, 40), None),
    ("21.15 Uhr:", time(21, 15), None),
    ("5.02pm GMT", time(17, 2), "GMT"),
    ("5.02pm GMT17:02", time(17, 2), "GMT"),
    ("11:01 PM GMT", time(23, 1), "GMT"),
    ("12.50 BST", time(12, 50), "BST"),
    ("19:02(IST)", time(19, 2), "IST"),
    ("19:02 IST", time(19, 2), "IST"),
    ("9:05 a.m. ET", time(9, 5), "ET"),
    ("20h15", time(20, 15), None),
    ("à 20 h 15", time(20, 15), None),
    ("kl. 20.15", time(20, 15), None),
    ("klo 20.15", time(20, 15), None),
    ("alle ore 20:15", time(20, 15), None),
    ("[20:15]", time(20, 15), None),
    ("+++ 12:41", time(12, 41), None),
    ("13:05:22", time(13, 5, 22), None),
    ("24:00", time(0), None),
    ("at 10:45 Europe/Paris", time(10, 45), "Europe/Paris"),
    ("Updated at 5.26pm GMT", time(17, 26), "GMT"),
]

DAYS = [
    ("21-05-2025", date(2025, 5, 21)),
    ("05/21/2025", date(2025, 5, 21)),
    ("21.5.2025", date(2025, 5, 21)),
    ("2025/05/21", date(2025, 5, 21)),
    ("20250521", date(2025, 5, 21)),
    ("21 May 2025", date(2025, 5, 21)),
    ("May 21, 2025", date(2025, 5, 21)),
    ("Wednesday, May 21st, 2025", date(2025, 5, 21)),
    ("Mittwoch, 21. Mai 2025", date(2025, 5, 21)),
    ("le mercredi 21 mai 2025", date(2025, 5, 21)),
    ("1er février 2025", date(2025, 2, 1)),
    ("21 de mayo de 2025", date(2025, 5, 21)),
    ("21 maggio 2025", date(2025, 5, 21)),
    ("21 mei 2025", date(2025, 5, 21)),
    ("21 de maio de 2025", date(2025, 5, 21)),
    ("21 maja 2025", date(2025, 5, 21)),
    ("21 мая 2025 г.", date(2025, 5, 21)),
    ("den 21 maj 2025", date(2025, 5, 21)),
    ("21. maj 2025", date(2025, 5, 21)),
    ("21. toukokuuta 2025", date(2025, 5, 21)),
    ("21. května 2025", date(2025, 5, 21)),
    ("21 травня 2025", date(2025, 5, 21)),
    ("21 Μαΐου 2025", date(2025, 5, 21)),
    ("21 Mayıs 2025", date(2025, 5, 21)),
    ("2025年5月21日", date(2025, 5, 21)),
    ("2025년 5월 21일", date(2025, 5, 21)),
]

RELATIVES = [
    ("21 mins ago", 21, Unit.MINUTE),
    ("4m ago", 4, Unit.MINUTE),
    ("about 2 hours ago", 2, Unit.HOUR),
    ("2h ago", 2, Unit.HOUR),
    ("6 days ago", 6, Unit.DAY),
    ("an hour ago", 1, Unit.HOUR),
    ("a minute ago", 1, Unit.MINUTE),
    ("yesterday", 1, Unit.DAY),
    ("today", 0, Unit.DAY),
    ("the day before yesterday", 2, Unit.DAY),
    ("just now", 0, Unit.MINUTE),
    ("vor 5 Minuten", 5, Unit.MINUTE),
    ("vor einer Stunde", 1, Unit.HOUR),
    ("vorgestern", 2, Unit.DAY),
    ("il y a 21 minutes", 21, Unit.MINUTE),
    ("il y a une heure", 1, Unit.HOUR),
    ("hace 3 horas", 3, Unit.HOUR),
    ("3 ore fa", 3, Unit.HOUR),
    ("5 minuten geleden", 5, Unit.MINUTE),
    ("há 5 minutos", 5, Unit.MINUTE),
    ("5 minut temu", 5, Unit.MINUTE),
    ("20 минут назад", 20, Unit.MINUTE),
    ("för 5 minuter sedan", 5, Unit.MINUTE),
    ("for 5 minutter siden", 5, Unit.MINUTE),
    ("2 weeks ago", 2, Unit.WEEK),
]

REFUSED = """
    2024-02-30 2024-13-01 25:10 12:60 2024-03-02T10:00:00+25:00 0000-00-00 1e9 NaN 12 45 1 P1D 10:45/11:00x 3/4
    post1550004 Infinity 2024-W10 99999999999999999999 12:30:99 00-00-0000 31-04-2024 03-12-31
""".split()  # noqa: SIM905 - a list of strings is read as strings


@pytest.mark.parametrize(("stated", "instant"), INSTANTS)
def test_a_whole_stamp_names_an_instant(stated: str, instant: datetime):
    assert parse(stated).instant == instant


@pytest.mark.parametrize(("stated", "clock", "zone"), CLOCKS)
def test_a_clock_says_its_time_and_nothing_of_a_day(stated: str, clock: time, zone: str | None):
    found = parse(stated)
    assert (found.clock, found.zone) == (clock, zone)
    assert (found.instant, found.day, found.month_day) == (None, None, None)


@pytest.mark.parametrize(("stated", "day"), DAYS)
def test_a_day_is_read_in_figures_and_in_words(stated: str, day: date):
    found = parse(stated)
    assert (found.day, found.swapped, found.precision) == (day, None, Precision.DAY)


@pytest.mark.parametrize(("stated", "count", "unit"), RELATIVES)
def test_a_relative_time_is_recognised_by_its_whole_shape(stated: str, count: int, unit: Unit):
    assert parse(stated).ago == Ago(count=count, unit=unit)


def test_an_edit_of_desks_says_all_its_parts():
    found = parse("published at 23:46 Greenwich Mean Time 2 March")
    assert (found.clock, found.month_day, found.zone) == (time(23, 46), (3, 2), "Greenwich Mean Time")


def test_relative_and_absolute_glued_together_are_both_kept():
    found = parse("21 mins ago11:48")
    assert (found.ago, found.clock) == (Ago(count=21, unit=Unit.MINUTE), time(11, 48))


def test_a_clock_beside_yesterday_is_kept_with_it():
    found = parse("Yesterday at 4:25 pm")
    assert (found.ago, found.clock) == (Ago(count=1, unit=Unit.DAY), time(16, 25))


def test_day_and_month_below_thirteen_can_be_swapped():
    found = parse("11-12-2026")
    assert {found.day, found.swapped} == {date(2026, 12, 11), date(2026, 11, 12)}


def test_a_day_above_twelve_shows_how_days_are_written():
    assert parse("21-05-2025").day_first is True
    assert parse("05/21/2025").day_first is False
    assert parse("21.05.2025").day_first is None, "dots are always day first: they show nothing about dashes"


def test_a_clock_with_a_dot_is_no_date_and_a_date_with_two_dots_no_clock():
    assert parse("12.31").clock == time(12, 31)
    assert parse("31.12. 17:05").month_day == (12, 31)


def test_a_full_hour_is_known_to_the_hour():
    assert parse("9pm").precision is Precision.HOUR
    assert parse("14 Uhr").precision is Precision.HOUR
    assert parse("9.00pm").precision is Precision.MINUTE


@pytest.mark.parametrize("stated", [*REFUSED, "", "   ", "Gustav Example 2 March 2024 21:02", "2 Foo 2024", "noonish"])
def test_what_is_not_wholly_understood_is_refused(stated: str):
    with pytest.raises(DatingError):
        parse(stated)


def test_a_megabyte_is_refused_at_once():
    start = perf_counter()
    with pytest.raises(DatingError, match="are no date"):
        parse("9" * 1_000_000)
    assert perf_counter() - start < 0.05


@given(st.text(max_size=64))
def test_no_text_raises_anything_but_a_dating_error(text: str):
    try:
        found = parse(text)
    except DatingError:
        return
    assert any(
        part is not None for part in (found.instant, found.day, found.month_day, found.weekday, found.clock, found.ago)
    )


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2099, 1, 1)),  # noqa: DTZ001 - hypothesis adds the zone
    st.integers(-12 * 60, 14 * 60),
)
def test_an_instant_survives_every_offset_it_is_written_in(moment: datetime, minutes: int):
    instant = moment.replace(tzinfo=UTC)
    local = moment + timedelta(minutes=minutes)
    sign = "-" if minutes < 0 else "+"
    offset = f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    assert parse(f"{local.isoformat()}{offset}").instant == instant
