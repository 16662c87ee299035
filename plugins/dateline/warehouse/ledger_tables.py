"""The ledger: declared sources, requests made, snapshots stored and how far each has come."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index, Table

from dateline.source import SourceKind
from dateline.warehouse.columns import flag, index_of_the_few, instant, key, link, one_of, words
from dateline.warehouse.metadata import STRICT, Whole, metadata


class SnapshotState(StrEnum):
    """How far a snapshot has come. Stored: its bytes are in the archive, nobody has read them yet."""

    STORED = "stored"
    LOADED = "loaded"
    QUARANTINED = "quarantined"


class Verdict(StrEnum):
    """What a validator (ETag, Last-Modified, 304) said of a body, against what its hash says."""

    NONE = "none"
    SAME = "same"
    CHANGED = "changed"
    LIED_SAME = "lied-same"
    LIED_CHANGED = "lied-changed"


dim_sources = Table(
    "dim_sources",
    metadata,
    key("source_id", "The name of the source's file."),
    words("url", "The address, or for a drop folder the path, that is watched.", is_null=True),
    words("kind", f"What stands there: {', '.join(SourceKind)}."),
    words("title", "What people call it.", is_null=True),
    words("publisher", "The publisher that its owner declared.", is_null=True),
    words("language", "The language that its owner declared.", is_null=True),
    words("zone", "The IANA zone of clocks that state none.", is_null=True),
    words("format", "The reader to use, where it is not recognised.", is_null=True),
    Column("interval_seconds", Whole, nullable=False, comment="Seconds between two polls."),
    flag("is_enabled", "The source is polled."),
    Column("min_entries", Whole, comment="Fewer entries on a healthy page are reported."),
    Column("max_entries", Whole, comment="More entries on a healthy page are reported."),
    Column("max_age_hours", Whole, comment="An older newest entry is reported."),
    one_of("kind", SourceKind, "kind_known"),
    CheckConstraint("interval_seconds >= 1", name="interval_positive"),
    comment="Declared sources. Grain: one row per source; the one named any stands for captures that none fetched.",
    **STRICT,
)

fct_fetches = Table(
    "fct_fetches",
    metadata,
    key("fetch_id", "Derived from source, address and start."),
    link("source_id", "dim_sources.source_id", "The source that was polled."),
    words("url", "The address that was asked."),
    instant("started_at", "When the request was made.", is_null=False),
    Column("status", Whole, comment="The HTTP status; null where no answer came."),
    Column("wire_bytes", Whole, comment="Bytes received."),
    Column("milliseconds", Whole, comment="From the request to the end of its answer."),
    flag("is_conditional", "A validator was sent along."),
    words("verdict", f"Validator against body hash: {', '.join(Verdict)}."),
    words("failure", "Why no usable answer came, in one word.", is_null=True),
    link("snapshot_id", "fct_snapshots.snapshot_id", "The snapshot that was stored, if any.", is_null=True),
    one_of("verdict", Verdict, "verdict_known"),
    Index("ix_fct_fetches_history_of_source", "source_id", "started_at"),
    index_of_the_few("ix_fct_fetches_of_snapshot", "snapshot_id"),
    comment="Requests. Grain: one row per request made.",
    **STRICT,
)

fct_snapshots = Table(
    "fct_snapshots",
    metadata,
    key("snapshot_id", "Derived from source, address, instant of capture and body."),
    link("source_id", "dim_sources.source_id", "The source that it was fetched for."),
    words("url", "The address that answered; null for a file of unknown origin.", is_null=True),
    instant("captured_at", "When the answer was received; null where nobody recorded it."),
    Column("status", Whole, nullable=False, comment="The HTTP status."),
    words("media_type", "The Content-Type header.", is_null=True),
    words("body_digest", "SHA-256 of the decoded body, in hex."),
    Column("body_bytes", Whole, nullable=False, comment="Length of the decoded body."),
    flag("is_cut", "The body ends before its outermost element does: it proves no absence."),
    words("archive_path", "The WARC file, relative to the archive."),
    Column("archive_offset", Whole, nullable=False, comment="Where the record starts in the file."),
    Column("archive_bytes", Whole, nullable=False, comment="Length of the record in the file."),
    words("archive_digest", "SHA-256 of the record's bytes: a torn archive is found, never read in silence."),
    words("state", f"How far the snapshot has come: {', '.join(SnapshotState)}."),
    words("reason", "Why it is quarantined.", is_null=True),
    Column("parser_version", Whole, comment="The version of the readers that read it; null while it is only stored."),
    instant("stored_at", "When the ledger learned of it.", is_null=False),
    instant("settled_at", "When it was last loaded or quarantined."),
    one_of("state", SnapshotState, "state_known"),
    CheckConstraint("(state = 'quarantined') = (reason is not null)", name="reason_where_quarantined"),
    CheckConstraint("(state = 'stored') = (parser_version is null)", name="version_where_read"),
    Index("ix_fct_snapshots_work_queue", "state", "captured_at", "snapshot_id"),
    Index("ix_fct_snapshots_same_body", "body_digest", "captured_at"),
    Index("ix_fct_snapshots_history_of_source", "source_id", "captured_at"),
    comment="The ledger of stored answers, and the work queue. Grain: one row per stored answer.",
    **STRICT,
)
