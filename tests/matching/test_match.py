"""Matching links what shares text, once, incrementally, on both engines."""

import pytest
from sqlalchemy import text, update

from dateline.errors import SyndicationError
from dateline.matching import match, rematch
from dateline.warehouse.engine import reading_from, write_in
from dateline.warehouse.print_tables import fct_print_units, fct_prints
from matching.stored import prose


def rows(shelf, sql):
    with reading_from(shelf.engine) as connection:
        return [dict(row) for row in connection.execute(text(sql)).mappings()]


def links(shelf, level="document"):
    found = rows(shelf, f"select * from fct_syndications where level = '{level}' order by link_id")  # noqa: S608
    return {(row["copy_document_id"], row["origin_document_id"]): row for row in found}


def test_a_copy_is_linked_to_what_it_was_taken_from(shelf):
    shelf.put("gazette", prose(1), carrier="Gazette", origin="Gazette", day=0)
    shelf.put("portal", prose(1) + " " + prose(2, 30), carrier="Portal", day=1)
    shelf.put("stranger", prose(3), carrier="Portal", day=1)
    report = match(shelf.engine)
    assert (report.texts, report.links) == (3, 1)
    link = links(shelf)["portal", "gazette"]
    assert link["share_of_origin"] > 0.95
    assert link["share_of_copy"] == pytest.approx(116 / 146, abs=0.02)
    assert link["longest_run"] == 120
    assert link["sample"] in prose(1)
    assert link["origin_name"] == "Gazette"
    assert link["reason"].startswith("its carrier wrote it")


def test_a_second_run_finds_nothing_to_do(shelf):
    shelf.put("gazette", prose(1))
    shelf.put("portal", prose(1))
    match(shelf.engine)
    before = rows(shelf, "select * from fct_syndications")
    report = match(shelf.engine)
    assert (report.texts, report.pairs, report.links) == (0, 0, 0)
    assert rows(shelf, "select * from fct_syndications") == before


def test_the_order_of_arrival_does_not_matter(shelf):
    names = ["a", "b", "c", "d"]
    for name in names:
        shelf.put(name, prose(1, 80 + 10 * len(name)) + prose(ord(name), 40), carrier=name, day=ord(name) % 3)
        match(shelf.engine)
    one_by_one = links(shelf)
    rematch(shelf.engine)
    assert links(shelf) == one_by_one
    assert len(one_by_one) == 6


def test_a_truncated_copy_a_superset_and_a_quotation_get_their_names(shelf):
    shelf.put("origin", prose(1, 300), carrier="Gazette", origin="Gazette", day=0)
    shelf.put("cut", " ".join(prose(1, 300).split()[:90]), carrier="A", day=0)
    shelf.put("more", prose(1, 300) + " " + prose(2, 200), carrier="B", day=0)
    shelf.put("page", prose(3, 800) + " " + prose(1, 300) + " " + prose(4, 800), carrier="C", day=0)
    shelf.put("quoting", prose(5, 400) + " " + " ".join(prose(1, 300).split()[:60]), carrier="D", day=0)
    match(shelf.engine)
    named = rows(shelf, "select copy_document_id, relation from syndications where origin_document_id = 'origin'")
    assert {row["copy_document_id"]: row["relation"] for row in named} == {
        "cut": "truncated",
        "more": "superset",
        "page": "quotes whole",
        "quoting": "quotes",
    }


def test_an_entry_that_repeats_another_of_its_blog_is_found(shelf):
    shelf.put("blog", prose(1, 40), prose(2, 40), prose(1, 30) + " " + prose(3, 10), day=0)
    match(shelf.engine)
    found = rows(shelf, "select copy_entry_id, origin_entry_id, shared from fct_syndications where level = 'entry'")
    assert [{row["copy_entry_id"], row["origin_entry_id"]} for row in found] == [{"blog-0", "blog-2"}]


def test_an_article_that_is_one_entry_of_a_blog_is_found(shelf):
    shelf.put("blog", *[prose(number, 50) for number in range(20)], carrier="Gazette", day=0)
    shelf.put("portal", prose(7, 50), carrier="Portal", day=0)
    match(shelf.engine)
    entry = links(shelf, "entry")
    assert {tuple(sorted(pair)) for pair in entry} == {("blog", "portal")}
    assert next(iter(entry.values()))["share_of_copy"] == 1.0


def test_an_entry_of_a_dozen_words_with_one_word_changed_is_found(shelf):
    words = prose(1, 14).replace(".", "").split()
    shelf.put("blog", " ".join(words), prose(2, 60), day=0)
    shelf.put("other", " ".join([*words[:12], "changed", words[13]]), prose(3, 60), day=0)
    match(shelf.engine)
    assert len(links(shelf, "entry")) == 1


def test_the_lead_of_a_blog_is_text_like_any_other(shelf):
    shelf.put("article", prose(1, 90), carrier="Gazette", day=0)
    shelf.put("blog", prose(2, 40), prose(3, 40), lead=prose(1, 90), carrier="Portal", day=0)
    match(shelf.engine)
    assert len(links(shelf)) == 1


def test_a_changed_document_brings_its_links_up_to_date(shelf):
    shelf.put("gazette", prose(1, 200), carrier="Gazette", day=0)
    shelf.put("blog", prose(1, 200), prose(2, 50), carrier="Portal", day=0)
    match(shelf.engine)
    shelf.put("blog", prose(1, 200), prose(2, 50), prose(3, 400), carrier="Portal", day=0)
    match(shelf.engine)
    (link,) = links(shelf).values()
    assert min(link["share_of_copy"], link["share_of_origin"]) < 0.4


def test_a_killed_run_is_taken_up_by_the_next(shelf):
    shelf.put("gazette", prose(1))
    shelf.put("portal", prose(1))
    match(shelf.engine)
    write_in(shelf.engine, lambda connection: connection.execute(text("delete from fct_syndications")))
    write_in(shelf.engine, lambda connection: connection.execute(update(fct_print_units).values(is_matched=False)))
    report = match(shelf.engine)
    assert (report.texts, report.links) == (2, 1)


def test_prints_of_another_version_are_refused_until_all_is_matched_again(shelf):
    shelf.put("gazette", prose(1))
    shelf.put("portal", prose(1))
    match(shelf.engine)
    before = links(shelf)
    write_in(shelf.engine, lambda connection: connection.execute(update(fct_print_units).values(print_version=0)))
    with pytest.raises(SyndicationError, match="version 0"):
        match(shelf.engine)
    rematch(shelf.engine)
    assert links(shelf) == before


@pytest.mark.parametrize(
    "empty", ["", "one", "🙂 🙂", "x" * 1_000_000, "字" * 50_000, "ha " * 20_000, "م" * 5_000, "\u202e\u200b" * 1_000]
)
def test_a_text_that_says_nothing_links_nothing(shelf, empty):
    shelf.put("one", empty, carrier="A")
    shelf.put("other", empty + "!", carrier="B")
    shelf.put("story", prose(1), carrier="C")
    assert match(shelf.engine).links == 0
    with reading_from(shelf.engine) as connection:
        assert len(connection.execute(fct_prints.select()).all()) < 100


@pytest.mark.parametrize(
    "text_of_a_story",
    [
        "غادرت العبارة ميناء إلفا عند الفجر وعلى متنها تسعون راكبا وقالت إدارة الميناء إن الموج معتدل وإن الرحلة أربع",
        "渡轮在黎明时分离开艾尔瓦港，船上有九十人。港务局说风浪不大，预计中午抵达对岸，第二班渡轮将在下午视天气情况出发，旅客请带好行李。",
        "เรือข้ามฟากออกจากท่าเรือเอลวาตอนรุ่งสางพร้อมผู้โดยสารเก้าสิบคนเจ้าหน้าที่ท่าเรือกล่าวว่าคลื่นไม่แรงและการเดินทางใช้เวลาประมาณสี่ชั่วโมง",
    ],
    ids=["arabic", "chinese", "thai"],
)
def test_scripts_without_spaces_or_from_right_to_left_are_matched_too(shelf, text_of_a_story):
    shelf.put("gazette", text_of_a_story, carrier="Gazette", day=0)
    shelf.put("portal", "2024 " + text_of_a_story, carrier="Portal", day=0)
    shelf.put("other", text_of_a_story[::-1], carrier="Other", day=0)
    match(shelf.engine)
    assert [set(pair) for pair in links(shelf)] == [{"gazette", "portal"}]
