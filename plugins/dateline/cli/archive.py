"""``dateline archive``: look after the archive."""

import typer

app = typer.Typer(help="Look after the archive.", no_args_is_help=True)


@app.command()
def verify() -> None:
    """Read every record and every file and compare all digests; exit 1 if one is missing, torn or changed."""
    from dateline.archive import Archive
    from dateline.cli import printable
    from dateline.errors import ArchiveError
    from dateline.ingest.archive_care import prove
    from dateline.settings import load_settings
    from dateline.warehouse.engine import open_warehouse

    settings = load_settings()
    engine = open_warehouse(settings.warehouse)
    proof = prove(engine, Archive(settings.archive))
    engine.dispose()
    for fault in proof.faults:
        typer.echo(printable(f"{fault.path}: {fault.why}"), err=True)
    for path in proof.unknown_files:
        typer.echo(f"{path}: in no row of the ledger. The next ingest finds it.", err=True)
    if proof.faults:
        raise ArchiveError(f"{len(proof.faults)} faults in {proof.records:,} records and {proof.files:,} files.")
    typer.echo(f"{proof.records:,} records in {proof.files:,} files are what was written.")


@app.command()
def compact() -> None:
    """Join small files into larger ones; no record changes, and old places still read."""
    from dateline.archive import Archive
    from dateline.ingest.archive_care import compact as join
    from dateline.settings import load_settings
    from dateline.warehouse.engine import open_warehouse

    settings = load_settings()
    engine = open_warehouse(settings.warehouse)
    archive = Archive(settings.archive)
    joined = join(engine, archive)
    engine.dispose()
    typer.echo(f"{joined:,} files joined; {len(archive.files()):,} are left.")
