"""The forms that ``dateline play`` has: an instant, a difference, a page, a stream, a player in the terminal."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from pendulum import DateTime
from rich.console import Console, Group, RenderableType
from rich.text import Text
from sqlalchemy import Engine

from dateline.cli import printable
from dateline.cli.captures import moment
from dateline.cli.page_file import write_page
from dateline.errors import ReplayError
from dateline.replay.as_of import Axis, as_of, gone_by
from dateline.replay.changes import Change, ChangeKind, changes_between
from dateline.replay.cloud_events import post_object, written
from dateline.replay.documents import Named
from dateline.replay.player_page import player_page
from dateline.replay.posts import EntrySeen
from dateline.replay.sinks import read_note, sink_at, write_note
from dateline.replay.still_page import still_page
from dateline.replay.stream import note_nothing, play_to
from dateline.replay.tape import tape_of
from dateline.replay.word_changes import Part, word_changes

COLOURS = {Part.KEPT: "", Part.OUT: "red strike", Part.IN: "green underline"}
MARKS = {
    ChangeKind.POSTED: ("+", "green"),
    ChangeKind.RESTORED: ("+", "green"),
    ChangeKind.EDITED: ("~", "yellow"),
    ChangeKind.DELETED: ("-", "red"),
    ChangeKind.LEFT: ("-", "red"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """One document, on one axis, over one span."""

    engine: Engine
    found: Named
    axis: Axis
    span: tuple[DateTime | None, DateTime | None]

    def at(self, stated: str, page: Path | None, *, as_json: bool) -> None:
        """Show the posts at an instant: in the terminal, as NDJSON, or as a page."""
        instant = _instant(stated)
        posts = as_of(self.engine, self.found.document_id, instant, self.axis)
        if page is not None:
            write_page(page, still_page(self.found.title, posts, instant, self.axis))
        elif as_json:
            _lines({"position": one.position, **post_object(one)} for one in posts)
        else:
            console = Console(highlight=False)
            console.print(_title(self.found), Text(f"as of {written(instant)}", style="dim"))
            for one in posts:
                console.print(Text(), shown_post(one), sep="\n")
            console.print(Text(f"\n{len(posts)} posts", style="dim"))

    def diff(self, earlier: str, later: str, *, as_json: bool) -> None:
        """Show what changed from one instant to the other."""
        one, other = _instant(earlier), _instant(later)
        if other < one:
            raise ReplayError(f"{written(other)} lies before {written(one)}. Say the earlier instant first.")
        document_id = self.found.document_id
        before, after = (as_of(self.engine, document_id, at, self.axis) for at in (one, other))
        changes = changes_between(before, after, gone=gone_by(self.engine, document_id, other))
        if as_json:
            _lines(_change_object(change) for change in changes)
            return
        console = Console(highlight=False)
        console.print(_title(self.found), Text(f"from {written(one)} to {written(other)}", style="dim"))
        for change in changes:
            console.print(Text(), shown_change(change), sep="\n")
        console.print(Text(f"\n{len(changes)} changes", style="dim"))

    def to_page(self, page: Path) -> None:
        """Write the player, with both axes; the one asked for comes first."""
        since, until = self.span
        axes = sorted(Axis, key=lambda one: one is not self.axis)
        tapes = [tape_of(self.engine, self.found.document_id, axis=one, since=since, until=until) for one in axes]
        write_page(page, player_page(tapes))

    def stream(self, to: str, *, speed: float, most_idle: float, state: Path | None, after: str | None) -> None:
        """Send CloudEvents, and say on standard error how many."""
        noted = after or (read_note(state) if state else None)
        since, until = self.span
        with sink_at(to, goes_on=noted is not None) as sink:
            report = play_to(
                sink,
                self.engine,
                self.found.document_id,
                speed=speed,
                axis=self.axis,
                since=since,
                until=until,
                after=noted,
                most_idle=most_idle,
                on_sent=(lambda event_id: write_note(state, event_id)) if state else note_nothing,
            )
        before = f"; {report.skipped:,} had been sent before" if report.skipped else ""
        sys.stderr.write(f"{report.sent:,} events sent, to the end of the coverage{before}.\n")

    def in_terminal(self, *, speed: float, most_idle: float) -> None:
        """Play in the terminal; without one, print what happens, line by line, as it happens."""
        from dateline.cli.terminal_player import play_lines, play_live

        since, until = self.span
        tape = tape_of(self.engine, self.found.document_id, axis=self.axis, since=since, until=until)
        if not tape.looks:
            raise ReplayError(
                f"nothing of {self.found.document_id} was seen in that span, so there is nothing to play."
            )
        is_live = sys.stdout.isatty() and sys.stdin.isatty()
        (play_live if is_live else play_lines)(tape, speed=speed, most_idle=most_idle)


def shown_post(post: EntrySeen, pieces: RenderableType | None = None) -> RenderableType:
    """Lay a post out for a terminal: its time and marks, its headline, its text (or what an edit did to it)."""
    at = post.published.at
    marks = [at.format("ddd D MMM HH:mm [UTC]") if at else "time unknown"]
    names = (("pinned", post.is_pinned), ("key event", post.is_key_event), ("not on the page", not post.is_on_page))
    marks += [name for name, is_so in names if is_so]
    parts: list[RenderableType] = [Text(" · ".join(marks), style="cyan")]
    if post.headline and pieces is None:
        parts.append(Text(printable(post.headline), style="bold"))
    return Group(*parts, pieces or Text(printable(post.text)))


def shown_change(change: Change) -> RenderableType:
    """Lay a change out for a terminal: what it is, and the post; of an edit the words that went and came."""
    mark, colour = MARKS.get(change.kind, ("*", "blue"))
    words: Text | None = None
    if change.kind is ChangeKind.EDITED and change.before and change.after:
        words = Text()
        for piece in word_changes(change.before.words, change.after.words):
            words.append(printable(piece.text), style=COLOURS[piece.part])
    elif change.after is None:
        words = Text(printable(change.post.words), style="red strike")
    return Group(Text(f"{mark} {change.kind}", style=f"bold {colour}"), shown_post(change.post, words))


def _change_object(change: Change) -> dict[str, Any]:
    before, after = change.before, change.after
    pieces = word_changes(before.words, after.words) if change.kind is ChangeKind.EDITED and before and after else ()
    return {
        "kind": str(change.kind),
        "entry_id": change.entry_id,
        "before": {"position": before.position, **post_object(before)} if before else None,
        "after": {"position": after.position, **post_object(after)} if after else None,
        "words": [[str(one.part), one.text] for one in pieces],
    }


def _instant(stated: str) -> DateTime:
    found = moment(stated)
    if found is None:
        raise ReplayError("no instant is given. Write one like 2024-03-02T14:05:00Z.")
    return found


def _title(found: Named) -> Text:
    return Text(printable(found.title or "untitled"), style="bold")


def _lines(objects: Iterable[dict[str, Any]]) -> None:
    for one in objects:
        sys.stdout.buffer.write(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()
