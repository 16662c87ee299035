"""Drop folders: sources without an address. What lies there is taken in when the listing has changed."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pendulum import DateTime
from sqlalchemy import Engine

from dateline.archive import Archive
from dateline.fetch.conditional import Validators
from dateline.fetch.state import SourceState
from dateline.ingest.drops import paths_at
from dateline.ingest.files import keep_files
from dateline.ingest.keeping import Clock
from dateline.ingest.report import Failure, IngestReport, OnProgress
from dateline.ingest.schedule import change_states
from dateline.model import digest_of
from dateline.source import Source
from dateline.warehouse.engine import write_in


def look_through(
    source: Source,
    state: SourceState,
    *,
    engine: Engine,
    archive: Archive,
    sources: Iterable[Source],
    clock: Clock,
    progress: OnProgress,
) -> tuple[IngestReport, list[str]]:
    """Keep what is new in a drop folder; return what was found and the ids of the new snapshots."""
    folder = Path(source.url or "")
    if not folder.exists():
        why = f"{source.source_id}: nothing is at {folder}. Make the folder, or switch the source off."
        return IngestReport(failures=[Failure(name=source.source_id, reason="no_folder", why=why)]), []
    listing = _listing(paths_at([folder]))
    if listing == state.validators.body_digest:
        return IngestReport(), []
    report, new = keep_files(
        [folder], engine=engine, archive=archive, source=source, sources=sources, clock=clock, progress=progress
    )
    now, named = clock(), {source.source_id: source}
    write_in(engine, lambda connection: change_states(connection, named, lambda _, one: _seen(one, listing, now), now))
    return report, list(new)


def _seen(state: SourceState, listing: str, now: DateTime) -> SourceState:
    return replace(state, polls=state.polls + 1, polled_at=now, validators=Validators(body_digest=listing))


def _listing(paths: Iterable[Path]) -> str:
    """Name a folder's files with their sizes and times: the same name, nothing new."""
    lines = []
    for path in paths:
        facts = path.stat()
        lines.append(f"{path.resolve()} {facts.st_size} {facts.st_mtime_ns}")
    return digest_of("listing", *lines)
