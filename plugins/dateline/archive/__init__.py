"""The archive: every answer as WARC 1.1, on any fsspec path, checked on every read.

Write with :meth:`Archive.write`, keep each :class:`Location` in the warehouse, read with
:meth:`Archive.read`. Nothing else touches snapshot files.
"""

from dateline.archive.archive import Archive, Fault
from dateline.archive.compaction import Merge, plan_merges
from dateline.archive.erasing import Kept
from dateline.archive.location import Location
from dateline.archive.record import Capture

__all__ = ["Archive", "Capture", "Fault", "Kept", "Location", "Merge", "plan_merges"]
