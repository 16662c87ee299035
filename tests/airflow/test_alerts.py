"""Whoever is named is told of a failure, with the way to the page that failed; nobody is told where nobody is named."""

import asyncio
import email
import json
import logging
import socketserver
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from dateline_airflow import alerts


def failure(before=None):
    """A task that failed at 06:30, and the same task in the run before: when it began and how it ended."""
    previous = before and SimpleNamespace(start_date=datetime(2026, 3, 14, *before[0], tzinfo=UTC), state=before[1])
    instance = SimpleNamespace(
        dag_id="ingest_coverage",
        task_id="shard.load",
        run_id="manual",
        map_index=0,
        log_url="http://localhost:8080/log",
        start_date=datetime(2026, 3, 14, 6, 30, tzinfo=UTC),
        get_previous_ti=lambda map_index, logical_date: None if map_index or logical_date else previous,
    )
    run = SimpleNamespace(logical_date=datetime(2026, 3, 14, 6, 30, tzinfo=UTC))
    return {"task_instance": instance, "dag_run": run, "exception": ValueError("the page says <script>")}


FAILURE = failure()


def readable(sent):
    """What a mail program shows: the head, and the body decoded."""
    message = email.message_from_bytes(sent)
    (body,) = [one.get_payload(decode=True).decode() for one in message.walk() if not one.is_multipart()]
    return f"From: {message['From']}\nTo: {message['To']}\nSubject: {message['Subject']}\n\n{body}"


class Mailbox(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs to hand a message over."""

    def handle(self):
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.received.append(readable(b"".join(iter(self.rfile.readline, b".\r\n"))))
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")
            if command == b"QUIT":
                return


@pytest.fixture
def mailbox(monkeypatch):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.received = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        options = "disable_ssl=true&disable_tls=true&from_email=dateline@harbour.example"
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", f"smtp://127.0.0.1:{server.server_address[1]}?{options}")
        monkeypatch.setenv("DATELINE_NOTIFY", "ops@harbour.example, night@harbour.example")
        yield server.received
        server.shutdown()


def test_nobody_is_told_where_nobody_is_named_but_the_log(caplog):
    with caplog.at_level(logging.WARNING):
        alerts.task_failed(FAILURE)
    assert "ingest_coverage.shard.load failed" in caplog.text
    assert alerts.notifier_for(alerts.Message(title="", lines=[], links={})) is None


def test_a_failure_is_mailed_with_links_to_its_log_and_to_what_was_refused(mailbox):
    alerts.task_failed(FAILURE)
    (message,) = mailbox
    assert "Subject: Dateline: ingest_coverage.shard.load failed" in message
    assert "From: dateline@harbour.example" in message
    assert "ops@harbour.example" in message
    assert "http://localhost:8080/log" in message
    assert "/plugin/dateline" in message
    assert "<script>" not in message


def test_what_fails_every_minute_is_told_once_an_hour(mailbox):
    alerts.task_failed(failure(before=((6, 29), "failed")))
    assert mailbox == []
    alerts.task_failed(failure(before=((5, 59), "failed")))
    alerts.task_failed(failure(before=((6, 29), "success")))
    assert len(mailbox) == 2


def test_a_failure_of_a_run_that_an_asset_woke_is_not_taken_for_its_own_past(mailbox):
    """Without a logical date Airflow knows no order of runs: it gave the very task that has just failed."""
    woken = failure(before=((6, 29), "failed"))
    woken["dag_run"].logical_date = None
    alerts.task_failed(woken)
    assert len(mailbox) == 1


def test_a_task_whose_worker_died_is_told_of_by_the_dag_processor(mailbox):
    lost = failure(before=((6, 29), "failed"))
    del lost["task_instance"].start_date, lost["exception"]  # the processor knows neither
    alerts.task_failed(lost)
    assert len(mailbox) == 1


def test_a_late_run_is_mailed_from_the_triggerer(mailbox):
    run = {"dag_id": "ingest_coverage", "dag_run_id": "scheduled__1"}
    asyncio.run(alerts.run_is_late(minutes=5, context={"dag_run": run}))
    assert "ingest_coverage is late" in mailbox[0]
    assert "/dags/ingest_coverage/runs/scheduled__1" in mailbox[0]
    assert "airflow pools import dags/pools.json" in mailbox[0]


def test_checks_tell_what_they_found_to_whom_it_concerns(mailbox):
    alerts.checks_found({"times_have_not_collapsed": 3})
    assert "times_have_not_collapsed: 3 rows" in mailbox[0]


def test_a_mail_server_out_of_reach_fails_no_check(monkeypatch, caplog):
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", "smtp://127.0.0.1:1?disable_ssl=true&from_email=a@b.example")
    monkeypatch.setenv("DATELINE_NOTIFY", "ops@harbour.example")
    alerts.checks_found({"times_have_not_collapsed": 3})
    assert "Nobody could be told" in caplog.text


class Receiver(BaseHTTPRequestHandler):
    """What a chat's webhook is to a client."""

    def do_POST(self):
        self.server.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def chat(monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        server.received = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        where = {"path": f"json://127.0.0.1:{server.server_address[1]}", "tag": "ops"}
        connection = {"conn_type": "apprise", "extra": {"config": where}}
        monkeypatch.setenv("AIRFLOW_CONN_APPRISE_DEFAULT", json.dumps(connection))
        monkeypatch.setenv("DATELINE_NOTIFY", "apprise")
        yield server.received
        server.shutdown()


def test_a_failure_goes_to_a_chat_through_apprise(chat):
    alerts.task_failed(FAILURE)
    (message,) = chat
    assert message["title"] == "Dateline: ingest_coverage.shard.load failed"
    assert message["type"] == "warning"
    assert "http://localhost:8080/log" in message["message"]
    assert "/plugin/dateline" in message["message"]


def test_a_late_run_goes_to_a_chat_from_the_triggerer(chat):
    run = {"dag_id": "ingest_coverage", "dag_run_id": "scheduled__1"}
    asyncio.run(alerts.run_is_late(minutes=5, context={"dag_run": run}))
    assert "ingest_coverage is late" in chat[0]["title"]


def test_a_notifier_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "airflow.providers.apprise.notifications.apprise", None)
    monkeypatch.setenv("DATELINE_NOTIFY", "apprise")
    with pytest.raises(ImportError, match="apprise"):
        alerts.notifier_for(alerts.Message(title="", lines=[], links={}))
