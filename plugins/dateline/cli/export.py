"""``dateline export``: views as files for DuckDB, data frames and spreadsheets."""

from typing import Annotated

import typer


def export_command(
    to: Annotated[str, typer.Argument(metavar="FOLDER", help="Where to: a folder or any fsspec address.")],
    views: Annotated[
        list[str] | None, typer.Argument(metavar="VIEW…", help="Which views; without any, the usual ones.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="parquet, csv or ndjson.")] = "parquet",
) -> None:
    """Write views to files, each with a manifest; what was there before stays until the new is whole."""
    from dateline.cli.warehouse import opened
    from dateline.errors import WarehouseError
    from dateline.exports.export import EXPORTED, Form, export
    from dateline.settings import load_settings

    if form not in set(Form):
        raise WarehouseError(f"--format {form}: write {', '.join(Form)}.")
    with opened(load_settings()) as (engine, _):
        for one in export(engine, to, views=views or EXPORTED, form=Form(form)):
            typer.echo(f"{one.view}: {one.rows:,} rows in {len(one.files)} files")
