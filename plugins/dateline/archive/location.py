"""Where one record stands in the archive, and which names may ever become a path."""

import re
from dataclasses import dataclass

from dateline.errors import ArchiveError

SUFFIX = ".warc.gz"
_SEGMENT = r"[a-z0-9][a-z0-9=_-]{0,99}"
_NAME = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT}){{0,7}}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Location:
    """One record: a file below the archive's root, a span of bytes in it, and the SHA-256 of those bytes.

    ``path`` is relative and keeps ``/`` on every store. The bytes are the gzip member as stored, so
    ``length`` and ``sha256`` (64 hex digits) can be checked before anything is unpacked.
    """

    path: str
    offset: int
    length: int
    sha256: str


def checked_name(name: str) -> str:
    """Return a name that may become a path, or raise :class:`ArchiveError`.

    Segments of lower-case letters, digits, ``-``, ``_`` and ``=``, parted by ``/``; no dot at all, so
    neither ``..`` nor a hidden or temporary file can be named.
    """
    if not _NAME.fullmatch(name):
        raise ArchiveError(
            f"{name[:80]!r} cannot name an archive file: up to eight parts of lower-case letters, digits, "
            "'-', '_' and '=', at most 100 characters each, parted by '/'."
        )
    return name


def checked_path(path: str) -> str:
    """Return a stored path if it is one that this archive could have written, or raise :class:`ArchiveError`."""
    if not path.endswith(SUFFIX):
        raise ArchiveError(f"{path[:80]!r} is no path of this archive: it does not end in {SUFFIX}.")
    checked_name(path.removesuffix(SUFFIX))
    return path


def path_for(name: str, digest: str) -> str:
    """Name a file after its own bytes: the same content is the same file, and a cut file betrays itself."""
    return checked_path(f"{checked_name(name)}-{digest[:16]}{SUFFIX}")


def digest_in(path: str) -> str:
    """Return the first 16 hex digits of the file's SHA-256 that its name states."""
    return path.removesuffix(SUFFIX).rpartition("-")[2]
