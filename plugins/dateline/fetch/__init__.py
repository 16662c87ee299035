"""Fetching: the only code that meets the open web, politely and guarded.

A shard of sources is fetched with :func:`fetch_shard` over a :class:`Client`, one address with
:func:`fetch_one`; when to ask again is :func:`plan`, from the state that :func:`after_poll` and
:func:`after_reading` keep.
"""

from dateline.fetch.answer import Answer, Limits, Reason, Request, TornAnswerError
from dateline.fetch.client import Client, user_agent
from dateline.fetch.conditional import Validators, Verdict
from dateline.fetch.learning import Lesson, after_poll, after_reading, woken
from dateline.fetch.one import fetch_one
from dateline.fetch.outcome import Job, Outcome
from dateline.fetch.polite import Manners
from dateline.fetch.politeness import HostLedger, MemoryLedger
from dateline.fetch.robots import MemoryRobots, RobotsFile, RobotsStore
from dateline.fetch.schedule import Plan, plan
from dateline.fetch.shard import SystemClock, fetch_shard
from dateline.fetch.state import NEW, SourceState

__all__ = [
    "NEW",
    "Answer",
    "Client",
    "HostLedger",
    "Job",
    "Lesson",
    "Limits",
    "Manners",
    "MemoryLedger",
    "MemoryRobots",
    "Outcome",
    "Plan",
    "Reason",
    "Request",
    "RobotsFile",
    "RobotsStore",
    "SourceState",
    "SystemClock",
    "TornAnswerError",
    "Validators",
    "Verdict",
    "after_poll",
    "after_reading",
    "fetch_one",
    "fetch_shard",
    "plan",
    "user_agent",
    "woken",
]
