"""Ingesting files: find captures, keep them, load them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pendulum
from pendulum import DateTime
from sqlalchemy import Engine

from dateline.archive import Archive
from dateline.ingest.drops import Dropped, File, captures_in, files_at
from dateline.ingest.keeping import Clock, Found, keep
from dateline.ingest.loading import load_snapshots
from dateline.ingest.report import Failure, IngestReport, OnProgress, Progress, say_nothing
from dateline.source import ANY_SOURCE, Source
from dateline.warehouse.erasure_choice import ERASED
from dateline.warehouse.migrate import require_current

AT_ONCE = 200
BYTES_AT_ONCE = 64 * 1024 * 1024


def ingest_files(
    paths: Iterable[str | Path],
    *,
    engine: Engine,
    archive: Archive,
    source: Source = ANY_SOURCE,
    sources: Iterable[Source] = (),
    url: str | None = None,
    captured_at: DateTime | None = None,
    clock: Clock = pendulum.now,
    progress: OnProgress = say_nothing,
) -> IngestReport:
    """Archive and load what files, folders and globs hold; ``.gz`` and ``.xz`` are unpacked, WARC files opened.

    Each may be on a disk or at any address that fsspec knows (``s3://bucket/captures``).
    A capture whose address one of ``sources`` declares counts as that source's, any other as ``source``'s.
    ``url`` and ``captured_at`` say what a plain file cannot. One bad file never stops the rest.
    """
    require_current(engine)
    known = [source, *sources]
    report, new = keep_files(
        paths,
        engine=engine,
        archive=archive,
        source=source,
        sources=known,
        url=url,
        captured_at=captured_at,
        clock=clock,
        progress=progress,
    )
    by_id = {one.source_id: one for one in known}
    loaded = load_snapshots(engine, archive, list(new), sources=by_id, clock=clock, progress=progress)
    loaded.failures = [replace(one, name=new.get(one.snapshot_id or "", one.name)) for one in loaded.failures]
    report.add(loaded)
    return report


def keep_files(
    paths: Iterable[str | Path],
    *,
    engine: Engine,
    archive: Archive,
    source: Source,
    sources: Iterable[Source],
    url: str | None = None,
    captured_at: DateTime | None = None,
    clock: Clock = pendulum.now,
    progress: OnProgress = say_nothing,
) -> tuple[IngestReport, dict[str, str]]:
    """Archive what files hold and enter it as *stored*.

    Return what was found, and the ids of the new snapshots with the file that each came from: people know files.
    """
    report = IngestReport()
    by_url = {one.url: one.source_id for one in sources if one.url}
    new: dict[str, str] = {}
    files = files_at(paths)
    for number, path in enumerate(files):
        for portion in _portions(captures_in(path, url=url, captured_at=captured_at)):
            found = _found(portion, report, by_url, source)
            stored = keep(
                engine,
                archive,
                found,
                name=f"files/{source.source_id}",
                clock=clock,
                on_erased=partial(_refuse, report, path),
            )
            report.stored += len(stored)
            new |= dict.fromkeys(stored, str(path))
        progress(Progress(step="store", done=number + 1, total=len(files), name=str(path)))
    return report, new


def _found(portion: Iterable[Dropped], report: IngestReport, by_url: dict[str, str], source: Source) -> list[Found]:
    found = []
    for one in portion:
        report.found += 1
        if one.snapshot is None:
            report.failures.append(Failure(name=one.name, reason="unreadable_file", why=one.why or ""))
            continue
        source_id = by_url.get(one.snapshot.url or "", source.source_id)
        found.append(Found(source_id=source_id, snapshot=one.snapshot))
    return found


def _refuse(report: IngestReport, path: File, _one: Found, why: str) -> None:
    why = f"{why}. To allow it again: dateline erase --lift ID"
    report.failures.append(Failure(name=str(path), reason=ERASED, why=why))


def _portions(captures: Iterator[Dropped]) -> Iterator[list[Dropped]]:
    """Cut a stream of captures into portions that fit into memory and one archive file each."""
    portion: list[Dropped] = []
    size = 0
    for one in captures:
        portion.append(one)
        size += len(one.snapshot.body) if one.snapshot else 0
        if len(portion) >= AT_ONCE or size >= BYTES_AT_ONCE:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion
