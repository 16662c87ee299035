"""The archive itself: files of records below one root, on a disk or in a bucket."""

import hashlib
import io
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, cast

import pendulum
from fsspec.implementations.local import LocalFileSystem
from pendulum import DateTime

from dateline.archive.batch import Batch
from dateline.archive.compaction import Merge, merged_name, moves_of
from dateline.archive.durable import put, sweep
from dateline.archive.erasing import Kept, files_to_write, with_bodies
from dateline.archive.inheriting import inherited
from dateline.archive.location import SUFFIX, Location, checked_path, digest_in, path_for
from dateline.archive.member import unpack, walk
from dateline.archive.moves import MOVES, Move, note_of, read_note
from dateline.archive.record import CAPTURES, Capture, Record, Reference, parse
from dateline.archive.rewriting import rewrite
from dateline.archive.store import asking, open_store
from dateline.errors import ArchiveError
from dateline.model import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a record, or with a whole file (then ``location`` is None)."""

    path: str
    location: Location | None
    why: str


class Archive:
    """WARC files below ``url``: a local path, or any address that fsspec knows (``memory://``, ``s3://bucket/…``).

    A file is written once, whole, and never changed. ``clock`` gives the time of archiving, for captures
    whose own time nobody recorded. Further keywords go to fsspec (an endpoint, keys). Every method that reads
    or writes raises :class:`StoreError` where the store does not answer: no record counts as lost then.
    """

    def __init__(self, url: str, *, clock: Callable[[], DateTime] = pendulum.now, **options: Any) -> None:
        """Open an archive; nothing is read or created yet."""
        self._store, root = open_store(url, **options)
        self._root = root.rstrip("/")
        self._clock = clock
        self._moves: dict[str, Move] = {}

    def write(self, captures: Iterable[Snapshot | Capture], name: str) -> list[Location]:
        """Write captures as one file, whole or not at all; return their locations in the same order.

        ``name`` (``"2026/11/24/shard-3"``) is checked, and the file's own digest added to it: the same
        captures written twice are one file. A body that another record of the call already holds, or
        that ``Capture.original`` holds, is written as a revisit record. Raises :class:`ArchiveError`.
        """
        batch = Batch(self._clock())
        for one in captures:
            capture = one if isinstance(one, Capture) else Capture(snapshot=one)
            batch.add(capture, self._reference(capture))
        path, content, locations = batch.close(name)
        if locations:
            put(self._store, self._full(path), content)
        return locations

    def read(self, location: Location) -> Snapshot:
        """Read one record back, equal to the snapshot that was written.

        Length and SHA-256 of the stored bytes are checked first; a revisit gets its body from its
        original, checked the same way. Raises :class:`ArchiveError` for anything missing, torn or changed.
        """
        record, here = self._record(location)
        return self._whole(record, here)

    def verify(self, locations: Iterable[Location]) -> list[Fault]:
        """Read every record given and return what is wrong, nothing if all is well."""
        faults = []
        for location in sorted(locations):
            try:
                self.read(location)
            except ArchiveError as error:
                faults.append(Fault(path=location.path, location=location, why=str(error)))
        return faults

    def verify_file(self, path: str) -> Fault | None:
        """Check a whole file against the digest in its name: needs no index, and finds records cut off the end."""
        try:
            content = self._bytes(checked_path(path))
        except ArchiveError as error:
            return Fault(path=path, location=None, why=str(error))
        found = hashlib.sha256(content).hexdigest()[:16]
        if found == digest_in(path):
            return None
        return Fault(path=path, location=None, why=f"its bytes have the digest {found}…, not the one in its name")

    def files(self) -> dict[str, int]:
        """Return every archive file and its size in bytes, by path; a file already joined to another is left out."""
        self._load_moves()
        found = self._find(self._root)
        paths = {self._relative(full): int(one["size"]) for full, one in found.items() if full.endswith(SUFFIX)}
        return {path: paths[path] for path in sorted(paths) if path not in self._moves}

    def files_of(self, paths: Iterable[str]) -> set[str]:
        """Return the files that now hold what was written to these: themselves, or those they were joined to."""
        self._load_moves()
        found = set()
        for path in paths:
            now: str | None = path
            while now in self._moves:
                now = self._moves[now].into
            found |= {now} if now else set()
        return found

    def where(self, location: Location) -> Location | None:
        """Return where a record stands now, whatever has been joined or rewritten since; None if it was erased."""
        self._load_moves()
        return self._now(location)

    def records(self, path: str) -> Iterator[tuple[Location, Snapshot]]:
        """Yield the captures of one file in order, for a rebuild without an index.

        Raises :class:`ArchiveError` at the first record that is not whole; the ones before it are sound.
        """
        content = self._bytes(checked_path(path))
        for member in walk(io.BytesIO(content)):
            record = parse(member.content)
            if record.kind in CAPTURES:
                here = Location(path=path, offset=member.offset, length=member.length, sha256=member.sha256)
                yield here, self._whole(record, here)

    def compact(self, merges: Iterable[Merge]) -> list[Move]:
        """Join files as planned by :func:`~dateline.archive.compaction.plan_merges`; return what moved where.

        Each file is checked against its digest first. Joined file, then note, then removal: a crash
        between them leaves everything readable, and the next run ends the work.
        """
        moved: list[Move] = []
        for merge in merges:
            moved.extend(self._join(merge))
        return moved

    def record_at(self, location: Location) -> Record | None:
        """Read one record without following it to its body; None where it is not in the archive any more, or torn."""
        try:
            return self._record(location)[0]
        except ArchiveError:
            return None

    def original_of(self, record: Record, here: Location) -> Location:
        """Say where the body of a record stands now: at ``here``, unless it is a revisit."""
        if record.reference is None:
            return here
        stated = record.reference.location_from(here)
        return self._now(stated, is_for_body=True) or stated

    def erase(self, gone: Iterable[Location], kept: Iterable[Kept]) -> list[Move]:
        """Write the files that hold these records again without them; return what moved where.

        ``kept`` are all records that stay and share a body with one that goes and holds it. New files, then one
        note, then removal: a crash before the note leaves all as it was, one after it leaves the new state
        whole. The same call again ends the work. Raises :class:`ArchiveError`, before anything is written,
        for a file that is torn.
        """
        self.sweep()
        places = {place for one in gone if (place := self.where(one)) and self._exists(place.path)}
        present = [replace(one, location=place) for one in kept if (place := self._now(one.location))]
        heirs = inherited(self, places, present)
        done = [rewrite(self._sound(one.path, "rewritten"), one) for one in files_to_write(places, heirs)]
        moves = with_bodies(done, heirs)
        if not moves:
            return []
        for one in done:
            if one.move.into and one.content is not None:
                put(self._store, self._full(one.move.into), one.content)
        note = note_of(moves)
        put(self._store, self._full(f"{MOVES}/{hashlib.sha256(note).hexdigest()[:16]}.json"), note)
        for move in moves:
            self._remove(move.path)
        self._moves |= {move.path: move for move in moves}
        return moves

    def sweep(self) -> list[str]:
        """Remove what crashed writers left on a local disk, and files whose records stand elsewhere by now."""
        self._load_moves()
        left = [path for path in self._moves if self._exists(path)]
        for path in left:
            into = self._moves[path].into
            if into is None or self._exists(into):
                self._remove(path)
        swept = sweep(Path(self._root)) if isinstance(self._store, LocalFileSystem) else []
        return left + [path.name for path in swept]

    def has_room(self, *, least_bytes: int = 200_000_000, least_share: float = 0.05) -> bool:
        """Say whether the disk has room to go on fetching; an object store always has."""
        if not isinstance(self._store, LocalFileSystem):
            return True
        folder = Path(self._root)
        while not folder.exists():
            folder = folder.parent
        usage = shutil.disk_usage(folder)
        return usage.free >= least_bytes and usage.free >= least_share * usage.total

    def _full(self, path: str) -> str:
        return f"{self._root}/{path}"

    def _relative(self, full: str) -> str:
        return full.removeprefix(self._root).lstrip("/")

    def _record(self, location: Location, *, is_for_body: bool = False) -> tuple[Record, Location]:
        checked_path(location.path)
        here, stored = self._stored(location, is_for_body=is_for_body)
        if len(stored) != here.length or hashlib.sha256(stored).hexdigest() != here.sha256:
            raise ArchiveError(
                f"{here.path} at byte {here.offset}: the {len(stored)} bytes there are not the "
                f"{here.length} that were written. Restore the file from a copy."
            )
        return parse(unpack(stored)), here

    def _stored(self, location: Location, *, is_for_body: bool) -> tuple[Location, bytes]:
        """Fetch a record's bytes from where it was written, or from where it has gone since."""
        here: Location | None = location
        while here is not None:
            end = here.offset + here.length
            with asking(self._store, here.path, "read"):
                try:
                    return here, cast("bytes", self._store.cat_file(self._full(here.path), start=here.offset, end=end))
                except FileNotFoundError:
                    here = self._moved(here, is_for_body=is_for_body)
        if location.path in self._moves:
            raise ArchiveError(f"{location.path} at byte {location.offset}: this record was erased")
        raise ArchiveError(f"{location.path}: no such file in the archive, and no note of where it went")

    def _moved(self, location: Location, *, is_for_body: bool = False) -> Location | None:
        if location.path not in self._moves:
            self._load_moves()
        move = self._moves.get(location.path)
        return move.applied_to(location, is_for_body=is_for_body) if move else None

    def _now(self, location: Location, *, is_for_body: bool = False) -> Location | None:
        here: Location | None = location
        while here is not None and here.path in self._moves:
            here = self._moved(here, is_for_body=is_for_body)
        return here

    def _load_moves(self) -> None:
        for note in self._find(self._full(MOVES)):
            if note.endswith(".json"):
                for move in read_note(self._bytes(self._relative(note))):
                    self._moves[move.path] = move

    def _bytes(self, path: str) -> bytes:
        with asking(self._store, path, "read"):
            return cast("bytes", self._store.cat_file(self._full(path)))

    def _find(self, folder: str) -> dict[str, Any]:
        with asking(self._store, folder, "listed"), suppress(FileNotFoundError):
            return cast("dict[str, Any]", self._store.find(folder, detail=True))
        return {}

    def _exists(self, path: str) -> bool:
        with asking(self._store, path, "looked for"):
            return bool(self._store.exists(self._full(path)))

    def _remove(self, path: str) -> None:
        with asking(self._store, path, "removed"):
            self._store.rm_file(self._full(path))

    def _whole(self, record: Record, here: Location) -> Snapshot:
        if record.reference is None:
            return record.snapshot
        original, _ = self._record(record.reference.location_from(here), is_for_body=True)
        body = original.snapshot
        if record.payload_digest not in {None, f"sha256:{body.digest}"}:
            raise ArchiveError(f"{here.path} at byte {here.offset}: its original holds another body")
        return replace(record.snapshot, body=body.body)

    def _reference(self, capture: Capture) -> Reference | None:
        """Point to the record that holds the body, after reading it: a lost original means store in full."""
        if capture.original is None:
            return None
        snapshot = capture.snapshot
        try:
            record, here = self._record(capture.original)
            if record.reference is not None:
                record, here = self._record(record.reference.location_from(here), is_for_body=True)
            location = here
        except ArchiveError:
            if snapshot.status == HTTPStatus.NOT_MODIFIED:
                raise
            return None
        if snapshot.status != HTTPStatus.NOT_MODIFIED and record.snapshot.digest != snapshot.digest:
            return None
        return Reference(
            path=location.path,
            offset=location.offset,
            length=location.length,
            sha256=location.sha256,
            url=record.target,
            date=record.date,
        )

    def _join(self, merge: Merge) -> list[Move]:
        parts = [self._sound(path, "joined") for path in merge.paths]
        content = b"".join(parts)
        into = path_for(merged_name(merge), hashlib.sha256(content).hexdigest())
        moves = moves_of(merge, into, map(len, parts))
        put(self._store, self._full(into), content)
        put(self._store, self._full(f"{MOVES}/{digest_in(into)}.json"), note_of(moves))
        for path in merge.paths:
            self._remove(path)
        self._moves |= {move.path: move for move in moves}
        return moves

    def _sound(self, path: str, done: str) -> bytes:
        fault = self.verify_file(path)
        if fault:
            raise ArchiveError(f"{path}: not {done}: {fault.why}. Restore the file from a copy, or take it away.")
        return self._bytes(path)
