"""However many processes load and match at once, the links are those of one process."""

import multiprocessing

import pytest
from sqlalchemy import text

from dateline.matching import match, rematch
from dateline.warehouse.engine import open_warehouse, reading_from
from matching.stored import Shelf, prose

STORIES = 6
FACTS = (
    "link_id, level, copy_document_id, origin_document_id, shared, share_of_copy, share_of_origin, longest_run, "
    "sample, reason, confidence"
)


def coverage():
    """Plant whole, cut, extended and quoted copies of six stories, and strangers between them."""
    found = []
    for story in range(STORIES):
        whole = prose(story, 90)
        found += [
            (f"origin-{story}", (whole,), {"carrier": "Gazette", "origin": "Gazette", "day": 0}),
            (f"cut-{story}", (" ".join(whole.split()[:40]),), {"carrier": "A", "day": 1}),
            (f"more-{story}", (whole + " " + prose(500 + story, 40),), {"carrier": "B", "day": 1}),
            (f"blog-{story}", (prose(600 + story, 30), whole, prose(700 + story, 30)), {"carrier": "C", "day": 0}),
            (f"stranger-{story}", (prose(800 + story, 60),), {"carrier": "D", "day": 0}),
        ]
    return found


def load_and_match(address, number, processes, overlap, barrier):
    """Put this process's share in (all of it where they overlap, from another place on), matching in between."""
    engine = open_warehouse(address)
    shelf = Shelf(engine)
    mine = coverage() if overlap else coverage()[number::processes]
    barrier.wait(timeout=60)
    turn = number * 4 % len(mine) if overlap else 0
    for place, (name, texts, about) in enumerate(mine[turn:] + mine[:turn]):
        shelf.put(name, *texts, **about)
        if place % 4 == 3:
            match(engine, texts_at_once=5)
    match(engine, texts_at_once=5)
    engine.dispose()


def found_in(engine):
    with reading_from(engine) as connection:
        links = connection.execute(text(f"select {FACTS} from fct_syndications order by link_id")).all()  # noqa: S608
        stories = connection.execute(text("select * from fct_story_copies order by document_id")).all()
    return [tuple(row) for row in links], [tuple(row) for row in stories]


@pytest.mark.slow
@pytest.mark.parametrize("overlap", [False, True], ids=["own documents", "the same documents"])
@pytest.mark.parametrize("processes", [4, 8])
def test_many_processes_find_exactly_the_links_of_one(shelf, address, processes, overlap):
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(processes)
    workers = [
        context.Process(target=load_and_match, args=(address, number, processes, overlap, barrier))
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=180)
    assert [worker.exitcode for worker in workers] == [0] * processes
    by_many = found_in(shelf.engine)
    assert len(by_many[0]) >= STORIES * 6
    rematch(shelf.engine)
    assert found_in(shelf.engine) == by_many
