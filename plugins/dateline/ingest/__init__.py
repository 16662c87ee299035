"""The way in: captures become archive records, ledger rows, and then rows of the warehouse.

The ledger is the work queue, so any step may be killed, repeated or run twice at once.
"""

from dateline.ingest.files import ingest_files, keep_files
from dateline.ingest.installation import due_shards, ingest_sources, load_waiting
from dateline.ingest.keeping import find_lost
from dateline.ingest.loading import load_pending
from dateline.ingest.polling import poll_sources
from dateline.ingest.report import Failure, IngestReport, Progress
from dateline.ingest.schedule import due_sources

__all__ = [
    "Failure",
    "IngestReport",
    "Progress",
    "due_shards",
    "due_sources",
    "find_lost",
    "ingest_files",
    "ingest_sources",
    "keep_files",
    "load_pending",
    "load_waiting",
    "poll_sources",
]
