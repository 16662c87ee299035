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
    """Run a command; an error of ours, or of a disk or a folder, becomes one line and exit status 1."""
    try:
        app()
    except DatelineError as error:
        words = str(error)
    except OSError as error:  # the system names the file
        words = f"{error}. Mend the place or name another, then run again."
    else:
        return
    sys.stderr.write(f"dateline: {printable(words)}\n")
    sys.exit(1)


def printable(text: str) -> str:
    """Take the teeth out of text from a page: no control character reaches the terminal, and any space is a space.

    Joiners stay, which Persian and emoji are written with; marks that are not seen anyway go.

    >>> printable("a" + chr(27) + "[31mb"), printable("10\u00a0000\u202fm")
    ('a�[31mb', '10 000 m')
    """
    return "".join(map(_shown, text.translate(_UNSEEN)))


_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))  # the soft hyphen, and marks of no width


def _shown(one: str) -> str:
    if one.isprintable() or one in "\n\u200c\u200d":
        return one
    return " " if one.isspace() else "�"
