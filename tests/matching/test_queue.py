"""What waits for matching is asked for by loading, and settled only by what was compared."""

from dateline.matching import match
from dateline.matching.units import mark_matched, pending
from dateline.warehouse.engine import reading_from, write_in
from matching.stored import prose
from matching.test_match import links, rows


def waiting(shelf):
    with reading_from(shelf.engine) as connection:
        return pending(connection, 100)


def test_nothing_waits_once_everything_is_matched(shelf):
    shelf.put("gazette", prose(1), carrier="Gazette", day=0)
    assert len(waiting(shelf).units) == 1
    match(shelf.engine)
    assert not waiting(shelf)
    assert rows(shelf, "select * from fct_match_queue") == []


def test_a_change_that_comes_while_matching_goes_on_waits_for_the_next_time(shelf):
    shelf.put("gazette", prose(1), carrier="Gazette", day=0)
    taken = waiting(shelf)
    shelf.put("gazette", prose(1), prose(2), carrier="Gazette", day=0)
    write_in(shelf.engine, lambda connection: mark_matched(connection, taken))
    assert {unit.text for unit in waiting(shelf).units} >= {prose(2)}


def test_more_texts_than_a_batch_takes_are_all_compared(shelf):
    shelf.put("blog", *(prose(seed, 30) for seed in range(7)), carrier="Gazette", day=0)
    shelf.put("copy", prose(6, 30), carrier="Portal", day=0)
    assert match(shelf.engine, texts_at_once=2).texts == 8
    assert links(shelf)


def test_a_batch_that_is_just_full_is_compared_once(shelf):
    for number in range(6):
        shelf.put(f"story {number}", prose(number // 2), carrier=f"House {number % 2}", day=0)
    report = match(shelf.engine, texts_at_once=2)
    assert (report.texts, report.pairs, report.links) == (6, 3, 3)


def test_a_batch_takes_whole_documents_where_it_can(shelf):
    for name in ("a", "b", "c"):
        shelf.put(name, prose(ord(name), 30), prose(ord(name) + 10, 30), day=0)
    with reading_from(shelf.engine) as connection:
        taken = pending(connection, 3)
    assert [unit.document_id for unit in taken.units] == ["a", "a"]
    assert (taken.documents, len(taken.tickets)) == ({"a"}, 1)


def test_a_lead_that_changes_within_its_length_is_compared_again(shelf):
    lead, other = prose(1, 40), prose(2, 40)
    size = min(len(lead), len(other))
    shelf.put("blog", prose(3), prose(4), lead=lead[:size], carrier="Gazette", day=0)
    shelf.put("copy", other, carrier="Portal", day=0)
    match(shelf.engine)
    before = links(shelf)
    shelf.put("blog", prose(3), prose(4), lead=other[:size], carrier="Gazette", day=0)
    match(shelf.engine)
    assert (before == {}, len(links(shelf))) == (True, 1)


def test_far_apart_in_time_a_form_nominates_nobody_and_a_whole_copy_still_does(shelf):
    form = prose(1, 30)
    shelf.put("spring", prose(2, 100) + " " + form + " " + prose(3, 100), carrier="A", day=0)
    shelf.put("autumn", prose(4, 100) + " " + form + " " + prose(5, 100), carrier="B", day=200)
    shelf.put("story", prose(6, 150), carrier="A", day=0)
    shelf.put("reprint", prose(6, 150), carrier="B", day=200)
    assert match(shelf.engine).pairs == 1
    assert len(links(shelf)) == 1


def test_million_letter_words_right_to_left_and_unspaced_texts_link_only_their_copies(shelf):
    hebrew = " ".join(f"מילה{chr(0x5D0 + n % 22)}{chr(0x5D0 + n // 22)}" for n in range(90))
    chinese = "".join(chr(0x4E00 + n * 37 % 5000) for n in range(200))
    shelf.put("one letter", "x" * 1_000_000, carrier="A", day=0)
    shelf.put("one letter apart", "x " * 300_000, carrier="B", day=0)
    shelf.put("one sign", "字" * 200_000, carrier="A", day=0)
    shelf.put("hebrew", hebrew, carrier="A", day=0)
    shelf.put("hebrew copy", hebrew[: len(hebrew) * 2 // 3], carrier="B", day=0)
    shelf.put("chinese", chinese, carrier="A", day=0)
    shelf.put("chinese copy", "据报道" + chinese[20:160], carrier="B", day=0)
    match(shelf.engine)
    assert {frozenset(pair) for pair in links(shelf)} == {
        frozenset({"hebrew", "hebrew copy"}),
        frozenset({"chinese", "chinese copy"}),
    }
