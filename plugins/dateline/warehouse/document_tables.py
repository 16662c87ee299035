"""Documents and publishers: what has been covered, by whom, and how far we have followed it."""

from sqlalchemy import CheckConstraint, Column, Index, Table, text

from dateline.model import Kind, Order
from dateline.warehouse.columns import dating_checks, dating_columns, flag, instant, key, link, one_of, words
from dateline.warehouse.metadata import STRICT, Json, Real, Whole, metadata

dim_publishers = Table(
    "dim_publishers",
    metadata,
    key("publisher_id", "Derived from the name."),
    words("name", "The name, as pages state it."),
    comment="Publishers, as carriers and as origins. Grain: one row per publisher.",
    **STRICT,
)

dim_documents = Table(
    "dim_documents",
    metadata,
    key("document_id", "Derived from the address, or from carrier, own id and title."),
    words("kind", f"What it is: {', '.join(Kind)}."),
    words("url", "The address that it was read at.", is_null=True),
    words("canonical_url", "The address that it calls its own.", is_null=True),
    words("title", "Its newest title.", is_null=True),
    words("language", "Its language, as stated.", is_null=True),
    Column("categories", Json, nullable=False, comment="Its categories, a JSON list."),
    Column("credits", Json, nullable=False, comment="Author, translator, source, advert …: a JSON object."),
    words("lead_text", "What stands before the first entry.", is_null=True),
    link("carrier_id", "dim_publishers.publisher_id", "Who published this copy.", is_null=True),
    link("origin_id", "dim_publishers.publisher_id", "Who wrote it, by its own evidence.", is_null=True),
    words("origin_reason", "Why we think that they wrote it.", is_null=True),
    Column("origin_confidence", Real, comment="How sure we are of the origin, 0 to 1."),
    *dating_columns("published", "it was published"),
    *dating_columns("modified", "it was last changed, as it says"),
    words("entry_order", f"How the page orders its entries: {', '.join(Order)}."),
    words("coverage_start_stated", "When its coverage starts, as stated: not to be trusted.", is_null=True),
    words("coverage_end_stated", "When its coverage ends, as stated: not to be trusted.", is_null=True),
    words("format", "The reader that read it last."),
    flag("is_item", "Known only as an item of a feed or topic page; its own page was never read."),
    flag("has_positional_anchors", "Its publisher's ids are places on the page, so they identify nothing."),
    flag("is_rolling", "Its page drops old posts as new ones come: what is not on it proves little."),
    Column("least_refused", Whole, comment="The fewest pieces that a whole page of it had refused."),
    instant("newest_modified_at", "The latest modified time that any page of it stated."),
    instant("first_seen_at", "The first dated capture of it."),
    instant("last_seen_at", "The last dated capture of it."),
    instant("last_captured_at", "When the snapshot that the history stands at was captured."),
    words("last_snapshot_id", "The snapshot that the history stands at."),
    Column(
        "last_place", Whole, nullable=False, comment="Its place on that snapshot: 0 the page itself, n the n-th item."
    ),
    words("last_edition_id", "The edition that the history stands at."),
    words("content_id", "Derived from its entries: changes with any wording, time or place of theirs."),
    *dating_checks("published"),
    *dating_checks("modified"),
    one_of("kind", Kind, "kind_known"),
    one_of("entry_order", Order, "order_known"),
    CheckConstraint("first_seen_at <= last_seen_at", name="seen_in_order"),
    CheckConstraint("origin_confidence between 0 and 1", name="confidence_is_a_share"),
    Index("ix_dim_documents_newest", "last_seen_at"),
    Index("ix_dim_documents_at", "url"),
    Index("ix_dim_documents_called", "canonical_url"),
    Index("ix_dim_documents_of_carrier", "carrier_id", "published_at"),
    Index(
        "ix_dim_documents_live_blogs",
        "last_seen_at",
        "document_id",
        sqlite_where=text("kind = 'live_blog'"),
        postgresql_where=text("kind = 'live_blog'"),
    ),
    comment="Documents as last read. Grain: one row per article, live blog, feed, topic page or item of one.",
    **STRICT,
)
