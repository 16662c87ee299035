"""``dateline sources``: look after the declared sources."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Look after the declared sources.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep ``check`` a command of its own, however many others there are."""


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="A folder of TOML files; by default ours.")] = None,
) -> None:
    """Read every source file; say what is wrong with each bad one, and exit 1 if there is any."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dateline.errors import SourceError
    from dateline.settings import load_settings
    from dateline.source import load_source

    folder = folder or Path(load_settings().sources)
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise SourceError(f"{folder}: no *.toml file there. Declare a source in one, or name another folder.")
    table = Table("source", "kind", "every", "address", "verdict")
    errors = 0
    for path in paths:
        try:
            one = load_source(path)
        except SourceError as error:
            errors += 1
            table.add_row(path.stem, "", "", "", Text(str(error).removeprefix(f"{path}: "), style="red"))
        else:
            table.add_row(one.source_id, one.kind, f"{one.interval} s", one.url, "ok")
    Console().print(table)
    if errors:
        raise SourceError(f"{errors} of {len(paths)} source files in {folder} are wrong; the table says why.")


@app.command()
def why(source_id: Annotated[str, typer.Argument(help="The source: the name of its file.")]) -> None:
    """Say when a source is asked next and why then, what it has led to, and what its publisher refuses."""
    import pendulum

    from dateline.cli import printable
    from dateline.cli.warehouse import opened
    from dateline.ingest.explaining import explained
    from dateline.settings import load_settings
    from dateline.source import load_sources

    settings = load_settings()
    with opened(settings) as (engine, _):
        lines = explained(engine, load_sources(Path(settings.sources)), source_id, pendulum.now("UTC"))
    for line in lines:
        typer.echo(printable(line))
