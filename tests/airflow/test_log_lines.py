"""What pages wrote never makes a log line of its own, colours a terminal or tells a secret."""

import logging

from dateline.ingest.report import Failure, IngestReport
from dateline_airflow.task_edge import _warn

FORGED = "gone\r\n2026-03-14 ERROR: all sources were erased\x1b[2J\x1b]0;title\x07\u2028next"


def test_a_failure_is_one_line_whatever_a_page_wrote(caplog):
    failure = Failure(name=f"storm {FORGED}", reason="unreadable", why=f"https://a.example/?token=open-sesame {FORGED}")
    with caplog.at_level(logging.WARNING):
        _warn(IngestReport(failures=[failure]))
    (record,) = caplog.records
    line = record.getMessage()
    assert line.isprintable()
    assert "open-sesame" not in line
    assert "ERROR: all sources" in line  # it is told, as what it is: a page's words
    assert record.source.isprintable()


def test_a_source_that_answers_with_control_characters_is_told_on_one_line():
    assert Failure(name="a\tb", reason="x", why="c\nd").why == "c\ufffdd"
