"""``dateline read``: read one capture and write what it says, as NDJSON; nothing goes to any database."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from dateline.errors import ExtractError
from dateline.model import Reject, Snapshot


def read_command(
    name: Annotated[str, typer.Argument(metavar="PATH|URL", help="A file (.gz and .xz are unpacked) or an address.")],
    url: Annotated[str | None, typer.Option(help="The address that the file was captured from.")] = None,
    captured_at: Annotated[
        str | None, typer.Option(metavar="TIME", help="When it was captured: 2024-03-02T21:43:00Z.")
    ] = None,
    format_name: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="Read it as this format instead of recognising it.")
    ] = None,
    allow_private: Annotated[bool, typer.Option(help="Let an address be on this machine or this network.")] = False,
) -> None:
    """Read one capture: its documents, entries and rejects, one JSON object a line."""
    from dateline.cli import ndjson
    from dateline.reading import read

    try:
        readings = read(_capture(name, url, captured_at, allow_private=allow_private), format=format_name)
    except ExtractError as error:
        sys.stdout.buffer.write(ndjson.reject_line(Reject(where=name, why=str(error))))
        sys.stdout.buffer.flush()
        raise
    for line in ndjson.lines(readings):
        sys.stdout.buffer.write(line)


def _capture(name: str, url: str | None, captured_at: str | None, *, allow_private: bool) -> Snapshot:
    from dateline.cli.captures import capture_of_file, is_address, moment

    if is_address(name):
        from dateline.fetch import fetch_one
        from dateline.settings import load_settings

        return fetch_one(name, contact=load_settings().contact, allow_private=allow_private)
    return capture_of_file(Path(name), url, moment(captured_at))
