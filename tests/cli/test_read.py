"""``dateline read`` as a person meets it: lines on standard output, one clear line when nothing can be read."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import dateline.cli
from newsroom import pages
from newsroom.script import Timeline, load_coverage, seen_by_readers

TIMELINE = Timeline(anchor=datetime(2026, 3, 14, 6, tzinfo=UTC))
NOON = TIMELINE.instant(timedelta(hours=6))
BASE = "http://127.0.0.1:8790"


@pytest.fixture
def dateline_read(monkeypatch, capfdbinary):
    """Run the command; give back its exit status, its objects and its standard error."""

    def run(*words: str | Path):
        monkeypatch.setattr("sys.argv", ["dateline", "read", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            dateline.cli.main()
        out, err = capfdbinary.readouterr()
        return ended.value.code or 0, [json.loads(line) for line in out.splitlines()], err.decode()

    return run


@pytest.fixture
def live_page(tmp_path: Path) -> Path:
    path = tmp_path / "storm.html"
    path.write_text(pages.live_page(load_coverage().story("storm-ottilie"), TIMELINE, NOON, BASE))
    return path


def of_type(objects, name):
    return [one for one in objects if one["type"] == name]


def test_a_live_page_gives_its_document_and_every_post(dateline_read, live_page):
    status, objects, _ = dateline_read(live_page, "--url", f"{BASE}/courier/live/storm-ottilie")
    (document,) = of_type(objects, "document")
    entries = of_type(objects, "entry")
    seen = seen_by_readers(load_coverage().story("storm-ottilie"), TIMELINE, NOON)
    assert status == 0
    assert (document["kind"], document["carrier"]) == ("live_blog", "The Harbour Courier")
    alive = [one for one in entries if not one["is_deleted"]]
    assert [one["headline"] or "" for one in alive] == [one.headline or "" for one in seen]
    assert [one["published"]["at"] for one in alive] == [one.published.strftime("%Y-%m-%dT%H:%M:%SZ") for one in seen]
    assert {one["document_id"] for one in entries} == {document["document_id"]}


def test_a_packed_file_is_unpacked(dateline_read, live_page, tmp_path):
    packed = tmp_path / "storm.html.gz"
    packed.write_bytes(gzip.compress(live_page.read_bytes()))
    plain = dateline_read(live_page)
    assert dateline_read(packed) == plain
    assert len(plain[1]) > 10


def test_a_topic_page_gives_a_document_for_each_item(dateline_read, tmp_path):
    path = tmp_path / "topic.txt"
    path.write_text(
        pages.topic_page(load_coverage(), "StormOttilie", TIMELINE, TIMELINE.instant(timedelta(hours=30))), "utf-8"
    )
    status, objects, _ = dateline_read(path)
    documents = of_type(objects, "document")
    assert status == 0
    assert next(one["kind"] for one in documents) == "topic_page"
    assert [one["carrier"] for one in documents[1:]] == [
        "Meridian News",
        "The Harbour Courier",
        "Meridian News",
        "Northern Line",
    ]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b"  \n\t ", "empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00", "binary"),
    ],
)
def test_what_cannot_be_read_is_a_reject_and_a_clear_error(dateline_read, tmp_path, body, why):
    path = tmp_path / "capture.html"
    path.write_bytes(body)
    status, objects, error = dateline_read(path)
    assert status == 1
    (reject,) = objects
    assert reject["type"] == "reject"
    assert why in reject["why"]
    assert error.startswith("dateline: ")
    assert len(error.splitlines()) == 1


def test_half_a_page_gives_the_posts_that_it_holds(dateline_read, live_page):
    whole = live_page.read_bytes()
    live_page.write_bytes(whole[: len(whole) * 3 // 4])
    status, objects, _ = dateline_read(live_page)
    assert status == 0
    assert 3 < len(of_type(objects, "entry")) < 15


def test_broken_json_ld_is_a_reject_and_the_markup_is_read(dateline_read, live_page):
    live_page.write_text(live_page.read_text().replace('"liveBlogUpdate": [', '"liveBlogUpdate": [[[{,'))
    status, objects, _ = dateline_read(live_page)
    assert status == 0
    assert len(of_type(objects, "entry")) == 11
    assert any("JSON" in one["why"] for one in of_type(objects, "reject"))


def test_an_unknown_format_is_named_with_those_that_exist(dateline_read, live_page):
    status, _, error = dateline_read(live_page, "--format", "gopher")
    assert status == 1
    assert "gopher" in error
    assert "telegraph" in error


def test_a_file_that_is_not_there_is_one_clear_line(dateline_read, tmp_path):
    status, _, error = dateline_read(tmp_path / "nowhere.html")
    assert status == 1
    assert "nowhere.html" in error


def test_a_time_without_a_zone_is_refused(dateline_read, live_page):
    status, _, error = dateline_read(live_page, "--captured-at", "2026-03-14T12:00:00")
    assert status == 1
    assert "zone" in error


def test_an_address_that_does_not_answer_is_one_clear_line(dateline_read):
    status, _, error = dateline_read("http://127.0.0.1:9/", "--allow-private")
    assert status == 1
    assert "127.0.0.1" in error


def test_an_address_on_this_machine_is_refused_unless_allowed(dateline_read):
    status, _, error = dateline_read("http://127.0.0.1:9/")
    assert status == 1
    assert "--allow-private" in error or "allow_private" in error


def test_escapes_from_a_page_never_reach_the_terminal(dateline_read, tmp_path):
    status, _, error = dateline_read(tmp_path / "\x1b[31mred")
    assert status == 1
    assert "\x1b" not in error


def test_a_text_that_reads_like_an_article_is_cut_where_a_person_asks_for_it(dateline_read, tmp_path):
    path = tmp_path / "copy.txt"
    path.write_text("The quay is under water. The ferry stays in port. Nobody was hurt, the mayor has said. " * 4)
    (article,) = of_type(dateline_read(path)[1], "document")
    assert (article["kind"], article["cut"]) == ("article", None)
    _, objects, _ = dateline_read(path, "--format", "copy")
    (copy,) = of_type(objects, "document")
    assert copy["kind"] == "live_blog"
    assert copy["cut"].startswith("by network, forced: it reads like an article; ")
    assert all(one["boundary_probability"] is not None for one in of_type(objects, "entry"))


def test_the_newsrooms_short_copy_of_a_live_blog_is_cut_for_its_title(dateline_read, tmp_path):
    coverage = load_coverage()
    copy = next(one for one in coverage.copies if one.slug == "storm-ottilie-copy")
    path = tmp_path / "copy.html"
    path.write_text(pages.copy_page(coverage, copy, TIMELINE, BASE))
    _, objects, _ = dateline_read(path)
    assert of_type(objects, "document")[0]["kind"] == "live_blog"
    assert len(of_type(objects, "entry")) >= 5
