"""What was erased: who asked, by which rule, how much; and the digests that keep it from coming back."""

from sqlalchemy import CheckConstraint, Column, Index, Table

from dateline.warehouse.columns import flag, instant, key, link, words
from dateline.warehouse.metadata import STRICT, Json, Whole, metadata

fct_erasures = Table(
    "fct_erasures",
    metadata,
    key("erasure_id", "Derived from the rule and when it was asked for."),
    instant("asked_at", "When it was asked for.", is_null=False),
    words("asked_by", "Who asked: a person, or the retention rule of a source's file."),
    words("source_id", "Captures of this source; null for any.", is_null=True),
    words("publisher", "Captures that carry this publisher; null for any.", is_null=True),
    words("address", "Captures that carry this address, in its normal form; null for any.", is_null=True),
    instant("before_at", "Captures from before this instant; null for any."),
    flag("is_retention", "It followed from a source's keep_days; that rule itself keeps old captures out."),
    Column("snapshots", Whole, nullable=False, comment="Captures erased so far."),
    Column("archive_bytes", Whole, nullable=False, comment="Bytes that their records took in the archive."),
    Column("removed", Json, nullable=False, comment="Rows removed so far, by table: a JSON object."),
    instant("finished_at", "When all of it was gone; null while it is under way: run it again."),
    instant("lifted_at", "When a person allowed what it names to be taken in again."),
    CheckConstraint(
        "source_id is not null or publisher is not null or address is not null or before_at is not null",
        name="names_something",
    ),
    comment="Erasures, without what was erased. Grain: one row per erasure that was asked for.",
    **STRICT,
)

fct_erased_snapshots = Table(
    "fct_erased_snapshots",
    metadata,
    key("snapshot_id", "The id that the capture had: a digest."),
    link("erasure_id", "fct_erasures.erasure_id", "The erasure that took it."),
    words("body_digest", "SHA-256 of its body."),
    flag("is_body_barred", "No capture with this body is taken in again, wherever it comes from."),
    Index("ix_fct_erased_snapshots_of_body", "body_digest"),
    Index("ix_fct_erased_snapshots_of_erasure", "erasure_id"),
    comment="What keeps erased captures out. Grain: one row per capture erased.",
    **STRICT,
)
