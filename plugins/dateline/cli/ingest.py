"""``dateline ingest``: archive and load captures from files, folders and globs."""

from typing import TYPE_CHECKING, Annotated

import typer

from dateline.errors import ExtractError

if TYPE_CHECKING:
    from dateline.ingest.report import IngestReport


def ingest_command(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, globs; WARC too.")],
    url: Annotated[str | None, typer.Option(help="The address that a plain file was captured from.")] = None,
    captured_at: Annotated[
        str | None, typer.Option(metavar="TIME", help="When plain files were captured: 2024-03-02T21:43:00Z.")
    ] = None,
) -> None:
    """Archive and load captures; one bad file never stops the rest, and each is named with its reason."""
    from pathlib import Path

    from dateline.cli.captures import moment
    from dateline.cli.progress import shown_progress
    from dateline.cli.warehouse import opened
    from dateline.ingest import ingest_files
    from dateline.settings import load_settings
    from dateline.source import load_sources

    settings = load_settings()
    with opened(settings) as (engine, archive), shown_progress() as progress:
        report = ingest_files(
            paths,
            engine=engine,
            archive=archive,
            sources=load_sources(Path(settings.sources)),
            url=url,
            captured_at=moment(captured_at),
            progress=progress,
        )
    show(report)
    if not report.found:
        raise ExtractError(f"nothing is at {', '.join(paths)}. Name files, folders or globs that exist.")
    if not report.loaded and report.failures:
        raise ExtractError("nothing could be read; the table says why.")


def show(report: "IngestReport") -> None:
    """Print the counts of an ingest as one row, and what failed as another table."""
    from rich.console import Console
    from rich.table import Table

    from dateline.cli.results import failures_table

    console = Console()
    table = Table(*report.counts)
    table.add_row(*(f"{count:,}" for count in report.counts.values()))
    console.print(table)
    if report.failures:
        console.print(failures_table(report.failures))
