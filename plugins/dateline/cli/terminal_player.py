"""Playing a tape in a terminal: the newest posts, what just changed, a bar, and keys. Or line by line without one."""

import math
import os
import select
import sys
import termios
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.text import Text

from dateline.cli import printable
from dateline.cli.play_views import shown_change, shown_post
from dateline.replay.changes import ChangeKind
from dateline.replay.playhead import Playhead
from dateline.replay.tape import Look, Tape

FRAME_SECONDS = 0.1
KEYS = "space pause · ← → step · ↑ ↓ speed · 0-9 seek · s skip idle · q quit"
SKIPPED_TO_SECONDS = 1.0


def play_lines(
    tape: Tape, *, speed: float, most_idle: float = math.inf, wait: Callable[[float], None] = time.sleep
) -> None:
    """Print each change when it happens, as a plain log."""
    console = Console(highlight=False)
    console.print(Text(printable(tape.title or "untitled"), style="bold"))
    before = tape.looks[0].at
    for look in tape.looks:
        wait(min((look.at - before).total_seconds() / speed, most_idle))
        before = look.at
        for change in look.changes:
            console.print(Text(f"\n{look.at.format('ddd D MMM HH:mm:ss [UTC]')}", style="dim"))
            console.print(shown_change(change))


def play_live(tape: Tape, *, speed: float, most_idle: float = math.inf) -> None:
    """Play on the whole screen until the reader quits."""
    head = Playhead.at_start(tape, speed=speed, most_idle=most_idle)
    console = Console(highlight=False)
    with _keys() as pressed, Live(console=console, screen=True, auto_refresh=False) as live:
        last = time.monotonic()
        while True:
            live.update(screen_of(head, console.height), refresh=True)
            key = pressed(FRAME_SECONDS)
            now = time.monotonic()
            head.advance(now - last)
            last = now
            if key == "q":
                return
            obey(head, key)


def obey(head: Playhead, key: str) -> None:
    """Do what a key says; one that says nothing does nothing."""
    actions: dict[str, Callable[[], None]] = {
        " ": head.toggle,
        "right": lambda: head.step(1),
        "left": lambda: head.step(-1),
        "up": lambda: head.change_speed(1),
        "down": lambda: head.change_speed(-1),
        "home": lambda: head.seek(0),
        "end": lambda: head.seek(1),
        "s": lambda: _toggle_idle(head),
    }
    if key.isdecimal():  # not isdigit: a French keyboard has a ² that no int is made of
        head.seek(int(key) / 9)
    elif key in actions:
        actions[key]()


def screen_of(head: Playhead, height: int) -> RenderableType:
    """Lay out a screen: the title, what just changed, the posts from the top, the bar and the keys."""
    tape, look = head.tape, head.look
    state = "ended" if head.has_ended else "playing" if head.is_running else "paused"
    idle = "" if math.isinf(head.most_idle) else " · silences are skipped"
    title = Text(printable(tape.title or "untitled"), style="bold", no_wrap=True, overflow="ellipsis")
    clock = Text(f"{head.at.format('ddd D MMM YYYY HH:mm:ss [UTC]')} · {state} at {head.speed:g}×{idle}", style="cyan")
    body: list[RenderableType] = [one for part in _body(look) for one in (part, Text())]
    return Group(
        title,
        clock,
        Panel(Group(*body), height=max(5, height - 5), border_style="dim"),
        ProgressBar(total=1.0, completed=head.share),
        Text(f"{head.number + 1} of {len(tape.looks)} · {KEYS}", style="dim", no_wrap=True, overflow="ellipsis"),
    )


def _body(look: Look) -> Iterator[RenderableType]:
    """Yield what just changed, then the posts that did not."""
    changed = {one.entry_id for one in look.changes}
    for change in look.changes:
        if change.kind is not ChangeKind.MOVED:
            yield shown_change(change)
    for post in look.posts:
        if post.entry_id not in changed:
            yield shown_post(post)


def _toggle_idle(head: Playhead) -> None:
    head.most_idle = SKIPPED_TO_SECONDS if math.isinf(head.most_idle) else math.inf


_SEQUENCES = {
    "\x1b[C": "right", "\x1b[D": "left", "\x1b[A": "up", "\x1b[B": "down", "\x1b[H": "home", "\x1b[F": "end",
    "\x1bOC": "right", "\x1bOD": "left", "\x1bOA": "up", "\x1bOB": "down", "\x1b[1~": "home", "\x1b[4~": "end",
    "\x03": "q", "\x1b": "q",
}  # fmt: skip


@contextmanager
def _keys() -> Iterator[Callable[[float], str]]:
    """Read single keys without echo; yield a function that waits for one, so many seconds at most, and names it."""
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)

    def pressed(seconds: float) -> str:
        if not select.select([descriptor], [], [], seconds)[0]:
            return ""
        read = os.read(descriptor, 16).decode("utf-8", "replace")
        return _SEQUENCES.get(read, read[:1]) if read else "q"  # the terminal is gone

    try:
        tty.setcbreak(descriptor)
        yield pressed
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
