"""Entries without clocks are bounded by date, order and words, and never given an instant."""

import pendulum
import pytest

from dateline.dating import date
from dateline.model import Basis, Block, Clock, Document, Kind, Order, Precision, Role
from dateline.split.bounds import bound


def reading(*texts: str, stated: str | None = "2025-05-16", order: Order = Order.NEWEST_FIRST, cut: bool = True):
    document = Document(
        format="copy",
        kind=Kind.LIVE_BLOG,
        carrier="The Gull",
        order=order,
        blocks=tuple(
            Block(where=f"offset {at}", text=text, boundary_probability=0.9 if cut else None)
            for at, text in enumerate(texts)
        ),
        clocks=(Clock(role=Role.PUBLISHED, stated=stated, basis=Basis.PAGE_DATE),) if stated else (),
    )
    return date(document, captured_at=None)[0]


def bounds(found):
    return [(one.published.earliest, one.published.latest) for one in found.entries]


def test_no_entry_is_newer_than_the_copy():
    before = reading("The wall fell.", "All is calm.")
    assert bounds(bound(before)) == [(None, before.published.latest)] * 2


def test_no_instant_is_claimed():
    found = bound(
        reading("He said on Thursday evening that it rained.", "The talks are due to begin at 7am GMT today.")
    )
    assert all(one.published.at is None for one in found.entries)
    assert {one.published.precision for one in found.entries} == {Precision.BOUNDED}


def test_what_is_reported_of_a_weekday_bounds_from_below():
    found = bound(reading("The mayor said on Thursday evening that the wall would hold."))
    assert found.entries[0].published.earliest == pendulum.datetime(2025, 5, 15, 2)  # 16:00 where the day begins first
    assert found.entries[0].published.stated == "on Thursday evening"


def test_a_plan_in_another_clause_does_not_hide_who_reported_it():
    found = bound(reading("The wall would be mended, the mayor said on Thursday evening."))
    assert found.entries[0].published.earliest == pendulum.datetime(2025, 5, 15, 2)


def test_newer_entries_inherit_the_lower_bound_and_older_ones_do_not():
    found = bound(reading("It fell.", "The mayor said on Thursday that it would hold.", "Rain is coming."))
    lower = [earliest for earliest, _ in bounds(found)]
    assert lower == [pendulum.datetime(2025, 5, 14, 10), pendulum.datetime(2025, 5, 14, 10), None]


def test_what_is_still_to_come_bounds_from_above_and_so_do_older_entries():
    found = bound(reading("It began.", "The talks are due to begin at around 10am local time today, 7am GMT today."))
    upper = [latest for _, latest in bounds(found)]
    assert upper[1] == pendulum.datetime(2025, 5, 16, 7)
    assert upper[0] > upper[1]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said the wall will be mended on Friday.",
        "He said he would speak on Thursday.",
        "The vote will be held on Thursday.",
        "A new date is being announced on Thursday.",
        "The first session, to be formally held on Thursday, is public.",
        "Terms to be jointly and publicly announced on Thursday are ready.",
        "She said the vote takes place on Thursday.",
        "He confirmed that the quay is closed on Thursday.",
        "It was said on Monday last week.",
        "The match is due to begin at 7am today.",
        "It began at 7am GMT today.",
    ],
)
def test_words_that_may_mean_another_time_bound_nothing(text):
    before = reading(text)
    assert bounds(bound(before)) == [(None, before.published.latest)]


def test_without_a_date_nothing_is_said():
    before = reading("The mayor said on Thursday that it would hold.", stated=None)
    assert bound(before) is before


def test_a_page_that_no_splitter_cut_is_left_alone():
    before = reading("The mayor said on Thursday that it would hold.", cut=False)
    assert bound(before) is before
