"""A shard: every source ends in its own outcome, and none of them harms another."""

import asyncio
import time
from dataclasses import replace

import pytest

from dateline.errors import FetchError
from dateline.fetch import (
    Answer,
    Client,
    Job,
    Limits,
    Manners,
    MemoryLedger,
    MemoryRobots,
    Outcome,
    Reason,
    SourceState,
    Validators,
    Verdict,
    after_poll,
    fetch_one,
    fetch_shard,
)
from dateline.fetch.opt_outs import OptOut
from dateline.model import Snapshot
from dateline.source import Source
from fetch.hostile_server import FEED
from fetch.virtual_time import VirtualClock, run_virtually

QUICK = Limits(whole=3.0)
FAST = Manners(host_interval=0.001)


def source(url: str, **more: object) -> Source:
    return Source(source_id="one", url=url, allow_private=True, **more)


def shard(jobs: list[Job], *, limits: Limits = QUICK, manners: Manners = FAST) -> list[Outcome]:
    async def once() -> list[Outcome]:
        async with Client("Dateline/0.1 (+https://example.org)", limits=limits) as web:
            return await fetch_shard(jobs, web=web, hosts=MemoryLedger(), robots=MemoryRobots(), manners=manners)

    return asyncio.run(once())


def poll(url: str, state: SourceState | None = None, page: str | None = None) -> Outcome:
    (outcome,) = shard([Job(source=source(url), state=state or SourceState(), url=page)])
    return outcome


def test_a_page_comes_with_all_that_the_ledger_wants(hostile):
    outcome = poll(f"{hostile.url}/ok")
    assert outcome.reason is None
    assert outcome.snapshot.body == FEED
    assert outcome.snapshot.url == f"{hostile.url}/ok"
    assert ("Accept-Encoding", "gzip") in outcome.answer.asked
    assert outcome.answer.wire_bytes == len(FEED)
    assert outcome.started_at <= outcome.snapshot.captured_at
    assert not outcome.is_unchanged


def test_bad_sources_never_stop_the_others(hostile):
    paths = ["/ok", "/slowbody", "/gzipbomb", "/reset", "/ok", "/rmetadata", "/garbage", "/missing", "/storm", "/1xx"]
    urls = [f"http://{host}:{hostile.port}{path}" for path in paths for host in ("127.0.0.1", "localhost")]
    started = time.monotonic()
    outcomes = shard([Job(source=source(url)) for url in [*urls, "http://[::1", "nonsense", "http://host.invalid/"]])
    by_path = dict(zip([path for path in paths for _ in range(2)], outcomes, strict=False))
    assert [outcome.job.address for outcome in outcomes[: len(urls)]] == urls
    assert {path: outcome.reason for path, outcome in by_path.items()} == {
        "/ok": None, "/slowbody": "timeout", "/gzipbomb": "too_big", "/reset": "reset",
        "/rmetadata": "refused_address", "/garbage": "protocol_error", "/missing": "not_found",
        "/storm": "throttled", "/1xx": "host_busy",
    }  # fmt: skip
    assert [one.reason for one in outcomes[-3:-1]] == ["bad_address", "refused_scheme"]
    assert outcomes[-1].reason == "name_not_found"
    assert time.monotonic() - started < 30


def test_a_fault_of_ours_in_one_source_is_an_outcome_too():
    class Broken:
        async def ask(self, request, before_hop=None):
            if "broken" in request.url:
                raise ZeroDivisionError("a bug")
            return Answer(snapshot=Snapshot(body=b"x", captured_at=None), asked=())

    async def once() -> list[Outcome]:
        jobs = [Job(source=source(f"https://{name}.example/")) for name in ("broken", "sound")]
        return await fetch_shard(jobs, web=Broken(), hosts=MemoryLedger(), robots=MemoryRobots(), clock=VirtualClock())

    broken, sound = run_virtually(once())
    assert (broken.reason, sound.reason) == (Reason.FAULT, None)
    assert "ZeroDivisionError" in broken.message


def test_a_429_rests_every_source_of_its_host(hostile):
    urls = [f"{hostile.url}/storm", f"{hostile.url}/ok", f"http://localhost:{hostile.port}/ok"]
    storm, same_host, other_host = shard([Job(source=source(url)) for url in urls])
    assert (storm.reason, storm.rest_seconds) == (Reason.THROTTLED, 3600)
    assert same_host.reason is Reason.HOST_BUSY
    assert other_host.reason is None


def test_a_flapping_source_ends_as_it_answered(hostile):
    url = f"{hostile.url}/flapping"
    ends = [poll(url).reason for _ in range(4)]
    assert ends == [None, Reason.SERVER_ERROR, Reason.UNAVAILABLE, Reason.NOT_FOUND]


def test_robots_txt_is_heeded_and_asked_once(hostile):
    hostile.script["/robots.txt"] = [(200, b"User-agent: *\nDisallow: /ok\n", ())]
    paths = ["/ok", "/gzipped", "/cookies"]
    outcomes = shard([Job(source=source(hostile.url + path)) for path in paths])
    assert [one.reason for one in outcomes] == [Reason.ROBOTS, None, None]
    assert (hostile.hits["/robots.txt"], hostile.hits["/ok"]) == (1, 0)


def test_a_robots_file_that_cannot_be_had_closes_the_host_for_now(hostile):
    hostile.script["/robots.txt"] = [(500, b"", ())]
    assert poll(f"{hostile.url}/ok").reason is Reason.ROBOTS_UNREACHABLE
    assert hostile.hits["/ok"] == 0


def test_a_redirect_meets_the_rules_of_where_it_leads(hostile):
    texts = (b"User-agent: *\nAllow: /\n", b"User-agent: *\nDisallow: /ok\n")
    hostile.script["/robots.txt"] = [(200, text, ()) for text in texts]
    hostile.script["/away"] = [(302, b"", (("Location", f"http://localhost:{hostile.port}/ok"),))]
    assert poll(f"{hostile.url}/away").reason is Reason.ROBOTS
    assert (hostile.hits["/robots.txt"], hostile.hits["/ok"]) == (2, 0)


def test_a_redirect_takes_the_turn_of_where_it_leads(hostile):
    hostile.script["/away"] = [(302, b"", (("Location", f"http://localhost:{hostile.port}/ok"),))]
    assert poll(f"{hostile.url}/away").snapshot.body == FEED
    assert poll(f"{hostile.url}/rrelative").snapshot.body == FEED


def test_an_installation_may_keep_away_from_who_opts_out(hostile):
    hostile.script["/robots.txt"] = [(200, b"User-agent: GPTBot\nDisallow: /\n", ())]
    (lenient,) = shard([Job(source=source(f"{hostile.url}/ok"))])
    (strict,) = shard([Job(source=source(f"{hostile.url}/ok"))], manners=replace(FAST, refuse_opted_out=True))
    assert (lenient.reason, lenient.opt_outs) == (None, (OptOut(place="robots.txt", evidence="refuses GPTBot"),))
    assert strict.reason is Reason.OPTED_OUT


KNOWN = Validators(etag='"one"', body_digest=Snapshot(body=b"old").digest)


def test_a_304_is_believed_for_now(hostile):
    hostile.script["/page"] = [(304, b"", ())]
    outcome = poll(f"{hostile.url}/page", SourceState(polls=1, validators=KNOWN))
    assert (outcome.reason, outcome.snapshot, outcome.is_unchanged) == (None, None, True)
    assert (outcome.was_conditional, outcome.verdict) == (True, Verdict.SAME)
    assert hostile.heard[-1][1]["if-none-match"] == '"one"'


def test_the_body_decides_whatever_the_validator_says(hostile):
    hostile.script["/page"] = [(200, b"new", (("ETag", '"one"'),))]
    lied_same = poll(f"{hostile.url}/page", SourceState(polls=20, validators=KNOWN))
    assert (lied_same.was_conditional, lied_same.verdict) == (False, Verdict.LIED_SAME)
    assert not lied_same.is_unchanged
    hostile.script["/page"] = [(200, b"old", (("ETag", '"two"'),))]
    lied_changed = poll(f"{hostile.url}/page", SourceState(polls=1, validators=KNOWN))
    assert (lied_changed.verdict, lied_changed.is_unchanged) == (Verdict.LIED_CHANGED, True)


def test_an_odd_validator_goes_back_as_it_came(hostile):
    tag = '"höhe ✓"'
    hostile.script["/page"] = [(304, b"", ())]
    known = replace(KNOWN, etag=tag)
    assert poll(f"{hostile.url}/page", SourceState(polls=1, validators=known)).verdict is Verdict.SAME
    assert hostile.heard[-1][1]["if-none-match"].encode("latin-1").decode() == tag


def test_a_failure_says_how_long_it_took(hostile):
    assert poll(f"{hostile.url}/silent").milliseconds >= 2900


def test_a_304_that_stands_for_nothing_is_asked_again_once(hostile):
    hostile.script["/page"] = [(304, b"", ()), (200, b"whole", ())]
    assert poll(f"{hostile.url}/page").snapshot.body == b"whole"
    hostile.script["/page"] = [(304, b"", ())]
    assert poll(f"{hostile.url}/page").reason is Reason.CACHE_MISS
    assert "if-none-match" not in hostile.heard[-1][1]


def test_a_further_page_is_asked_unconditionally(hostile):
    state = SourceState(polls=1, validators=KNOWN)
    outcome = poll(f"{hostile.url}/other", state, page=f"{hostile.url}/ok")
    assert (outcome.was_conditional, outcome.verdict, outcome.snapshot.body) == (False, Verdict.NONE, FEED)


@pytest.mark.parametrize("body", [b"", b"  \r\n"])
def test_an_empty_page_is_a_failure(hostile, body):
    hostile.script["/page"] = [(200, body, ())]
    assert poll(f"{hostile.url}/page").reason is Reason.EMPTY


def test_a_torn_body_comes_with_its_failure(hostile):
    outcome = poll(f"{hostile.url}/gzlie")
    assert outcome.reason is Reason.BAD_ENCODING
    assert outcome.snapshot is None
    assert outcome.answer.snapshot.body == FEED


def test_a_shard_ends_in_its_time():
    class Slow:
        async def ask(self, request, before_hop=None):
            await asyncio.sleep(20)
            return Answer(snapshot=Snapshot(body=b"x"), asked=())

    async def once() -> tuple[list[Outcome], float]:
        jobs = [Job(source=source(f"https://slow.example/{n}")) for n in range(9)]
        clock = VirtualClock()
        made = await fetch_shard(jobs, web=Slow(), hosts=MemoryLedger(), robots=MemoryRobots(), clock=clock)
        return made, asyncio.get_running_loop().time()

    outcomes, seconds = run_virtually(once())
    assert [one.reason for one in outcomes] == [None] * 4 + [Reason.HOST_BUSY] * 5
    assert seconds < 90 + 30


def test_one_address_is_fetched_for_a_person(hostile):
    snapshot = fetch_one(f"{hostile.url}/ok", contact="https://example.org", allow_private=True)
    assert snapshot.body == FEED
    for url, reason in ((f"{hostile.url}/ok", "refused_address"), ("file:///etc/passwd", "refused_scheme")):
        with pytest.raises(FetchError) as error:
            fetch_one(url, contact="https://example.org")
        assert error.value.reason == reason
    with pytest.raises(FetchError) as error:
        fetch_one(f"{hostile.url}/missing", contact="https://example.org", allow_private=True)
    assert error.value.reason == "not_found"


def test_a_moving_page_is_followed_from_poll_to_poll(hostile):
    hostile.script["/page"] = [(200, b"one", (("ETag", '"1"'),)), (304, b"", ()), (200, b"two", (("ETag", '"2"'),))]
    state = SourceState()
    for _ in range(3):
        outcome = poll(f"{hostile.url}/page", state)
        state = after_poll(state, outcome, outcome.started_at)
    assert (state.polls, len(state.changes), state.validators.etag) == (3, 2, '"2"')
