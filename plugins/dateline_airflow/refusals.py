"""What was refused of the files or the address that a person named."""

from collections.abc import Mapping

from rich.console import Console
from sqlalchemy import Engine

from dateline.errors import WarehouseError
from dateline.ingest.drops import captures_in
from dateline.settings import Settings
from dateline.warehouse.engine import open_warehouse
from dateline.warehouse.ledger import snapshot_id_of
from dateline.warehouse.query import Cell, query
from dateline_airflow.coverage import Coverage
from dateline_airflow.terminal import printable

MOST = 10


def require_something(console: Console, settings: Settings, coverage: Coverage) -> None:
    """Print what was refused of the coverage. Raises :class:`WarehouseError` where nothing of it was read."""
    engine = open_warehouse(settings.warehouse)
    refused = [one for one in _of_source(engine, "rejects", coverage) if one["refused_what"] == "snapshot"]
    names = _names(coverage) if refused else {}
    for one in refused[:MOST]:
        name = names.get(str(one["snapshot_id"])) or one["url"] or one["snapshot_id"]
        line = printable(f"Refused {name}: {one['reason']}: {one['why']}")
        console.print(line, style="yellow", markup=False, soft_wrap=True)
    if len(refused) > MOST:
        console.print(f"... and {len(refused) - MOST} more: dateline query what_was_refused", style="yellow")
    if not any(_read(one) for one in _of_source(engine, "source_health", coverage)):
        raise WarehouseError("Nothing of it could be read, see above. Check the name, and that it is a page or a feed.")


def _of_source(engine: Engine, view: str, coverage: Coverage) -> list[dict[str, Cell]]:
    rows = query(engine, f"select * from {view}").as_dicts()  # noqa: S608 - the names of our own views
    return [one for one in rows if one["source_id"] == coverage.source_id]


def _read(health: Mapping[str, Cell]) -> int:
    stored, *others = (int(health[name] or 0) for name in ("snapshots", "waiting", "quarantined"))
    return stored - sum(others)


def _names(coverage: Coverage) -> Mapping[str, str]:
    """Name each snapshot after the file that it came from: the ledger knows bytes, people know files."""
    return {
        snapshot_id_of(one.snapshot, coverage.source_id or ""): one.name
        for path in coverage.paths
        for one in captures_in(path)
        if one.snapshot is not None
    }
