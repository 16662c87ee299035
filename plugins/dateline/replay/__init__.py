"""Replay: reading the archive again with today's code, and looking at a live blog as it was."""

from dateline.replay.as_of import Axis, EntrySeen, as_of
from dateline.replay.reread import RereadReport, reread

__all__ = ["Axis", "EntrySeen", "RereadReport", "as_of", "reread"]
