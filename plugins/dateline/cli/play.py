"""``dateline play``: a live blog as its readers saw it at an instant."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.replay import EntrySeen


class AxisName(StrEnum):
    """Which time is meant: when readers saw it, or when the publisher claims to have published it."""

    SEEN = "seen"
    PUBLISHED = "published"


def play_command(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="A document id, an address, or part of a title.")],
    at: Annotated[str, typer.Option(metavar="TIME", help="The instant: 2024-03-02T14:05:00Z.")],
    axis: Annotated[AxisName, typer.Option(help="Which time is meant.")] = AxisName.SEEN,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show a live blog as it was at an instant: order, pins and wording; what was deleted by then is gone."""
    import orjson

    from dateline.cli.captures import moment
    from dateline.cli.warehouse import opened
    from dateline.errors import ReplayError
    from dateline.replay import Axis, as_of
    from dateline.replay.documents import find_document
    from dateline.settings import load_settings

    instant = moment(at)
    if instant is None:
        raise ReplayError("no instant is given. Say --at 2024-03-02T14:05:00Z.")
    with opened(load_settings()) as (engine, _):
        found = find_document(engine, document)
        entries = as_of(engine, found.document_id, instant, Axis(axis.value))
    if as_json:
        for one in entries:
            sys.stdout.buffer.write(orjson.dumps(_as_object(one), option=orjson.OPT_APPEND_NEWLINE))
    else:
        _show(found.title, at, entries)


def _as_object(entry: "EntrySeen") -> dict[str, Any]:
    from dateline.cli.ndjson import iso

    return {
        "position": entry.position,
        "anchor": entry.anchor,
        "headline": entry.headline,
        "text": entry.text,
        "author": entry.author,
        "published": iso(entry.published.at),
        "is_pinned": entry.is_pinned,
        "is_key_event": entry.is_key_event,
        "is_on_page": entry.is_on_page,
    }


def _above(entry: "EntrySeen") -> "Iterator[str]":
    """Yield what stands above a post: its time and its marks."""
    at = entry.published.at
    yield at.format("ddd D MMM HH:mm [UTC]") if at else "time unknown"
    if entry.is_pinned:
        yield "pinned"
    if entry.is_key_event:
        yield "key event"
    if not entry.is_on_page:
        yield "not on the page"


def _show(title: str | None, at: str, entries: "list[EntrySeen]") -> None:
    from rich.console import Console
    from rich.text import Text

    from dateline.cli import printable

    console = Console(highlight=False)
    console.print(Text(printable(title or "untitled"), style="bold"), Text(f"as of {at}", style="dim"))
    for one in entries:
        clock = one.published.at.format("ddd D MMM HH:mm") if one.published.at else "time unknown"
        marks = (
            " · pinned" * one.is_pinned
            + " · key event" * one.is_key_event
            + " · not on the page" * (not one.is_on_page)
        )
        console.print()
        console.print(Text(f"{clock} UTC{marks}" if one.published.at else f"{clock}{marks}", style="cyan"))
        if one.headline:
            console.print(Text(printable(one.headline), style="bold"))
        console.print(Text(printable(one.text)))
    console.print(Text(f"\n{len(entries)} posts", style="dim"))
