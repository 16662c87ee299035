"""``dateline play``: a live blog as it was at an instant, or played: in the terminal, as one HTML file, as a stream."""

import math
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Time = Annotated[str | None, typer.Option(metavar="TIME", help="ISO 8601 with its zone: 2024-03-02T14:05:00Z.")]


class AxisName(StrEnum):
    """Which time is meant: when readers saw it, or when the publisher claims to have published it."""

    SEEN = "seen"
    PUBLISHED = "published"


def play_command(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="A document id, an address, or part of a title.")],
    *,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="Show it at this instant: 2024-03-02T14:05:00Z.")
    ] = None,
    diff: Annotated[
        tuple[str, str] | None, typer.Option(metavar="T1 T2", help="Show what changed between two instants.")
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", help="Write one self-contained page: a player, or with --at that instant."
        ),
    ] = None,
    stream: Annotated[
        str | None,
        typer.Option(metavar="TO", help="Send CloudEvents to - (standard output), a file, or an http(s) address."),
    ] = None,
    speed: Annotated[float, typer.Option(help="Times faster than life; inf does not wait.")] = 60,
    since: Time = None,
    until: Time = None,
    most_idle: Annotated[
        float, typer.Option(metavar="SECONDS", help="Cut silences down to this many seconds of the play.")
    ] = math.inf,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Stream: note what was sent here, and go on from there.")
    ] = None,
    after: Annotated[
        str | None, typer.Option(metavar="ID", help="Stream: go on behind the event with this id.")
    ] = None,
    axis: Annotated[AxisName, typer.Option(help="Which time is meant.")] = AxisName.SEEN,
    as_json: Annotated[bool, typer.Option("--json", help="With --at or --diff: one JSON object a line.")] = False,
) -> None:
    """Play a live blog back as its readers saw it, edits and deletions included; in the terminal unless told otherwise.

    A stream sends each event at least once, as CloudEvents 1.0 in structured mode: `source` and `id` together name an
    event, whoever sends it how often.
    """
    from dateline.cli import play_views
    from dateline.cli.captures import moment
    from dateline.cli.warehouse import opened
    from dateline.errors import ReplayError
    from dateline.replay import Axis
    from dateline.replay.documents import find_document
    from dateline.settings import load_settings

    if sum(one is not None for one in (at, diff, stream)) > 1:
        raise ReplayError("--at, --diff and --stream are three different plays. Ask for one of them.")
    if page is not None and (diff is not None or stream is not None):
        raise ReplayError("--html writes the player, or with --at an instant. Leave out --diff and --stream.")
    _require_pace(speed, most_idle)
    span = (moment(since), moment(until))
    with opened(load_settings()) as (engine, _):
        found = find_document(engine, document)
        play = play_views.Play(engine=engine, found=found, axis=Axis(axis.value), span=span)
        if at is not None:
            play.at(at, page, as_json=as_json)
        elif diff is not None:
            play.diff(diff[0], diff[1], as_json=as_json)
        elif stream is not None:
            play.stream(stream, speed=speed, most_idle=most_idle, state=state, after=after)
        elif page is not None:
            play.to_page(page)
        else:
            play.in_terminal(speed=speed, most_idle=most_idle)


def _require_pace(speed: float, most_idle: float) -> None:
    from dateline.errors import ReplayError

    if not speed > 0:
        raise ReplayError(f"--speed {speed:g} plays nothing. Say how many times faster than life, for example 60.")
    if not most_idle >= 0:
        raise ReplayError(f"--most-idle {most_idle:g} is no silence. Say how many seconds, for example 2.")
