"""The stores below an archive, an export or a drop folder: opened, and what goes wrong with them told as ours.

fsspec turns only some of what goes wrong into :class:`OSError`. Missing keys, an endpoint that does not answer, a
connection cut half-way stay errors of the library that speaks to the store; this is the one place that names them.

On a local disk an error is one file's. On any other store, except where the file is not there, it is the store's:
then nothing is known of what it holds, and nobody may take a record for lost.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fsspec
from fsspec import AbstractFileSystem
from fsspec.implementations.local import LocalFileSystem

from dateline.errors import ArchiveError, StoreError

_LIBRARIES = {
    "botocore.exceptions": ("BotoCoreError", "ClientError"),
    "aiohttp": ("ClientError",),
}


def store_errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """Return what a store may raise, and others. A library that nobody has imported has raised nothing."""
    loaded = [(sys.modules[module], names) for module, names in _LIBRARIES.items() if module in sys.modules]
    return (*others, OSError, *(getattr(module, name) for module, names in loaded for name in names))


def open_store(url: str, **options: Any) -> tuple[AbstractFileSystem, str]:
    """Return the store of an address and the path in it. Raises :class:`ArchiveError` where no library knows it."""
    try:
        store, root = fsspec.core.url_to_fs(url, **options)
    except store_errors(ImportError, ValueError) as error:
        raise ArchiveError(f"{url}: cannot be opened: {error}. Mend the address, or install what it needs.") from error
    return store, str(root)


@contextmanager
def asking(store: AbstractFileSystem, where: str, done: str) -> Iterator[None]:
    """Tell what goes wrong in the block: ``where`` cannot be ``done`` (read, written …).

    Raises :class:`ArchiveError` where one file is at fault, :class:`StoreError` where the store is.
    """
    try:
        yield
    except store_errors() as error:
        if isinstance(store, LocalFileSystem) or isinstance(error, FileNotFoundError):
            why = f"{where}: cannot be {done}: {error}. Free or mend the place, then run again."
            raise ArchiveError(why) from error
        why = f"{where}: cannot be {done}: {error}. Check that the store answers, and its keys, then run again."
        raise StoreError(why) from error
