"""What servers state in seconds and dates, held within reason."""

import pendulum
import pytest

from dateline.fetch.http_times import http_date, max_age, retry_after

NOW = pendulum.datetime(2026, 3, 2, 12, 0)


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("120", 120),
        ("1", 60),
        ("-5", 60),
        ("315360000", 86_400),
        ("Mon, 02 Mar 2026 13:00:00 GMT", 3600),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 60),
        ("Fri, 01 Mar 2036 00:00:00 GMT", 86_400),
        ("soon", None),
        ("", None),
        ("9" * 500, None),
        (None, None),
    ],
)
def test_a_retry_after_is_held_between_the_interval_and_a_day(stated, seconds):
    assert retry_after(stated, NOW, least=60) == seconds


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("max-age=60", 60),
        ("public, s-maxage=30, stale-while-revalidate=5", 30),
        ("no-cache, max-age=60", 0),
        ("No-Store", 0),
        ("private", None),
        ("max-age=x", None),
        (None, None),
        ("x-max-age=5", None),
    ],
)
def test_cache_control_says_how_long_an_answer_is_fresh(stated, seconds):
    assert max_age(stated) == seconds


NO_DATES = ["", "yesterday", "Mon, 99 Mar 2026 11:00:00 GMT", "x" * 100_000, "0", "Mon, 02 Mar 99999 11:00:00 GMT"]


@pytest.mark.parametrize("stated", NO_DATES)
def test_what_is_no_date_is_none(stated):
    assert http_date(stated) is None
