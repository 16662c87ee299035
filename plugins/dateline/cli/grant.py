"""``dateline grant``: let a role of PostgreSQL read the warehouse, and nothing else."""

from typing import Annotated

import typer


def grant_command(
    role: Annotated[str, typer.Argument(metavar="ROLE", help="A role that exists: create role analyst login …")],
    only_views: Annotated[
        bool, typer.Option("--only-views", help="The views alone; named questions that read tables fail then.")
    ] = False,
) -> None:
    """Let a PostgreSQL role read the views and the star; what it had here before is taken back."""
    from dateline.cli.warehouse import opened
    from dateline.settings import load_settings
    from dateline.warehouse.grants import grant_reading

    with opened(load_settings()) as (engine, _):
        names = grant_reading(engine, role, only_views=only_views)
    typer.echo(f"{role} reads {len(names)} views and tables, and writes none.")
