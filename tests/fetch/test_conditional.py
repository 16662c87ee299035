"""Validators: what is sent back, and how a lie is told from the truth."""

import pendulum
import pytest

from dateline.fetch import Validators, Verdict
from dateline.fetch.conditional import UNKNOWN, account, conditions, judge, validators_of
from dateline.model import Snapshot

NOW = pendulum.datetime(2026, 3, 2, 12, 0)


def page(body: bytes, etag: str | None = None, modified: str | None = None, status: int = 200) -> Snapshot:
    headers = [("etag", etag), ("Last-Modified", modified)]
    return Snapshot(body=body, status=status, headers=tuple((k, v) for k, v in headers if v))


OLD = validators_of(page(b"old", '"1"', "Mon, 02 Mar 2026 09:00:00 GMT"))


def test_both_validators_are_sent_back_as_they_came():
    assert conditions(OLD, NOW, polls=1) == (
        ("If-None-Match", '"1"'),
        ("If-Modified-Since", "Mon, 02 Mar 2026 09:00:00 GMT"),
    )


def test_every_twentieth_poll_is_unconditional():
    assert [polls for polls in range(61) if not conditions(OLD, NOW, polls=polls)] == [0, 20, 40, 60]


def test_a_liar_is_asked_unconditionally_more_often_and_then_always():
    assert [polls for polls in range(9) if not conditions(OLD, NOW, polls=polls, lies=1)] == [0, 4, 8]
    assert not any(conditions(OLD, NOW, polls=polls, lies=2) for polls in range(9))


def test_a_body_an_hour_old_is_asked_for_whole():
    known = Validators(etag='"1"', body_digest="x", at=NOW)
    assert conditions(known, NOW.add(minutes=59), polls=1)
    assert not conditions(known, NOW.add(minutes=60), polls=1)


def test_a_lie_is_forgiven_by_honest_changes_alone():
    lied = account(0.0, Verdict.LIED_SAME)
    silent = account(account(lied, Verdict.SAME), Verdict.NONE)
    assert (lied, silent, account(lied, Verdict.LIED_CHANGED)) == (1.0, 1.0, 1.0)
    for _ in range(4):
        lied = account(lied, Verdict.CHANGED)
    assert conditions(OLD, NOW, polls=4, lies=1.0) == ()
    assert conditions(OLD, NOW, polls=4, lies=lied)


def test_nothing_is_sent_where_no_body_is_known():
    assert conditions(UNKNOWN, NOW, polls=1) == ()
    assert conditions(Validators(etag="x"), NOW, polls=1) == ()


@pytest.mark.parametrize(
    ("answer", "was_conditional", "verdict"),
    [
        (page(b"", '"1"', status=304), True, Verdict.SAME),
        (page(b"old", '"1"'), False, Verdict.SAME),
        (page(b"new", '"1"'), False, Verdict.LIED_SAME),
        (page(b"new", 'W/"1"'), False, Verdict.LIED_SAME),
        (page(b"new", '"1"'), True, Verdict.LIED_SAME),
        (page(b"new", '"2"'), True, Verdict.CHANGED),
        (page(b"new", '"2"'), False, Verdict.CHANGED),
        (page(b"old", '"2"'), True, Verdict.LIED_CHANGED),
        (page(b"old"), True, Verdict.LIED_CHANGED),
        (page(b"new"), True, Verdict.CHANGED),
        (page(b"new"), False, Verdict.NONE),
        (page(b"old", None, "Mon, 02 Mar 2026 09:00:00 GMT"), False, Verdict.SAME),
        (page(b"new", None, "Mon, 02 Mar 2026 09:00:00 GMT"), False, Verdict.LIED_SAME),
        (page(b"new", '"2"', "Mon, 02 Mar 2026 09:00:00 GMT"), False, Verdict.CHANGED),
    ],
)
def test_the_body_judges_the_validator(answer, was_conditional, verdict):
    assert judge(OLD, answer, was_conditional=was_conditional) is verdict


def test_the_first_answer_proves_nothing():
    assert judge(UNKNOWN, page(b"old", '"1"'), was_conditional=False) is Verdict.NONE


def test_a_validator_that_is_a_page_long_is_none():
    assert validators_of(page(b"x", '"' + "a" * 2000 + '"')).etag is None
