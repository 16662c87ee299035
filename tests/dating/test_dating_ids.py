"""Ids that carry time, and ids that only look as if they did."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from dateline.dating.ids import created_by_ids

CAPTURED = datetime(2024, 3, 3, tzinfo=UTC)
BORN = datetime(2024, 3, 2, 21, 43, 18, tzinfo=UTC)
SECONDS = int(BORN.timestamp())


def object_id(at: datetime, tail: str = "8f08e408b758af95") -> str:
    return f"{int(at.timestamp()):08x}{tail}"


def test_an_object_id_tells_its_creation_to_the_second():
    assert created_by_ids([f"block-{object_id(BORN)}", f"post_{object_id(BORN)}", None], CAPTURED) == [BORN, BORN, None]


def test_milliseconds_tell_it_to_the_millisecond():
    assert created_by_ids([f"post-{SECONDS}345"], CAPTURED) == [BORN + timedelta(milliseconds=345)]


def test_a_uuid_of_version_one_or_seven_tells_it():
    ticks = int((BORN - datetime(1582, 10, 15, tzinfo=UTC)).total_seconds()) * 10_000_000
    low, middle, high = ticks & 0xFFFFFFFF, (ticks >> 32) & 0xFFFF, (ticks >> 48) & 0x0FFF
    one = UUID(fields=(low, middle, high | 0x1000, 0x80, 1, 2))
    seven = UUID(int=(SECONDS * 1000 << 80) | (7 << 76) | (2 << 62) | 12345)
    assert created_by_ids([str(one)], CAPTURED) == [BORN]
    assert created_by_ids([f"urn:uuid:{seven}"], CAPTURED) == [BORN]


def test_a_random_uuid_tells_nothing():
    assert created_by_ids(["2f1a9c1e-9c1b-4c1d-8a1e-1b2c3d4e5f60"], CAPTURED) == [None]


def test_a_ulid_tells_it():
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    value, stamp = SECONDS * 1000, ""
    for _ in range(10):
        value, rest = divmod(value, 32)
        stamp = letters[rest] + stamp
    assert created_by_ids([f"{stamp}ABCDEFGHJKMNPQRS"], CAPTURED) == [BORN]


def test_positions_tell_nothing():
    assert created_by_ids(["post1", "post2", "post3", "1550004"], CAPTURED) == [None] * 4


def test_ten_digits_may_be_any_counter():
    assert created_by_ids([f"live-{SECONDS}"], CAPTURED) == [None]


def test_milliseconds_that_collide_tell_nothing():
    anchors = [f"{SECONDS}000"] * 7 + [f"{SECONDS + 60}000"]
    assert created_by_ids(anchors, CAPTURED) == [None] * 8


def test_hexadecimal_names_that_point_to_the_future_are_no_times():
    anchors = [f"block-{n:02x}ffffffffffffffffffffff" for n in range(0xA0, 0xA8)]
    assert created_by_ids(anchors, CAPTURED) == [None] * 8


@given(st.lists(st.one_of(st.none(), st.text(max_size=40)), max_size=12))
def test_any_anchors_are_read_without_an_error(anchors):
    assert len(created_by_ids(anchors, CAPTURED)) == len(anchors)
