"""Put a file into a store as a whole or not at all, and keep it through a power cut.

On a local disk: write a temporary file in the same folder, fsync it, rename it, fsync the folder. A
crash leaves the old state and at most a temporary file; its writer holds a lock on it as long as it
lives, so the next run can tell a dead one's from a live one's. On an object store one put is atomic.
"""

import contextlib
import fcntl
import os
import secrets
import time
from pathlib import Path

from fsspec import AbstractFileSystem
from fsspec.implementations.local import LocalFileSystem

from dateline.archive.store import asking

_TEMPORARY = ".dateline-"
_SWEEP_AFTER_SECONDS = 60  # a younger file may belong to a writer that has not locked it yet


def put(store: AbstractFileSystem, path: str, content: bytes) -> None:
    """Put ``content`` at ``path``, whole and durable, or leave nothing.

    Raises :class:`ArchiveError`, or :class:`StoreError` where the store does not answer.
    """
    with asking(store, path, "written"):
        if isinstance(store, LocalFileSystem):
            _put_local(Path(path), content)
        else:
            store.pipe_file(path, content)


def sweep(root: Path) -> list[Path]:
    """Remove the temporary files that dead writers left below a local folder; return them."""
    swept = []
    for path in root.rglob(f"{_TEMPORARY}*"):
        with contextlib.suppress(FileNotFoundError, BlockingIOError):
            if time.time() - path.stat().st_mtime > _SWEEP_AFTER_SECONDS and _is_ownerless(path):
                path.unlink()
                swept.append(path)
    return swept


def _put_local(path: Path, content: bytes) -> None:
    _make_folder(path.parent)
    temporary = path.with_name(f"{_TEMPORARY}{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            temporary.rename(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _is_ownerless(path: Path) -> bool:
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return True
