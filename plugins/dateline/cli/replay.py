"""``dateline replay``: re-read the archive with today's code and rewrite exactly what changed; or serve it."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dateline.replay import RereadReport

Time = Annotated[str | None, typer.Option(metavar="TIME", help="ISO 8601 with its zone: 2024-03-02T21:43:00Z.")]


MOST_SPEED = 1e6  # half a year in a minute: faster, and the virtual clock soon runs out of years

app = typer.Typer(invoke_without_command=True)


@app.callback()
def replay_command(
    context: typer.Context,
    *,
    since: Time = None,
    until: Time = None,
    source: Annotated[str | None, typer.Option(metavar="ID", help="Only captures of this source.")] = None,
    dry_run: Annotated[bool, typer.Option(help="Write nothing: say what would change.")] = False,
    only_stale: Annotated[bool, typer.Option(help="Leave out what today's readers have read already.")] = False,
) -> None:
    """Read stored captures again, without a network; say which rows changed and which version had made them."""
    if context.invoked_subcommand is not None:
        return
    from pathlib import Path

    from dateline.cli.captures import moment
    from dateline.cli.progress import shown_progress
    from dateline.cli.warehouse import opened
    from dateline.errors import ArchiveError
    from dateline.ingest.loading import CORRUPT
    from dateline.replay import reread
    from dateline.settings import load_settings
    from dateline.source import load_sources

    settings = load_settings()
    sources = {one.source_id: one for one in load_sources(Path(settings.sources))}
    with opened(settings) as (engine, archive), shown_progress() as progress:
        report = reread(
            engine,
            archive,
            since=moment(since),
            until=moment(until),
            source=source,
            sources=sources,
            dry_run=dry_run,
            only_stale=only_stale,
            progress=progress,
        )
    _show(report, dry_run=dry_run)
    lost = sum(one.reason == CORRUPT for one in report.failures)
    if lost:
        raise ArchiveError(
            f"{lost:,} captures are lost or torn; their rows stay as they are. See: dateline archive verify"
        )


@app.command()
def serve(
    *,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="TIME", help="The instant to start at; the first capture unless said."),
    ] = None,
    at: Annotated[str | None, typer.Option(metavar="TIME", help="Stand still at this instant.")] = None,
    speed: Annotated[float, typer.Option(min=0, max=MOST_SPEED, help="Times faster than life.")] = 1,
    host: Annotated[
        str, typer.Option(help="Where to listen, ::1 too; other machines reach it only if you say so.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0 takes a free one.")] = 8780,
) -> None:
    """Serve archived captures over HTTP as they were at a virtual instant, for any crawler, until Ctrl-C.

    Lead a crawler to it as its HTTP proxy, by the original host in the Host header, or with the original address
    behind the first slash: http://127.0.0.1:8780/https://news.example/live. Without an address it says what there is.
    """
    import contextlib

    from dateline.cli.captures import moment
    from dateline.cli.warehouse import opened
    from dateline.errors import ReplayError
    from dateline.replay.past_web import PastWeb
    from dateline.replay.server import ReplayServer, VirtualClock
    from dateline.settings import load_settings

    with opened(load_settings()) as (engine, archive):
        web = PastWeb(engine, archive)
        begin = moment(at or start) or web.opens_at
        if begin is None:
            raise ReplayError("the archive holds no dated capture, so there is no past to serve. See: dateline ingest")
        clock = VirtualClock(start=begin, speed=0 if at else speed)
        try:
            server = ReplayServer(web, clock, host=host, port=port)
        except OSError as error:
            raise ReplayError(f"cannot listen on {host}, port {port}: {error.strerror}. Say another --port.") from error
        typer.echo(f"http://{server.own} serves {len(web.addresses):,} addresses as of {begin}, at {clock.speed:g}×.")
        with server, contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()


def _show(report: "RereadReport", *, dry_run: bool) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dateline.cli.results import failures_table

    console = Console()
    read_by = ", ".join(f"{count:,} by version {version}" for version, count in sorted(report.by_version.items()))
    console.print(f"{report.snapshots:,} snapshots read again{f' (before: {read_by})' if read_by else ''}.")
    if report.failures:
        console.print(failures_table(report.failures))
    changed = {name: one for name, one in sorted(report.load.changes.tables.items()) if one}
    if not changed:
        console.print("Nothing changed.")
        return
    table = Table("table", "added", "changed", "removed", "for example")
    for name, one in changed.items():
        table.add_row(name, f"{one.added:,}", f"{one.changed:,}", f"{one.removed:,}", Text("\n".join(one.samples[:2])))
    console.print(table)
    if dry_run:
        console.print("A dry run: nothing was written.")
