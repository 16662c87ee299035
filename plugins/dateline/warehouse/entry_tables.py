"""Entries, their wordings over time and what happened to them: derived from what snapshots said.

A seen time that is null is open: the entry, or the wording, still stood on the newest page of its
document. So a poll that changes nothing rewrites nothing here.
"""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index, Table

from dateline.warehouse.columns import dating_checks, dating_columns, flag, instant, key, link, one_of, words
from dateline.warehouse.metadata import STRICT, Whole, metadata


class EventKind(StrEnum):
    """What can happen to an entry."""

    POSTED = "posted"
    EDITED = "edited"
    MOVED = "moved"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    RE_DATED = "re-dated"
    DELETED = "deleted"
    RESTORED = "restored"


class Proof(StrEnum):
    """How we know that an entry is gone."""

    TOMBSTONE = "tombstone"
    TWO_PAGES = "two-pages"


fct_entries = Table(
    "fct_entries",
    metadata,
    key("entry_id", "Derived from the document and the entry's first anchor, or its first wording."),
    link("document_id", "dim_documents.document_id", "The document that it is a post of."),
    words("identity", "What the id was derived from: an anchor or a wording."),
    words("anchor", "The publisher's own id, as last stated.", is_null=True),
    words("statement_id", "The statement that it was last seen with."),
    words("wording_id", "The wording that it was last seen with."),
    words("version_id", "The version that it was last seen in."),
    Column("versions", Whole, nullable=False, comment="How many spells of wording it has had."),
    *dating_columns("created", "it was created, as claimed"),
    *dating_columns("published", "it was first published, as claimed"),
    *dating_columns("modified", "it was last changed, as claimed"),
    *dating_columns("shown", "it was published, as readers were last shown beside it"),
    flag("is_time_collapsed", "Its published time is shared by most posts of its page, as after a re-publication."),
    flag("is_pinned", "It was pinned when last seen."),
    flag("is_key_event", "It was a key event when last seen."),
    flag("is_summary", "It was a summary when last seen."),
    instant("first_seen_at", "The first dated capture that showed it."),
    words("first_snapshot_id", "The first snapshot that showed it."),
    instant("last_seen_at", "The last dated capture that showed it; null while it is on its document's newest page."),
    words("last_snapshot_id", "The last snapshot that showed it; null as last_seen_at.", is_null=True),
    instant("missing_since_at", "The first capture that covers its place without it, since it was last seen."),
    words("missing_snapshot_id", "The snapshot of that capture.", is_null=True),
    flag("is_deleted", "It is proved to be gone."),
    words("deleted_proof", f"The proof: {', '.join(Proof)}.", is_null=True),
    *dating_checks("created"),
    *dating_checks("published"),
    *dating_checks("modified"),
    *dating_checks("shown"),
    one_of("deleted_proof", Proof, "proof_known"),
    CheckConstraint("(deleted_proof is not null) = (is_deleted <> false)", name="deleted_with_proof"),
    CheckConstraint("first_seen_at <= last_seen_at", name="seen_in_order"),
    CheckConstraint("versions >= 1", name="has_a_version"),
    Index("ix_fct_entries_of_document", "document_id", "published_at"),
    Index("ix_fct_entries_timeline", "published_at"),
    Index("ix_fct_entries_of_wording", "wording_id"),
    comment="Entries. Grain: one row per post of a live blog; an article is a document with one.",
    **STRICT,
)

fct_entry_versions = Table(
    "fct_entry_versions",
    metadata,
    key("version_id", "Derived from the entry, the wording, and how often the entry had come to it."),
    link("entry_id", "fct_entries.entry_id", "The entry."),
    words("document_id", "The document."),
    Column("number", Whole, nullable=False, comment="1 for the first spell; A, B, A is three."),
    link("wording_id", "dim_wordings.wording_id", "The wording."),
    instant("claimed_at", "When the publisher says that it came to this wording: published, then modified."),
    instant("unseen_at", "The last capture that still showed the wording before; null where none bounds it."),
    instant("first_seen_at", "The first dated capture that showed it."),
    words("first_snapshot_id", "The first snapshot that showed it."),
    instant("last_seen_at", "The last dated capture that showed it; null while it is on its document's newest page."),
    words("last_snapshot_id", "The last snapshot that showed it; null as last_seen_at.", is_null=True),
    CheckConstraint("number >= 1", name="number_counts_from_one"),
    CheckConstraint("first_seen_at <= last_seen_at", name="seen_in_order"),
    Index("ix_fct_entry_versions_of_entry", "entry_id", "number"),
    Index("ix_fct_entry_versions_of_document", "document_id", "first_seen_at"),
    Index("ix_fct_entry_versions_of_wording", "wording_id"),
    comment="Versions. Grain: one row per spell of one wording of an entry.",
    **STRICT,
)

fct_entry_events = Table(
    "fct_entry_events",
    metadata,
    key("event_id", "Derived from the entry, the kind and the proving snapshot."),
    link("entry_id", "fct_entries.entry_id", "The entry."),
    words("document_id", "The document."),
    words("kind", f"What happened: {', '.join(EventKind)}."),
    instant("earliest_at", "The last capture that proves it had not happened yet; null where none does."),
    instant("latest_at", "The first capture that proves it had happened; null where its time was not recorded."),
    words("before_snapshot_id", "The snapshot of the earlier capture.", is_null=True),
    words("after_snapshot_id", "The snapshot of the later capture."),
    words("proof_snapshot_id", "The second page without the entry, for a deletion by two pages.", is_null=True),
    words("before_version_id", "The version before.", is_null=True),
    words("after_version_id", "The version after.", is_null=True),
    words("before_stated", "What was stated before: a time, a place.", is_null=True),
    words("after_stated", "What is stated after.", is_null=True),
    instant("claimed_at", "When it happened, as the publisher claims."),
    one_of("kind", EventKind, "kind_known"),
    CheckConstraint("earliest_at <= latest_at", name="bounds_in_order"),
    Index("ix_fct_entry_events_of_document", "document_id", "latest_at"),
    Index("ix_fct_entry_events_of_entry", "entry_id", "latest_at"),
    Index("ix_fct_entry_events_by_kind", "kind", "latest_at"),
    comment="What happened to entries. Grain: one row per change of one entry.",
    **STRICT,
)
