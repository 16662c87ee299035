"""Arithmetic of UTC instants in plain seconds.

A poll does a dozen of these; pendulum's own subtraction builds an interval of calendar parts each time,
which costs a hundred times as much.
"""

from datetime import datetime, timedelta

from pendulum import DateTime


def seconds_between(early: DateTime, late: DateTime) -> float:
    """Return the seconds from one instant to another; negative where ``late`` comes first."""
    return datetime.__sub__(late, early).total_seconds()


def later(moment: DateTime, seconds: float) -> DateTime:
    """Return the instant so many seconds after one in UTC."""
    return datetime.__add__(moment, timedelta(seconds=seconds))
