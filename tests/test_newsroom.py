"""The simulated newsroom keeps its own script: it judges everything else, so it is judged first."""

from datetime import UTC, datetime, timedelta
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from newsroom import pages
from newsroom.record import captures
from newsroom.script import Coverage, Timeline, load_coverage, seen_by_readers
from newsroom.server import Newsroom

ANCHOR = datetime(2026, 3, 14, 6, tzinfo=UTC)
TIMELINE = Timeline(anchor=ANCHOR)


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return load_coverage()


def at(hours: int, minutes: int) -> datetime:
    return ANCHOR + timedelta(hours=hours, minutes=minutes)


def anchors(coverage: Coverage, slug: str, instant: datetime) -> list[str]:
    return [one.anchor for one in seen_by_readers(coverage.story(slug), TIMELINE, instant)]


def test_readers_see_the_newest_post_first(coverage):
    assert anchors(coverage, "storm-ottilie", at(0, 40)) == ["40002", "40001"]


def test_nothing_is_seen_before_it_is_published(coverage):
    assert anchors(coverage, "storm-ottilie", at(0, 4)) == []


def test_a_pinned_post_stands_on_top_until_it_is_unpinned(coverage):
    assert anchors(coverage, "storm-ottilie", at(4, 0))[0] == "40007"
    assert anchors(coverage, "storm-ottilie", at(9, 5))[0] == "40016"


def test_a_deleted_post_is_gone_for_readers(coverage):
    assert "40008" in anchors(coverage, "storm-ottilie", at(6, 1))
    assert "40008" not in anchors(coverage, "storm-ottilie", at(6, 2))


def test_an_edit_changes_the_wording_and_not_the_place(coverage):
    before = seen_by_readers(coverage.story("tram-vote"), TIMELINE, at(13, 1))
    after = seen_by_readers(coverage.story("tram-vote"), TIMELINE, at(13, 2))
    assert [one.anchor for one in before] == [one.anchor for one in after]
    assert [one.anchor for one, other in zip(before, after, strict=True) if one.text != other.text] == ["7103"]


def test_a_redated_post_moves(coverage):
    assert anchors(coverage, "storm-ottilie", at(10, 39)).index("40006") > 5
    assert anchors(coverage, "storm-ottilie", at(10, 40)).index("40006") == 0


def test_pace_squeezes_the_script(coverage):
    quick = Timeline(anchor=ANCHOR, pace=60)
    story = coverage.story("storm-ottilie")
    seen = seen_by_readers(story, quick, ANCHOR + timedelta(minutes=8, seconds=30))
    slow = seen_by_readers(story, TIMELINE, at(8, 30))
    assert [one.anchor for one in seen] == [one.anchor for one in slow]


def test_a_page_renders_the_same_bytes_for_the_same_instant(coverage):
    first = list(captures(coverage, TIMELINE, "http://127.0.0.1:1", timedelta(hours=1)))
    assert first == list(captures(coverage, TIMELINE, "http://127.0.0.1:1", timedelta(hours=1)))
    assert len({url for _, url, _, _ in first}) == 13


def test_a_tombstone_stays_on_the_amp_page_and_nothing_of_its_text(coverage):
    page = pages.live_page(coverage.story("storm-ottilie"), TIMELINE, at(7, 0), "http://127.0.0.1:1")
    assert 'id="post-40008"' in page
    assert "data-tombstone" in page
    assert "A reader in Saltmarsh" not in page


def test_a_copy_is_cut_off_when_it_was_taken(coverage):
    copy = next(one for one in coverage.copies if one.slug == "storm-ottilie-copy")
    text = pages.copy_text(coverage, copy, TIMELINE, copy.style)
    assert "Two hikers" not in text  # headlines are lost
    assert "brought down two hikers" in text
    assert "All but two hundred of the homes" not in text
    assert "\n" not in text


def test_the_server_answers_by_its_clock_and_honours_validators(coverage):
    now = at(0, 40)
    with Newsroom(coverage, TIMELINE, lambda: now) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"{server.base}/courier/live/storm-ottilie"
        with urlopen(url) as answer:
            etag = answer.headers["ETag"]
            assert "Ferries to Lindholm Island" in answer.read().decode()
        with pytest.raises(HTTPError, match="304"):
            urlopen(Request(url, headers={"If-None-Match": etag}))
        now = at(1, 20)
        with urlopen(Request(url, headers={"If-None-Match": etag})) as answer:
            assert answer.status == 200
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"{server.base}/herald/live/tram-vote")
        server.shutdown()
