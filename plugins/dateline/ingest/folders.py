"""Drop folders: sources that nobody asks, on a disk or at any address that fsspec knows.

What lies there is taken in when the listing has changed; where a file could not be read, an hour later once more. A
folder that cannot be listed is said, and stops no other.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pendulum import DateTime
from sqlalchemy import Engine

from dateline.archive import Archive
from dateline.errors import ArchiveError
from dateline.fetch.conditional import Validators
from dateline.fetch.instants import seconds_between
from dateline.fetch.state import SourceState
from dateline.ingest.drops import File, files_at
from dateline.ingest.files import keep_files
from dateline.ingest.keeping import Clock
from dateline.ingest.remote_files import RemoteFile, is_remote, remote_files
from dateline.ingest.report import Failure, IngestReport, OnProgress
from dateline.ingest.schedule import change_states
from dateline.model import digest_of
from dateline.source import Source
from dateline.warehouse.engine import write_in

_AGAIN_SECONDS = 3600.0


def may_bring(source: Source, state: SourceState, now: DateTime) -> bool:
    """Say whether it is worth a task to look through a drop folder: its listing has changed, or it is not there.

    A store at an address is not asked twice: it always may.
    """
    if is_remote(source.url or ""):
        return True
    try:
        files = _files_in(source.url or "")
        is_new = files is None or _listing(files) != state.validators.body_digest
    except OSError:  # somebody is at work in it
        return True
    return is_new or _is_worth_another_look(state, now)


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
    try:
        files = _files_in(source.url or "")
    except ArchiveError as error:
        return _nothing(source, "unreachable_folder", str(error))
    if files is None:
        return _nothing(source, "no_folder", f"nothing is at {source.url}. Make the folder, or switch the source off.")
    listing = _listing(files)
    if listing == state.validators.body_digest and not _is_worth_another_look(state, clock()):
        return IngestReport(), []
    report, new = keep_files(
        [source.url or ""],
        engine=engine,
        archive=archive,
        source=source,
        sources=sources,
        clock=clock,
        progress=progress,
    )
    now, named = clock(), {source.source_id: source}
    failures = len(report.failures)
    write_in(
        engine,
        lambda connection: change_states(connection, named, lambda _, one: _seen(one, listing, failures, now), now),
    )
    return report, list(new)


def _seen(state: SourceState, listing: str, failures: int, now: DateTime) -> SourceState:
    known = Validators(body_digest=listing)
    return replace(state, polls=state.polls + 1, polled_at=now, validators=known, failures=float(failures))


def _is_worth_another_look(state: SourceState, now: DateTime) -> bool:
    """Say whether what could not be read may be readable by now: a store may have been out of reach."""
    if not state.failures or state.polled_at is None:
        return False
    return seconds_between(state.polled_at, now) >= _AGAIN_SECONDS


def _nothing(source: Source, reason: str, why: str) -> tuple[IngestReport, list[str]]:
    failure = Failure(name=source.source_id, reason=reason, why=f"{source.source_id}: {why}")
    return IngestReport(failures=[failure]), []


def _files_in(folder: str) -> list[File] | None:
    if is_remote(folder):
        return remote_files(folder)  # type: ignore[return-value] # a list of one kind is a list of both
    return files_at([folder]) if Path(folder).exists() else None


def _listing(files: Iterable[File]) -> str:
    return digest_of("listing", *map(_version, files))


def _version(file: File) -> str:
    """Name a file with its size and times: the same name, nothing new."""
    if isinstance(file, RemoteFile):
        return f"{file} {file.version}"
    facts = file.stat()
    return f"{file.resolve()} {facts.st_size} {facts.st_mtime_ns}"
