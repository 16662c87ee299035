"""Files at any address that fsspec knows (``s3://bucket/drop``, ``memory://drop``): found in one listing, and opened.

Keys and endpoints are fsspec's own settings (a connection of Airflow, its configuration, the bucket's variables): they
stand in no source file.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import fsspec

from dateline.archive.store import open_store, store_errors
from dateline.errors import ArchiveError

_VERSIONED_BY = ("size", "ETag", "LastModified", "mtime", "created")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFile:
    """One file in a store. ``version`` is another one whenever what the file holds may be another."""

    store: Any
    path: str
    version: str

    @property
    def name(self) -> str:
        """The last part of its address."""
        return PurePosixPath(self.path).name

    @property
    def suffix(self) -> str:
        """The last ending of its name."""
        return PurePosixPath(self.path).suffix

    def open(self, mode: str = "rb") -> Any:
        """Open it, as a path is opened."""
        return self.store.open(self.path, mode)

    def __str__(self) -> str:
        """Return its address."""
        return str(self.store.unstrip_protocol(self.path))


def is_remote(named: object) -> bool:
    """Say whether a name is an address of a store, and no path."""
    return "://" in str(named)


def remote_files(url: str) -> list[RemoteFile] | None:
    """Return the files below an address, or that a glob names; None where nothing is there at all.

    Raises :class:`ArchiveError` where the store cannot be reached.
    """
    store, root = open_store(url)
    try:
        store.invalidate_cache()  # a store remembers its listings, and somebody may have dropped a file since
        found = store.glob(root, detail=True) if fsspec.core.has_magic(root) else store.find(root, detail=True)
        if not found and not store.exists(root):
            return None
    except store_errors(ValueError) as error:
        raise ArchiveError(f"{url}: cannot be listed: {error}. Check the address, and the store's keys.") from error
    return [
        RemoteFile(store=store, path=path, version=" ".join(str(facts.get(key)) for key in _VERSIONED_BY))
        for path, facts in sorted(found.items())
        if facts["type"] == "file" and not PurePosixPath(path).name.startswith(".")
    ]
