"""Where a play goes: standard output, a file of one event a line, or a webhook; and the note of how far it came."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import orjson

from dateline.errors import ReplayError
from dateline.fetch.webhook import posting_to
from dateline.replay.cloud_events import Event
from dateline.replay.stream import Sink

STANDARD_OUTPUT = "-"
MEDIA_TYPE = "application/cloudevents+json; charset=utf-8"


@contextmanager
def sink_at(where: str, *, goes_on: bool = False) -> Iterator[Sink]:
    """Open a sink: ``-``, an http(s) address, or the path of a file, which is written anew unless a play ``goes_on``.

    Raises :class:`ReplayError` for a file that cannot be written. A webhook that refuses an event, or does not answer
    after several tries, raises :class:`~dateline.errors.FetchError` when the event is sent.
    """
    if where == STANDARD_OUTPUT:
        yield _lines_to(sys.stdout.buffer)
    elif where.lower().startswith(("http://", "https://")):
        with posting_to(where, MEDIA_TYPE) as post:
            yield lambda event: post(orjson.dumps(event))
    else:
        try:
            with _opened(Path(where), goes_on=goes_on) as stream:
                yield _lines_to(stream)
        except OSError as error:  # also when it closes: a full disk says so at any time
            raise ReplayError(f"{where}: cannot be written: {error}. Mend the place or name another file.") from error


def read_note(path: Path) -> str | None:
    """Return the id that a state file holds; None where there is no file yet."""
    try:
        return path.read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ReplayError(f"{path}: no state of a play: {error}. Name another file, or remove this one.") from error


def write_note(path: Path, event_id: str) -> None:
    """Note the last event that was delivered; the file holds the old id or the new one, never half of one."""
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.write_text(f"{event_id}\n", encoding="ascii")
        fresh.replace(path)
    except OSError as error:
        raise ReplayError(f"{path}: the state cannot be written: {error}. The event {event_id} was sent.") from error


def _lines_to(stream: BinaryIO) -> Sink:
    def write(event: Event) -> None:
        stream.write(orjson.dumps(event, option=orjson.OPT_APPEND_NEWLINE))
        stream.flush()

    return write


def _opened(path: Path, *, goes_on: bool) -> BinaryIO:
    return _behind_its_last_line(path) if goes_on and path.exists() else path.open("wb")


def _behind_its_last_line(path: Path) -> BinaryIO:
    """Open a file to go on; half a line that a killed play left behind is cut off: its event comes again."""
    stream = path.open("r+b")
    end = stream.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - 65_536)
        stream.seek(start)
        cut = stream.read(end - start).rfind(b"\n")
        if cut >= 0:
            end = start + cut + 1
            break
        end = start
    stream.seek(end)
    stream.truncate()
    return stream
