"""Replay: reading the archive again with today's code, and playing live blogs back as they were."""

from dateline.replay.as_of import Axis, as_of
from dateline.replay.posts import EntrySeen
from dateline.replay.reread import RereadReport, reread
from dateline.replay.sinks import sink_at
from dateline.replay.stream import PlayReport, play_to
from dateline.replay.tape import Tape, tape_of

__all__ = [
    "Axis",
    "EntrySeen",
    "PlayReport",
    "RereadReport",
    "Tape",
    "as_of",
    "play_to",
    "reread",
    "sink_at",
    "tape_of",
]
