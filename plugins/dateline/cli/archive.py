"""``dateline archive``: look after the archive."""

import typer

app = typer.Typer(help="Look after the archive.", no_args_is_help=True)


@app.command()
def verify() -> None:
    """Read every record and every file and compare all digests; exit 1 if one is missing, torn or changed."""
    from dateline.cli import printable
    from dateline.cli.warehouse import opened
    from dateline.errors import ArchiveError
    from dateline.ingest.archive_care import prove
    from dateline.settings import load_settings

    with opened(load_settings()) as (engine, archive):
        proof = prove(engine, archive)
    for fault in proof.faults:
        typer.echo(printable(f"{fault.path}: {fault.why}"), err=True)
    for path in proof.unknown_files:
        typer.echo(
            f"{path}: in no row of the ledger. The nightly care takes it in, or: dateline archive compact",
            err=True,
        )
    if proof.faults:
        raise ArchiveError(f"{len(proof.faults)} faults in {proof.records:,} records and {proof.files:,} files.")
    typer.echo(f"{proof.records:,} records in {proof.files:,} files are what was written.")


@app.command()
def compact() -> None:
    """Take in files that a writer left without a row, then join small files; old places of records still read."""
    from pathlib import Path

    import pendulum

    from dateline.archive import Fault
    from dateline.cli import printable
    from dateline.cli.warehouse import opened
    from dateline.ingest.archive_care import compact as join
    from dateline.ingest.keeping import find_lost
    from dateline.settings import load_settings
    from dateline.source import load_sources

    settings = load_settings()
    torn: list[Fault] = []
    with opened(settings) as (engine, archive):
        found = find_lost(engine, archive, load_sources(Path(settings.sources)), pendulum.now, torn.append)
        for one in torn:
            typer.echo(printable(f"{one.path}: torn: {one.why}. What stands before the tear was taken in."), err=True)
        if found:
            typer.echo(f"{len(found):,} captures without a row were taken in; the next ingest loads them.")
        joined = join(engine, archive)
        typer.echo(f"{joined:,} files joined; {len(archive.files()):,} are left.")
