"""A live blog as a stream: in order, in time, at least once, and under ids that never change."""

import json
import math
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import stamina.instrumentation
from stamina.instrumentation import LoggingOnRetryHook, StructlogOnRetryHook
from structlog.testing import capture_logs

from dateline.errors import FetchError, ReplayError
from dateline.fetch.webhook import posting_to
from dateline.replay import Axis
from dateline.replay.sinks import MEDIA_TYPE, read_note, sink_at, write_note
from dateline.replay.stream import play_to
from fabricate import DAY


class Time:
    """A clock that moves only by being waited for."""

    def __init__(self):
        self.now, self.waits = 0.0, []

    def __call__(self):
        return self.now

    def wait(self, seconds):
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def play(ferry_warehouse, ferry_id):
    def played(**options):
        events, time = [], Time()
        options = {"wait": time.wait, "clock": time, **options}
        report = play_to(options.pop("sink", events.append), ferry_warehouse, ferry_id, **options)
        return events, report, time

    return played


def kinds(events):
    return [one["type"].removeprefix("dateline.") for one in events]


def test_a_play_opens_tells_every_change_in_order_and_ends(play):
    events, report, _ = play()
    assert kinds(events) == [
        "coverage.opened",
        "entry.posted",
        "entry.posted",
        "entry.edited",
        "entry.edited",
        "entry.posted",
        "entry.deleted",
        "coverage.ended",
    ]
    assert report.has_ended
    assert [one["time"] for one in events] == sorted(one["time"] for one in events)
    assert [int(one["sequence"]) for one in events] == list(range(8))


def test_each_event_has_what_cloud_events_ask_for(play):
    for one in play()[0]:
        assert one["specversion"] == "1.0"
        assert all(isinstance(one[name], str) and one[name] for name in ("id", "source", "type", "time"))
        assert all(name.isalnum() and name.islower() for name in one)
        json.dumps(one)


def test_an_edit_carries_the_wording_before_it(play):
    edit = play()[0][3]["data"]
    assert edit["before"]["text"] in edit["text"]
    assert (edit["happened_after"], edit["seen_at"]) == ("2026-03-02T09:06:00Z", "2026-03-02T09:07:00Z")


def test_the_same_play_has_the_same_ids_and_another_axis_has_others(play):
    ids = [one["id"] for one in play()[0]]
    assert ids == [one["id"] for one in play()[0]]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {one["id"] for one in play(axis=Axis.PUBLISHED)[0]}


def test_silences_pass_at_the_speed_that_is_asked_for(play):
    assert play(speed=60)[2].waits == [5, 1, 1, 2, 1]
    assert play(speed=60, most_idle=1.5)[2].waits == [1.5, 1, 1, 1.5, 1]
    assert play(speed=math.inf)[2].waits == []
    with pytest.raises(ReplayError, match="speed"):
        play(speed=0)


def test_a_slow_consumer_is_caught_up_with(play):
    events, time = [], Time()

    def slow(event):
        events.append(event["time"])
        time.now += 1.5 if len(events) == 2 else 0

    play(sink=slow, speed=60, wait=time.wait, clock=time)
    assert time.waits == [3.5, 1, 1, 2, 1]


def test_a_stopped_play_goes_on_behind_its_last_id(play):
    whole, _, _ = play()
    rest, report, _ = play(after=whole[2]["id"])
    assert rest == whole[3:]
    assert report.skipped == 3
    assert play(after=whole[-1]["id"])[:1] == ([],)
    assert play(after=whole[-1]["id"])[1].has_ended
    with pytest.raises(ReplayError, match="history has changed"):
        play(after="never")


def test_what_a_sink_did_not_take_comes_again(play):
    taken, noted = [], []

    def failing(event):
        if len(taken) == 3:
            raise FetchError("reset", "the consumer has died")
        taken.append(event["id"])

    with pytest.raises(FetchError):
        play(sink=failing, on_sent=noted.append)
    assert noted == taken
    rest, _, _ = play(after=noted[-1])
    assert [*taken, *(one["id"] for one in rest)] == [one["id"] for one in play()[0]]


def test_a_span_opens_with_the_posts_that_stand(play):
    events, _, _ = play(since=DAY.add(minutes=9), until=DAY.add(minutes=10))
    assert [one["anchor"] for one in events[0]["data"]["posts"]] == ["b", "a"]
    assert kinds(events)[1:] == ["entry.posted", "coverage.ended"]


def test_a_file_goes_on_behind_its_last_whole_line(play, tmp_path):
    path = tmp_path / "events.ndjson"
    with sink_at(str(path)) as sink:
        play(until=DAY.add(minutes=7), sink=sink)
    half = path.read_bytes()
    path.write_bytes(half + b'{"specversion": "1')
    with sink_at(str(path), goes_on=True) as sink:
        play(sink=sink, after=json.loads(half.splitlines()[-2])["id"])
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert len({one["id"] for one in lines}) == 9  # the play of the span had an end of its own
    with sink_at(str(path)):
        pass
    assert path.read_bytes() == b""


def test_a_state_file_is_written_whole_and_read_back(tmp_path):
    path = tmp_path / "state"
    assert read_note(path) is None
    write_note(path, "abc")
    assert read_note(path) == "abc"
    with pytest.raises(ReplayError, match="was sent"):
        write_note(tmp_path / "no" / "folder", "abc")


class Webhook(ThreadingHTTPServer):
    """Takes messages, after as many refusals as the test has set."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Taking)
        self.refusals, self.heard = [], []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/events"


class Taking(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.refusals.pop(0) if self.server.refusals else 204
        if status == 204:
            self.server.heard.append((self.headers["Content-Type"], json.loads(body)))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def webhook():
    server = Webhook()
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_webhook_gets_each_event_as_structured_json(play, webhook):
    with sink_at(webhook.url) as sink:
        play(sink=sink)
    assert {media for media, _ in webhook.heard} == {MEDIA_TYPE}
    assert [one for _, one in webhook.heard] == play()[0]


def test_a_busy_webhook_is_asked_again(webhook):
    webhook.refusals = [503, 429, 500]
    with posting_to(webhook.url, MEDIA_TYPE, first_wait=0.01) as post:
        post(b'{"id": "1"}')
    assert [one["id"] for _, one in webhook.heard] == ["1"]


@pytest.mark.parametrize("hook", [LoggingOnRetryHook, StructlogOnRetryHook])
def test_what_is_tried_again_is_logged_without_the_event_and_the_token(webhook, hook, caplog):
    webhook.refusals = [503]
    stamina.instrumentation.set_on_retry_hooks([hook])  # Airflow's tasks have the default: one of these two
    try:
        with (
            capture_logs() as lines,
            posting_to(f"{webhook.url}?token=open-sesame", MEDIA_TYPE, first_wait=0.01) as post,
        ):
            post(b'{"id": "the ferry is home"}')
    finally:
        stamina.instrumentation.set_on_retry_hooks(None)
    (line,) = [str(one) for one in lines] + [str(vars(one)) for one in caplog.records if one.name == "stamina"]
    assert "answered 503" in line
    assert "?token=masked-" in line
    assert "sesame" not in line
    assert "ferry" not in line


def test_a_webhook_that_stays_busy_or_refuses_ends_the_play(webhook):
    with posting_to(webhook.url, MEDIA_TYPE, tries=2, first_wait=0.01) as post:
        webhook.refusals = [503, 503]
        with pytest.raises(FetchError, match="after 2 tries"):
            post(b"{}")
        webhook.refusals = [410]
        with pytest.raises(FetchError, match="410"):
            post(b"{}")
    assert webhook.heard == []
