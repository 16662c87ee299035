"""The traps of live pages are the test matrix: each has a golden case that says it is about it.

A trap is a way in which a publisher's page lies or leaves out, each seen on a real page. A golden case names the traps
it is about in its ``snapshot.toml`` (``traps = [1, 18]``); what it expects stands beside it and is checked by
``test_cases.py``. Here stands what each trap is, that none is without a case, and for the traps about time that what
the cases expect holds the very thing that the trap would take away.
"""

import json

import pytest

from golden import Case, cases

TRAPS = {
    1: "every update repeats the page's headline and times",
    2: "the data hold more than the page shows",
    3: "the data hold less: an entry without text is still an entry",
    4: "several clocks an entry: created, published, shown, modified",
    5: "page order is not time order: editors, pins, summaries",
    6: "not one day: a bare clock is ambiguous",
    7: "two entries share a minute: time is no key",
    8: "headlines repeat or are absent: no key either",
    9: "what looks like an entry and is none: adverts, promos",
    10: "the coverage window lies",
    11: "the page says it was changed before its newest entry",
    12: "a Z behind a local wall clock",
    13: "mixed offsets, double escapes, HTML in some bodies, a body that is an object",
    14: "updates as a list, as one object, in a graph, or missing until it starts",
    15: "time only as text, without zone or date",
    16: "the date heading stands below the entries that it dates",
    17: "relative and absolute times glued together",
    18: "ids differ by channel; a pinned post stands twice",
    19: "edits long after publication, and last-updated before first-published",
    20: "every update stamped midnight",
    21: "paginated away is not deleted",
    22: "a re-publication stamps every entry anew",
    23: "a page that claims a zone which its ids refute",
    24: "microdata cut at an unescaped quote",
    25: "ids that are positions and renumber, or milliseconds that collide",
    26: "clocks inside quoted speech; two days and no date line",
    27: "zones of the desk, two in one blog; offsets mixed in one answer",
}

CASES = cases()


def cases_of(trap: int) -> list[Case]:
    return [case for case in CASES if trap in case.about.get("traps", ())]


def entries_of(case: Case) -> list[dict]:
    """Return the entries that a case expects."""
    lines = (case.folder / "readings.ndjson").read_text(encoding="utf-8").splitlines()
    return [found for found in map(json.loads, lines) if "position" in found]


def documents_of(case: Case) -> list[dict]:
    lines = (case.folder / "readings.ndjson").read_text(encoding="utf-8").splitlines()
    return [found for found in map(json.loads, lines) if "position" not in found]


def words_of_conflicts(trap: int) -> str:
    conflicts = [one for case in cases_of(trap) for found in documents_of(case) for one in found.get("conflicts", ())]
    return " ".join(f"{one['about']} {one['why']}" for one in conflicts)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: f"{trap}-{TRAPS[trap]}")
def test_every_trap_has_a_golden_case(trap: int):
    found = cases_of(trap)
    assert found, f"no snapshot.toml says traps = [{trap}]: {TRAPS[trap]}"
    for case in found:
        assert "error" in case.about or (case.folder / "readings.ndjson").exists()


def test_cases_name_only_traps_that_there_are():
    named = {trap for case in CASES for trap in case.about.get("traps", ())}
    assert named <= set(TRAPS)


@pytest.mark.parametrize("trap", [1, 20, 22])
def test_times_that_are_no_entry_s_own_are_given_to_none(trap: int):
    """Where a channel is refused an entry's time comes from elsewhere, or stays open: never a time that all share."""
    for case in cases_of(trap):
        exact = [entry["published"]["at"] for entry in entries_of(case) if "at" in entry["published"]]
        assert len(exact) < 3 or len(set(exact)) > 1, case.name


@pytest.mark.parametrize(
    ("trap", "words"), [(12, "false zone"), (23, "zone"), (20, "midnight|one time"), (22, "one time|re-pub")]
)
def test_what_was_refused_is_kept_as_a_conflict(trap: int, words: str):
    assert any(word in words_of_conflicts(trap) for word in words.split("|"))


def test_an_entry_has_more_than_one_clock_where_the_trap_is_about_that():
    moments = ("created", "published", "modified", "shown")
    for case in cases_of(4):
        most = max(
            len({entry[one]["at"] for one in moments if "at" in entry.get(one, {})}) for entry in entries_of(case)
        )
        assert most > 1, case.name


def test_entries_that_pass_midnight_are_of_two_days():
    days = [
        {one["published"]["at"][:10] for one in entries_of(case) if "at" in one["published"]} for case in cases_of(6)
    ]
    assert sum(len(found) > 1 for found in days) >= 3


def test_no_bare_clock_is_claimed_finer_than_the_minute():
    for case in cases_of(15):
        for entry in entries_of(case):
            published = entry["published"]
            if published.get("basis") == "text-clock":
                assert published["precision"] in {"minute", "hour", "bounded", "unknown"}, case.name
