"""``dateline replay``: re-read the archive with today's code and rewrite exactly what changed."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dateline.replay import RereadReport

Time = Annotated[str | None, typer.Option(metavar="TIME", help="ISO 8601 with its zone: 2024-03-02T21:43:00Z.")]


def replay_command(
    since: Time = None,
    until: Time = None,
    source: Annotated[str | None, typer.Option(metavar="ID", help="Only captures of this source.")] = None,
    dry_run: Annotated[bool, typer.Option(help="Write nothing: say what would change.")] = False,
    only_stale: Annotated[bool, typer.Option(help="Leave out what today's readers have read already.")] = False,
) -> None:
    """Read stored captures again, without a network; say which rows changed and which version had made them."""
    from pathlib import Path

    from dateline.cli.captures import moment
    from dateline.cli.progress import shown_progress
    from dateline.cli.warehouse import opened
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


def _show(report: "RereadReport", *, dry_run: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    read_by = ", ".join(f"{count:,} by version {version}" for version, count in sorted(report.by_version.items()))
    console.print(f"{report.snapshots:,} snapshots read again{f' (before: {read_by})' if read_by else ''}.")
    changed = {name: one for name, one in sorted(report.load.changes.tables.items()) if one}
    if not changed:
        console.print("Nothing changed.")
        return
    table = Table("table", "added", "changed", "removed", "for example")
    for name, one in changed.items():
        table.add_row(name, f"{one.added:,}", f"{one.changed:,}", f"{one.removed:,}", "\n".join(one.samples[:2]))
    console.print(table)
    if dry_run:
        console.print("A dry run: nothing was written.")
