"""What was asked, captured and refused: known answers."""

from collections import Counter

from answers.script import answers, at
from asked import FERRY, REQUESTS


@answers
def archive_by_day(rows):
    days = {one["captured_day"]: one for one in rows}
    assert set(days) == {"2026-03-02", "2026-03-14", "2026-03-15"}
    ferry = days["2026-03-02"]
    assert (ferry["snapshots"], ferry["loaded"], ferry["quarantined"]) == (len(FERRY) + 2, len(FERRY) + 1, 1)


@answers
def erasures(rows):
    assert rows == []  # nobody asked for any; tests/ingest/test_erasing.py asks


@answers
def lying_validators(rows):
    (ferry,) = rows
    verdicts = Counter(verdict for *_, verdict, _ in REQUESTS)
    assert (ferry["requests"], ferry["changes_denied"]) == (len(REQUESTS), verdicts["lied-same"])
    assert (ferry["changes_made_up"], ferry["last_lied_at"]) == (verdicts["lied-changed"], at(70))


@answers
def quietest_sources(rows):
    ferry = next(one for one in rows if one["source_id"] == "ferry")
    assert (ferry["last_published_at"], ferry["seconds_of_silence"]) == (at(5), 75 * 60)
    assert ferry["is_older_than_expected"] is True
    assert [one["is_older_than_expected"] for one in rows if one["source_id"] == "any"] == [False]


@answers
def sources_in_trouble(rows):
    troubles = {one["source_id"]: (one["failed_requests"], one["quarantined"]) for one in rows}
    assert troubles == {"ferry": (sum(bool(failure) for *_, failure in REQUESTS), 0), "meridian": (0, 1)}


@answers
def unwatched_stretches(rows):
    ferry = [one for one in rows if one["title"] == "Ferry safe"]
    assert [(one["unwatched_from"], one["unwatched_until"], one["seconds"]) for one in ferry] == [(at(8), at(60), 3120)]


@answers
def what_was_refused(rows):
    assert {(one["why"], one["refusals"]) for one in rows} == {("no clock", 1), ("it is empty", 1)}
