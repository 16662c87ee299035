"""``dateline migrate``: bring the warehouse up to this code's version."""

import typer


def migrate_command() -> None:
    """Bring the warehouse up to this code's version; make it where there is none."""
    from dateline.settings import load_settings
    from dateline.warehouse.engine import open_warehouse
    from dateline.warehouse.migrate import migrate
    from dateline.warehouse.views import publish_views

    engine = open_warehouse(load_settings().warehouse)
    try:
        version = migrate(engine)
        publish_views(engine)
    finally:
        engine.dispose()
    typer.echo(f"{engine.url.render_as_string(hide_password=True)} is at version {version}.")
