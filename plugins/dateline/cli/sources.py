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
    from dateline.masking import masked
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
            table.add_row(Text(path.stem), "", "", "", Text(str(error).removeprefix(f"{path}: "), style="red"))
        else:
            table.add_row(Text(one.source_id), one.kind, f"{one.interval} s", Text(masked(one.url or "")), "ok")
    Console().print(table)
    if errors:
        raise SourceError(f"{errors} of {len(paths)} source files in {folder} are wrong; the table says why.")


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="The address to watch.")],
    folder: Annotated[Path | None, typer.Option(help="Where to write the file; by default among ours.")] = None,
    allow_private: Annotated[bool, typer.Option(help="Let it lead to an address of a private network.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the file; write nothing.")] = False,
) -> None:
    """Look at an address, politely, recognise what it is, and write its source file."""
    import pendulum

    from dateline.cli import printable
    from dateline.cli.warehouse import opened
    from dateline.fetch import Manners
    from dateline.ingest.introducing import introduce, write_source
    from dateline.settings import load_settings
    from dateline.source import load_sources

    settings = load_settings()
    folder = folder or Path(settings.sources)
    with opened(settings) as (engine, _):
        proposal = introduce(
            engine,
            url,
            contact=settings.contact,
            taken=load_sources(folder),
            now=pendulum.now("UTC"),
            allow_private=allow_private,
            manners=Manners(refuse_opted_out=settings.refuse_opted_out, records_opt_outs=True),
        )
    typer.echo(printable(f"Found a {proposal.seen}."))
    if proposal.hub:
        used = "" if settings.websub_callback else " where the setting websub_callback names our address"
        typer.echo(printable(f"It offers a hub, {proposal.hub}: its news come at once{used}."))
    for one in proposal.opt_outs:
        typer.echo(printable(f"Its publisher refuses AI training or data mining: {one}"))
    typer.echo(f"\n{proposal.text}")
    if dry_run:
        typer.echo("A dry run: nothing was written.")
        return
    path = write_source(proposal, folder)
    typer.echo(f"Written to {path}. The next ingest asks it. To undo: rm {path}")


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


@app.command()
def move(
    source_id: Annotated[str, typer.Argument(help="The source: the name of its file.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask back.")] = False,
) -> None:
    """Ask a source where its permanent redirect leads from now on: a person's word, for another publisher's address."""
    import pendulum

    from dateline.cli import printable
    from dateline.cli.warehouse import opened
    from dateline.ingest.explaining import explained
    from dateline.ingest.moving import accept_move
    from dateline.masking import masked
    from dateline.settings import load_settings
    from dateline.source import load_sources

    settings = load_settings()
    sources, now = load_sources(Path(settings.sources)), pendulum.now("UTC")
    with opened(settings) as (engine, _):
        for line in explained(engine, sources, source_id, now):
            typer.echo(printable(line))
        if not yes:
            typer.confirm("Ask it there from now on?", abort=True)
        to = accept_move(engine, sources, source_id, now)
    typer.echo(
        printable(f"{source_id} is asked at {masked(to)} from now on. Put that into its file to make it lasting.")
    )
