"""Is a SQLite file on a disk of this machine? On a network's file system its locks cannot be relied on.

SQLite's own advice (https://www.sqlite.org/useovernet.html): the write-ahead log needs shared memory, so all who open
the file must be on one machine; and many network file systems pretend to lock. A warehouse there would be damaged one
day, in silence, so it is refused.
"""

import re
from pathlib import Path

from dateline.errors import WarehouseError

MOUNTS = Path("/proc/self/mounts")
_OF_A_NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "gpfs", "ocfs2", "gfs2",
    "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.s3fs", "fuse.rclone", "fuse.gcsfuse",
})  # fmt: skip
_OCTAL = re.compile(r"\\([0-7]{3})")


def require_local(path: Path, mounts: str | None = None) -> None:
    """Raise :class:`WarehouseError` where a file is, or would be made, on a network's file system.

    ``mounts`` is the text of ``/proc/self/mounts``; where a system has none, nothing is refused.
    """
    kind = _file_system_of(path.resolve(), _mounted() if mounts is None else mounts)
    if kind in _OF_A_NETWORK:
        raise WarehouseError(
            f"{path} is on {kind}, where SQLite's locks cannot be relied on. "
            "Put the file on a disk of this machine, or keep the warehouse in PostgreSQL."
        )


def _file_system_of(path: Path, mounts: str) -> str:
    """Name the kind of the file system that is mounted nearest above a path; of two at one place, the later one."""
    found, depth = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = Path(_OCTAL.sub(lambda one: chr(int(one[1], 8)), fields[1]))
        if path.is_relative_to(place) and len(place.parts) >= depth:
            found, depth = fields[2], len(place.parts)
    return found


def _mounted() -> str:
    try:
        return MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
