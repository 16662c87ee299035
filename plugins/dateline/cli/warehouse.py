"""The warehouse and the archive as the commands open them: made where there is none yet."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import stamina.instrumentation
from sqlalchemy import Engine

from dateline.archive import Archive
from dateline.settings import Settings
from dateline.warehouse.engine import open_warehouse, reading_from
from dateline.warehouse.migrate import migrate, require_current, version_of
from dateline.warehouse.views import publish_views


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Engine, Archive]]:
    """Open the warehouse and the archive; make an empty database a warehouse first.

    Raises :class:`~dateline.errors.WarehouseError` where it is of another version than this code.
    """
    stamina.instrumentation.set_on_retry_hooks([_tell_of_retry])
    engine = open_warehouse(settings.warehouse)
    try:
        with reading_from(engine) as connection:
            is_new = version_of(connection) is None
        if is_new:
            migrate(engine)
            publish_views(engine)
        require_current(engine)
        yield engine, Archive(settings.archive)
    finally:
        engine.dispose()


def _tell_of_retry(details: stamina.instrumentation.RetryDetails) -> None:
    """Say in one line what is tried again: by default the whole call is logged, an event's text among it."""
    from dateline.cli import printable
    from dateline.masking import masked

    sys.stderr.write(printable(masked(f"{details.caused_by}; trying again in {details.wait_for:.1f} s")) + "\n")
