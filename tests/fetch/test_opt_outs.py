"""Refusals of AI training and of text and data mining are found wherever publishers state them."""

from dataclasses import replace
from pathlib import Path

import pendulum
import pytest

from dateline.archive import Archive
from dateline.errors import SettingsError
from dateline.fetch import Answer, Manners, Reason
from dateline.fetch.opt_outs import WELL_KNOWN, OptOut, opt_outs
from dateline.fetch.robots import RobotsFile
from dateline.ingest import poll_sources
from dateline.model import Snapshot
from dateline.settings import load_settings
from dateline.source import Source
from dateline.warehouse.query import query

NOW = pendulum.datetime(2026, 3, 2, 12)
URL = "https://harbour-courier.example/live/ferry"


def robots(text):
    return RobotsFile(origin="https://harbour-courier.example", text=text, read_at=NOW, expires_at=NOW)


def page(body=b"", *headers):
    return Snapshot(body=body, headers=headers)


@pytest.mark.parametrize(
    ("given", "place", "evidence"),
    [
        (
            {"robots": robots("User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n")},
            "robots.txt",
            "refuses GPTBot, CCBot",
        ),
        (
            {"robots": robots("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n")},
            "robots.txt content-signal",
            "Content-Signal: search=yes, ai-train=no",
        ),
        (
            {"robots": robots("User-agent: *\nContent-Usage: / train-ai=n\nAllow: /\n")},
            "robots.txt content-usage",
            "Content-Usage: / train-ai=n",
        ),
        ({"snapshot": page(b"", ("X-Robots-Tag", "noai, noimageai"))}, "header x-robots-tag", "noai, noimageai"),
        (
            {"snapshot": page(b"", ("Content-Usage", "train-ai=n, search=y"))},
            "header content-usage",
            "train-ai=n, search=y",
        ),
        ({"snapshot": page(b"", ("TDM-Reservation", "1"))}, "header tdm-reservation", "1"),
        ({"snapshot": page(b"<meta name='robots' content='index, NoAI'>")}, "meta robots", "index, NoAI"),
        ({"snapshot": page(b'<META content="1" name="tdm-reservation">')}, "meta tdm-reservation", "1"),
        (
            {"reserved": '[{"location": "/live/*", "tdm-reservation": 1}]'},
            WELL_KNOWN,
            '{"location": "/live/*", "tdm-reservation": 1}',
        ),
    ],
)
def test_each_refusal_is_found_with_its_evidence(given, place, evidence):
    stated = {"robots": None, "snapshot": None, **given}
    assert opt_outs(**stated, url=URL) == (OptOut(place=place, evidence=evidence),)


@pytest.mark.parametrize(
    "given",
    [
        {"robots": robots("User-agent: *\nDisallow: /\n")},  # this shuts out everybody, and us
        {"robots": robots("User-agent: *\nContent-Signal: search=no, ai-train=yes\n")},
        {
            "snapshot": page(
                b"<meta name=robots content=noindex>", ("X-Robots-Tag", "noarchive"), ("TDM-Reservation", "0")
            )
        },
        {"snapshot": page(b"<p>noai tdm-reservation 1</p>")},
        {"reserved": '[{"location": "/live/$", "tdm-reservation": 1}, {"location": "/", "tdm-reservation": 0}]'},
        {"reserved": "[" * 5000},
        {"reserved": '{"location": "/"}'},
    ],
)
def test_nothing_is_read_into_other_words(given):
    assert opt_outs(**{"robots": None, "snapshot": None, **given}, url=URL) == ()


class Web:
    """A site that reserves its rights in tdmrep.json."""

    def __init__(self):
        self.asked = []

    async def ask(self, request, before_hop=None):
        self.asked.append(request.url.removeprefix("https://harbour-courier.example"))
        bodies = {WELL_KNOWN: b'[{"location": "/", "tdm-reservation": 1}]', "/live/ferry": b"<html>ferry</html>"}
        body = bodies.get(self.asked[-1])
        status = 404 if body is None else 200
        snapshot = Snapshot(body=body or b"none", url=request.url, captured_at=pendulum.now("UTC"), status=status)
        return Answer(snapshot=snapshot, asked=())


def test_refusals_are_kept_with_the_source_and_an_installation_may_keep_away(warehouse, tmp_path):
    ferry, web, archive = Source(source_id="ferry", url=URL), Web(), Archive(str(tmp_path / "archive"))
    fast = Manners(host_interval=0.0, records_opt_outs=True)
    for _ in range(2):
        poll_sources([ferry], engine=warehouse, archive=archive, contact="x", web=web, manners=fast)
    assert web.asked == ["/robots.txt", "/live/ferry", WELL_KNOWN, "/live/ferry"]  # once a day
    kept = query(warehouse, "select source_id, place, first_seen_at < last_seen_at from source_opt_outs").rows
    assert [tuple(map(str, row)) for row in kept] in ([("ferry", WELL_KNOWN, "1")], [("ferry", WELL_KNOWN, "True")])
    strict = replace(fast, refuse_opted_out=True)
    report, new = poll_sources([ferry], engine=warehouse, archive=archive, contact="x", web=web, manners=strict)
    assert (report.failures[0].reason, new, len(web.asked)) == (Reason.OPTED_OUT, [], 4)
    assert "refuse_opted_out" in report.failures[0].why


def test_the_setting_is_true_or_false():
    none = Path("/nonexistent")
    assert load_settings({}, none).refuse_opted_out is False
    assert load_settings({"DATELINE_REFUSE_OPTED_OUT": "True"}, none).refuse_opted_out is True
    with pytest.raises(SettingsError, match="true or false"):
        load_settings({"DATELINE_REFUSE_OPTED_OUT": "maybe"}, none)
