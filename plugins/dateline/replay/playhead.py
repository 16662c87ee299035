"""Where a play stands: the instant on the tape, its speed, and whether it runs. Pure: time comes in as seconds."""

import math
from dataclasses import dataclass

from pendulum import DateTime

from dateline.replay.tape import Look, Tape

SPEEDS = (1.0, 10.0, 60.0, 300.0, 900.0, 3600.0)


@dataclass(slots=True, kw_only=True)
class Playhead:
    """Moves over a tape. ``most_idle`` cuts silences down to that many seconds of the play."""

    tape: Tape
    speed: float = 60.0
    most_idle: float = math.inf
    is_running: bool = True
    at: DateTime

    @classmethod
    def at_start(cls, tape: Tape, *, speed: float, most_idle: float = math.inf) -> "Playhead":
        """Stand at the first look of a tape that has one."""
        return cls(tape=tape, speed=speed, most_idle=most_idle, at=tape.looks[0].at)

    @property
    def number(self) -> int:
        """Return the number of the look that stands."""
        return self.tape.index_at(self.at)

    @property
    def look(self) -> Look:
        """Return the look that stands."""
        return self.tape.looks[self.number]

    @property
    def has_ended(self) -> bool:
        """Say whether everything has been played."""
        return self.at >= self.tape.looks[-1].at

    @property
    def share(self) -> float:
        """Return how far it has come, 0 to 1."""
        first, last = self.tape.looks[0].at, self.tape.looks[-1].at
        whole = (last - first).total_seconds()
        return (self.at - first).total_seconds() / whole if whole else 1.0

    def advance(self, seconds: float) -> None:
        """Let seconds of the play pass; stop at the end."""
        if not self.is_running or self.has_ended:
            return
        following = self.tape.looks[self.number + 1].at
        left = (following - self.at).total_seconds()
        run = seconds * self.speed
        silence = self.most_idle * self.speed
        if not math.isfinite(run):
            self.at = following
        else:
            self.at = self.at.add(seconds=max(run, left - silence))
        self.at = min(self.at, self.tape.looks[-1].at)

    def step(self, looks: int) -> None:
        """Go to the look so many further on, or back, and pause."""
        self.is_running = False
        is_inside = looks < 0 and self.at > self.look.at
        wanted = self.number + looks + is_inside
        self.at = self.tape.looks[max(0, min(len(self.tape.looks) - 1, wanted))].at

    def seek(self, share: float) -> None:
        """Go to a place on the tape, 0 to 1."""
        first, last = self.tape.looks[0].at, self.tape.looks[-1].at
        self.at = first.add(seconds=max(0.0, min(1.0, share)) * (last - first).total_seconds())

    def change_speed(self, steps: int) -> None:
        """Take the next faster speed of the list, or the next slower."""
        wanted = [one for one in SPEEDS if one > self.speed] if steps > 0 else [o for o in SPEEDS if o < self.speed]
        if wanted:
            self.speed = wanted[0] if steps > 0 else wanted[-1]

    def toggle(self) -> None:
        """Play, or pause; at the end, play from the start."""
        if self.has_ended:
            self.seek(0)
            self.is_running = True
        else:
            self.is_running = not self.is_running
