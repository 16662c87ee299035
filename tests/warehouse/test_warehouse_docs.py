"""The page about the warehouse is what the schema says, and the worked example works."""

import re
import shlex
from collections import Counter

import pytest

import dateline.cli
from asked import BASE, COVERAGE, EVERY, TIMELINE
from dateline.settings import PROJECT
from dateline.warehouse.dictionary_page import page, page_file
from newsroom.record import record
from newsroom.script import offset_of

EXAMPLE = PROJECT / "sql" / "EXAMPLE.md"


def test_the_page_is_what_the_schema_says():
    kept = page_file().read_text(encoding="utf-8")
    assert kept == page(), "rewrite it: python -m dateline.warehouse.dictionary_page"


def test_the_diagram_holds_every_reference_and_can_be_drawn():
    diagram = re.search(r"```mermaid\n(.*?)```", page(), re.DOTALL).group(1).splitlines()
    assert diagram[0] == "erDiagram"
    link = re.compile(r"    \w+ [|}][|o]--[|o][|{] \w+ : \w+")
    inside = re.compile(r"    \w+ \{|        \w+ \w+ PK|    \}")
    assert [line for line in diagram[1:] if not (link.fullmatch(line) or inside.fullmatch(line))] == []


def test_the_worked_example_ends_in_the_chart_that_the_script_says(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_WAREHOUSE", f"sqlite:///{tmp_path}/warehouse.db")
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "archive"))
    record(COVERAGE, TIMELINE, BASE, tmp_path / "days.warc.gz", EVERY)
    told = {}
    blocks = re.findall(r"```(sh|python)\n(.*?)```", EXAMPLE.read_text(encoding="utf-8"), re.DOTALL)
    for kind, block in [("sh", "dateline ingest days.warc.gz"), *blocks]:
        if kind == "python":
            exec(compile(block, str(EXAMPLE), "exec"), told)  # noqa: S102 - our own page
        else:
            run(block, monkeypatch)
    storm = Counter()
    gone = {one["post"] for one in COVERAGE.story("storm-ottilie").changes if one["action"] == "delete"}
    for one in COVERAGE.story("storm-ottilie").posts:
        if one["id"] not in gone:
            storm[f"{TIMELINE.instant(offset_of(one['at'])):%m-%d %H:00}"] += 1
    assert {hour: posts for hour, posts, _ in told["hours"] if posts} == storm
    chart = (tmp_path / "chart.svg").read_text()
    assert chart.count('fill="#1f77b4"/>') == len(told["hours"])


def run(line, monkeypatch):
    monkeypatch.setattr("sys.argv", shlex.split(line))
    with pytest.raises(SystemExit) as ended:
        dateline.cli.main()
    assert not ended.value.code
