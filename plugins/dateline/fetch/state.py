"""What is known of a source between two polls: all that the next poll and its time are decided from."""

from dataclasses import dataclass

from pendulum import DateTime

from dateline.fetch.answer import Reason
from dateline.fetch.conditional import UNKNOWN, Validators
from dateline.fetch.further import Further
from dateline.fetch.moved import Moving


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """The memory of a source, kept in the warehouse; a new value after each poll and each reading.

    ``changes`` holds the last eight instants at which the source was found changed, oldest first: by its
    body, or once a reader has looked at it by what the reader found (``told`` at ``read_at``), since clocks
    and adverts change bodies without news. ``failures`` counts failures in a row, soft ones half. ``lies``
    is what it has on its account for calling a changed body the same. Seconds: ``fresh_for`` (of its
    Cache-Control), ``ttl`` (of the feed). ``is_cached``: the answer had an Age, so it came from a cache.
    ``further`` are the other addresses that its pages name. ``pushed_until`` is how long its hub has promised to tell
    what is new, ``unannounced`` how many changes in a row were found of which it had not told.
    """

    polls: int = 0
    polled_at: DateTime | None = None
    validators: Validators = UNKNOWN
    lies: float = 0.0
    changes: tuple[DateTime, ...] = ()
    told: str | None = None
    read_at: DateTime | None = None
    fresh_for: float | None = None
    is_cached: bool = False
    ttl: float | None = None
    closed_at: DateTime | None = None
    woken_at: DateTime | None = None
    failures: float = 0.0
    failed: Reason | None = None
    rest_until: DateTime | None = None
    gone_at: DateTime | None = None
    retired_at: DateTime | None = None
    retirements: int = 0
    moving: Moving | None = None
    moved_to: str | None = None  # asked instead of the address that it was learnt at, until it fails
    moved_from: str | None = None
    further: tuple[Further, ...] = ()
    pushed_until: DateTime | None = None
    unannounced: int = 0


NEW = SourceState()
"""A source that was never polled."""
