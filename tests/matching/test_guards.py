"""Boilerplate and templates join nothing, wire stories survive, and stories cannot swallow each other."""

from datetime import UTC, datetime

import pytest

from dateline.errors import SyndicationError
from dateline.matching import judge_link, match, rematch
from dateline.warehouse.engine import write_in
from matching.stored import Shelf, document_rows, prose, put_rows
from matching.test_match import links, rows

NOTICE = (
    "This account comes to you from the common desk of the harbour papers, and readers who value it may sign up for "
    "the evening letter, follow every channel, share it with friends and tell the editors what they missed today."
)
SAID_AT = datetime(2024, 3, 9, tzinfo=UTC)


def put_many(shelf: Shelf, documents) -> None:
    for start in range(0, len(documents), 50):
        write_in(
            shelf.engine,
            lambda connection, some=documents[start : start + 50]: [put_rows(connection, one) for one in some],
        )


def test_a_notice_that_stands_everywhere_joins_nothing(shelf):
    documents = [
        document_rows(f"d{n:03}", prose(n, 40) + " " + NOTICE, carrier=f"C{n % 9}", day=n % 12) for n in range(60)
    ]
    put_many(shelf, documents)
    match(shelf.engine, texts_at_once=20)
    assert rows(shelf, "select count(*) as n from dim_boilerplate_prints")[0]["n"] > 0
    assert links(shelf) == {}


def test_a_wire_story_that_everybody_carries_within_days_survives(shelf):
    documents = [
        document_rows(f"d{n:03}", prose(1, 150) + " " + prose(100 + n, 20), carrier=f"C{n}", day=n % 3)
        for n in range(40)
    ]
    put_many(shelf, documents)
    match(shelf.engine)
    assert len(links(shelf)) == 40 * 39 // 2
    assert len({row["story_id"] for row in rows(shelf, "select * from fct_story_copies")}) == 1


def test_a_copy_that_carries_the_notice_is_still_a_copy(shelf):
    documents = [document_rows(f"d{n:03}", prose(n, 40) + " " + NOTICE, carrier=f"C{n}", day=n % 12) for n in range(60)]
    put_many(shelf, documents)
    match(shelf.engine)
    shelf.put("copy", prose(7, 40) + " " + NOTICE, carrier="Portal", day=1)
    match(shelf.engine)
    assert [set(pair) for pair in links(shelf)] == [{"copy", "d007"}]


def test_forms_filled_in_with_other_figures_are_templates(shelf):
    form = prose(1, 24) + " rose to {} million from {} million. " + prose(2, 24) + " stood at {} and {} per cent."
    shelf.put("monday", form.format(41, 39, 17, 23), carrier="A", day=0, title="Harbour dues for Monday")
    shelf.put("tuesday", form.format(55, 41, 19, 29), carrier="B", day=1, title="Harbour dues for Tuesday")
    match(shelf.engine)
    assert [row["is_template"] for row in rows(shelf, "select is_template from syndications")] == [True]
    assert rows(shelf, "select * from fct_story_copies") == []


def test_short_notices_of_two_houses_are_told_apart_by_their_headlines(shelf):
    notice = prose(1, 20)
    shelf.put("elva", notice, carrier="A", day=0, title="Elva Rope sets payout")
    shelf.put("salt", notice, carrier="B", day=0, title="Northern Salt raises dividend")
    match(shelf.engine)
    assert [row["is_template"] for row in rows(shelf, "select is_template from syndications")] == [True]


def test_a_late_copy_needs_one_long_run(shelf):
    shelf.put("short", prose(1, 50), carrier="A", day=0)
    shelf.put("short again", prose(1, 30) + " " + prose(2, 20), carrier="B", day=30)
    shelf.put("long", prose(3, 300), carrier="A", day=0)
    shelf.put("long again", prose(3, 300), carrier="B", day=30)
    match(shelf.engine)
    found = rows(shelf, "select copy_document_id, is_syndication from syndications")
    assert {row["copy_document_id"]: bool(row["is_syndication"]) for row in found} == {
        "short again": False,
        "long again": True,
    }


def test_an_update_by_the_same_house_is_no_syndication(shelf):
    shelf.put("first", prose(1), carrier="Gazette", day=0)
    shelf.put("update", prose(1) + " " + prose(2, 40), carrier="Gazette", day=0)
    match(shelf.engine)
    assert [bool(row["is_syndication"]) for row in rows(shelf, "select * from syndications")] == [False]


def test_a_chain_is_not_one_story(shelf):
    shelf.put("a", prose(1, 100), carrier="A", day=0)
    shelf.put("b", prose(1, 100) + " " + prose(2, 100), carrier="B", day=0)
    shelf.put("c", prose(2, 100), carrier="C", day=0)
    match(shelf.engine)
    story = {row["document_id"]: row["story_id"] for row in rows(shelf, "select * from fct_story_copies")}
    assert story["a"] != story.get("c")


def test_the_headline_stays_when_a_copy_arrives_that_claims_an_earlier_time(shelf):
    shelf.put("gazette", prose(1), carrier="Gazette", day=5, seen=5)
    shelf.put("portal", prose(1), carrier="Portal", day=5, seen=5.5)
    match(shelf.engine)
    shelf.put("thief", prose(1), carrier="Thief", day=1, seen=6)
    match(shelf.engine)
    assert {row["story_id"] for row in rows(shelf, "select * from fct_story_copies")} == {"gazette"}


def test_authorship_is_new_evidence_and_moves_the_headline(shelf):
    shelf.put("portal", prose(1), carrier="Portal", day=5, seen=5)
    shelf.put("mirror", prose(1), carrier="Mirror", day=5, seen=6)
    match(shelf.engine)
    shelf.put("gazette", prose(1), carrier="Gazette", origin="Gazette", day=5, seen=7)
    match(shelf.engine)
    assert {row["story_id"] for row in rows(shelf, "select * from fct_story_copies")} == {"gazette"}


def test_a_verdict_wins_and_lasts(shelf):
    shelf.put("gazette", prose(1), carrier="Gazette", day=0)
    shelf.put("portal", prose(1), carrier="Portal", day=2)
    match(shelf.engine)
    (link,) = links(shelf).values()
    assert link["origin_document_id"] == "gazette"
    judge_link(
        shelf.engine, link["link_id"], person="Ada", said_at=SAID_AT, origin_document_id="portal", why="Asked them."
    )
    rematch(shelf.engine)
    (judged,) = links(shelf).values()
    assert (judged["origin_document_id"], judged["confidence"], judged["reason"]) == ("portal", 1.0, "a person said so")


def test_a_refuted_link_splits_its_story(shelf):
    shelf.put("gazette", prose(1), carrier="Gazette", day=0)
    shelf.put("portal", prose(1), carrier="Portal", day=0)
    match(shelf.engine)
    (link,) = links(shelf).values()
    assert len(rows(shelf, "select * from fct_story_copies")) == 2
    judge_link(shelf.engine, link["link_id"], person="Ada", said_at=SAID_AT, is_copy=False)
    assert rows(shelf, "select * from fct_story_copies") == []
    assert [bool(row["is_syndication"]) for row in rows(shelf, "select * from syndications")] == [False]


def test_a_verdict_on_nothing_is_refused(shelf):
    with pytest.raises(SyndicationError, match="there is none"):
        judge_link(shelf.engine, "nowhere", person="Ada", said_at=SAID_AT)


def test_a_doubtful_origin_waits_for_a_person(shelf):
    shelf.put("gazette", prose(1), carrier="Gazette")
    shelf.put("portal", prose(1), carrier="Portal")
    match(shelf.engine)
    (waiting,) = rows(shelf, "select * from origins_to_review")
    judge_link(shelf.engine, waiting["link_id"], person="Ada", said_at=SAID_AT, origin_document_id="portal")
    assert rows(shelf, "select * from origins_to_review") == []


def test_the_views_answer_who_carried_what_and_who_was_first(shelf):
    shelf.put("gazette", prose(1), carrier="Gazette", origin="Gazette", day=0)
    shelf.put("portal", prose(1), carrier="Portal", day=1)
    shelf.put("mirror", prose(1), carrier="Mirror", day=1.5)
    match(shelf.engine)
    (origin,) = rows(shelf, "select * from copies_per_origin where origin_document_id = 'gazette'")
    assert (origin["copies"], origin["carriers"], origin["whole_copies"]) == (2, 2, 2)
    assert origin["least_lag_hours"] == pytest.approx(24, abs=0.1)
    first = rows(shelf, "select document_id from first_reports where is_proven_first")
    assert [row["document_id"] for row in first] == ["gazette"]
    network = rows(
        shelf, "select carrier, origin, copies from carrier_network where origin = 'Gazette' order by carrier"
    )
    assert [row["carrier"] for row in network][:2] == ["Mirror", "Portal"]
    told = rows(shelf, "select document_id from deduplicated_entries")
    assert [row["document_id"] for row in told] == ["gazette"]
