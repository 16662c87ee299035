"""The command line: the same core that the DAGs run, without Airflow."""

import sys

import typer

from dateline.cli import (
    archive,
    compare,
    erase,
    export,
    grant,
    ingest,
    judge,
    match,
    migrate,
    play,
    query,
    read,
    replay,
    sources,
)
from dateline.errors import DatelineError

app = typer.Typer(
    name="dateline",
    help="Follow live coverage, keep its whole history, play it back.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command(name="read")(read.read_command)
app.command(name="ingest")(ingest.ingest_command)
app.command(name="migrate")(migrate.migrate_command)
app.command(name="match")(match.match_command)
app.command(name="judge")(judge.judge_command)
app.command(name="query")(query.query_command)
app.command(name="erase")(erase.erase_command)
app.command(name="export")(export.export_command)
app.command(name="grant")(grant.grant_command)
app.command(name="play")(play.play_command)
app.command(name="compare")(compare.compare_command)
app.add_typer(replay.app, name="replay")
app.add_typer(sources.app, name="sources")
app.add_typer(archive.app, name="archive")


def main() -> None:
    """Run a command; an error of ours becomes one line on standard error and exit status 1."""
    try:
        app()
    except DatelineError as error:
        sys.stderr.write(f"dateline: {printable(str(error))}\n")
        sys.exit(1)


def printable(text: str) -> str:
    """Take the teeth out of text from a page: no control character reaches the terminal.

    >>> printable("a" + chr(27) + "[31mb")
    'a�[31mb'
    """
    return "".join(one if one.isprintable() or one == "\n" else "�" for one in text)
