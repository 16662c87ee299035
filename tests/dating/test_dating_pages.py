"""All clocks of a page against each other: what is believed, what is refused, what contradicts."""

from datetime import UTC, datetime, timedelta

import pendulum
import pytest

from dateline.model import Basis, Order, Precision

NOON = datetime(2026, 3, 5, 12, 0, 7, tzinfo=UTC)
CAPTURED = pendulum.datetime(2026, 3, 5, 18)


def stamp(minutes: float, *, seconds: int = 0, form: str = "%FT%TZ") -> str:
    return (NOON + timedelta(minutes=minutes, seconds=seconds)).strftime(form)


def object_id(minutes: float) -> str:
    return f"block-{int((NOON + timedelta(minutes=minutes)).timestamp()):08x}8f08e408b758af95"


def ats(reading) -> list[datetime | None]:
    return [one.published.at for one in reading.entries]


def whys(reading) -> set[str]:
    return {one.why for one in reading.conflicts}


def test_one_time_for_all_updates_is_no_update_s_own(read):
    rows = [{"published json-ld": stamp(0), "published dom": stamp(-7 * n)} for n in range(5)]
    reading = read(rows)
    assert ats(reading) == [NOON - timedelta(minutes=7 * n) for n in range(5)]
    assert {one.published.basis for one in reading.entries} == {Basis.DOM}
    assert any("one time for all" in why for why in whys(reading))


def test_two_posts_of_one_time_are_believed(read):
    assert ats(read([{"published api": stamp(0)}, {"published api": stamp(0)}])) == [NOON, NOON]


def test_three_posts_of_one_minute_are_believed_where_clocks_show_minutes(read):
    rows = [{"published api": stamp(0, form="%FT%H:%MZ")} for _ in range(3)]
    assert {one.published.precision for one in read(rows).entries} == {Precision.MINUTE}


def test_a_republication_leaves_the_ids_and_no_exact_time(read):
    rows = [{"id": object_id(-10 * n), "published dom": stamp(0, seconds=n % 2)} for n in range(6)]
    reading = read(rows, captured_at=CAPTURED, order=Order.NEWEST_FIRST)
    for number, entry in enumerate(reading.entries):
        assert (entry.published.at, entry.published.precision) == (None, Precision.BOUNDED)
        assert entry.published.earliest == entry.created.at == NOON - timedelta(minutes=10 * number)
        assert entry.created.basis is entry.published.basis is Basis.ID
        assert entry.published.latest <= CAPTURED


def test_what_is_shown_beside_a_republished_post_is_refused_with_it(read):
    rows = [{"id": object_id(-10 * n), "published api": stamp(0), "shown api": "12.00 GMT"} for n in range(4)]
    reading = read(rows, captured_at=CAPTURED)
    assert {one.published.precision for one in reading.entries} == {Precision.BOUNDED}
    assert {one.shown.at for one in reading.entries} == {None}


def test_one_time_on_the_full_minute_is_refused_too(read):
    reading = read([{"published json-ld": "2026-03-05T12:00:00.000Z"} for _ in range(3)])
    assert {one.published.precision for one in reading.entries} == {Precision.UNKNOWN}


def test_midnight_on_every_update_is_unknown_and_not_midnight(read):
    reading = read([{"published json-ld": "2026-03-05T00:00:00+00:00"} for _ in range(4)])
    assert {one.published.precision for one in reading.entries} == {Precision.UNKNOWN}
    assert {one.published.stated for one in reading.entries} == {"2026-03-05T00:00:00+00:00"}


def test_midnights_of_different_days_keep_the_day(read):
    reading = read([{"published json-ld": f"2026-03-0{day}T00:00:00Z"} for day in (5, 4, 3)])
    assert {one.published.precision for one in reading.entries} == {Precision.DAY}


def test_one_post_at_midnight_among_others_is_believed(read):
    rows = [{"published api": stamp(-60 * n)} for n in range(8)] + [{"published api": "2026-03-05T00:00:00Z"}]
    assert ats(read(rows))[-1] == datetime(2026, 3, 5, tzinfo=UTC)


def test_a_local_time_under_a_z_is_moved_by_its_constant_gap(read):
    rows = [
        {"published dom": stamp(60 - 9 * n), "published json-ld": stamp(120 - 9 * n, form="%FT%T+02:00")}
        for n in range(4)
    ]
    reading = read(rows)
    assert ats(reading) == [NOON - timedelta(minutes=9 * n) for n in range(4)]
    assert any("false zone" in why for why in whys(reading))
    assert not any("disagree" in why for why in whys(reading))


def test_a_false_zone_over_what_is_shown_is_mended_and_a_redated_promo_is_not(read):
    rows = [{"published dom": stamp(-9 * n), "shown dom": stamp(60 - 9 * n)} for n in range(12)]
    assert [one.shown.at for one in read(rows).entries] == [NOON - timedelta(minutes=9 * n) for n in range(12)]
    promo = [{"published dom": stamp(-9 * n), "shown dom": stamp(-9 * n + (60 if n == 3 else 0))} for n in range(12)]
    assert read(promo).entries[3].shown.at == NOON + timedelta(minutes=60 - 27)


def test_an_epoch_is_better_founded_than_a_z(read):
    rows = [
        {
            "published dom": str(int((NOON - timedelta(minutes=9 * n)).timestamp())),
            "published json-ld": stamp(60 - 9 * n),
        }
        for n in range(4)
    ]
    assert ats(read(rows)) == [NOON - timedelta(minutes=9 * n) for n in range(4)]


def test_ids_refute_a_zone_that_puts_publication_before_creation(read):
    rows = [{"id": object_id(-9 * n), "published dom": stamp(2 - 60 - 9 * n)} for n in range(4)]
    reading = read(rows)
    assert ats(reading) == [NOON + timedelta(minutes=2 - 9 * n) for n in range(4)]


def test_ids_agree_with_sound_clocks_and_change_nothing(read):
    rows = [{"id": object_id(-9 * n), "published dom": stamp(2 - 9 * n)} for n in range(6)]
    reading = read(rows)
    assert ats(reading) == [NOON + timedelta(minutes=2 - 9 * n) for n in range(6)]
    assert reading.conflicts == ()


def test_two_clocks_that_disagree_are_both_kept(read):
    rows = [{"published api": stamp(-9 * n), "published dom": stamp(-9 * n + (17 if n == 1 else 0))} for n in range(5)]
    reading = read(rows)
    assert ats(reading)[1] == NOON - timedelta(minutes=9)
    assert [(one.where, one.kept, one.other) for one in reading.conflicts] == [("entry 1", stamp(-9), stamp(8))]


def test_a_change_a_second_before_publication_is_no_contradiction_and_an_hour_is(read):
    rows = [
        {"published api": stamp(0), "modified api": stamp(0, seconds=-1)},
        {"published api": stamp(-9), "modified api": stamp(-69)},
    ]
    reading = read(rows)
    assert [one.where for one in reading.conflicts] == ["entry 1"]
    assert reading.entries[0].modified.at == NOON - timedelta(seconds=1)


def test_created_published_modified_and_shown_are_four_moments(read):
    row = {
        "created api": stamp(-100),
        "published api": stamp(-60),
        "modified api": stamp(-20),
        "shown dom": stamp(0),
    }
    entry = read([row]).entries[0]
    moments = [one.at for one in (entry.created, entry.published, entry.modified, entry.shown)]
    assert moments == [NOON - timedelta(minutes=n) for n in (100, 60, 20, 0)]


def test_a_page_that_says_it_is_older_than_its_newest_entry_is_contradicted(read):
    reading = read([{"published api": stamp(0)}], own={"modified json-ld": stamp(-90)})
    assert any("last changed before" in why for why in whys(reading))


@pytest.mark.parametrize("stated", ["1", "1970-01-01T00:00:00Z", "2100-06-01T00:00:00Z", "2024-02-30T10:00:00Z"])
def test_a_time_that_cannot_be_is_a_reject_and_keeps_its_words(read, stated):
    reading = read([{"published api": stated}, {"published api": stamp(0)}], captured_at=CAPTURED)
    assert (reading.entries[0].published.precision, reading.entries[0].published.stated) == (Precision.UNKNOWN, stated)
    assert [one.where for one in reading.rejects] == ["entry 0 published (api)"]


def test_an_entry_without_a_time_lies_between_its_neighbours(read):
    rows = [{"published api": stamp(0)}, {}, {"published api": stamp(-30)}, {"published api": stamp(-40)}]
    found = read(rows).entries[1].published
    assert (found.precision, found.basis) == (Precision.BOUNDED, Basis.ORDER)
    assert (found.earliest, found.latest.replace(microsecond=0)) == (NOON - timedelta(minutes=30), NOON)


def test_a_pinned_entry_neither_gives_nor_takes_bounds(read):
    rows = [
        {"published api": stamp(-500), "pinned": ""},
        {"pinned": ""},
        *({"published api": stamp(-10 * n)} for n in range(4)),
    ]
    reading = read(rows)
    assert reading.order is Order.NEWEST_FIRST
    assert reading.entries[1].published.precision is Precision.UNKNOWN


def test_an_editor_s_order_lends_no_bounds(read):
    rows = [{"published api": stamp(n)} for n in (0, -50, -10, -90, -20)] + [{}]
    reading = read(rows)
    assert reading.order is Order.EDITORIAL
    assert reading.entries[-1].published.precision is Precision.UNKNOWN


def test_ids_that_are_publications_date_what_has_no_clock(read):
    def milliseconds(n):
        return str(int((NOON - timedelta(minutes=n)).timestamp() * 1000) + 345)

    rows = [{"id": milliseconds(n), "published json-ld": stamp(-n)} for n in (0, 5, 10)] + [{"id": milliseconds(15)}]
    found = read(rows).entries[-1].published
    assert (found.basis, found.precision) == (Basis.ID, Precision.SECOND)
    assert found.at == NOON - timedelta(minutes=15) + timedelta(milliseconds=345)


def test_an_id_alone_bounds_publication_from_creation_to_the_last_change(read):
    rows = [{"id": object_id(-30), "modified api": stamp(-10)}]
    found = read(rows, captured_at=CAPTURED).entries[0].published
    assert (found.precision, found.earliest) == (Precision.BOUNDED, NOON - timedelta(minutes=30))
    assert found.latest.replace(microsecond=0) == NOON - timedelta(minutes=10)


def test_a_creation_and_a_last_change_of_one_second_are_the_publication(read):
    found = read([{"created api": stamp(0), "modified api": stamp(0)}]).entries[0].published
    assert (found.at, found.precision) == (NOON, Precision.SECOND)


def test_a_publication_before_its_creation_is_kept_and_contradicted(read):
    rows = [{"id": object_id(-n), "published api": stamp(2 - n - (400 if n == 20 else 0))} for n in range(0, 100, 10)]
    reading = read(rows)
    assert ats(reading)[2] == NOON + timedelta(minutes=2 - 420)
    assert [one.where for one in reading.conflicts] == ["entry 2"]


def test_relative_times_count_from_the_capture(read):
    reading = read([{"published relative": "5 mins ago"}, {"published relative": "2 hours ago"}], captured_at=CAPTURED)
    assert [one.published.precision for one in reading.entries] == [Precision.MINUTE, Precision.HOUR]
    assert ats(reading)[0] == CAPTURED.subtract(minutes=5)


def test_earliest_at_and_latest_are_in_order_whatever_is_stated(read):
    rows = [
        {"id": object_id(-5), "published dom": stamp(0), "modified dom": stamp(3), "shown": "12:00"},
        {"published dom": "2026-03-05", "shown": "11:55 am"},
        {"published relative": "3 hours ago"},
        {"shown": "08:15"},
        {},
    ]
    for zone in (None, "Europe/London", "Asia/Kolkata"):
        for entry in read(rows, captured_at=CAPTURED, zone=zone).entries:
            for found in (entry.created, entry.published, entry.modified, entry.shown):
                known = [one for one in (found.earliest, found.at, found.latest) if one is not None]
                assert known == sorted(known)
